"""Whose children, on which day, for which year and indicators: the query filled in for this reader."""

from dataclasses import dataclass
from datetime import date

from data.catalogue.model import Catalogue, Definition
from data.comparisons.place import definition_of, in_order
from data.handing.query import MOST_COLUMNS, HandingQuery
from data.kinds import UnitLevel
from data.numbers import format_date
from data.periods import Period
from data.refusals import Invalid, NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot
from data.targets.register import TargetRegister
from data.units.naming import title_of
from data.units.tree import Unit, UnitTree
from data.wording import _

# With either of these a reader sees the children of the unit at which the role is held.
_WHOLE = frozenset({Reach.CHILDREN, Reach.SUBTREE})
_RANKS = {level: rank for rank, level in enumerate(UnitLevel)}


@dataclass(frozen=True, slots=True)
class HandingPlace:
    """A query with nothing left open: where it names no indicators, the main ones of the programme.

    `day` is the year's last one, or today where that is still to come. `child_ids` are the units directly below the
    parent on that day, in the order of their names; none below a commune.
    """

    parent: Unit
    year: int
    day: date
    child_ids: tuple[int, ...]
    definitions: tuple[Definition, ...]
    programme: str | None


def find_handing_place(snapshot: Snapshot, scope: Scope, query: HandingQuery, today: date) -> HandingPlace:
    """Fills the query in. `scope` is that of setting targets, or that of comparing for who only looks on.

    Raises NotFound for a unit in whose name the reader sets no targets, or below which they do not see everything;
    Invalid for what does not exist.
    """
    tree = snapshot.tree
    parent = next((one for one in parents_of(tree, scope, today) if query.unit in (None, one.key)), None)
    if parent is None:
        raise NotFound(_why_nobody(tree, scope, query))
    year = query.year or today.year
    day = min(Period.of_year(year).last_day, today)
    if not parent.is_open(day):
        raise Invalid(_("{unit} did not stand at that time.").format(unit=parent.state(day).name))
    within = scope.units(tree, day)
    children = in_order(tree, (one for one in tree.children(parent.id, day) if one in within), day)
    programme, definitions = _columns(snapshot.catalogue, snapshot.targets, query, parent, year)
    return HandingPlace(parent, year, day, children, definitions, programme)


def parents_of(tree: UnitTree, scope: Scope, today: date) -> list[Unit]:
    """The standing units that the reader hands down from, or sees everything below of; the highest first."""
    held = [tree.units[one.unit_id] for one in scope.grants if one.reaches & _WHOLE]
    standing = {one.id: one for one in held if one.is_open(today)}
    return sorted(standing.values(), key=lambda unit: (_RANKS[unit.level], unit.id))


def _why_nobody(tree: UnitTree, scope: Scope, query: HandingQuery) -> str:
    """Why nobody hands down here: the reader's own unit is closed, or the address names what is not theirs."""
    for grant in scope.grants:
        unit = tree.units[grant.unit_id]
        if grant.reaches & _WHOLE and unit.closed_on is not None and query.unit in (None, unit.key):
            said = _(
                "{unit} ceased after {day}: no more targets are handed down from it. What was set can still be read."
            )
            return said.format(unit=title_of(tree, unit.id, unit.closed_on), day=format_date(unit.closed_on))
    return _("There is no such unit within your reach.")


def handed_down(catalogue: Catalogue, programme: str, year: int) -> tuple[Definition, ...]:
    """The indicators of a programme that can be handed down for the year: counted below, and still counted then."""
    return tuple(one for one in catalogue.of_programme(programme) if one.numerator and holds_in(one, year))


def holds_in(definition: Definition, year: int) -> bool:
    """Whether the definition is still counted in the year."""
    return definition.to_on is None or definition.to_on.year >= year


def programmes_of(catalogue: Catalogue, year: int) -> list[str]:
    """The programmes that something can be handed down of, in their order."""
    in_order_ = sorted(catalogue.programmes.values(), key=lambda one: one.position)
    return [one.key for one in in_order_ if handed_down(catalogue, one.key, year)]


def _columns(
    catalogue: Catalogue, targets: TargetRegister, query: HandingQuery, parent: Unit, year: int
) -> tuple[str | None, tuple[Definition, ...]]:
    offered = programmes_of(catalogue, year)
    if query.programme is not None and query.programme not in {one.key for one in catalogue.programmes.values()}:
        raise Invalid(_("There is no programme “{programme}”.").format(programme=query.programme))
    if query.definitions:
        chosen = tuple(definition_of(catalogue, key) for key in query.definitions)
        return query.programme, tuple(one for one in chosen if holds_in(one, year))
    programme = query.programme or _fullest(catalogue, targets, offered, parent, year)
    found = handed_down(catalogue, programme, year) if programme else catalogue.headline()
    set_already = _set_already(targets, parent, year)
    main = tuple(one for one in found if one.headline is not None or one.id in set_already)
    return programme, (main or found)[:MOST_COLUMNS]


def _fullest(catalogue: Catalogue, targets: TargetRegister, offered: list[str], parent: Unit, year: int) -> str | None:
    """The programme that the parent has most targets of for the year; the first where it has none."""
    own = _set_already(targets, parent, year)
    counts = {key: sum(one.id in own for one in handed_down(catalogue, key, year)) for key in offered}
    return max(offered, key=lambda key: (counts[key], -offered.index(key)), default=None)


def _set_already(targets: TargetRegister, parent: Unit, year: int) -> set[int]:
    """The indicators that the parent has a target of for the year."""
    return {one.definition_id for one in targets.of_unit(parent.id) if one.year == year}
