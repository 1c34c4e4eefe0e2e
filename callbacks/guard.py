"""The one way from a browser's call to our code: who asks, may they, one unit of work, then the handler.

A handler is a plain function `(session, scope, *values)`. It is bound here, with its permission, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import dash
from dash.dependencies import ClientsideFunction, Input, Output, State

from auth import login
from auth.policy import Permission, allows, scope_for
from auth.principal import Principal
from data import clock
from data.db import unit_of_work
from data.scope import Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Handler = Callable[..., Any]
Answer = TypeVar("Answer")
Running = tuple[Output, Any, Any]

BOUND = "portal_bound"

_asking: ContextVar[Principal | None] = ContextVar("asking", default=None)


@dataclass(frozen=True, slots=True)
class Bound:
    """A callback as it was bound. `permission` is None for what runs in the browser and never reaches the server."""

    handler: str
    permission: Permission | None
    writes: bool


class UnboundCallbackError(Exception):
    """The application holds a callback that this guard does not know."""


def bound(app: dash.Dash) -> dict[str, Bound]:
    """Every callback of the application by its output, as its key in `callback_map`."""
    registry: dict[str, Bound] = app.server.extensions.setdefault(BOUND, {})
    return registry


def bind(
    app: dash.Dash,
    handler: Handler,
    output: Output | Sequence[Output],
    inputs: Input | Sequence[Input],
    *,
    permission: Permission,
    state: Sequence[State] = (),
    writes: bool = False,
    prevent_initial_call: bool | str = True,
    running: Sequence[Running] | None = None,
) -> None:
    """Calls `handler(session, scope, *values)` when the inputs change, for those who have the permission.

    The values come in the order of `inputs`, then `state`. With `writes` what the handler did is committed when it
    returns; without, it may only read. A refusal that it raises becomes an HTTP status with a sentence.
    """

    @wraps(handler)
    def call(*values: Any) -> Any:
        return perform(permission, lambda session, scope: handler(session, scope, *values), writes=writes)

    inputs = [inputs] if isinstance(inputs, Input) else list(inputs)
    known = set(app.callback_map)
    meanwhile = list(running) if running else None
    app.callback(output, inputs, list(state), prevent_initial_call=prevent_initial_call, running=meanwhile)(call)
    _register(app, known, Bound(name_of(handler), permission, writes))


def bind_client(
    app: dash.Dash,
    function: ClientsideFunction,
    output: Output | Sequence[Output] | None,
    inputs: Input | Sequence[Input],
    *,
    state: Sequence[State] = (),
    prevent_initial_call: bool | str = True,
) -> None:
    """Runs a function of an asset script in the browser when the inputs change. It reaches no server code.

    Without an output the function is run for what it does to the page.
    """
    inputs = [inputs] if isinstance(inputs, Input) else list(inputs)
    outputs = [] if output is None else [output]
    known = set(app.callback_map)
    run: Callable[..., None] = app.clientside_callback
    run(function, *outputs, inputs, list(state), prevent_initial_call=prevent_initial_call)
    _register(app, known, Bound(f"{function.namespace}.{function.function_name}", None, writes=False))


def perform(permission: Permission, work: Callable[[Session, Scope], Answer], *, writes: bool = False) -> Answer:
    """Authorises whoever is signed in and runs the work in one unit of work; for callbacks and for routes alike.

    Raises SignInNeeded, Forbidden, or what the work raises; then nothing of the work is kept.
    """
    asking = login.principal()
    if asking is None:
        raise login.SignInNeeded
    scope = scope_for(asking, permission, clock.today())
    with acting_as(asking), unit_of_work(login.engine(), writes=writes) as session:
        return work(session, scope)


def principal() -> Principal:
    """Who asks, inside a handler."""
    asking = _asking.get()
    if asking is None:
        raise RuntimeError("nobody asks: the handler was called outside the guard and outside acting_as")
    return asking


def also(permission: Permission) -> Scope:
    """Inside a handler: the scope of one more permission, which is empty where no role carries it."""
    asking, today = principal(), clock.today()
    if not allows(asking, permission, today):
        return Scope(asking.account_id, frozenset())
    return scope_for(asking, permission, today)


def needs(permission: Permission) -> Scope:
    """Inside a handler: the scope of one more permission; raises Forbidden where no role carries it."""
    return scope_for(principal(), permission, clock.today())


@contextmanager
def acting_as(asking: Principal) -> Iterator[None]:
    """Inside the block that principal asks. A test may call handlers in it without any request."""
    token = _asking.set(asking)
    try:
        yield
    finally:
        _asking.reset(token)


def audit_callbacks(app: dash.Dash) -> None:
    """Raises UnboundCallbackError unless every callback of the application was bound here."""
    strangers = sorted(set(app.callback_map) - set(bound(app)))
    if strangers or dash._callback.GLOBAL_CALLBACK_MAP:
        strangers += sorted(dash._callback.GLOBAL_CALLBACK_MAP)
        raise UnboundCallbackError(f"bind these through callbacks.guard, with a permission: {', '.join(strangers)}")


def name_of(handler: Handler) -> str:
    """`callbacks.review.approve`, also where the first arguments of the function are already given."""
    function = handler.func if isinstance(handler, partial) else handler
    return f"{function.__module__}.{function.__qualname__}"


def _register(app: dash.Dash, known: set[str], entry: Bound) -> None:
    for key in set(app.callback_map) - known:
        bound(app)[key] = entry
