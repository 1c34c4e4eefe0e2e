"""What the forms of published values are made of: the fields that say a value, and how they are filled in."""

from collections.abc import Iterable, Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import Confidence, Standing
from data.published.bases import Basis
from data.published.checking import MOST_NOTE, MOST_SOURCE
from data.wording import _
from data.wording.judging import standing_name
from data.wording.published import boundaries_name
from data.wording.targets import confidence_word
from data.wording.units import capitalised
from layouts.ids.published import PublishedId

# What stands in a list before anything was chosen: the browser takes an empty value for none of its own.
NOTHING = "-"
Choices = Iterable[tuple[str, str]]


def select(field: PublishedId, label: str, choices: Choices, value: str = "") -> list[Component]:
    """A list to choose from, with nothing chosen at first."""
    options = [{"value": NOTHING, "label": _("choose")}, *({"value": key, "label": text} for key, text in choices)]
    return [html.Label(label, htmlFor=field), dbc.Select(id=field, options=options, value=value or NOTHING)]


def text(
    field: PublishedId, label: str, value: str = "", longest: int = MOST_SOURCE, placeholder: str = ""
) -> list[Component]:
    """A line of text."""
    box = dcc.Input(
        id=field, type="text", value=value, maxLength=longest, placeholder=placeholder, autoComplete="off"
    )
    return [html.Label(label, htmlFor=field), box]


def standing(field: PublishedId, chosen: Standing | None = None) -> list[Component]:
    """Whether the value is preliminary or final."""
    words = [(one.value, capitalised(standing_name(one.value))) for one in (Standing.PRELIMINARY, Standing.FINAL)]
    return select(field, _("Standing"), words, chosen.value if chosen else "")


def basis(field: PublishedId, offered: Sequence[Basis], chosen: str = "") -> list[Component]:
    """On which boundaries it was published."""
    words = [(one.value, capitalised(boundaries_name(one.value))) for one in offered]
    return select(field, _("Boundaries"), words, chosen)


def confidence(field: PublishedId, chosen: Confidence | None = None) -> list[Component]:
    """How sure it is."""
    words = [(one.value, capitalised(confidence_word(one.value))) for one in Confidence]
    return select(field, _("Confidence"), words, chosen.value if chosen else "")


def source(field: PublishedId, value: str = "") -> list[Component]:
    """Who published it and where."""
    return text(field, _("Source: who published it, where and when"), value)


def note(field: PublishedId, value: str = "") -> list[Component]:
    """What must be known to read it right."""
    return text(field, _("Note (may stay empty)"), value, MOST_NOTE)


def press(button: PublishedId, label: str, *, main: bool = True) -> Component:
    """What does it."""
    return html.Button(label, id=button, type="button", className="main" if main else None)
