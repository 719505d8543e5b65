"""Puts the command groups together and turns faults into one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

import typer
from typer.exceptions import TyperException

from payung import __version__
from payung.cli.usage import said_plainly
from payung.errors import PayungError
from payung.text import Text

# Modules of this package. Each has `register(app)` and imports its rooms inside its commands, so that a
# command waits only for what it uses.
GROUPS = (
    *("run", "plan", "district", "law", "roster", "match", "regions"),
    *(
        "office",
        "office_care",
        "office_accounts",
        "programme",
        "donors",
        "exchange",
        "protection",
        "reconciliation",
        "case",
        "outlook",
    ),
)


def build() -> typer.Typer:
    """Return the whole command line."""
    app = typer.Typer(
        name="payung",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Payung: cari, pilih, daftarkan dan jaga perlindungan pekerja desa. / "
        "Find, choose, enrol and keep the workers of a village system insured.",
    )

    @app.callback(invoke_without_command=False)
    def root(
        lang: str = typer.Option("", "--lang", help="Bahasa: id atau en. / Language: id or en."),
        env: str = typer.Option("", "--env", help="Berkas pengaturan kantor. / Settings file of the office."),
    ) -> None:
        if env:
            os.environ["PAYUNG_ENV"] = env
        if lang:
            os.environ["PAYUNG_LANG"] = lang

    @app.command()
    def version() -> None:
        """Tampilkan versi. / Show the version."""
        sys.stdout.write(f"payung {__version__}\n")

    for name in GROUPS:
        import_module(f"payung.cli.{name}").register(app)
    return app


def main() -> None:
    """Run the command line; a :class:`PayungError` becomes one sentence on standard error.

    A reader that goes away early (``| head``) ends the command without a word; a disk that does not take what is
    printed, with one sentence.
    """
    try:
        try:
            with said_plainly("payung"):  # what a group of commands does not say plainly itself
                code = build()(standalone_mode=False)
        finally:
            sys.stdout.flush()
        raise SystemExit(code if isinstance(code, int) else 0)
    except TyperException as error:  # a group that was called without a command: the help text
        sys.stderr.write(error.format_message())
        raise SystemExit(error.exit_code) from None
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None
    except PayungError as error:
        sys.stderr.write(error.read() + "\n")
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        _print_no_more()
        raise SystemExit(0) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            if not isinstance(error.filename, str | os.PathLike):
                raise
            name, why = os.fspath(error.filename), error.strerror
            told = Text(
                f"{name}: tidak dapat dibuka atau ditulis ({why}). Periksa nama, letak dan izinnya.",
                f"{name}: cannot be opened or written ({why}). Check its name, place and permissions.",
            )
            sys.stderr.write(told.read() + "\n")
            raise SystemExit(PayungError.exit_code) from None
        _print_no_more()
        told = Text(
            "Disk penuh: kosongkan tempat, lalu ulangi.", "The disk is full: make room and call again."
        )
        sys.stderr.write(told.read() + "\n")
        raise SystemExit(PayungError.exit_code) from None


def _print_no_more() -> None:
    """Let go of what is still to be printed, so that the end of the process does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
