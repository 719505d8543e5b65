"""Matching (pemadanan): what Dukcapil, DTSEN and BPJS answer about people, and how a submission ends by it."""
