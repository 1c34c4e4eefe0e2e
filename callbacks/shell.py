"""Draws the page that the address names, with the header around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output
from dash.dependencies import ClientsideFunction
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.page import Page
from data import clock
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.wording import Language, _
from data.wording.units import acting_name, dated, role_name, unit_title
from layouts import shell
from layouts.ids.shell import ShellId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_QUERY = 4000
MOST_FIELDS = 60


def bind_all(app: Dash, pages: Sequence[Page]) -> None:
    """Binds the router. Everyone who is signed in may ask for a page; each page then asks for its own permission."""
    guard.bind(
        app,
        partial(show, {page.path: page for page in pages}),
        [Output(ShellId.CONTENT, "children"), Output(ShellId.HEADER, "children"), Output(ShellId.TITLE, "data")],
        [Input(ShellId.ADDRESS, "pathname"), Input(ShellId.ADDRESS, "search")],
        permission=Permission.SELF_KEEP,
        prevent_initial_call=False,
    )
    guard.bind_client(app, ClientsideFunction("shell", "arrived"), None, Input(ShellId.TITLE, "data"))


def show(
    pages: Mapping[str, Page], session: Session, scope: Scope, pathname: object, search: object
) -> tuple[Component, list[Any], dict[str, str]]:
    """The page at that address, the header around it, and the document's title. Raises NotFound or Forbidden."""
    page = pages.get(pathname or "/") if isinstance(pathname, str) else None
    if page is None:
        raise NotFound(_("There is no page at this address."))
    content = page.view(session, guard.needs(page.permission), query_of(search))
    return content, draw_header(session, pages.values(), page.path), {"title": _(page.title), "path": page.path}


def query_of(search: object) -> dict[str, str]:
    """The query part of an address; where a name stands twice the last one counts. Too long a query is no query."""
    if not isinstance(search, str) or len(search) > LONGEST_QUERY:
        return {}
    fields = parse_qsl(search.removeprefix("?"), keep_blank_values=True)
    return dict(fields[:MOST_FIELDS])


def draw_header(session: Session, pages: Iterable[Page], path: str) -> list[Any]:
    """Links to what the roles of the reader allow, those beside the present page, and who the reader is."""
    pages = tuple(pages)
    here = next((page.section for page in pages if page.path == path), "")
    allowed = [page for page in pages if page.nav and _is_offered(session, page)]
    links: dict[str, shell.Link] = {}
    beside: list[shell.Link] = []
    for page in allowed:
        waiting = page.waiting(session, guard.also(page.permission)) if page.waiting else 0
        link = shell.Link(page.path, _(page.title), page.path == path, waiting)
        if not page.section:
            links[page.path] = link
            continue
        if page.section == here:
            beside.append(link)
        first = links.get(page.section) or replace(link, text=_(page.section), current=page.section == here, waiting=0)
        links[page.section] = replace(first, waiting=first.waiting + waiting)
    return shell.header(tuple(links.values()), tuple(beside) if len(beside) > 1 else (), who(session))


def _is_offered(session: Session, page: Page) -> bool:
    scope = guard.also(page.permission)
    return bool(scope.grants) and (page.offered is None or page.offered(session, scope))


def who(session: Session) -> shell.Who:
    """The reader in one line: unit and roles held today."""
    asking, today, tree = guard.principal(), clock.today(), get_snapshot(session).tree
    held = [one for one in asking.roles if one.holds_on(today)]
    places = []
    for unit_id in dict.fromkeys(one.unit_id for one in held):
        unit = tree.units[unit_id]
        state = unit.state(today)
        name = dated(acting_name(state.kind, unit_title(state.kind, state.name)), None, unit.closed_on)
        roles = ", ".join(role_name(one.role) for one in held if one.unit_id == unit_id)
        places.append(f"{name} · {roles}")
    return shell.Who(asking.display_name, "; ".join(places) or _("no role"), Language(asking.language))
