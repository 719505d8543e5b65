"""What kind of place treats."""

from __future__ import annotations

from payung.codes import Code


class ClinicKind(Code):
    """What kind of place treats, as the lists of the insurer's branches call it."""

    HOSPITAL = "rumah_sakit", "Rumah sakit", "Hospital", "good", ("rs", "rsud", "rsu", "hospital")
    HEALTH_CENTRE = "puskesmas", "Puskesmas", "Health centre", "info", ("pkm",)
    CLINIC = "klinik", "Klinik", "Clinic", "info"
    OTHER = "lain", "Lainnya", "Other"
