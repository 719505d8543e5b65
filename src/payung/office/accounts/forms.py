"""What an administrator fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from payung.office.access.roles import ROLES
from payung.office.accounts import actions
from payung.office.desk.fields import DayField, UploadField
from payung.office.desk.words import CHOOSE, both, say
from payung.office.regions.models import Region

USER_NAME = RegexValidator(actions.USER_NAME, both(actions.NOT_A_USER_NAME.id, actions.NOT_A_USER_NAME.en))


class NewUser(forms.Form):
    """A new account."""

    name = forms.CharField(label=both("Nama lengkap", "Full name"), max_length=150)
    username = forms.CharField(
        label=both("Nama pengguna", "User name"),
        max_length=50,
        validators=[USER_NAME],
        help_text=both("Untuk masuk, mis. operator.baronang", "For signing in, e.g. operator.baronang"),
    )


class NewUsers(forms.Form):
    """A list of accounts."""

    file = UploadField(
        label=both("Daftar akun", "List of accounts"),
        suffixes=(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"),
        help_text=both(
            "Excel atau CSV; baris pertama berisi judul kolom. Sesudah ini Anda melihat hasil periksanya dahulu.",
            "Excel or CSV; the first row holds the headings. You see how it was judged before anything is made.",
        ),
    )


class NewGrant(forms.Form):
    """A role, where, and from when to when."""

    role = forms.ChoiceField(label=both("Peran", "Role"))
    region = forms.ChoiceField(label=both("Wilayah", "Region"))
    starts = DayField(label=both("Mulai", "First day"))
    ends = DayField(
        label=both("Hari terakhir", "Last day"),
        required=False,
        help_text=both(
            "Wajib untuk Pj/Plt; sesudahnya berakhir sendiri.", "Required when acting; ends by itself."
        ),
    )
    acting = forms.BooleanField(label=both("Pejabat sementara (Pj/Plt)", "Acting official"), required=False)
    letter = forms.CharField(
        label=both("Nomor SK atau surat", "Decree or letter"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["role"]
        regions = self.fields["region"]
        assert isinstance(roles, forms.ChoiceField)
        assert isinstance(regions, forms.ChoiceField)
        roles.choices = [CHOOSE, *[(role.code, say(role.name)) for role in ROLES.values()]]
        named = [(region.code, f"{region.name} ({region.code})") for region in Region.objects.all()]
        regions.choices = [CHOOSE, *named]  # nobody gets the whole district because nothing was chosen

    def clean(self) -> dict[str, Any]:
        """Refuse a region on another level than the role works on."""
        values: dict[str, Any] = super().clean() or {}
        role, region = ROLES.get(values.get("role", "")), values.get("region", "")
        levels = {"regency": 1, "subdistrict": 2, "village": 3}
        if role and region and region.count(".") != levels[role.level]:
            self.add_error(
                "region",
                both(
                    "Wilayah tidak setingkat dengan peran: desa untuk operator dan kades, kecamatan untuk camat, "
                    "kabupaten untuk dinas.",
                    "The region is not on the level of the role: a village for operators and village heads, "
                    "a sub-district for a camat, the district for agencies.",
                ),
            )
        return values


class Reason(forms.Form):
    """Why something is done; it stands in the history."""

    reason = forms.CharField(label=both("Alasan", "Reason"), max_length=300)
