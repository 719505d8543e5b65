"""What the accounts say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES
from payung.office.accounts.models import User
from payung.office.face import Entry, Face, Figure
from payung.text import Text


def _role(code: str) -> Text | None:
    return ROLES[code].name if code in ROLES else None


def _figures(user: User) -> Iterable[Figure]:
    if user.may(Permission.ACCOUNT_MANAGE):
        yield Figure(
            Text("Akun terbuka", "Open accounts"),
            User.objects.filter(is_active=True).count(),
            f"{reverse('account_list')}?keadaan=terbuka",
        )


FACE = Face(
    menu=(Entry(90, "account_list", Text("Akun", "Accounts"), "key", (Permission.ACCOUNT_MANAGE,)),),
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
        "user.reset": Text("Sandi diatur ulang", "Password reset"),
        "user.open": Text("Akun dibuka", "Account opened"),
        "user.close": Text("Akun ditutup", "Account closed"),
        "grant.give": Text("Peran diberikan", "Role given"),
        "grant.end": Text("Peran diakhiri", "Role ended"),
    },
    names={
        "role": (Text("peran", "role"), _role),
        "starts": Text("mulai", "from"),
        "ends": Text("sampai", "until"),
        "acting": Text("pejabat sementara", "acting"),
    },
    figures=_figures,
)
