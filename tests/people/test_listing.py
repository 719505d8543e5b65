import polars as pl
import pytest

from payung.people import listing


def test_conform_fills_missing_columns_with_null():
    frame = listing.conform(pl.DataFrame({"record": ["a"], "name": ["Kasmi"]}))
    assert frame.columns == list(listing.SCHEMA)
    assert frame["nik"].to_list() == [None]


def test_conform_refuses_a_foreign_column():
    with pytest.raises(ValueError, match="hobby"):
        listing.conform(pl.DataFrame({"record": ["a"], "hobby": ["x"]}))
