"""What the form is made of: a field with its name above it and what is wrong with it below, and groups that hide."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.targets.drafts import TargetField
from data.wording import _
from layouts.components.aria import aria
from layouts.ids.set_target import SetId

Options = Sequence[tuple[str, str]]
# A list shows nothing for an empty value; no key has a space.
NONE_CHOSEN = "none chosen"


def group_id(name: str) -> str:
    """The id of a group of fields."""
    return f"{SetId.GROUP}-{name}"


def problem_id(field: TargetField) -> str:
    """The id of what is said about a field."""
    return f"{SetId.PROBLEM}-{field.value.lower()}"


def listed(options: Options) -> list[dict[str, object]]:
    """Choices as components take them."""
    return [{"value": value, "label": label} for value, label in options]


def chosen_from(options: Options) -> list[dict[str, object]]:
    """Choices of a list in which nothing is chosen at first."""
    return listed([(NONE_CHOSEN, _("choose")), *options])


def text(
    field: SetId, label: str, value: str, about: TargetField | None, *, longest: int = 60, hint: str = ""
) -> Component:
    """A line to type in."""
    box = dcc.Input(id=field, type="text", value=value, maxLength=longest, autoComplete="off", placeholder=hint)
    # What the first number is called changes with how it is read.
    name = html.Label(label, htmlFor=field)
    return _field(html.Label(label, htmlFor=field, id=SetId.LOW_NAME) if field is SetId.LOW else name, box, about)


def select(field: SetId, label: str, options: Options, value: str, about: TargetField | None) -> Component:
    """A list to choose one from."""
    box = dbc.Select(id=field, options=chosen_from(options), value=value or NONE_CHOSEN)
    return _field(html.Label(label, htmlFor=field), box, about)


def radios(
    field: SetId, label: str, options: Sequence[dict[str, object]], value: str, about: TargetField | None
) -> Component:
    """A few choices beside each other, none of which is made beforehand unless `value` says so."""
    box = dbc.RadioItems(id=field, options=list(options), value=value or None)
    inside = [html.Legend(label), html.Div(box, className="choices"), *_problem(about)]
    return html.Fieldset(inside, className="set-field")


def group(name: str, parts: Sequence[Component], *, shown: bool) -> Component:
    """Fields that come and go together; what was typed in them stays while they are away."""
    return html.Div(list(parts), id=group_id(name), hidden=not shown)


def _field(label: Component, box: Component, about: TargetField | None) -> Component:
    return html.Div([label, box, *_problem(about)], className="set-field")


def _problem(about: TargetField | None) -> list[Component]:
    if about is None:
        return []
    return [html.Div(id=problem_id(about), className="set-problem", **aria(live="polite"))]
