# ruff: noqa: N801, N805, E501  (OpenFisca names variables by class and calls its formulas on persons)
"""The same rows by an OpenFisca model of the same law, a month at a time. `openfisca_rows.py PEOPLE OUT`."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="A person", is_person=True)
LOWER = [
    0,
    *range(1_100_000, 2_700_000, 200_000),
    *range(2_700_000, 8_200_000, 500_000),
    *range(8_200_000, 20_200_001, 1_000_000),
]
STEP = [0] + [100_000] * 8 + [250_000] * 11 + [500_000] * 13


def parameters() -> str:
    """Write the law as OpenFisca keeps it: a folder of dated files."""
    folder = Path(tempfile.mkdtemp())
    brackets = "".join(
        f"  - threshold: {{2015-07-01: {{value: {low}}}}}\n    amount: {{2015-07-01: {{value: {(low + step or 1_000_000) // 100}}}}}\n"
        for low, step in zip(LOWER, STEP, strict=True)
    )
    (folder / "jkk_table.yaml").write_text(
        f"description: JKK\nmetadata: {{type: single_amount}}\nbrackets:\n{brackets}"
    )
    (folder / "jkm.yaml").write_text("description: JKM\nvalues: {2015-07-01: {value: 6800}}\n")
    for risk, rate in enumerate((24, 54, 89, 127, 174), 1):
        (folder / f"jkk_rate_{risk}.yaml").write_text(
            f"description: rate\nvalues: {{2015-07-01: {{value: {rate}}}}}\n"
        )
    (folder / "jkm_rate.yaml").write_text("description: rate\nvalues: {2015-07-01: {value: 30}}\n")
    for name, start, end in (
        ("transport", "2026-01-01", "2027-04-01"),
        ("other", "2026-04-01", "2027-01-01"),
    ):
        (folder / f"relief_{name}.yaml").write_text(
            f"description: relief\nvalues: {{2015-07-01: {{value: 1}}, {start}: {{value: 2}}, {end}: {{value: 1}}}}\n"
        )
    return str(folder)


class income(Variable):
    entity = Person
    definition_period = MONTH
    value_type = int


class risk(Variable):
    entity = Person
    definition_period = MONTH
    value_type = int


class bpu(Variable):
    entity = Person
    definition_period = MONTH
    value_type = bool


class transport(Variable):
    entity = Person
    definition_period = MONTH
    value_type = bool


class jkk(Variable):
    entity = Person
    definition_period = MONTH
    value_type = int

    def formula(person, period, parameters):
        law = parameters(period)
        earned = person("income", period).astype(np.int64)
        table = law.jkk_table.calc(earned).astype(np.int64)
        divisor = np.where(person("transport", period), law.relief_transport, law.relief_other).astype(
            np.int64
        )
        rates = np.array([0] + [getattr(law, f"jkk_rate_{number}") for number in range(1, 6)], dtype=np.int64)
        wage = (2 * earned * rates[person("risk", period)] + 10_000) // 20_000
        return np.where(person("bpu", period), table // divisor, wage)


class jkm(Variable):
    entity = Person
    definition_period = MONTH
    value_type = int

    def formula(person, period, parameters):
        law = parameters(period)
        divisor = np.where(person("transport", period), law.relief_transport, law.relief_other).astype(
            np.int64
        )
        wage = (2 * person("income", period).astype(np.int64) * int(law.jkm_rate) + 10_000) // 20_000
        return np.where(person("bpu", period), int(law.jkm) // divisor, wage)


system = TaxBenefitSystem([Person])
system.load_parameters(parameters())
system.add_variables(income, risk, bpu, transport, jkk, jkm)
people = pq.read_table(sys.argv[1], columns=["person", "segment", "income", "sector", "risk"])
count = people.num_rows
simulation = SimulationBuilder().build_default_simulation(system, count=count)
segment = np.asarray(people["segment"].to_numpy(zero_copy_only=False))
sector = np.asarray(people["sector"].to_numpy(zero_copy_only=False))
given = {
    "income": people["income"].to_numpy(),
    "risk": people["risk"].to_numpy(),
    "bpu": segment == "bpu",
    "transport": sector == "transport",
}
writer = None
for month in range(1, 13):
    period = f"2026-{month:02d}"
    for name, values in given.items():
        simulation.set_input(name, period, values)
    first, second = simulation.calculate("jkk", period), simulation.calculate("jkm", period)
    batch = pa.table(
        {
            "person": people["person"],
            "month": pa.array([period] * count),
            "jkk": first.astype(np.int64),
            "jkm": second.astype(np.int64),
            "total": first.astype(np.int64) + second.astype(np.int64),
            "law": pa.array(["version"] * count),
        }
    )
    writer = writer or pq.ParquetWriter(sys.argv[2], batch.schema)
    writer.write_table(batch)
    for name in (*given, "jkk", "jkm"):
        simulation.delete_arrays(name, period)
writer.close()
