"""The gate before the callbacks, and what every answer says about itself."""

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from callbacks import guard
from portal.app import dash_of
from tests.dash_client import CALLBACKS, Reader, body_of, key_of, portal_on
from tests.factories import a_small_world
from tests.worlds import MERGED_HEAD

ROUTER = "callbacks.shell.show"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody who is signed in."""
    return Reader(app, MERGED_HEAD.id)


def test_an_unknown_callback_is_404(reader: Reader) -> None:
    body = body_of(reader.dash, key_of(reader.dash, ROUTER), ["/help", ""])
    assert reader.send({**body, "output": "nobody.children"}).status_code == 404
    assert reader.send(body).status_code == 200


def test_what_runs_in_the_browser_cannot_be_called_on_the_server(reader: Reader) -> None:
    keys = [key for key, entry in guard.bound(reader.dash).items() if entry.permission is None]
    assert keys
    assert {reader.send(body_of(reader.dash, key)).status_code for key in keys} == {404}


def test_what_is_not_json_is_415(reader: Reader) -> None:
    headers = {"X-CSRFToken": reader.token()}
    assert reader.http.post(CALLBACKS, data="{}", headers=headers).status_code == 415
    broken = reader.http.post(CALLBACKS, data="{", headers=headers, content_type="application/json")
    assert broken.status_code == 400


@pytest.mark.parametrize("megabytes", [3, 10])
def test_too_much_text_is_413_with_a_sentence(reader: Reader, megabytes: int) -> None:
    body = body_of(reader.dash, key_of(reader.dash, ROUTER), ["/help", "x" * megabytes * 1024 * 1024])
    refused = reader.send(body)
    assert refused.status_code == 413
    assert refused.get_json()["message"] == "Nội dung gửi lên quá lớn nên chưa lưu gì. Hãy gửi ít hơn."
    form = reader.post("/account/password", {"old": "x" * megabytes * 1024 * 1024})
    assert form.status_code == 413
    assert "Nội dung gửi lên quá lớn" in form.get_data(as_text=True)


def test_a_body_of_another_shape_is_400(reader: Reader) -> None:
    body = body_of(reader.dash, key_of(reader.dash, ROUTER), ["/help", ""])
    forged: list[Any] = [
        [],
        "text",
        {},
        {**body, "output": 3},
        {**body, "inputs": "all"},
        {**body, "inputs": body["inputs"][:1]},
        {**body, "inputs": [*body["inputs"], body["inputs"][0]]},
        {**body, "inputs": list(reversed(body["inputs"]))},
        {**body, "inputs": [{}, {}]},
        {**body, "state": [{"id": "a", "property": "b", "value": 1}]},
        {**body, "outputs": []},
        {**body, "outputs": {"id": "shell-content", "property": "children"}},
        {**body, "outputs": [[], [], []]},
        {**body, "changedPropIds": [1]},
    ]
    assert [reader.send(one).status_code for one in forged] == [400] * len(forged)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["inputs", "state", "outputs", "changedPropIds", "output", "parsedChanges"]), JSON)
)
def test_no_body_whatever_makes_the_portal_fail(reader: Reader, forged: dict[str, Any]) -> None:
    for handler in ("callbacks.shell.show", "callbacks.submission.work", "callbacks.review.decide"):
        for key, entry in guard.bound(reader.dash).items():
            if entry.handler == handler:
                status = reader.send({**body_of(reader.dash, key), **forged}).status_code
                assert status < 500, json.dumps(forged)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON, JSON)
def test_no_address_whatever_makes_the_router_fail(reader: Reader, pathname: Any, search: Any) -> None:
    assert reader.call(ROUTER, pathname, search).status_code in {200, 404}


def test_every_answer_carries_the_policy_of_the_page(reader: Reader) -> None:
    for path in ("/", "/login", "/nope", "/healthz", "/assets/10-base.css", "/_dash-layout"):
        with reader.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "'unsafe-eval'" not in policy
            assert "script-src 'self' 'sha256-" in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_policy_names_every_script_that_stands_in_the_document(reader: Reader) -> None:
    page = reader.get("/").get_data(as_text=True)
    inline = page.count("<script>") + page.count('<script id="_dash-renderer"')
    assert page.count("<script") - page.count("<script src=") - page.count('type="application/json"') == inline
    assert dash_of(reader.app).csp_hashes()[-1] in reader.get("/").headers["Content-Security-Policy"]
    assert len(dash_of(reader.app).csp_hashes()) == inline


def test_files_are_kept_for_a_year_and_pages_not_at_all(reader: Reader) -> None:
    page = reader.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    assert reader.call(ROUTER, "/help", "").headers["Cache-Control"] == "no-store"
    addresses = [
        part.split('"')[0]
        for part in page.get_data(as_text=True).replace('href="', 'src="').split('src="')[1:]
        if part.startswith(("/assets/", "/bootstrap/", "/_dash-component-suites/"))
    ]
    assert len(addresses) > 10
    for address in addresses:
        with Reader(reader.app).get(address) as file:
            assert file.status_code == 200, address
            assert sorted(file.headers["Cache-Control"].split(", ")) == ["max-age=31536000", "public"], address


def test_nothing_comes_from_another_host(reader: Reader) -> None:
    for path in ("/", "/login"):
        page = reader.get(path).get_data(as_text=True)
        assert 'src="//' not in page
        assert 'src="http' not in page
        assert 'href="http' not in page
