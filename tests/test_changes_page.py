"""The page on which the ministry changes units: three steps whose state is the address, and nobody else's."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from unicodedata import normalize

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import Role, UnitKind
from data.refusals import Invalid
from data.snapshot import get_snapshot
from data.units.changes.draft import Draft, read_share
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world, an_account
from tests.page_tree import ROUTER, components, content_of, find, links, said
from tests.world_changes import faults
from tests.worlds import (
    ASH_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NOW,
    OTHER,
    OTHER_HEAD,
    Person,
)

MAKE, TAKE_BACK = "callbacks.changes.make", "callbacks.changes.take_back"
FIRST = {"deed": "MERGE", "on": "01/12/2026", "number": "12/NQ-UBTVQH16", "issued": "2026-10-15", "title": "Sắp xếp"}
MERGER = FIRST | {"u1": "ash", "u2": "bay", "name1": "Hợp Nhất", "kind1": "COMMUNE", "code1": "00077"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


@pytest.fixture
def admin(app: Flask) -> Reader:
    return Reader(app, MINISTRY_ADMIN.id)


def sent(tree: Any) -> Any:
    """What the button of a preview sends."""
    return find(tree, "change-draft")["data"]


def made(admin: Reader, **query: str) -> Any:
    """Makes the change of the address, as the button of its preview does."""
    return admin.call(MAKE, 1, sent(content_of(admin, "/changes", step="preview", **query)))


def typed(tree: Any) -> dict[str, str]:
    """Every named field of the page's form with what stands in it."""
    return {one["name"]: one.get("value", "") for one in components(tree) if one.get("name") and "options" not in one}


def keys(engine: Engine) -> dict[str, date | None]:
    with unit_of_work(engine, writes=False) as session:
        unit = t.AdminUnit
        rows = session.execute(select(unit.key, unit.closed_on).where(unit.never_in_force.is_(False)))
        return {key: closed for key, closed in rows}  # noqa: C416


def test_two_communes_are_merged_from_a_document_in_three_steps(admin: Reader, engine: Engine) -> None:
    assert "Thay đổi mới" in said(content_of(admin, "/changes"))
    units = content_of(admin, "/changes", step="units", q="binh minh", **FIRST)
    assert "Xã Bình Minh" in said(units)
    preview = content_of(admin, "/changes", step="preview", **MERGER)
    assert "Xã Hợp Nhất được thành lập, khóa c00077-2026" in said(preview)
    assert "Cấp xã: trước 5, sau 4" in said(preview)
    done = answer_of(admin.call(MAKE, 1, sent(preview)))
    assert "Đã thực hiện thay đổi." in said(done["change-outcome"])
    assert keys(engine)["ash"] == keys(engine)["bay"] == date(2026, 11, 30)
    assert keys(engine)["c00077-2026"] is None
    with unit_of_work(engine, writes=False) as session:
        assert faults(session) == []
        document = session.scalars(select(t.Document).where(t.Document.number == "12/NQ-UBTVQH16")).one()
        assert (document.issued_on, document.title_vi) == (date(2026, 10, 15), "Sắp xếp")
    assert "từ ngày 01/12/2026 · 12/NQ-UBTVQH16" in said(content_of(admin, "/changes"))


def test_nothing_that_was_typed_is_lost_when_a_change_is_refused(admin: Reader) -> None:
    wrong = MERGER | {"code1": "7"}
    tree = content_of(admin, "/changes", step="preview", **wrong)
    assert "Mã của Xã Hợp Nhất phải gồm 5 chữ số." in said(tree)
    fields = typed(tree)
    for name in ("deed", "on", "number", "issued", "title", "u1", "u2", "name1", "code1"):
        assert fields[name] == wrong[name]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"on": "32/12/2026"}, "Hãy ghi ngày theo dạng 01/10/2026."),
        ({"number": ""}, "Văn bản phải có số"),
        ({"u2": ""}, "Hãy chọn đơn vị trước: ít nhất 2 đơn vị."),
        ({"kind1": "no kind"}, "Hãy chọn loại của đơn vị được thành lập."),
        ({"u1": "nowhere"}, "Không có đơn vị “nowhere” trong phạm vi của bạn."),
        ({"on": "01/06/2020"}, "quá sớm|không thể thay đổi từ ngày 01/06/2020"),
    ],
)
def test_what_is_missing_is_said(admin: Reader, missing: dict[str, str], sentence: str) -> None:
    assert re.search(sentence, said(content_of(admin, "/changes", step="preview", **MERGER | missing)))


