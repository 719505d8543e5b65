"""The command line: the same things as the office, for a terminal.

One module a command group. Each is imported only when its command is called, so that ``payung law`` does not wait for
the linkage library, and a worker process does not wait for the command line.
"""


def main() -> None:
    """Run the command line."""
    from payung.cli.app import main as run

    run()
