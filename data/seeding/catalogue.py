"""Programmes, elements, forms, indicators and definitions."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Aggregation, Confidence, Side, UnitLevel
from data.measures import Measure
from data.periods import Frequency
from data.reference import rows
from data.seeding.bulk import Ids, add, ids
from data.seeding.cells import day, flag, number, text, whole


def seed_programmes(session: Session, documents: Ids) -> Ids:
    """The national programmes, in reading order."""
    add(
        session,
        t.Programme,
        (
            {
                "key": row["key"],
                "position": int(row["position"]),
                "name_vi": row["name_vi"],
                "name_en": row["name_en"],
                "document_id": documents.of(row["document"]),
            }
            for row in rows("programmes")
        ),
    )
    return ids(session, t.Programme)


def seed_elements(session: Session) -> Ids:
    """The numbers that units count. Limits name other elements, so they follow once all are there."""
    listed = rows("elements")
    add(session, t.DataElement, map(_element, listed))
    elements = ids(session, t.DataElement)
    limits = [{"id": elements[row["key"]], "at_most_id": elements[row["at_most"]]} for row in listed if row["at_most"]]
    session.execute(update(t.DataElement), limits)
    return elements


def _element(row: dict[str, str]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "aggregation": Aggregation(row["aggregation"]),
        "measure": Measure(row["measure"]),
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "help_vi": text(row["help_vi"]),
        "help_en": text(row["help_en"]),
    }


def seed_forms(session: Session, elements: Ids, units: Ids, documents: Ids) -> None:
    """Forms with their rows, the levels that report them, and the days that plans print."""
    add(session, t.Form, map(_form, rows("forms")))
    forms = ids(session, t.Form)
    add(
        session,
        t.FormLevel,
        (
            {"form_id": forms[row["form"]], "level": UnitLevel(row["level"]), "required": flag(row["required"])}
            for row in rows("form_levels")
        ),
    )
    add(
        session,
        t.FormElement,
        (
            {
                "form_id": forms[row["form"]],
                "element_id": elements[row["element"]],
                "position": int(row["position"]),
                "section_vi": row["section_vi"],
                "section_en": row["section_en"],
            }
            for row in rows("form_elements")
        ),
    )
    add(
        session,
        t.FormDueDay,
        (
            {
                "form_id": forms[row["form"]],
                "unit_id": units[row["unit"]],
                "period": row["period"],
                "due_on": day(row["due_on"]),
                "document_id": documents.of(row["document"]),
            }
            for row in rows("form_due_days")
        ),
    )


def _form(row: dict[str, str]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "frequency": Frequency(row["frequency"]),
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "due_working_days": whole(row["due_working_days"]),
        "on_old_areas": flag(row["on_old_areas"]),
        "window_months": whole(row["window_months"]),
    }


def seed_definitions(session: Session, programmes: Ids, elements: Ids) -> Ids:
    """Indicators, their definitions, and the elements in each part of a definition."""
    add(
        session,
        t.Indicator,
        ({name: row[name] for name in ("key", "name_vi", "name_en")} for row in rows("indicators")),
    )
    indicators = ids(session, t.Indicator)
    add(session, t.Definition, (_definition(row, indicators, programmes) for row in rows("definitions")))
    definitions = ids(session, t.Definition)
    add(
        session,
        t.DefinitionPart,
        (
            {
                "definition_id": definitions[row["definition"]],
                "side": Side(row["side"]),
                "element_id": elements[row["element"]],
                "sign": int(row["sign"]),
            }
            for row in rows("definition_parts")
        ),
    )
    return definitions


_PLAIN = ("key", "name_vi", "name_en", "short_vi", "short_en", "formula_vi", "formula_en")
_OPTIONAL = ("series", "denominator_vi", "denominator_en", "source", "note")


def _definition(row: dict[str, str], indicators: Ids, programmes: Ids) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _PLAIN},
        **{name: text(row[name]) for name in _OPTIONAL},
        "indicator_id": indicators[row["indicator"]],
        "programme_id": programmes.of(row["programme"]),
        "measure": Measure(row["measure"]),
        "factor": int(row["factor"]),
        "surveyed": flag(row["surveyed"]),
        "chance": flag(row["chance"]),
        "headline": whole(row["headline"]),
        "from_on": day(row["from_on"]),
        "to_on": day(row["to_on"]),
        "plausible_min": number(row["plausible_min"]),
        "plausible_max": number(row["plausible_max"]),
        "confidence": Confidence(row["confidence"]) if row["confidence"] else None,
    }
