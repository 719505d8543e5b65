"""Pages of people."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.people import lists
from payung.office.people.pages import changes, person

VIEW, EDIT = needs(Permission.PERSON_VIEW), needs(Permission.PERSON_EDIT)

urlpatterns = [
    page("orang/", lists.People.as_view(), VIEW, name="person_list"),
    page("orang/<int:key>/", person.show, VIEW, name="person_show"),
    page("orang/<int:key>/nik/", person.unmask, needs(Permission.PERSON_UNMASK), name="person_unmask"),
    page("orang/tambah/", changes.add, EDIT, name="person_add"),
    page("orang/<int:key>/ubah/", changes.change, EDIT, name="person_change"),
    page("orang/<int:key>/nik/betulkan/", changes.correct_nik, EDIT, name="person_nik"),
    page("orang/<int:key>/ahli-waris/", changes.add_heir, EDIT, name="person_heirs"),
    page("orang/<int:key>/ahli-waris/<int:heir>/", changes.heir, EDIT, name="person_heir"),
    page("kk/<int:key>/", changes.household, VIEW, name="household_show"),
]
