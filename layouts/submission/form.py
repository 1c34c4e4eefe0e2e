"""One form on its page: title, state, actions, the sheet, and what is left to do before sending."""

from datetime import date, datetime

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import Standing
from data.submissions.model import FormView
from data.wording import _
from data.wording.judging import standing_name
from data.wording.periods import period_name
from layouts.components.aria import aria
from layouts.ids.submission import SubmissionId
from layouts.shell import page, title
from layouts.submission.aside import aside, send_button
from layouts.submission.outcomes import history, standing_notice
from layouts.submission.sheet import sheet
from layouts.submission.words import due_words, for_script, form_key, joined, moment_or_time, status_words, unit_name


def form_page(view: FormView, owner: str, today: date) -> Component:
    """The page of one form. `owner` tells the reader's own unsaved typing from another's on a shared machine."""
    notice = standing_notice(view)
    heading = title(f"{view.form.name} · {period_name(view.period)}", view.illustrative)
    if not view.editable:
        body = html.Div([sheet(view), html.Aside(aside(view), className="side")], className="two form")
        return page(heading, joined(_about(view)), content=[*notice, body, history(view.history)])
    column = html.Aside([_saving(view, today), *aside(view)], className="side")
    body = html.Div([sheet(view), column], className="two form")
    return page(
        heading,
        joined(_about(view)),
        controls=_controls(view),
        actions=send_button(SubmissionId.SEND),
        content=[
            html.Div(notice, id=SubmissionId.NOTICE),
            html.Div(body, id=SubmissionId.BODY),
            *_stores(view, owner),
            history(view.history),
        ],
    )


def _about(view: FormView) -> list[Component | str | list[Component | str]]:
    parts: list[Component | str | list[Component | str]] = [unit_name(view.unit)]
    if view.old_area:
        parts.append(_("on the old area, reported by {unit}").format(unit=unit_name(view.reporter)))
    if view.entered_for:
        parts.append(_("entered for {unit}").format(unit=unit_name(view.unit)))
    status = status_words(view.status)
    return [
        *parts,
        due_words(view.due_on, view.days_overdue),
        html.Span(status, id=SubmissionId.STATUS) if view.editable else status,
    ]


def _saving(view: FormView, today: date) -> Component:
    """One line that is always true and always in sight: what the server last said, or what the script knows better."""
    return html.Div(
        [
            html.Span(saved_words(view, today), id=SubmissionId.SAVED, className="saved"),
            html.Span(id=SubmissionId.UNSAVED, className="unsaved", role="status"),
            html.Button(_("Save again"), id=SubmissionId.RETRY, type="button", className="btn main wide", hidden=True),
            html.P(id=SubmissionId.TOLD, className="told", role="status"),
        ],
        className="saving",
    )


def saved_words(view: FormView, today: date) -> Component | str:
    """When the form was last saved, and by whom; that nothing was, before that."""
    if view.saved_at is None:
        return html.Span(_("Nothing saved yet"), className="soft")
    said = _("✓ Saved {time}").format(time=moment_or_time(view.saved_at, today))
    return f"{said} ({view.saved_by})" if view.saved_by else said


def just_saved(moment: datetime, today: date, unread: int) -> list[Component | str]:
    """The same, a moment after the reader's own saving; and how many cells were not part of it."""
    said: list[Component | str] = [_("✓ Saved {time}").format(time=moment_or_time(moment, today))]
    if unread:
        left_out = _(", but not {count} that cannot be read").format(count=unread)
        said.append(html.Strong(left_out, className="miss"))
    return said


def _controls(view: FormView) -> list[Component]:
    """How final the numbers are, which only the reporter can say; a plan report says it by its windows."""
    if view.form.on_old_areas:
        return []
    name, chosen = _("These numbers are"), view.windows[0].standing
    buttons = [
        html.Button(
            standing_name(one),
            type="button",
            className="btn small",
            **aria(pressed="true" if one is chosen else "false"),
            **for_script(standing=one.value),
        )
        for one in (Standing.FINAL, Standing.PRELIMINARY)
    ]
    group = html.Span(buttons, id=SubmissionId.STANDING, className="choices", role="group", **aria(label=name))
    return [html.Div([html.Span(name, className="name"), group], className="choice")]


def _stores(view: FormView, owner: str) -> list[Component]:
    words = {
        "unsaved": _("Not saved yet…"),
        "saving": _("Saving…"),
        "kept": _("Not saved. What you typed is kept on this computer."),
        "choose": _("Not saved: choose above what stands."),
        "restored": _("Filled in again what you had typed before it could be saved. Check it."),
        "overflow": _("There was no room on the sheet for some of what you pasted; rows left out:"),
    }
    state = {
        "key": form_key(view),
        "unit": view.unit.key,
        "form": view.form.key,
        "period": view.period.code,
        "version": view.version,
        "owner": owner,
        "words": words,
    }
    return [
        dcc.Store(id=SubmissionId.OUTBOX),
        dcc.Store(id=SubmissionId.ANSWER),
        dcc.Store(id=SubmissionId.STATE, data=state),
    ]
