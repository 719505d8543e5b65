"""The command line: the same things as the office, for a terminal.

One module a command group. Each is imported only when its command is called, so that ``payung law`` does not
wait for the linkage library.
"""

from payung.cli.app import main

__all__ = ["main"]