def test_every_kind_of_change_can_be_written(admin: Reader) -> None:
    deeds = {
        "SPLIT": {"u1": "ash", "basis": "POPULATION", "name1": "Một", "kind1": "COMMUNE", "code1": "00071",
                  "share1": "40%", "name2": "Hai", "kind2": "WARD", "code2": "00072", "share2": "0,6"},
        "RENAME": {"u1": "ash", "name1": "Mới"},
        "KIND": {"u1": "ash", "kind1": "WARD"},
        "CODE": {"u1": "ash", "code1": "00071"},
        "MOVE": {"u1": "ash", "u2": "bay", "parent": "other"},
        "OPEN": {"level": "COMMUNE", "parent": "other", "name1": "Mới", "kind1": "COMMUNE", "code1": "00071"},
        "CLOSE": {"u1": "ash", "parent": "merged"},
    }  # fmt: skip
    for deed, fields in deeds.items():
        tree = content_of(admin, "/changes", step="preview", **FIRST | fields | {"deed": deed})
        assert "Thực hiện thay đổi" in said(tree), (deed, said(tree))


def test_units_are_added_and_dropped_by_buttons_that_keep_the_rest(admin: Reader) -> None:
    tree = content_of(admin, "/changes", step="units", add="cedar", **MERGER)
    assert [value for name, value in typed(tree).items() if re.fullmatch(r"u\d", name)] == ["ash", "bay", "cedar"]
    tree = content_of(admin, "/changes", step="units", drop="ash", **MERGER)
    assert [value for name, value in typed(tree).items() if re.fullmatch(r"u\d", name)] == ["bay"]


@pytest.mark.parametrize("text", ["1e999999999", "1e3", "9" * 5000, "1/0", "١/٢", "-1/2", "2", "0", "", "1/3/5", "nan"])
def test_a_share_that_is_none_is_refused_before_it_is_worked_out(text: str) -> None:
    with pytest.raises(Invalid):
        read_share(text)


def test_what_no_database_keeps_is_left_out_of_what_is_typed() -> None:
    draft = Draft.from_args(MERGER | {"name1": "A\ud800b\x00c", "title": normalize("NFD", "Sắp xếp")})
    assert (draft.parts[0].name, draft.title) == ("Abc", "Sắp xếp")


def test_a_draft_says_the_same_in_an_address_and_back() -> None:
    draft = Draft.from_args(MERGER | {"share1": "1/3", "below1": "00001 00002", "basis": "AREA", "parent": "p01"})
    assert Draft.from_args(draft.to_args()) == draft
    assert draft.parts[0].kind in set(UnitKind)
    assert read_share("0,4") == read_share("40%") == read_share("2/5")


def test_a_preview_that_somebody_overtook_is_looked_at_again(admin: Reader, engine: Engine) -> None:
    kept = sent(content_of(admin, "/changes", step="preview", **MERGER))
    rename = FIRST | {"deed": "RENAME", "u1": "cedar", "name1": "Khác"}
    assert made(admin, **rename).status_code == 200
    assert admin.call(MAKE, 1, kept).status_code == 409
    assert keys(engine)["ash"] is None


def test_a_change_is_taken_back_on_its_own_day_and_from_a_later_one(admin: Reader, engine: Engine) -> None:
    assert made(admin, **MERGER).status_code == 200
    with unit_of_work(engine, writes=False) as session:
        number = str(session.scalars(select(t.UnitChangeSet.id)).one())
    assert f"/changes?undo={number}" in links(content_of(admin, "/changes"))
    own_day = content_of(admin, "/changes", undo=number, step="preview", on="01/12/2026")
    assert "chưa từng có hiệu lực" in said(own_day)
    later = {"undo": number, "step": "preview", "on": "01/02/2027"}
    assert "Hãy ghi phần của Xã Hợp Nhất trả lại cho Xã An Bình." in said(content_of(admin, "/changes", **later))
    preview = content_of(admin, "/changes", **later | {"s1-1": "40%"})
    assert "Xã An Bình được thành lập, khóa c00131-2027" in said(preview)
    assert admin.call(TAKE_BACK, 1, sent(own_day)).status_code == 200
    assert "c00077-2026" not in keys(engine)
    assert keys(engine)["ash"] is None
    assert admin.call(TAKE_BACK, 1, sent(preview)).status_code == 409
    assert "Đã hủy." in said(content_of(admin, "/changes"))


