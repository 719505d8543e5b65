"""Members' cards on their way into a hand."""
