"""The help page: the rules of the portal as the portal itself has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from data.judging.verdicts import Verdict
from data.kinds import Role
from data.numbers import BadNumber, NumberProblem, format_exact, parse_number
from data.scope import Reach
from data.wording import N_, _
from data.wording.judging import verdict_explanation, verdict_glyph, verdict_word
from data.wording.units import capitalised, reach_name, role_name
from layouts import shell

Cell = Component | str

VERDICT_CLASSES = {
    Verdict.MET: "met",
    Verdict.ON_TRACK: "met",
    Verdict.EXPECTED: "met",
    Verdict.NOT_MET: "miss",
    Verdict.BEHIND: "slow",
    Verdict.UNCERTAIN: "unsure",
    Verdict.NO_DATA: "soft",
    Verdict.NOT_JUDGED: "soft",
}
# What people type; the page shows what the portal makes of it.
_TYPED = ("1234", "1.234", "1 234", "1.234,5", "1,234.5", "1234.5", "1,234", "12a")
_APPROVALS = (
    (N_("Commune"), N_("its province (until 30/06/2025: its district)")),
    (N_("District, until 30/06/2025"), N_("its province")),
    (N_("Province or centrally-run city"), N_("the Ministry of Health")),
    (N_("An area that was merged"), N_("the unit above the one that took it over and reports for it")),
)


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A permission in words, and how far each role carries it."""

    permission: str
    reaches: Mapping[Role, frozenset[Reach]]


def view(rows: Sequence[PolicyRow], illustrative: bool) -> Component:
    """Who may do what, who approves whom, how numbers are typed, what the signs mean."""
    return shell.page(
        shell.title(_("Help"), illustrative),
        _("How results are typed, who approves them, what the signs mean, and who may do what."),
        content=html.Div([_typing(), _approving(), _grouping(), _signs(), _policy(rows)], className="help"),
    )


def _typing() -> Component:
    rows = [[typed, _read(typed)] for typed in _TYPED]
    rows.append([_("(an empty cell)"), _("not counted; nought is typed as 0")])
    return html.Section(
        [
            html.H2(_("How numbers are typed")),
            _table([_("Typed"), _("Read as")], rows),
            html.P(
                _("Enter and the arrows move between cells; a column copied from Excel is pasted into its first cell."),
                className="soft",
            ),
        ]
    )


def _read(typed: str) -> str:
    try:
        return format_exact(parse_number(typed))
    except BadNumber as problem:
        if problem.reason is NumberProblem.AMBIGUOUS:
            return _("not accepted: it may be thousands or a decimal, so type it another way")
        return _("not accepted: it is not a number")


def _approving() -> Component:
    return html.Section(
        [
            html.H2(_("Who approves whom")),
            _table([_("Who reports"), _("Who approves")], [[_(below), _(above)] for below, above in _APPROVALS]),
            html.P(
                _(
                    "Nobody approves what they edited or sent. A report that is returned says why, and is open again. "
                    "The last approved report stays in force until the next one is approved."
                ),
                className="soft",
            ),
        ]
    )


def _grouping() -> Component:
    return html.Section(
        [
            html.H2(_("Comparing within a group")),
            html.P(
                _(
                    "In place of a unit one may choose a group: a region, a fertility zone, a competition group. The "
                    "rows are then its members on the day of the boundaries, as far as you see them anyway."
                )
            ),
            html.P(
                _(
                    "A province that was merged from different fertility zones is mixed and stands in none of them. "
                    "Competition groups are kept by the unit above, from a day to a day, and nobody is in two of them."
                ),
                className="soft",
            ),
        ]
    )


def _signs() -> Component:
    rows: list[list[Cell]] = [[_sign(verdict), verdict_explanation(verdict)] for verdict in Verdict]
    return html.Section([html.H2(_("What the signs mean")), _table([_("Sign"), _("Meaning")], rows)])


def _sign(verdict: Verdict) -> Component:
    glyph = html.Span(verdict_glyph(verdict), className="v")
    return html.Span([glyph, " ", html.B(verdict_word(verdict))], className=VERDICT_CLASSES[verdict])


def _policy(rows: Sequence[PolicyRow]) -> Component:
    heads = [_("What"), *(capitalised(role_name(role)) for role in Role)]
    body = [[row.permission, *(_reaches(row.reaches.get(role, frozenset())) for role in Role)] for row in rows]
    return html.Section(
        [
            html.H2(_("Who may do what, and how far")),
            _table(heads, body, wide=True),
            html.P(
                _("A role is held at a unit, and reaches from there. One person may hold several roles."),
                className="soft",
            ),
        ]
    )


def _reaches(reaches: frozenset[Reach]) -> str:
    return "; ".join(reach_name(reach) for reach in Reach if reach in reaches) or "–"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, wide: bool = False) -> Component:
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(
                    [html.Tr([html.Th(first, scope="row"), *(html.Td(cell) for cell in rest)]) for first, *rest in rows]
                ),
            ],
            className="wide" if wide else None,
        ),
        className="sheet",
        tabIndex=0,
        role="group",
    )
