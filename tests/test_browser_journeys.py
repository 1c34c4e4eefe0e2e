"""From the door to the downloaded file: whoever reports, whoever approves, and whoever compares."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.clock import today
from data.periods import last_complete_quarter
from tests.browser import Desk, Desks
from tests.browser_compare import (
    WALL,
    agree,
    cell,
    in_csv,
    in_workbook,
    number_of,
    open_evidence,
    take_file,
    wait_for_table,
)
from tests.browser_form import COMMUNE, Sheet, block, eleven_months_of, fill_as_before, year_of
from tests.browser_pages import violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("changing")]

BEFORE_MARRIAGE = "Khám trước kết hôn (%)"
SEX_RATIO = "TSGT khi sinh (trẻ trai/100 trẻ gái)"
OLD_BOUNDARIES = "/compare?period=2025&boundaries=2025-06-30"


def at_the_door(desks: Desks, username: str) -> Desk:
    """Somebody who signs in with username and password and stands on the first page, before a tall screen."""
    desk = desks()
    desk.page.set_viewport_size(WALL)  # type: ignore[arg-type]
    desk.page.goto("/")
    assert "/login" in desk.page.url
    desk.sign_in(username)
    expect(desk.page.locator(".who")).to_be_visible()
    return desk


def begin(desk: Desk, form: str) -> Sheet:
    """From the card on the first page to the form."""
    card = desk.page.locator(".todo > *").filter(has_text=form)
    card.get_by_role("link", name="Bắt đầu nhập").click()
    expect(desk.page.locator("#submission-sheet")).to_be_visible()
    return Sheet(desk.page)


def send(sheet: Sheet) -> None:
    """Sends, and looks at the receipt."""
    sheet.send()
    expect(sheet.page.locator(".receipt")).to_contain_text("SHA-256")
    assert violations(sheet.page) == []


def approve(desk: Desk, report: str) -> None:
    """From the first page through the list of what waits to the decision."""
    page = desk.page
    page.get_by_role("navigation").get_by_role("link", name=re.compile("^Duyệt")).click()
    page.get_by_role("link", name=re.compile(f"^Duyệt ?: .*{report}")).click()
    page.locator(".side").get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Đã duyệt")).to_be_visible()
    assert violations(page) == []


def test_a_commune_reports_its_quarter_and_its_province_approves(desks: Desks, tmp_path: Path) -> None:
    quarter = last_complete_quarter(today())
    commune, province = at_the_door(desks, "commune.caobang"), at_the_door(desks, "province.caobang")
    sheet = begin(commune, "Báo cáo quý")
    sent = fill_as_before(sheet)
    send(sheet)
    share = f"{_count(sent['marriages_examined']) / _count(sent['marriages']) * 100:.1f}".replace(".", ",")
    where = f"/compare?period={quarter.code}&level=commune&within=p04"

    commune.open(where)
    wait_for_table(commune.page)
    assert not re.search(r"\d", cell(commune.page, COMMUNE, "premarital").inner_text())

    approve(province, "Phường Thục Phán")
    province.open(where)
    wait_for_table(province.page)
    expect(cell(province.page, COMMUNE, "premarital")).to_contain_text(share)
    assert agree(share, in_workbook(take_file(province, "xlsx", tmp_path))[COMMUNE][BEFORE_MARRIAGE])

    commune.page.reload()
    wait_for_table(commune.page)
    expect(cell(commune.page, COMMUNE, "premarital")).to_contain_text(share)
    assert agree(share, in_csv(take_file(commune, "csv", tmp_path))[COMMUNE][BEFORE_MARRIAGE])


def test_a_city_reports_its_year_and_the_ministry_approves_and_compares(desks: Desks, tmp_path: Path) -> None:
    city, reviewer = at_the_door(desks, "city.haiphong"), at_the_door(desks, "ministry.reviewer")
    viewer = at_the_door(desks, "ministry.viewer")
    sheet = begin(city, "Báo cáo năm")
    sheet.paste(block([year_of(key, 4_600_000)] for key in sheet.rows()), sheet.cells.first)
    sheet.wait_until_saved()
    send(sheet)
    boys, girls = (year_of(key, 4_600_000) for key in ("births_boys", "births_girls"))
    ratio = f"{boys / girls * 100:.1f}".replace(".", ",")

    approve(reviewer, "Thành phố Hải Phòng")
    viewer.page.get_by_role("navigation").get_by_role("link", name="So sánh").click()
    wait_for_table(viewer.page)
    viewer.page.get_by_label("Kỳ báo cáo").select_option("2025")
    expect(cell(viewer.page, "p31-2025", "srb")).to_contain_text(ratio)
    evidence = open_evidence(viewer.page, "p31-2025", "srb")
    assert number_of(evidence.locator("dt:text-is('Trẻ sinh ra sống, nam') + dd")) == boys
    assert number_of(evidence.locator("dt:text-is('Trẻ sinh ra sống, nữ') + dd")) == girls
    for desk, kind, read in ((viewer, "xlsx", in_workbook), (viewer, "csv", in_csv)):
        assert agree(ratio, read(take_file(desk, kind, tmp_path))["p31-2025"][SEX_RATIO])
    city.open("/compare?period=2025")
    wait_for_table(city.page)
    assert agree(ratio, in_workbook(take_file(city, "xlsx", tmp_path / "city"))["p31-2025"][SEX_RATIO])


@pytest.mark.parametrize(
    ("reporter", "old", "name", "residents", "aim"),
    [
        ("province.bacninh", "p27", "Tỉnh Bắc Ninh", 1_500_000, "≥ 70%"),
        ("province.hochiminh", "p74", "Tỉnh Bình Dương", 2_800_000, "≥ 90%"),
    ],
    ids=["Bắc Ninh", "Bình Dương"],
)
def test_the_plan_year_of_an_old_area_is_judged_by_its_own_plan(
    desks: Desks, tmp_path: Path, reporter: str, old: str, name: str, residents: int, aim: str
) -> None:
    successor, reviewer = at_the_door(desks, reporter), at_the_door(desks, "ministry.reviewer")
    viewer = at_the_door(desks, "ministry.viewer")
    sheet = begin(successor, "theo địa bàn cũ")
    rows = ([eleven_months_of(key, residents), year_of(key, residents)] for key in sheet.rows())
    sheet.paste(block(rows), sheet.cells.first)
    sheet.wait_until_saved()
    explain_what_is_unusual(sheet)
    send(sheet)
    share = year_of("marriages_examined", residents) / year_of("marriages", residents) * 100
    written = f"{share:.1f}".replace(".", ",")

    approve(reviewer, name)
    viewer.open(OLD_BOUNDARIES)
    wait_for_table(viewer.page)
    place = cell(viewer.page, old, "premarital")
    expect(place).to_contain_text(written)
    expect(place).to_contain_text(aim)
    verdict = place.get_by_role("img").get_attribute("aria-label")
    assert verdict == ("dự kiến đạt" if share >= float(aim.strip("≥% ")) else "chậm tiến độ")
    evidence = open_evidence(viewer.page, old, "premarital")
    expect(evidence.locator("dt:text-is('Tính chất số liệu') + dd")).to_contain_text("ước")
    assert agree(written, in_workbook(take_file(viewer, "xlsx", tmp_path))[old][BEFORE_MARRIAGE])
    viewer.open("/compare?period=2025")
    wait_for_table(viewer.page)
    expect(cell(viewer.page, old, "premarital")).to_have_count(0)


def explain_what_is_unusual(sheet: Sheet) -> None:
    """Gives a reason in each place where the form asks for one."""
    asked = sheet.page.locator("#submission-sheet .note input:visible")
    for place in range(asked.count()):
        asked.nth(place).fill("Đã kiểm tra với sổ gốc")
    sheet.wait_until_saved()
    expect(sheet.page.locator("#submission-summary")).to_contain_text("Có thể gửi")


def _count(text: str) -> int:
    return int(text.replace(".", ""))
