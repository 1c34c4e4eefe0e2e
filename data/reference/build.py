"""Makes units.csv, unit_versions.csv and unit_lineage.csv: `python -m data.reference.build [folder of the package]`.

For development only. It reads the package `vietnamadminunits` (its data files, not its code), takes out the joins that
namesakes led astray, adds the changes that the package does not date, checks the counts, and writes the same bytes
each time.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.reference.building.changes import with_changes
from data.reference.building.checks import check
from data.reference.building.package import find_package, read_package
from data.reference.building.units import FIRST_NEW_DAY, Builder, Catalogue, Descent, Unit, Version

HERE = Path(__file__).parent


def build(folder: Path) -> Catalogue:
    """The checked catalogue of units, with the hand-kept changes."""
    package = read_package(folder)
    catalogue = Builder(package).build()
    check(package, catalogue)
    return replace(catalogue, versions=with_changes(catalogue.versions))


def write(catalogue: Catalogue, target: Path) -> None:
    """Write the three files into a folder."""
    _write(
        target / "units.csv", ("key", "level", "opened_on", "opening_known", "closed_on"), map(_unit, catalogue.units)
    )
    _write(
        target / "unit_versions.csv",
        ("unit", "from_on", "to_on", "name", "kind", "code", "parent", "confidence", "document"),
        map(_version, catalogue.versions),
    )
    _write(
        target / "unit_lineage.csv",
        ("predecessor", "successor", "on", "share_numerator", "share_denominator", "basis", "document"),
        map(_descent, catalogue.lineage),
    )


def _unit(unit: Unit) -> Sequence[object]:
    return unit.key, unit.level, unit.opened_on, int(unit.opening_known), _day(unit.closed_on)


def _version(row: Version) -> Sequence[object]:
    days = (row.unit, row.from_on, _day(row.to_on))
    return *days, row.name, row.kind, row.code, row.parent, row.confidence, row.document


def _descent(row: Descent) -> Sequence[object]:
    share = (row.share.numerator, row.share.denominator)
    return row.predecessor, row.successor, FIRST_NEW_DAY, *share, row.basis, row.document


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def main(arguments: Sequence[str]) -> None:
    """Build from the installed package, or from the folder given, beside this file."""
    catalogue = build(Path(arguments[0]) if arguments else find_package())
    write(catalogue, HERE)
    print(f"{len(catalogue.units)} units, {len(catalogue.versions)} versions, {len(catalogue.lineage)} lineage rows")


if __name__ == "__main__":
    main(sys.argv[1:])
