"""The first page: what is to be done, and beside it where the reader's unit stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date, format_number
from data.submissions.outcomes import ChildrenProgress, DueForm, WaitingForm
from data.submissions.reports import SentReport
from data.wording import _
from layouts.progress import progress_card
from layouts.review import review_href
from layouts.shell import page, title
from layouts.standing import Standing, standing_aside, standing_table
from layouts.submission.due import closed_card, due_card, reports_table
from layouts.submission.words import mark, unit_name

MOST_CARDS = 6
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for the reader: forms owed, reports to review, and how far the units below are.

    `any_task`: the reader's roles could bring tasks at all. `enters`: they may enter for a silent unit below.
    """

    due: Sequence[DueForm]
    waiting: Sequence[WaitingForm]
    children: ChildrenProgress
    reports: Sequence[SentReport]
    closed_on: date | None
    any_task: bool
    enters: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A link that helps who has nothing to do here."""

    text: str
    href: str


def home_page(
    place: str, today: date, tasks: Tasks, standing: Standing | None, ways: Sequence[Way], illustrative: bool
) -> Component:
    """The page: a list of tasks with the standing beside it; without tasks the standing with ways on beside it."""
    under = f"{place} · {format_date(today)}"
    if tasks.any_task:
        todo = html.Div(_cards(tasks, today) or [_nothing()], className="todo")
        beside = standing_aside(standing) if standing else []
        return page(title(_("To do"), illustrative), under, content=_columns([todo], beside))
    shown = [standing_table(standing)] if standing else []
    links = html.Ul([html.Li(dcc.Link(way.text, href=way.href)) for way in ways], className="plain-list")
    main = [*shown, *_reports(tasks)] or [html.Div(_nothing(), className="todo")]
    content = _columns(main, [html.H2(_("Go on to")), links] if ways else [])
    return page(title(_("Overview"), illustrative), under, content=content)


def _columns(main: list[Component], beside: list[Component]) -> Component:
    if not beside:
        return html.Div(main)
    return html.Div([html.Div(main), html.Aside(beside, className="side")], className="two")


def _reports(tasks: Tasks) -> list[Component]:
    if not tasks.reports:
        return []
    way = html.P(dcc.Link(_("All reports of the unit →"), href="/form"))
    return [html.H2(_("Reports of the unit")), reports_table(tasks.reports, correct=False), way]


def _cards(tasks: Tasks, today: date) -> list[Component]:
    cards = [*_due_cards(tasks.due), *_waiting_cards(tasks.waiting)]
    cards += [progress_card(row, today, tasks.enters) for row in tasks.children.rows]
    if tasks.closed_on is not None:
        cards.insert(0, closed_card(tasks.closed_on))
        cards += [html.Section(_reports(tasks), className="whole")] if tasks.reports else []
    return cards


def _nothing() -> Component:
    return html.Div(html.Div(html.P([mark("●", "met"), _("Nothing waits for you.")])), className="fine")


def _due_cards(forms: Sequence[DueForm]) -> list[Component]:
    """What came back first, then the longest overdue: the list itself is in that order but for the first."""
    ordered = sorted(forms, key=lambda form: form.reason is None)
    cards = [due_card(form) for form in ordered[:MOST_CARDS]]
    if len(forms) > MOST_CARDS:
        more = _("All forms: {count}").format(count=len(forms))
        cards.append(html.Div(html.Div(dcc.Link(more, href="/submit")), className="due"))
    return cards


def _waiting_cards(forms: Sequence[WaitingForm]) -> list[Component]:
    if not forms:
        return []
    names = [unit_name(form.unit) for form in forms]
    said = _with_rest(" · ".join(names[:MOST_NAMES]), len(names))
    late = sum(1 for form in forms if form.late)
    if late:
        said += " · " + _("sent late: {count}").format(count=format_number(late))
    heading = _("Reports that wait for your decision: {count}").format(count=format_number(len(forms)))
    body = html.Div([html.H2(heading), html.P(said)])
    link: Component
    if len(forms) == 1:
        link = html.A(_("Review"), href=review_href(forms[0].revision_id), className="btn main")
    else:
        link = dcc.Link(_("Review"), href="/review", className="btn main")
    return [html.Div([body, html.Div(link, className="go")], className="due")]


def _with_rest(text: str, count: int) -> str:
    rest = count - MOST_NAMES
    return text + _(" and {count} more").format(count=format_number(rest)) if rest > 0 else text
