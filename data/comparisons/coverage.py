"""How complete a comparison is: how many units have figures, and how many of them reported the period itself.

A year that is read from quarters has figures, and is not an approved yearly report.
"""

from collections.abc import Iterable, Sequence

from data.catalogue.model import Form
from data.comparisons.model import Comparison, Coverage, Row, Source
from data.kinds import UnitLevel
from data.numbers import format_number
from data.periods import Frequency, Period
from data.submissions.schedule import fits
from data.wording import N_, _

# A report of the period itself: the unit's own, or those of the units that it was made of.
_REPORTED = frozenset({Source.OWN, Source.LINEAGE})
_REPORTS = {
    Frequency.YEARLY: N_("yearly reports approved {reported}/{owing}"),
    Frequency.QUARTERLY: N_("quarterly reports approved {reported}/{owing}"),
    Frequency.MONTHLY: N_("monthly reports approved {reported}/{owing}"),
}


def coverage_of(rows: Sequence[Row], forms: Iterable[Form], level: UnitLevel, period: Period) -> Coverage:
    """The coverage of the rows of a comparison."""
    owed = any(fits(form, period) and form.levels.get(level) and not form.on_old_areas for form in forms)
    owing = [row for row in rows if owed and row.unit.is_open(period.last_day)]
    approved = sum(any(cell.source and cell.source is not Source.PUBLISHED for cell in row.cells) for row in rows)
    reported = sum(any(cell.source in _REPORTED for cell in row.cells) for row in owing)
    return Coverage(approved, len(rows), reported, len(owing))


def coverage_text(comparison: Comparison) -> str:
    """The coverage in words, the same on the page and in every file; reports are named where not all are there."""
    found = comparison.coverage
    text = _("{approved}/{expected} units have approved figures").format(
        approved=format_number(found.approved), expected=format_number(found.expected)
    )
    reports = _REPORTS.get(comparison.period.frequency)
    if reports is None or found.reported >= min(found.owing, found.approved):
        return text
    said = _(reports).format(reported=format_number(found.reported), owing=format_number(found.owing))
    return f"{text}, {said}"
