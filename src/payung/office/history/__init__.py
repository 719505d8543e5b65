"""Who did what, when and why: an append-only log, chained so that tampering shows."""
