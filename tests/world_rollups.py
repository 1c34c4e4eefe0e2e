"""Puts approved roll-ups straight into the world of `tests.worlds`, and compares in it as one of its people."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.model import Cell, Comparison
from data.comparisons.query import ComparisonQuery
from data.kinds import RollupSource, Standing
from data.scope import Scope
from data.snapshot import VERSION
from tests.world_catalogue import DEFINITIONS, SURVEYED, TARGETS
from tests.worlds import NOW, PLACES, TODAY, Person, scope_of

ALL = ",".join([*DEFINITIONS, "tfr"])


def put_rollup(
    session: Session,
    unit_id: int,
    definition: str,
    period: str,
    numerator: int,
    denominator: int | None = None,
    *,
    counted: int = 1,
    expected: int = 1,
    source: RollupSource = RollupSource.OWN,
    standing: Standing = Standing.FINAL,
    approved_at: datetime = NOW,
) -> None:
    """One roll-up, as an approval would have left it."""
    session.execute(insert(t.Rollup), [{
        "period": period, "level": PLACES[unit_id].level, "unit_id": unit_id,
        "definition_id": DEFINITIONS[definition][0], "numerator": numerator, "denominator": denominator,
        "counted": counted, "expected": expected, "source": source, "standing": standing, "illustrative": False,
        "approved_at": approved_at,
    }])  # fmt: skip


def put_target(
    session: Session, target_id: int, unit: int, definition: str, year: int, low: float, **changes: Any
) -> None:
    """One more target: at least `low`, by the yearly plan of 2025, unless said otherwise."""
    row = TARGETS[0] | {
        "id": target_id, "key": f"T{target_id}", "unit_id": unit, "definition_id": DEFINITIONS[definition][0],
        "year": year, "low": low, "high": low, "as_printed": f"{low:g}",
    }  # fmt: skip
    session.execute(insert(t.Target), [row | changes])
    renew(session)


def put_document(session: Session, document_id: int, issued_on: date | None) -> None:
    """One more plan."""
    session.execute(insert(t.Document), [{
        "id": document_id, "key": f"document-{document_id}", "number": f"{document_id}/KH-UBND", "issued_on": issued_on,
        "issuer_id": 111, "title_vi": "Kế hoạch", "title_en": None, "short_vi": None, "short_en": None, "note": None,
    }])  # fmt: skip


def put_published(session: Session, unit_id: int, period: str, value: float, **changes: Any) -> None:
    """One published total fertility rate."""
    row = {
        "definition_id": SURVEYED, "unit_id": unit_id, "group_id": None, "period": period, "value": value,
        "preliminary": False, "geographic_basis": "34", "source": "Cục Thống kê", "confidence": None, "note": None,
    }  # fmt: skip
    session.execute(insert(t.PublishedResult), [row | changes])
    renew(session)


def change_definition(session: Session, key: str, **changes: Any) -> None:
    """Another fact about a column."""
    where = t.Definition.id == DEFINITIONS[key][0]
    session.execute(update(t.Definition).where(where).values(**changes))
    renew(session)


def renew(session: Session) -> None:
    """Reference facts changed: the next question reads them again, as after every change in earnest."""
    session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value=uuid4().hex))
    session.info.pop("snapshot", None)


def comparer(person: Person) -> Scope:
    """The person's scope for comparing."""
    return scope_of(person, Permission.RESULT_COMPARE)


def compared(session: Session, person: Person, **args: str) -> Comparison:
    """What the person gets for these arguments of an address; all columns unless some are named."""
    query = ComparisonQuery.from_args({"definitions": ALL} | args)
    return compare(session, comparer(person), query, TODAY)


def cell_of(comparison: Comparison, unit: int, definition: str) -> Cell:
    """A unit's cell, the total's included."""
    place = [column.key for column in comparison.columns].index(definition)
    total = [comparison.total] if comparison.total else []
    rows = [row for row in (*comparison.rows, *total) if row.unit.id == unit]
    assert rows, f"{PLACES[unit].name} is not listed"
    return rows[0].cells[place]


def listed(comparison: Comparison) -> list[int]:
    """The ids of the rows, in their order."""
    return [row.unit.id for row in comparison.rows]
