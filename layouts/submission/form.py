"""One form on its page: title, state, actions, the sheet, and what is left to do before sending."""

from collections.abc import Sequence
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.measures import Measure
from data.numbers import format_moment, format_time
from data.submissions.model import FormView, HistoryLine, Problem, Severity, TargetProgress
from data.submissions.outcomes import EditConflict, Receipt
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.measures import measured
from data.wording.periods import period_name
from data.wording.targets import target_phrase
from data.wording.units import status_name
from layouts.ids.submission import SubmissionId
from layouts.shell import page, title
from layouts.submission.sheet import number_text, sheet
from layouts.submission.words import due_text, form_href, status_text, unit_name


def form_page(view: FormView, owner: str) -> Component:
    """The page of one form. `owner` tells the reader's own unsaved typing from another's on a shared machine."""
    content = html.Div(
        [
            html.Div(id=SubmissionId.CONFLICT),
            html.Div([sheet(view), html.Aside(_aside(view), className="side")], className="two"),
        ],
        id=SubmissionId.BODY,
    )
    return page(
        title(f"{view.form.name} · {period_name(view.period)}", view.illustrative),
        _under(view),
        actions=_actions(view),
        content=[content, *_stores(view, owner), history(view.history)],
    )


def _under(view: FormView) -> list[Component | str]:
    parts = [unit_name(view.unit)]
    if view.old_area:
        parts.append(_("on the old area, reported by {unit}").format(unit=unit_name(view.reporter)))
    if view.entered_for:
        parts.append(_("entered for {unit}").format(unit=unit_name(view.unit)))
    parts += [due_text(view.due_on, view.days_overdue), status_text(view.status)]
    return [
        " · ".join(parts),
        " · ",
        html.Span(saved_text(view), id=SubmissionId.SAVED, className="saved", role="status"),
        html.Span(id=SubmissionId.UNSAVED, className="unsaved", role="status"),
    ]


def saved_text(view: FormView) -> str:
    """When the form was last saved, and by whom; nothing before that."""
    if view.saved_at is None:
        return _("Nothing saved yet")
    return _("✓ Saved {time}").format(time=format_moment(view.saved_at)) + (
        f" ({view.saved_by})" if view.saved_by else ""
    )


def just_saved_text(moment: datetime) -> str:
    """The same, a moment after the reader's own saving."""
    return _("✓ Saved {time}").format(time=format_time(moment))


def _actions(view: FormView) -> list[Component] | None:
    if not view.editable:
        return None
    return [
        html.Button(_("Send"), id=SubmissionId.SEND, type="button", className="btn main", **{"data-intent": "send"})
    ]


def _stores(view: FormView, owner: str) -> list[Component]:
    place = {"unit": view.unit.key, "form": view.form.key, "period": view.period.code}
    words = {
        "unsaved": _("Not saved yet…"),
        "kept": _("Not saved. What you typed is kept on this computer."),
        "restored": _("Filled in again what you had typed before it could be saved. Check it."),
    }
    return [
        dcc.Store(id=SubmissionId.OUTBOX),
        dcc.Store(id=SubmissionId.STATE, data={**place, "version": view.version, "owner": owner, "words": words}),
    ]


def _aside(view: FormView) -> list[Component]:
    parts = [html.Div(summary(view), id=SubmissionId.SUMMARY)]
    if view.return_reason and view.status is not SubmissionStatus.APPROVED:
        parts.insert(0, _returned(view))
    if view.targets:
        parts += [html.Hr(), html.H2(_("Beside this year's targets")), html.Dl(_targets(view.targets))]
    if view.editable:
        parts += [html.Hr(), html.P(_("Paste a whole column from Excel into the first cell. Enter moves down."))]
    return parts


def _returned(view: FormView) -> Component:
    who = unit_name(view.decided_by) if view.decided_by else ""
    said = _("{unit} returned it: “{reason}”").format(unit=who, reason=view.return_reason)
    return html.P([html.Span("▽ ", **{"aria-hidden": "true"}), said], className="returned")


def summary(view: FormView) -> list[Component]:
    """What is left to do before sending; or, where nothing can be done, that it was sent."""
    if view.editable:
        return still_to_do(view.problems, view.filled, view.total, view.can_send)
    sent = _("Sent {moment}").format(moment=format_moment(view.sent_at)) if view.sent_at else _("Not sent")
    return [html.H2(status_name(view.status) if view.status else ""), html.P(sent)]


