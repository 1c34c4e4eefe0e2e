"""The whole and its parts: the reader's defaults filled in, every unit looked up within the reader's reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.arriving.query import ArrivalQuery
from data.comparisons.place import home_of, in_order
from data.comparisons.query import TODAY
from data.kinds import PlanKind, UnitLevel
from data.numbers import format_date
from data.periods import FIRST_YEAR, LAST_YEAR
from data.refusals import Invalid, NotFound
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.reach import sees
from data.targets.register import TargetInfo
from data.units.naming import title_of
from data.units.tree import Unit
from data.wording import _


@dataclass(frozen=True, slots=True)
class Place:
    """A query with nothing left open.

    `years` are those for which something is asked of the whole. `day` is that of the boundaries, and `days` the ones to
    choose from, where the parts changed within the year. `parts` are the units directly below that the reader sees, in
    the order of their names; `beyond` counts the others.
    """

    unit: Unit
    year: int
    years: tuple[int, ...]
    day: date
    days: tuple[date, ...]
    parts: tuple[int, ...]
    beyond: int


def find_place(snapshot: Snapshot, scope: Scope, query: ArrivalQuery, today: date) -> Place:
    """Fills the query in for this reader.

    The parts are those of the year's first day, for whom its plans were written, or of today where that is earlier.
    Raises NotFound for a unit out of reach, Invalid where it has no parts or nothing is asked of it in that year.
    """
    tree = snapshot.tree
    if query.year is not None and not FIRST_YEAR <= query.year <= LAST_YEAR:
        raise Invalid(_("“{year}” is not a year.").format(year=query.year))
    unit = _unit(snapshot, scope, query, today)
    years = years_of(snapshot, scope, unit, today)
    year = query.year or _nearest(years, today)
    day = _day(query, unit, year, today)
    if not tree.children(unit.id, day):
        raise Invalid(
            _("{unit} had no units below it on {day}.").format(unit=title_of(tree, unit.id, day), day=format_date(day))
        )
    if year not in years:
        raise Invalid(_("Nothing is asked of {unit} for {year}.").format(unit=title_of(tree, unit.id, day), year=year))
    below = tree.children(unit.id, day)
    seen = [one for one in below if scope.covers(tree, one, min(day, today))]
    return Place(
        unit, year, years, day, _days(snapshot, unit, year, today), in_order(tree, seen, day), len(below) - len(seen)
    )


def years_of(snapshot: Snapshot, scope: Scope, unit: Unit, today: date) -> tuple[int, ...]:
    """The years for which the reader sees something that is asked of the unit: by its own targets, or by the nation's
    that are no counts, as long as it stood.
    """
    found = set()
    for target, is_own in _asked(snapshot, unit):
        stood = unit.closed_on is None or target.year <= unit.closed_on.year
        sets = target.plan_kind is not PlanKind.RESTATED
        if (is_own or stood) and sets and sees(snapshot.tree, scope, target, today):
            found.add(target.year)
    return tuple(sorted(found))


def wholes_within(snapshot: Snapshot, scope: Scope, day: date, today: date) -> tuple[int, ...]:
    """The nation, the provinces and the reader's own unit, as far as the reader sees a part of them on that day."""
    tree, on, home = snapshot.tree, min(day, today), home_of(snapshot.tree, scope)
    reach = scope.units(tree, on)
    provinces = in_order(tree, tree.at_level(UnitLevel.PROVINCE, on), on)
    candidates = dict.fromkeys((tree.nation_id, *provinces, *([home.id] if home else [])))
    return tuple(one for one in candidates if one in reach and not reach.isdisjoint(tree.children(one, on)))


def _asked(snapshot: Snapshot, unit: Unit) -> Iterator[tuple[TargetInfo, bool]]:
    nation, definitions = snapshot.tree.nation_id, snapshot.catalogue.definitions
    yield from ((one, True) for one in snapshot.targets.of_unit(unit.id))
    if unit.id != nation:
        for one in snapshot.targets.of_unit(nation):
            if not definitions[one.definition_id].measure.is_count:
                yield one, False


def _unit(snapshot: Snapshot, scope: Scope, query: ArrivalQuery, today: date) -> Unit:
    """As asked; else the reader's own unit, or the nearest one above it that has parts."""
    tree = snapshot.tree
    if query.unit is not None:
        # Within its life: a closed unit is looked up on its own last day.
        return scope.get(tree, query.unit, today)
    home = home_of(tree, scope)
    if home is None:
        raise NotFound(_("There is no such unit within your reach."))
    for one in (home.id, *tree.ancestors(home.id, today)):
        unit = tree.units[one]
        years = years_of(snapshot, scope, unit, today)
        if years and tree.children(one, _day(query, unit, query.year or _nearest(years, today), today)):
            return unit
    return home


def _nearest(years: tuple[int, ...], today: date) -> int:
    """This year or the next one for which something is asked, else the last one."""
    coming = [year for year in years if year >= today.year]
    return min(coming) if coming else max(years, default=today.year)


def _day(query: ArrivalQuery, unit: Unit, year: int, today: date) -> date:
    asked = today if query.boundaries == TODAY else query.boundaries
    return unit.within_life(asked or min(date(year, 1, 1), today))


def _days(snapshot: Snapshot, unit: Unit, year: int, today: date) -> tuple[date, ...]:
    """The first and the last day of the year, or the first alone where its parts were the same on both."""
    tree = snapshot.tree
    first, last = (unit.within_life(min(one, today)) for one in (date(year, 1, 1), date(year, 12, 31)))
    same = set(tree.children(unit.id, first)) == set(tree.children(unit.id, last))
    return (first,) if same else (first, last)
