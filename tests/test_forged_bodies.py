"""Bodies, addresses and names of a shape that no page sends: each gets its status, and none becomes our mistake."""

from collections.abc import Iterator
from itertools import product
from time import thread_time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from auth import throttle
from callbacks import guard
from data import clock
from data import tables as t
from data.db import unit_of_work
from data.targets.documents import MOST_LETTERS, find_sentence
from portal.app import dash_of
from tests.dash_client import CALLBACKS, Reader, body_of, key_of, portal_on
from tests.factories import PASSWORD, a_small_world, an_account, make_passwords_cheap
from tests.forged_requests import JUNK
from tests.worlds import ASH_OFFICER, MERGED_HEAD, NOW

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
WORK = "callbacks.submission.work"
SAY, SUM = "submission-say", "submission-sum"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def post(reader: Reader, body: str) -> int:
    headers = {"X-CSRFToken": reader.token()}
    return reader.http.post(CALLBACKS, data=body, headers=headers, content_type="application/json").status_code


def saving(typed: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "intent": "save", "unit": "ash", "form": "quarterly", "period": "2026Q3", "version": 0, "number": 1,
        "typed": typed or {}, "notes": {}, "seen": {}, "standing": None,
    }  # fmt: skip


@ON_SQLITE
def test_a_body_that_no_parser_likes_is_the_senders_mistake(app: Flask) -> None:
    ash = Reader(app, ASH_OFFICER.id)
    for body in ("[" * 200_000, '{"output":' * 60_000, "9" * 20_000, '"\\ud800"', "NaN", "", "null"):
        assert post(ash, body) == 400, body[:20]


@ON_SQLITE
def test_who_has_no_role_may_send_any_body_to_any_page_and_gets_403(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    stranger = Reader(app, an_account(engine, "no.role"))
    for body in ("[" * 200_000, '{"output": "\\ud800"}', "{"):
        assert stranger.http.get("/", data=body, content_type="application/json").status_code == 403


@ON_SQLITE
def test_a_file_that_dash_does_not_have_is_404_for_everybody(app: Flask) -> None:
    files = ("x/y", "dash/x.js", "dash/%2e%2e/%2e%2e/setup.py", "flask/app.py", "dash_ag_grid/..", "%00/%00")
    for file, reader in product(files, (Reader(app), Reader(app, ASH_OFFICER.id))):
        with reader.get(f"/_dash-component-suites/{file}") as answer:
            assert answer.status_code == 404, file


@ON_SQLITE
def test_no_address_leads_out_of_its_folder(app: Flask) -> None:
    reader = Reader(app, ASH_OFFICER.id)
    folders = ("/assets/", "/bootstrap/", "/documents/", "/language/")
    for folder, file in product(folders, ("%00", "..%2f..%2fpyproject.toml", "%2e%2e/app.py", "x" * 3000)):
        with reader.get(folder + file) as answer:
            assert answer.status_code in {404, 405}, (folder, file)
            assert b"create_app" not in answer.get_data()


def test_a_name_that_no_database_keeps_does_not_sign_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_cheap(monkeypatch)
    for place, name in enumerate(
        ("ash.officer\x00", "\x00", "a\x00b", "\x1b[2J", "\u202eash", "é" * 900, "' OR 1=1 --")
    ):
        door = Reader(app)
        answer = door.http.post(
            "/login",
            data={"csrf_token": door.token(), "username": name, "password": PASSWORD},
            environ_base={"REMOTE_ADDR": f"10.0.0.{place}"},
        )
        assert answer.status_code == 401, repr(name)


def test_what_cannot_be_printed_is_taken_out_of_notes_and_reasons(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    typed = {"deaths@2026Q3": "7"}
    box = saving(typed) | {"notes": {"deaths@2026Q3": "a\x00b\ud800\u202ec"}, "seen": {"deaths@2026Q3": ""}}
    assert Reader(app, ASH_OFFICER.id).call(WORK, box, [], []).status_code == 200
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.Result.note)).one() == "abc"


