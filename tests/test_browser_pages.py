"""Every page, as everybody meets it: light and dark, wide and on a telephone, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desk, Desks
from tests.browser_compare import open_evidence, wait_for_table
from tests.browser_pages import in_every_light, left_in_vietnamese, proper_names
from tests.browser_server import Server

pytestmark = pytest.mark.browser

FORM = "/submit?unit=p31-2025&form=yearly&period=2025"
OLD_AREA = "/submit?unit=p27&form=plan&period=2025-11M"
SPLIT = "/changes?step=units&deed=SPLIT&on=01/12/2026&number=1/NQ&issued=01/10/2026&u1=c01273-2025&q=trung+khanh"
MOVE = "/changes?step=preview&deed=MOVE&on=01/12/2026&number=1/NQ&issued=01/10/2026&u1=c01273-2025&parent=p20"
SENT = "/form?unit=p24-2025&form=yearly&period=2025"
# Who opens which page. The first page of each role is its own.
PAGES = {
    "home of a commune": ("commune.caobang", "/"),
    "home of a province": ("province.caobang", "/"),
    "home of the ministry": ("ministry.reviewer", "/"),
    "home of a leader": ("leader.bacninh", "/"),
    "home of a closed unit": ("province.binhduong", "/"),
    "home of an administrator": ("ministry.admin", "/"),
    "forms to submit": ("city.haiphong", "/submit"),
    "a form": ("city.haiphong", FORM),
    "a form of an old area": ("province.bacninh", OLD_AREA),
    "a form as it was sent": ("leader.bacninh", SENT),
    "reports to review": ("province.caobang", "/review"),
    "a report to review": ("province.caobang", "/review?revision={waiting}"),
    "comparison": ("ministry.viewer", "/compare?period=2025"),
    "comparison that does not exist": ("ministry.viewer", "/compare?period=2025Q9"),
    "comparison of old areas": ("ministry.viewer", "/compare?period=2025&boundaries=2025-06-30&programme=1999"),
    "targets": ("ministry.viewer", "/targets?year=2025"),
    "targets that are set above alone": ("city.haiphong", "/targets?unit=p31-2025&year=2030"),
    "targets that contradict": ("province.bacninh", "/targets?contradictions=1&target=S0-01"),
    "targets that do not exist": ("ministry.viewer", "/targets?programme=9999"),
    "targets to hand down": ("province.caobang", "/assign?year=2026&programme=1999"),
    "targets handed down to provinces": ("ministry.reviewer", "/followed?year=2025&definitions=srb"),
    "targets to hand down from a closed unit": ("province.binhduong", "/assign"),
    "targets to hand down that do not exist": ("province.caobang", "/assign?programme=9999"),
    "whether the nation arrives": ("ministry.viewer", "/arrival?programme=468"),
    "what each province adds": ("ministry.viewer", "/arrival?year=2025&definition=premarital"),
    "what merged provinces took over": (
        "ministry.viewer", "/arrival?year=2025&definition=new_modern_contraceptive_users&boundaries=2025-12-31",
    ),
    "an arrival that nobody asks for": ("ministry.viewer", "/arrival?year=1999"),
    "a target to enter": ("province.caobang", "/set-target?unit=p04&definition=prenatal_screening&year=2026"),
    "a target to correct": ("province.bacninh", "/set-target?correct=nothing"),
    "a target to adjust": ("ministry.reviewer", "/set-target?adjust=N-001"),
    "a target to take back": ("ministry.reviewer", "/set-target?withdraw=N-001"),
    "documents": ("city.haiphong", "/document"),
    "a document": ("ministry.reviewer", "/document?key=S0"),
    "published values": ("ministry.reviewer", "/published"),
    "a published value": ("ministry.reviewer", "/published?value=1"),
    "published values that do not exist": ("ministry.reviewer", "/published?definition=nothing"),
    "units": ("ministry.viewer", "/unit"),
    "a unit": ("ministry.viewer", "/unit?key=p24-2025"),
    "a closed unit": ("ministry.viewer", "/unit?key=p27"),
    "ways to 2030": ("province.caobang", "/paths?unit=p04"),
    "a way to 2030": ("ministry.viewer", "/paths?unit=vn&definition=srb"),
    "a way without a start": ("commune.caobang", "/paths?definition=srb"),
    "a way of a closed unit": ("ministry.viewer", "/paths?unit=p27&definition=srb"),
    "a unit ranked": ("ministry.viewer", "/unit?key=p24-2025&period=2025&ranks=1"),
    "a neighbour": ("commune.caobang", "/unit?key=c01279-2025&period=2026Q2&ranks=1"),
    "groups that the ministry keeps": ("ministry.reviewer", "/groups"),
    "groups that a province keeps": ("province.caobang", "/groups"),
    "comparison of a region": ("ministry.viewer", "/compare?period=2025&peers=region34-dbsh"),
    "comparison of a region that is gone": ("ministry.viewer", "/compare?period=2025&peers=region63-dbsh"),
    "drafts of closed units": ("province.caobang", "/carry"),
    "changes of units": ("ministry.admin", "/changes"),
    "a change of units": ("ministry.admin", SPLIT),
    "a change of units as it will be": ("ministry.admin", MOVE),
    "roles to follow": ("ministry.admin", "/proposals"),
    "help": ("ministry.viewer", "/help"),
    "account": ("ministry.viewer", "/account"),
}
# The number whose evidence is opened, where the page has numbers.
OPENED = {"comparison": ("p24-2025", "srb"), "comparison of old areas": ("p27", "prenatal_screening")}
# What the browser itself says of an address that asks for nothing.
REFUSED = {
    "comparison that does not exist": "status of 422",
    "comparison of a region that is gone": "status of 422",
    "targets that do not exist": "status of 422",
    "targets to hand down that do not exist": "status of 422",
    "published values that do not exist": "status of 422",
    "an arrival that nobody asks for": "status of 422",
    "a target to correct": "status of 404",
}


def opened(desks: Desks, server: Server, name: str) -> Desk:
    """The page of that name at the desk of whoever opens it."""
    username, path = PAGES[name]
    desk = desks(username)
    ((waiting,),) = server.ask("SELECT max(id) FROM revision WHERE status = 'SUBMITTED'")
    desk.open(path.format(waiting=waiting))
    return desk


def ask_for_more(page: Page, name: str) -> None:
    """Opens what a comparison shows when it is asked: what stands behind a number, and the picture."""
    if name in OPENED:
        wait_for_table(page)
        open_evidence(page, *OPENED[name])
    if name == "comparison":
        page.locator("#comparison-figure-draw").click()
        expect(page.locator(".picture .main-svg").first).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody_and_one_click_turns_every_sentence_of_it_into_english(
    desks: Desks, bilingual: Server, name: str
) -> None:
    desk = opened(desks, bilingual, name)
    page, before = desk.page, desk.page.url
    ask_for_more(page, name)
    assert page.locator("html").get_attribute("lang") == "vi"
    found = in_every_light(page)
    page.get_by_role("button", name="EN", exact=True).click()
    page.wait_for_selector("html[lang=en]")
    assert page.url == before
    expect(page.locator(HEADING)).to_be_visible()
    ask_for_more(page, name)
    found += left_in_vietnamese(page, proper_names(bilingual))
    assert not found, "\n".join(found)
    if name in REFUSED:
        desk.forgive(REFUSED[name])


def test_the_door_is_open_to_everybody_in_both_languages(desks: Desks, server: Server) -> None:
    desk = desks()
    page = desk.page
    page.goto("/login")
    page.locator("#username").fill("ministry.viewer")
    page.locator("#password").fill("not the password")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found = in_every_light(page)
    page.get_by_role("button", name="EN", exact=True).click()
    page.wait_for_selector("html[lang=en]")
    found += left_in_vietnamese(page, proper_names(server))
    assert not found, "\n".join(found)
    desk.forgive("status of 401")


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/submit", 403)], ids=["no such page", "outside the role"]
)
def test_a_refusal_is_a_page_that_everybody_can_read(desks: Desks, path: str, status: int) -> None:
    desk = desks("ministry.viewer")
    answer = desk.page.goto(path)
    assert answer is not None
    assert answer.status == status
    expect(desk.page.get_by_role("link", name="Về trang chủ")).to_be_visible()
    found = in_every_light(desk.page)
    assert not found, "\n".join(found)
    desk.forgive(f"status of {status}")


def test_what_the_reader_chose_of_light_and_dark_stays(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/help")
    page.get_by_role("button", name="Nền sáng hoặc tối").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    desk.open("/account")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
