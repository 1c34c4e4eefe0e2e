"""The page of a form and the list of forms: what stands on them, for whom, and what does not."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from data import clock
from data.db import unit_of_work
from data.kinds import Standing, SubmissionStatus
from tests.counting import queries
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.form_client import NUMBERS, PERIOD, FormPage, slots, told_of
from tests.page_tree import ROUTER, classed, components, content_of, find, links, said
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY_OFFICER,
    CITY_HEAD,
    MERGED,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_VIEWER,
    NORTH,
    NORTH_CITY,
    NOW,
    OTHER_HEAD,
    PLACES,
    SOUTH,
    SOUTH_HEAD,
    Person,
)

APPROVED = SubmissionStatus.APPROVED
READ = {"unit": "ash", "form": "quarterly", "period": PERIOD}
# What a page asks: who asks, what is known, the form with its neighbours, the header.
FORM, LIST = 8, 6


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def reported(engine: Engine, period: str = PERIOD, status: SubmissionStatus = APPROVED, **more: int) -> None:
    with unit_of_work(engine) as session:
        put_report(session, ASH, "quarterly", period, QUARTER | more, status=status, by=ASH_OFFICER)


def inputs(tree: Any) -> list[str]:
    return [*slots(tree, "cell"), *slots(tree, "note")]


def row(tree: Any, heading: str) -> dict[str, Any]:
    found = [one for one in components(tree) if one.get("role") == "row" and said(one).startswith(heading)]
    assert len(found) == 1, heading
    return found[0]


def test_an_empty_form_has_an_input_for_every_cell_and_says_that_nothing_is_saved(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)
    assert page.inputs == [f"{key}@{PERIOD}" for key in QUARTER]
    text = said(page.tree)
    assert "Xã An Bình · hạn 07/10/2026, quá hạn 45 ngày · Chưa nhập" in text
    assert said(find(page.tree, "submission-saved")) == "Chưa lưu lần nào"
    assert "Đã nhập 0/12 ô" in said(find(page.tree, "submission-summary"))


def test_every_input_has_a_label_that_names_its_row_and_its_window(app: Flask) -> None:
    page = FormPage(app, MERGED_HEAD, ("north", "plan", "2025-11M"))
    labels = {one["htmlFor"]: said(one) for one in components(page.tree) if "htmlFor" in one}
    named = '{"cell":"births_boys@2025-11M","type":"submission-%s"}'
    assert labels[named % "cell"] == "Số births_boys, 11T/2025 (sơ bộ)"
    assert labels[named % "note"] == "Số births_boys: Lý do, 11T/2025 (sơ bộ)"
    assert len(labels) == 2 * len(page.inputs) == 32


def test_the_sheet_is_a_table_with_headings_for_columns_rows_and_sections(app: Flask, engine: Engine) -> None:
    reported(engine, "2026Q2")
    reported(engine, "2025Q3")
    tree = FormPage(app, ASH_OFFICER).tree
    heads = [said(one) for one in components(tree) if one.get("role") == "columnheader"]
    assert heads == ["Chỉ tiêu", "QIII/2026", "Kỳ trướcQII/2026", "Cùng kỳQIII/2025", "Ghi chú"]
    scopes = [(one["scope"], one.get("role")) for one in components(tree) if one.get("scope") in ("row", "rowgroup")]
    assert scopes.count(("rowgroup", "rowheader")) == 2
    assert scopes.count(("row", "rowheader")) == len(QUARTER) + 2  # and two totals


def test_other_periods_and_sums_stand_beside_each_cell_and_totals_add_up(app: Flask, engine: Engine) -> None:
    for period in ("2026Q1", "2026Q2"):
        reported(engine, period, births_boys=30)
    reported(engine, "2025Q3", births_boys=25)
    page = FormPage(app, ASH_OFFICER)
    assert said(row(page.tree, "Số births_boys")).startswith("Số births_boysSố births_boys, Quý III/20263025–")
    shown = page.save(births_boys="20", births_girls="10", population="9")
    told = {key: change["children"] for key, change in shown.items() if "submission-sum" in key}
    sums = {key: text for key, text in told.items() if "births_boys" in key or "population" in key}
    # 2 × (30 + 19) + 30 births since January, 30 now; 60 + 20 boys; residents do not add up.
    assert sorted(sums.values()) == ["128", "30", "80", "–"]


def test_the_first_draft_becomes_a_draft_and_the_targets_follow_what_was_saved(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER, ("ash", "quarterly", "2026Q1"))
    assert "newborn_screening≥ 30%–" in said(find(page.tree, "submission-targets"))
    births = {"newborns_screened": "25", "births_boys": "21", "births_girls": "19"}
    shown = page.save(**births, new_users_pill="60", new_users_condom="40")
    targets = said(shown["submission-targets"])
    assert "newborn_screening≥ 30%62,5%" in targets
    assert "new_modern_contraceptive_users≥ 400 người10025,0% KH" in targets
    assert "Sau 3 tháng cần 25,0% kế hoạch năm." in targets


def test_how_final_the_numbers_are_is_said_by_the_writer_and_kept(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)

    def pressed(tree: Any) -> list[str]:
        buttons = find(tree, "submission-standing")["children"]
        return [one["props"]["data-standing"] for one in buttons if one["props"]["aria-pressed"] == "true"]

    assert pressed(page.tree) == ["FINAL"]
    message = page.message("save", {"deaths": "12"}) | {"standing": Standing.PRELIMINARY.value}
    assert page.post(message).status_code == 200
    assert pressed(FormPage(app, ASH_OFFICER).tree) == ["PRELIMINARY"]


def test_a_plan_report_says_by_its_windows_how_final_it_is_and_whose_area_it_counts(app: Flask) -> None:
    page = FormPage(app, MERGED_HEAD, ("north", "plan", "2025-11M"))
    text = said(page.tree)
    assert "theo địa bàn cũ, do Tỉnh Sông Bắc báo cáo" in text
    assert "11T/2025sơ bộ2025ước thực hiện" in text
    assert not [one for one in components(page.tree) if one.get("id") == "submission-standing"]


def test_a_sent_form_shows_its_numbers_and_nothing_to_type_into(app: Flask) -> None:
    FormPage(app, ASH_OFFICER).send(**NUMBERS)
    tree = content_of(Reader(app, ASH_OFFICER.id), "/submit", **READ)
    assert inputs(tree) == []
    assert [one for one in components(tree) if str(one.get("id")).startswith("submission-")] == []
    assert "Báo cáo đã gửi, đang chờ duyệt." in said(tree)
    assert said(row(tree, "Số population")).startswith("Số populationQuý III/2026 10.000")


def test_who_may_read_results_reads_a_sent_form_and_types_nothing(app: Flask, engine: Engine) -> None:
    reported(engine)
    for person in (MERGED_LEADER, MERGED_HEAD, MINISTRY_VIEWER, ASH_OFFICER):
        tree = content_of(Reader(app, person.id), "/form", **READ)
        assert "Số deaths" in said(tree)
        assert inputs(tree) == []


@pytest.mark.parametrize("stranger", [BAY_OFFICER, OTHER_HEAD, SOUTH_HEAD], ids=lambda one: one.username)
def test_nobody_else_reads_a_sent_form(app: Flask, engine: Engine, stranger: Person) -> None:
    reported(engine)
    asked = f"?unit=ash&form=quarterly&period={PERIOD}"
    assert Reader(app, stranger.id).call(ROUTER, "/form", asked).status_code == 404


def test_a_draft_is_read_by_nobody_above(app: Flask) -> None:
    FormPage(app, ASH_OFFICER).save(deaths="12")
    asked = f"?unit=ash&form=quarterly&period={PERIOD}"
    refused = Reader(app, MERGED_LEADER.id).call(ROUTER, "/form", asked)
    assert (refused.status_code, refused.get_json()["message"]) == (404, "Đơn vị chưa gửi báo cáo này.")
    parent = Reader(app, MERGED_HEAD.id).call(ROUTER, "/submit", asked)
    assert (parent.status_code, "bản nháp chỉ đơn vị nhập xem được" in parent.get_json()["message"]) == (409, True)


def test_the_list_leads_to_every_form_as_a_document_of_its_own(app: Flask, engine: Engine) -> None:
    reported(engine, "2026Q2")
    reported(engine, "2026Q1", SubmissionStatus.RETURNED)
    tree = content_of(Reader(app, ASH_OFFICER.id), "/submit")
    cards = [said(card) for card in classed(tree, "late") + classed(tree, "back")]
    assert len(cards) == 4
    assert "Trả lại" in cards[-1]
    assert "Số liệu chưa khớp" in cards[-1]
    [correct] = [said(one) for one in components(tree) if one.get("role") == "row" and "Đã duyệt" in said(one)]
    assert correct.startswith("Biểu quarterlyQuý II/2026Xã An Bình● Đã duyệt")
    # A page within the page would draw late answers of one form into another.
    forms = [one for one in components(tree) if str(one.get("href")).startswith("/submit?")]
    assert len(forms) == 5
    assert all("refresh" not in one and "target" not in one for one in forms)


@pytest.mark.parametrize(
    ("person", "unit", "form", "period"),
    [(SOUTH_HEAD, SOUTH, "yearly", "2024"), (CITY_HEAD, NORTH_CITY, "quarterly", "2025Q2")],
    ids=["province", "district"],
)
def test_who_works_for_a_closed_unit_is_told_so_and_finds_its_history(
    app: Flask, engine: Engine, person: Person, unit: int, form: str, period: str
) -> None:
    with unit_of_work(engine) as session:
        put_report(session, unit, form, period)
    tree = content_of(Reader(app, person.id), "/submit")
    assert "Đơn vị kết thúc hoạt động sau ngày 30/06/2025." in said(tree)
    asked = f"?unit={PLACES[unit].key}&form={form}&period={period}"
    assert f"/form{asked}" in links(tree)
    assert f"/submit{asked}" not in links(tree)
    refused = Reader(app, person.id).call(ROUTER, "/submit", asked)
    assert (refused.status_code, "không nhập, gửi được nữa" in refused.get_json()["message"]) == (403, True)


def test_pages_of_forms_ask_a_fixed_number_of_questions(app: Flask, engine: Engine) -> None:
    reader = Reader(app, ASH_OFFICER.id)
    FormPage(app, ASH_OFFICER).save(deaths="12")
    content_of(reader, "/submit")
    counts = []
    for period in ("2026Q2", "2025Q3", "2026Q1"):
        with queries(engine) as listed:
            content_of(reader, "/submit")
        with queries(engine) as opened:
            content_of(reader, "/submit", **READ)
        counts.append((len(listed), len(opened)))
        reported(engine, period)
    assert counts == [(LIST, FORM)] * 3


def test_a_plan_report_of_an_old_area_is_found_by_its_reporter(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        put_report(session, NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=MERGED)
    reader = Reader(app, MERGED_HEAD.id)
    sent = "/submit?unit=north&form=plan&period=2025-11M"
    assert sent in links(content_of(reader, "/submit"))
    assert "/form?unit=north&form=plan&period=2025-11M" in links(content_of(reader, "/form"))
    assert inputs(content_of(reader, "/form", unit="north", form="plan", period="2025-11M")) == []


def test_an_answer_counts_the_message_that_it_answers(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)
    assert [told_of(page.save(deaths=text))["number"] for text in ("1", "2")] == [1, 2]
