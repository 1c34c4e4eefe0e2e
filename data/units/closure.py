"""The dated closure of the unit tree: who stood above whom, and when. Pure: no session, no tables."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class CycleError(ValueError):
    """A unit would stand above itself."""


@dataclass(frozen=True, slots=True)
class Link(Generic[Key]):
    """A unit under a parent from a day to a day, both inclusive; without a parent at the root, without an end today."""

    unit: Key
    parent: Key | None
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Span(Generic[Key]):
    """An ancestor of a unit (the unit itself at depth 0) from a day to a day, both inclusive."""

    ancestor: Key
    descendant: Key
    from_on: date
    to_on: date | None
    depth: int


def closure(links: Iterable[Link[Key]], of: Iterable[Key] | None = None) -> list[Span[Key]]:
    """Every ancestor of every unit with the days on which it was so; spans that follow on each other are one.

    With `of`, only what concerns these units; the links of everything above them must be there all the same.

    A day on which the parent itself has no link gives no ancestor: an ancestor must stand to be one. Raises
    `CycleError` when a unit stands above itself, on whatever days.
    """
    by_unit: dict[Key, list[Link[Key]]] = defaultdict(list)
    for link in links:
        by_unit[link.unit].append(link)
    done: dict[Key, list[Span[Key]]] = {}
    wanted = list(by_unit if of is None else of)
    return [span for unit in wanted for span in _above(unit, by_unit, done, ())]


def _above(
    unit: Key, by_unit: dict[Key, list[Link[Key]]], done: dict[Key, list[Span[Key]]], below: tuple[Key, ...]
) -> list[Span[Key]]:
    if unit in done:
        return done[unit]
    if unit in below:
        raise CycleError(f"{unit} stands above itself")
    spans: list[Span[Key]] = []
    for link in by_unit.get(unit, ()):
        spans.append(Span(unit, unit, link.from_on, link.to_on, 0))
        if link.parent is not None:
            above = _above(link.parent, by_unit, done, (*below, unit))
            spans.extend(_lifted(link, span) for span in above if _meet(link, span))
    done[unit] = _joined(spans)
    return done[unit]


def _lifted(link: Link[Key], above: Span[Key]) -> Span[Key]:
    """The parent's ancestor as the unit's own, on the days that both hold."""
    ends = [end for end in (link.to_on, above.to_on) if end is not None]
    first = max(link.from_on, above.from_on)
    return Span(above.ancestor, link.unit, first, min(ends, default=None), above.depth + 1)


def _meet(link: Link[Key], above: Span[Key]) -> bool:
    starts_in_time = above.to_on is None or link.from_on <= above.to_on
    return starts_in_time and (link.to_on is None or above.from_on <= link.to_on)


def _joined(spans: list[Span[Key]]) -> list[Span[Key]]:
    """Spans of one ancestor at one depth that touch become one."""
    lines: dict[tuple[Key, int], list[Span[Key]]] = defaultdict(list)
    for span in spans:
        lines[span.ancestor, span.depth].append(span)
    joined: list[Span[Key]] = []
    for line in lines.values():
        line.sort(key=lambda span: span.from_on)
        current = line[0]
        for span in line[1:]:
            if current.to_on is not None and span.from_on == current.to_on + timedelta(days=1):
                current = replace(current, to_on=span.to_on)
            else:
                joined.append(current)
                current = span
        joined.append(current)
    return joined
