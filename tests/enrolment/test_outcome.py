import polars as pl
import pytest

from payung.enrolment.outcome import rupiah, state_of_rows


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (999, "Rp999"), (1000, "Rp1.000"), (201_600, "Rp201.600"), (10**9, "Rp1.000.000.000")],
)
def test_rupiah_groups_digits_the_indonesian_way(amount, text):
    assert pl.DataFrame({"cost": [amount]}).select(rupiah("cost")).item() == text


def test_state_of_rows_gives_every_row_one_outcome(make_listings):
    listings = make_listings({}, {}, {"verdict": "returned"}, {"verdict": "returned"})
    records = listings["record"].to_list()
    people = pl.DataFrame(
        {
            "person": [1, 2],
            "record": [records[0], records[3]],
            "state": ["chosen", "returned"],
            "codes": [[], ["NIK_FORMAT"]],
            "reason": ["x", "y"],
        },
        schema_overrides={"codes": pl.List(pl.String)},
    )
    links = pl.DataFrame({"record": records, "person": [1, 1, 1, 2]})
    rows = state_of_rows(listings, people, links)
    assert rows["outcome"].to_list() == ["chosen", "duplicate", "returned", "returned"]
    assert rows["codes"].to_list() == [[], ["GANDA_USULAN"], [], []]
    assert records[0] in rows["reason"][1]
