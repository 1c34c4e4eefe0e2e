"""What surrounds every page: the header with its links, and the frame of a page's own content."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.wording import Language, _, current_language
from layouts.components.aria import aria
from layouts.components.plain import plain
from layouts.ids.shell import ShellId

Content = Component | str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the header. `waiting` is how many things it announces."""

    path: str
    text: str
    current: bool = False
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in: the person, and in one line the unit and the roles."""

    name: str
    place: str
    language: Language


def frame() -> Component:
    """The parts of the page that are always there; holds nothing of anybody."""
    return html.Div(
        [
            dcc.Location(id=ShellId.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ShellId.TITLE),
            html.Header(id=ShellId.HEADER, className="shell-header"),
            html.Main(html.Div(id=ShellId.CONTENT), id="main", tabIndex=-1),
        ]
    )


def header(links: Sequence[Link], beside: Sequence[Link], who: Who) -> list[Any]:
    """Brand, links, who is signed in, language, theme and the way out; then the pages `beside` the present one."""
    return _header(tuple(links), tuple(beside), who, current_language())


@lru_cache(maxsize=256)
def _header(links: tuple[Link, ...], beside: tuple[Link, ...], who: Who, _language: Language) -> list[Any]:
    drawn = [
        dcc.Link(_("Population 21"), href="/", className="brand"),
        html.Nav([_nav_link(link) for link in links], className="shell-nav", **aria(label=_("Pages"))),
        html.Div([html.Div(who.place, className="place"), _doors(who)], className="who"),
    ]
    if beside:
        label = next(link.text for link in links if link.current)
        tabs = [_nav_link(link) for link in beside]
        drawn.append(html.Nav(tabs, className="shell-nav beside", **aria(label=label)))
    return [plain(one) for one in drawn]


def title(text: str, illustrative: bool) -> Component:
    """A page's heading; says so where the results are made up."""
    parts: list[Content] = [text]
    if illustrative:
        parts += [" \u2002", html.Span(_("illustrative data"), className="demo")]
    return html.H1(parts)


def page(
    heading: Component,
    under: Content | Sequence[Content] = None,
    controls: Component | Sequence[Component] | None = None,
    content: Component | Sequence[Component] | None = None,
    actions: Component | Sequence[Component] | None = None,
) -> Component:
    """The shape that every page has.

    `heading` comes from `title`; `under` is the line that says for whom, which period, how fresh; `controls` stand in
    one row with the `actions` at its right end; then the `content`.
    """
    row: list[Component] = []
    if controls is not None or actions is not None:
        at_the_end = [html.Div(className="push"), html.Div(_several(actions), className="actions")] if actions else []
        row = [html.Div([*_several(controls), *at_the_end], className="controls")]
    line = [html.Div(_several(under), className="under")] if under is not None else []
    return html.Div([heading, *line, *row, *_several(content)], className="page")


def _several(parts: Content | Sequence[Content]) -> list[Content]:
    if parts is None:
        return []
    return [parts] if isinstance(parts, Component | str) else list(parts)


def _nav_link(link: Link) -> Component:
    text: list[Content] = [link.text]
    if link.waiting:
        label = _("{count} waiting").format(count=link.waiting)
        text += [" ", html.B(str(link.waiting), title=label), html.Span(f" {label}", className="visually-hidden")]
    # dcc.Link takes no aria attribute: the script of the frame sets aria-current on the one that is "on".
    return dcc.Link(text, href=link.path, className="on" if link.current else "off")


def _doors(who: Who) -> Component:
    me = dcc.Link(who.name, href="/account", className="me")
    return html.Div([me, *_languages(who.language), _theme(), _way_out()], className="doors")


def _languages(present: Language) -> list[Component]:
    return [
        html.Form(
            html.Button(
                language.value.upper(),
                type="submit",
                lang=language.value,
                title=name,
                className="plain on" if language is present else "plain",
                **aria(pressed="true" if language is present else "false"),
            ),
            action=f"/language/{language.value}",
            method="POST",
            className="csrf back",
        )
        for language, name in ((Language.VI, "Tiếng Việt"), (Language.EN, "English"))
    ]


def _theme() -> Component:
    name = _("Light or dark")
    return html.Button(type="button", className="plain theme", title=name, **aria(label=name))


def _way_out() -> Component:
    return html.Form(
        html.Button(_("Sign out"), type="submit", className="plain"),
        action="/logout",
        method="POST",
        className="csrf last",
    )
