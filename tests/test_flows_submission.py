"""From an empty form to approved numbers, over HTTP, by the people whose work it is and by others."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world
from tests.form_client import NUMBERS, PERIOD, FormPage, beside, number, told_of
from tests.page_tree import content_of, said
from tests.worlds import (
    ASH_COLLEAGUE,
    ASH_OFFICER,
    BAY_OFFICER,
    MERGED_DEPUTY,
    MERGED_HEAD,
    MINISTRY_OFFICER,
    MINISTRY_REVIEWER,
    NOW,
    OTHER_HEAD,
    Person,
)

APPROVE, SEND_BACK = "callbacks.review.approve", "callbacks.review.send_back"
# What one save asks: who asks, what is known, the form and its neighbours before and after.
SAVE = 17


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def revisions(engine: Engine) -> list[tuple[int, SubmissionStatus, bool]]:
    with unit_of_work(engine, writes=False) as session:
        found = session.scalars(select(t.Revision).order_by(t.Revision.id))
        return [(one.number, one.status, one.in_force) for one in found]


def latest_id(engine: Engine) -> int:
    with unit_of_work(engine, writes=False) as session:
        return max(session.scalars(select(t.Revision.id)))


def deeds(engine: Engine) -> list[str]:
    with unit_of_work(engine, writes=False) as session:
        return list(session.scalars(select(t.AuditLine.action).order_by(t.AuditLine.id)))


def test_a_quarter_goes_from_the_commune_to_its_province_and_counts(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    shown = page.save(births_boys="21", births_girls="19")
    assert said(shown["submission-saved"]) == "✓ Đã lưu 10:00"
    assert said(shown["submission-status"]) == "◌ Nháp"
    assert number(shown, "births_boys.0") == "40"
    receipt = page.send(**NUMBERS)
    assert told_of(receipt)["answer"] == "sent"
    assert "Tỉnh Sông Bắc" in said(receipt["submission-body"])
    decided = answer_of(Reader(app, MERGED_HEAD.id).call(APPROVE, 1, latest_id(engine)))
    assert "Đã duyệt" in said(decided["review-outcome"])
    assert revisions(engine) == [(1, SubmissionStatus.APPROVED, True)]
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.Rollup.period)).first() == PERIOD
    assert deeds(engine)[-2:] == ["submission.send", "submission.approve"]


def test_a_year_goes_from_the_province_to_the_ministry(app: Flask, engine: Engine) -> None:
    receipt = FormPage(app, OTHER_HEAD, ("other", "yearly", "2025")).send(**NUMBERS)
    assert "Bộ Y tế" in said(receipt["submission-body"])
    assert Reader(app, MINISTRY_REVIEWER.id).call(APPROVE, 1, latest_id(engine)).status_code == 200
    assert revisions(engine) == [(1, SubmissionStatus.APPROVED, True)]


def test_a_double_click_sends_once_and_gives_one_receipt_twice(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(**NUMBERS)
    first, second = page.send(), page.send()
    assert first["submission-body"] == second["submission-body"]
    assert deeds(engine).count("submission.send") == 1
    assert revisions(engine) == [(1, SubmissionStatus.SUBMITTED, False)]


def test_sent_again_with_other_numbers_is_refused_and_changes_nothing(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.send(**NUMBERS)
    refused = page.post(page.message("send", {"deaths": "13"}))
    assert refused.status_code == 409
    assert "Báo cáo đã gửi lúc 21/11/2026 10:00, đang chờ duyệt" in refused.get_json()["message"]
    assert deeds(engine).count("submission.send") == 1


def test_a_form_with_gaps_is_kept_and_not_sent(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    shown = page.send(births_boys="21")
    assert told_of(shown)["answer"] == "saved"
    assert "Chưa gửi. Cần sửa hoặc ghi lý do trước: 1." in said(shown["submission-notice"])
    assert "Còn 11 ô chưa nhập" in said(shown["submission-summary"])
    assert revisions(engine) == [(1, SubmissionStatus.DRAFT, False)]


def test_a_warning_wants_a_reason_and_with_one_the_form_goes(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)
    shown = page.send(**NUMBERS | {"births_third_plus": "38"})
    assert "nằm ngoài khoảng thường gặp" in said(beside(shown, "births_third_plus"))
    assert "Bất thường, cần ghi lý do: 1" in said(shown["submission-summary"])
    explained = page.save({"births_third_plus": "Hai gia đình sinh ba"})
    assert "Bất thường, đã có lý do: 1" in said(explained["submission-summary"])
    assert told_of(page.send())["answer"] == "sent"


def test_a_returned_form_says_why_and_opens_for_correction(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.send(**NUMBERS)
    reviewer = Reader(app, MERGED_HEAD.id)
    assert reviewer.call(SEND_BACK, 1, latest_id(engine), "Số chết chưa khớp").status_code == 200
    again = FormPage(app, ASH_OFFICER)
    assert "Tỉnh Sông Bắc trả lại báo cáo:Số chết chưa khớp" in said(again.tree)
    draft = again.save(deaths="13")
    assert "Merged.Head trả lại báo cáo:Số chết chưa khớp" in said(draft["submission-notice"])
    assert told_of(again.send())["answer"] == "sent"
    assert revisions(engine) == [(1, SubmissionStatus.RETURNED, False), (2, SubmissionStatus.SUBMITTED, False)]


def test_an_approved_form_is_corrected_by_typing_and_stands_until_the_correction_is_approved(
    app: Flask, engine: Engine
) -> None:
    FormPage(app, ASH_OFFICER).send(**NUMBERS)
    reviewer = Reader(app, MERGED_HEAD.id)
    reviewer.call(APPROVE, 1, latest_id(engine))
    page = FormPage(app, ASH_OFFICER)
    unchanged = page.send()
    assert "đúng như bản đã duyệt" in said(unchanged["submission-notice"])
    assert revisions(engine) == [(1, SubmissionStatus.APPROVED, True)]
    corrected = page.save(deaths="13")
    assert "Đây là bản đính chính" in said(corrected["submission-notice"])
    assert revisions(engine) == [(1, SubmissionStatus.APPROVED, True), (2, SubmissionStatus.DRAFT, False)]
    page.send()
    reviewer.call(APPROVE, 1, latest_id(engine))
    assert revisions(engine) == [(1, SubmissionStatus.APPROVED, False), (2, SubmissionStatus.APPROVED, True)]


def test_a_parent_enters_for_a_silent_child_and_a_second_person_approves(app: Flask, engine: Engine) -> None:
    page = FormPage(app, MERGED_HEAD)
    assert "nhập thay Xã An Bình" in said(page.tree)
    page.send(**NUMBERS)
    own = Reader(app, MERGED_HEAD.id).call(APPROVE, 1, latest_id(engine))
    assert own.status_code == 403
    assert own.get_json()["message"] == "Bạn đã nhập hoặc gửi báo cáo này nên người khác phải duyệt."
    assert Reader(app, MERGED_DEPUTY.id).call(APPROVE, 1, latest_id(engine)).status_code == 200


@pytest.mark.parametrize("stranger", [BAY_OFFICER, OTHER_HEAD, MINISTRY_OFFICER], ids=lambda one: one.username)
def test_nobody_else_reads_or_writes_a_draft(app: Flask, engine: Engine, stranger: Person) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    page.reader = Reader(app, stranger.id)
    refused = page.post(page.message("save", {"births_boys": "99"}))
    assert refused.status_code == 404
    with unit_of_work(engine, writes=False) as session:
        assert list(session.scalars(select(t.Result.value))) == [21]


def test_the_second_of_two_people_is_told_and_chooses(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save(deaths="12")
    clash = second.save(deaths="14", births_boys="21")
    told, notice = told_of(clash), said(clash["submission-notice"])
    assert (told["answer"], told["theirs"]) == ("conflict", {f"deaths@{PERIOD}": "12"})
    assert "Ash.Officer đã lưu biểu này lúc 21/11/2026 10:00" in notice
    assert "Số deaths1214" in notice
    assert "Số births_boys" not in notice
    second.version, second.seen = told["version"], second.seen | told["theirs"]
    kept = second.work("keep", None, deaths="14", births_boys="21")
    assert told_of(kept)["values"][f"deaths@{PERIOD}"] == "14"
    with unit_of_work(engine, writes=False) as session:
        assert sorted(session.scalars(select(t.Result.value))) == [14, 21]


def test_two_people_in_different_cells_lose_nothing_and_the_second_is_told(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save(deaths="12")
    merged = second.save(births_boys="21")
    told = told_of(merged)
    assert (told["answer"], told["values"][f"deaths@{PERIOD}"]) == ("saved", "12")
    assert "Ash.Officer cũng đã lưu biểu này lúc 21/11/2026 10:00" in said(merged["submission-notice"])
    with unit_of_work(engine, writes=False) as session:
        assert sorted(session.scalars(select(t.Result.value))) == [12, 21]


def test_what_somebody_else_typed_meanwhile_is_not_sent_unseen(app: Flask, engine: Engine) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save(**{key: text for key, text in NUMBERS.items() if key != "deaths"})
    shown = second.send(deaths="12")
    assert told_of(shown)["answer"] == "saved"
    assert revisions(engine) == [(1, SubmissionStatus.DRAFT, False)]


def test_a_choice_made_on_numbers_that_have_changed_again_is_asked_again(app: Flask) -> None:
    first, second = FormPage(app, ASH_OFFICER), FormPage(app, ASH_COLLEAGUE)
    first.save(deaths="12")
    told = told_of(second.save(deaths="14"))
    first.save(deaths="15")
    second.version, second.seen = told["version"], second.seen | told["theirs"]
    again = second.work("keep", None, deaths="14")
    assert told_of(again)["theirs"] == {f"deaths@{PERIOD}": "15"}


def test_the_list_of_forms_and_the_sent_form_say_where_it_stands(app: Flask) -> None:
    FormPage(app, ASH_OFFICER).send(**NUMBERS)
    reader = Reader(app, ASH_OFFICER.id)
    assert "Biểu quarterly · Quý III/2026Xã An Bình · hạn 07/10/2026 · ◔ Đã gửi" in said(content_of(reader, "/submit"))


def test_saving_asks_the_same_number_of_questions_however_much_is_typed(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    with queries(engine) as little:
        page.save(births_boys="22")
    with queries(engine) as much:
        page.save(**NUMBERS)
    assert (len(little), len(much)) == (SAVE, SAVE)
