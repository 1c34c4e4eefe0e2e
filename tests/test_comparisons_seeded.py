"""Comparisons on the real units, columns and targets."""

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from auth.policy import Permission, scope_for
from auth.principal import HeldRole, Principal
from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.display import pinned_for_grid, rows_for_grid
from data.comparisons.evidence import get_evidence
from data.comparisons.model import AimKind, Comparison, Gap
from data.comparisons.query import ComparisonQuery
from data.judging import Reason, Verdict
from data.kinds import Role, RollupSource, Standing, UnitLevel
from data.scope import Scope
from data.snapshot import get_snapshot

TODAY = date(2026, 11, 21)
OLD_DAY = date(2025, 6, 30)


def scope_at(session: Session, key: str, role: Role = Role.VIEWER) -> Scope:
    unit = get_snapshot(session).tree.find(key)
    assert unit is not None, key
    held = HeldRole(role, unit.id, unit.level, date(2023, 1, 1), None)
    return scope_for(Principal(1, "x", "X", "vi", (held,)), Permission.RESULT_COMPARE, TODAY)


def compared(session: Session, key: str = "vn", **args: str) -> Comparison:
    return compare(session, scope_at(session, key), ComparisonQuery.from_args(args), TODAY)


def rollup(
    session: Session, key: str, definition: str, period: str, above: int, below: int | None, **changes: Any
) -> None:
    snapshot = get_snapshot(session)
    unit = snapshot.tree.units[snapshot.tree.ids[key]]
    row = {
        "period": period, "level": unit.level, "unit_id": unit.id,
        "definition_id": snapshot.catalogue.definition_ids[definition], "numerator": above, "denominator": below,
        "counted": 1, "expected": 1, "source": RollupSource.OWN, "standing": Standing.FINAL, "illustrative": True,
        "approved_at": datetime(2026, 1, 31, tzinfo=UTC),
    }  # fmt: skip
    session.execute(insert(t.Rollup), [row | changes])


def test_2025_lists_34_provinces_and_its_middle_63(seeded_session: Session) -> None:
    assert len(compared(seeded_session, year="2025").rows) == 34
    old = compared(seeded_session, year="2025", boundaries="2025-06-30")
    assert len(old.rows) == 63
    assert {row.unit.level for row in old.rows} == {UnitLevel.PROVINCE}
    assert len(compared(seeded_session, period="2026Q3", level="commune").rows) == 3321


@pytest.mark.parametrize("period", ["2023", "2024Q4", "2025", "2025-11M", "2026-9M", "2030"])
def test_every_column_of_the_catalogue_can_be_asked_for(seeded_session: Session, period: str) -> None:
    keys = list(get_snapshot(seeded_session).catalogue.definition_ids)
    comparison = compared(seeded_session, period=period, definitions=",".join(keys))
    assert len(comparison.columns) == len(keys)
    assert len(rows_for_grid(comparison)) == len(comparison.rows) + 1
    assert comparison.target_rows[0].document.key == "21-NQ-TW-2017"
    assert pinned_for_grid(comparison.target_rows, comparison.columns)[0]["cited"] == "21-NQ/TW, 25/10/2017"


def test_the_columns_of_a_programme_stand_together(seeded_session: Session) -> None:
    positions = [
        column.definition.programme.position
        for column in compared(seeded_session).columns
        if column.definition.programme
    ]
    assert positions == sorted(positions)
    assert len(positions) == 20


def test_sums_over_63_and_34_provinces_are_equal(seeded_session: Session) -> None:
    tree, chance = get_snapshot(seeded_session).tree, random.Random(21)
    for unit_id in tree.at_level(UnitLevel.PROVINCE, date(2024, 12, 31)):
        rollup(
            seeded_session, tree.units[unit_id].key, "srb", "2024", chance.randint(1, 10**6), chance.randint(1, 10**6)
        )
    sums = []
    for boundaries in ("2024-12-31", "2025-06-30", "today"):
        comparison = compared(seeded_session, year="2024", boundaries=boundaries, definitions="srb")
        cells = [row.cells[0] for row in comparison.rows]
        assert all(cell.value is not None for cell in cells)
        sums.append((sum(cell.numerator or 0 for cell in cells), sum(cell.denominator or 0 for cell in cells)))
        assert comparison.total is not None
        assert (comparison.total.cells[0].numerator, comparison.total.cells[0].denominator) == sums[-1]
    assert len(set(sums)) == 1


def test_old_bac_ninh_is_judged_on_its_old_area_by_its_own_plan(seeded_session: Session) -> None:
    rollup(seeded_session, "p27", "prenatal_screening", "2025", 90, 100, standing=Standing.ESTIMATE)
    rollup(seeded_session, "p24-2025", "prenatal_screening", "2025", 60, 100)
    args = {"year": "2025", "definitions": "prenatal_screening"}
    old = {row.unit.key: row.cells[0] for row in compared(seeded_session, boundaries="2025-06-30", **args).rows}
    new = {row.unit.key: row.cells[0] for row in compared(seeded_session, **args).rows}
    mark = old["p27"].primary
    assert mark is not None
    assert (mark.aim.kind, mark.judgement.verdict) == (AimKind.OWN, Verdict.EXPECTED)
    assert new["p24-2025"].own is None
    merged = old["p24"].absence
    assert merged is not None
    assert (merged.gap, merged.units) == (Gap.MERGED, ("Bắc Ninh",))


def test_third_births_stay_readable_and_are_judged_no_more(seeded_session: Session) -> None:
    rollup(seeded_session, "p27", "third_birth_share", "2025-6M", 20, 100)
    comparison = compared(seeded_session, period="2025-6M", definitions="third_birth_share")
    cell = next(row.cells[0] for row in comparison.rows if row.unit.key == "p27")
    assert cell.value == 20
    assert cell.own is not None
    assert (cell.own.judgement.verdict, cell.own.judgement.reason) == (Verdict.NOT_JUDGED, Reason.NO_LONGER_POLICY)


def test_targets_come_with_number_date_and_what_was_printed(seeded_session: Session) -> None:
    rollup(seeded_session, "p27", "srb", "2025-6M", 114, 100)
    query = ComparisonQuery.from_args({"period": "2025-6M"})
    found = get_evidence(seeded_session, scope_at(seeded_session, "vn"), query, "p27", "srb", TODAY)
    own = [one.target for one in found.targets if one.kind is AimKind.OWN]
    assert {(target.document.number, target.as_printed, target.clause) for target in own} == {
        ("1663/QĐ-UBND", "về mức 111", "I.3.1"), ("1663/QĐ-UBND", "16,2 điểm%", "I.3.1"),
    }  # fmt: skip
    assert all(target.document.issued_on == date(2024, 12, 12) for target in own)


def test_a_commune_stands_among_the_communes_of_its_province(seeded_session: Session) -> None:
    comparison = compared(seeded_session, "c01273-2025", period="2026Q3")
    assert (comparison.within.key, comparison.level, len(comparison.rows)) == ("p04", UnitLevel.COMMUNE, 56)
    assert sum(not row.neighbour for row in comparison.rows) == 1
    names = [row.name for row in comparison.rows]
    assert names.index("Cô Ba") < names.index("Đàm Thủy") < names.index("Hạ Lang")


@pytest.mark.parametrize(("key", "day"), [("p74", OLD_DAY), ("d040", OLD_DAY)])
def test_closed_units_open_on_their_last_half_year(seeded_session: Session, key: str, day: date) -> None:
    comparison = compared(seeded_session, key)
    assert (comparison.period.code, comparison.boundaries) == ("2025-6M", day)
    assert key in [row.unit.key for row in comparison.rows]