@pytest.mark.parametrize("person", [MERGED_HEAD, OTHER_HEAD, ASH_OFFICER, MINISTRY_REVIEWER, MINISTRY_VIEWER])
def test_nobody_else_opens_the_page_or_changes_anything(
    app: Flask, engine: Engine, admin: Reader, person: Person
) -> None:
    kept = sent(content_of(admin, "/changes", step="preview", **MERGER))
    reader = Reader(app, person.id)
    assert reader.get("/changes").status_code == 403
    assert reader.call(ROUTER, "/changes", "").status_code == 403
    assert reader.call(MAKE, 1, kept).status_code == 403
    assert reader.call(TAKE_BACK, 1, {"id": 1, "on": "2026-12-01", "seen": "x"}).status_code == 403
    assert keys(engine)["ash"] is None


@pytest.mark.parametrize("kept", [None, [], "x", {"args": "x"}, {"args": {"on": 1}}, {"args": {"deed": "MERGE"}}])
def test_what_no_preview_sends_changes_nothing(admin: Reader, kept: Any, engine: Engine) -> None:
    before = keys(engine)
    assert admin.call(MAKE, 1, kept).status_code == 422
    assert admin.call(TAKE_BACK, 1, kept).status_code in {404, 422}
    assert keys(engine) == before


def test_an_unknown_change_is_not_found(admin: Reader) -> None:
    for number in ("999", "x", "-1"):
        assert admin.get(f"/changes?undo={number}").status_code == 404


def test_roles_wait_for_the_administrator_and_are_given_one_by_one(admin: Reader, engine: Engine) -> None:
    assert "Không có vai trò nào chờ quyết định." in said(content_of(admin, "/proposals"))
    assert made(admin, **MERGER).status_code == 200
    listed = [one for one in links(content_of(admin, "/proposals")) if one.startswith("/proposals?id=")]
    assert len(listed) == 3
    number = int(listed[0].rpartition("=")[2])
    assert "Ash.Colleague" in said(content_of(admin, "/proposals", id=str(number)))
    answer = answer_of(admin.call("callbacks.proposals.give", 1, number))
    assert "Đã giao vai trò." in said(answer["proposal-decide"])
    assert admin.call("callbacks.proposals.decline", 1, number).status_code == 409
    other = int(listed[1].rpartition("=")[2])
    answer = answer_of(admin.call("callbacks.proposals.decline", 1, other))
    assert "Không giao vai trò." in said(answer["proposal-decide"])
    assert len([one for one in links(content_of(admin, "/proposals")) if one.startswith("/proposals?id=")]) == 1
    with unit_of_work(engine, writes=False) as session:
        new = get_snapshot(session).tree.ids["c00077-2026"]
        held = session.scalars(select(t.AccountRole.account_id).where(t.AccountRole.unit_id == new)).all()
    assert len(held) == 1


def test_an_administrator_of_another_part_finds_no_proposal(app: Flask, admin: Reader, engine: Engine) -> None:
    assert made(admin, **MERGER).status_code == 200
    (first, *_rest) = [one for one in links(content_of(admin, "/proposals")) if one.startswith("/proposals?id=")]
    number = int(first.rpartition("=")[2])
    theirs = Reader(app, an_account(engine, "other.admin", (Role.ADMINISTRATOR, OTHER)))
    ours = Reader(app, an_account(engine, "merged.admin", (Role.ADMINISTRATOR, MERGED)))
    assert "Không có vai trò nào chờ quyết định." in said(content_of(theirs, "/proposals"))
    assert theirs.get(first).status_code == 404
    assert theirs.call("callbacks.proposals.give", 1, number).status_code == 404
    assert theirs.get("/changes").status_code == 403
    assert Reader(app, MERGED_HEAD.id).call("callbacks.proposals.give", 1, number).status_code == 403
    assert ours.call("callbacks.proposals.give", 1, number).status_code == 200
