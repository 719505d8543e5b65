"""The list of accounts."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest

from payung.office.access.roles import ROLES
from payung.office.accounts.models import User
from payung.office.desk.lists import Column, Filter, ListPage, field_column
from payung.office.desk.words import say
from payung.text import Text


def _roles(user: User) -> str:
    found = {say(ROLES[grant.role].name) for grant in user.grants.all() if grant.role in ROLES}
    return ", ".join(sorted(found))


class Users(ListPage[User]):
    """All accounts."""

    title = Text("Akun", "Accounts")
    help = Text(
        "Siapa yang dapat masuk, dan perannya. Akun tidak pernah dihapus, hanya ditutup.",
        "Who can sign in, and their roles. An account is never deleted, only closed.",
    )
    empty_title = Text("Belum ada akun", "No accounts yet")
    empty_advice = Text("Buat akun pertama.", "Make the first account.")
    empty_action = ("account_new", Text("Buat akun", "New account"))
    template = "accounts/list.html"
    columns = (
        field_column("nama", Text("Nama", "Name"), "name", template="accounts/cell_name.html"),
        field_column("pengguna", Text("Nama pengguna", "User name"), "username", phone=False),
        Column("peran", Text("Peran", "Roles"), _roles),
        field_column("masuk", Text("Terakhir masuk", "Last sign-in"), "last_login", phone=False),
        field_column("aktif", Text("Terbuka", "Open"), "is_active", phone=False),
    )
    filters = (
        Filter(
            "cari",
            Text("Cari", "Search"),
            lambda rows, text: rows.filter(Q(name__icontains=text) | Q(username__icontains=text.lower())),
            hint=Text("nama atau nama pengguna", "name or user name"),
        ),
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(is_active=state == "terbuka"),
            choices=lambda _: [
                ("terbuka", say(Text("terbuka", "open"))),
                ("tertutup", say(Text("ditutup", "closed"))),
            ],
        ),
        Filter(
            "peran",
            Text("Peran", "Role"),
            lambda rows, role: rows.filter(grants__role=role).distinct(),
            choices=lambda _: [(role.code, say(role.name)) for role in ROLES.values()],
        ),
    )
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        """Return all users with their grants."""
        return User.objects.prefetch_related(Prefetch("grants"))
