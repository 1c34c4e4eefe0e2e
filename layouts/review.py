"""What waits for the reader's decision, and one report to decide on."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.numbers import format_moment, format_number, in_vietnam
from data.submissions.model import FormView, Severity
from data.submissions.outcomes import Decision, WaitingForm
from data.wording import _
from data.wording.periods import period_name
from layouts.ids.review import ReviewId
from layouts.shell import page, title
from layouts.submission.aside import targets
from layouts.submission.outcomes import history
from layouts.submission.sheet import sheet
from layouts.submission.words import decided_words, due_words, joined, mark, status_words, unit_name

LONGEST_REASON = 2000


def waiting_page(forms: Sequence[WaitingForm], illustrative: bool) -> Component:
    """Every report that was sent and waits."""
    cards = [waiting_card(form) for form in forms]
    if not forms:
        said = _("No report waits for your decision.")
        then = _("What the units below send appears here at once. Home says who has not sent yet.")
        cards = [html.Div(html.Div([html.P([mark("●", "met"), said]), html.P(then)]), className="fine")]
    heading = title(_("Reports to review"), illustrative)
    return page(heading, _("Sent to you, oldest first"), content=html.Div(cards, className="todo"))


def waiting_card(form: WaitingForm) -> Component:
    """One report that waits."""
    sent = _("sent {moment}").format(moment=format_moment(form.sent_at))
    parts: list[Component | str | list[Component | str]] = [f"{sent} ({form.sent_by})" if form.sent_by else sent]
    if form.late:
        parts.append(html.Strong(_("late"), className="miss"))
    if form.old_area:
        parts.append(_("old area, reported by {unit}").format(unit=unit_name(form.reporter)))
    if form.entered_for:
        parts.append(_("entered for the unit"))
    if form.number > 1:
        parts.append(_("version {number}").format(number=form.number))
    if form.own_hand:
        parts.append(_("you worked on it yourself: somebody else decides"))
    heading = f"{unit_name(form.unit)} · {form.form.name} · {period_name(form.period)}"
    name = html.Span(f": {heading}", className="visually-hidden")
    # A document of its own, as a form is: a decision that is still under way belongs to the report that was left.
    words = _("View") if form.own_hand else _("Review")
    link = html.A([words, name], href=review_href(form.revision_id), className="btn")
    body = html.Div([html.H2(heading), html.P(joined(parts))])
    return html.Div([body, html.Div(link, className="go")], className="late" if form.late else "due")


def review_href(revision_id: int) -> str:
    """The address of one report to decide on."""
    return "/review?" + urlencode({"revision": revision_id})


def review_page(view: FormView) -> Component:
    """One report as it was sent, what changed since the version before, and the decision."""
    column = html.Aside([html.Div(_decide(view), id=ReviewId.DECIDE), *targets(view)], className="side")
    heading = title(f"{view.form.name} · {period_name(view.period)}", view.illustrative)
    content = html.Div([sheet(view), column], className="two form")
    return page(heading, joined(_about(view)), content=[html.Div(id=ReviewId.OUTCOME), content, history(view.history)])


def _about(view: FormView) -> list[Component | str | list[Component | str]]:
    parts: list[Component | str | list[Component | str]] = [unit_name(view.unit)]
    if view.old_area:
        parts.append(_("on the old area, reported by {unit}").format(unit=unit_name(view.reporter)))
    if view.entered_for:
        parts.append(_("entered for {unit}").format(unit=unit_name(view.unit)))
    if not view.can_decide:
        parts.append(status_words(view.status))
    if view.sent_at:
        sent = _("sent {moment}").format(moment=format_moment(view.sent_at))
        parts.append(f"{sent} ({view.sent_by})" if view.sent_by else sent)
        if view.due_on and in_vietnam(view.sent_at).date() > view.due_on:
            parts.append(html.Strong(_("late"), className="miss"))
    parts.append(due_words(view.due_on, 0))
    return parts


def _decide(view: FormView) -> list[Component]:
    if not view.can_decide:
        return [html.H2(_("Decision")), *_decided_already(view)]
    return [
        html.H2(_("Decision")),
        *_findings(view),
        html.Button(_("Approve"), id=ReviewId.APPROVE, type="button", className="btn main wide"),
        html.Hr(),
        html.Label(_("Reason for returning"), htmlFor=ReviewId.REASON),
        dcc.Textarea(id=ReviewId.REASON, maxLength=LONGEST_REASON, rows=4, className="reason"),
        html.Button(_("Return for correction"), id=ReviewId.RETURN, type="button", className="btn wide"),
        dcc.Store(id=ReviewId.REVISION, data=view.revision_id),
    ]


def _decided_already(view: FormView) -> list[Component]:
    if view.status is SubmissionStatus.SUBMITTED:
        return [html.P(_("You edited or sent this report yourself: somebody else decides on it."))]
    lines = [html.P(status_words(view.status))]
    if view.decided_at and view.decided_by:
        lines.append(html.P(decided_words(view.decided_at, view.decided_by)))
    return [*lines, *([html.Blockquote(view.return_reason)] if view.return_reason else [])]


def _findings(view: FormView) -> list[Component]:
    """What the reviewer looks at first: warnings with and without a reason, and what changed."""
    warnings = [problem for problem in view.problems if problem.severity is Severity.WARNING]
    explained = sum(1 for problem in warnings if problem.explained)
    lines: list[Component] = []
    if explained:
        said = _("Unusual, with a reason: {count}").format(count=format_number(explained))
        lines.append(html.P([mark("▽", "slow"), said]))
    others = len(view.problems) - explained
    if others:
        said = _("Remarks without a reason: {count}").format(count=format_number(others))
        lines.append(html.P([mark("▲", "miss"), said]))
    if not view.problems:
        lines.append(html.P([mark("●", "met"), _("Nothing unusual in the numbers.")]))
    if any(cell.has_before for cell in view.cells.values()):
        changed = sum(1 for cell in view.cells.values() if cell.changed)
        said = _("Cells changed since the version before: {count}").format(count=format_number(changed))
        lines.append(html.P([mark("◌", "unsure"), said]))
    return lines


def decided(decision: Decision) -> Component:
    """What was decided, and the way on."""
    heading = f"{unit_name(decision.unit)} · {decision.form.name} · {period_name(decision.period)}"
    if decision.status is SubmissionStatus.APPROVED:
        kind, sign = "stands", mark("●", "met")
        said = _("Approved. Its numbers count from now on, for its peers too.")
    else:
        kind, sign = "back", mark("▽", "slow")
        said = _("Returned. The unit sees your reason and may correct it.")
    way_on = dcc.Link(_("To the next report"), href="/review")
    lines = [html.P([sign, html.Strong(heading)]), html.P(said), html.P(way_on)]
    return html.Div(lines, className=f"form-notice {kind}", role="status")


def closed_column(decision: Decision) -> list[Component]:
    """What stands in place of the buttons once it is decided."""
    shown: list[Component] = [html.H2(_("Decision")), html.P(status_words(decision.status))]
    return [*shown, *([html.Blockquote(decision.reason)] if decision.reason else [])]
