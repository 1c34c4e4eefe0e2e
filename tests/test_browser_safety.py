"""What a browser alone can show of the portal's guard: the content security policy, cookies, and what stays in it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import HEADING, Desks
from tests.browser_compare import wait_for_table

pytestmark = pytest.mark.browser


def test_a_script_that_somebody_smuggled_in_does_not_run(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/help")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.smuggled = true";
          document.body.append(script);
          const image = document.createElement("div");
          image.innerHTML = '<img src="data:," onerror="window.smuggled = true">';
          document.body.append(image);
        }"""
    )
    desk.page.wait_for_function("() => document.images.length > 0 && [...document.images].every(one => one.complete)")
    assert page.evaluate("() => window.smuggled") is None
    desk.forgive("Content Security Policy")


def test_nothing_is_sent_to_another_host(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/help")
    refused = page.evaluate("() => fetch('http://localhost:9/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    desk.forgive("Content Security Policy|connect-src|asked another host")


def test_the_session_is_out_of_reach_of_scripts(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/help")
    cookies = {cookie["name"]: cookie for cookie in desk.context.cookies()}
    assert cookies["portal"]["httpOnly"]
    assert cookies["portal"]["sameSite"] == "Lax"
    assert "portal=" not in page.evaluate("() => document.cookie")


def test_what_one_person_typed_is_not_shown_to_the_next_on_the_same_computer(desks: Desks) -> None:
    # A session of its own: signing out ends the one that other tests go on with.
    desk = desks()
    desk.sign_in("ministry.viewer")
    desk.open("/compare?period=2025")
    wait_for_table(desk.page)
    desk.page.get_by_role("button", name="Đăng xuất").click()
    desk.page.wait_for_url("**/login")
    desk.page.go_back()
    expect(desk.page.locator("main")).to_be_visible()
    expect(desk.page.get_by_text("TSGT khi sinh")).to_have_count(0)


def test_back_and_forward_lead_through_the_pages(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/")
    home = page.locator(HEADING).inner_text()
    navigation = page.get_by_role("navigation")
    navigation.get_by_role("link", name="Trợ giúp").click()
    expect(page.locator(HEADING)).to_contain_text("Trợ giúp")
    expect(page).to_have_title(re.compile("^Trợ giúp"))
    navigation.get_by_role("link", name="Đơn vị").click()
    expect(page.locator(HEADING)).to_contain_text("Đơn vị")
    page.go_back()
    expect(page.locator(HEADING)).to_contain_text("Trợ giúp")
    page.go_back()
    expect(page.locator(HEADING)).to_have_text(home)
    page.go_forward()
    expect(page.locator(HEADING)).to_contain_text("Trợ giúp")
