"""Exchange workbooks and printed papers."""
