"""A linear or whole-number programme, put together from columns, rows and entries, and given to HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np

from payung.planning.optimum.problem import Bools, Floats, Ints

INFINITE = float(highspy.kHighsInf)


@dataclass(frozen=True)
class Answer:
    """What the solver said.

    Fields
        solved: whether it ended as asked, with the best there is within its tolerance.
        impossible: whether it proved that nothing keeps all rows.
        values: of the columns; empty where it found none. duals: of the rows (empty for whole numbers).
    """

    solved: bool
    impossible: bool
    values: Floats
    duals: Floats


@dataclass
class Linear:
    """A programme that is maximised."""

    _columns: list[tuple[Floats, Floats, Floats, Bools]] = field(default_factory=list)
    _rows: list[tuple[Floats, Floats]] = field(default_factory=list)
    _entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    _width: int = 0
    _height: int = 0

    def columns(
        self, gain: Floats, upper: Floats | float, *, lower: Floats | float = 0.0, whole: bool = False
    ) -> Ints:
        """Add a column for every ``gain`` and return their numbers."""
        count = len(gain)
        self._columns.append(
            (
                np.asarray(gain, dtype=np.float64),
                np.broadcast_to(np.asarray(lower, dtype=np.float64), count),
                np.broadcast_to(np.asarray(upper, dtype=np.float64), count),
                np.full(count, whole),
            )
        )
        self._width += count
        return np.arange(self._width - count, self._width)

    def rows(self, lower: Floats | float, upper: Floats | float, count: int) -> Ints:
        """Add ``count`` rows and return their numbers."""
        self._rows.append(
            (
                np.broadcast_to(np.asarray(lower, dtype=np.float64), count),
                np.broadcast_to(np.asarray(upper, dtype=np.float64), count),
            )
        )
        self._height += count
        return np.arange(self._height - count, self._height)

    def add(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        """Put ``values`` at ``rows`` and ``columns``; no place may be given twice."""
        wide = np.broadcast_to(np.asarray(values, dtype=np.float64), len(rows))
        self._entries.append((rows, columns, wide))

    def solve(self, *, solver: str = "choose", gap: float = 0.0, nodes: int | None = None) -> Answer:
        """Maximise. For whole numbers: be content ``gap`` below the best, give up after so many ``nodes``."""
        model = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("solver", solver)
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_abs_gap", gap)
        if nodes is not None:
            model.setOptionValue("mip_max_nodes", nodes)
        programme, whole = self.programme()
        model.passModel(programme)
        model.run()
        status = model.getModelStatus()
        solution = model.getSolution()
        found = solution.value_valid and (not whole or model.getInfo().primal_solution_status == 2)
        return Answer(
            status == highspy.HighsModelStatus.kOptimal,
            status == highspy.HighsModelStatus.kInfeasible,
            np.array(solution.col_value) if found else np.zeros(0),
            np.array(solution.row_dual) if found and not whole else np.zeros(0),
        )

    def programme(self) -> tuple[highspy.HighsLp, bool]:
        """Return the programme as HiGHS takes it, and whether it asks for whole numbers."""
        gain, lower, upper, whole = (np.concatenate(part) for part in zip(*self._columns, strict=True))
        below, above = (np.concatenate(part) for part in zip(*self._rows, strict=True))
        rows, columns, values = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        order = np.lexsort((rows, columns))
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = self._width, self._height
        programme.sense_ = highspy.ObjSense.kMaximize
        programme.col_cost_, programme.col_lower_, programme.col_upper_ = gain, lower, upper
        programme.row_lower_, programme.row_upper_ = below, above
        matrix = programme.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        counts = np.bincount(columns, minlength=self._width)
        matrix.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        matrix.index_ = rows[order].astype(np.int32)
        matrix.value_ = values[order]
        if whole.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            programme.integrality_ = [kinds[int(one)] for one in whole]
        return programme, bool(whole.any())
