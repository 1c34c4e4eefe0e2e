"""The list of forms that a unit owes, and of those that it has sent."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.numbers import format_date, format_moment
from data.submissions.carrying import Leftover
from data.submissions.outcomes import DueForm
from data.submissions.reports import SentReport
from data.wording import _
from data.wording.periods import period_name
from layouts.components.rows import Column, Content, rows_table
from layouts.shell import page, title
from layouts.submission.carrying import leftover_list
from layouts.submission.words import due_words, form_href, joined, mark, status_words, unit_name


def due_page(
    forms: Sequence[DueForm],
    reports: Sequence[SentReport],
    closed_on: date | None,
    illustrative: bool,
    leftovers: Sequence[Leftover] = (),
) -> Component:
    """Every form that waits to be filled in, sent or approved; under them what was sent before.

    `leftovers` are drafts of closed units, whose numbers can be carried over.
    """
    if closed_on is not None:
        content: Component = html.Div(closed_card(closed_on), className="todo")
    else:
        content = html.Div([due_card(form) for form in forms] or [nothing_due()], className="todo")
    listed = {(form.unit.id, form.form.id, form.period) for form in forms}
    others = [one for one in reports if (one.unit.id, one.form.id, one.period) not in listed]
    sent = [html.H2(_("Sent before")), reports_table(others)] if others else []
    heading = title(_("Forms to submit"), illustrative)
    return page(heading, _("What your unit reports, oldest first"), content=[content, *leftover_list(leftovers), *sent])


def reports_page(reports: Sequence[SentReport], illustrative: bool) -> Component:
    """What was sent, for those who read it."""
    content = reports_table(reports, correct=False) if reports else html.P(_("No report has been sent yet."))
    heading = title(_("Reports of the unit"), illustrative)
    return page(heading, _("As they were last sent, latest first"), content=content)


def nothing_due() -> Component:
    """Said where a list of tasks would stand."""
    said = _("Nothing is due. Everything that has ended is approved.")
    return html.Div(html.Div(html.P([mark("●", "met"), said])), className="fine")


def closed_card(day: date) -> Component:
    """Said to whoever works for a unit that has ceased."""
    said = _("This unit ceased after {day}. Its history can be read; nothing can be submitted.")
    return html.Div(html.Div([html.H2(_("Closed unit")), html.P(said.format(day=format_date(day)))]), className="back")


def due_card(form: DueForm) -> Component:
    """One form that is owed, with what to do about it."""
    href = form_href(form.unit.key, form.form.key, form.period)
    where = unit_name(form.unit)
    if form.old_area:
        where = _("{unit}, on the old area").format(unit=where)
    facts = joined([where, due_words(form.due_on, form.days_overdue), status_words(form.status)])
    lines: list[Component] = [html.H2(f"{form.form.name} · {period_name(form.period)}"), html.P(facts)]
    if form.status in (SubmissionStatus.RETURNED, SubmissionStatus.DRAFT) and form.reason:
        lines.append(html.Blockquote(form.reason))
    # The heading says which form it is; a link called "Begin" alone would not, read out of its card.
    name = html.Span(f": {form.form.name}, {where}, {period_name(form.period)}", className="visually-hidden")
    link = html.A([_action(form.status), name], href=href, className=_button(form.status))
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
    if form.status is SubmissionStatus.RETURNED or (form.status is SubmissionStatus.DRAFT and form.reason):
        return "back"
    return "late" if form.days_overdue else "due"


def reports_table(reports: Sequence[SentReport], *, correct: bool = True) -> Component:
    """What was sent before, each with the way to it: to correct it for its writer, else to read it."""
    heads = [_("Form"), _("Period"), _("Unit"), _("Status"), _("Sent on"), _("Open")]
    rows = [_report(report, correct) for report in reports]
    return rows_table([Column(head) for head in heads], rows, _("Reports of the unit"), "reports")


def _report(report: SentReport, correct: bool) -> list[Content]:
    may_correct = correct and report.correctable
    to = form_href(report.unit.key, report.form.key, report.period, "/submit" if may_correct else "/form")
    name = html.Span(f": {report.form.name}, {period_name(report.period)}", className="visually-hidden")
    link = html.A([_("Correct") if may_correct else _("View"), name], href=to)
    sent = format_moment(report.sent_at) if report.sent_at else "–"
    return [
        report.form.name,
        period_name(report.period),
        unit_name(report.unit),
        status_words(report.status),
        sent,
        link,
    ]
