"""The first two steps of a change: what kind, from when, by which document; then which units and what they become."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import UnitKind, UnitLevel
from data.units.changes.deeds import Deed
from data.units.changes.draft import MOST_PARTS, OPENS, SEVERAL, Draft, Part
from data.wording import _
from data.wording.units import capitalised, kind_name, level_name
from layouts import shell
from layouts.changes import fields


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit or a document to choose: its key, and what it is called; `about` tells it from its namesakes."""

    key: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the second step offers: units chosen and found by name or code, parents, and kinds of the units' level."""

    chosen: tuple[Choice, ...]
    words: str
    found: tuple[Choice, ...]
    more: int
    parents: tuple[Choice, ...]
    kinds: tuple[UnitKind, ...]
    has_children: bool


_FIRST = frozenset({"deed", "on", "document", "number", "issued", "title"})


def first_step(draft: Draft, documents: Sequence[Choice]) -> Component:
    """What kind of change it is, its first day, and the document that orders it."""
    rest = {name: value for name, value in draft.to_args().items() if name not in _FIRST}
    deeds = [(deed.value, _(name)) for deed, name in fields.DEEDS.items()]
    known = [("", _("another document, written below")), *((one.key, one.name) for one in documents)]
    day = "01/10/2026"
    return html.Form(
        [
            html.H2(_("A new change")),
            fields.select("deed", _("What happens"), deeds, draft.deed.value),
            fields.text("on", _("In force from"), draft.on, day, 10),
            fields.select("document", _("By which document"), known, draft.document),
            html.Div(
                [
                    fields.text("number", _("Number of the document"), draft.number, longest=60),
                    fields.text("issued", _("Date of the document"), draft.issued, day, 10),
                    fields.text("title", _("What it is about"), draft.title),
                ],
                className="several",
            ),
            *fields.hidden(rest),
            fields.button(_("Go on to the units"), "step", "units", main=True),
        ],
        action=fields.ADDRESS,
        method="GET",
        className="change-form",
    )


def units_page(
    draft: Draft, choices: Choices, said: Sequence[Component | str], sentences: Sequence[str], illustrative: bool
) -> Component:
    """The second step. `said` is the first step in words; `sentences` say why the draft cannot be shown yet."""
    first = {name: value for name, value in draft.to_args().items() if name in _FIRST}
    parts = _parts(draft, choices)
    form = html.Form(
        [
            *fields.hidden({**first, "step": "units"}),
            *_units(draft, choices),
            *parts,
            fields.button(_("See what it does"), "step", "preview", main=True),
        ],
        action=fields.ADDRESS,
        method="GET",
        className="change-form",
    )
    heading = shell.title(_("Change units: which units"), illustrative)
    notice = [fields.reasons(sentences)] if sentences else []
    back = dcc.Link(_("Change this"), href=fields.address(**draft.to_args()))
    return shell.page(heading, [*said, " · ", back], content=[*notice, form])


def _units(draft: Draft, choices: Choices) -> list[Component]:
    if draft.deed is Deed.OPEN:
        return []
    several = draft.deed in SEVERAL
    legend = _("The units") if several else _("The unit")
    find = html.Div(
        [fields.text("q", _("Name or code"), choices.words, longest=60), fields.button(_("Search"), "step", "units")],
        className="several",
    )
    kept = fields.hidden({f"u{place}": one.key for place, one in enumerate(choices.chosen, start=1)})
    listed = [_row(one, fields.button(_("Remove"), "drop", one.key, about=one.name)) for one in choices.chosen]
    found = [_row(one, fields.button(_("Add"), "add", one.key, about=one.name)) for one in choices.found]
    lines: list[Component] = [html.Legend(legend), *kept, find]
    if found:
        lines += [html.H2(_("Found")), html.Ul(found, className="plain-list units-found")]
    if choices.more:
        lines.append(html.P(_("{count} more: write more of the name.").format(count=choices.more), className="soft"))
    if choices.words and not found:
        lines.append(html.P(_("No unit that stands on that day has such a name or code."), className="soft"))
    lines.append(html.H2(_("Chosen")))
    lines.append(html.Ul(listed, className="plain-list units-chosen") if listed else _none(several))
    return [html.Fieldset(lines)]


def _none(several: bool) -> Component:
    said = _("None yet: search for at least two units and add them.") if several else _("None yet: search and add it.")
    return html.P(said, className="soft")


def _row(one: Choice, button: Component) -> Component:
    return html.Li([html.Span([html.B(one.name), " ", html.Small(one.about, className="soft")]), button])


def _parts(draft: Draft, choices: Choices) -> list[Component]:
    """What the units become: fields by kind of change."""
    count = MOST_PARTS if draft.deed is Deed.SPLIT else 1
    filled = [*draft.parts, *[Part()] * MOST_PARTS][:count]
    lines: list[Component] = []
    for place, part in enumerate(filled, start=1):
        wanted = _fields_of(draft.deed, place, part, choices)
        if wanted:
            legend = _("Unit {number} that opens").format(number=place) if count > 1 else _what(draft.deed)
            lines.append(html.Fieldset([html.Legend(legend), html.Div(wanted, className="several")]))
    more: list[Component] = []
    if draft.deed is Deed.OPEN:
        levels = [(one.value, level_name(one)) for one in (UnitLevel.COMMUNE, UnitLevel.DISTRICT, UnitLevel.PROVINCE)]
        more.append(fields.select("level", _("Level"), levels, draft.level or UnitLevel.COMMUNE.value))
    if draft.deed is Deed.SPLIT:
        bases = [(one.value, capitalised(_(name))) for one, name in fields.BASES.items()]
        more.append(fields.select("basis", _("The shares rest on"), bases, draft.basis or bases[0][0]))
    if choices.parents and draft.deed in {*OPENS, Deed.MOVE, Deed.CLOSE}:
        usual = "" if draft.deed in {Deed.MOVE, Deed.OPEN} else _("as the first unit chosen")
        parents = [("", usual or _("choose")), *((one.key, one.name) for one in choices.parents)]
        label = _("Its area goes to") if draft.deed is Deed.CLOSE else _("Stands under")
        more.append(fields.select("parent", label, parents, draft.parent))
    return [*lines, *([html.Div(more, className="several")] if more else [])]


def _what(deed: Deed) -> str:
    return _("The unit that opens") if deed in OPENS else _("What it becomes")


def _fields_of(deed: Deed, place: int, part: Part, choices: Choices) -> list[Component]:
    name = fields.text(f"name{place}", _("Name, without its kind"), part.name)
    kinds = [(one.value, capitalised(kind_name(one))) for one in choices.kinds]
    kind = fields.select(f"kind{place}", _("Kind"), kinds, part.kind or (kinds[0][0] if kinds else ""))
    code = fields.text(f"code{place}", _("Code"), part.code, longest=5)
    share = fields.text(f"share{place}", _("Its share"), part.share, "1/3 · 0,4 · 40%", 20)
    below = fields.text(f"below{place}", _("Codes of the units below that go to it"), part.below, longest=2000)
    wanted = {
        Deed.MERGE: [name, kind, code],
        Deed.OPEN: [name, kind, code],
        Deed.SPLIT: [name, kind, code, share, *([below] if choices.has_children else [])],
        Deed.RENAME: [name],
        Deed.KIND: [kind, fields.text(f"name{place}", _("Name, where it is another too"), part.name)],
        Deed.CODE: [code],
    }
    return wanted.get(deed, [])
