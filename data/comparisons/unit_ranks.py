"""A unit's ranks among its peers, for one reader: only of what is one and the same question for all of them.

Ranked are rates and ratios whose good side a target names that holds for every peer alike: the nation's, else that of
the unit above. Counts follow the size of a unit and are not ranked, nor what no target judges any more (third births
since 03/06/2025). A peer whose value is hidden from the reader is left out and counted, so that the rank follows from
shown numbers alone and tells nothing of the hidden ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from data.comparisons.aims import barred_by
from data.comparisons.compare import Table
from data.comparisons.model import Aim, Cell, Column, Gap
from data.comparisons.place import Place
from data.comparisons.published import PublishedValue
from data.comparisons.unit_model import NotRanked, Ranked, Unranked
from data.judging import Band, contender, rank_range
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot

_Found = dict[int, Ranked | NotRanked]


def peers_of(snapshot: Snapshot, scope: Scope, place: Place) -> tuple[int, ...]:
    """The other units of the same level and parent that the reader reaches, that day and at the period's end."""
    tree, unit, day = snapshot.tree, place.within, place.boundaries
    reached = scope.units(tree, day)
    return tuple(
        one
        for one in tree.peers(unit.id, day)
        if one != unit.id and one in reached and scope.covers(tree, one, place.period.last_day)
    )


def rank_all(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    place: Place,
    columns: Iterable[Column],
    above: Mapping[int, Aim],
) -> _Found:
    """By definition the unit's ranks, or why it has none; in as many queries as a comparison of the peers takes."""
    found: _Found = {}
    bands: dict[int, Band] = {}
    for column in columns:
        band = band_for_all(column, above.get(column.definition.id), place.period)
        if isinstance(band, NotRanked):
            found[column.definition.id] = band
        else:
            bands[column.definition.id] = band
    definitions = tuple(one for one in place.definitions if one.id in bands)
    if not definitions:
        return found
    unit, peers = place.within, peers_of(snapshot, scope, place)
    everybody, end = (unit.id, *peers), place.period.last_day
    inside = frozenset(
        one for one in everybody if one in scope.inside(snapshot.tree, snapshot.tree.units[one].within_life(end))
    )
    table = Table(
        session,
        snapshot,
        scope,
        replace(place, unit_ids=everybody, inside=inside, definitions=definitions),
    )
    rows = {one: table.row(one).cells for one in everybody}
    for number, definition in enumerate(definitions):
        basis = {
            one: value.basis
            for one in everybody
            if definition.surveyed and isinstance(value := table.value(one, definition, place.period), PublishedValue)
        }
        # What was published for other boundaries is another number.
        others = [rows[one][number] for one in peers if basis.get(one) == basis.get(unit.id)]
        apart = len(peers) - len(others)
        found[definition.id] = ranked(bands[definition.id], rows[unit.id][number], others, definition.chance, apart)
    return found


def band_for_all(column: Column, above: Aim | None, period: Period) -> Band | NotRanked:
    """What is acceptable for every peer alike, by which their values can be ordered; or why nothing orders them."""
    definition = column.definition
    if definition.measure.is_count:
        return NotRanked(Unranked.COUNT)
    if reason := barred_by(definition, period):
        return NotRanked(Unranked.BARRED, reason)
    for aim in (column.national, column.later, above):
        if aim is not None and aim.by_zone is None and aim.goal.band is not None:
            return aim.goal.band
    return NotRanked(Unranked.NO_DIRECTION)


def ranked(band: Band, own: Cell, others: Iterable[Cell], chance: bool, apart: int = 0) -> Ranked | NotRanked:
    """The ranks of one cell among others; `apart` are peers that were left out before for not being comparable."""
    others = list(others)
    if own.value is None:
        return NotRanked(Unranked.NO_VALUE)
    if chance and own.low is None:
        return NotRanked(Unranked.NO_INTERVAL)
    there = [one for one in others if one.value is not None and not (chance and one.low is None)]
    hidden = sum(one.absence is not None and one.absence.gap is Gap.MASKED for one in others)
    if not there:
        return NotRanked(Unranked.ALONE, hidden=hidden)
    mine, *theirs = (contender(band, one.value or 0.0, one.low, one.high) for one in (own, *there))
    return Ranked(
        rank_range(mine, theirs),
        chance,
        band.floor != float("-inf") and band.ceiling != float("inf"),
        hidden,
        len(others) - len(there) - hidden + apart,
        sum(one.counted < one.expected for one in (own, *there)),
    )
