"""Units, their versions, the closure of the tree, lineage, groups and facts."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Confidence, GroupKind, LineageBasis, UnitKind, UnitLevel
from data.reference import rows
from data.seeding.bulk import Ids, add, ids
from data.seeding.cells import day, flag, text
from data.seeding.closure import Link, closure


def seed_units(session: Session) -> Ids:
    """Units alone: documents refer to them as issuers, and their versions to documents."""
    add(session, t.AdminUnit, map(_unit, rows("units")))
    return ids(session, t.AdminUnit)


def _unit(row: dict[str, str]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "level": UnitLevel(row["level"]),
        "opened_on": date.fromisoformat(row["opened_on"]),
        "opening_known": flag(row["opening_known"]),
        "closed_on": day(row["closed_on"]),
    }


def seed_tree(session: Session, units: Ids, documents: Ids) -> None:
    """Versions, and from them the closure."""
    versions: list[dict[str, Any]] = [
        {
            "unit_id": units[row["unit"]],
            "from_on": date.fromisoformat(row["from_on"]),
            "to_on": day(row["to_on"]),
            "name": row["name"],
            "kind": UnitKind(row["kind"]),
            "code": text(row["code"]),
            "parent_id": units.of(row["parent"]),
            "confidence": Confidence(row["confidence"]),
            "document_id": documents.of(row["document"]),
        }
        for row in rows("unit_versions")
    ]
    add(session, t.UnitVersion, versions)
    links = [Link(v["unit_id"], v["parent_id"], v["from_on"], v["to_on"]) for v in versions]
    add(
        session,
        t.UnitClosure,
        (
            {
                "ancestor_id": span.ancestor,
                "descendant_id": span.descendant,
                "from_on": span.from_on,
                "to_on": span.to_on,
                "depth": span.depth,
            }
            for span in closure(links)
        ),
    )


def seed_lineage(session: Session, units: Ids, documents: Ids) -> None:
    """Who took over whom, with exact shares."""
    add(
        session,
        t.UnitLineage,
        (
            {
                "predecessor_id": units[row["predecessor"]],
                "successor_id": units[row["successor"]],
                "on": date.fromisoformat(row["on"]),
                "share_numerator": int(row["share_numerator"]),
                "share_denominator": int(row["share_denominator"]),
                "basis": LineageBasis(row["basis"]),
                "document_id": documents.of(row["document"]),
            }
            for row in rows("unit_lineage")
        ),
    )


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
