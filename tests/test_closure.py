"""The dated closure of the tree says, for every day, exactly who stood above whom."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.units.closure import CycleError, Link, Span, closure

START = date(2025, 1, 1)
DAYS = 20


def after(days: int) -> date:
    return START + timedelta(days=days)


def stands(span: Span[str] | Link[str], on: date) -> bool:
    return span.from_on <= on and (span.to_on is None or on <= span.to_on)


def ancestors_by_walking(links: list[Link[str]], unit: str, on: date) -> dict[str, int]:
    """Ancestors of a day and their depth, found by asking for the parent of that day again and again."""
    found: dict[str, int] = {}
    current, depth = unit, 0
    while own := [link for link in links if link.unit == current and stands(link, on)]:
        found[current] = depth
        if own[0].parent is None:
            break
        current, depth = own[0].parent, depth + 1
    return found


@st.composite
def trees(draw: st.DrawFn) -> list[Link[str]]:
    """Units `0.0` to `3.2` by level; each is under some unit of a higher level, with changes and gaps on the way."""
    links = []
    for level in range(4):
        for number in range(3 if level else 1):
            cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=2, max_size=5)))
            for place, (first, last) in enumerate(pairwise(cuts)):
                above = draw(st.integers(0, level - 1)) if level else None
                parent = None if above is None else f"{above}.{draw(st.integers(0, 2 if above else 0))}"
                open_ended = place == len(cuts) - 2 and draw(st.booleans())
                end = None if open_ended else after(last - draw(st.integers(1, 2)))
                if end is None or end >= after(first):
                    links.append(Link(f"{level}.{number}", parent, after(first), end))
    return links


@given(trees(), st.integers(0, DAYS + 5))
def test_the_closure_holds_the_ancestors_of_every_day(links: list[Link[str]], offset: int) -> None:
    on = after(offset)
    spans = closure(links)
    for unit in {link.unit for link in links}:
        held = [(span.ancestor, span.depth) for span in spans if span.descendant == unit and stands(span, on)]
        assert len(held) == len(set(held)), "an ancestor stands twice on one day"
        assert dict(held) == ancestors_by_walking(links, unit, on)


@given(trees())
def test_spans_of_one_ancestor_at_one_depth_do_not_touch(links: list[Link[str]]) -> None:
    spans = closure(links)
    ends = {(span.ancestor, span.descendant, span.depth, span.to_on) for span in spans}
    for span in spans:
        eve = span.from_on - timedelta(days=1)
        assert (span.ancestor, span.descendant, span.depth, eve) not in ends
        assert span.to_on is None or span.from_on <= span.to_on


def test_a_rename_of_the_parent_does_not_cut_the_childs_span() -> None:
    links = [
        Link("city", None, START, after(4)),
        Link("city", None, after(5), None),
        Link("ward", "city", START, None),
    ]
    assert Span("city", "ward", START, None, 1) in closure(links)


def test_a_unit_that_moves_has_a_span_under_each_parent() -> None:
    links = [
        Link("old", None, START, after(9)),
        Link("new", None, after(10), None),
        Link("commune", "old", START, after(9)),
        Link("commune", "new", after(10), None),
    ]
    spans = closure(links)
    assert Span("old", "commune", START, after(9), 1) in spans
    assert Span("new", "commune", after(10), None, 1) in spans
    assert Span("commune", "commune", START, None, 0) in spans


def test_a_parent_that_does_not_stand_is_no_ancestor() -> None:
    spans = closure([Link("gone", None, START, after(1)), Link("child", "gone", after(5), None)])
    assert not [span for span in spans if span.ancestor == "gone" and span.descendant == "child"]


@pytest.mark.parametrize("circle", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_circle_is_refused(circle: list[str]) -> None:
    links = [Link(unit, parent, START, None) for unit, parent in zip(circle, [*circle[1:], circle[0]], strict=True)]
    with pytest.raises(CycleError):
        closure(links)
