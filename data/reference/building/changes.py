"""Renames and changes of kind that the package does not date; they are kept by hand in unit_changes.csv."""

from dataclasses import replace
from datetime import date, timedelta

from data.kinds import Confidence, UnitKind
from data.reference import rows
from data.reference.building.units import Version


def with_changes(versions: list[Version]) -> list[Version]:
    """The versions, cut at each hand-kept change; a change on a version's first day replaces its name and kind."""
    changes = {(row["unit"], date.fromisoformat(row["on"])): row for row in rows("unit_changes")}
    result = []
    for version in versions:
        days = sorted(on for unit, on in changes if unit == version.unit and _within(on, version))
        starts = sorted({version.from_on, *days})
        for place, start in enumerate(starts):
            end = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else version.to_on
            piece = replace(version, from_on=start, to_on=end)
            result.append(_changed(piece, changes.get((version.unit, start))))
    applied = {(version.unit, version.from_on) for version in result}
    if missing := set(changes) - applied:
        raise ValueError(f"changes of units that no version holds: {sorted(missing)}")
    return result


def _within(on: date, version: Version) -> bool:
    return version.from_on <= on and (version.to_on is None or on <= version.to_on)


def _changed(version: Version, row: dict[str, str] | None) -> Version:
    if row is None:
        return version
    return replace(
        version,
        name=row["name"],
        kind=UnitKind(row["kind"]),
        confidence=Confidence(row["confidence"]),
        document=row["document"],
    )
