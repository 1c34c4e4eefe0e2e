"""The arithmetic of roll-ups, pure: from approved numbers to lines, from the children's lines to their parent's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.catalogue.model import Catalogue, Definition, Form, Part
from data.kinds import RollupSource, Standing, UnitLevel
from data.periods import Frequency

# From the least final to the most: a sum is as final as the least final of what it adds up.
FINALITY = (Standing.ESTIMATE, Standing.PRELIMINARY, Standing.FINAL)

# Definition id → the levels whose units must report what it is made of.
RequiredLevels = Mapping[int, frozenset[UnitLevel]]


@dataclass(frozen=True, slots=True)
class Approved:
    """What one revision in force says of one window: values and standings by element.

    `fits`: it is a report for that very period, and not one for a shorter period that also holds an estimate of it.
    """

    form_id: int
    fits: bool
    illustrative: bool
    approved_at: datetime
    values: Mapping[int, tuple[int, Standing]]


@dataclass(frozen=True, slots=True)
class Line:
    """One definition of one unit and period."""

    numerator: int
    denominator: int | None
    counted: int
    expected: int
    source: RollupSource
    standing: Standing
    illustrative: bool
    approved_at: datetime


Lines = dict[int, Line]


@dataclass(frozen=True, slots=True)
class ChildSum:
    """The children of one level that have a line for one definition: how many they are, and their lines added up."""

    children: int
    numerator: int
    denominator: int | None
    counted: int
    expected: int
    standing: Standing
    illustrative: bool
    approved_at: datetime


# Definition id → level → sum.
ChildSums = dict[int, dict[UnitLevel, ChildSum]]


def own_lines(catalogue: Catalogue, approved: Iterable[Approved]) -> Lines:
    """The unit's own lines: each definition from the one revision that holds all its parts, never from two."""
    ordered = sorted(approved, key=lambda one: (not one.fits, one.form_id))
    lines: Lines = {}
    for definition in catalogue.definitions.values():
        for one in ordered:
            line = _own_line(definition, one)
            if line is not None:
                lines[definition.id] = line
                break
    return lines


def _own_line(definition: Definition, approved: Approved) -> Line | None:
    parts = (*definition.numerator, *definition.denominator)
    if not definition.numerator or any(part.element_id not in approved.values for part in parts):
        return None
    return Line(
        _sum(definition.numerator, approved),
        _sum(definition.denominator, approved) if definition.is_ratio else None,
        1,
        1,
        RollupSource.OWN,
        least_final(approved.values[part.element_id][1] for part in parts),
        approved.illustrative,
        approved.approved_at,
    )


def _sum(parts: Iterable[Part], approved: Approved) -> int:
    return sum(part.sign * approved.values[part.element_id][0] for part in parts)


def least_final(standings: Iterable[Standing]) -> Standing:
    """The standing of a sum."""
    return min(standings, key=FINALITY.index)


def required_levels(catalogue: Catalogue, frequency: Frequency) -> dict[int, frozenset[UnitLevel]]:
    """For each definition, who must report what it is made of, on the forms of that frequency."""
    forms = [form for form in catalogue.forms.values() if form.frequency is frequency and not form.on_old_areas]
    return {
        definition.id: frozenset(
            level for form in forms if _holds(form, definition) for level, required in form.levels.items() if required
        )
        for definition in catalogue.definitions.values()
        if definition.numerator
    }


def _holds(form: Form, definition: Definition) -> bool:
    on_form = {row.element.id for row in form.rows}
    return all(part.element_id in on_form for part in (*definition.numerator, *definition.denominator))


def children_lines(sums: ChildSums, children: Mapping[UnitLevel, int], required: RequiredLevels) -> Lines:
    """The parent's lines as sums. `children` says how many there are of each level, those without a line included."""
    return {
        definition_id: _children_line(by_level, children, required.get(definition_id, frozenset()))
        for definition_id, by_level in sums.items()
    }


def _children_line(
    by_level: Mapping[UnitLevel, ChildSum], children: Mapping[UnitLevel, int], required: frozenset[UnitLevel]
) -> Line:
    sums = list(by_level.values())
    silent = sum(
        number - (by_level[level].children if level in by_level else 0)
        for level, number in children.items()
        if level in required
    )
    denominators = [one.denominator for one in sums if one.denominator is not None]
    return Line(
        sum(one.numerator for one in sums),
        sum(denominators) if denominators else None,
        sum(one.counted for one in sums),
        sum(one.expected for one in sums) + silent,
        RollupSource.CHILDREN,
        least_final(one.standing for one in sums),
        any(one.illustrative for one in sums),
        max(one.approved_at for one in sums),
    )


def add_up(children: Iterable[tuple[UnitLevel, Lines]]) -> ChildSums:
    """The lines of some children, added up by definition and level."""
    sums: ChildSums = defaultdict(dict)
    for level, lines in children:
        for definition_id, line in lines.items():
            before = sums[definition_id].get(level)
            sums[definition_id][level] = _plus(before, line)
    return sums


def _plus(before: ChildSum | None, line: Line) -> ChildSum:
    if before is None:
        return ChildSum(
            1, line.numerator, line.denominator, line.counted, line.expected, line.standing, line.illustrative,
            line.approved_at,
        )  # fmt: skip
    both = [one for one in (before.denominator, line.denominator) if one is not None]
    return ChildSum(
        before.children + 1,
        before.numerator + line.numerator,
        sum(both) if both else None,
        before.counted + line.counted,
        before.expected + line.expected,
        least_final((before.standing, line.standing)),
        before.illustrative or line.illustrative,
        max(before.approved_at, line.approved_at),
    )
