"""A real Chromium, and people who use the portal in it. A plugin of pytest: tests take its fixtures by name."""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from time import monotonic
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser_server import Server, filled_demo, running_demo

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The shell first: the same engine without a browser's own window, which costs a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# Two processors serve two browsers and two servers: what takes a moment may take several.
PATIENCE = 30_000
# What a page looks like once it is drawn.
HEADING = "#shell-content h1"

expect.set_options(timeout=PATIENCE)

FAILED = pytest.StashKey[bool]()
Theme = Literal["light", "dark"]


class Desk:
    """One person's browser, with everything that went wrong in it."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context, self.server = context, server
        self.faults: list[str] = []
        self.requested: set[str] = set()
        context.set_default_timeout(PATIENCE)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        context.on("request", self._saw)
        self.page: Page = context.new_page()

    def open(self, path: str, page: Page | None = None) -> Page:
        """Goes to an address of the portal and waits until its page is drawn."""
        page = page or self.page
        page.goto(path, wait_until="domcontentloaded")
        expect(page.locator(HEADING)).to_be_visible()
        return page

    def sign_in(self, username: str, page: Page | None = None) -> None:
        """Through the door, as people do; ends on the page that was asked for, or at home."""
        page = page or self.page
        if urlsplit(page.url).path != "/login":
            page.goto("/login")
        page.get_by_label(re.compile("Tên đăng nhập|Username")).fill(username)
        page.locator("#password").fill(self.server.password)
        page.locator("main button[type=submit]").click()
        expect(page.locator(HEADING)).to_be_visible()

    def forgive(self, pattern: str) -> None:
        """Takes out the faults that the test has caused on purpose; there must be one, be it a moment later."""
        last = monotonic() + PATIENCE / 1000
        while not any(re.search(pattern, fault) for fault in self.faults) and monotonic() < last:
            self.page.wait_for_timeout(50)
        kept = [fault for fault in self.faults if not re.search(pattern, fault)]
        assert len(kept) < len(self.faults), f"nothing like {pattern!r} went wrong: {self.faults}"
        self.faults = kept

    def download(self, press: Callable[[], Any], into: Path) -> Path:
        """The file that comes when something is pressed."""
        with self.page.expect_download() as coming:
            press()
        path = into / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _saw(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.requested.add(parts.path)
            if f"{parts.scheme}://{parts.netloc}" != self.server.address:
                self.faults.append(f"asked another host: {request.url}")


Desks = Callable[..., Desk]


def find_chromium() -> str:
    """The browser that the environment names, else the first that is installed."""
    found = os.environ.get("PORTAL_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("The browser tests need Chromium; `.ci/chromium` installs it, or PORTAL_TEST_CHROMIUM names one.")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this worker; each person has a context of their own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The portal of this worker, on its own copy of the demo that all workers share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running_demo(filled_demo(shared), tmp_path_factory.mktemp("portal") / "home") as running:
        yield running


@pytest.fixture
def changing(server: Server) -> Iterator[Server]:
    """For tests that change what is kept: afterwards every row is as it was."""
    yield server
    server.reset()


@pytest.fixture
def bilingual(server: Server) -> Iterator[Server]:
    """For tests that change nothing but somebody's language."""
    yield server
    server.speak_as_before()


@pytest.fixture
def desks(chromium: Browser, server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desks]:
    """`desks("city.haiphong")` seats a signed-in person, `desks()` one who stands before the door.

    At the end nothing may have gone wrong at any desk: no error in the console, no script that broke, no request to
    another host. Of a test that failed a picture of each desk is kept.
    """
    seated: list[Desk] = []

    def seat(username: str | None = None, *, narrow: bool = False, theme: Theme = "light") -> Desk:
        context = chromium.new_context(
            base_url=server.address,
            viewport=NARROW if narrow else WIDE,  # type: ignore[arg-type]
            color_scheme=theme,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            reduced_motion="reduce",
            storage_state=server.kept.get(username) if username else None,
        )
        desk = Desk(context, server)
        seated.append(desk)
        if username and username not in server.kept:
            desk.sign_in(username)
            server.kept[username] = context.storage_state()
        return desk

    yield seat
    failed = request.node.stash.get(FAILED, True)
    for number, desk in enumerate(seated):
        if failed and desk.context.pages:
            desk.page.screenshot(path=tmp_path / f"desk-{number}.png", full_page=True)
        desk.context.close()
    faults = [fault for desk in seated for fault in desk.faults]
    assert failed or not faults, "\n".join(faults)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets the fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
