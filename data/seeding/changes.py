"""The changes that the reference files know, as change sets: above all the arrangement of 01/07/2025.

The files say what each unit was from when to when; read so, every version that does not begin on a unit's first day
and every unit that opens or closes later is a change of that day.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from data.kinds import Confidence, LineageBasis, UnitKind, UnitLevel
from data.reference import rows
from data.units.changes.model import Change, ChangeSet, Opening, Passage, Reshape, Restate

_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Stood:
    """The units that stand from the files' first day, each with its first version, as rows of the files."""

    units: tuple[_Row, ...]
    versions: tuple[_Row, ...]


def stood_before_all_changes() -> Stood:
    """What the files hold of their first day."""
    first = _first_day()
    units = tuple(row for row in rows("units") if row["opened_on"] == first)
    return Stood(units, tuple(row for row in rows("unit_versions") if row["from_on"] == first))


def changes_of_the_files() -> tuple[ChangeSet, ...]:
    """Every change, the earliest first; each names its units by their keys and each part by its own document."""
    first, units = _first_day(), rows("units")
    begins, passes = _by_day(rows("unit_versions"), "from_on"), _by_day(rows("unit_lineage"), "on")
    days = sorted({*begins, *passes})
    return tuple(_changes_of(day, units, begins[day], passes[day]) for day in days if day > first)


def _by_day(listed: list[_Row], column: str) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in listed:
        found[row[column]].append(row)
    return found


def _first_day() -> str:
    return min(row["opened_on"] for row in rows("units"))


def _changes_of(day: str, units: list[_Row], begins: list[_Row], passes: list[_Row]) -> ChangeSet:
    on = date.fromisoformat(day)
    eve = (on - timedelta(days=1)).isoformat()
    closes = tuple(row["key"] for row in units if row["closed_on"] == eve)
    opening = {row["key"]: UnitLevel(row["level"]) for row in units if row["opened_on"] == day}
    opens = tuple(_opening(row, opening[row["unit"]]) for row in begins if row["unit"] in opening)
    restates = [_restate(row) for row in begins if row["unit"] not in opening]
    reshapes = [Reshape(closes, opens, tuple(map(_passage, passes)))] if closes or opens else []
    changes: list[Change] = [*reshapes, *restates]
    named = Counter(row["document"] for row in (*begins, *passes))
    # The set is called by the document that most of it rests on, unless parts of it rest on none that is known.
    document = "" if "" in named else named.most_common(1)[0][0]
    return ChangeSet(on, tuple(changes), document)


def _opening(row: _Row, level: UnitLevel) -> Opening:
    return Opening(
        ref=row["unit"],
        level=level,
        kind=UnitKind(row["kind"]),
        name=row["name"],
        code=row["code"],
        parent=row["parent"],
        key=row["unit"],
        document=row["document"],
        confidence=Confidence(row["confidence"]),
    )


def _restate(row: _Row) -> Restate:
    return Restate(
        unit=row["unit"],
        name=row["name"],
        kind=UnitKind(row["kind"]),
        code=row["code"],
        parent=row["parent"],
        document=row["document"],
        confidence=Confidence(row["confidence"]),
    )


def _passage(row: _Row) -> Passage:
    share = Fraction(int(row["share_numerator"]), int(row["share_denominator"]))
    return Passage(row["predecessor"], row["successor"], share, LineageBasis(row["basis"]), row["document"])
