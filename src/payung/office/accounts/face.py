"""What the accounts say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES
from payung.office.accounts import confirmation
from payung.office.accounts import states as accounts
from payung.office.accounts.models import User
from payung.office.accounts.proposals import waiting
from payung.office.accounts.states import ProposalState
from payung.office.desk.who import named
from payung.office.face import Entry, Face, Figure, Noun, Rows, Task
from payung.text import Text

LATE = dt.timedelta(days=7)


def _role(code: str) -> Text | None:
    return ROLES[code].name if code in ROLES else None


def _figures(user: User) -> Iterable[Figure]:
    if user.may(Permission.ACCOUNT_MANAGE):
        yield Figure(
            Text("Akun terbuka", "Open accounts"),
            Rows(User.objects.filter(is_active=True)),
            f"{reverse('account_list')}?keadaan=terbuka",
        )


def _waits(user: User) -> Iterable[Task]:
    if user.may(Permission.ACCOUNT_MANAGE):
        label = Text("Menunggu admin kedua", "For a second administrator")
        rows = Rows(waiting(), Q(at__lt=timezone.now() - LATE))
        url = f"{reverse('account_proposals')}?keadaan={ProposalState.WAITING}"
        yield Task(label, rows, 0, url, "", LATE.days)


def _late(user: User) -> Iterable[Figure]:
    """Tell an administrator that there is nobody who could check them."""
    if user.may(Permission.ACCOUNT_MANAGE) and confirmation.administrators().count() == 1:
        many = User.objects.filter(grants__role="admin", is_active=True).distinct().count()
        label = Text(
            "Hanya satu admin: tidak ada yang memeriksa pemberian peran dan sandi",
            "One administrator only: nobody checks who gets roles and passwords",
        )
        yield Figure(label, many, f"{reverse('account_list')}?peran=admin&keadaan=terbuka")


FACE = Face(
    menu=(Entry(640, "account_list", Text("Akun", "Accounts"), "key", (Permission.ACCOUNT_MANAGE,)),),
    nouns={"user": Noun(Text("akun", "account"), called=named)},
    deeds={
        "user.login": Text("Masuk", "Signed in"),
        "user.logout": Text("Keluar", "Signed out"),
        "user.password": Text("Mengganti sandi", "Changed the password"),
        "user.second_factor_on": Text("Memasang kode kedua", "Put the second factor in place"),
        "user.second_factor_off": Text("Kode kedua dilepas", "Second factor removed"),
        "user.recovery_codes": Text("Membuat kode cadangan", "Made recovery codes"),
        "user.locked_out": Text(
            "Terkunci: sandi atau kode salah berkali-kali", "Locked out: wrong password or code"
        ),
        "user.create": Text("Akun dibuat", "Account made"),
        "user.slips": Text("Slip sandi pertama ditampilkan lagi", "Slips of first passwords shown again"),
        "user.reset": Text("Sandi diatur ulang", "Password reset"),
        "user.open": Text("Akun dibuka", "Account opened"),
        "user.close": Text("Akun ditutup", "Account closed"),
        "user.ask": Text("Diusulkan, menunggu admin kedua", "Proposed, for a second administrator"),
        "user.confirm": Text("Dikuatkan admin kedua", "Confirmed by a second administrator"),
        "user.refuse": Text("Usulan tidak dilakukan", "Proposal not done"),
        confirmation.ALONE: Text("Diingatkan bahwa admin hanya satu", "Told that there is one administrator"),
        "grant.give": Text("Peran diberikan", "Role given"),
        "grant.end": Text("Peran diakhiri", "Role ended"),
    },
    names={
        "deed": (Text("apa", "what"), accounts.Deed),
        "asked_by": Text("pengusul", "proposed by"),
        "role": (Text("peran", "role"), _role),
        "starts": Text("mulai", "from"),
        "ends": Text("sampai", "until"),
        "acting": Text("pejabat sementara", "acting"),
    },
    waits=_waits,
    late=_late,
    figures=_figures,
)
