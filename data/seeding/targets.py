"""Documents, the targets that come from them, and published results."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from data import tables as t
from data.judging.operators import Direction, Operator
from data.kinds import Confidence, Horizon, PlanKind
from data.periods import Period
from data.reference import rows
from data.seeding.bulk import Ids, add, ids
from data.seeding.cells import day, flag, number, text, whole


def seed_documents(session: Session) -> Ids:
    """Legal instruments and plans. Who issued them may be a unit that one of them opened, so that is said later."""
    add(
        session,
        t.Document,
        (
            {
                "key": row["key"],
                "number": text(row["number"]),
                "issued_on": day(row["issued_on"]),
                "title_vi": row["title_vi"],
                "title_en": text(row["title_en"]),
                "short_vi": text(row["short_vi"]),
                "short_en": text(row["short_en"]),
                "note": text(row["note"]),
            }
            for row in rows("documents")
        ),
    )
    return ids(session, t.Document)


def seed_issuers(session: Session, units: Ids, documents: Ids) -> None:
    """The unit that issued each document."""
    issued = [
        {"id": documents[row["key"]], "issuer_id": units[row["issuer"]]} for row in rows("documents") if row["issuer"]
    ]
    session.execute(update(t.Document), issued)


def seed_targets(session: Session, definitions: Ids, units: Ids, documents: Ids) -> None:
    """Targets; one that restates another points to it once all are there."""
    listed = rows("targets")
    add(session, t.Target, (_target(row, definitions, units, documents) for row in listed))
    targets = ids(session, t.Target)
    restated = [
        {"id": targets[row["key"]], "restates_id": targets[row["restates"]]} for row in listed if row["restates"]
    ]
    if restated:
        session.execute(update(t.Target), restated)


def _target(row: dict[str, str], definitions: Ids, units: Ids, documents: Ids) -> dict[str, Any]:
    return {
        "key": row["key"],
        "definition_id": definitions[row["definition"]],
        "unit_id": units[row["unit"]],
        "year": int(row["year"]),
        "operator": Operator(row["operator"]),
        "direction": Direction(row["direction"]) if row["direction"] else None,
        "low": number(row["low"]),
        "high": number(row["high"]),
        "baseline_year": whole(row["baseline_year"]),
        "baseline_value": number(row["baseline_value"]),
        "ambiguous": flag(row["ambiguous"]),
        "plan_kind": PlanKind(row["plan_kind"]),
        "horizon": Horizon(row["horizon"]),
        "document_id": documents[row["document"]],
        "clause": text(row["clause"]),
        "as_printed": row["as_printed"],
        "wording_vi": row["wording_vi"],
        "wording_en": row["wording_en"],
        "zone_key": text(row["zone"]),
        "source": text(row["source"]),
        "confidence": Confidence(row["confidence"]),
        "note_vi": text(row["note_vi"]),
        "note_en": text(row["note_en"]),
    }


def seed_published(session: Session, definitions: Ids, units: Ids, groups: Ids) -> None:
    """Results published by others, for a unit or a region."""
    add(
        session,
        t.PublishedResult,
        (
            {
                "definition_id": definitions[row["definition"]],
                "unit_id": units.of(row["unit"]),
                "group_id": groups.of(row["group"]),
                "period": Period(row["period"]).code,
                "value": float(row["value"]),
                "preliminary": flag(row["preliminary"]),
                "geographic_basis": row["geographic_basis"],
                "source": row["source"],
                "confidence": Confidence(row["confidence"]),
                "note": text(row["note"]),
            }
            for row in rows("published")
        ),
    )
