"""Engines: the same pairs wherever they are weighed, and one sentence where an engine is not there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from payung.errors import InputError, MissingDataError
from payung.linkage import link
from payung.linkage.engines import engine_named

AS_OF = dt.date(2026, 11, 21)


@pytest.mark.slow
def test_spark_gives_the_pairs_of_duckdb(
    generated: Callable[[str, int, int], dict[str, pl.DataFrame]],
) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: the Spark engine cannot be compared")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("no Java on this computer: the Spark engine cannot be compared")
    made = generated("harsh", 1_500, 5)
    here = link(made["roster"], made["insurer"], as_of=AS_OF)
    there = link(made["roster"], made["insurer"], as_of=AS_OF, engine="local[2]")
    assert here.pairs.height > 500
    assert there.pairs.equals(here.pairs)
    assert there.persons.equals(here.persons)


@pytest.mark.slow
def test_a_spark_that_somebody_uses_is_used_and_left_running(
    spark: Any, people: Callable[..., pl.DataFrame]
) -> None:
    before = spark.conf.get("spark.sql.shuffle.partitions")
    link(people({"name": "Ruben"}, {"name": "Rubén"}), as_of=AS_OF, engine="local[2]")
    assert spark.range(3).count() == 3
    assert spark.conf.get("spark.sql.shuffle.partitions") == before


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(InputError, match="duckdb, local\\[2\\] atau spark://"):
        engine_named("oracle")


def test_spark_without_java_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, people: Callable[..., pl.DataFrame]
) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingDataError, match="memerlukan Java 17"):
        link(people({"name": "Ruben"}), as_of=AS_OF, engine="local[2]")


def test_spark_without_pyspark_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, people: Callable[..., pl.DataFrame]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingDataError, match=r"memerlukan paket pyspark 4\.3"):
        link(people({"name": "Ruben"}), as_of=AS_OF, engine="spark://tidak.ada:7077")
