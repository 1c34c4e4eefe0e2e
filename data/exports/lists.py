"""The other sheets: every target of the table with its law, and what the file is."""

from collections.abc import Iterable, Sequence
from typing import Any

from data.comparisons.display import cited, target_text
from data.comparisons.model import Column
from data.exports.formats import Looks, height_of, write_headings
from data.exports.paper import Paper, lay_out
from data.numbers import format_date
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.measures import measure_name
from data.wording.targets import confidence_name, plan_kind_name, target_convention

_ABOUT_WIDTHS = (30, 56, 26, 14, 26, 44)


def write_targets(sheet: Any, looks: Looks, found: Sequence[tuple[str, Column, TargetInfo]]) -> None:
    """One row a target: whose, what, by when, in which law's words, and how sure the portal is of it."""
    headings = [
        (_("Unit"), 18), (_("Indicator"), 30), (_("Year"), 7), (_("Target"), 18), (_("As printed"), 16),
        (_("Document"), 20), (_("Title"), 40), (_("Clause"), 10), (_("Kind of plan"), 14), (_("In our words"), 40),
        (_("Convention"), 26), (_("Source"), 30), (_("Confidence"), 12), (_("Note"), 40),
    ]  # fmt: skip
    write_headings(sheet, looks, headings)
    for line, (whose, column, target) in enumerate(found, 1):
        texts = _target_row(whose, column, target)
        sheet.set_row(line, height_of((text, width) for text, (_, width) in zip(texts, headings, strict=True)))
        for place, text in enumerate(texts):
            sheet.write_string(line, place, text, looks.text(text_wrap=True, valign="top"))
        sheet.write_number(line, 2, target.year, looks.number("0", valign="top"))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(found), 1), len(headings) - 1)
    lay_out(sheet, Paper([width for _text, width in headings], repeated=2, headings=(0, 0)))


def _target_row(whose: str, column: Column, target: TargetInfo) -> list[str]:
    unknown = _("not known")
    return [
        whose,
        column.definition.name,
        "",
        target_text(target, column.definition.measure),
        target.as_printed,
        cited(target.document),
        target.document.title,
        target.clause or unknown,
        plan_kind_name(target.plan_kind.value),
        target.wording,
        target_convention(target.operator, target.direction) or "",
        target.source or unknown,
        confidence_name(target.confidence.value) if target.confidence else unknown,
        target.note,
    ]


def write_about(sheet: Any, looks: Looks, pairs: Iterable[tuple[str, str]], columns: Iterable[Column]) -> None:
    """Who took what, when and from where; then every column with its formula."""
    lay_out(sheet, Paper(_ABOUT_WIDTHS))
    line = 0
    for label, text in pairs:
        sheet.set_row(line, height_of([(text, _ABOUT_WIDTHS[1])]))
        sheet.write_string(line, 0, label, looks.text(bold=True, valign="top"))
        sheet.write_string(line, 1, text, looks.text(text_wrap=True))
        line += 1
    headings = (_("Column"), _("Formula"), _("Denominator"), _("Measure"), _("Programme"), _("Source and note"))
    for place, text in enumerate(headings):
        sheet.write_string(line + 1, place, text, looks.head())
    for number, column in enumerate(columns, line + 2):
        texts = _definition_row(column)
        sheet.set_row(number, height_of(zip(texts, _ABOUT_WIDTHS, strict=True)))
        for place, text in enumerate(texts):
            sheet.write_string(number, place, text, looks.text(text_wrap=True, valign="top"))


def _definition_row(column: Column) -> list[str]:
    definition = column.definition
    programme = definition.programme
    name = definition.name
    if definition.to_on is not None:
        name = _("{name} (policy until {day})").format(name=name, day=format_date(definition.to_on))
    return [
        name,
        definition.formula,
        definition.denominator_words or "",
        measure_name(definition.measure),
        f"{programme.key} · {programme.name}" if programme else "",
        ". ".join(filter(None, (definition.source, definition.note))),
    ]
