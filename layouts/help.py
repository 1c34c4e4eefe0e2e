"""The help page: the rules of the portal as the portal itself has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from data.judging.verdicts import Verdict
from data.kinds import Role
from data.scope import Reach
from data.wording import N_, _
from data.wording.judging import verdict_explanation, verdict_glyph, verdict_word
from data.wording.units import capitalised, reach_name, role_name
from layouts import shell

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
_NUMBERS = (
    (N_("1.234"), N_("1 234: the dot sets thousands apart")),
    (N_("1.234,5 or 1234,5 or 1234.5"), N_("one thousand two hundred and thirty-four and a half")),
    (N_("1,234"), N_("not accepted: it may mean 1 234 or 1.234, so type it another way")),
    (N_("(an empty cell)"), N_("not counted; zero is typed as 0")),
)
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
        content=html.Div([_typing(), _approving(), _signs(), _policy(rows)], className="help"),
    )


def _typing() -> Component:
    return html.Section(
        [
            html.H2(_("How numbers are typed")),
            _table([_("Typed"), _("Read as")], [[_(typed), _(read)] for typed, read in _NUMBERS]),
            html.P(
                _("Enter and the arrow keys move from cell to cell; a column copied from Excel is pasted into its first cell."),
                className="soft",
            ),
        ]
    )


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


def _signs() -> Component:
    rows = [
        [
            html.Span([html.Span(verdict_glyph(one), className="v"), " ", html.B(verdict_word(one))], className=VERDICT_CLASSES[one]),
            verdict_explanation(one),
        ]
        for one in Verdict
    ]
    return html.Section([html.H2(_("What the signs mean")), _table([_("Sign"), _("Meaning")], rows)])


def _policy(rows: Sequence[PolicyRow]) -> Component:
    heads = [_("What"), *(capitalised(role_name(role)) for role in Role)]
    body = [[row.permission, *(_reaches(row.reaches.get(role, frozenset())) for role in Role)] for row in rows]
    return html.Section(
        [
            html.H2(_("Who may do what, and how far")),
            _table(heads, body),
            html.P(
                _("A role is held at a unit, and reaches from there. One person may hold several roles."), className="soft"
            ),
        ]
    )


def _reaches(reaches: frozenset[Reach]) -> str:
    return "; ".join(reach_name(reach) for reach in Reach if reach in reaches) or "–"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Component | str]]) -> Component:
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(
                    [
                        html.Tr([html.Th(first, scope="row"), *(html.Td(cell) for cell in rest)])
                        for first, *rest in rows
                    ]
                ),
            ]
        ),
        className="sheet",
        tabIndex=0,
        role="group",
    )
