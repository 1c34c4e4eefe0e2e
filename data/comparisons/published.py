"""Values published by the statistics office or the press: for one unit, one series and one year, and for no other."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import Absence, Gap
from data.kinds import Confidence
from data.periods import BadPeriod, Period

_FAR = 10_000


class PublishedValue(NamedTuple):
    """A published value with where it stands; a region's has no unit.

    `basis` names the boundaries that its publisher meant.
    """

    unit_id: int | None
    definition_id: int
    period: str
    value: float
    preliminary: bool
    basis: str
    source: str
    confidence: Confidence | None
    note: str | None


class Published:
    """Published values by unit and definition, the ones to be trusted first."""

    def __init__(self, values: Iterable[PublishedValue]) -> None:
        self._values: dict[tuple[int, int], list[PublishedValue]] = defaultdict(list)
        for value in sorted(values, key=_trust):
            if value.unit_id is not None:
                self._values[value.unit_id, value.definition_id].append(value)

    def of(self, unit_id: int, definition_id: int) -> tuple[PublishedValue, ...]:
        """Everything that was published for a unit and a definition, in order of periods."""
        return tuple(sorted(self._values.get((unit_id, definition_id), ()), key=lambda value: value.period))

    def exactly(self, unit_id: int, definition_id: int, period: Period) -> PublishedValue | Absence:
        """The value for exactly that period; else why the cell is empty, naming the nearest other one."""
        there = self._values.get((unit_id, definition_id), [])
        for value in there:
            if value.period == period.code:
                return value
        if not there:
            return Absence(Gap.NOT_PUBLISHED)
        nearest = min(there, key=lambda value: _distance(value.period, period))
        return Absence(Gap.NO_SUCH_YEAR, other_period=nearest.period, other_value=nearest.value)


def load_published(session: Session, unit_ids: Iterable[int], definition_ids: Iterable[int]) -> Published:
    """What was published for these units and definitions, in one query; in none where nothing is asked."""
    units, definitions = list(unit_ids), list(definition_ids)
    if not (units and definitions):
        return Published(())
    p = t.PublishedResult
    columns = (
        p.unit_id, p.definition_id, p.period, p.value, p.preliminary, p.geographic_basis, p.source, p.confidence,
        p.note,
    )  # fmt: skip
    where = p.unit_id.in_(units), p.definition_id.in_(definitions)
    rows = session.execute(select(*columns).where(*where).order_by(p.id))
    return Published(PublishedValue(*row) for row in rows)


def _trust(value: PublishedValue) -> tuple[bool, int]:
    """Final before preliminary, then by confidence; what stands first in the source breaks a tie."""
    ranks = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
    return value.preliminary, 3 if value.confidence is None else ranks[value.confidence]


def _distance(code: str, asked: Period) -> tuple[int, int, str]:
    """How far a period lies from the asked one; of two equally far years the earlier, which is known longer."""
    try:
        year = Period.parse(code).year
    except BadPeriod:
        return _FAR, 0, code
    return abs(year - asked.year), year, code
