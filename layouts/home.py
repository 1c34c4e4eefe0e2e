"""The first page: what is to be done, and beside it where the reader's unit stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date
from data.submissions.outcomes import ChildrenProgress, DueForm, FormProgress, WaitingForm
from data.wording import _
from data.wording.periods import period_name
from layouts.shell import page, title
from layouts.submission.due import due_card
from layouts.submission.words import due_text, unit_name

MOST_CARDS = 6
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One definition in words: its short name, the value, and the verdict as glyph, word and colour class."""

    name: str
    value: str
    glyph: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the unit stands in a period, and the address of the comparison that it is taken from."""

    period: str
    lines: tuple[StandingLine, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for the reader: forms owed, reports to review, and how far the units below are."""

    due: Sequence[DueForm]
    waiting: Sequence[WaitingForm]
    children: ChildrenProgress
    closed_on: date | None


def home_page(place: str, today: date, tasks: Tasks, standing: Standing | None, illustrative: bool) -> Component:
    """The page. `place` is the reader's unit in words."""
    cards = [*_due_cards(tasks.due), *_waiting_cards(tasks.waiting), *_children_cards(tasks.children)]
    if tasks.closed_on:
        cards.insert(0, _closed(tasks.closed_on))
    todo = html.Div(cards or [_nothing()], className="todo")
    aside = [html.Aside(_standing(standing), className="side")] if standing else []
    under = f"{place} · {format_date(today)}"
    return page(
        title(_("To do"), illustrative), under, content=html.Div([todo, *aside], className="two" if aside else "")
    )


def _nothing() -> Component:
    return html.Div(html.P(_("Nothing waits for you.")), className="done")


def _closed(day: date) -> Component:
    said = _("This unit ceased after {day}. Its history can be read; nothing can be submitted.")
    return html.Div(html.Div([html.H2(_("Closed unit")), html.P(said.format(day=format_date(day)))]), className="back")


def _due_cards(forms: Sequence[DueForm]) -> list[Component]:
    cards = [due_card(form) for form in forms[:MOST_CARDS]]
    if len(forms) > MOST_CARDS:
        more = _("All forms: {count}").format(count=len(forms))
        cards.append(html.Div(html.Div(dcc.Link(more, href="/submit")), className="due"))
    return cards


def _waiting_cards(forms: Sequence[WaitingForm]) -> list[Component]:
    if not forms:
        return []
    names = " · ".join(unit_name(form.unit) for form in forms[:MOST_NAMES])
    body = [html.H2(_("Reports that wait for your decision: {count}").format(count=len(forms))), html.P(names)]
    return [
        html.Div(
            [html.Div(body), html.Div(dcc.Link(_("Review"), href="/review", className="btn main"), className="go")],
            className="due",
        )
    ]


def _children_cards(progress: ChildrenProgress) -> list[Component]:
    return [_progress_card(row) for row in progress.rows]


def _progress_card(row: FormProgress) -> Component:
    heading = f"{row.form.name} · {period_name(row.period)}"
    done = row.approved == row.expected
    counts = _("{sent} of {expected} sent, {approved} approved").format(
        sent=row.sent, expected=row.expected, approved=row.approved
    )
    overdue = due_text(row.due_on, 0)
    lines: list[Component] = [html.H2(heading), html.P(f"{counts} · {overdue}")]
    if row.missing:
        names = ", ".join(unit_name(unit) for unit in row.missing[:MOST_NAMES])
        rest = len(row.missing) - MOST_NAMES
        more = _(" and {count} more").format(count=rest) if rest > 0 else ""
        lines.append(html.P(_("Not sent: {names}").format(names=names) + more))
    return html.Div(html.Div(lines), className="done" if done else "late" if row.missing else "due")


def _standing(standing: Standing) -> list[Component]:
    lines = [part for line in standing.lines for part in (html.Dt(line.name), html.Dd(_value(line)))]
    return [
        html.H2(_("Where we stand")),
        html.P(standing.period, className="soft"),
        html.Dl(lines),
        html.Hr(),
        html.P(dcc.Link(_("Compare with others →"), href=standing.href)),
    ]


def _value(line: StandingLine) -> list[Component | str]:
    if not line.glyph:
        return [line.value]
    mark = html.Span(line.glyph, className=line.kind, title=line.word, **{"aria-hidden": "true"})
    return [line.value, " ", mark, html.Span(f" {line.word}", className="verdict-word")]
