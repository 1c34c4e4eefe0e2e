"""Groups in a browser: the ministry makes one, compares by it, and takes the same rows away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks
from tests.browser_compare import differences, in_csv, names_in_order, on_screen, take_file, wait_for_table
from tests.browser_pages import in_every_light

pytestmark = pytest.mark.browser

FIVE = ("Bắc Ninh", "Cao Bằng", "Lạng Sơn", "Thái Nguyên", "Tuyên Quang")


def make_group(page: Page, name: str, units: tuple[str, ...], from_on: str) -> None:
    """Fills in the form of a new group and sends it."""
    page.get_by_label("Tên cụm", exact=True).fill(name)
    page.get_by_label("Kể từ ngày").fill(from_on)
    for unit in units:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="Lập cụm").click()


@pytest.mark.usefixtures("changing")
def test_the_ministry_makes_a_group_compares_by_it_and_takes_its_rows_away(desks: Desks, tmp_path: Path) -> None:
    desk = desks("ministry.reviewer")
    page = desk.open("/groups")
    make_group(page, "Cụm thi đua số 1", FIVE, "01/01/2026")
    expect(page.locator("#groups-body h1")).to_contain_text("Cụm thi đua số 1")
    expect(page.get_by_role("status")).to_have_text("Đã lập cụm.")
    expect(page.get_by_role("heading", name="Đơn vị hiện nay: 5")).to_be_visible()
    found = in_every_light(page)
    assert not found, "\n".join(found)
    page.get_by_role("link", name="So sánh trong cụm").click()
    wait_for_table(page)
    expect(page.locator(HEADING)).to_contain_text("So sánh 5 tỉnh, thành phố · Cụm thi đua số 1")
    expect(page).to_have_url(re.compile("peers=vn-cum-1"))
    assert names_in_order(page) == list(FIVE)
    # Whoever opens the same link sees the same group.
    leader = desks("leader.bacninh").open("/compare?peers=vn-cum-1&period=2026Q3")
    wait_for_table(leader)
    assert names_in_order(leader) == list(FIVE)
    desk.open("/compare?period=2026-9M")
    page.get_by_label("Trong", exact=True).select_option(label="Nhóm: Cụm thi đua số 1")
    expect(page.locator(HEADING)).to_contain_text("So sánh 5")
    wait_for_table(page)
    text = take_file(desk, "csv", tmp_path)
    shown, taken = on_screen(page), in_csv(text)
    assert differences(shown, taken) == []
    assert {unit for unit in taken if unit.startswith("p")} == {
        "p04", "p08-2025", "p19-2025", "p20", "p24-2025",
    }  # fmt: skip
    assert "Cụm thi đua số 1 (vn-cum-1)" in text.read_text("utf-8-sig")


@pytest.mark.usefixtures("changing")
def test_what_was_typed_stays_when_it_is_refused_and_a_member_who_leaves_stays_on_record(desks: Desks) -> None:
    desk = desks("ministry.reviewer")
    page = desk.open("/groups")
    make_group(page, "Cụm miền Trung", ("Huế", "Đà Nẵng"), "hôm nay")
    expect(page.locator("#refusal")).to_contain_text("“hôm nay” không phải là một ngày")
    expect(page.get_by_label("Tên cụm", exact=True)).to_have_value("Cụm miền Trung")
    expect(page.get_by_label("Huế", exact=True)).to_be_checked()
    page.get_by_label("Kể từ ngày").fill("01/01/2026")
    page.get_by_role("button", name="Lập cụm").click()
    expect(page.get_by_role("status")).to_have_text("Đã lập cụm.")
    page.get_by_label(re.compile("^Huế · từ ngày 01/01/2026")).check()
    page.get_by_label("Ra khỏi cụm kể từ ngày").fill("01/06/2026")
    page.get_by_role("button", name="Đưa các đơn vị đã chọn ra khỏi cụm").click()
    expect(page.get_by_role("status")).to_have_text("Đã đưa 1 đơn vị ra khỏi cụm.")
    expect(page.get_by_role("table", name="Đơn vị đã ra khỏi cụm")).to_contain_text("Huế")
    expect(page.get_by_role("table", name="Đơn vị đã ra khỏi cụm")).to_contain_text("31/05/2026")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    desk.forgive("status of 422")
    desk.forgive("Callback error")
