"""Bad input: each gets a sentence in the reader's language, the right status and no stack trace, and keeps the rest."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from tests.dash_client import Reader, portal_on
from tests.drawn import ROUTER, content_of, said
from tests.factories import a_small_world
from tests.form_client import PERIOD, FormPage, beside, told_of
from tests.world_reports import put_report
from tests.worlds import ASH, ASH_OFFICER, DALE, MERGED_HEAD, NOW, OTHER_HEAD

LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
NO_UNIT = {"vi": "Không có đơn vị này trong phạm vi của bạn.", "en": "There is no such unit within your reach."}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def values(engine: Engine) -> list[int]:
    with unit_of_work(engine, writes=False) as session:
        return sorted(session.scalars(select(t.Result.value)))


def speaking(reader: Reader, language: str) -> Reader:
    assert reader.post(f"/language/{language}", {"next": "/"}).status_code == 303
    return reader


def refusal(response: TestResponse, status: int) -> str:
    """The sentence of a refusal, which is all that it holds."""
    text = response.get_data(as_text=True)
    assert (response.status_code, list(response.get_json())) == (status, ["message"]), text
    assert "Traceback" not in text
    message: str = response.get_json()["message"]
    return message


# What is changed in a message that the page's own script would have sent, and what is answered.
FORGED: dict[str, tuple[dict[str, Any], int, dict[str, str]]] = {
    "a unit that does not exist": ({"unit": "no-such-unit"}, 404, NO_UNIT),
    "another unit": ({"unit": "dale"}, 404, NO_UNIT),
    "a unit that is no text": ({"unit": ["ash"]}, 422, {"vi": "Trang gửi lên nội dung không đọc được", "en": "cannot be read"}),
    "a form that does not exist": ({"form": "daily"}, 404, {"vi": "Không có biểu này.", "en": "There is no such form."}),
    "a form of another level": ({"form": "yearly", "period": "2025"}, 422, {"vi": "không báo cáo biểu", "en": "does not report the form"}),
    "a period that does not exist": ({"period": "2026Q9"}, 422, {"vi": "Không có kỳ báo cáo này.", "en": "There is no such period."}),
    "a period that has not ended": ({"period": "2026Q4"}, 422, {"vi": "chưa kết thúc", "en": "has not ended yet"}),
    "a period of another kind": ({"period": "202609"}, 422, {"vi": "không báo cáo cho kỳ", "en": "is not reported for the period"}),
    "an element that does not exist": ({"typed": {f"dragons@{PERIOD}": "1"}}, 422, {"vi": "Biểu không có ô này.", "en": "The form has no such cell."}),
    "a cell of another period": ({"typed": {"deaths@2020Q1": "1"}}, 422, {"vi": "Biểu không có ô này.", "en": "The form has no such cell."}),
    "a version that is no number": ({"version": "1"}, 422, {"vi": "Trang gửi lên nội dung không đọc được", "en": "cannot be read"}),
    "an intent that nobody has": ({"intent": "approve"}, 422, {"vi": "Trang gửi lên nội dung không đọc được", "en": "cannot be read"}),
    "a standing that nobody has": ({"standing": "ESTIMATE"}, 422, {"vi": "sơ bộ hoặc chính thức", "en": "preliminary or final"}),
}  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("what", FORGED)
def test_a_forged_message_is_refused_with_a_sentence_and_writes_nothing(
    app: Flask, engine: Engine, what: str, language: str
) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    speaking(page.reader, language)
    changes, status, sentence = FORGED[what]
    message = page.message("save", {"births_boys": "99"}) | changes
    assert sentence[language] in refusal(page.post(message), status)
    assert values(engine) == [21]


@LANGUAGES
@pytest.mark.parametrize("message", [None, [], "save", 7, {}, {"intent": "save"}])
def test_what_is_no_message_at_all_is_refused(app: Flask, language: str, message: Any) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    expected = {"vi": "Chưa có gì thay đổi; đề nghị tải lại trang", "en": "Nothing was changed; reload the page"}
    assert expected[language] in refusal(page.post(message), 422)


@LANGUAGES
@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("unit=no-such-unit&form=quarterly&period=2026Q3", 404, NO_UNIT),
        ("unit=dale&form=quarterly&period=2026Q3", 404, NO_UNIT),
        ("unit=ash&form=daily&period=2026Q3", 404, FORGED["a form that does not exist"][2]),
        ("unit=ash&form=quarterly&period=2026Q9", 422, FORGED["a period that does not exist"][2]),
        ("unit=ash", 404, FORGED["a form that does not exist"][2]),
    ],
)
@pytest.mark.parametrize("path", ["/submit", "/form"])
def test_a_forged_address_is_refused(
    app: Flask, language: str, path: str, query: str, status: int, sentence: dict[str, str]
) -> None:
    reader = speaking(Reader(app, ASH_OFFICER.id), language)
    assert sentence[language] in refusal(reader.call(ROUTER, path, f"?{query}"), status)


@LANGUAGES
@pytest.mark.parametrize("revision", ["-1", "0", "x", "²", "9" * 40, "1 or 1=1", ""])
def test_a_report_that_does_not_exist_cannot_be_opened_or_decided(app: Flask, language: str, revision: str) -> None:
    reader = speaking(Reader(app, MERGED_HEAD.id), language)
    sentence = {"vi": "Không có báo cáo", "en": "There is no such report"}[language]
    assert sentence in refusal(reader.call(ROUTER, "/review", f"?revision={revision}"), 404)
    assert sentence in refusal(reader.call("callbacks.review.approve", 1, revision), 404)


@LANGUAGES
def test_another_units_report_can_be_neither_read_nor_decided(app: Flask, engine: Engine, language: str) -> None:
    with unit_of_work(engine) as session:
        sent = put_report(session, DALE, "quarterly", PERIOD, status=SubmissionStatus.SUBMITTED)
    reader = speaking(Reader(app, MERGED_HEAD.id), language)
    sentence = {"vi": "Không có báo cáo này trong phạm vi", "en": "There is no such report within your reach."}[language]
    assert sentence in refusal(reader.call(ROUTER, "/review", f"?revision={sent}"), 404)
    assert sentence in refusal(reader.call("callbacks.review.approve", 1, sent), 404)
    form = f"?unit=dale&form=quarterly&period={PERIOD}"
    assert NO_UNIT[language] in refusal(reader.call(ROUTER, "/form", form), 404)
    assert "Xã Đại Đồng" in said(content_of(Reader(app, OTHER_HEAD.id), "/review", revision=str(sent)))


@LANGUAGES
def test_an_unknown_definition_is_named_and_the_document_says_so(app: Flask, language: str) -> None:
    reader = speaking(Reader(app, MERGED_HEAD.id), language)
    assert reader.get("/compare?definitions=dragons").status_code == 422
    sentence = {"vi": "Không có cột “dragons”.", "en": "There is no column “dragons”."}[language]
    assert sentence in said(content_of(reader, "/compare", definitions="dragons"))


TYPED: dict[str, tuple[str, dict[str, str]]] = {
    "letters": ("mười hai", {"vi": "“mười hai” không phải là số nên chưa được lưu.", "en": "is not a number, and was not saved."}),
    "a number of Vietnam with decimals": ("1.234,5", {"vi": "“1.234,5” không phải là số nguyên", "en": "is not a whole number"}),
    "a number of a programme with decimals": ("1234.5", {"vi": "“1234.5” không phải là số nguyên", "en": "is not a whole number"}),
    "a number that can be read in two ways": ("1,234", {"vi": "có thể hiểu hai cách", "en": "can be read in two ways"}),
    "a negative number": ("-5", {"vi": "“-5” là số âm", "en": "is below zero"}),
    "more than any count": ("9" * 14, {"vi": "lớn quá mức có thể", "en": "is greater than any count can be"}),
    "a formula": ("=1+1", {"vi": "không phải là số", "en": "is not a number"}),
    "markup": ("<b>5</b>", {"vi": "“<b>5</b>” không phải là số", "en": "“<b>5</b>” is not a number"}),
}  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("what", TYPED)
def test_what_is_no_count_is_explained_beside_its_cell_and_the_rest_is_saved(
    app: Flask, engine: Engine, what: str, language: str
) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    text, sentence = TYPED[what]
    shown = page.save(deaths=text, births_boys="21")
    assert sentence[language] in said(beside(shown, "deaths"))
    assert said(beside(shown, "births_boys")) == ""
    assert told_of(shown)["unread"] == [f"deaths@{PERIOD}"]
    assert {"vi": "trừ 1 ô không đọc được", "en": "but not 1 that cannot be read"}[language] in said(shown["submission-saved"])
    assert values(engine) == [21]
    assert told_of(page.send(deaths=text))["answer"] == "saved"


@pytest.mark.parametrize(("text", "value"), [("1234", 1234), ("1.234", 1234), ("1 234", 1234), ("1.234,0", 1234), ("0", 0)])
def test_what_people_type_for_a_count_is_understood(app: Flask, engine: Engine, text: str, value: int) -> None:
    shown = FormPage(app, ASH_OFFICER).save(deaths=text)
    assert values(engine) == [value]
    assert told_of(shown)["values"] == {f"deaths@{PERIOD}": f"{value:,}".replace(",", ".")}


@LANGUAGES
def test_more_screened_than_there_were_is_explained_and_not_sent(app: Flask, engine: Engine, language: str) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    shown = page.send(pregnancies_managed="40", pregnancies_screened="412")
    sentence = {"vi": "Lớn hơn “Số pregnancies_managed” (40).", "en": "Greater than “Pregnancies managed” (40)."}
    assert sentence[language] in said(beside(shown, "pregnancies_screened"))
    assert told_of(shown)["answer"] == "saved"
    assert values(engine) == [40, 412]


@LANGUAGES
def test_ten_megabytes_are_refused_and_what_was_saved_stays(app: Flask, engine: Engine, language: str) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    speaking(page.reader, language)
    message = page.message("save", {"births_boys": "22"}, {"births_boys": "x" * 10 * 1024 * 1024})
    expected = {"vi": "Chưa lưu gì", "en": "Nothing of it was saved; send less."}[language]
    assert expected in refusal(page.post(message), 413)
    assert values(engine) == [21]


@LANGUAGES
def test_a_long_note_is_refused_beside_its_cell_and_the_number_is_saved(
    app: Flask, engine: Engine, language: str
) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    shown = page.save({"deaths": "x" * 501}, deaths="12")
    assert {"vi": "dài quá 500 ký tự", "en": "longer than 500 characters"}[language] in said(beside(shown, "deaths"))
    assert told_of(shown)["unread"] == [f"note:deaths@{PERIOD}"]
    assert values(engine) == [12]


@LANGUAGES
def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(app: Flask, engine: Engine, language: str) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    nobody = Reader(app)
    nobody.http.get("/login")
    speaking(nobody, language)
    page.reader, message = nobody, page.message("save", {"births_boys": "22"})
    expected = {"vi": "Phiên làm việc đã hết.", "en": "Your session has ended."}[language]
    assert expected in refusal(page.post(message), 401)
    page.reader = Reader(app, ASH_OFFICER.id)
    assert page.post(message).status_code == 200
    assert values(engine) == [22]


def test_a_reader_of_the_unit_cannot_write_and_is_told_so(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)
    with unit_of_work(app.extensions["portal_engine"]) as session:
        viewer = t.Account(
            username="ash.viewer", display_name="Ash Viewer", password_hash="-", session_stamp="-", language="vi",
            created_at=NOW,
        )  # fmt: skip
        session.add(viewer)
        session.flush()
        session.add(t.AccountRole(account_id=viewer.id, unit_id=ASH, role="VIEWER", from_on=NOW.date()))
        viewer_id = viewer.id
    page.reader = Reader(app, viewer_id)
    sentence = refusal(page.post(page.message("save", {"births_boys": "1"})), 403)
    assert sentence.startswith("Tài khoản của bạn chưa có vai trò")
