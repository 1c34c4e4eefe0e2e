"""Two people's reasons beside one number: the second is told of the first, chooses, and loses nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from tests.dash_client import portal_on
from tests.factories import a_small_world
from tests.form_client import PERIOD, FormPage, told_of
from tests.page_tree import said
from tests.worlds import ASH_COLLEAGUE, ASH_OFFICER, NOW

DEATHS, REASON = f"deaths@{PERIOD}", f"note:deaths@{PERIOD}"
FLOOD, COLD = "Lũ quét tháng 8", "Rét đậm tháng 1"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world, with a form that has one number and no reason."""
    app = portal_on(a_small_world(engine))
    FormPage(app, ASH_OFFICER).save(deaths="12", population="9000")
    return app


def stored(engine: Engine) -> list[tuple[int, str | None]]:
    query = select(t.Result.value, t.Result.note).join(t.DataElement).where(t.DataElement.key == "deaths")
    with unit_of_work(engine, writes=False) as session:
        return [(value, note) for value, note in session.execute(query)]


def test_the_second_reason_is_not_written_over_the_first(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    shown = second.save({"deaths": COLD})
    assert (told_of(shown)["answer"], told_of(shown)["theirs"]) == ("conflict", {REASON: FLOOD})
    notice = said(shown["submission-notice"])
    assert f"Lý do, Số deaths{FLOOD}{COLD}" in notice
    assert "Ash.Officer" in notice
    assert "Giữ phần tôi nhập" in notice
    assert stored(engine) == [(12, FLOOD)]


def test_who_has_seen_the_other_reason_may_keep_their_own(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    told = told_of(second.save({"deaths": COLD}))
    second.version, second.seen_notes = told["version"], {DEATHS: told["theirs"][REASON]}
    kept = told_of(second.work("keep", {"deaths": COLD}))
    assert (kept["answer"], kept["values"][REASON]) == ("saved", COLD)
    assert stored(engine) == [(12, COLD)]


def test_a_reason_that_was_changed_again_meanwhile_is_asked_of_again(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    told = told_of(second.save({"deaths": COLD}))
    first.save({"deaths": "Lũ quét và rét đậm"})
    second.version, second.seen_notes = told["version"], {DEATHS: told["theirs"][REASON]}
    assert told_of(second.work("keep", {"deaths": COLD}))["theirs"] == {REASON: "Lũ quét và rét đậm"}
    assert stored(engine) == [(12, "Lũ quét và rét đậm")]


def test_a_number_is_not_cleared_together_with_a_reason_that_nobody_saw(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    told = told_of(second.save(deaths=""))
    # Who takes the reason back takes back the number that it stands on.
    assert (told["answer"], told["theirs"]) == ("conflict", {DEATHS: "12", REASON: FLOOD})
    assert stored(engine) == [(12, FLOOD)]


def test_a_reason_beside_a_number_that_was_cleared_stays_on_the_page_and_says_why(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save(deaths="")
    told = told_of(second.save({"deaths": COLD}))
    assert (told["answer"], told["unread"], told["values"][DEATHS]) == ("saved", [REASON], "")
    assert stored(engine) == []


def test_reasons_in_different_rows_are_both_kept(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    told = told_of(second.save({"population": "Khu tái định cư"}))
    assert (told["answer"], told["values"][REASON]) == ("saved", FLOOD)
    assert stored(engine) == [(12, FLOOD)]


def test_a_page_that_does_not_say_which_reason_it_saw_overwrites_none(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save({"deaths": FLOOD})
    message = second.message("save", {}, {"deaths": COLD})
    del message["seen_notes"]
    assert second.post(message).get_json()["response"]["submission-answer"]["data"]["answer"] == "conflict"
    assert stored(engine) == [(12, FLOOD)]
