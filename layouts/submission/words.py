"""Short phrases that several parts of the submission pages share."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from data.kinds import SubmissionStatus
from data.numbers import format_date
from data.submissions.model import UnitRef
from data.wording import _
from data.wording.units import status_name, unit_title

_GLYPHS: Mapping[SubmissionStatus | None, str] = {
    None: "–",
    SubmissionStatus.DRAFT: "◌",
    SubmissionStatus.SUBMITTED: "◔",
    SubmissionStatus.RETURNED: "▽",
    SubmissionStatus.APPROVED: "●",
}


def unit_name(unit: UnitRef) -> str:
    """The unit with its kind: "Tỉnh Bắc Ninh"."""
    return unit_title(unit.kind, unit.name)


def status_text(status: SubmissionStatus | None) -> str:
    """The glyph and the word of a status."""
    return f"{_GLYPHS[status]} {status_name(status) if status else _('Not begun')}"


def due_text(due_on: date | None, days_overdue: int) -> str:
    """When it is due; how late it is; or that no day is printed."""
    if due_on is None:
        return _("the plan prints no due day")
    if days_overdue:
        return _("was due on {day}, {days} days overdue").format(day=format_date(due_on), days=days_overdue)
    return _("due on {day}").format(day=format_date(due_on))


def form_href(unit_key: str, form_key: str, period_code: str) -> str:
    """The address of one form."""
    return "/submit?" + urlencode({"unit": unit_key, "form": form_key, "period": period_code})
