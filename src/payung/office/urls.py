"""All pages. Every line says who may open it; the tests walk this table."""

from __future__ import annotations

from payung.office.accounts.urls import urlpatterns as accounts
from payung.office.front.urls import urlpatterns as front
from payung.office.intake.urls import urlpatterns as intake
from payung.office.matching.urls import urlpatterns as matching
from payung.office.register.urls import urlpatterns as register
from payung.office.review.urls import urlpatterns as review

urlpatterns = [*front, *accounts, *register, *intake, *matching, *review]
handler500 = "payung.office.faults.broken"
handler400 = "payung.office.faults.refused"
