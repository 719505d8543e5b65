"""Pages of accounts: signing in, the second factor, sessions, and the administrator's pages."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions

from payung.office.access.pages import EARLY, PUBLIC, SIGNED_IN, needs, page
from payung.office.access.permissions import Permission
from payung.office.accounts import many, pages, proposals
from payung.office.accounts.lists import Users

MANAGE = needs(Permission.ACCOUNT_MANAGE)

urlpatterns = [
    page("masuk/", account.login, PUBLIC, name="account_login"),
    page("keluar/", account.logout, PUBLIC, name="account_logout"),
    page("masuk/tutup/", account.account_inactive, PUBLIC, name="account_inactive"),
    page("masuk/daftar/", account.signup, PUBLIC, name="account_signup"),
    page("masuk/kode/", mfa.authenticate, PUBLIC, name="mfa_authenticate"),
    page("masuk/ulang/", account.reauthenticate, EARLY, name="account_reauthenticate"),
    page("masuk/ulang/kode/", mfa.reauthenticate, EARLY, name="mfa_reauthenticate"),
    page("bahasa/", pages.choose_language, PUBLIC, name="language"),
    page("saya/", pages.me, EARLY, name="me"),
    page("saya/sandi/", account.password_change, EARLY, name="account_change_password"),
    page("saya/sesi/", sessions.list_usersessions, EARLY, name="usersessions_list"),
    page("saya/kode/", mfa.index, EARLY, name="mfa_index"),
    page("saya/kode/pasang/", totp.activate_totp, EARLY, name="mfa_activate_totp"),
    page("saya/kode/lepas/", totp.deactivate_totp, SIGNED_IN, name="mfa_deactivate_totp"),
    page("saya/kode/cadangan/", codes.view_recovery_codes, EARLY, name="mfa_view_recovery_codes"),
    page(
        "saya/kode/cadangan/baru/", codes.generate_recovery_codes, EARLY, name="mfa_generate_recovery_codes"
    ),
    page(
        "saya/kode/cadangan/unduh/", codes.download_recovery_codes, EARLY, name="mfa_download_recovery_codes"
    ),
    page("akun/", Users.as_view(), MANAGE, name="account_list"),
    page("akun/usulan/", proposals.Proposals.as_view(), MANAGE, name="account_proposals"),
    page("akun/usulan/<int:key>/", proposals.show, MANAGE, name="account_proposal"),
    page(
        "akun/usulan/<int:key>/bersama/",
        proposals.Together.as_view(),
        MANAGE,
        name="account_proposal_together",
    ),
    page("akun/usulan/<int:key>/bersama/putuskan/", proposals.decide, MANAGE, name="account_proposal_decide"),
    page("akun/daftar/", many.begin, MANAGE, name="account_many"),
    page("akun/daftar/buat/", many.make, MANAGE, name="account_many_make"),
    page("akun/baru/", pages.new, MANAGE, name="account_new"),
    page("akun/<int:key>/", pages.show, MANAGE, name="account_show"),
    page("akun/<int:key>/tindakan/", pages.change, MANAGE, name="account_act"),
]
