"""Values published by the statistics office or the press: for one unit, one series and one year, and for no other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import Absence, Gap
from data.kinds import Confidence
from data.periods import BadPeriod, Period
from data.targets.register import TargetRegister

_FAR = 10_000


class PublishedValue(NamedTuple):
    """A published value with where it stands: of a unit, or of a group such as a region.

    `basis` names the boundaries that its publisher meant.
    """

    unit_id: int | None
    group_id: int | None
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
        self._of_units: dict[tuple[int, int], list[PublishedValue]] = defaultdict(list)
        self._of_groups: dict[tuple[int, int], list[PublishedValue]] = defaultdict(list)
        for value in sorted(values, key=lambda one: trust(one.preliminary, one.confidence)):
            if value.unit_id is not None:
                self._of_units[value.unit_id, value.definition_id].append(value)
            elif value.group_id is not None:
                self._of_groups[value.group_id, value.definition_id].append(value)

    def of_unit(self, unit_id: int, definition_id: int) -> tuple[PublishedValue, ...]:
        """Everything that was published for a unit and a definition, in order of periods."""
        return tuple(sorted(self._of_units.get((unit_id, definition_id), ()), key=lambda value: value.period))

    def of_units(self, definition_id: int) -> Iterator[PublishedValue]:
        """Everything that was published for any unit and a definition."""
        for (_unit_id, found), values in self._of_units.items():
            if found == definition_id:
                yield from values

    def of_group(self, group_id: int, definition_id: int) -> tuple[PublishedValue, ...]:
        """Everything that was published for a group of units and a definition, in order of periods."""
        return tuple(sorted(self._of_groups.get((group_id, definition_id), ()), key=lambda value: value.period))

    def exactly(self, unit_id: int, definition_id: int, period: Period) -> PublishedValue | Absence:
        """The value for exactly that period; else why the cell is empty, naming the nearest other one."""
        there = self._of_units.get((unit_id, definition_id), [])
        for value in there:
            if value.period == period.code:
                return value
        if not there:
            return Absence(Gap.NOT_PUBLISHED)
        nearest = min(there, key=lambda value: _distance(value.period, period))
        return Absence(Gap.NO_SUCH_YEAR, other_period=nearest.period, other_value=nearest.value)


# Published values are reference facts: who writes one renews the catalogue's stamp, with which a new register comes.
_kept: WeakKeyDictionary[TargetRegister, Published] = WeakKeyDictionary()


def get_published(session: Session, targets: TargetRegister) -> Published:
    """All published values of the snapshot that these targets belong to; at most one query, once per process."""
    found = _kept.get(targets)
    if found is None:
        found = _kept[targets] = _load(session)
    return found


def _load(session: Session) -> Published:
    """Those that stand, in the order of entry; the others are read for the place that their corrections take."""
    p = t.PublishedResult
    columns = (
        p.unit_id, p.group_id, p.definition_id, p.period, p.value, p.preliminary, p.geographic_basis, p.source,
        p.confidence, p.note, p.id, p.corrects_id, p.withdrawn_at,
    )  # fmt: skip
    rows = session.execute(select(*columns).order_by(p.id)).all()
    places = entry_places((row.id, row.corrects_id) for row in rows)
    standing = sorted((row for row in rows if row.withdrawn_at is None), key=lambda row: places[row.id])
    return Published(PublishedValue._make(row[:10]) for row in standing)


def entry_places(rows: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """By id the place of each value among the others: a correction takes that of the value which it corrects.

    `rows` are ids with those that they correct, in the order of entry.
    """
    places: dict[int, int] = {}
    for value_id, corrects_id in rows:
        places[value_id] = value_id if corrects_id is None else places.get(corrects_id, value_id)
    return places


def trust(preliminary: bool, confidence: Confidence | None) -> tuple[bool, int]:
    """Final before preliminary, then by confidence; what was entered first breaks a tie."""
    ranks = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
    return preliminary, 3 if confidence is None else ranks[confidence]


def _distance(code: str, asked: Period) -> tuple[int, int, str]:
    """How far a period lies from the asked one; of two equally far years the earlier, which is known longer."""
    try:
        year = Period.parse(code).year
    except BadPeriod:
        return _FAR, 0, code
    return abs(year - asked.year), year, code
