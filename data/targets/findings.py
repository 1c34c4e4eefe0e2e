"""Contradictions for one reader: between texts that the reader sees, and between texts and what is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.cells import maker_of
from data.comparisons.masking import Masking
from data.comparisons.observing import weakness_of
from data.comparisons.published import Published, get_published
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.kinds import UnitLevel
from data.periods import FIRST_YEAR, Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.arithmetic import KnownValues, against_known, bases_of, within_documents
from data.targets.contradictions import Contradiction, Known, between_targets
from data.targets.register import TargetInfo, TargetRegister
from data.units.tree import UnitTree

# Of neighbours below the province nothing is said here; totals above them are told as far as `Masking` shows them.
_OPEN_LEVELS = frozenset({UnitLevel.NATION, UnitLevel.PROVINCE})

_of_texts: WeakKeyDictionary[TargetRegister, tuple[Contradiction, ...]] = WeakKeyDictionary()


def find_contradictions(
    session: Session, snapshot: Snapshot, scope: Scope, visible: Mapping[int, TargetInfo], today: date
) -> Iterator[Contradiction]:
    """The contradictions of which the reader sees every target.

    Those of the texts are worked out once for a snapshot; those of results for each reader, in at most two queries,
    and two more for readers from whom something may have to be hidden.
    """
    found = _of_texts.get(snapshot.targets)
    if found is None:
        found = _of_texts[snapshot.targets] = tuple(_between_texts(session, snapshot))
    reported = _against_results(session, snapshot, scope, visible, today)
    for one in (*found, *reported):
        if all(target.id in visible for target in one.targets):
            yield one


def _between_texts(session: Session, snapshot: Snapshot) -> Iterator[Contradiction]:
    register, tree, definitions = snapshot.targets, snapshot.tree, snapshot.catalogue.definitions
    yield from between_targets(register, tree, definitions)
    yield from within_documents(register, tree, definitions)
    yield from against_known(register, definitions, published_values(session, snapshot))


def published_values(session: Session, snapshot: Snapshot) -> KnownValues:
    """What was published, for holding bases against it; at most one query, once per process."""
    return _PublishedValues(get_published(session, snapshot.targets), snapshot.catalogue.definitions)


class _PublishedValues:
    """What was published of a unit for a year, also as another series of the same thing."""

    def __init__(self, published: Published, definitions: Mapping[int, Definition]) -> None:
        self._published = published
        self._definitions = definitions

    def __call__(self, unit_id: int, definition: Definition, year: int) -> Iterator[Known]:
        """The values of that year, each with its publisher."""
        for series in self._definitions.values():
            if series.id == definition.id or is_other_series(series, definition):
                there = [one for one in self._published.of_unit(unit_id, series.id) if one.period == str(year)]
                final = {one.basis for one in there if not one.preliminary}
                for value in there:
                    # What was preliminary has given way to the final value.
                    if not (value.preliminary and value.basis in final):
                        yield Known(series.id, year, value.value, value.source)


def is_other_series(one: Definition, other: Definition) -> bool:
    """Whether two definitions count the same thing from two sources: statistics and civil registration.

    They never mix in a column. A base that neither of them knows is still worth asking about.
    """
    return (
        one.indicator_id == other.indicator_id
        and one.measure is other.measure
        and bool(one.series and other.series)
        and one.series != other.series
    )


def _against_results(
    session: Session, snapshot: Snapshot, scope: Scope, visible: Mapping[int, TargetInfo], today: date
) -> Iterator[Contradiction]:
    """Bases against approved results as the reader is shown them, read for all of them together."""
    tree, definitions = snapshot.tree, snapshot.catalogue.definitions
    bases = [
        one
        for one in bases_of(snapshot.targets)
        if one.target.id in visible
        and one.year >= FIRST_YEAR
        and definitions[one.target.definition_id].numerator
        and _may_read(tree, scope, one.target.unit_id, one.year, today)
    ]
    readings = Readings(session, tree)
    wanted: dict[Period, list[Definition]] = defaultdict(list)
    for one in bases:
        wanted[Period.of_year(one.year)].append(definitions[one.target.definition_id])
    units = tuple(dict.fromkeys(one.target.unit_id for one in bases))
    readings.load(units, wanted)
    masking = Masking(session, snapshot, scope)
    masking.load(units, wanted)
    readable = {(one.target.unit_id, one.target.definition_id, one.year) for one in bases}

    def known(unit_id: int, definition: Definition, year: int) -> Iterable[Known]:
        if (unit_id, definition.id, year) in readable:
            period = Period.of_year(year)
            maker = maker_of(snapshot.targets, tree.nation_id, definition, period)
            reading = masking.hide(unit_id, period, {definition.id: readings.get(unit_id, definition, period)})[
                definition.id
            ]
            cell = maker.plain(reading)
            # A forecast, and what some of the units have counted, is not what the year came to.
            whole = isinstance(reading, Reading) and weakness_of(reading) is None and not reading.is_partial
            if cell.value is not None and whole:
                yield Known(definition.id, year, cell.value, None, cell.low, cell.high)

    yield from against_known(snapshot.targets, definitions, known)


def _may_read(tree: UnitTree, scope: Scope, unit_id: int, year: int, today: date) -> bool:
    """Whether anything may be said that rests on the unit's results: never of neighbours below the province."""
    if tree.units[unit_id].level in _OPEN_LEVELS:
        return True
    day = tree.units[unit_id].within_life(min(date(year, 12, 31), today))
    return unit_id in scope.inside(tree, day)
