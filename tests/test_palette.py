"""Colours can be told apart by those who see little: text against every ground it stands on, in light and in dark."""

import re

import pytest

from tests.source_tree import ROOT

BASE = (ROOT / "portal" / "assets" / "10-base.css").read_text("utf-8")
TEXTS = ("ink", "soft", "faint", "accent", "met", "miss", "slow", "unsure")
GROUNDS = ("paper", "ground", "accent-soft", "met-soft", "miss-soft", "slow-soft", "unsure-soft")
ENOUGH_FOR_TEXT = 4.5
ENOUGH_FOR_EDGES = 3.0


def palette(selector: str) -> dict[str, str]:
    """The colours that the style sheet gives under a selector, by name."""
    block = BASE.split(f"\n{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


THEMES = {"light": palette(":root"), "dark": palette(':root[data-bs-theme="dark"]')}


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#rrggbb` or `#rgb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_every_ground(theme: str) -> None:
    colours = THEMES[theme]
    weak = {
        (text, ground): round(ratio, 2)
        for text in TEXTS
        for ground in GROUNDS
        if (ratio := contrast(colours[text], colours[ground])) < ENOUGH_FOR_TEXT
    }
    assert weak == {}
    assert contrast(colours["on-accent"], colours["accent"]) >= ENOUGH_FOR_TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_fields_have_edges_that_can_be_seen(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["edge"], colours["paper"]) >= ENOUGH_FOR_EDGES
    assert contrast(colours["edge"], colours["ground"]) >= ENOUGH_FOR_EDGES


def test_both_themes_name_the_same_colours() -> None:
    assert THEMES["light"].keys() == THEMES["dark"].keys()
