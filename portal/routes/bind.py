"""Binds a view to an address as the guard binds a handler to a callback: with a permission, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue

from auth.login import OPEN_ENDPOINTS
from auth.policy import Permission
from callbacks import guard

View = Callable[..., ResponseReturnValue]
BOUND = "portal_routes"


@dataclass(frozen=True, slots=True)
class Route:
    """An address as it was bound."""

    rule: str
    methods: tuple[str, ...]
    permission: Permission
    writes: bool


class UnboundRouteError(Exception):
    """The application answers at an address that nobody gave a permission."""


def bound(app: Flask) -> dict[str, Route]:
    """Every address with a permission, by its endpoint."""
    registry: dict[str, Route] = app.extensions.setdefault(BOUND, {})
    return registry


def bind(
    app: Flask,
    rule: str,
    view: View,
    *,
    permission: Permission,
    methods: Sequence[str] = ("GET",),
    writes: bool = False,
) -> None:
    """Answers requests at `rule` with `view(session, scope, **parts of the address)`.

    The view may read the request. What it returns is sent after the unit of work has ended, so it must not be a
    generator over the session.
    """
    endpoint = guard.name_of(view)

    @wraps(view)
    def answer(**parts: Any) -> ResponseReturnValue:
        return guard.perform(permission, lambda session, scope: view(session, scope, **parts), writes=writes)

    app.add_url_rule(rule, endpoint, answer, methods=list(methods))
    bound(app)[endpoint] = Route(rule, tuple(methods), permission, writes)


def audit_routes(app: Flask) -> None:
    """Raises UnboundRouteError unless each endpoint is open on purpose, bound here, or one of Dash's own."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    strangers = sorted(one for one in endpoints - OPEN_ENDPOINTS - set(bound(app)) if not one.startswith("/"))
    if strangers:
        raise UnboundRouteError(f"bind these through portal.routes.bind, with a permission: {', '.join(strangers)}")
