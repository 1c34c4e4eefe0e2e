"""What became of it: for each child what was given, what it set for itself, and what it has reached so far."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited, shown, target_text
from data.handing.following import Followed, Following
from data.handing.sentences import MOST_NAMED
from data.judging import Verdict
from data.kinds import UnitLevel
from data.measures import Measure
from data.numbers import format_number
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.judging import verdict_glyph, verdict_word
from data.wording.measures import NO_VALUE
from data.wording.periods import period_name
from layouts import shell
from layouts.components.addresses import target_address, unit_address
from layouts.components.controls import Control
from layouts.components.rows import Column, Content, rows_table
from layouts.handing.page import FOLLOWED, controls_row, view_links
from layouts.help import VERDICT_CLASSES


def following_page(
    found: Following, controls: Sequence[Control], query: dict[str, str], *, gives: bool
) -> Component:
    """The table of one indicator, and who has not set anything yet. `gives`: the reader hands targets down here."""
    so_far = period_name(found.period) if found.period else _("no results yet")
    under = [found.parent.title, _("targets of {year}").format(year=found.year), so_far]
    return shell.page(
        shell.title(_("Orientation, given, reached"), found.illustrative),
        [" · ".join(under), *([view_links(query, FOLLOWED)] if gives else [])],
        controls_row(controls),
        [html.H2(found.definition.name), *_body(found)],
    )


def _body(found: Following) -> list[Component]:
    if not found.rows:
        said = _("There is no unit below {unit} to hand targets down to.").format(unit=found.parent.title)
        return [html.P(said, className="soft")]
    return [*_lacking(found), *_standings(found), _table(found), *_signs(found)]


def _table(found: Following) -> Component:
    nation = found.parent.unit.level is UnitLevel.NATION
    columns = (
        Column(_("Unit")),
        Column(_("Orientation from above") if nation else _("Given from above")),
        Column(_("Set by the province") if nation else _("Set by the unit itself")),
        Column(_("Reached"), "n"),
        Column(_("Verdict")),
    )
    measure = found.definition.measure
    rows = [_row(one, measure) for one in found.rows]
    return rows_table(columns, rows, _("Given, set and reached: {definition}").format(
        definition=found.definition.name
    ), "followed")  # fmt: skip


def _row(one: Followed, measure: Measure) -> list[Content]:
    name = dcc.Link(one.line.title, href=unit_address(one.line.unit.key))
    given = _target(one.given, measure, _("nothing given"))
    own = _target(one.own, measure, _("not set yet"))
    if one.cell is None:
        return [name, given, own, NO_VALUE, ""]
    text = shown(one.cell, measure)
    reached: list[Component | str] = [text.text]
    if text.small:
        reached.append(html.Small(text.small, className="m"))
    return [name, given, own, reached, _verdict(text.verdict, text.word)]


def _target(target: TargetInfo | None, measure: Measure, otherwise: str) -> Content:
    if target is None:
        return html.Span(otherwise, className="slow")
    link = dcc.Link(target_text(target, measure), href=target_address(target.key))
    return [link, html.Small(cited(target.document), className="m")]


def _verdict(code: str, word: str) -> Content:
    if not code:
        return word
    verdict = Verdict(code)
    sign = html.Span(verdict_glyph(verdict), className=f"v {VERDICT_CLASSES[verdict]}")
    return [sign, verdict_word(verdict)]


def _standings(found: Following) -> list[Component]:
    """How many units stand how, and the way to the table in which they can be sorted by their results."""
    if found.period is None:
        return []
    texts = [shown(one.cell, found.definition.measure) for one in found.rows if one.cell is not None]
    counts = Counter((text.verdict, text.word) for text in texts if text.verdict or text.word)
    order = {verdict.value: place for place, verdict in enumerate(Verdict)}
    parts: list[Component | str] = []
    for (code, word), count in sorted(counts.items(), key=lambda one: (order.get(one[0][0], len(order)), one[0])):
        said = _verdict(code, word)
        parts.append(html.Span([*(said if isinstance(said, list) else [said]), f": {format_number(count)}"]))
    asked = {
        "period": found.period.code,
        "within": found.parent.unit.key,
        "level": found.rows[0].line.unit.level.value.lower(),
        "definitions": found.definition.key,
        # A year's results stand on the boundaries of its last day, those of the year so far on today's.
        **({} if found.period.code == str(found.year) else {"boundaries": "today"}),
    }
    sort = dcc.Link(_("Sort and compare these units"), href=f"/compare?{urlencode(asked)}")
    return [html.P([*parts, sort], className="standings")]


def _signs(found: Following) -> list[Component]:
    """What the small numbers beside the results are."""
    if found.period is None:
        return []
    said = [
        _("Small numbers beside a result: distance to the target, 95% interval where chance moves the value."),
        _("goal 2030: the distance to the national goal of that year, which judges nothing yet"),
    ]
    return [html.P(one, className="hint") for one in said]


def _lacking(found: Following) -> list[Component]:
    """Who was given nothing and who has set nothing, by name where they are few."""
    said: list[str] = []
    for lines, sentence in (
        (found.ungiven, _("Given nothing yet: {count}")),
        (found.unset, _("Have set nothing themselves yet: {count}")),
    ):
        if lines:
            names = ", ".join(line.title for line in lines) if len(lines) <= MOST_NAMED else ""
            count = sentence.format(count=format_number(len(lines)))
            said.append(f"{count} ({names})." if names else f"{count}.")
    return [html.P(" ".join(said))] if said else []
