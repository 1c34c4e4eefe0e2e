"""Units with their history, groups and facts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Confidence, GroupKind, UnitKind, UnitLevel
from data.reference import rows
from data.seeding.bulk import Ids, add, ids
from data.seeding.cells import day, flag, text
from data.seeding.changes import changes_of_the_files, stood_before_all_changes
from data.units.changes.apply import enter
from data.units.changes.plan import after, plan
from data.units.changes.writing import rewrite_lineage_closure, rewrite_tree_closure, write_edits
from data.units.load import load_tree


def seed_units(session: Session) -> Ids:
    """What stood before the first change that the files know: units alone, for documents come before their versions."""
    stood = stood_before_all_changes()
    add(
        session,
        t.AdminUnit,
        (
            {
                "key": row["key"],
                "level": UnitLevel(row["level"]),
                "opened_on": date.fromisoformat(row["opened_on"]),
                "opening_known": flag(row["opening_known"]),
                "closed_on": None,
                "never_in_force": False,
            }
            for row in stood.units
        ),
    )
    return ids(session, t.AdminUnit)


def seed_tree(session: Session, units: Ids, documents: Ids, now: datetime) -> Ids:
    """Versions of what stood, and then every change that the files know, each planned and written like any other.

    Returns the numbers of all units, those that the changes opened among them.
    """
    add(session, t.UnitVersion, (_version(row, units, documents) for row in stood_before_all_changes().versions))
    tree = load_tree(session)
    for change_set in changes_of_the_files():
        planned = plan(tree, change_set)
        if planned.edits is None:
            raise ValueError(f"the reference files hold a change that cannot be: {planned.refusals[0]}")
        edits = write_edits(session, planned.edits, documents)
        enter(session, change_set, edits, documents, None, now)
        tree = after(tree, edits)
    rewrite_tree_closure(session, tree, tree.units)
    rewrite_lineage_closure(session, tree, {one.predecessor_id for one in tree.descents})
    return ids(session, t.AdminUnit)


def _version(row: dict[str, str], units: Ids, documents: Ids) -> dict[str, Any]:
    return {
        "unit_id": units[row["unit"]],
        "from_on": date.fromisoformat(row["from_on"]),
        "to_on": None,
        "name": row["name"],
        "kind": UnitKind(row["kind"]),
        "code": text(row["code"]),
        "parent_id": units.of(row["parent"]),
        "confidence": Confidence(row["confidence"]),
        "document_id": documents.of(row["document"]),
    }


def seed_groups(session: Session, units: Ids, documents: Ids) -> Ids:
    """Regions, fertility zones and sex-ratio groups with their members; returns the groups' numbers."""
    add(
        session,
        t.UnitGroup,
        (
            {
                "key": row["key"],
                "kind": GroupKind(row["kind"]),
                "name_vi": row["name_vi"],
                "name_en": row["name_en"],
                "from_on": day(row["from_on"]),
                "to_on": day(row["to_on"]),
                "document_id": documents.of(row["document"]),
            }
            for row in rows("groups")
        ),
    )
    groups = ids(session, t.UnitGroup)
    add(
        session,
        t.UnitGroupMember,
        (
            {
                "group_id": groups[row["group"]],
                "unit_id": units[row["unit"]],
                "from_on": date.fromisoformat(row["from_on"]),
                "to_on": day(row["to_on"]),
            }
            for row in rows("group_members")
        ),
    )
    return groups


def seed_facts(session: Session, units: Ids) -> None:
    """Published figures about units: population, area, crude rates."""
    add(
        session,
        t.UnitFact,
        (
            {
                "unit_id": units[row["unit"]],
                "fact": row["fact"],
                "year": int(row["year"]),
                "value": float(row["value"]),
                "source": row["source"],
            }
            for row in rows("unit_facts")
        ),
    )
