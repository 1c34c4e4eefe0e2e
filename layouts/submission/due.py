"""The list of forms that a unit owes."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.submissions.outcomes import DueForm
from data.wording import _
from data.wording.periods import period_name
from layouts.shell import page, title
from layouts.submission.words import due_text, form_href, status_text, unit_name


def due_page(forms: Sequence[DueForm], illustrative: bool) -> Component:
    """Every form that waits to be filled in, sent or approved."""
    content = html.Div([due_card(form) for form in forms], className="todo") if forms else _nothing()
    return page(title(_("Forms to submit"), illustrative), _("What your unit reports, oldest first"), content=content)


def _nothing() -> Component:
    return html.Div(html.P(_("Nothing is due. Everything that has ended is approved.")), className="sheet empty")


def due_card(form: DueForm) -> Component:
    """One form that is owed, with what to do about it."""
    href = form_href(form.unit.key, form.form.key, form.period.code)
    heading = f"{form.form.name} · {period_name(form.period)}"
    where = unit_name(form.unit)
    if form.old_area:
        where = _("{unit}, on the old area").format(unit=where)
    state = f"{where} · {due_text(form.due_on, form.days_overdue)} · {status_text(form.status)}"
    lines: list[Component] = [html.H2(heading), html.P(state)]
    if form.status is SubmissionStatus.RETURNED and form.reason:
        lines.append(html.P(f"“{form.reason}”"))
    link = dcc.Link(_action(form.status), href=href, className=_button(form.status))
    return html.Div([html.Div(lines), html.Div(link, className="go")], className=_kind(form))


def _action(status: SubmissionStatus | None) -> str:
    words = {
        None: _("Begin"),
        SubmissionStatus.DRAFT: _("Go on"),
        SubmissionStatus.RETURNED: _("Correct"),
        SubmissionStatus.SUBMITTED: _("View"),
        SubmissionStatus.APPROVED: _("View"),
    }
    return words[status]


def _button(status: SubmissionStatus | None) -> str:
    return "btn" if status in (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED) else "btn main"


def _kind(form: DueForm) -> str:
    if form.status is SubmissionStatus.RETURNED:
        return "back"
    return "late" if form.days_overdue else "due"
