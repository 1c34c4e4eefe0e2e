"""What every page is looked at for: what axe finds, words of the other language, and what hangs over the edge."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser import NARROW, WIDE
from tests.browser_server import Server

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Every rule that is not an experiment, and the size of what is pressed, which WCAG 2.2 added.
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What alone can differ between light and dark.
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
# Texts and what is read out instead of them, wherever they can be met on the page.
TEXTS = """() => {
  const found = new Set();
  const seen = node => node.tagName === "OPTION" || node.checkVisibility({visibilityProperty: true});
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const own = node.parentElement.closest("[lang]");
    const other = own && own !== document.documentElement && own.lang !== document.documentElement.lang;
    if (node.data.trim() && !other && !node.parentElement.closest("script, style") && seen(node.parentElement)) {
      found.add(node.data.trim());
    }
  }
  for (const name of ["title", "aria-label", "placeholder", "alt", "aria-description"]) {
    document.querySelectorAll(`[${name}]:not([lang])`).forEach(node => found.add(node.getAttribute(name)));
  }
  found.add(document.title);
  return [...found];
}"""
_MARKS = re.compile(r"[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đĐ]")


def violations(page: Page, options: Mapping[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds wrong with the page as it stands: the rule, why, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("options => window.axe.run(document, options)", options)
    return [f"{one['id']}: {one['help']}{_places(one['nodes'])}" for one in found["violations"]]


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def _places(nodes: Sequence[dict[str, Any]]) -> str:
    lines = [f"\n  {one['target']} {one['html'][:160]}\n    {one['failureSummary']}" for one in nodes[:5]]
    return "".join(lines) + (f"\n  and {len(nodes) - 5} more" if len(nodes) > 5 else "")


def hanging_over(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
          [`${document.documentElement.scrollWidth} wide in ${window.innerWidth}`].concat(
            [...document.querySelectorAll("body *")]
              .filter(node => node.getBoundingClientRect().right > window.innerWidth + 1)
              .slice(0, 8).map(node => node.outerHTML.slice(0, 120)))"""
    )
    return found


def wait_for_grids(page: Page) -> None:
    """Until every table of the page is drawn: a heading whose words are still to come is no finding."""
    page.wait_for_function(
        """() => [...document.querySelectorAll(".grid")].every(table => {
          const heads = [...table.querySelectorAll(".ag-header-cell:not(.ag-floating-filter)")];
          return heads.length && heads.every(head => head.textContent.trim())
            && table.querySelector(".ag-row, .ag-overlay-wrapper");
        })"""
    )


def in_every_light(page: Page) -> list[str]:
    """What axe finds in light and dark, wide and narrow, and what hangs over the edge of a telephone.

    Afterwards the page is wide and light again.
    """
    wait_for_grids(page)
    found = []
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        for theme, options in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.wait_for_function("theme => document.documentElement.dataset.bsTheme === theme", arg=theme)
            found += [f"{name}, {theme}: {one}" for one in violations(page, options)]
        found += [f"{name}: {one}" for one in hanging_over(page)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
    return found


def left_in_vietnamese(page: Page, names: Iterable[str]) -> list[str]:
    """Every text of the page in which something Vietnamese is left when the names are taken out."""
    texts = [unicodedata.normalize("NFC", text) for text in page.evaluate(TEXTS)]
    suspects = [text for text in texts if is_vietnamese(text)]
    ordered = sorted(set(names), key=len, reverse=True)
    return [text for text in suspects if is_vietnamese(_without(text, ordered))]


def is_vietnamese(text: str) -> bool:
    """Whether a letter carries a mark that English has not."""
    return bool(_MARKS.search(unicodedata.normalize("NFD", text)))


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text)
    return text


def proper_names(server: Server) -> list[str]:
    """Names of units, documents and people, what a document prints, who published what: they have no translation."""
    asked = (
        "SELECT DISTINCT name FROM unit_version",
        "SELECT number FROM document UNION SELECT title_vi FROM document WHERE title_en IS NULL",
        "SELECT display_name FROM account",
        "SELECT name_vi FROM unit_group WHERE name_en = ''",
        "SELECT as_printed FROM target UNION SELECT clause FROM target",
        "SELECT source FROM published_result UNION SELECT note FROM published_result",
    )
    found = {text for statement in asked for (text,) in server.ask(statement) if text and is_vietnamese(text)}
    return ["Tiếng Việt", *found]
