"""What can be chosen on the page of the comparison, for this reader, and what is."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from data.catalogue.model import Catalogue, Definition
from data.comparisons.peers import list_peers
from data.comparisons.place import Place, in_order
from data.comparisons.query import LEVELS, TODAY, ComparisonQuery
from data.kinds import UnitLevel
from data.numbers import format_date
from data.periods import Frequency, Period, last_complete_quarter
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.tree import UnitTree
from data.wording import Language, _, current_language
from data.wording.periods import period_name
from data.wording.units import level_name, unit_title
from layouts.comparison.controls import Choice, Chosen, ColumnGroup, Controls

# Reports of 6, 9 and 11 months are the custom of the health departments.
WINDOWS = (11, 9, 6)
# The programme's list says this where the columns were ticked one by one.
TICKED = "ticked"
# What stands in the lists for leaving a word out of the address.
MAIN, PERIOD_END = "main", "end"
# A group stands in the list of units to compare within; no unit's key holds a colon.
GROUP = "peers:"
RANKS = {level: rank for rank, level in enumerate(UnitLevel)}


def controls_of(snapshot: Snapshot, scope: Scope, query: ComparisonQuery, place: Place, today: date) -> Controls:
    """The choices for this reader, with those of the query chosen; `place` is what the query comes to."""
    return _choices(snapshot, scope, query, place, today, current_language())


@lru_cache(maxsize=64)
def _choices(
    snapshot: Snapshot, scope: Scope, query: ComparisonQuery, place: Place, today: date, _language: Language
) -> Controls:
    tree, catalogue = snapshot.tree, snapshot.catalogue
    return Controls(
        Chosen(place.period.code, periods_of(tree, place.period, today)),
        Chosen(_boundaries_word(query), _boundaries(tree, query, place.period)),
        Chosen(place.level.value.lower(), _levels(tree, scope, place)),
        Chosen(_within_word(place), (*_within(tree, scope, place), *_groups(snapshot, scope, place))),
        Chosen(TICKED if query.definitions else query.programme or MAIN, _programmes(catalogue, query)),
        _columns(catalogue, place.definitions),
        urlencode(query.to_args()),
        urlencode(replace(query, definitions=()).to_args()),
    )


def periods_of(tree: UnitTree, chosen: Period, today: date) -> tuple[Choice, ...]:
    """Every year, window and quarter that is over, back to where the portal's units are known from; newest first."""
    found = {chosen, last_complete_quarter(today).to_date()}
    for year in range(tree.units[tree.nation_id].opened_on.year, today.year + 1):
        found.add(Period.of_year(year))
        found.update(Period.of_window(year, months) for months in WINDOWS)
        found.update(Period.of_quarter(year, quarter) for quarter in range(1, 5))
    over = [period for period in found if period.last_day < today or period == chosen]
    order = {Frequency.YEARLY: 0, Frequency.WINDOW: 1, Frequency.QUARTERLY: 2, Frequency.MONTHLY: 3}
    over.sort(key=lambda one: (-one.year, order[one.frequency], -one.elapsed_months))
    return tuple(Choice(period.code, period_name(period)) for period in over)


def _boundaries_word(query: ComparisonQuery) -> str:
    if isinstance(query.boundaries, date):
        return query.boundaries.isoformat()
    return query.boundaries or PERIOD_END


def _boundaries(tree: UnitTree, query: ComparisonQuery, period: Period) -> tuple[Choice, ...]:
    """The period's last day, today, and the last days of provinces that were merged; or the day that was asked for."""
    days = set(tree.last_days_of_provinces)
    if isinstance(query.boundaries, date):
        days.add(query.boundaries)
    dated = [
        Choice(
            day.isoformat(),
            _("{day}, {count} provinces").format(day=format_date(day), count=count),
        )
        for day, count in ((day, len(tree.at_level(UnitLevel.PROVINCE, day))) for day in sorted(days, reverse=True))
    ]
    ends = _("End of period ({day})").format(day=format_date(period.last_day))
    return (Choice(PERIOD_END, ends), Choice(TODAY, _("Today")), *dated)


def _levels(tree: UnitTree, scope: Scope, place: Place) -> tuple[Choice, ...]:
    """The levels of which the reader reaches a unit on that day."""
    reached = scope.units(tree, place.boundaries)
    return tuple(
        Choice(word, level_name(level.value))
        for word, level in LEVELS.items()
        if level is place.level or not reached.isdisjoint(tree.at_level(level, place.boundaries))
    )


def _within(tree: UnitTree, scope: Scope, place: Place) -> tuple[Choice, ...]:
    """The units within reach that have units of the level below them."""
    day = place.boundaries
    reached = scope.units(tree, day)
    above = [
        one
        for level, rank in RANKS.items()
        if rank < RANKS[place.level]
        for one in tree.at_level(level, day)
        if one in reached
    ]
    by_rank = sorted(in_order(tree, {*above, place.within.id}, day), key=lambda one: RANKS[tree.units[one].level])
    states = [(tree.units[one].key, tree.units[one].state(day)) for one in by_rank]
    return tuple(Choice(key, unit_title(state.kind.value, state.name)) for key, state in states)


def _within_word(place: Place) -> str:
    return place.within.key if place.peers is None else f"{GROUP}{place.peers.group.key}"


def _groups(snapshot: Snapshot, scope: Scope, place: Place) -> list[Choice]:
    """The groups that hold a unit of the level within reach on that day."""
    return [
        Choice(f"{GROUP}{one.group.key}", _("Group: {group}").format(group=one.group.title))
        for one in list_peers(snapshot, scope, place.level, place.boundaries)
    ]


def _programmes(catalogue: Catalogue, query: ComparisonQuery) -> tuple[Choice, ...]:
    named = [
        Choice(programme.key, f"{programme.key} · {programme.name}")
        for programme in sorted(catalogue.programmes.values(), key=lambda one: one.position)
        if catalogue.of_programme(programme.key)
    ]
    ticked = [Choice(TICKED, _("As ticked"))] if query.definitions else []
    return (Choice(MAIN, _("Main indicators")), *ticked, *named)


def _columns(catalogue: Catalogue, shown: tuple[Definition, ...]) -> tuple[ColumnGroup, ...]:
    """All definitions by programme, in the programmes' order."""
    chosen = {one.key for one in shown}
    groups = [
        (programme.key, f"{programme.key} · {programme.name}", catalogue.of_programme(programme.key))
        for programme in sorted(catalogue.programmes.values(), key=lambda one: one.position)
    ]
    others = tuple(one for one in catalogue.definitions.values() if one.programme is None)
    groups.append(("", _("Other"), others))
    return tuple(
        ColumnGroup(
            key,
            name,
            tuple(Choice(one.key, one.name) for one in members),
            tuple(one.key for one in members if one.key in chosen),
        )
        for key, name, members in groups
        if members
    )
