"""Where the series of an area crosses a change of its units, and the law that made it so."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.snapshot import Snapshot
from data.targets.register import DocumentInfo
from data.units.areas import same_level
from data.units.naming import title_of, titles
from data.units.tree import UnitTree

# (predecessor, successor) → the law.
Laws = dict[tuple[int, int], DocumentInfo | None]


class Break(NamedTuple):
    """From `on` the unit `into` stands where those of `made_of` stood; what was counted before was counted by them."""

    on: date
    unit_id: int
    into: str
    made_of: tuple[str, ...]
    documents: tuple[DocumentInfo, ...]


def lineage_of(tree: UnitTree, unit_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """These units and all that they were made of, of their own level, each with its predecessors one step back."""
    found: dict[int, tuple[int, ...]] = {}
    todo = list(unit_ids)
    while todo:
        one = todo.pop(0)
        if one not in found:
            found[one] = tuple(line.predecessor_id for line in same_level(tree, tree.descents_into(one)))
            todo += found[one]
    return found


def load_laws(session: Session, snapshot: Snapshot, unit_id: int, others: Iterable[int]) -> Laws:
    """The laws by which these units came to be, and by which `unit_id` went where it went; in one query."""
    line = t.UnitLineage
    wanted = or_(line.successor_id.in_({unit_id, *others}), line.predecessor_id == unit_id)
    rows = session.execute(select(line.predecessor_id, line.successor_id, line.document_id).where(wanted))
    documents = snapshot.targets.documents
    return {(older, newer): documents.get(document) if document else None for older, newer, document in rows}


def breaks_of(tree: UnitTree, unit_ids: Iterable[int], laws: Laws) -> tuple[Break, ...]:
    """Every change on the way to these units, in order of days."""
    found = [
        Break(
            (day := tree.units[into].opened_on),
            into,
            title_of(tree, into, day),
            titles(tree, made_of, day - timedelta(days=1)),
            tuple({law.id: law for one in made_of if (law := laws.get((one, into))) is not None}.values()),
        )
        for into, made_of in lineage_of(tree, unit_ids).items()
        if made_of
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.unit_id)))
