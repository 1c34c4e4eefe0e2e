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
from data.kinds import Role, SubmissionStatus
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world, an_account
from tests.form_client import PERIOD, FormPage, beside, told_of
from tests.page_tree import ROUTER, content_of, said
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


NO_FORM = {"vi": "Không có biểu này.", "en": "There is no such form."}
NO_PERIOD = {"vi": "Không có kỳ báo cáo này.", "en": "There is no such period."}
NO_CELL = {"vi": "Biểu không có ô này.", "en": "The form has no such cell."}
UNREADABLE = {"vi": "Trang gửi lên nội dung không đọc được", "en": "The page sent something that cannot be read."}
OTHER_LEVEL = {"vi": "không báo cáo biểu", "en": "does not report the form"}
OTHER_KIND = {"vi": "không báo cáo cho kỳ", "en": "is not reported for the period"}
NOT_ENDED = {"vi": "chưa kết thúc", "en": "has not ended yet"}
NO_STANDING = {"vi": "sơ bộ hoặc chính thức", "en": "preliminary or final"}

# What is changed in a message that the page's own script would have sent, and what is answered.
FORGED: tuple[tuple[dict[str, Any], int, dict[str, str]], ...] = (
    ({"unit": "no-such-unit"}, 404, NO_UNIT),
    ({"unit": "dale"}, 404, NO_UNIT),
    ({"unit": ["ash"]}, 422, UNREADABLE),
    ({"form": "daily"}, 404, NO_FORM),
    ({"form": "yearly", "period": "2025"}, 422, OTHER_LEVEL),
    ({"period": "2026Q9"}, 422, NO_PERIOD),
    ({"period": "2026Q4"}, 422, NOT_ENDED),
    ({"period": "202609"}, 422, OTHER_KIND),
    ({"typed": {f"dragons@{PERIOD}": "1"}}, 422, NO_CELL),
    ({"typed": {"deaths@2020Q1": "1"}}, 422, NO_CELL),
    ({"notes": {f"dragons@{PERIOD}": "fire"}}, 422, NO_CELL),
    ({"version": "1"}, 422, UNREADABLE),
    ({"intent": "approve"}, 422, UNREADABLE),
    ({"standing": "ESTIMATE"}, 422, NO_STANDING),
)


@LANGUAGES
def test_a_forged_message_is_refused_with_a_sentence_and_writes_nothing(
    app: Flask, engine: Engine, language: str
) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save(births_boys="21")
    speaking(page.reader, language)
    for changes, status, sentence in FORGED:
        message = page.message("save", {"births_boys": "99"}) | changes
        assert sentence[language] in refusal(page.post(message), status), changes
    assert values(engine) == [21]


@LANGUAGES
def test_what_is_no_message_at_all_is_refused(app: Flask, language: str) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    expected = {"vi": "Chưa có gì thay đổi; đề nghị tải lại trang", "en": "Nothing was changed; reload the page"}
    messages: tuple[Any, ...] = (None, [], "save", 7, {}, {"intent": "save"})
    for message in messages:
        assert expected[language] in refusal(page.post(message), 422), message


ADDRESSES: tuple[tuple[str, int, dict[str, str]], ...] = (
    ("unit=no-such-unit&form=quarterly&period=2026Q3", 404, NO_UNIT),
    ("unit=dale&form=quarterly&period=2026Q3", 404, NO_UNIT),
    ("unit=ash&form=daily&period=2026Q3", 404, NO_FORM),
    ("unit=ash&form=quarterly&period=2026Q9", 422, NO_PERIOD),
    ("unit=ash", 404, NO_FORM),
)


@LANGUAGES
@pytest.mark.parametrize("path", ["/submit", "/form"])
def test_a_forged_address_is_refused(app: Flask, language: str, path: str) -> None:
    reader = speaking(Reader(app, ASH_OFFICER.id), language)
    for query, status, sentence in ADDRESSES:
        assert sentence[language] in refusal(reader.call(ROUTER, path, f"?{query}"), status), query
        assert reader.get(f"{path}?{query}").status_code == status, query