@ON_SQLITE
def test_lists_that_were_set_to_anything_choose_nothing_and_break_nothing(app: Flask) -> None:
    head = Reader(app, MERGED_HEAD.id)
    for value, place in product(JUNK, range(6)):
        chosen: list[Any] = ["2026Q1", "end", "commune", "merged", "main", "?period=2026Q1"]
        chosen[place] = value
        answer = head.call("callbacks.comparison.choose", *chosen)
        assert answer.status_code in {200, 404, 422}, (place, value)


@ON_SQLITE
def test_columns_that_were_ticked_with_anything_break_nothing(app: Flask) -> None:
    head = Reader(app, MERGED_HEAD.id)
    body = body_of(head.dash, key_of(head.dash, "callbacks.comparison.choose_columns"), [1])
    for value in JUNK:
        one = {"id": {"type": "comparison-columns", "index": "468"}, "property": "value", "value": value}
        for ticked, statuses in (([one], {200, 422}), ([one, one], {200, 422}), (one, {400}), (None, {400})):
            assert head.send({**body, "state": [ticked, body["state"][1]]}).status_code in statuses, value


@ON_SQLITE
def test_a_page_that_names_strange_rows_saves_nothing(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    ash = Reader(app, ASH_OFFICER.id)
    body = body_of(ash.dash, key_of(ash.dash, WORK), [saving({"deaths@2026Q3": "7"})])
    row = {"type": SAY, "element": "deaths"}
    body["outputs"][3] = [{"id": row, "property": "children"}]
    strange: tuple[Any, ...] = (None, "junk", {}, {"element": 3}, {"type": SAY}, [], 0)
    for value in strange:
        body["state"][0] = [{"id": row, "property": "id", "value": value}]
        assert ash.send(body).status_code == 422, value
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.Result.value)).all() == []


@ON_SQLITE
def test_an_answer_for_more_or_other_components_than_the_page_has_is_refused_before_anything_is_done(
    app: Flask,
) -> None:
    engine: Engine = app.extensions["portal_engine"]
    ash = Reader(app, ASH_OFFICER.id)
    body = body_of(ash.dash, key_of(ash.dash, WORK), [saving({"deaths@2026Q3": "7"})])
    row = {"id": {"type": SAY, "element": "deaths"}, "property": "children"}
    strange = {"id": {"type": "strange", "element": "deaths"}, "property": "children"}
    for outputs in ([row], [row, row], row, [strange], "x", None):
        forged = [*body["outputs"][:3], outputs, *body["outputs"][4:]]
        assert ash.send({**body, "outputs": forged}).status_code == 400
    first = {**body["outputs"][0], "property": "layout"}
    assert ash.send({**body, "outputs": [first, *body["outputs"][1:]]}).status_code == 400
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.Submission.id)).all() == []
    assert ash.send(body).status_code == 200


@ON_SQLITE
def test_no_callback_fails_whatever_its_values_are(app: Flask) -> None:
    head, dash = Reader(app, MERGED_HEAD.id), dash_of(app)
    bound = [(key, entry.handler) for key, entry in guard.bound(dash).items() if entry.permission is not None]
    for value, (key, handler) in product(JUNK, bound):
        declared = dash.callback_map[key]
        count = len(declared["inputs"]) + len(declared["state"])
        assert head.send(body_of(dash, key, [value] * count)).status_code < 500, (handler, value)


def test_a_sentence_is_looked_for_in_the_longest_text_within_seconds() -> None:
    for piece in ("ab\n", "ab cd ef. ", "Ab 70%. ", "A. ", "70 "):
        text = piece * (MOST_LETTERS // len(piece))
        begun = thread_time()
        find_sentence(text, "70 %", "tỷ lệ")
        assert thread_time() - begun < 8


def test_the_throttle_counts_a_name_however_it_is_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_cheap(monkeypatch)
    names = ["ash.officer" + "\x00" * count for count in range(throttle.MOST_AT_ONE_DESK)]
    for name in (*names, "ASH.OFFICER "):
        door = Reader(app)
        last = door.post("/login", {"username": name, "password": "wrong"})
    assert last.status_code == 429
