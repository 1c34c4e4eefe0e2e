"""Pictures: valid, the same for the same numbers, with the target always drawn and every colour known to the page."""

import re
from collections.abc import Sequence
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.graph_objects import Figure as Checked

from data.wording import Language, use_language
from layouts.figures.base import COLOURS, config, graph
from layouts.figures.intervals import Dot, TargetBand, interval_dots
from tests.source_tree import ROOT

ASSETS = ROOT / "portal" / "assets"
AT_MOST = TargetBand(-inf, 109, "< 109")


def dot(name: str = "Bắc Ninh", value: float = 113.4, **changes: object) -> Dot:
    parts: dict[str, object] = {
        "low": 111.1, "high": 115.8, "own_target": None, "label": "113,4", "explained": "113,4", "tone": "slow",
    }  # fmt: skip
    return Dot(name, value, **(parts | changes))  # type: ignore[arg-type]


def drawn(dots: Sequence[Dot], band: TargetBand | None = AT_MOST) -> Checked:
    """The picture as plotly's own checks accept it."""
    return Checked(interval_dots(dots, band, "trai/100 gái", "chỉ tiêu của đơn vị"))


def test_a_picture_passes_the_checks_of_the_library() -> None:
    figure = drawn([dot(), dot("Hải Phòng", 110.2, low=108.4, high=112.1, own_target=111)])
    assert [trace.type for trace in figure.data] == ["scatter"] * 3
    assert figure.layout.xaxis.title.text == "trai/100 gái"


def test_units_stand_in_the_order_given_even_where_two_share_a_name() -> None:
    figure = drawn([dot("An Bình", 113.4), dot("An Bình", 110.2), dot("Yên Lập", 105.0)])
    assert list(figure.layout.yaxis.ticktext) == ["An Bình", "An Bình", "Yên Lập"]
    assert list(figure.data[0].y) == [0, 1, 2]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_the_arms_of_an_interval_reach_its_ends() -> None:
    error = drawn([dot()]).data[0].error_x
    assert (round(error.array[0], 6), round(error.arrayminus[0], 6)) == (2.4, 2.3)


def test_an_open_or_unknown_interval_draws_no_arm() -> None:
    error = drawn([dot(low=None, high=None), dot(high=inf)]).data[0].error_x
    assert list(error.array) == [0.0, 0.0]
    assert error.arrayminus[0] == 0.0


@pytest.mark.parametrize(
    ("band", "edges"),
    [
        (AT_MOST, [109]),
        (TargetBand(70, inf, "≥ 70%"), [70]),
        (TargetBand(103, 107, "103–107"), [103, 107]),
        (TargetBand(107, 107, "107"), [107]),
    ],
)
def test_the_target_is_always_inside_the_picture(band: TargetBand, edges: list[float]) -> None:
    figure = drawn([dot(value=80, low=79, high=81)], band)
    left, right = figure.layout.xaxis.range
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert [line.x0 for line in lines] == edges
    assert all(left < edge < right for edge in edges)
    assert [note.text for note in figure.layout.annotations] == [band.label]


def test_without_a_target_nothing_is_shaded() -> None:
    figure = drawn([dot()], None)
    assert not figure.layout.shapes
    assert not figure.layout.annotations


def test_a_picture_of_nothing_is_valid() -> None:
    assert drawn([], None).layout.height > 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.floats(0, 1e6))
def test_every_value_and_the_target_fit_into_the_range(values: list[float], edge: float) -> None:
    dots = [dot(value=value, low=None, high=None) for value in values]
    low, high = interval_dots(dots, TargetBand(-inf, edge, ""), "", "")["layout"]["xaxis"]["range"]
    assert low < high
    assert all(low <= one <= high for one in [*values, edge])


def test_the_same_numbers_make_the_same_picture() -> None:
    one, other = (interval_dots([dot()], AT_MOST, "%", "own") for _ in range(2))
    assert one == other


def test_drawing_one_picture_leaves_the_next_one_alone() -> None:
    first = interval_dots([dot()], AT_MOST, "%", "own")
    first["layout"]["font"]["color"] = "#000000"
    assert interval_dots([dot()], AT_MOST, "%", "own")["layout"]["font"]["color"] == COLOURS["ink"]


def test_no_graph_can_be_sent_to_another_host() -> None:
    settings = graph("g", interval_dots([dot()], AT_MOST, "%", "own"), "Hình").children[1].config
    assert "sendChartToCloud" in settings["modeBarButtonsToRemove"]
    assert settings["displaylogo"] is False


def test_a_graph_speaks_the_language_of_its_reader() -> None:
    with use_language(Language.VI):
        figure, settings = interval_dots([dot()], AT_MOST, "%", "own"), config()
    assert figure["layout"]["separators"] == ",."
    assert settings["locales"]["vi"]["dictionary"]["Reset axes"] == "Hiện lại toàn bộ"
    with use_language(Language.EN):
        assert interval_dots([dot()], AT_MOST, "%", "own")["layout"]["separators"] == ".,"
        assert config()["locale"] == "en"


def test_the_colours_of_pictures_are_those_of_the_light_page() -> None:
    light = (ASSETS / "10-base.css").read_text("utf-8").split("}", 1)[0]
    page = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    assert {name: page.get(name) for name in COLOURS} == COLOURS


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_of_a_picture_follows_the_page_into_the_dark(name: str) -> None:
    style = (ASSETS / "40-compare.css").read_text("utf-8")
    red, green, blue = (int(COLOURS[name][place : place + 2], 16) for place in (1, 3, 5))
    for kind in ("fill", "stroke"):
        assert f'[style*="{kind}: rgb({red}, {green}, {blue})"] {{ {kind}: var(--{name}) !important; }}' in style


def test_a_picture_holds_no_colour_that_the_page_does_not_know() -> None:
    text = str(interval_dots([dot(own_target=111.0)], AT_MOST, "%", "own"))
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", text)) <= set(COLOURS.values())
