"""Applies a change set: everything that it means, in the transaction of whoever asks, or nothing of it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.refusals import Conflict, Forbidden, Invalid
from data.rollups.replacing import replace_sums
from data.scope import Scope
from data.snapshot import VERSION, Snapshot, forget_snapshot, get_snapshot, hold_catalogue
from data.units.changes.documents import documents_of
from data.units.changes.journal import named_by_keys, to_json
from data.units.changes.model import ChangeSet, Edits, Plan
from data.units.changes.plan import plan
from data.units.changes.proposals import propose
from data.units.changes.writing import moved_units, rewrite_lineage_closure, rewrite_tree_closure, write_edits
from data.units.load import load_tree
from data.units.tree import UnitTree
from data.wording import _


class Refused(Invalid):
    """A change set that cannot be; `sentences` holds each reason."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join((*sentences, _("Nothing was changed."))))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Applied:
    """A change that holds: its number in the journal, and the keys of the units that opened and closed."""

    id: int
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    restated: tuple[str, ...]


def plan_change(session: Session, scope: Scope, change_set: ChangeSet) -> Plan:
    """What the change set would do to the catalogue as it stands. The scope is that of changing units."""
    tree = get_snapshot(session).tree
    return plan(tree, change_set, scope.units(tree, change_set.on), keys_never_in_force(session))


def apply_change(
    session: Session,
    scope: Scope,
    change_set: ChangeSet,
    now: datetime,
    *,
    seen: str | None = None,
    undoes_id: int | None = None,
) -> Applied:
    """Makes the change. `seen` is the version of the catalogue that the asker looked at.

    Raises Refused with every reason against it, Conflict where somebody changed the catalogue since `seen`, Forbidden
    for nobody. Approved sums of periods that end on or after the day are added up again under the new parents.
    """
    if scope.account_id is None:
        raise Forbidden(_("Sign in to do this."))
    known = lock_catalogue(session, seen)
    documents = documents_of(session, known.tree, change_set)
    planned = plan_change(session, scope, change_set)
    if planned.edits is None:
        raise Refused(planned.refusals)
    edits = write_edits(session, planned.edits, documents)
    entry = enter(session, change_set, edits, documents, scope.account_id, now, undoes_id)
    touched = {*edits.closed, *(one.unit_id for one in edits.begun)}
    fresh = settle(session, known.tree, touched, edits.closed)
    add_up_again(session, known.tree, fresh.tree, touched, change_set)
    propose(session, fresh.tree, entry, frozenset(edits.closed), edits.on)
    units = fresh.tree.units
    done = Applied(
        entry,
        tuple(unit.key for unit in edits.opened),
        tuple(units[one].key for one in edits.closed),
        tuple(units[one].key for one in edits.restated),
    )
    detail: dict[str, object] = {
        "change": entry, "on": change_set.on.isoformat(), "opened": list(done.opened), "closed": list(done.closed),
        "restated": list(done.restated),
    }  # fmt: skip
    audit.record(session, scope.account_id, "unit.change", now, unit_id=known.tree.nation_id, detail=detail)
    session.flush()
    return done


def lock_catalogue(session: Session, seen: str | None = None) -> Snapshot:
    """The catalogue as it is now, and nobody else changes it until this transaction ends."""
    known = hold_catalogue(session)
    if seen is not None and seen != known.version:
        raise Conflict(_("Somebody changed the units after you looked. Look at what it does again; nothing was done."))
    return known


def enter(
    session: Session,
    change_set: ChangeSet,
    edits: Edits,
    documents: Mapping[str, int],
    account_id: int | None,
    now: datetime,
    undoes_id: int | None = None,
) -> int:
    """Writes the change set into the journal, by the keys that its units got; its number there."""
    row = t.UnitChangeSet(
        on=change_set.on,
        document_id=documents[change_set.document] if change_set.document else None,
        account_id=account_id,
        at=now,
        what=to_json(named_by_keys(change_set, edits.keys)),
        undoes_id=undoes_id,
    )
    session.add(row)
    session.flush()
    return row.id


def settle(session: Session, before: UnitTree, touched: set[int], inherited: tuple[int, ...]) -> Snapshot:
    """Brings what follows from units, versions and lineage in line with them, under a new version of the catalogue.

    `inherited` are the closed units whose lineage is another now.
    """
    session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value=secrets.token_hex(8)))
    session.flush()
    tree = load_tree(session)
    rewrite_tree_closure(session, tree, moved_units(before, tree, touched))
    rewrite_lineage_closure(session, tree, inherited)
    forget_snapshot(session)
    return get_snapshot(session)


def add_up_again(session: Session, before: UnitTree, tree: UnitTree, touched: set[int], change_set: ChangeSet) -> None:
    """The stored sums of everything that has gained or lost a child."""
    parents: set[int] = set()
    for either, on in ((before, change_set.on), (tree, change_set.on)):
        for unit_id in touched & either.units.keys():
            if either.units[unit_id].is_open(on):
                parents.update((unit_id, *either.ancestors(unit_id, on)))
    replace_sums(session, parents, change_set.on)


def keys_never_in_force(session: Session) -> frozenset[str]:
    """Keys of units that a change opened which was taken back: they mean what they meant, and are not used again."""
    return frozenset(session.scalars(select(t.AdminUnit.key).where(t.AdminUnit.never_in_force.is_(True))))
