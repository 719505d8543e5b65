"""`payung enrol` and `payung answer`: what goes to the insurer and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, allowed, content_of, opened, scope_of, show

if TYPE_CHECKING:
    from payung.office.exchange.models import Batch

EDIT = "decree.edit"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("enrol")(enrol)
    app.command("answer")(answer)


def enrol(
    decree: Annotated[
        str, typer.Argument(metavar="DECREE", help="Id atau nomor SK. / Id or number; none with --changes.")
    ] = "",
    by: BY = "",
    changes: Annotated[
        bool, typer.Option("--changes", help="Kirim mutasi yang berlaku. / Send the changes in effect.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="SK perubahan: cadangan menggantikan yang ditolak. / Reserve moves up."
        ),
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder berkas. / Folder of the files.")
    ] = Path("kiriman"),
    as_json: AS_JSON = False,
) -> None:
    """Buat kiriman pendaftaran dan berkasnya. / Make the batches of a decree and their files."""
    acts = opened(by, EDIT)

    from payung.errors import InputError
    from payung.office.changes import dispatch
    from payung.office.exchange import actions
    from payung.office.programme.models import Decree
    from payung.office.programme.queries import difference
    from payung.text import Text

    if changes:
        batches = dispatch.send(by=acts, scope=scope_of(by, EDIT))
        told = [_written(batch, out) for batch in batches]
        show(as_json, {"batches": told}, [_line(one) for one in told] or [Text("Tidak ada.", "None.").read()])
        return
    found = list(Decree.objects.filter(number=decree)[:2])
    if not found and decree.isdecimal():
        found = list(Decree.objects.filter(pk=int(decree)))
    if len(found) != 1:
        raise InputError(
            Text(
                f"SK {decree!r} tidak ada (atau lebih dari satu).",
                f"There is no decree {decree!r} (or several).",
            )
        )
    who = allowed(by, EDIT, region_code=found[0].region_code)
    if replace:
        made = actions.replace_rejected(by=who, decree=found[0])
        counts = difference(made).counts()
        line = f"{made.pk}\t{made.from_month}..{made.until_month}\t{counts}"
        show(as_json, {"decree": made.pk, "follows": made.previous_id, **counts}, [line])
        return
    told = [_written(batch, out) for batch in actions.enrol(by=who, decree=found[0])]
    show(as_json, {"decree": found[0].pk, "batches": told}, [_line(one) for one in told])


def _written(batch: Batch, out: Path) -> dict[str, Any]:
    """Write the file of ``batch`` below ``out``; return what is said of it."""
    from payung.office.submissions.papers import files

    folder = out / str(batch.pk)
    folder.mkdir(parents=True, exist_ok=True)
    with files.opened(batch.path) as path:
        (folder / batch.file_name).write_bytes(path.read_bytes())
    return {
        "batch": batch.pk,
        "kind": str(batch.kind),
        "region": batch.region_code,
        "people": batch.people,
        "amount": batch.amount,
        "file": str(folder / batch.file_name),
        "missing": batch.missing,
    }


def _line(one: dict[str, Any]) -> str:
    return f"{one['batch']}\t{one['kind']}\t{one['people']} orang\t{one['file']}"


def answer(
    batch: Annotated[int, typer.Argument(metavar="BATCH", help="Nomor kiriman. / Number of the batch.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Jawaban BPJS. / The answer.", exists=True)],
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Masukkan jawaban BPJS atas suatu kiriman. / Take in the insurer's answer to a batch."""
    opened(by, EDIT)

    from payung.errors import InputError
    from payung.office.exchange.actions.answers import take_answer
    from payung.office.exchange.models import Batch
    from payung.office.exchange.queries import queue, rejected_of
    from payung.text import Text

    sent = Batch.objects.filter(pk=batch).first()
    if sent is None:
        raise InputError(Text(f"Kiriman {batch} tidak ada.", f"There is no batch {batch}."))
    who = allowed(by, EDIT, region_code=sent.region_code)
    taken = take_answer(by=who, batch=sent, name=file.name, content=content_of(file))
    sent.refresh_from_db()
    found = {
        "batch": batch,
        "state": str(sent.state),
        "again": taken.again,
        "counts": taken.counts,
        "queue": queue(sent).count(),
    }
    found["rejected"] = [
        {
            "line": line.number,
            "name": line.name,
            "village": line.village_code,
            "code": line.code,
            "text": line.text,
        }
        for line in rejected_of(sent)
    ]
    counted = "\t".join(f"{name} {many}" for name, many in taken.counts.items())
    show(as_json, found, [f"{batch}\t{sent.state}\t{counted}"])
