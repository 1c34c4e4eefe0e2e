"""What stands behind a number: its parts, who counted and approved them, what it is held against, earlier years."""

from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import CONVERTED, gap_text, shown
from data.comparisons.evidence_model import Evidence, Ingredient, MissingChild, Side
from data.comparisons.headings import part_of_rate_sentence
from data.comparisons.model import Amount, Cell, Source
from data.comparisons.published import PublishedValue
from data.judging import Reason
from data.measures import Measure
from data.numbers import format_date, format_exact, format_moment, format_number
from data.periods import BadPeriod, Period
from data.wording import N_, _
from data.wording.judging import interval_text, standing_name
from data.wording.measures import NO_VALUE, measured
from data.wording.periods import period_name, period_short
from data.wording.published import boundaries_name
from data.wording.targets import confidence_name
from data.wording.units import basis_name, capitalised
from layouts.comparison.cited import cited_targets
from layouts.components.addresses import paths_address
from layouts.components.aria import aria
from layouts.components.facts import Fact, facts

_SOURCES = {
    Source.OWN: N_("the unit's own approved report"),
    Source.CHILDREN: N_("sum of the units directly below"),
    Source.PARTS: N_("put together from shorter periods"),
    Source.LINEAGE: N_("brought to these boundaries from the units of that time"),
    Source.PROVINCES: N_("sum of the provinces"),
    Source.PUBLISHED: N_("published"),
}
_MOST_NAMED = 12


def evidence(found: Evidence, attachable: Set[str]) -> list[Component]:
    """The panel's content. `attachable` holds the keys of the documents that the reader may attach a text to."""
    parts = [
        _head(found),
        _number(found),
        _counting(found),
        *_ingredients(found),
        *cited_targets(found.targets, found.definition.measure, attachable),
        *_way(found),
        *_years(found),
        *_published(found),
        html.P([html.B(f"{_('Computed')}: "), found.definition.formula], className="soft"),
    ]
    return [part for part in parts if part is not None]


def _head(found: Evidence) -> Component:
    close = html.Button("×", type="button", className="plain close-evidence", **aria(label=_("Close")))
    return html.Div([html.H2(f"{found.title} · {found.definition.short}"), close], className="head")


def _number(found: Evidence) -> Component:
    cell, measure = found.cell, found.definition.measure
    text, _small, _verdict, _word, _why = shown(cell, measure)
    value = measured(cell.value, measure) if cell.value is not None else text
    rows: list[Fact] = [(period_name(found.period), html.B(value))]
    if cell.standing is not None:
        rows.append((_("Standing"), standing_name(cell.standing.value)))
    if cell.absence is not None:
        rows.append((_("Why"), gap_text(cell.absence, measure)))
    rows += [(label, amount) for label, amount in _sides(found)]
    if cell.low is not None:
        rows.append((_("95% interval"), interval_text(cell.low, cell.high, measure)))
    if cell.to_date is not None:
        rows.append((_("Since 1 January"), measured(cell.to_date, measure)))
    before = _year_before(found)
    if before is not None:
        rows.append((_("Same period of {year}").format(year=found.period.year - 1), before))
    part = part_of_rate_sentence(found.definition, found.period) if cell.value is not None else None
    return html.Div([facts(rows), html.P(part, className="soft")]) if part else facts(rows)


def _sides(found: Evidence) -> Iterator[tuple[str, str]]:
    """Both parts of the value by the names of what they add up."""
    if found.cell.numerator is None or not found.definition.is_ratio:
        return
    for side in filter(None, (found.numerator, found.denominator)):
        yield _side_name(side), _amount(side.amount)


def _side_name(side: Side) -> str:
    """`Trẻ em trai + Trẻ em gái − Người chết`."""
    signed = [("−" if term.sign < 0 else "+", term.element.name) for term in side.terms]
    text = " ".join(part for pair in signed for part in pair)
    return text.removeprefix("+ ")


def _amount(amount: Amount | None) -> str:
    """A count; one that a split unit's share has made a fraction is rounded for reading, and says so."""
    if amount is None:
        return NO_VALUE
    rounded = format_number(amount, 0)
    return rounded if amount == int(amount) else _("about {number}").format(number=rounded)


def _counting(found: Evidence) -> Component | None:
    """Who counted, how completely, who approved and when."""
    cell = found.cell
    rows: list[Fact] = []
    if cell.source is not None:
        rows.append((_("Comes from"), _(_SOURCES[cell.source])))
    if cell.converted:
        rows.append((capitalised(_("converted figure")), _(CONVERTED)))
    if cell.expected > 1 or cell.counted < cell.expected:
        rows.append((_("Units counted"), f"{cell.counted}/{cell.expected}"))
    if found.missing:
        rows.append((_("Missing"), _named(found.missing)))
    if len(found.ingredients) == 1:
        rows += _approval(found.ingredients[0])
    rows.append((_("Boundaries"), format_date(found.boundaries)))
    return facts(rows)


