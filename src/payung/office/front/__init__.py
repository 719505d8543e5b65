"""The first page of each role, the health endpoint, and the pages about this office itself."""
