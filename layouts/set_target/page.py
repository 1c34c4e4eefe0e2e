"""The form on which a target is entered, corrected or adjusted, and beside it what it will say and do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.kinds import Horizon, PlanKind
from data.targets.checking import MOST_CLAUSE, MOST_PRINTED
from data.targets.considering import NEW, Paper
from data.targets.documents_entered import MOST_NUMBER, MOST_TITLE
from data.targets.drafts import TargetField
from data.targets.foretelling import Foretold
from data.targets.typed import Base, Typed
from data.wording import N_, _
from data.wording.targets import plan_kind_name
from data.wording.units import capitalised
from layouts import shell
from layouts.components.addresses import set_target_address, target_address
from layouts.components.aria import aria
from layouts.components.facts import Fact, facts
from layouts.ids.set_target import SetId
from layouts.set_target import fields
from layouts.set_target.fields import Options
from layouts.set_target.shape import low_name, readings, shape_of, sizes, ways

_KINDS = (PlanKind.ASSIGNED, PlanKind.ADJUSTED, PlanKind.STRIVEN, PlanKind.ORIENTATION, PlanKind.UNKNOWN)
_HORIZONS = {Horizon.YEARLY: N_("plan of one year"), Horizon.MULTI_YEAR: N_("plan of several years")}


@dataclass(frozen=True, slots=True)
class Form:
    """What the form offers, and what stands in it. `about` names the target that is corrected or adjusted, by facts;
    unit, indicator and year are then not for the form to change.
    """

    typed: Typed
    paper: Paper
    indicator: str
    units: Options
    documents: Options
    issuers: Options
    indicators: Options
    definitions: Sequence[Definition]
    definition: Definition | None
    illustrative: bool
    mode: Mapping[str, str]
    about: Sequence[Fact] = ()


def form_page(form: Form, live: Sequence[Component]) -> Component:
    """The page; `live` is what is said of the form as it stands."""
    beside = html.Aside(
        [html.H2(_("How it will be read")), html.Div(list(live), id=SetId.LIVE, **aria(live="polite"))],
        className="side keep",
    )
    content = html.Div([html.Div(_body(form), className="sheet keep set-form"), beside], className="two set-target")
    return shell.page(
        shell.title(_title(form.mode), form.illustrative),
        _under(form.mode),
        content=[
            dcc.Location(id=SetId.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=SetId.MODE, data=dict(form.mode)),
            content,
        ],
    )


def live_of(foretold: Foretold | None) -> list[Component]:
    """What the number will say and do, and what it meets."""
    if foretold is None:
        said = _("Once unit, indicator, year and number are there, it says here how the number is read and judged.")
        return [html.P(said, className="soft")]
    parts: list[Component] = [html.P([_("It will be read as:"), " ", html.B(foretold.reads)], className="reads")]
    parts += [html.P(sentence) for sentence in foretold.follows]
    if foretold.warnings:
        parts.append(html.H3(_("What it meets")))
        parts.append(html.Ul([html.Li(one) for one in foretold.warnings], className="sources warnings"))
        parts.append(html.P(_("This does not hinder you from saving it."), className="soft"))
    return parts


def outrun(sentence: str, key: str) -> list[Component]:
    """What is said of the form once the target of that key can no longer be changed: somebody was faster."""
    history = dcc.Link(_("What has become of this target"), href=target_address(key))
    return [html.P([sentence, " ", history], className="problem")]


def definition_options(definitions: Sequence[Definition]) -> list[dict[str, object]]:
    """The definitions of an indicator with their formula and what they are a share of, so that nobody guesses."""
    return [{"value": one.key, "label": _definition(one)} for one in definitions]


def _definition(one: Definition) -> Component:
    lines = [html.B(one.name), html.Small(one.formula)]
    if one.denominator_words:
        lines.append(html.Small(_("of: {denominator}").format(denominator=one.denominator_words)))
    return html.Span(lines, className="definition")


def _title(mode: Mapping[str, str]) -> str:
    if "correct" in mode:
        return _("Correct a target")
    return _("Adjust a target") if "adjust" in mode else _("Enter a target")


def _under(mode: Mapping[str, str]) -> str:
    if "correct" in mode:
        return _("What was entered wrongly stays to be read; what you type here counts in its place.")
    if "adjust" in mode:
        return _("A later document takes over from its day; what it adjusts stays to be read.")
    return _("One number of one document, for one unit, indicator and year.")


def _body(form: Form) -> list[Component]:
    correcting = "correct" in form.mode
    reason = fields.text(SetId.REASON, _("Why it is corrected"), "", TargetField.REASON, longest=400)
    return [
        *_what(form),
        *_document(form),
        *_number(form),
        html.H2(_("As the document prints it")),
        html.Div(
            [
                fields.text(SetId.CLAUSE, _("Clause (may stay empty)"), form.typed.clause, TargetField.CLAUSE,
                            longest=MOST_CLAUSE, hint="II.1"),
                fields.text(SetId.PRINTED, _("The number or words as printed"), form.typed.printed,
                            TargetField.PRINTED, longest=MOST_PRINTED),
            ],
            className="set-row",
        ),
        html.Div(reason, hidden=not correcting),
        html.Div(
            [
                html.Button(_save(form.mode), id=SetId.SAVE, type="button", className="main"),
                *_other_way(form.mode),
            ],
            className="set-deeds",
        ),
    ]  # fmt: skip


def _save(mode: Mapping[str, str]) -> str:
    if "correct" in mode:
        return _("Save the correction")
    return _("Save the adjustment") if "adjust" in mode else _("Save the target")


def _other_way(mode: Mapping[str, str]) -> list[Component]:
    if "correct" not in mode:
        return []
    return [
        dcc.Link(_("Adjust by a new document"), href=set_target_address(adjust=mode["correct"]), className="button")
    ]


def _what(form: Form) -> list[Component]:
    """Of whom, of what and for which year; facts where the target is there already."""
    typed, fixed = form.typed, bool(form.about)
    unit = fields.select(SetId.UNIT, _("Unit"), form.units, typed.unit, TargetField.UNIT)
    indicator = fields.select(SetId.INDICATOR, _("Indicator"), form.indicators, form.indicator, None)
    definition = fields.radios(
        SetId.DEFINITION,
        _("Which definition: what is counted, and of whom"),
        definition_options(form.definitions),
        typed.definition,
        TargetField.DEFINITION,
    )
    year = fields.text(SetId.YEAR, _("Year in which it is to be reached"), typed.year, TargetField.YEAR, longest=4)
    return [
        *([facts(form.about)] if fixed else []),
        html.Div([html.Div([unit, year], className="set-row"), indicator, definition], hidden=fixed),
    ]


def _document(form: Form) -> list[Component]:
    paper = form.paper
    documents = [*form.documents, (NEW, _("another document, written below"))]
    kinds = [(kind.value, capitalised(plan_kind_name(kind.value))) for kind in _KINDS]
    horizons = fields.listed([(one.value, _(name)) for one, name in _HORIZONS.items()])
    typed_below = [
        html.Div(
            [
                fields.text(SetId.NUMBER, _("Number of the document"), paper.number, TargetField.NUMBER,
                            longest=MOST_NUMBER, hint="1663/QĐ-UBND"),
                fields.text(SetId.ISSUED, _("Date of the document"), paper.issued, TargetField.ISSUED, longest=10,
                            hint=_("day/month/year")),
            ],
            className="set-row",
        ),
        fields.text(SetId.SUBJECT, _("What it is about"), paper.subject, TargetField.SUBJECT, longest=MOST_TITLE),
        html.Div(
            fields.select(SetId.ISSUER, _("Issued by"), form.issuers, paper.issuer, None),
            hidden=len(form.issuers) < 2,
        ),
    ]  # fmt: skip
    return [
        html.H2(_("The document that sets it")),
        fields.select(SetId.DOCUMENT, _("Document"), documents, paper.key, TargetField.DOCUMENT),
        fields.group("paper", typed_below, shown=paper.key == NEW),
        html.Div(
            [
                fields.select(SetId.KIND, _("Kind of plan"), kinds, form.typed.kind, TargetField.PLAN_KIND),
                fields.radios(SetId.HORIZON, _("How long the plan runs"), horizons, form.typed.horizon, None),
            ],
            className="set-row",
        ),
    ]


def _number(form: Form) -> list[Component]:
    typed, shape = form.typed, shape_of(form.typed, form.paper)
    low = fields.text(SetId.LOW, low_name(typed, form.definition), typed.low, TargetField.LOW, longest=40)
    high = fields.text(SetId.HIGH, _("To the number"), typed.high, TargetField.HIGH, longest=40)
    way = fields.listed(ways(typed.reading))
    size = fields.listed(sizes(form.definition))
    base = fields.listed([(Base.YEAR, _("against the year")), (Base.NONE, _("the document names no base year"))])
    base_year = fields.text(SetId.BASE_YEAR, _("Base year"), typed.base_year, None, longest=4)
    base_value = fields.text(
        SetId.BASE_VALUE,
        _("Its value, if the document prints it"),
        typed.base_value,
        TargetField.BASE_VALUE,
        longest=40,
    )
    return [
        html.H2(_("The number")),
        fields.select(SetId.READING, _("How it is to be read"), readings(), typed.reading, TargetField.OPERATOR),
        fields.group(
            "way", [fields.radios(SetId.WAY, _("Which way"), way, typed.way, TargetField.DIRECTION)], shown=shape["way"]
        ),
        html.Div(
            [
                fields.group("numbers", [low], shown=shape["numbers"]),
                fields.group("high", [high], shown=shape["high"]),
            ],
            className="set-row",
        ),
        fields.group(
            "size",
            [fields.radios(SetId.SIZE, _("Points or percent?"), size, typed.size, TargetField.SIZE)],
            shown=shape["size"],
        ),
        fields.group(
            "base",
            [fields.radios(SetId.BASE, _("Against what"), base, typed.base, TargetField.BASE_YEAR)],
            shown=shape["base"],
        ),
        fields.group("base_year", [html.Div([base_year, base_value], className="set-row")], shown=shape["base_year"]),
    ]
