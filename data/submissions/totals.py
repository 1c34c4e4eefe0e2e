"""Totals that a form adds up by itself from its own cells, for whoever checks a column by its sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from data.submissions.model import Cell, Section
from data.wording import N_, _

# Elements that are parts of one whole and stand under one another.
_WHOLES = (
    (("births_boys", "births_girls"), N_("Live births, total")),
    (
        (
            "new_users_iud",
            "new_users_implant",
            "new_users_injection",
            "new_users_pill",
            "new_users_condom",
            "new_users_sterilisation",
        ),
        N_("New users of modern methods, total"),
    ),
)


@dataclass(frozen=True, slots=True)
class TotalCell:
    """The sum for one window with what stands beside it; None where one of the parts is not there."""

    value: int | None
    previous: int | None
    last_year: int | None
    to_date: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums. `key` is unique in a form; `after` is the key of the last element in it."""

    key: str
    name: str
    after: str
    cells: tuple[TotalCell, ...]


def totals_of(section: Section) -> dict[str, Total]:
    """The totals of a section, each by the element under which it stands; only of two rows or more."""
    rows = {row.element.key: row.cells for row in section.rows}
    found: dict[str, Total] = {}
    for parts, name in _WHOLES:
        there = [key for key in parts if key in rows]
        if len(there) > 1:
            windows = zip(*(rows[key] for key in there), strict=True)
            found[there[-1]] = Total(parts[0], _(name), there[-1], tuple(_total(window) for window in windows))
    return found


def _total(cells: tuple[Cell, ...]) -> TotalCell:
    return TotalCell(
        _sum(cells, lambda cell: cell.value),
        _sum(cells, lambda cell: cell.previous),
        _sum(cells, lambda cell: cell.last_year),
        _sum(cells, lambda cell: cell.to_date),
    )


def _sum(cells: Iterable[Cell], read: Callable[[Cell], int | None]) -> int | None:
    values = [read(cell) for cell in cells]
    return None if any(value is None for value in values) else sum(value or 0 for value in values)
