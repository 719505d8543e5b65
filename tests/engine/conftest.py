"""A Spark session for the tests that need one, or a sentence why there is none."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A small local Spark; skipped where Java or pyspark is missing."""
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: Spark was not compared")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: Spark was not compared")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            pyspark.SparkSession.builder.master("local[1]")
            .appName("payung-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.memory", "1g")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
