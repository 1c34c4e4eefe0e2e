"""How far the units below are with one form, by name: a card of the first page."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from data.numbers import format_date, format_number
from data.submissions.outcomes import ChildReport, FormProgress
from data.wording import _
from data.wording.periods import period_name
from layouts.submission.words import due_words, earliest_words, form_href, joined, unit_name

MOST_NAMES = 8


def progress_card(row: FormProgress, today: date, enters: bool) -> Component:
    """Who has sent, who has not, by when. Red once a day has passed and somebody is silent.

    With `enters` the name of a silent unit opens the form, to enter it in its place.
    """
    first = row.due_days[0]
    overdue = max(0, (today - first).days) if first and row.missing else 0
    counts = _("{sent} of {expected} sent, {approved} approved").format(
        sent=format_number(len(row.sent)), expected=format_number(row.expected), approved=format_number(row.approved)
    )
    several = len(row.due_days) > 1
    due = earliest_words(first, overdue) if several and first else due_words(first, overdue)
    lines: list[Component] = [html.H2(f"{row.form.name} · {period_name(row.period)}"), html.P(joined([counts, due]))]
    if row.missing:
        said = _("Not sent: {count}").format(count=format_number(len(row.missing)))
        # With a colon in each of them, names are told apart by semicolons.
        silent = [_silent(row, one, enters, with_day=several) for one in row.missing]
        lines += _named(said, silent, "; " if several else ", ")
        if enters:
            lines.append(html.P(html.Small(_("A name opens the form, to enter it for a unit that cannot."))))
    if row.sent:
        said = _("Sent: {count}").format(count=format_number(len(row.sent)))
        # Those that wait come first: there is something to do about them.
        lines += _named(said, [_sender(row, one) for one in sorted(row.sent, key=lambda one: one.approved)])
    kind = "fine" if row.approved == row.expected else "late" if overdue else "due"
    return html.Div(html.Div(lines), className=kind)


def _named(said: str, names: Sequence[list[Component | str]], between: str = ", ") -> list[Component]:
    """The first of the names in a line, the others folded beneath it."""
    shown: list[Component] = [html.P([f"{said} – ", *_listed(names[:MOST_NAMES], between)])]
    rest = names[MOST_NAMES:]
    if rest:
        summary = html.Summary(_("{count} more units").format(count=format_number(len(rest))))
        shown.append(html.Details([summary, html.P(_listed(rest, between))], className="more"))
    return shown


def _listed(names: Sequence[list[Component | str]], between: str) -> list[Component | str]:
    line: list[Component | str] = []
    for name in names:
        line += [between, *name]
    return line[1:]


def _silent(row: FormProgress, report: ChildReport, enters: bool, *, with_day: bool) -> list[Component | str]:
    name: Component | str = unit_name(report.unit)
    if enters:
        name = html.A(name, href=form_href(report.unit.key, row.form.key, row.period))
    if not with_day:
        return [name]
    day = _("no due day") if report.due_on is None else _("due on {day}").format(day=format_date(report.due_on))
    return [name, f": {day}"]


def _sender(row: FormProgress, report: ChildReport) -> list[Component | str]:
    """A unit that has sent, with the way to read it; said of those that wait."""
    name = html.A(unit_name(report.unit), href=form_href(report.unit.key, row.form.key, row.period, "/form"))
    return [name] if report.approved else [name, f" ({_('waits for a decision')})"]
