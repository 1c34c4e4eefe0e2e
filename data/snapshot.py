"""The reference facts in memory: units, catalogue, targets and groups of units, as one consistent snapshot.

They are read by every request and change seldom. Each change writes a new stamp into the `fact` table under
`catalogue_version`; a request reads the stamp and reuses the snapshot that this process has for it. Groups are kept by
many people, and targets are handed down by many at the turn of the year: both have a stamp of their own, so that a
change of theirs reads them anew and nothing else. Targets become many, and what is entered is never altered: their
stamp stands before those that it followed, so that whoever has one of these reads only what has come since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.load import load_catalogue
from data.catalogue.model import Catalogue
from data.targets.register import TargetRegister, load_since, load_targets
from data.units.groups import DatedGroup, load_groups
from data.units.load import load_tree
from data.units.tree import UnitTree

VERSION = "catalogue_version"
GROUPS_VERSION = "groups_version"
# Of targets, the documents that they come from, and published values.
TARGETS_VERSION = "targets_version"
ILLUSTRATIVE = "illustrative"
_KEPT = 4
# So many changes of targets a process may have slept through before it reads all of them anew.
_FOLLOWED = 32
# The table holds a handful of rows, and naming those that matter would cost more than reading the others.
_FACTS = select(t.Fact.name, t.Fact.value)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What every request may know without asking the database again. `illustrative`: the results are made up.

    There is one object for each version of facts, groups and targets, so that it can stand in the key of a cache.
    """

    version: str
    illustrative: bool
    tree: UnitTree
    catalogue: Catalogue
    targets: TargetRegister
    groups: Mapping[str, DatedGroup]


class _Key(NamedTuple):
    """The stamps of a snapshot, and whether its results are made up."""

    facts: str
    illustrative: bool
    groups: str
    # The newest first, with those that it followed.
    targets: tuple[str, ...]


_snapshots: dict[_Key, Snapshot] = {}
_lock = Lock()


def get_snapshot(session: Session) -> Snapshot:
    """The snapshot that holds for this transaction; at most one query, once per session."""
    kept = session.info.get("snapshot")
    if isinstance(kept, Snapshot):
        return kept
    # Asked by every request: the connection answers with less ado than the session.
    facts = dict(session.connection().execute(_FACTS).all())
    key = _Key(
        facts.get(VERSION, ""),
        facts.get(ILLUSTRATIVE) == "1",
        facts.get(GROUPS_VERSION, ""),
        tuple(facts.get(TARGETS_VERSION, "").split()),
    )
    found = _snapshots.get(key) or _load(session, key)
    session.info["snapshot"] = found
    return found


def hold_catalogue(session: Session) -> Snapshot:
    """The reference facts as they are now, and nobody else changes them, the groups or the targets until this
    transaction ends.
    """
    return _held(session, shared=False)


def share_catalogue(session: Session) -> Snapshot:
    """The same for what rests on the reference facts without changing them: many share them at a time.

    Whoever approves a report judges it by units and targets that nobody changes in the meantime.
    """
    return _held(session, shared=True)


def _held(session: Session, *, shared: bool) -> Snapshot:
    session.execute(select(t.Fact.name).where(t.Fact.name == VERSION).with_for_update(read=shared))
    # Whoever was waited for may have changed what was read before.
    forget_snapshot(session)
    return get_snapshot(session)


def renew_groups(session: Session) -> None:
    """Groups have changed in this transaction, which holds the catalogue: once it is committed, every process reads
    them anew. Nothing of them is written after this, for what is read from now on is kept under the new stamp.
    """
    _stamp(session, GROUPS_VERSION)


def renew_targets(session: Session) -> None:
    """The same for targets, documents and published values."""
    _stamp(session, TARGETS_VERSION, followed=_FOLLOWED)


def _stamp(session: Session, name: str, followed: int = 0) -> None:
    stamp = session.get(t.Fact, name)
    if stamp is None:
        stamp = t.Fact(name=name, value="")
        session.add(stamp)
    stamp.value = " ".join([token_hex(8), *stamp.value.split()[:followed]])
    session.flush()
    forget_snapshot(session)


def forget_snapshot(session: Session) -> None:
    """The transaction has changed the reference facts and their version: it reads them anew."""
    session.info.pop("snapshot", None)


def _load(session: Session, key: _Key) -> Snapshot:
    with _lock:
        if key not in _snapshots:
            near = {kept: one for kept, one in _snapshots.items() if kept[:2] == key[:2]}
            while len(_snapshots) >= _KEPT:
                del _snapshots[next(iter(_snapshots))]
            _snapshots[key] = _read(session, key, near)
        return _snapshots[key]


def _read(session: Session, key: _Key, near: Mapping[_Key, Snapshot]) -> Snapshot:
    """The snapshot of that key; what it shares with those near it is not read again."""
    any_near = next(iter(near.values()), None)
    same_groups = next((one for kept, one in near.items() if kept.groups == key.groups), None)
    return Snapshot(
        key.facts,
        key.illustrative,
        any_near.tree if any_near else load_tree(session),
        any_near.catalogue if any_near else load_catalogue(session),
        _targets(session, key, near),
        same_groups.groups if same_groups else load_groups(session),
    )


def _targets(session: Session, key: _Key, near: Mapping[_Key, Snapshot]) -> TargetRegister:
    """The register of that key: one that is there, one that it followed with what has come since, or all anew."""
    for kept, one in near.items():
        if kept.targets == key.targets:
            return one.targets
    by_stamp = {kept.targets[0]: one.targets for kept, one in near.items() if kept.targets}
    before = next((by_stamp[stamp] for stamp in key.targets if stamp in by_stamp), None)
    return load_targets(session) if before is None else load_since(session, before)