@LANGUAGES
def test_a_report_that_does_not_exist_cannot_be_opened_or_decided(app: Flask, language: str) -> None:
    reader = speaking(Reader(app, MERGED_HEAD.id), language)
    sentence = {"vi": "Không có báo cáo", "en": "There is no such report"}[language]
    for revision in ("-1", "0", "x", "²", "9" * 40, "1 or 1=1", ""):
        assert sentence in refusal(reader.call(ROUTER, "/review", f"?revision={revision}"), 404), revision
        assert sentence in refusal(reader.call("callbacks.review.approve", 1, revision), 404), revision


@LANGUAGES
def test_another_units_report_can_be_neither_read_nor_decided(app: Flask, engine: Engine, language: str) -> None:
    with unit_of_work(engine) as session:
        sent = put_report(session, DALE, "quarterly", PERIOD, status=SubmissionStatus.SUBMITTED)
    reader = speaking(Reader(app, MERGED_HEAD.id), language)
    sentence = {"vi": "Không có báo cáo này trong phạm vi", "en": "There is no such report within"}[language]
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


NOT_WHOLE = {"vi": "không phải là số nguyên nên chưa được lưu", "en": "is not a whole number, and was not saved"}
NO_NUMBER = {"vi": "không phải là số nên chưa được lưu", "en": "is not a number, and was not saved"}
TWO_WAYS = {"vi": "có thể hiểu hai cách", "en": "can be read in two ways"}
BELOW_ZERO = {"vi": "là số âm", "en": "is below zero"}
TOO_LARGE = {"vi": "lớn quá mức có thể", "en": "is greater than any count can be"}
TYPED = (
    ("mười hai", NO_NUMBER),
    ("1.234,5", NOT_WHOLE),
    ("1234.5", NOT_WHOLE),
    ("1,234", TWO_WAYS),
    ("-5", BELOW_ZERO),
    ("9" * 14, TOO_LARGE),
    ("=1+1", NO_NUMBER),
    ("<b>5</b>", NO_NUMBER),
)


@LANGUAGES
def test_what_is_no_count_is_explained_beside_its_cell_and_the_rest_is_saved(
    app: Flask, engine: Engine, language: str
) -> None:
    page = FormPage(app, ASH_OFFICER)
    speaking(page.reader, language)
    left_out = {"vi": "trừ 1 ô không đọc được", "en": "but not 1 that cannot be read"}[language]
    for boys, (text, sentence) in enumerate(TYPED, 20):
        shown = page.save(deaths=text, births_boys=str(boys))
        assert f"“{text}” {sentence[language]}" in said(beside(shown, "deaths")), text
        assert said(beside(shown, "births_boys")) == "", text
        assert told_of(shown)["unread"] == [f"deaths@{PERIOD}"], text
        assert left_out in said(shown["submission-saved"]), text
        assert values(engine) == [boys], text
        assert told_of(page.send(deaths=text))["answer"] == "saved", text


def test_what_people_type_for_a_count_is_understood_and_written_out(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    for text, value in (("1234", 1234), ("1.235", 1235), ("1 236", 1236), ("1.237,0", 1237), ("0", 0)):
        shown = page.save(deaths=text)
        assert values(engine) == [value], text
        assert told_of(shown)["values"] == {f"deaths@{PERIOD}": f"{value:,}".replace(",", ".")}, text


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
    expected = {"vi": "nên chưa lưu gì. Hãy gửi ít hơn.", "en": "Nothing of it was saved; send less."}[language]
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


def test_a_reader_of_the_unit_cannot_write_and_is_told_so(app: Flask, engine: Engine) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.reader = Reader(app, an_account(engine, "ash.viewer", (Role.VIEWER, ASH)))
    sentence = refusal(page.post(page.message("save", {"births_boys": "1"})), 403)
    assert sentence.startswith("Tài khoản của bạn không có vai trò cho việc này.")
    assert values(engine) == []
