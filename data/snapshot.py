"""The reference facts in memory: units, catalogue and targets, as one consistent snapshot.

They change a few times a year and are read by every request. Each change writes a new stamp into the `fact` table
under `catalogue_version`; a request reads the stamp, one row, and reuses the snapshot that this process has for it.
"""

from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.load import load_catalogue
from data.catalogue.model import Catalogue
from data.targets.register import TargetRegister, load_targets
from data.units.load import load_tree
from data.units.tree import UnitTree

VERSION = "catalogue_version"
ILLUSTRATIVE = "illustrative"
_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What every request may know without asking the database again. `illustrative`: the results are made up.

    There is one object for each version, so that it can stand in the key of a cache.
    """

    version: str
    illustrative: bool
    tree: UnitTree
    catalogue: Catalogue
    targets: TargetRegister


_snapshots: dict[tuple[str, bool], Snapshot] = {}
_lock = Lock()


def get_snapshot(session: Session) -> Snapshot:
    """The snapshot that holds for this transaction; at most one query, once per session."""
    kept = session.info.get("snapshot")
    if isinstance(kept, Snapshot):
        return kept
    facts = dict(
        session.execute(select(t.Fact.name, t.Fact.value).where(t.Fact.name.in_([VERSION, ILLUSTRATIVE]))).all()
    )
    key = (facts.get(VERSION, ""), facts.get(ILLUSTRATIVE) == "1")
    found = _snapshots.get(key) or _load(session, key)
    session.info["snapshot"] = found
    return found


def forget_snapshot(session: Session) -> None:
    """The transaction has changed the reference facts and their version: it reads them anew."""
    session.info.pop("snapshot", None)


def _load(session: Session, key: tuple[str, bool]) -> Snapshot:
    with _lock:
        if key not in _snapshots:
            while len(_snapshots) >= _KEPT:
                del _snapshots[next(iter(_snapshots))]
            _snapshots[key] = Snapshot(*key, load_tree(session), load_catalogue(session), load_targets(session))
        return _snapshots[key]
