"""`payung backup`, `restore`, `move`, `export`, `import`, `check`, `jobs`, `rescue-admin`: looking after an office."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from payung.cli.actor import BY, allowed
from payung.errors import InputError
from payung.text import Text

AS_JSON = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for name, command in (
        ("backup", backup),
        ("restore", restore),
        ("move", move),
        ("rotate-secret", rotate_secret),
        ("export", export),
        ("import", import_),
        ("check", check),
        ("jobs", jobs),
        ("rescue-admin", rescue_admin),
    ):
        app.command(name)(command)


def _say(sentence: Text) -> None:
    sys.stdout.write(sentence.read() + "\n")


def backup(
    target: Annotated[Path, typer.Argument(help="Berkas atau folder tujuan. / File or folder.")],
    files: Annotated[
        bool, typer.Option("--files/--no-files", help="Dengan folder unggahan. / With the uploads.")
    ] = True,
    keep: Annotated[
        int | None,
        typer.Option(help="Cadangan yang disimpan dalam folder. / Backups kept in the folder.", min=1),
    ] = None,
) -> None:
    """Cadangkan kantor selagi buka, tersegel. / Back the office up while it is open, sealed with its secret."""
    if keep is not None and not target.is_dir():  # else one file of that name, written over every night
        raise InputError(
            Text(
                f"{target}: folder ini tidak ada. Buat atau kaitkan (mount) dahulu; --keep menyimpan beberapa "
                "cadangan dalam satu folder.",
                f"{target}: there is no such folder. Make or mount it first; --keep keeps several backups in one "
                "folder.",
            )
        )
    from payung.office.service import start

    start.load()
    start.ready(current=False)  # before an upgrade too

    from payung.office.service import backups

    path = backups.backup(target, files=files, says=_say)
    if keep is not None and target.is_dir():
        backups.keep_newest(target, keep)
    _say(
        Text(
            f"Rahasianya tidak ada di dalamnya: simpan secret.key terpisah. Uji: payung restore --check {path}",
            f"The secret is not in it: keep secret.key apart. Try it: payung restore --check {path}",
        )
    )


def restore(
    source: Annotated[Path, typer.Argument(help="Berkas cadangan. / The backup.")],
    check: Annotated[
        bool,
        typer.Option("--check", help="Hanya uji, tanpa mengubah apa pun. / Only try it, change nothing."),
    ] = False,
) -> None:
    """Pulihkan kantor dari cadangan, atau uji cadangan itu. / Restore an office from a backup, or try the backup."""
    from payung.office.service import start

    start.load(empty=True)
    if not check:
        start.reach()

    from payung.office.service import backups

    if check:
        _tell_findings(backups.look_at(source, says=_say), as_json=False)
        return
    backups.restore(source, says=_say)
    start.prepare()
    _say(
        Text(
            "Kantor dipulihkan; semua orang harus masuk lagi. Buka dengan payung serve.",
            "The office is restored; everybody has to sign in again. Open it with payung serve.",
        )
    )


def export(
    target: Annotated[Path, typer.Argument(help="Folder kosong. / An empty folder.")],
    files: Annotated[
        bool, typer.Option("--files/--no-files", help="Dengan folder unggahan. / With the uploads.")
    ] = True,
    analytics: Annotated[
        bool,
        typer.Option(
            "--analytics", help="Hanya angka dan kunci, Parquet. / Numbers and keys alone, as Parquet."
        ),
    ] = False,
) -> None:
    """Keluarkan kantor sebagai paket data terbuka (CSV). / Write the office as an open data package (CSV)."""
    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.service import analytical, portable

    if analytics:
        many = analytical.export(target)
        rows = sum(many.values())
        _say(
            Text(
                f"{target}: {rows} baris dalam {len(many)} tabel, tanpa nama; kunci orang tetap data pribadi.",
                f"{target}: {rows} rows in {len(many)} tables, without names; keys of people are personal data still.",
            )
        )
        return
    portable.export(target, files=files, says=_say)
    _say(
        Text(
            "NIK dan nomor lain tetap tersegel; rahasianya (secret.key) tidak ada di dalamnya.",
            "NIKs and other numbers stay sealed; the secret (secret.key) is not in it.",
        )
    )


def import_(
    source: Annotated[
        Path, typer.Argument(help="Folder hasil payung export. / Folder made by payung export.")
    ],
) -> None:
    """Masukkan hasil ekspor ke kantor kosong. / Take an export into an office that is not there yet."""
    from payung.office.service import start

    start.load(empty=True)
    start.reach()

    from payung.office.service import portable

    portable.take_in(source, says=_say)
    start.prepare()
    _say(
        Text(
            "Kantor siap; semua orang harus masuk lagi. Buka dengan payung serve.",
            "The office is there; everybody has to sign in again. Open it with payung serve.",
        )
    )


def move(
    to: Annotated[
        str, typer.Option(help="postgresql://pengguna:sandi@tuan-rumah/nama, atau sqlite. / or sqlite.")
    ],
) -> None:
    """Pindahkan kantor yang tutup ke basis data lain. / Move a closed office to another database."""
    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.service import backups

    backups.move("" if to == "sqlite" else to, says=lambda sentence: None)
    named = "" if to == "sqlite" else to
    _say(
        Text(
            f"Semua baris disalin dan riwayatnya utuh. Sekarang tulis PAYUNG_DATABASE={_without_password(named)} dalam "
            "pengaturan, lalu payung serve. Basis data lama tidak diubah.",
            "All rows are copied and their history is whole. Now write "
            f"PAYUNG_DATABASE={_without_password(named)} in the "
            "settings, then payung serve. The former database was not changed.",
        )
    )


def rotate_secret(
    reason: Annotated[str, typer.Option(help="Alasan, masuk riwayat. / Why; stays in the history.")],
) -> None:
    """Ganti rahasia kantor yang tutup. / Change the secret of a closed office; cut off, call it again."""
    from payung.office.service import start

    start.load()
    start.reach()

    from payung.office.service import rotation

    done = rotation.rotate(reason=reason, says=_say)
    _say(
        Text(
            f"Rahasia diganti ({done}). Simpan salinan secret.key yang baru, buat cadangan baru, dan simpan rahasia "
            "lama selama cadangan lama masih ada. Semua orang masuk lagi; tautan desa dibuat lagi.",
            f"The secret was changed ({done}). Keep a copy of the new secret.key, make a new backup, and keep the old "
            "secret as long as backups of before are kept. Everybody signs in again; links of villages are made anew.",
        )
    )


def _without_password(address: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return address.replace(f":{parts.password}@", ":...@") if parts.password else address


def check(
    as_json: AS_JSON = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Hanya pemeriksaan ini. / Only this check (may be repeated).")
    ] = None,
    mail: Annotated[
        bool,
        typer.Option("--mail", help="Kirim temuan ke PAYUNG_MAIL_TO. / Send findings to PAYUNG_MAIL_TO."),
    ] = False,
    by: BY = "",
) -> None:
    """Periksa kantor; kode 1 bila ada yang salah. / Check the office; code 1 where anything is wrong."""
    from payung.office.service import start

    start.load()
    start.there()
    allowed(by, "log.view")

    from payung.office.service import checks, condition

    condition.register()
    unknown = sorted(set(only or ()) - set(checks.names()))
    if unknown:
        known = ", ".join(checks.names())
        raise InputError(
            Text(
                f"Pemeriksaan {unknown[0]!r} tidak ada: {known}.",
                f"There is no check {unknown[0]!r}: {known}.",
            )
        )
    found = list(checks.walk(only or ()))
    if mail and found:
        _send(found)
    _tell_findings(found, as_json=as_json)


def _send(found: Sequence[tuple[str, Any]]) -> None:
    from django.conf import settings
    from django.core.mail import send_mail

    server = settings.ENVIRONMENT.mail
    if server is None:
        raise InputError(Text("PAYUNG_MAIL belum ditulis.", "PAYUNG_MAIL is not written."))
    lines = [f"{finding.code} {finding.where}: {finding.what.read()}" for _, finding in found]
    title = Text(f"Payung: {len(found)} temuan", f"Payung: {len(found)} findings").read()
    try:
        send_mail(title, "\n\n".join(lines), server.sender, list(server.receivers))
    except OSError as error:
        raise InputError(
            Text(
                f"Surat tidak terkirim lewat {server.host}:{server.port} ({error}).",
                f"The mail did not go through {server.host}:{server.port} ({error}).",
            )
        ) from None


def _tell_findings(found: Sequence[tuple[str, Any]], *, as_json: bool) -> None:
    """Print findings and end with code 1 where one of them is a fault."""
    import json

    faults = [finding for _, finding in found if finding.fault]
    if as_json:
        listed = [
            {
                "check": name,
                "code": finding.code,
                "where": finding.where,
                "fault": finding.fault,
                "id": finding.what.id,
                "en": finding.what.en,
            }
            for name, finding in found
        ]
        sys.stdout.write(json.dumps({"ok": not faults, "findings": listed}, ensure_ascii=False) + "\n")
    else:
        for _, finding in found:
            sign = "✗" if finding.fault else "!"
            sys.stdout.write(f"{sign} {finding.code}: {finding.what.read()}\n")
        if not faults:
            _say(Text("Semua baik.", "All is well."))
    raise typer.Exit(1 if faults else 0)


def jobs(
    again: Annotated[
        list[int] | None, typer.Option(help="Ulangi pekerjaan ini. / Do this job again (may be repeated).")
    ] = None,
    as_json: AS_JSON = False,
) -> None:
    """Pekerjaan yang belum selesai atau gagal. / Work that waits, runs or failed; with --again it is done again."""
    import json

    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.history.actions import BY_ITSELF
    from payung.office.jobs.actions import start_again
    from payung.office.jobs.models import Job

    for key in again or ():
        start_again(by=BY_ITSELF, key=key)
    shown = Job.objects.exclude(state=Job.State.DONE).order_by("-pk")[:200]
    fields = ("pk", "kind", "subject", "state", "attempt", "done", "total", "fault_id", "fault_en")
    rows = [{field: getattr(job, field) for field in fields} for job in shown]
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    for row in rows:
        fault = Text(str(row["fault_id"]), str(row["fault_en"])).read()
        what = f"{row['pk']:>8} {row['state']:<8} {row['kind']:<20} {row['subject']:<20}"
        line = f"{what} {row['done']}/{row['total']} {fault}"
        sys.stdout.write(line.rstrip() + "\n")
    if not rows:
        _say(Text("Tidak ada yang menunggu atau gagal.", "Nothing waits and nothing failed."))


def rescue_admin(
    username: Annotated[str, typer.Argument(help="Nama pengguna admin. / User name of the administrator.")],
) -> None:
    """Buka lagi akun admin yang sandi dan kodenya hilang. / Open the account of an administrator who lost all."""
    from payung.office.service import start

    start.load()
    start.ready()

    from django.utils import timezone

    from payung.office.access.scope import in_force
    from payung.office.accounts import actions
    from payung.office.accounts.models import Grant, User
    from payung.office.history.actions import BY_ITSELF

    user = User.objects.filter(username=username.strip().lower()).first()
    admins = Grant.objects.filter(role="admin").select_related("user")
    holding = sorted({grant.user.username for grant in in_force(admins, timezone.localdate())})
    if user is None or user.username not in holding:
        listed = ", ".join(holding) or "-"
        raise InputError(
            Text(
                f"{username!r} bukan admin kantor ini. Admin: {listed}. Bila tidak ada, payung setup "
                "membuat yang baru.",
                f"{username!r} is no administrator of this office. There are: {listed}. Where there "
                "is none, payung setup "
                "makes a new one.",
            )
        )
    reason = Text("penyelamatan dari terminal server", "rescue from the terminal of the server").read()
    if not user.is_active:
        actions.set_active(by=BY_ITSELF, user=user, active=True, reason=reason)
    actions.remove_second_factor(by=BY_ITSELF, user=user, reason=reason)
    password = actions.reset_password(by=BY_ITSELF, user=user, reason=reason)
    _say(
        Text(
            f"Masuk sebagai {user.username} dengan sandi sementara {password}, lalu pasang kode kedua lagi.",
            f"Sign in as {user.username} with the temporary password {password}, then set the second factor up again.",
        )
    )
