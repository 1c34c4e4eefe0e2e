"""Correcting, adjusting and taking back a target on its page: for who may and who may not."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from data import clock
from data.db import unit_of_work
from data.kinds import Role
from layouts.ids.set_target import SetId
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world, an_account
from tests.page_tree import components, content_of, find, links, said
from tests.world_rollups import put_rollup
from tests.world_set_target import LOOK, MADE, SAVE, TAKE_BACK, looked, problems, saved, values
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    return portal_on(a_small_world(engine))


@pytest.fixture
def head(app: Flask) -> Reader:
    return Reader(app, MERGED_HEAD.id)


# ---- correcting, adjusting, taking back


def test_a_correction_fills_the_form_asks_why_and_puts_another_in_its_place(head: Reader) -> None:
    saved(head)
    page = content_of(head, "/set-target", correct=MADE)
    assert (find(page, SetId.LOW)["value"], find(page, SetId.DOCUMENT)["value"]) == ("85", "merged-vb-1")
    right: dict[str, Any] = {"low": "58", "document": "merged-vb-1"}
    told = problems(looked(head, 1, {"correct": MADE}, **right))
    assert list(told) == ["REASON"]
    assert head.call(SAVE, 1, *values({"correct": MADE}, **right)).status_code == 422
    # Unit, indicator and year are those of what is corrected, whatever a browser sends.
    other: dict[str, Any] = {"unit": "bay", "year": "2030"}
    assert saved(head, {"correct": MADE}, reason="Gõ nhầm", **right, **other) == f"{MADE}-2"
    assert "≥ 58%" in said(content_of(head, "/targets", target=f"{MADE}-2"))
    assert head.get(f"/set-target?correct={MADE}").status_code == 404


def test_a_form_whose_target_was_changed_meanwhile_says_so_and_keeps_what_is_typed(head: Reader) -> None:
    """The look at the form may also come after the saving that the same click began."""
    saved(head)
    right: dict[str, Any] = {"low": "58", "document": "merged-vb-1", "reason": "Gõ nhầm"}
    saved(head, {"correct": MADE}, **right)
    for mode in ("correct", "adjust", "withdraw"):
        answer = looked(head, 1, {mode: MADE}, **right)
        assert list(answer) == [SetId.LIVE]
        assert f"/targets?target={MADE}" in links(answer[SetId.LIVE]["children"])
    assert head.call(SAVE, 1, *values({"correct": MADE}, **right)).status_code == 404


def test_whoever_sets_no_targets_there_is_told_of_one_as_of_none(app: Flask, head: Reader) -> None:
    saved(head)
    stranger, nothing = Reader(app, OTHER_HEAD.id), "ash-nothing-2026"
    for mode in ("correct", "adjust", "withdraw"):
        told, of_none = (looked(stranger, 1, {mode: key}, low="58") for key in (MADE, nothing))
        assert list(told) == list(of_none) == [SetId.LIVE]
        assert said(told[SetId.LIVE]["children"]) == said(of_none[SetId.LIVE]["children"])
        assert "85" not in said(told[SetId.LIVE]["children"])


def test_what_has_judged_is_not_corrected_but_adjusted(app: Flask, head: Reader) -> None:
    saved(head)
    with unit_of_work(app.extensions["portal_engine"]) as session:
        put_rollup(session, ASH, "prenatal_screening", "2026Q1", 8, 10)
    for mode in ("correct", "withdraw"):
        assert head.get(f"/set-target?{mode}={MADE}").status_code == 409
        page = content_of(head, "/set-target", **{mode: MADE})
        assert "văn bản ban hành sau" in said(page)
        assert f"/set-target?adjust={MADE}" in links(page)
    assert head.call(SAVE, 1, *values({"correct": MADE}, document="merged-vb-1", reason="Nhầm")).status_code == 409
    assert head.call(TAKE_BACK, 1, "Nhầm", {"withdraw": MADE}).status_code == 409
    page = content_of(head, "/set-target", adjust=MADE)
    assert (find(page, SetId.KIND)["value"], find(page, SetId.DOCUMENT)["value"]) == ("ADJUSTED", "a new one")
    panel = content_of(head, "/targets", target=MADE)
    assert f"/set-target?adjust={MADE}" in links(panel)
    assert f"/set-target?correct={MADE}" not in links(panel)


def test_taking_back_asks_why_and_leads_to_the_history(head: Reader) -> None:
    saved(head)
    assert "Lý do rút" in said(content_of(head, "/set-target", withdraw=MADE))
    assert head.call(TAKE_BACK, 1, " . ", {"withdraw": MADE}).status_code == 422
    answer = answer_of(head.call(TAKE_BACK, 1, "Giao nhầm xã", {"withdraw": MADE}))
    assert answer[SetId.ADDRESS]["href"] == f"/targets?target={MADE}"
    assert "Giao nhầm xã" in said(content_of(head, "/targets", target=MADE))
    assert "≥ 85%" not in said(content_of(head, "/document", key="merged-vb-1"))


# ---- who may not


def test_other_roles_have_neither_page_nor_buttons(app: Flask) -> None:
    for person in (ASH_OFFICER, MERGED_LEADER, MINISTRY_ADMIN):
        reader = Reader(app, person.id)
        assert reader.get("/set-target").status_code == 403
        assert reader.call(SAVE, 1, *values()).status_code == 403
        assert reader.call(LOOK, 1, *values()).status_code == 403
    for person in (ASH_OFFICER, MERGED_LEADER):
        assert not [href for href in links(content_of(Reader(app, person.id), "/targets")) if "/set-target" in href]
    head = Reader(app, MERGED_HEAD.id)
    assert "/set-target" in links(content_of(head, "/targets"))
    assert "/set-target?unit=ash" in links(content_of(head, "/unit", key="ash"))
    assert not [href for href in links(content_of(head, "/unit", key="vn")) if "/set-target" in href]


def test_other_provinces_and_the_ministry_find_no_such_target_and_a_commune_may_not_touch_it(
    app: Flask, head: Reader
) -> None:
    saved(head)
    commune = Reader(app, an_account(app.extensions["portal_engine"], "ash.reviewer", (Role.REVIEWER, ASH)))
    for reader, status in (
        (Reader(app, OTHER_HEAD.id), 404),
        (Reader(app, SOUTH_HEAD.id), 404),
        (Reader(app, MINISTRY_REVIEWER.id), 404),
        (commune, 403),
    ):
        assert reader.get(f"/set-target?correct={MADE}").status_code == status
        assert reader.get(f"/set-target?withdraw={MADE}").status_code == status
        right = values({"correct": MADE}, document="merged-vb-1", reason="Nhầm", low="10")
        assert reader.call(SAVE, 1, *right).status_code == status
        assert reader.call(TAKE_BACK, 1, "Nhầm", {"withdraw": MADE}).status_code == status
        assert not [one for one in links(content_of(reader, "/targets")) if f"={MADE}" in one]
    assert Reader(app, OTHER_HEAD.id).get("/set-target?unit=ash").status_code == 404
    assert Reader(app, OTHER_HEAD.id).get(f"/set-target?adjust={MADE}").status_code == 404


def test_the_page_of_a_new_target_costs_no_more_queries_for_more_targets(app: Flask, head: Reader) -> None:
    engine: Engine = app.extensions["portal_engine"]
    counts = []
    for unit in ("ash", "bay", "cedar"):
        content_of(head, "/set-target", unit="ash")
        with queries(engine) as seen:
            content_of(head, "/set-target", unit="ash")
        counts.append(len(seen))
        saved(head, unit=unit, document="a new one" if unit == "ash" else "merged-vb-1")
    assert len(set(counts)) == 1


def test_every_field_has_a_name(head: Reader) -> None:
    page = content_of(head, "/set-target")
    named = {one["htmlFor"] for one in components(page) if "htmlFor" in one}
    typed = {one["id"] for one in components(page) if one.get("type") == "text" or "maxLength" in one}
    assert typed <= named
