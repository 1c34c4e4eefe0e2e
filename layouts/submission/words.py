"""Short phrases that several parts of the submission pages share."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus, UnitLevel
from data.numbers import format_date, format_moment, format_number, format_time, in_vietnam
from data.periods import Period
from data.submissions.model import FormView, UnitRef, Window
from data.wording import _
from data.wording.judging import standing_name
from data.wording.periods import period_short
from data.wording.units import status_name
from layouts.components.aria import aria

_GLYPHS: Mapping[SubmissionStatus, str] = {
    SubmissionStatus.DRAFT: "◌",
    SubmissionStatus.SUBMITTED: "◔",
    SubmissionStatus.RETURNED: "▽",
    SubmissionStatus.APPROVED: "●",
}
_KINDS: Mapping[SubmissionStatus, str] = {
    SubmissionStatus.DRAFT: "unsure",
    SubmissionStatus.SUBMITTED: "unsure",
    SubmissionStatus.RETURNED: "slow",
    SubmissionStatus.APPROVED: "met",
}


def unit_name(unit: UnitRef) -> str:
    """The unit with its kind: "Tỉnh Bắc Ninh", "Tỉnh Bắc Ninh (đến 30/06/2025)"."""
    return unit.title


def office_name(unit: UnitRef) -> str:
    """Who decides: for the whole country the ministry, else the unit with its kind."""
    return _("the Ministry of Health") if unit.level is UnitLevel.NATION else unit_name(unit)


def mark(glyph: str, kind: str) -> Component:
    """A coloured sign before a sentence that says the same in words."""
    return html.Span(f"{glyph} ", className=f"v {kind}", **aria(hidden="true"))


def status_words(status: SubmissionStatus | None) -> list[Component | str]:
    """The sign and the word of a status; nothing saved yet is "not begun"."""
    return [mark(_GLYPHS[status], _KINDS[status]), status_name(status)] if status else [_("Not begun")]


def due_words(due_on: date | None, days_overdue: int) -> Component | str:
    """When it is due; how late it is; or that no day is printed."""
    if due_on is None:
        return _("the plan prints no due day")
    if days_overdue:
        said = _("was due on {day}, {days} days overdue").format(day=format_date(due_on), days=days_overdue)
        return html.Strong(said, className="miss")
    return _("due on {day}").format(day=format_date(due_on))


def earliest_words(due_on: date, days_overdue: int) -> Component | str:
    """The same for the first of several days that are still open."""
    if days_overdue:
        said = _("the first was due on {day}, {days} days overdue").format(day=format_date(due_on), days=days_overdue)
        return html.Strong(said, className="miss")
    return _("the first is due on {day}").format(day=format_date(due_on))


def decided_words(moment: datetime, unit: UnitRef) -> str:
    """When it was decided, and by whom."""
    return _("Decided {moment} by {unit}").format(moment=format_moment(moment), unit=office_name(unit))


def joined(parts: list[Component | str | list[Component | str]]) -> list[Component | str]:
    """Phrases in one line with dots between them."""
    line: list[Component | str] = []
    for part in parts:
        line += [" · ", *part] if isinstance(part, list) else [" · ", part]
    return line[1:]


def moment_or_time(moment: datetime, today: date) -> str:
    """The time alone for a moment of today."""
    return format_time(moment) if in_vietnam(moment).date() == today else format_moment(moment)


def number_text(value: int | None) -> str:
    """A count as people write it; a dash where there is none."""
    return "–" if value is None else format_number(value)


def window_name(window: Window) -> str:
    """A column of a form in short, with how final it is: `11T/2025 (sơ bộ)`."""
    return f"{period_short(window.period)} ({standing_name(window.standing)})"


def for_script(**said: str) -> dict[str, Any]:
    """`data-intent`, `data-go` and their like, to be given to a component with two stars: what the script reads."""
    return {f"data-{name}": text for name, text in said.items()}


def form_key(view: FormView) -> str:
    """What tells one form from every other, for the script and for what it keeps."""
    return f"{view.unit.key}.{view.form.key}.{view.period.code}"


def form_href(unit_key: str, form_key: str, period: Period, page: str = "/submit") -> str:
    """The address of one form: where it is filled in, or with `/form` where it is read.

    A form is opened as a document of its own, never within another page: answers that are still under way belong to
    the form that was left, and would be drawn into the next one.
    """
    return f"{page}?" + urlencode({"unit": unit_key, "form": form_key, "period": period.code})
