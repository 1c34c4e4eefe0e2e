"""Beside the sheet: what is left to do before sending, and the unit's targets."""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.measures import Measure
from data.numbers import format_moment, format_number
from data.submissions.model import CellId, FormView, Problem, ProblemKind, Severity, TargetProgress
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.measures import measured
from data.wording.periods import period_short
from data.wording.targets import target_phrase
from data.wording.units import status_name
from layouts.ids.submission import SubmissionId
from layouts.submission.words import decided_words, for_script, mark

MOST_NAMED = 6


def aside(view: FormView) -> list[Component]:
    """The whole column."""
    if not view.editable:
        return [*_sent(view), *targets(view)]
    hints = html.Div(
        [
            html.P(_("Enter and the arrow keys move. Paste a column from Excel into its first cell.")),
            html.P(_("Without a connection go on typing: it is kept on this computer and saved later.")),
        ],
        className="hints",
    )
    return [
        html.Div(summary(view, view.problems, view.can_send), id=SubmissionId.SUMMARY, role="status"),
        send_button(SubmissionId.SEND_BELOW, "btn main wide"),
        html.Div(targets(view), id=SubmissionId.TARGETS),
        html.Hr(),
        hints,
    ]


def send_button(component_id: SubmissionId, kind: str = "btn main") -> Component:
    """Sends the form. Never disabled: where the form is not ready the click says what is missing."""
    return html.Button(_("Send"), id=component_id, type="button", className=kind, **for_script(intent="send"))


def _sent(view: FormView) -> list[Component]:
    lines: list[Component] = [html.H2(status_name(view.status) if view.status else _("Not begun"))]
    if view.sent_at:
        sent = _("Sent {moment}").format(moment=format_moment(view.sent_at))
        lines.append(html.P(f"{sent} ({view.sent_by})" if view.sent_by else sent))
    if view.decided_at and view.decided_by:
        lines.append(html.P(decided_words(view.decided_at, view.decided_by)))
    return lines


def summary(view: FormView, problems: Sequence[Problem], can_send: bool) -> list[Component]:
    """What is left to do before sending: counted, named, each name a way to its cell."""
    if view.status is SubmissionStatus.APPROVED and not can_send:
        said = _("Nothing is changed, so there is nothing to send. Type in a cell to correct the report.")
        return [html.H2(_("Before sending")), html.P(said)]
    errors = [one for one in problems if one.severity is Severity.ERROR and one.kind is not ProblemKind.MISSING]
    warnings = [one for one in problems if one.severity is Severity.WARNING]
    open_ones = [one for one in warnings if not one.explained]
    lines: list[Component] = [html.H2(_("Before sending"))]
    if errors:
        said = _("To correct before sending: {count}").format(count=format_number(len(errors)))
        lines += [html.P([mark("▲", "miss"), said]), _named(view, errors)]
    if open_ones:
        said = _("Unusual, give a reason: {count}").format(count=format_number(len(open_ones)))
        lines += [html.P([mark("▽", "slow"), said]), _named(view, open_ones)]
    if len(warnings) > len(open_ones):
        said = _("Unusual, with a reason: {count}").format(count=format_number(len(warnings) - len(open_ones)))
        lines.append(html.P([mark("●", "met"), said]))
    lines += _filled(view, problems)
    if can_send:
        lines.append(html.P([mark("●", "met"), html.B(_("Ready to send."))]))
    return lines


def _filled(view: FormView, problems: Sequence[Problem]) -> list[Component]:
    full = _("{filled} of {total} cells filled in").format(filled=view.filled, total=view.total)
    done = view.filled == view.total
    missing = [html.P(one.sentence, className="soft") for one in problems if one.kind is ProblemKind.MISSING]
    return [html.P([mark("●" if done else "◔", "met" if done else "unsure"), full]), *missing]


def _named(view: FormView, problems: Sequence[Problem]) -> Component:
    """The cells of the problems, each a button that leads there; what concerns no cell says its sentence."""
    named = {one.cell: one for one in problems if one.cell is not None}
    items = [html.Li(_way_to(view, cell)) for cell in list(named)[:MOST_NAMED]]
    items += [html.Li(one.sentence) for one in problems if one.cell is None]
    if len(named) > MOST_NAMED:
        items.append(html.Li(_("and {count} more").format(count=len(named) - MOST_NAMED)))
    return html.Ul(items, className="plain-list ways")


def _way_to(view: FormView, cell: CellId) -> Component:
    names = {row.element.key: row.element.name for section in view.sections for row in section.rows}
    name = names.get(cell.element, cell.element)
    if len(view.windows) > 1:
        window = next((one for one in view.windows if one.period.code == cell.window), view.windows[0])
        name = f"{name} ({period_short(window.period)})"
    return html.Button(name, type="button", className="plain way", **for_script(go=str(cell)))


def targets(view: FormView) -> list[Component]:
    """Each target in force beside what the form says so far, a column for each window; nothing without targets."""
    if not view.targets:
        return []
    several = len(view.windows) > 1
    heads = [html.Th(_("Target"), scope="col")]
    heads += [html.Th(period_short(one.period) if several else _("So far"), scope="col", className="n")
              for one in view.windows]  # fmt: skip
    rows = [
        _target_row(list(lines)) for _key, lines in groupby(view.targets, key=lambda progress: progress.definition.id)
    ]
    return [
        html.Hr(),
        html.H2(_("Beside this year's targets")),
        html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="targets"),
        *_pace(view),
    ]


def _target_row(lines: list[TargetProgress]) -> Component:
    definition, measure = lines[0].definition, lines[0].definition.measure
    wanted = " / ".join(dict.fromkeys(_wanted(target, measure) for target in lines[0].targets))
    name = html.Th([definition.short, html.Small(wanted)], scope="row", title=definition.name)
    return html.Tr([name, *(html.Td(_progress(line, measure), className="n") for line in lines)])


def _progress(line: TargetProgress, measure: Measure) -> list[Component | str]:
    if line.value is None:
        return ["–"]
    value = format_number(line.value) if line.definition.is_count else measured(line.value, measure)
    if line.share is None:
        return [value]
    return [value, html.Small(_("{percent}% of the plan").format(percent=format_number(100 * line.share, 1)))]


def _pace(view: FormView) -> list[Component]:
    """How much of a yearly plan is due by the end of the period, where a count can be held against it."""
    paced = [line for line in view.targets if line.definition.is_count and line.window.period.is_within_year]
    if not paced:
        return []
    period, due = paced[0].window.period, format_number(100 * paced[0].elapsed, 1)
    said = _("After {months} months {percent}% of the year's plan is due.")
    return [html.P(html.Small(said.format(months=period.elapsed_months, percent=due)), className="soft")]


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
