"""Which columns give each other away: what has to stay hidden beside a count so that no arithmetic brings it back.

Columns share what they are made of. Births are boys and girls, natural increase is births less deaths, new users are
those of six methods: who reads all columns but one of such a sum works the last one out. So for every count of the
catalogue there is a fixed set of columns that are hidden where it is. It follows from the catalogue alone, never from
the numbers or from the columns that somebody chose to see.

The set holds the columns that show the count itself, those that break the same total down (a breakdown is shown whole
or not at all: the total stays, and what is hidden of it is never a small remainder), and then, from the least useful
column on, whatever else the others would still need to work it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from data.catalogue.model import Definition, Part
from data.snapshot import Snapshot

# What one side of a definition adds up.
Count = frozenset[Part]


@dataclass(frozen=True, slots=True)
class Links:
    """By count, the ids of the definitions that are hidden where it is."""

    hidden_with: dict[Count, frozenset[int]]
    _counts: dict[int, tuple[Count | None, Count | None]]

    def counts(self, definition_id: int) -> tuple[Count | None, Count | None]:
        """What the numerator and the denominator count; None for a side that is no count."""
        return self._counts[definition_id]

    def watched(self, definition_ids: Iterable[int]) -> frozenset[int]:
        """The definitions whose counts decide whether one of these is hidden, and of whom the same columns are."""
        columns = frozenset(definition_ids)
        decisive: set[Count] = set()
        for _step in range(2):
            decisive = {count for count, hidden in self.hidden_with.items() if not columns.isdisjoint(hidden)}
            columns = columns.union(*(self.hidden_with[count] for count in decisive))
        return frozenset(one for one, counts in self._counts.items() if not decisive.isdisjoint(counts))


@lru_cache(maxsize=4)
def links_of(snapshot: Snapshot) -> Links:
    """The links of the snapshot's catalogue."""
    counted = [one for one in snapshot.catalogue.definitions.values() if one.numerator]
    counted.sort(key=_by_use)
    counts = {one.id: counts_of(one) for one in counted}
    every = {count for pair in counts.values() for count in pair if count is not None}
    return Links({count: _hidden_with(count, every, counted) for count in every}, counts)


def counts_of(definition: Definition) -> tuple[Count | None, Count | None]:
    """What each side counts. A difference counts nobody: births less deaths may be 2 where neither is small."""
    above, below = (
        frozenset(side) if side and all(part.sign > 0 for part in side) else None
        for side in (definition.numerator, definition.denominator)
    )
    return above, below


def _by_use(definition: Definition) -> tuple[bool, int, int, int]:
    """The headline columns first, then sums before what they are made of."""
    return definition.headline is None, definition.headline or 0, -len(definition.numerator), definition.id


def _hidden_with(count: Count, every: set[Count], by_use: list[Definition]) -> frozenset[int]:
    totals = [total for total in every if count < total]
    shown, hidden = _Span(), set()
    for one in by_use:
        sides = [frozenset(side) for side in (one.numerator, one.denominator) if side]
        breaks_down = any(side < total and side.isdisjoint(count) for side in sides for total in totals)
        if count in sides or breaks_down or not shown.take(sides, count):
            hidden.add(one.id)
    return frozenset(hidden)


_Vector = dict[int, Fraction]


class _Span:
    """Everything that can be worked out from some sums by adding and subtracting them."""

    def __init__(self) -> None:
        self._rows: dict[int, _Vector] = {}

    def take(self, sides: Iterable[Count], kept_out: Count) -> bool:
        """Takes the sums in, unless `kept_out` could be worked out then; whether it did."""
        new = []
        for side in sides:
            rest = self._rest(side)
            if rest:
                new.append(min(rest))
                self._rows[new[-1]] = rest
        if self._rest(kept_out):
            return True
        for pivot in new:
            del self._rows[pivot]
        return False

    def _rest(self, side: Count) -> _Vector:
        """What is left of a sum after everything that is known of it."""
        rest = {part.element_id: Fraction(part.sign) for part in side}
        while known := next((one for one in rest if one in self._rows), None):
            row = self._rows[known]
            times = rest[known] / row[known]
            for element, amount in row.items():
                left = rest.get(element, 0) - times * amount
                if left:
                    rest[element] = left
                else:
                    rest.pop(element, None)
        return rest
