"""Texts of documents: who may attach one, and the sentence that holds a printed number."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.refusals import Forbidden, Invalid, NotFound, TooLarge
from data.scope import Scope
from data.targets.documents import MOST_LETTERS, attach_text, find_sentence, list_documents, load_texts
from tests import worlds
from tests.world_catalogue import NATIONAL_PLAN, PLAN_2025
from tests.world_rollups import renew
from tests.worlds import (
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_REVIEWER,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
    Person,
    scope_of,
)  # fmt: skip

PLAN = """KẾ HOẠCH

I. Chỉ tiêu
- Giảm tỷ số giới tính khi sinh: 16,2 điểm% (về mức
111 trẻ trai/100 trẻ gái);
- Tỷ lệ bà mẹ mang thai được **sàng lọc trước sinh** đạt 70%;
- Tỷ lệ cặp nam, nữ được khám trước khi kết hôn đạt 70%; tăng so với 2024.
- Tỷ lệ sử dụng biện pháp tránh thai đạt 70,6%. Người mới: 48.158 người.
1. Tổ chức 02 đợt truyền thông
"""


def attacher(person: Person) -> Scope:
    return scope_of(person, Permission.DOCUMENT_ATTACH)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


@pytest.mark.parametrize("person", [MINISTRY_REVIEWER, MERGED_HEAD])
def test_the_ministry_and_the_successor_of_who_issued_it_attach_a_text(world: Session, person: Person) -> None:
    attach_text(world, attacher(person), "plan-2025", "\u0000 " + PLAN, NOW)
    kept = world.get(t.DocumentText, PLAN_2025)
    assert kept is not None
    assert (kept.text, kept.attached_by_id, kept.attached_at) == (PLAN.strip(), person.id, NOW)
    line = world.scalars(select(t.AuditLine)).one()
    assert (line.action, line.account_id, line.unit_id) == ("document.attach", person.id, worlds.NORTH)


@pytest.mark.parametrize(
    ("person", "key"),
    [
        (OTHER_HEAD, "plan-2025"),
        (SOUTH_HEAD, "plan-2025"),
        (MERGED_HEAD, "nq21"),
        (MINISTRY_REVIEWER, "no-such-document"),
    ],
)
def test_others_do_not_find_the_document(world: Session, person: Person, key: str) -> None:
    with pytest.raises(NotFound):
        attach_text(world, attacher(person), key, PLAN, NOW)
    assert world.scalars(select(t.DocumentText)).all() == []


def test_a_reader_without_the_permission_attaches_nothing() -> None:
    with pytest.raises(Forbidden):
        attacher(MERGED_LEADER)


def test_a_later_text_replaces_the_earlier_one(world: Session) -> None:
    for text in ("Bản thứ nhất", "Bản thứ hai"):
        attach_text(world, attacher(MERGED_HEAD), "plan-2025", text, NOW)
    assert load_texts(world, [PLAN_2025, NATIONAL_PLAN]) == {PLAN_2025: "Bản thứ hai"}


def test_a_text_of_nothing_and_one_of_ten_megabytes_are_refused(world: Session) -> None:
    for text in ("", " \n\t ", "\u0000"):
        with pytest.raises(Invalid):
            attach_text(world, attacher(MERGED_HEAD), "plan-2025", text, NOW)
    with pytest.raises(TooLarge):
        attach_text(world, attacher(MERGED_HEAD), "plan-2025", "a" * 10_000_000, NOW)
    with pytest.raises(TooLarge):
        attach_text(world, attacher(MERGED_HEAD), "plan-2025", "a" * (MOST_LETTERS + 1), NOW)


def test_the_list_holds_what_the_reader_may_attach(world: Session) -> None:
    renew(world)
    attach_text(world, attacher(MERGED_HEAD), "plan-2025", PLAN, NOW)
    ministry = {document.key: has for document, has in list_documents(world, attacher(MINISTRY_REVIEWER), NOW)}
    assert ministry == {"plan-2025": True, "nq21": False}
    assert [document.key for document, _ in list_documents(world, attacher(MERGED_HEAD), NOW)] == ["plan-2025"]
    assert list_documents(world, attacher(OTHER_HEAD), NOW) == []


@pytest.mark.parametrize(
    ("printed", "about", "start"),
    [
        ("16,2 điểm%", "", "- Giảm tỷ số giới tính"),
        ("về mức 111", "", "- Giảm tỷ số giới tính"),
        ("70%", "sàng lọc trước sinh phụ nữ mang thai", "- Tỷ lệ bà mẹ mang thai"),
        ("70%", "cặp được khám trước khi kết hôn", "- Tỷ lệ cặp nam, nữ"),
        ("70,6%", "", "- Tỷ lệ sử dụng biện pháp"),
        ("48.158 người", "", "Người mới"),
        ("02 đợt", "", "1. Tổ chức"),
    ],
)
def test_the_sentence_that_holds_the_number_is_found(printed: str, about: str, start: str) -> None:
    found = find_sentence(PLAN, printed, about)
    assert found is not None
    assert found.startswith(start)
    assert "\n" not in found


@pytest.mark.parametrize(
    ("printed", "about"), [("70%", ""), ("0,6%", ""), ("158 người", ""), ("2 đợt", ""), ("99%", ""), ("", "")]
)
def test_no_sentence_is_better_than_a_wrong_one(printed: str, about: str) -> None:
    assert find_sentence(PLAN, printed, about) is None


def test_lines_of_paper_are_put_together_also_where_each_is_followed_by_a_blank() -> None:
    text = "- Tăng thêm tỷ lệ cặp nam, nữ được khám \n\n trước khi kết hôn: 05%.  \n\nII. NỘI DUNG"
    assert find_sentence(text, "05%") == "- Tăng thêm tỷ lệ cặp nam, nữ được khám trước khi kết hôn: 05%."


def test_a_long_text_is_searched_quickly() -> None:
    text = ("Năm 2025 " * 40 + ".\n") * 2000 + "- Đạt 12,5%."
    assert find_sentence(text, "12,5%") == "- Đạt 12,5%."
