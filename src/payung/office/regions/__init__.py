"""The regions of this office's district, as rows that lists and scopes join to."""
