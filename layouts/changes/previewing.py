"""What a change of units does, before it is done; and what was done."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date, format_number
from data.units.changes.apply import Applied
from data.units.changes.names import title_on
from data.units.changes.preview import Preview
from data.wording import _
from data.wording.periods import period_name
from data.wording.units import level_name, role_name, status_name
from layouts import shell
from layouts.changes import fields
from layouts.ids.change import ChangeId

_MOST = 20


def preview_page(
    preview: Preview,
    on: date,
    said: Sequence[Component | str],
    back: str,
    store: Any,
    illustrative: bool,
    *,
    undo: bool = False,
) -> Component:
    """Everything that rests on the units, as it will be; then the button. `store` is what the button sends."""
    heading = _("Take a change back: what it does") if undo else _("Change units: what it does")
    label = _("Take the change back") if undo else _("Make the change")
    button = html.Button(label, id=ChangeId.UNDO if undo else ChangeId.APPLY, type="button", className="btn main wide")
    other = dcc.Link(_("Go back and change something"), href=back)
    decide = [html.H2(_("Confirm")), html.P(_("All of it is done together, or nothing.")), button, html.P(other)]
    column = html.Aside([html.Div(decide, id=ChangeId.DECIDE), dcc.Store(id=ChangeId.DRAFT, data=store)],
                        className="side")  # fmt: skip
    content = html.Div([html.Div(effects(preview, on), className="change-effects"), column], className="two")
    return shell.page(shell.title(heading, illustrative), list(said), content=[html.Div(id=ChangeId.OUTCOME), content])


def effects(preview: Preview, on: date) -> list[Component]:
    """One section for each thing that the change touches; what it does not touch is said in one line."""
    if not (preview.opened or preview.closed or preview.restated):
        return []
    sections = [
        _units(preview, on),
        _section(_("Units by level"), _levels(preview)),
        _section(_("Reports not approved yet"), _reports(preview, on)),
        _section(_("Reports that become due"), _due(preview, on)),
        _section(_("Accounts"), _people(preview, on)),
        _section(_("Targets"), _targets(preview, on)),
        _section(_("Groups"), [f"{title_on(one.unit, on)} · {one.group}" for one in preview.groups],
                 _("Put the successors into these groups where they belong to them:")),
        _section(_("Other areas that change"), [title_on(unit, on) for unit in preview.redrawn],
                 _("These keep their keys, but their totals before and after are not of one area:")),
    ]  # fmt: skip
    return [one for one in sections if one is not None] + _untouched(preview)


def _units(preview: Preview, on: date) -> Component | None:
    closes, opens = _("{unit} closes; its last day is {day}"), _("{unit} opens with the key {key}")
    closing = [
        closes.format(unit=title_on(unit, on), day=format_date(unit.closed_on or on)) for unit in preview.closed
    ]
    opening = [opens.format(unit=title_on(unit, on), key=unit.key) for unit in preview.opened]
    return _section(_("Units"), [*closing, *opening, *_restated(preview, on)])


def _restated(preview: Preview, on: date) -> Iterable[str]:
    units = preview.tree.units
    for unit in preview.restated:
        now = unit.states[-1]
        parent = units[now.parent_id or preview.tree.nation_id]
        before = unit.states[-2] if len(unit.states) > 1 else now
        old, new, above = title_on(unit, before.from_on), title_on(unit, on), title_on(parent, on)
        sentence = _("{before} → {after}, code {code}, under {parent}")
        yield sentence.format(before=old, after=new, code=now.code or "–", parent=above)


def _levels(preview: Preview) -> list[str]:
    return [
        _("{level}: {before} before, {after} after").format(
            level=level_name(level), before=format_number(before), after=format_number(after)
        )
        for level, before, after in preview.levels
        if before or after
    ]


def _reports(preview: Preview, on: date) -> list[str]:
    lines = []
    for one in preview.open_reports:
        report = f"{title_on(one.unit, on)} · {one.form.name} · {period_name(one.period)} · {status_name(one.status)}"
        to = title_on(one.goes_to, on) if one.goes_to else _("nobody")
        lines.append(_("{report}: goes on at {unit}").format(report=report, unit=to))
    return lines


def _due(preview: Preview, on: date) -> list[str]:
    lines = []
    for one in preview.due:
        when = format_date(one.due_on) if one.due_on else _("no day printed")
        report = f"{one.form.name} · {period_name(one.period)} · {when}"
        if one.old_area:
            sentence = _("{reporter} reports for the old area of {unit}: {report}")
            reporter, unit = title_on(one.reporter, on), title_on(one.unit, on)
            lines.append(sentence.format(reporter=reporter, unit=unit, report=report))
        else:
            lines.append(f"{title_on(one.reporter, on)}: {report}")
    return lines


def _people(preview: Preview, on: date) -> list[str]:
    lines = []
    for one in preview.people:
        who = f"{one.name} ({one.username}) · {role_name(one.role)} · {title_on(one.unit, on)}"
        if one.successor:
            to = title_on(one.successor, on)
            lines.append(_("{who}: the same role is proposed at {unit}").format(who=who, unit=to))
        else:
            lines.append(_("{who}: reads what it was").format(who=who))
    return lines


def _targets(preview: Preview, on: date) -> list[str]:
    history = _("{unit}: {count} targets stay as history")
    lines = [history.format(unit=title_on(one.unit, on), count=format_number(one.count)) for one in preview.targets]
    none = _("{unit} has no target yet")
    return [*lines, *(none.format(unit=title_on(unit, on)) for unit in preview.without_targets)]


def _section(name: str, lines: Sequence[str], before: str = "") -> Component | None:
    if not lines:
        return None
    shown = [html.Li(line) for line in lines[:_MOST]]
    if len(lines) > _MOST:
        shown.append(html.Li(_("and {count} more").format(count=format_number(len(lines) - _MOST)), className="soft"))
    said = [html.P(before)] if before else []
    return html.Section([html.H2(name), *said, html.Ul(shown)])


def _untouched(preview: Preview) -> list[Component]:
    names = {
        _("open reports"): preview.open_reports, _("accounts"): preview.people, _("targets"): preview.targets,
        _("groups"): preview.groups,
    }  # fmt: skip
    nothing = ", ".join(name for name, found in names.items() if not found)
    return [html.P(_("Nothing changes for: {names}.").format(names=nothing), className="soft")] if nothing else []


def done(applied: Applied, *, undone: bool) -> Component:
    """What was done, and what is to be done now."""
    said = _("The change is taken back.") if undone else _("The change is made.")
    people = _("Administrators now decide which roles go on at the successors.")
    lines = [html.P(html.Strong(said))]
    if applied.closed and not undone:
        lines.append(html.P([people, " ", dcc.Link(_("Roles to follow"), href="/proposals")]))
    return html.Div(lines, className="form-notice stands", role="status")


def way_on() -> Component:
    """What stands in place of the button once it is done."""
    return html.P(dcc.Link(_("To all changes"), href=fields.ADDRESS))
