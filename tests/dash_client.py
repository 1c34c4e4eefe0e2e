"""A reader of the portal for tests: signed in as an account, calling callbacks as a browser calls them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from auth import login
from callbacks import guard
from data import clock
from data import tables as t
from data.accounts import sessions
from data.db import unit_of_work
from portal.app import create_app, dash_of
from portal.settings import Settings

CALLBACKS = "/_dash-update-component"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Many:
    """The values of all components that an id with a pattern matches, each with its own id."""

    values: Sequence[tuple[Mapping[str, Any], Any]]


@cache
def _portal() -> Flask:
    settings = Settings("sqlite://", "the secret of the tests, which is long", Path(), demo=True)
    return create_app(settings)


def portal_on(engine: Engine) -> Flask:
    """The portal on that database. There is one application per process, which each test gives its own engine."""
    app = _portal()
    app.extensions[login.ENGINE] = engine
    return app


class Reader:
    """A browser with the portal open: as the account of that id, or as nobody."""

    def __init__(self, app: Flask, account_id: int | None = None, stamp: str = "-") -> None:
        self.app = app
        self.dash = dash_of(app)
        self.http = app.test_client()
        if account_id is not None:
            key = _begin_session(app.extensions[login.ENGINE], account_id)
            with self.http.session_transaction() as cookie:
                cookie["_user_id"] = f"{account_id}.{stamp}.{key}"
                cookie.permanent = True

    def get(self, path: str, **options: Any) -> TestResponse:
        """What the portal answers at an address."""
        return self.http.get(path, **options)

    def post(self, path: str, form: Mapping[str, Any], **options: Any) -> TestResponse:
        """Sends a form with the token that the reader's pages carry."""
        return self.http.post(path, data={"csrf_token": self.token(), **form}, **options)

    def token(self) -> str:
        """The token against forged requests: from the cookie of who is signed in, else from the form of the door."""
        found = self.http.get_cookie("csrf_token")
        if found is None:
            page = self.http.get("/login", follow_redirects=False)
            found = self.http.get_cookie("csrf_token")
            if found is None:
                match = TOKEN.search(page.get_data(as_text=True))
                assert match, "the page of the door holds no token"
                return match[1]
        return found.value

    def call(
        self, handler: str, *values: Any, outputs: Any = None, triggered: Sequence[str] | None = None
    ) -> TestResponse:
        """Calls the callback that is bound to `handler` ("callbacks.review.approve") with the values of its inputs,
        then of its state, as the page would."""
        return self.send(body_of(self.dash, key_of(self.dash, handler), values, outputs, triggered))

    def send(self, body: Any, **headers: str) -> TestResponse:
        """Sends a body, forged or not, to the callbacks."""
        return self.http.post(CALLBACKS, json=body, headers={"X-CSRFToken": self.token(), **headers})


def _begin_session(engine: Engine, account_id: int) -> str:
    """The key of a session that has just begun; of an account that does not exist there is none."""
    with unit_of_work(engine) as session:
        known = session.get(t.Account, account_id) is not None
        return sessions.begin_session(session, account_id, clock.now()) if known else "no session"


def answer_of(response: TestResponse) -> dict[str, dict[str, Any]]:
    """What a callback changed: component id → property → value."""
    assert response.status_code == 200, f"{response.status_code}: {response.get_data(as_text=True)[:500]}"
    changed: dict[str, dict[str, Any]] = response.get_json()["response"]
    return changed


def key_of(app: Any, handler: str) -> str:
    """The callback's key by the name of its handler."""
    keys = [key for key, entry in guard.bound(app).items() if entry.handler == handler]
    assert len(keys) == 1, f"{handler} is bound {len(keys)} times"
    return keys[0]


def body_of(
    app: Any, key: str, values: Sequence[Any] = (), outputs: Any = None, triggered: Sequence[str] | None = None
) -> dict[str, Any]:
    """The body of a call as the browser writes it. Values that are not given are empty."""
    spec = app.callback_map[key]
    declared = [*spec["inputs"], *spec["state"]]
    given = [*values, *[None] * (len(declared) - len(values))]
    parts = [_part(wanted, value) for wanted, value in zip(declared, given, strict=True)]
    inputs = parts[: len(spec["inputs"])]
    changed = [f"{one['id']}.{one['property']}" for one in spec["inputs"][:1]] if triggered is None else list(triggered)
    return {
        "output": key,
        "outputs": outputs if outputs is not None else _outputs(spec["output"]),
        "inputs": inputs,
        "state": parts[len(inputs) :],
        "changedPropIds": changed,
    }


def _part(wanted: Mapping[str, str], value: Any) -> Any:
    if isinstance(value, Many):
        return [{"id": dict(one), "property": wanted["property"], "value": each} for one, each in value.values]
    if wanted["id"].startswith("{"):
        pattern = json.loads(wanted["id"])
        matches_many = any(isinstance(one, list) for one in pattern.values())
        return [] if matches_many else {**wanted, "id": pattern, "value": value}
    return {**wanted, "value": value}


def _outputs(declared: Any) -> Any:
    if isinstance(declared, list | tuple):
        return [_outputs(one) for one in declared]
    if isinstance(declared.component_id, str):
        return {"id": declared.component_id, "property": declared.component_property}
    return []
