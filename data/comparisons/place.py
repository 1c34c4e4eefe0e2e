"""Where and what a query compares: the reader's defaults filled in, every name looked up, every unit in scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from data.catalogue.model import Catalogue, Definition
from data.comparisons.peers import find_peers
from data.comparisons.query import TODAY, ComparisonQuery
from data.kinds import UnitLevel
from data.numbers import format_date
from data.periods import Period, last_complete_quarter
from data.refusals import Invalid, NotFound
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.groups import DatedGroup
from data.units.order import vietnamese_order
from data.units.tree import Unit, UnitTree
from data.wording import _
from data.wording.units import level_name

_RANKS = {level: rank for rank, level in enumerate(UnitLevel)}


@dataclass(frozen=True, slots=True)
class Place:
    """A query with nothing left open. `unit_ids` are the rows in the order of names; `inside` are no neighbours.

    A row stands on the boundaries' day and is within reach on the period's last day too: boundaries are the reader's
    to choose, and must not bring back a unit that was somebody else's when the period ended. `peers` is the group
    whose members they are, where one was asked for.
    """

    period: Period
    boundaries: date
    level: UnitLevel
    within: Unit
    home: Unit | None
    unit_ids: tuple[int, ...]
    inside: frozenset[int]
    definitions: tuple[Definition, ...]
    peers: DatedGroup | None = None


def find_place(snapshot: Snapshot, scope: Scope, query: ComparisonQuery, today: date) -> Place:
    """Fills the query in for this reader.

    Raises NotFound for a unit or a group out of reach, Invalid for what does not exist (EmptyGroup: on that day).
    """
    tree = snapshot.tree
    home = home_of(tree, scope)
    if home is None:
        raise NotFound(_("There is no such unit within your reach."))
    period = query.period or default_period(home, today)
    day = today if query.boundaries == TODAY else query.boundaries or period.last_day
    peers = None if query.peers is None else find_peers(snapshot, scope, query.peers, day)
    if peers is None:
        within = _within(tree, scope, query, home, day)
        level = query.level or _default_level(tree, query, within, home, day)
    else:
        within = scope.get(tree, tree.units[peers.above(tree)].key, day)
        level = _level_of(peers, tree, query)
    if _RANKS[level] <= _RANKS[within.level]:
        raise Invalid(_("There is nothing of that level within {unit}.").format(unit=within.state(day).name))
    listed = tree.at_level(level, day, within.id) if peers is None else peers.members(tree, day)
    if not listed:
        raise Invalid(_nothing_there(level, within, day))
    reach, end = scope.units(tree, day), period.last_day
    rows = [one for one in listed if one in reach and scope.covers(tree, one, end)]
    return Place(
        period,
        day,
        level,
        within,
        home,
        in_order(tree, rows, day),
        frozenset(one for one in (*rows, within.id) if one in scope.inside(tree, tree.units[one].within_life(end))),
        columns_of(snapshot.catalogue, query),
        peers,
    )


def place_of_unit(
    snapshot: Snapshot, scope: Scope, key: str, period: Period | None, columns: Iterable[Definition], today: date
) -> Place:
    """One unit alone, on its own area: the place of its page. Without a period the one that a comparison starts with.

    Raises NotFound for a unit out of reach. Where merely the period's last day lies out of reach the unit is there
    and `unit_ids` is empty, as a table of that period would not list it.
    """
    tree = snapshot.tree
    unit = scope.get(tree, key, today)
    period = period or default_period(unit, today)
    day = unit.within_life(period.last_day)
    return Place(
        period,
        day,
        unit.level,
        unit,
        home_of(tree, scope),
        (unit.id,) if scope.covers(tree, unit.id, period.last_day) else (),
        frozenset((unit.id,)) & scope.inside(tree, day),
        by_programme(snapshot.catalogue, columns),
    )


def in_order(tree: UnitTree, unit_ids: Iterable[int], day: date) -> tuple[int, ...]:
    """The units by their names of that day; namesakes by their keys."""
    units = tree.units
    return tuple(sorted(unit_ids, key=lambda one: (vietnamese_order(units[one].state(day).name), units[one].key)))


def home_of(tree: UnitTree, scope: Scope) -> Unit | None:
    """The reader's own unit: the highest at which they hold a role. None for an empty scope."""
    held = [tree.units[grant.unit_id] for grant in scope.grants]
    return min(held, key=lambda unit: (_RANKS[unit.level], unit.id)) if held else None


