"""The reference facts in memory: units, catalogue, targets and groups of units, as one consistent snapshot.

They change a few times a year and are read by every request. Each change writes a new stamp into the `fact` table
under `catalogue_version`; a request reads the stamp and reuses the snapshot that this process has for it. Groups are
kept by many people and have a stamp of their own, so that a change of theirs reads groups anew and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.load import load_catalogue
from data.catalogue.model import Catalogue
from data.targets.register import TargetRegister, load_targets
from data.units.groups import DatedGroup, load_groups
from data.units.load import load_tree
from data.units.tree import UnitTree

VERSION = "catalogue_version"
GROUPS_VERSION = "groups_version"
ILLUSTRATIVE = "illustrative"
_KEPT = 4
# The table holds a handful of rows, and naming those that matter would cost more than reading the others.
_FACTS = select(t.Fact.name, t.Fact.value)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What every request may know without asking the database again. `illustrative`: the results are made up.

    There is one object for each version of facts and groups, so that it can stand in the key of a cache.
    """

    version: str
    illustrative: bool
    tree: UnitTree
    catalogue: Catalogue
    targets: TargetRegister
    groups: Mapping[str, DatedGroup]


# The version of the facts, whether results are made up, the version of the groups.
_Key = tuple[str, bool, str]
_snapshots: dict[_Key, Snapshot] = {}
_lock = Lock()


def get_snapshot(session: Session) -> Snapshot:
    """The snapshot that holds for this transaction; at most one query, once per session."""
    kept = session.info.get("snapshot")
    if isinstance(kept, Snapshot):
        return kept
    # Asked by every request: the connection answers with less ado than the session.
    facts = dict(session.connection().execute(_FACTS).all())
    key = (facts.get(VERSION, ""), facts.get(ILLUSTRATIVE) == "1", facts.get(GROUPS_VERSION, ""))
    found = _snapshots.get(key) or _load(session, key)
    session.info["snapshot"] = found
    return found


def hold_catalogue(session: Session) -> Snapshot:
    """The reference facts as they are now, and nobody else changes them or the groups until this transaction ends."""
    query = select(t.Fact).where(t.Fact.name == VERSION).with_for_update().execution_options(populate_existing=True)
    if get_snapshot(session).version != session.scalars(query).one().value:
        forget_snapshot(session)
    return get_snapshot(session)


def renew_groups(session: Session) -> None:
    """Groups change in this transaction, which holds the catalogue: once it is committed, every process reads them
    anew.
    """
    stamp = session.get(t.Fact, GROUPS_VERSION)
    if stamp is None:
        session.add(t.Fact(name=GROUPS_VERSION, value=uuid4().hex))
    else:
        stamp.value = uuid4().hex
    session.flush()


def forget_snapshot(session: Session) -> None:
    """The transaction has changed the reference facts and their version: it reads them anew."""
    session.info.pop("snapshot", None)


def _load(session: Session, key: _Key) -> Snapshot:
    with _lock:
        if key not in _snapshots:
            known = next((one for kept, one in _snapshots.items() if kept[:2] == key[:2]), None)
            while len(_snapshots) >= _KEPT:
                del _snapshots[next(iter(_snapshots))]
            groups = load_groups(session)
            _snapshots[key] = replace(known, groups=groups) if known else _read(session, key, groups)
        return _snapshots[key]


def _read(session: Session, key: _Key, groups: Mapping[str, DatedGroup]) -> Snapshot:
    return Snapshot(key[0], key[1], load_tree(session), load_catalogue(session), load_targets(session), groups)
