"""An invented district, for demonstration, tests and benchmarks. Nobody in it is real."""
