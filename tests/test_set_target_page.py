"""The page on which targets are entered: over HTTP, as a browser asks, for who may and who may not."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.snapshot import get_snapshot
from layouts.ids.set_target import SetId
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world
from tests.page_tree import content_of, find, said
from tests.test_forged_races import at_once
from tests.world_set_target import (
    DOCUMENTS,
    MADE,
    OFFER,
    SAVE,
    live,
    looked,
    problems,
    saved,
    values,
)
from tests.worlds import (
    ASH_OFFICER,
    MERGED_HEAD,
    NOW,
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


def count(app: Flask, table: Any) -> int:
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


# ---- entering


def test_a_target_is_entered_with_its_document_and_stands_in_registry_document_and_file(
    app: Flask, head: Reader
) -> None:
    assert saved(head) == MADE
    panel = said(content_of(head, "/targets", target=MADE))
    assert "≥ 85%" in panel
    assert "5/QĐ-UBND, 05/01/2026" in panel
    assert "Người nhập" in panel
    assert "Merged.Head" in panel
    page = said(content_of(head, "/document", key="merged-vb-1"))
    assert "Giao chỉ tiêu năm 2026" in page
    assert "≥ 85%" in page
    assert "5/QĐ-UBND" in head.get("/export/targets.csv?unit=ash").get_data(as_text=True)
    # Whoever reads the commune's targets reads this one.
    assert "≥ 85%" in said(content_of(Reader(app, ASH_OFFICER.id), "/targets", target=MADE))


def test_the_page_offers_the_readers_units_and_documents_and_shows_what_definitions_count(head: Reader) -> None:
    page = content_of(head, "/set-target", unit="ash", definition="prenatal_screening")
    units = [one["value"] for one in find(page, SetId.UNIT)["options"]][1:]
    assert units == ["merged", "ash", "bay", "cedar"]
    offered = answer_of(head.call(OFFER, "all"))
    keys = [one["value"] for one in offered[SetId.DEFINITION]["options"]]
    # What is not counted any more is not offered, and of several definitions none is chosen.
    assert "third_birth_share" not in keys
    assert len(keys) > 1
    assert offered[SetId.DEFINITION]["value"] is None
    assert "a ÷ b" in json.dumps(offered, ensure_ascii=False)
    saved(head)
    documents = answer_of(head.call(DOCUMENTS, "bay"))[SetId.DOCUMENT]["options"]
    assert documents[1] == {"value": "merged-vb-1", "label": "5/QĐ-UBND, 05/01/2026 · Giao chỉ tiêu năm 2026"}


def test_the_line_beside_says_how_the_number_is_read_and_judged(head: Reader) -> None:
    assert "Sẽ đọc là: ≥ 85%" in live(head)
    assert "Đánh giá khi có kết quả năm 2026." in live(head)
    about = live(head, reading="ABOUT", way="NEITHER")
    assert "Sẽ đọc là: khoảng 85%" in about
    assert "Theo quy ước" in about
    fall: dict[str, Any] = {"reading": "CHANGE", "low": "2", "way": "DOWN", "base": "NONE"}
    assert "Sẽ không đánh giá vì: văn bản không nêu năm gốc" in live(head, size="POINTS", **fall)
    unsaid = live(head, size="UNSAID", **fall)
    assert "Sẽ đọc là: giảm 2%" in unsaid
    assert "Sẽ không đánh giá vì: " in unsaid
    based = live(head, **{**fall, "base": "YEAR", "base_year": "2025", "size": "POINTS"})
    assert "khi có kết quả đã duyệt của chính đơn vị cho năm gốc 2025" in based
    words = live(head, reading="WORDS", printed="Phấn đấu tăng dần")
    assert "Sẽ không đánh giá vì: " in words


def test_it_says_what_the_number_takes_the_place_of_and_where_it_is_weaker_and_saves_it_all_the_same(
    head: Reader,
) -> None:
    saved(head, unit="merged", low="90")
    weaker = live(head, document="merged-vb-1")
    assert "Thấp hơn yêu cầu của cấp trên: " in weaker
    assert "≥ 90%" in weaker
    assert "không ngăn việc lưu" in weaker
    assert "Thấp hơn" not in live(head, document="merged-vb-1", low="95")
    saved(head, document="merged-vb-1")
    later: dict[str, Any] = {"kind": "ADJUSTED", "number": "8/QĐ-UBND", "issued": "20/1/2026", "low": "92"}
    assert "Thay cho ≥ 85% theo 5/QĐ-UBND, 05/01/2026" in live(head, {"adjust": MADE}, **later)
    assert saved(head, {"adjust": MADE}, **later) == f"{MADE}-2"


def test_fields_come_and_go_as_the_reading_asks(head: Reader) -> None:
    def shown(**changes: Any) -> set[str]:
        answer = looked(head, **changes)
        groups = {name.removeprefix("set-group-"): one for name, one in answer.items() if "set-group-" in name}
        return {name for name, one in groups.items() if not one["hidden"]}

    assert shown() == {"paper", "numbers"}
    assert shown(document="plan-2025", reading="RANGE") == {"numbers", "high"}
    assert shown(document="plan-2025", reading="CHANGE", base="YEAR") == {"numbers", "way", "size", "base", "base_year"}
    assert shown(document="plan-2025", reading="WORDS") == set()


# ---- refusing


def test_every_problem_stands_beside_its_field_and_nothing_is_kept(app: Flask, head: Reader) -> None:
    wrong: dict[str, Any] = {"low": "101", "issued": "hôm qua", "year": "26", "number": "không số"}
    assert problems(looked(head, **wrong)) == {}
    told = problems(looked(head, 1, **wrong))
    assert set(told) == {"YEAR", "LOW", "NUMBER", "ISSUED"}
    refused = head.call(SAVE, 1, *values(**wrong))
    assert refused.status_code == 422
    assert "tổng số chỗ sai: 4" in refused.get_json()["message"]
    assert (count(app, t.Document), count(app, t.Target)) == (2, 7)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"definition": ""}, "DEFINITION"),
        ({"reading": ""}, "OPERATOR"),
        ({"document": ""}, "DOCUMENT"),
        ({"document": "none chosen"}, "DOCUMENT"),
        ({"document": "nq21"}, "DOCUMENT"),  # of the nation, in whose name a province sets nothing
        ({"unit": "dale"}, "UNIT"),
        ({"issuer": "vn"}, "DOCUMENT"),
        ({"reading": "CHANGE", "way": "UP", "base": "NONE"}, "SIZE"),
        ({"reading": "CHANGE", "way": "UP", "size": "POINTS"}, "BASE_YEAR"),
        ({"subject": ""}, "SUBJECT"),
        ({"kind": ""}, "PLAN_KIND"),
    ],
)
def test_what_is_missing_or_not_the_readers_is_told_at_its_field(
    app: Flask, head: Reader, changes: dict[str, Any], field: str
) -> None:
    assert set(problems(looked(head, 1, **changes))) == {field}
    assert head.call(SAVE, 1, *values(**changes)).status_code == 422
    assert (count(app, t.Document), count(app, t.Target)) == (2, 7)


def test_a_document_that_is_there_is_not_entered_again(app: Flask, head: Reader) -> None:
    saved(head)
    assert "đã có" in problems(looked(head, 1, unit="bay"))["NUMBER"].lower()
    assert head.call(SAVE, 1, *values(unit="bay")).status_code == 422
    assert saved(head, unit="bay", document="merged-vb-1") == "bay-prenatal_screening-2026"
    assert count(app, t.Document) == 3


def test_two_clicks_at_once_enter_one_target(app: Flask) -> None:
    readers = [Reader(app, MERGED_HEAD.id) for _ in range(2)]
    saves = [lambda reader=reader: reader.call(SAVE, 1, *values()).status_code for reader in readers]
    assert sorted(at_once(*saves)) in ([200, 409], [200, 422])
    assert (count(app, t.Document), count(app, t.Target)) == (3, 8)


def test_words_with_letters_that_no_database_keeps_are_set_without_them(head: Reader) -> None:
    key = saved(head, reading="WORDS", low="", printed="Giảm\x00 mạnh\ud800 so với\u202e 2025")
    with unit_of_work(head.app.extensions["portal_engine"], writes=False) as session:
        target = get_snapshot(session).targets.find(key)
    assert target is not None
    assert target.as_printed == "Giảm mạnh so với 2025"
    assert target.wording_vi.endswith(": Giảm mạnh so với 2025")
