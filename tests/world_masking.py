"""A province of six communes that count little, and what one of their officers could work out from all that is shown.

The columns are those of `tests.world_catalogue` and four more that share elements with them, so that columns, quarters,
neighbours and the province's totals all give each other away.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import Cell, Comparison, Gap
from data.kinds import Aggregation, Confidence, RollupSource, Side, Standing, UnitKind, UnitLevel
from data.measures import Measure
from data.periods import Period
from tests import worlds
from tests.world_catalogue import DEFINITIONS, ELEMENTS, Parts
from tests.world_rollups import compared, renew
from tests.worlds import ASH, BAY, CEDAR, MERGED, MERGER, NOW, Person

FIR, GUM, HAZEL = 136, 137, 138
COMMUNES = (ASH, BAY, CEDAR, FIR, GUM, HAZEL)
QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
PERIODS = (*QUARTERS, "2026-6M", "2026-9M", "2026")

BIRTHS: Parts = {"births_boys": 1, "births_girls": 1}
PILL: Parts = {"new_users_pill": 1}
CONDOM: Parts = {"new_users_condom": 1}
DEATHS: Parts = {"deaths": 1}
POPULATION: Parts = {"population": 1}
MORE: dict[str, tuple[int, Parts, Parts]] = {
    "pill": (621, PILL, {}),
    "condom": (622, CONDOM, {}),
    "death_rate": (623, DEATHS, POPULATION),
    "birth_rate": (624, BIRTHS, POPULATION),
}
SIDES: dict[str, tuple[Parts, Parts]] = {
    **{key: (above, below) for key, (*_, above, below) in DEFINITIONS.items()},
    **{key: (above, below) for key, (_, above, below) in MORE.items()},
}
IDS = {key: row[0] for key, row in DEFINITIONS.items()} | {key: row[0] for key, row in MORE.items()}
ALL = ",".join(SIDES)

# What a commune counted in a quarter, by (commune, quarter).
Counted = dict[tuple[int, str], dict[str, int]]


class Told(NamedTuple):
    """A number that was shown, or that must not become known: how often each count of the world stands in it."""

    times: dict[tuple[int, str, str], int]
    number: int


def build(session: Session) -> None:
    """The small nation with three more communes and four more columns."""
    worlds.build(session)
    for unit_id, name in ((FIR, "Gia Phú"), (GUM, "Hà Lâm"), (HAZEL, "Ia Drăng")):
        session.execute(insert(t.AdminUnit), [{
            "id": unit_id, "key": f"u{unit_id}", "level": UnitLevel.COMMUNE, "opened_on": MERGER, "opening_known": True,
            "closed_on": None,
        }])  # fmt: skip
        session.execute(insert(t.UnitVersion), [{
            "unit_id": unit_id, "from_on": MERGER, "to_on": None, "name": name, "kind": UnitKind.COMMUNE,
            "code": str(unit_id), "parent_id": MERGED, "confidence": Confidence.HIGH, "document_id": None,
        }])  # fmt: skip
    like = select(t.Definition.__table__).where(t.Definition.id == IDS["srb"])
    pattern = dict(session.execute(like).mappings().one())
    for key, (definition_id, above, below) in MORE.items():
        measure = Measure.PER_MILLE if below else Measure.PERSONS
        changes = {"id": definition_id, "key": key, "measure": measure, "factor": 1, "chance": False, "headline": None}
        session.execute(insert(t.Definition), [pattern | changes])
        session.execute(insert(t.DefinitionPart), [
            {"definition_id": definition_id, "side": side, "element_id": ELEMENTS[element][0], "sign": sign}
            for side, parts in ((Side.NUMERATOR, above), (Side.DENOMINATOR, below))
            for element, sign in parts.items()
        ])  # fmt: skip
    renew(session)


def approve(session: Session, counted: Counted) -> None:
    """These counts, and no others, are approved: the communes' roll-ups and the sums of their province."""
    session.execute(delete(t.Rollup))
    rows = []
    for quarter in QUARTERS:
        there = [one for one in COMMUNES if (one, quarter) in counted]
        for unit_ids in (*((one,) for one in there), there):
            total = unit_ids is there
            if total and not there:
                continue
            numbers = [counted[one, quarter] for one in unit_ids]
            rows += [
                {"period": quarter, "level": UnitLevel.PROVINCE if total else UnitLevel.COMMUNE,
                 "unit_id": MERGED if total else unit_ids[0], "definition_id": IDS[key],
                 "numerator": sum(added(above, one) for one in numbers),
                 "denominator": sum(added(below, one) for one in numbers) if below else None,
                 "counted": len(numbers), "expected": len(COMMUNES) if total else 1,
                 "source": RollupSource.CHILDREN if total else RollupSource.OWN, "standing": Standing.FINAL,
                 "illustrative": False, "approved_at": NOW}
                for key, (above, below) in SIDES.items()
            ]  # fmt: skip
    if rows:
        session.execute(insert(t.Rollup), rows)


