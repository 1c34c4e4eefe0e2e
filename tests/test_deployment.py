"""How the portal runs outside the demo: over HTTPS, behind a proxy, watched, and under gunicorn."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from auth import login
from data.db import create_engine_for
from data.migrations import upgrade
from portal.app import create_app, dash_of
from portal.settings import Settings
from tests.dash_client import TOKEN, Reader, portal_on
from tests.factories import PASSWORD, a_small_world, an_account
from tests.worlds import MERGED_HEAD

HTTPS = {"base_url": "https://portal.example"}


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal as it runs outside the demo, behind one proxy, on the small world."""
    a_small_world(engine)
    an_account(engine, "lan")
    return create_app(Settings("sqlite://", "the secret of the tests, which is long", Path(), proxies=1), engine)


def test_outside_the_demo_cookies_travel_over_https_only(app: Flask) -> None:
    browser = app.test_client()
    token = TOKEN.search(browser.get("/login", **HTTPS).get_data(as_text=True))
    assert token is not None
    form = {"csrf_token": token[1], "username": "lan", "password": PASSWORD}
    entered = browser.post("/login", data=form, headers={"Referer": "https://portal.example/login"}, **HTTPS)
    assert entered.status_code == 303
    cookies = entered.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("; Secure" in cookie for cookie in cookies)
    assert entered.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_over_https_a_form_from_another_host_is_refused(app: Flask) -> None:
    browser = app.test_client()
    token = TOKEN.search(browser.get("/login", **HTTPS).get_data(as_text=True))
    assert token is not None
    form = {"csrf_token": token[1], "username": "lan", "password": PASSWORD}
    assert browser.post("/login", data=form, headers={"Referer": "https://evil.example/"}, **HTTPS).status_code == 400


def test_the_address_that_is_slowed_is_that_of_the_reader_and_not_the_proxy(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def note(_engine: Engine, _username: str, _password: str, address: str) -> None:
        seen.append(address)
        raise login.SignInNeeded

    monkeypatch.setattr("auth.accounts.sign_in", note)
    browser = app.test_client()
    token = TOKEN.search(browser.get("/login").get_data(as_text=True))
    assert token is not None
    forwarded = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7"}
    browser.post("/login", data={"csrf_token": token[1]}, headers=forwarded)
    assert seen == ["203.0.113.7"]


def test_a_second_application_has_every_callback_of_the_first(app: Flask, engine: Engine) -> None:
    first = portal_on(engine)
    assert set(dash_of(app).callback_map) == set(dash_of(first).callback_map)
    assert Reader(first, MERGED_HEAD.id).call("callbacks.shell.show", "/help", "").status_code == 200


def test_health_is_said_to_whoever_asks(app: Flask) -> None:
    healthy = app.test_client().get("/healthz")
    assert (healthy.status_code, healthy.get_json()) == (200, {"database": "answers"})


def test_a_database_that_does_not_answer_is_said(app: Flask, empty_database_url: str) -> None:
    app.extensions[login.ENGINE] = create_engine_for(empty_database_url)
    ill = app.test_client().get("/healthz")
    app.extensions[login.ENGINE].dispose()
    assert (ill.status_code, ill.get_json()) == (503, {"database": "does not answer"})


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
def test_pages_are_compressed_as_the_browser_can_read_them(app: Flask, encoding: str) -> None:
    for path in ("/login", "/bootstrap/bootstrap.min.css", "/assets/10-base.css"):
        with app.test_client().get(path, headers={"Accept-Encoding": encoding}) as answer:
            assert answer.headers["Content-Encoding"] == encoding, path


@pytest.fixture
def served(world_home: Path) -> Iterator[int]:
    """The port of a portal that gunicorn serves from settings in the environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        **os.environ, "PORTAL_HOME": str(world_home), "PORTAL_SECRET_KEY": "s" * 40, "PORT": str(port),
        "PORTAL_WORKERS": "1", "PORTAL_DATABASE_URL": f"sqlite:///{world_home / 'portal.sqlite'}",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "portal.cli", "serve"], env=environment, stderr=subprocess.PIPE)
    try:
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def world_home(tmp_path: Path) -> Path:
    """A folder with the small world in SQLite."""
    engine = create_engine_for(f"sqlite:///{tmp_path / 'portal.sqlite'}")
    upgrade(engine)
    a_small_world(engine)
    engine.dispose()
    return tmp_path


def test_gunicorn_serves_what_the_environment_says(served: int) -> None:
    assert wait_for(served, "/healthz") == (200, {"database": "answers"})
    status, said = ask(served, "POST", "/_dash-update-component", b"x" * 10 * 1024 * 1024)
    assert (status, list(said)) == (401, ["message"]), "the answer arrives although the body was refused"


def ask(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, str]]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body, {"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.load(answer)


def wait_for(port: int, path: str) -> tuple[int, dict[str, str]]:
    deadline = time.monotonic() + 60
    while True:
        try:
            return ask(port, "GET", path)
        except OSError:  # nobody listens yet, or the worker is not ready to answer
            assert time.monotonic() < deadline, "gunicorn did not start within a minute"
            time.sleep(0.2)
