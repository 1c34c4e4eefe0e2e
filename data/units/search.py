"""Finding units by any name or code that they ever had, typed with or without marks, with or without the kind.

Names and codes were used again: `24` was Bắc Giang and is Bắc Ninh. So what is found says when it was so. The index is
made once for each tree and holds every name and code with its days; a search walks one long text.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from weakref import WeakKeyDictionary

from data.kinds import UnitLevel
from data.scope import Scope
from data.units.folding import KINDS, folded, has_marks, initials, marked, split_kind
from data.units.order import vietnamese_order
from data.units.tree import Unit, UnitState, UnitTree

# Shorter words stand inside of too many names to tell anything: they are looked for at the beginning of words only.
SHORTEST_INFIX = 3
_LEVELS = {level: rank for rank, level in enumerate(UnitLevel)}


class Rank(IntEnum):
    """How well what was typed fits, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    INFIX = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A name or a code that a unit had, on the days of `states`, which follow on each other."""

    text: str
    unit: Unit
    is_code: bool
    states: tuple[UnitState, ...]

    @property
    def since(self) -> date | None:
        """The first day; None where it began with the unit, and nobody knows when the unit did."""
        first = self.states[0].from_on
        return first if self.unit.opening_known or first > self.unit.opened_on else None

    @property
    def until(self) -> date | None:
        """The last day; None while it holds."""
        return self.states[-1].to_on


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, the best first and no more than asked for; `total` counts all that there is within reach."""

    spans: tuple[Span, ...]
    total: int


def find_units(tree: UnitTree, scope: Scope, words: str, on: date, most: int) -> Search:
    """Every unit within reach, on that day or on its own last day, that ever had such a name or code.

    Of a unit's names the one that fits best stands for it. Open units stand before closed ones that fit as well, then
    the higher levels, then the order of names.
    """
    index, reach = _index_of(tree), scope.ever(tree, on)
    best: dict[int, tuple[tuple[int, ...], Span]] = {}
    with_marks = marked(words) if has_marks(words) else ""
    for place, rank in index.matches(words):
        span = index.spans[place]
        if span.unit.id not in reach:
            continue
        kept = best.get(span.unit.id)
        if kept is not None and kept[0][0] < rank:
            continue
        order = (
            rank,
            with_marks not in marked(span.text) if with_marks else 0,
            not span.unit.is_open(on),
            _LEVELS[span.unit.level],
            span.until is not None,
            place,
        )
        if kept is None or order < kept[0]:
            best[span.unit.id] = order, span
    found = sorted(best.values(), key=lambda one: one[0])
    return Search(tuple(span for _order, span in found[:most]), len(found))


class _Index:
    """All names and codes of a tree, in the order of names, and the folded names as one text, a line each."""

    def __init__(self, tree: UnitTree) -> None:
        spans = [span for unit in tree.units.values() for span in _spans(unit)]
        self.spans = sorted(spans, key=lambda span: (vietnamese_order(span.text), span.unit.key))
        lines = ["" if span.is_code else folded(span.text) for span in self.spans]
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts: list[int] = []
        at = 1
        for line in lines:
            self._starts.append(at)
            at += len(line) + 1
        self._codes: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        for place, (span, line) in enumerate(zip(self.spans, lines, strict=True)):
            if span.is_code:
                self._codes[span.text.lower()].append(place)
            elif short := initials(line):
                self._initials[short].append(place)

    def matches(self, words: str) -> Iterator[tuple[int, Rank]]:
        """The places that fit. A kind that was typed before the name narrows the search, unless nothing is left."""
        yield from ((place, Rank.EXACT) for place in self._codes.get(words.strip().lower(), ()))
        typed = folded(words)
        if not typed:
            return
        yield from self._named(typed)
        kind, rest = split_kind(typed)
        if kind:
            found = list(self._named(rest))
            wanted = KINDS[kind]
            fitting = [(place, rank) for place, rank in found if self.spans[place].states[-1].kind is wanted]
            yield from fitting or found

    def _named(self, typed: str) -> Iterator[tuple[int, Rank]]:
        yield from ((place, Rank.PREFIX) for place in self._initials.get(typed, ()))
        text, starts = self._text, self._starts
        # Plain letters are found many times faster than a choice of what stands before them.
        for before in ("\n", " ") if len(typed) < SHORTEST_INFIX else ("",):
            for hit in re.finditer(before + typed, text):
                start, end = hit.start() + len(before), hit.end()
                if text[start - 1] == "\n":
                    rank = Rank.EXACT if text[end] == "\n" else Rank.PREFIX
                else:
                    rank = Rank.WORD if text[start - 1] == " " else Rank.INFIX
                yield bisect_right(starts, start) - 1, rank


_indexes: WeakKeyDictionary[UnitTree, _Index] = WeakKeyDictionary()


def _index_of(tree: UnitTree) -> _Index:
    found = _indexes.get(tree)
    if found is None:
        found = _indexes[tree] = _Index(tree)
    return found


def _spans(unit: Unit) -> Iterator[Span]:
    yield from _runs(unit, is_code=False)
    yield from _runs(unit, is_code=True)


def _runs(unit: Unit, *, is_code: bool) -> Iterator[Span]:
    """The unit's names, or its codes, each with the states through which it held."""
    run: list[UnitState] = []
    text = ""
    for state in unit.states:
        now = (state.code or "") if is_code else state.name
        if run and now != text:
            yield Span(text, unit, is_code, tuple(run))
            run = []
        text = now
        if now:
            run.append(state)
    if run:
        yield Span(text, unit, is_code, tuple(run))
