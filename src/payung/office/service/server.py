"""The web server as a process of its own: ``python -m payung.office.service.server HOST PORT WORKERS THREADS``."""

from __future__ import annotations

import os
import sys

from payung.office.service.parent import follow_parent


def main() -> None:
    """Serve until SIGTERM; ends when the process that started it does."""
    follow_parent()
    os.umask(0o077)
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    from payung.office.service import environment, logs

    host, port, workers, threads = sys.argv[1:5]
    Server(
        "payung.office.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=int(workers),
        blocking_threads=int(threads),
        http1_settings=HTTP1Settings(header_read_timeout=20_000),
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": logs.formatters(environment.read().log)},
        respawn_failed_workers=True,
    ).serve()


if __name__ == "__main__":
    main()
