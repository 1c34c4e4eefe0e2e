"""Reads the catalogue from its tables."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Catalogue, Definition, Element, Form, FormRow, Indicator, Part, Programme
from data.kinds import Aggregation, Side, UnitLevel


def load_catalogue(session: Session) -> Catalogue:
    """The whole catalogue, in a fixed number of queries."""
    elements = {row.id: _element(row) for row in session.scalars(select(t.DataElement))}
    programmes = {
        row.id: Programme(row.name_vi, row.name_en, row.id, row.key, row.position, row.document_id)
        for row in session.scalars(select(t.Programme))
    }
    forms = _forms(session, elements)
    definitions = _definitions(session, elements, programmes)
    return Catalogue(
        elements,
        forms,
        programmes,
        {row.id: Indicator(row.name_vi, row.name_en, row.id, row.key) for row in session.scalars(select(t.Indicator))},
        definitions,
        {e.key: e.id for e in elements.values()},
        {f.key: f.id for f in forms.values()},
        {d.key: d.id for d in definitions.values()},
    )


def _element(row: t.DataElement) -> Element:
    return Element(
        row.name_vi,
        row.name_en,
        row.id,
        row.key,
        row.aggregation,
        row.measure,
        row.help_vi,
        row.help_en,
        row.at_most_id,
    )


def _forms(session: Session, elements: dict[int, Element]) -> dict[int, Form]:
    levels: dict[int, dict[UnitLevel, bool]] = defaultdict(dict)
    for level in session.scalars(select(t.FormLevel)):
        levels[level.form_id][level.level] = level.required
    rows: dict[int, list[FormRow]] = defaultdict(list)
    for row in session.scalars(select(t.FormElement).order_by(t.FormElement.form_id, t.FormElement.position)):
        rows[row.form_id].append(FormRow(elements[row.element_id], row.section_vi, row.section_en))
    return {
        form.id: Form(
            form.name_vi,
            form.name_en,
            form.id,
            form.key,
            form.frequency,
            form.due_working_days,
            form.on_old_areas,
            form.window_months,
            levels[form.id],
            tuple(rows[form.id]),
        )
        for form in session.scalars(select(t.Form))
    }


def _definitions(
    session: Session, elements: dict[int, Element], programmes: dict[int, Programme]
) -> dict[int, Definition]:
    parts: dict[tuple[int, Side], list[Part]] = defaultdict(list)
    for part in session.scalars(select(t.DefinitionPart)):
        parts[part.definition_id, part.side].append(Part(part.element_id, part.sign))
    found: dict[int, Definition] = {}
    for row in session.scalars(select(t.Definition).order_by(t.Definition.id)):
        above = tuple(parts[row.id, Side.NUMERATOR])
        below = tuple(parts[row.id, Side.DENOMINATOR])
        found[row.id] = Definition(
            row.name_vi,
            row.name_en,
            row.id,
            row.key,
            row.indicator_id,
            programmes[row.programme_id] if row.programme_id else None,
            row.measure,
            row.factor,
            row.surveyed,
            row.chance,
            row.headline,
            row.series,
            row.short_vi,
            row.short_en,
            row.formula_vi,
            row.formula_en,
            row.denominator_vi,
            row.denominator_en,
            row.from_on,
            row.to_on,
            row.plausible_min,
            row.plausible_max,
            row.source,
            row.note,
            above,
            below,
            _kind(above, elements),
            _kind(below, elements),
        )
    return found


def _kind(parts: tuple[Part, ...], elements: dict[int, Element]) -> Aggregation | None:
    kinds = {elements[part.element_id].aggregation for part in parts}
    if len(kinds) > 1:
        raise ValueError("one side of a definition mixes flows and stocks, which cannot be brought to one period")
    return kinds.pop() if kinds else None
