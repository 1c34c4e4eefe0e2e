"""Every door of the running application, from its own lists, against everybody who must stay outside."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.routing import Rule

from auth.login import OPEN_ENDPOINTS
from auth.policy import GRANTS, Permission
from callbacks import guard
from data import tables as t
from data.db import unit_of_work
from data.kinds import Role
from portal.app import dash_of
from portal.gate import CALLBACK_ENDPOINT
from portal.pages import DOCUMENT_ENDPOINTS
from portal.routes import bind
from tests.dash_client import Reader, body_of, portal_on
from tests.factories import a_small_world, an_account, end_every_role
from tests.worlds import LONG_AGO, MERGED

# Dash's own addresses that show what everyone who is signed in may know: which components and callbacks exist.
PLUMBING = {"/_dash-layout", "/_dash-dependencies", "/_reload-hash"}
OPEN_ADDRESSES = {
    "/login", "/logout", "/language/<chosen>", "/healthz", "/bootstrap/<path:filename>", "/assets/<path:filename>",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "/_favicon.ico",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Door:
    """An address, how it is called, and the permission it takes (None: only a session)."""

    path: str
    method: str
    permission: Permission | None


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world, with one account for each role."""
    a_small_world(engine)
    for role in Role:
        an_account(engine, f"only.{role.value.lower()}", (role, MERGED))
    return portal_on(engine)


def ids_by_role(app: Flask) -> dict[Role, int]:
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        names = {account.username: account.id for account in session.scalars(select(t.Account))}
    return {role: names[f"only.{role.value.lower()}"] for role in Role}


def address(rule: Rule) -> str:
    """The rule with a word for each of its parts."""
    return rule.build(dict.fromkeys(rule.arguments, "x"))[1]  # type: ignore[index]


def doors(app: Flask) -> Iterator[Door]:
    """Every way in that is not open to all on purpose, from the application's own list."""
    bound = bind.bound(app)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS:
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            permission = bound[rule.endpoint].permission if rule.endpoint in bound else None
            yield Door(address(rule), method, permission)


def knock(reader: Reader, door: Door) -> int:
    if door.method == "GET":
        with reader.get(door.path) as answer:
            return answer.status_code
    return reader.post(door.path, {}).status_code


def test_only_these_addresses_are_open(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in OPEN_ENDPOINTS]
    assert {rule.rule for rule in rules} == OPEN_ADDRESSES
    assert {rule.endpoint for rule in rules} == OPEN_ENDPOINTS


def test_every_address_is_open_on_purpose_bound_or_of_dash(app: Flask) -> None:
    known = OPEN_ENDPOINTS | set(bind.bound(app)) | DOCUMENT_ENDPOINTS | PLUMBING | {CALLBACK_ENDPOINT}
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == known


def test_nobody_comes_in_without_an_account(app: Flask) -> None:
    nobody = Reader(app)
    statuses = {(door.method, door.path): knock(nobody, door) for door in doors(app)}
    assert len(statuses) > 5
    assert {key: status for key, status in statuses.items() if status not in {303, 401}} == {}
    for (method, path), status in statuses.items():
        if method == "GET" and status == 303:
            assert nobody.get(path).location.startswith("/login")


def test_no_answer_to_nobody_holds_more_than_a_sentence(app: Flask) -> None:
    nobody = Reader(app)
    for path in PLUMBING:
        refused = nobody.get(path)
        assert (refused.status_code, list(refused.get_json())) == (401, ["message"])


def test_every_callback_refuses_nobody(app: Flask) -> None:
    nobody, dash = Reader(app), dash_of(app)
    assert dash.callback_map
    assert {nobody.send(body_of(dash, key)).status_code for key in dash.callback_map} == {401}


def test_every_callback_is_bound_with_a_permission_or_runs_in_the_browser(app: Flask) -> None:
    dash = dash_of(app)
    assert set(guard.bound(dash)) == set(dash.callback_map)
    for key, entry in guard.bound(dash).items():
        runs_here = "callback" in dash.callback_map[key]
        assert runs_here == (entry.permission is not None), key


@pytest.mark.parametrize("role", Role)
def test_every_route_refuses_a_role_without_its_permission(app: Flask, role: Role) -> None:
    reader = Reader(app, ids_by_role(app)[role])
    lacking = [door for door in doors(app) if door.permission and role not in GRANTS[door.permission]]
    assert {door: status for door in lacking if (status := knock(reader, door)) != 403} == {}


@pytest.mark.parametrize("role", Role)
def test_every_callback_refuses_a_role_without_its_permission(app: Flask, role: Role) -> None:
    reader, dash = Reader(app, ids_by_role(app)[role]), dash_of(app)
    lacking = [
        key for key, entry in guard.bound(dash).items() if entry.permission and role not in GRANTS[entry.permission]
    ]
    assert {key: status for key in lacking if (status := reader.send(body_of(dash, key)).status_code) != 403} == {}


def test_some_role_is_refused_somewhere(app: Flask) -> None:
    permissions = {entry.permission for entry in guard.bound(dash_of(app)).values()}
    permissions |= {door.permission for door in doors(app)}
    assert {Permission.SUBMISSION_WRITE, Permission.SUBMISSION_REVIEW, Permission.RESULT_COMPARE} <= permissions


def test_an_account_without_any_role_is_refused_everywhere(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    reader, dash = Reader(app, an_account(engine, "no.role")), dash_of(app)
    keys = [key for key, entry in guard.bound(dash).items() if entry.permission]
    assert {reader.send(body_of(dash, key)).status_code for key in keys} == {403}
    assert {knock(reader, door) for door in doors(app) if door.permission} <= {403}
    assert reader.get("/").status_code == 403


def test_a_role_that_has_ended_opens_nothing(app: Flask) -> None:
    account = ids_by_role(app)[Role.OFFICER]
    end_every_role(app.extensions["portal_engine"], account, LONG_AGO)
    reader, dash = Reader(app, account), dash_of(app)
    keys = [key for key, entry in guard.bound(dash).items() if entry.permission]
    assert {reader.send(body_of(dash, key)).status_code for key in keys} == {403}
