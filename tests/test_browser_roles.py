"""What each role meets that neither reports nor approves: readers, closed units, the administrator."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import HEADING, Desk, Desks
from tests.browser_compare import cell, differences, in_workbook, on_screen, take_file, wait_for_table

pytestmark = pytest.mark.browser


def links(desk: Desk) -> list[str]:
    """The addresses in the header."""
    found = desk.page.locator(".shell-nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [str(one) for one in found]


def test_a_leader_reads_and_compares_and_has_nothing_to_submit(desks: Desks, tmp_path: Path) -> None:
    desk = desks()
    desk.sign_in("leader.bacninh")
    assert "/submit" not in links(desk)
    assert "/review" not in links(desk)
    desk.page.get_by_role("navigation").get_by_role("link", name="So sánh").click()
    wait_for_table(desk.page)
    desk.open("/compare?period=2025")
    wait_for_table(desk.page)
    taken = in_workbook(take_file(desk, "xlsx", tmp_path))
    assert differences(on_screen(desk.page), taken) == []
    assert len(taken) > 30
    answer = desk.page.goto("/submit")
    assert answer is not None
    assert answer.status == 403
    desk.forgive("status of 403")


@pytest.mark.parametrize(
    ("username", "unit", "query"),
    [
        ("province.binhduong", "p74", "period=2024"),
        ("city.caobang", "d040", "period=2025Q1&level=district&within=p04"),
    ],
    ids=["province", "city"],
)
def test_a_closed_unit_reads_its_history_and_submits_nothing(
    desks: Desks, tmp_path: Path, username: str, unit: str, query: str
) -> None:
    desk = desks()
    desk.sign_in(username)
    expect(desk.page.locator("#shell-content")).to_contain_text("30/06/2025")
    expect(desk.page.get_by_role("link", name="Bắt đầu nhập")).to_have_count(0)
    desk.open("/submit")
    expect(desk.page.get_by_role("link", name="Bắt đầu nhập")).to_have_count(0)
    desk.open(f"/compare?{query}")
    wait_for_table(desk.page)
    expect(cell(desk.page, unit, "prenatal_screening").locator(".cell-value")).to_contain_text(",")
    taken = in_workbook(take_file(desk, "xlsx", tmp_path))
    assert differences(on_screen(desk.page), taken) == []
    assert any(number is not None for number in taken[unit].values())


def test_an_administrator_keeps_accounts_and_reads_no_results(desks: Desks) -> None:
    desk = desks()
    desk.sign_in("ministry.admin")
    assert links(desk) == ["/", "/changes", "/help"]
    for path in ("/compare", "/submit", "/review", "/export/comparison.xlsx"):
        answer = desk.page.goto(path)
        assert answer is not None
        assert answer.status == 403, path
    desk.forgive("status of 403")
    desk.open("/help")
    expect(desk.page.locator(HEADING)).to_be_visible()


def test_everybody_leaves_through_the_door_and_stays_outside(desks: Desks) -> None:
    desk = desks()
    desk.sign_in("leader.bacninh")
    desk.page.get_by_role("button", name="Đăng xuất").click()
    desk.page.wait_for_url("**/login")
    desk.page.goto("/compare?period=2025")
    assert "/login?next=" in desk.page.url
    desk.sign_in("leader.bacninh")
    assert desk.page.url.endswith("/compare?period=2025")


def test_a_wrong_password_is_answered_with_a_sentence(desks: Desks) -> None:
    desk = desks()
    desk.page.goto("/login")
    desk.page.locator("#username").fill("leader.bacninh")
    desk.page.locator("#password").fill("quên rồi")
    desk.page.locator("main button[type=submit]").click()
    expect(desk.page.get_by_role("alert")).to_be_visible()
    expect(desk.page.locator("#username")).to_have_value("leader.bacninh")
    desk.forgive("status of 401")