def _named(missing: Sequence[MissingChild]) -> str:
    """The names of those that are not complete, and how far they are where there is something below them."""
    names = [f"{one.name} ({one.counted}/{one.expected})" if one.expected > 1 else one.name for one in missing]
    listed = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return _("{names} and {count} more").format(names=listed, count=more) if more > 0 else listed


def _approval(one: Ingredient) -> list[Fact]:
    rows: list[Fact] = [(_("Approved by"), one.approver)] if one.approver else []
    return [*rows, (_("Approved at"), format_moment(one.approved_at))] if one.approved_at else rows


def _ingredients(found: Evidence) -> list[Component]:
    """The approved figures that were added up, each with its share, its numbers and its approval."""
    if len(found.ingredients) < 2 and not found.cell.converted:
        return []
    heads = [_("Unit"), _("Period"), _("Numbers"), _("Approved")]
    rows = [
        html.Tr(
            [
                html.Td(_unit_and_share(one)),
                html.Td(period_short(one.period)),
                html.Td(_both(one), className="n"),
                html.Td(_when(one)),
            ]
        )
        for one in found.ingredients
    ]
    table = html.Table([html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)])
    summary = _("Added up from approved figures: {count}").format(count=len(rows))
    # The shares of a converted figure are what its reader must see first.
    opened = found.cell.converted
    return [html.Details([html.Summary(summary), html.Div(table, className="wide")], className="more", open=opened)]


def _unit_and_share(one: Ingredient) -> str:
    if one.share == Fraction(1):
        return one.unit
    said = _("{unit}, share {share}").format(unit=one.unit, share=_share(one.share))
    return " ".join((said, *(basis_name(basis.value) for basis in one.bases)))


def _share(share: Fraction) -> str:
    return measured(float(share * 100), Measure.PERCENT) if share < 1 else format_exact(share)


def _both(one: Ingredient) -> str:
    if one.denominator is None:
        return _amount(one.numerator)
    return f"{_amount(one.numerator)} / {_amount(one.denominator)}"


def _when(one: Ingredient) -> str:
    moment = format_date(one.approved_at) if one.approved_at else ""
    return ", ".join(filter(None, (one.approver, moment)))


def _year_before(found: Evidence) -> str | None:
    """The same window one year before, on the same boundaries."""
    for period, cell in found.series:
        if period.year == found.period.year - 1:
            return _series_text(cell, found.definition.measure)
    return None


def _series_text(cell: Cell, measure: Measure) -> str:
    text, _small, _verdict, _word, _why = shown(cell, measure)
    if cell.low is None:
        return text
    return f"{text} ({interval_text(cell.low, cell.high, measure)})"


def _way(found: Evidence) -> list[Component]:
    """Where the way to a goal of a later year is drawn, where one is among the targets."""
    marks = (one.judgement for one in found.targets if one.judgement is not None)
    if not any(one.reason is Reason.LATER_YEAR for one in marks):
        return []
    address = paths_address(found.unit.key, found.definition.key)
    return [html.P(dcc.Link(_("The way to goals of later years →"), href=address))]


def _years(found: Evidence) -> list[Component]:
    """The same window of earlier years, where any has a value."""
    earlier = [(period, cell) for period, cell in found.series if period != found.period and cell.value is not None]
    if not earlier:
        return []
    rows: list[Fact] = [(period_name(period), _series_text(cell, found.definition.measure)) for period, cell in earlier]
    return [html.H3(_("Same boundaries, earlier years")), facts(rows)]


def _published(found: Evidence) -> list[Component]:
    """What the statistics office or the press published for the unit and for its region."""
    measure = found.definition.measure
    rows = [*_published_rows(found.published, measure, "")]
    for group in found.groups:
        rows += _published_rows((group.value,), measure, group.group)
    return [html.H3(_("Published")), html.Ul(rows, className="sources")] if rows else []


def _published_rows(values: Iterable[PublishedValue], measure: Measure, group: str) -> Iterator[Component]:
    for one in values:
        # Sources and notes are kept in the language in which they were written.
        said: list[Component | str] = [
            *([_("preliminary")] if one.preliminary else []),
            boundaries_name(one.basis),
            html.Span(one.source, lang="vi"),
            *([confidence_name(one.confidence.value)] if one.confidence else []),
            *([html.Span(one.note, lang="vi")] if one.note else []),
        ]
        small = [part for one_part in said for part in (" · ", one_part)][1:]
        first = ": ".join(filter(None, (group, _published_period(one.period))))
        value = html.B(measured(one.value, measure))
        yield html.Li([f"{capitalised(first)}: ", value, " ", html.Small(small)])


def _published_period(code: str) -> str:
    try:
        return period_name(Period.parse(code))
    except BadPeriod:
        return code
