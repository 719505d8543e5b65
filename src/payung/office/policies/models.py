"""Two tables: the policies of the district, and whose state each of them changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Category
from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField
from payung.office.people.models import Person
from payung.office.policies.states import PolicyState, Verdict

_OPEN, _DROPPED = (PolicyState.WAITING.value,), (PolicyState.WITHDRAWN.value,)


class Policy(models.Model):
    """What a district decides from a month on; what it does not say is not restricted.

    ``max_decile``: the highest welfare decile that is admitted, ``None``: no limit. ``rules_off``: rules that lists
    are not held against. ``youngest``, ``below``: whole years in the first month of cover, ``None``: those of the law.
    ``round``: how often it was counted, 0 while a job counts for the first time; ``people``: whose state it changes;
    ``costs`` (JSON): what that is worth, as :func:`payung.office.policies.queries.costs` says it.
    """

    region_code = models.CharField(max_length=13)
    from_month = MonthField()
    basis = models.CharField(max_length=200)
    max_decile = models.PositiveSmallIntegerField(null=True)
    rules_off: models.JSONField[Any, Any] = models.JSONField(default=list)
    youngest = models.PositiveSmallIntegerField(null=True)
    below = models.PositiveSmallIntegerField(null=True)
    text = models.TextField()  # the file as it was sent
    state = CodeField(PolicyState, max_length=10, default=PolicyState.WAITING)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    counted_at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField(default=0)
    costs: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-from_month", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "from_month"],
                condition=Q(state=PolicyState.APPROVED),
                name="policy_one_a_month",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=_OPEN, decided_by="")
                    | Q(state__in=_DROPPED, decided_by=F("by"))
                    | ~Q(state__in=[*_OPEN, *_DROPPED]) & ~Q(decided_by="") & ~Q(decided_by=F("by"))
                ),
                name="policy_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=PolicyState.REFUSED) | ~Q(reason=""), name="policy_refused_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(by=""), name="policy_says_why"),
            models.CheckConstraint(
                condition=Q(max_decile__isnull=True) | Q(max_decile__gte=1, max_decile__lte=10),
                name="policy_decile",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.from_month}"

    @property
    def subject(self) -> str:
        """How the history and the queue call it."""
        return f"policy:{self.pk}"


class Effect(models.Model):
    """Somebody whose state a policy changes, as it was counted in a round. Only added.

    ``lines``: keys of the lines of money whose decrees name the person then, ``|12|13|``; empty: none.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="effects")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    village_code = models.CharField(max_length=13)
    category = CodeField(Category)
    before = CodeField(Verdict, max_length=20)
    after = CodeField(Verdict, max_length=20)
    lines = models.CharField(max_length=120, blank=True)

    scope_columns: ClassVar = Columns(region="village_code", category="category", person="person")
    stays_when_merged = True  # what was shown to who decided

    class Meta:
        ordering: ClassVar = ["village_code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "round", "person"], name="effect_once"),
            models.CheckConstraint(
                condition=(
                    Q(before=Verdict.ADMITTED) & ~Q(after=Verdict.ADMITTED)
                    | ~Q(before=Verdict.ADMITTED) & Q(after=Verdict.ADMITTED)
                ),
                name="effect_changes_the_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
