"""Rosters in: upload, reading in the background, mending, and the way of a submission village → camat → dinas."""