def added(parts: Parts, numbers: dict[str, int]) -> int:
    """One side of a column."""
    return sum(sign * numbers[element] for element, sign in parts.items())


def table_of(session: Session, person: Person, period: str, definitions: str = ALL) -> dict[tuple[int, str], Cell]:
    """What the person's table of the communes shows, by unit and column; the total's row is the province's."""
    asked = {"period": period, "level": "commune", "within": "merged", "definitions": definitions}
    return cells_of(compared(session, person, **asked))


def cells_of(comparison: Comparison) -> dict[tuple[int, str], Cell]:
    """The cells by unit and column, the total's row among them."""
    total = [comparison.total] if comparison.total else []
    return {
        (row.unit.id, column.key): cell
        for row in (*comparison.rows, *total)
        for column, cell in zip(comparison.columns, row.cells, strict=True)
    }


def is_masked(cell: Cell) -> bool:
    """Whether the cell says that its number is hidden."""
    return cell.absence is not None and cell.absence.gap is Gap.MASKED


def told(cell: Cell, unit: int, column: str, period: str, counted: Counted) -> list[Told]:
    """Both parts of a cell as sums of the world's counts; nothing where none is shown."""
    if cell.numerator is None:
        return []
    found = [Told(times_of(unit, SIDES[column][0], period, counted), int(cell.numerator))]
    if cell.denominator is not None:
        found.append(Told(times_of(unit, SIDES[column][1], period, counted), int(cell.denominator)))
    return found


def times_of(unit: int, parts: Parts, period: str, counted: Counted) -> dict[tuple[int, str, str], int]:
    """How often each count stands in a side: flows of all quarters, of stocks the last quarter's."""
    asked = Period(period)
    quarters = (asked.code,) if asked.code in QUARTERS else tuple(part.code for part in asked.parts())
    units = COMMUNES if unit == MERGED else (unit,)
    return {
        (one, element, quarter): sign
        for element, sign in parts.items()
        for quarter in (quarters if ELEMENTS[element][1] is Aggregation.FLOW else quarters[-1:])
        for one in units
        if (one, quarter) in counted
    }


class Adversary:
    """Adds and subtracts whatever was told, in every way there is."""

    def __init__(self, known: Iterable[Told]) -> None:
        found = list(known)
        places = {place for one in found for place in one.times}
        self._place = {place: number for number, place in enumerate(sorted(places))}
        rows = np.array([self._row(one) for one in found]).reshape(len(found), len(self._place))
        # The directions in which the world could be another one without a different word having been said.
        sizes, directions = np.linalg.eigh(rows.T @ rows)
        self._free = directions.T[sizes < 1e-6]

    def knows(self, secret: Told) -> bool:
        """Whether the secret follows from what was told."""
        if not set(secret.times) <= set(self._place):
            return False
        return bool(np.abs(self._free @ self._row(secret)).max(initial=0.0) < 1e-7)

    def _row(self, one: Told) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        row = np.zeros(len(self._place))
        for place, times in one.times.items():
            row[self._place[place]] = times
        return row