def still_to_do(problems: Sequence[Problem], filled: int, total: int, can_send: bool) -> list[Component]:
    """What is left to do before sending, counted."""
    errors = _count(problems, Severity.ERROR)
    warnings = _count([problem for problem in problems if not problem.explained], Severity.WARNING)
    full = _("{filled} of {total} cells filled in").format(filled=filled, total=total)
    lines = [html.P([_mark("●" if filled == total else "◔", "met"), full])]
    if errors:
        lines.insert(0, html.P([_mark("▲", "miss"), _("To correct before sending: {count}").format(count=errors)]))
    if warnings:
        lines.append(html.P([_mark("▽", "slow"), _("Unusual, give a reason: {count}").format(count=warnings)]))
    if can_send:
        lines.append(html.P([_mark("●", "met"), _("Ready to send.")]))
    return [html.H2(_("Before sending")), *lines]


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(1 for problem in problems if problem.severity is severity)


def _mark(glyph: str, kind: str) -> Component:
    return html.Span(f"{glyph} ", className=kind, **{"aria-hidden": "true"})


def _targets(targets: Sequence[TargetProgress]) -> list[Component]:
    lines: list[Component] = []
    for progress in targets:
        measure = progress.definition.measure
        wanted = "; ".join(_wanted(target, measure) for target in progress.targets)
        value = "–" if progress.value is None else measured(progress.value, measure)
        lines += [html.Dt(progress.definition.short), html.Dd(f"{value} / {wanted}")]
    return lines


def _wanted(target: TargetInfo, measure: Measure) -> str:
    return target_phrase(
        target.operator,
        target.low,
        target.high,
        measure,
        direction=target.direction,
        baseline_year=target.baseline_year,
        ambiguous=target.ambiguous,
    )


def history(lines: Sequence[HistoryLine]) -> Component:
    """Who did what to the form, folded away until somebody asks."""
    items = [html.Li(_history_line(line)) for line in lines]
    shown = items or [html.Li(_("Nothing has happened yet."))]
    return html.Details([html.Summary(_("History")), html.Ol(shown)], className="history")


def _history_line(line: HistoryLine) -> str:
    what = status_name(line.to_status) if line.to_status else line.action
    who = f" · {line.who}" if line.who else ""
    reason = f" · “{line.reason}”" if line.reason else ""
    return f"{format_moment(line.at)} · {what}{who}{reason}"


def conflict(refused: EditConflict) -> Component:
    """Somebody else saved meanwhile: what differs, and the reader's two choices. Nothing was overwritten."""
    rows = [
        html.Tr([html.Th(cell.name, scope="row"), html.Td(number_text(cell.theirs), className="n"),
                 html.Td(number_text(cell.mine), className="n")])
        for cell in refused.cells
    ]  # fmt: skip
    heading = html.Tr(
        [html.Th(_("Item")), html.Th(_("Saved by them"), className="n"), html.Th(_("Yours"), className="n")]
    )
    table = html.Table([html.Thead(heading), html.Tbody(rows)], className="form-table") if rows else None
    choices = html.Div(
        [
            html.Button(_("Keep my numbers"), type="button", className="btn main", **{"data-intent": "keep"}),
            html.Button(_("Take their numbers"), type="button", className="btn", **{"data-intent": "theirs"}),
        ],
        className="actions",
    )
    return html.Div([html.P(str(refused)), table, choices], className="notice", role="alert")


def receipt(sent: Receipt) -> Component:
    """Proof that the form was sent."""
    reviewer = unit_name(sent.reviewer) if sent.reviewer else "–"
    facts = [
        (_("Form"), sent.form.name),
        (_("Unit"), unit_name(sent.unit)),
        (_("Period"), period_name(sent.period)),
        (_("Sent"), format_moment(sent.sent_at)),
        (_("By"), sent.sent_by or "–"),
        (_("Waits for"), reviewer),
        (_("Cells"), number_text(sent.filled)),
        (_("Fingerprint (SHA-256)"), html.Code(sent.digest)),
    ]
    again = form_href(sent.unit.key, sent.form.key, sent.period.code)
    return html.Div(
        [
            html.H2([_mark("●", "met"), _("Sent. The numbers are sealed until the decision.")]),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))]),
            html.P(
                [dcc.Link(_("To the list of forms"), href="/submit"), " · ", html.A(_("See what was sent"), href=again)]
            ),
        ],
        className="sheet receipt",
        role="status",
    )