def default_period(home: Unit, today: date) -> Period:
    """The year so far, to the last complete quarter; for a closed unit the last year that it lived in, as far."""
    ended = home.closed_on + timedelta(days=1) if home.closed_on else today
    return last_complete_quarter(min(ended, today)).to_date()


def columns_of(catalogue: Catalogue, query: ComparisonQuery) -> tuple[Definition, ...]:
    """The definitions asked for, those of one programme together; Invalid where one does not exist."""
    if query.programme is not None:
        known = [p.id for p in catalogue.programmes.values() if p.key == query.programme]
        if not known:
            raise Invalid(_("There is no programme “{programme}”.").format(programme=query.programme))
    if query.definitions:
        chosen = tuple(definition_of(catalogue, key) for key in query.definitions)
    elif query.programme is not None:
        chosen = catalogue.of_programme(query.programme)
    else:
        chosen = catalogue.headline()
    return by_programme(catalogue, chosen)


def by_programme(catalogue: Catalogue, definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """The definitions, those of one programme together in the programmes' order, those of none last."""
    last = len(catalogue.programmes) + 1
    return tuple(sorted(definitions, key=lambda one: one.programme.position if one.programme else last))


def definition_of(catalogue: Catalogue, key: str) -> Definition:
    """The definition with that key; Invalid with a sentence where there is none."""
    if key not in catalogue.definition_ids:
        raise Invalid(_("There is no column “{definition}”.").format(definition=key[:40]))
    return catalogue.definition(key)


def _within(tree: UnitTree, scope: Scope, query: ComparisonQuery, home: Unit, day: date) -> Unit:
    """The unit whose parts are compared: as asked, else the parent of the reader's peers or the reader's own unit."""
    if query.within is not None:
        return scope.get(tree, query.within, day)
    if query.level is None or _RANKS[query.level] <= _RANKS[home.level]:
        above = home.id
        wanted = query.level or home.level
        while _RANKS[tree.units[above].level] >= _RANKS[wanted] and (up := tree.parent(above, day)) is not None:
            above = up
        return tree.units[above]
    return home


def _default_level(tree: UnitTree, query: ComparisonQuery, within: Unit, home: Unit, day: date) -> UnitLevel:
    if query.within is None and home.level is not UnitLevel.NATION:
        return home.level
    for level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE):
        if _RANKS[level] > _RANKS[within.level] and tree.at_level(level, day, within.id):
            return level
    return UnitLevel.COMMUNE


def _level_of(peers: DatedGroup, tree: UnitTree, query: ComparisonQuery) -> UnitLevel:
    """That of the group's units; Invalid where another was asked for."""
    level = peers.level(tree)
    if level is None or query.level not in (None, level):
        wanted = "" if query.level is None else level_name(query.level)
        raise Invalid(
            _("The group “{group}” has no units of this level: {level}.").format(group=peers.group.title, level=wanted)
        )
    return level


def _nothing_there(level: UnitLevel, within: Unit, day: date) -> str:
    if not within.is_open(day):
        return _("{unit} did not exist on {day}: choose other boundaries.").format(
            unit=within.state(day).name, day=format_date(day)
        )
    return _("{unit} had no units of this level on {day}: {level}.").format(
        unit=within.state(day).name, day=format_date(day), level=level_name(level)
    )
