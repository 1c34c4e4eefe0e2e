"""What became of it: what was given from above, what each child set for itself, and what it has reached so far."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.model import Cell
from data.handing.board import given_by, results_of
from data.handing.model import Line
from data.handing.place import find_handing_place
from data.handing.query import HandingQuery
from data.periods import Period, last_complete_quarter
from data.refusals import Invalid
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.register import TargetInfo
from data.units.naming import titles, told_apart
from data.wording import _


@dataclass(frozen=True, slots=True)
class Followed:
    """One child: what its parent gave it, what its own documents set, and its result with the verdict of that."""

    line: Line
    given: TargetInfo | None
    own: TargetInfo | None
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Following:
    """One indicator and year. `period` is what the results are of: the year so far; None before it has begun.

    `offered` are the indicators among which this one was chosen.
    """

    parent: Line
    year: int
    definition: Definition
    offered: tuple[Definition, ...]
    programme: str | None
    period: Period | None
    rows: tuple[Followed, ...]
    illustrative: bool

    @property
    def unset(self) -> tuple[Line, ...]:
        """Those that have set nothing for themselves."""
        return tuple(one.line for one in self.rows if one.own is None)

    @property
    def ungiven(self) -> tuple[Line, ...]:
        """Those that were given nothing."""
        return tuple(one.line for one in self.rows if one.given is None)


def get_following(
    session: Session, scope: Scope, query: HandingQuery, definition: str | None, today: date
) -> Following:
    """What became of one indicator; of the first one where none is named. `scope` is that of comparing.

    Raises NotFound for a unit below which the reader does not see everything, Invalid for what does not exist. Two
    queries for results, a few where a target needs earlier years, and what was published once per process.
    """
    snapshot = get_snapshot(session)
    place = find_handing_place(snapshot, scope, query, today)
    chosen = next((one for one in place.definitions if definition in (None, one.key)), None)
    if chosen is None:
        raise Invalid(_("There is no column “{definition}”.").format(definition=(definition or "")[:40]))
    tree, register, parent = snapshot.tree, snapshot.targets, place.parent
    period = _period(place.year, today)
    asked = replace(place, definitions=(chosen,))
    results = results_of(session, snapshot, scope, asked, period) if period else {}
    rows = tuple(
        Followed(
            Line(tree.units[one], title),
            given_by(register, chosen.id, one, place.year, parent.id),
            given_by(register, chosen.id, one, place.year, one),
            results[one][0] if one in results else None,
        )
        for one, title in zip(place.child_ids, titles(tree, place.child_ids, place.day), strict=True)
    )
    name = told_apart(tree, parent, titles(tree, [parent.id], place.day)[0])
    return Following(
        Line(parent, name), place.year, chosen, place.definitions, place.programme, period, rows, snapshot.illustrative
    )


def _period(year: int, today: date) -> Period | None:
    """The year, or as much of it as is complete; nothing of a year whose first quarter has not ended."""
    whole = Period.of_year(year)
    if whole.last_day < today:
        return whole
    so_far = last_complete_quarter(today)
    return so_far.to_date() if so_far.year == year else None
