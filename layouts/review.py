"""What waits for the reader's decision, and one report to decide on."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.numbers import format_moment
from data.submissions.model import FormView
from data.submissions.outcomes import Decision, WaitingForm
from data.wording import _
from data.wording.periods import period_name
from layouts.ids.review import ReviewId
from layouts.shell import page, title
from layouts.submission.form import history
from layouts.submission.sheet import sheet
from layouts.submission.words import due_text, unit_name

LONGEST_REASON = 2000


def waiting_page(forms: Sequence[WaitingForm], illustrative: bool) -> Component:
    """Every report that was sent and waits."""
    if not forms:
        content = html.Div(html.P(_("No report waits for your decision.")), className="sheet empty")
    else:
        content = html.Div([waiting_card(form) for form in forms], className="todo")
    return page(title(_("Reports to review"), illustrative), _("Sent to you, oldest first"), content=content)


def waiting_card(form: WaitingForm) -> Component:
    """One report that waits."""
    facts = [_("sent {moment}").format(moment=format_moment(form.sent_at))]
    if form.sent_by:
        facts.append(form.sent_by)
    if form.late:
        facts.append(_("late"))
    if form.old_area:
        facts.append(_("old area, reported by {unit}").format(unit=unit_name(form.reporter)))
    if form.entered_for:
        facts.append(_("entered for the unit"))
    if form.own_hand:
        facts.append(_("you worked on it yourself: somebody else decides"))
    heading = f"{unit_name(form.unit)} · {form.form.name} · {period_name(form.period)}"
    link = dcc.Link(_("Review"), href=review_href(form.revision_id), className="btn")
    body = html.Div([html.H2(heading), html.P(" · ".join(facts))])
    return html.Div([body, html.Div(link, className="go")], className="late" if form.late else "due")


def review_href(revision_id: int) -> str:
    """The address of one report to decide on."""
    return "/review?" + urlencode({"revision": revision_id})


def review_page(view: FormView) -> Component:
    """One report as it was sent, what changed since the revision before, and the decision."""
    under = [unit_name(view.unit)]
    if view.old_area:
        under.append(_("on the old area, reported by {unit}").format(unit=unit_name(view.reporter)))
    if view.sent_at:
        under.append(
            _("sent {moment}").format(moment=format_moment(view.sent_at))
            + (f" ({view.sent_by})" if view.sent_by else "")
        )
    under.append(due_text(view.due_on, 0))
    content = html.Div([sheet(view), html.Aside(_decide(view), className="side")], className="two")
    heading = title(f"{view.form.name} · {period_name(view.period)}", view.illustrative)
    outcome = html.Div(id=ReviewId.OUTCOME)
    return page(heading, " · ".join(under), content=[outcome, content, history(view.history)])


def _decide(view: FormView) -> list[Component]:
    if not view.can_decide:
        return [
            html.H2(_("Decision")),
            html.P(_("You cannot decide on this report: it is decided already, or you worked on it.")),
        ]
    warned = sum(1 for problem in view.problems if not problem.explained)
    changed = sum(1 for cell in view.cells.values() if cell.changed)
    lines = [html.P(_("Remarks without a reason: {count}").format(count=warned))]
    if any(cell.has_before for cell in view.cells.values()):
        lines.append(html.P(_("Cells changed since the revision before: {count}").format(count=changed)))
    return [
        html.H2(_("Decision")),
        *lines,
        html.Button(_("Approve"), id=ReviewId.APPROVE, type="button", className="btn main"),
        html.Hr(),
        html.Label(_("Reason for returning"), htmlFor=ReviewId.REASON),
        dcc.Textarea(id=ReviewId.REASON, maxLength=LONGEST_REASON, rows=4, className="reason"),
        html.Button(_("Return for correction"), id=ReviewId.RETURN, type="button", className="btn"),
        dcc.Store(id=ReviewId.REVISION, data=view.revision_id),
    ]


def decided(decision: Decision) -> Component:
    """What was decided, and the way on."""
    heading = f"{unit_name(decision.unit)} · {decision.form.name} · {period_name(decision.period)}"
    if decision.status is SubmissionStatus.APPROVED:
        said = _("Approved. Its numbers count from now on, for its peers too.")
        mark = html.Span("● ", className="met", **{"aria-hidden": "true"})
    else:
        said = _("Returned. The unit sees your reason and may correct it.")
        mark = html.Span("▽ ", className="slow", **{"aria-hidden": "true"})
    way_on = dcc.Link(_("To the next report"), href="/review")
    return html.Div(
        [html.P([mark, html.Strong(heading)]), html.P(said), html.P(way_on)], className="notice", role="status"
    )
