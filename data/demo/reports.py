"""Which illustrative counts become reports, and which are left for the people of the demo to send or to review."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.catalogue.model import Catalogue, Form
from data.demo.eras import MERGED_ON
from data.demo.rates import IntArray
from data.demo.years import Counted
from data.kinds import SubmissionStatus, UnitKind
from data.periods import Period
from data.units.tree import UnitTree

# The ward in Cao Bằng whose officer has a demo login; its last quarter is left open.
DEMO_COMMUNE_NAME = "Thục Phán"
_DEMO_PROVINCE = "p04"
# The city whose officer sends a year in the demo: none of its yearly forms since the mergers is sent.
_DEMO_CITY = "p31-2025"

# What is not simply approved: another status, or None where nothing was sent. By unit, form and period.
Exceptions = dict[tuple[int, str, str], SubmissionStatus | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of one period from many units: `values` has a row for each unit, a column for each row of the form."""

    form: Form
    period: Period
    unit_ids: tuple[int, ...]
    statuses: tuple[SubmissionStatus, ...]
    values: IntArray


def demo_commune(tree: UnitTree) -> int:
    """The id of the demo's commune."""
    wards = [
        unit.id
        for unit in tree.units.values()
        if unit.is_open(MERGED_ON)
        and unit.state(MERGED_ON).name == DEMO_COMMUNE_NAME
        and unit.state(MERGED_ON).kind is UnitKind.WARD
        and unit.state(MERGED_ON).parent_id == tree.ids[_DEMO_PROVINCE]
    ]
    if len(wards) != 1:
        raise LookupError(f"{_DEMO_PROVINCE} has {len(wards)} wards called {DEMO_COMMUNE_NAME}, not one")
    return wards[0]


def list_sheets(
    tree: UnitTree, catalogue: Catalogue, quarters: Sequence[Counted], years: Sequence[Counted]
) -> list[Sheet]:
    """Every report that exists in the demo, quarters first."""
    quarterly, yearly = catalogue.form("quarterly"), catalogue.form("yearly")
    left = _left_in_cao_bang(tree, quarters[-1])
    left |= {(tree.ids[_DEMO_CITY], yearly.key, year.period.code): None for year in years}
    return [_sheet(quarterly, one, left) for one in quarters] + [_sheet(yearly, one, left) for one in years]


def _left_in_cao_bang(tree: UnitTree, last: Counted) -> Exceptions:
    """In the last quarter: the demo's commune and two others have not sent, one report waits, one was returned."""
    if last.period.last_day < MERGED_ON:
        return {}
    demo = demo_commune(tree)
    others = [
        (-int(people), int(place))
        for place, people in zip(last.units, last.counts["population"], strict=True)
        if tree.parent(int(place), last.period.last_day) == tree.ids[_DEMO_PROVINCE] and int(place) != demo
    ]
    # The largest communes, whose small counts shake least and raise no question of their own.
    waiting, returned, *silent = (place for _, place in sorted(others)[:4])
    left = dict.fromkeys([demo, *silent]) | {waiting: SubmissionStatus.SUBMITTED, returned: SubmissionStatus.RETURNED}
    return {(place, "quarterly", last.period.code): status for place, status in left.items()}


def _sheet(form: Form, counted: Counted, left: Exceptions) -> Sheet:
    period, columns = counted.period, [counted.counts[row.element.key] for row in form.rows]
    status = [left.get((int(one), form.key, period.code), SubmissionStatus.APPROVED) for one in counted.units]
    kept = [number for number, one in enumerate(status) if one is not None]
    sent = tuple(one for one in status if one is not None)
    return Sheet(form, period, tuple(counted.units[kept].tolist()), sent, np.column_stack(columns)[kept])
