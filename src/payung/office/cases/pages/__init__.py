"""Pages of events and cases."""
