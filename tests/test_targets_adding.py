"""What the targets of Bắc Ninh and Bắc Giang come to for the Bắc Ninh that both became; when nothing can be said."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import AimKind
from data.judging.operators import Operator
from data.kinds import Horizon, PlanKind, RollupSource, Standing
from data.scope import Grant, Reach, Scope
from data.snapshot import VERSION, get_snapshot
from data.targets.adding import Hindrance, Piece, TargetSum, Unadded, add_targets
from data.targets.register import DocumentInfo, TargetInfo
from data.units.inheriting import InheritedTarget, inherited_targets
from tests.test_comparisons_seeded import compared
from tests.worlds import TODAY

DOCUMENT = DocumentInfo(1, "d", "1/KH", date(2024, 12, 1), None, "Kế hoạch", None, None, None, None)
WHOLE = Fraction(1)


def target(low: float | None, operator: Operator = Operator.AT_LEAST, **changes: Any) -> TargetInfo:
    facts: dict[str, Any] = {
        "id": 1, "key": "x", "definition_id": 1, "unit_id": 1, "year": 2025, "operator": operator, "direction": None,
        "low": low, "high": low, "baseline_year": None, "baseline_value": None, "ambiguous": False,
        "plan_kind": PlanKind.ASSIGNED, "horizon": Horizon.YEARLY, "document": DOCUMENT, "clause": None,
        "as_printed": "", "wording_vi": "", "wording_en": "", "restates_id": None, "zone_key": None, "source": None,
        "confidence": None, "note_vi": None, "note_en": None,
    }  # fmt: skip
    return TargetInfo(**facts | changes)


def test_counts_add_and_ratios_are_weighted_by_their_denominators() -> None:
    counts = [Piece(1, WHOLE, (target(48_158),)), Piece(2, Fraction(1, 3), (target(60_000),))]
    assert add_targets(counts, is_count=True) == TargetSum(Operator.AT_LEAST, None, Fraction(68_158), Fraction(68_158))
    ratios = [Piece(1, WHOLE, (target(88),), 10_000), Piece(2, WHOLE, (target(70.6),), 30_000)]
    total = add_targets(ratios, is_count=False)
    assert isinstance(total, TargetSum)
    assert total.low == (88 * 10_000 + Fraction("70.6") * 30_000) / 40_000 == Fraction("74.95")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ((), Hindrance.MISSING),
        ((target(70), target(71)), Hindrance.TWO_IN_FORCE),
        ((target(2, Operator.DELTA),), Hindrance.KIND),
        ((target(None, Operator.WORDS),), Hindrance.KIND),
        ((target(70, ambiguous=True),), Hindrance.KIND),
    ],
)
def test_what_cannot_be_added_up_names_the_unit_and_why(other: tuple[TargetInfo, ...], why: Hindrance) -> None:
    pieces = [Piece(1, WHOLE, (target(88),), 10), Piece(2, WHOLE, other, 10)]
    assert add_targets(pieces, is_count=False) == Unadded(why, (2,))


def test_targets_that_ask_for_different_things_and_ratios_without_denominators_are_not_added() -> None:
    mixed = [Piece(1, WHOLE, (target(88),), 10), Piece(2, WHOLE, (target(88, Operator.AT_MOST),), 10)]
    assert add_targets(mixed, is_count=False) == Unadded(Hindrance.DIFFERENT, (1, 2))
    unweighted = [Piece(1, WHOLE, (target(88),), 10), Piece(2, WHOLE, (target(80),), None)]
    assert add_targets(unweighted, is_count=False) == Unadded(Hindrance.NO_WEIGHT, (2,))


@given(st.lists(st.tuples(st.integers(0, 1_000), st.integers(1, 10**6)), min_size=1, max_size=6))
def test_a_weighted_ratio_lies_between_the_ratios_and_equal_ones_stay_as_they_are(parts: list[tuple[int, int]]) -> None:
    pieces = [Piece(n, WHOLE, (target(low / 10),), weight) for n, (low, weight) in enumerate(parts)]
    total = add_targets(pieces, is_count=False)
    assert isinstance(total, TargetSum)
    assert Fraction(min(low for low, _ in parts), 10) <= total.low <= Fraction(max(low for low, _ in parts), 10)


def set_for_bac_giang(session: Session, definition: str, low: float) -> None:
    """A target of Bắc Giang for 2025, worded as old Bắc Ninh's yearly plan words its own."""
    key = select(t.Definition.id).where(t.Definition.key == definition)
    of_bac_ninh = session.scalars(
        select(t.Target)
        .join(t.AdminUnit, t.AdminUnit.id == t.Target.unit_id)
        .where(t.AdminUnit.key == "p27", t.Target.definition_id == key.scalar_subquery(), t.Target.year == 2025)
        .order_by(t.Target.id)
    ).first()
    assert of_bac_ninh is not None
    row = {column.key: getattr(of_bac_ninh, column.key) for column in t.Target.__table__.columns}
    tree, highest = get_snapshot(session).tree, session.scalar(select(func.max(t.Target.id)))
    number = (highest or 0) + 1
    changes = {"id": number, "key": f"BG-{number}", "unit_id": tree.ids["p24"], "low": low, "high": low}
    session.execute(insert(t.Target), [row | changes])
    session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value=f"with {number}"))
    session.info.pop("snapshot", None)


def put(session: Session, key: str, definition: str, period: str, above: int, below: int | None) -> None:
    snapshot = get_snapshot(session)
    unit = snapshot.tree.units[snapshot.tree.ids[key]]
    session.execute(insert(t.Rollup), [{
        "period": period, "level": unit.level, "unit_id": unit.id,
        "definition_id": snapshot.catalogue.definition_ids[definition], "numerator": above, "denominator": below,
        "counted": 1, "expected": 1, "source": RollupSource.OWN, "standing": Standing.FINAL, "illustrative": False,
        "approved_at": datetime(2025, 1, 31, tzinfo=UTC),
    }])  # fmt: skip


def sums_of(session: Session, reaches: frozenset[Reach] = frozenset(Reach)) -> dict[tuple[str, int], InheritedTarget]:
    """What a reader is shown who holds these reaches at the new province."""
    snapshot = get_snapshot(session)
    unit = snapshot.tree.units[snapshot.tree.ids["p24-2025"]]
    scope = Scope(None, frozenset({Grant(unit.id, reaches)}))
    return {
        (one.definition.key, one.year): one for one in inherited_targets(session, snapshot, scope, unit, TODAY)
    }


def test_bac_ninh_and_bac_giang_add_up_to_the_new_bac_ninh(seeded_session: Session) -> None:
    users, screening = "new_modern_contraceptive_users", "newborn_screening"
    set_for_bac_giang(seeded_session, users, 61_000)
    set_for_bac_giang(seeded_session, screening, 60)
    for key, above, below in (("p27", 12_000, 20_000), ("p24", 9_000, 30_000)):
        put(seeded_session, key, screening, "2024", above, below)
    # Of 2025 only one of them has figures: 2024 is the last year that both have.
    put(seeded_session, "p27", screening, "2025", 100, 200)
    found = sums_of(seeded_session)
    count, ratio = found[users, 2025], found[screening, 2025]
    assert isinstance(count.total, TargetSum)
    assert count.total.low == 48_158 + 61_000
    assert count.weighted_by is None
    assert isinstance(ratio.total, TargetSum)
    assert (ratio.total.low, ratio.weighted_by) == (Fraction(80 * 20_000 + 60 * 30_000, 50_000), 2024)
    assert [name for name, _target in ratio.parts] == ["Bắc Giang", "Bắc Ninh"]
    missing = found["srb", 2030]
    assert missing.total == Unadded(Hindrance.MISSING, (get_snapshot(seeded_session).tree.ids["p24"],))
    assert missing.hindered_by == ("Bắc Giang",)


def test_a_reader_adds_up_no_target_and_weighs_by_no_number_beyond_reach(seeded_session: Session) -> None:
    users, screening = "new_modern_contraceptive_users", "newborn_screening"
    set_for_bac_giang(seeded_session, users, 61_000)
    set_for_bac_giang(seeded_session, screening, 60)
    for key in ("p27", "p24"):
        put(seeded_session, key, screening, "2024", 9_000, 30_000)
    ids = get_snapshot(seeded_session).tree.ids
    heirs = sums_of(seeded_session, frozenset({Reach.OWN, Reach.PREDECESSORS}))
    assert all(isinstance(heirs[one, 2025].total, TargetSum) for one in (users, screening))
    # Who is a neighbour of both sees their targets, but not everything that they count.
    neighbours = sums_of(seeded_session, frozenset({Reach.PEERS}))
    assert isinstance(neighbours[users, 2025].total, TargetSum)
    assert neighbours[screening, 2025].total == Unadded(Hindrance.NO_WEIGHT, (ids["p24"], ids["p27"]))
    assert sums_of(seeded_session, frozenset({Reach.CHILDREN})) == {}


def test_the_sum_judges_nothing(seeded_session: Session) -> None:
    set_for_bac_giang(seeded_session, "newborn_screening", 60)
    put(seeded_session, "p24-2025", "newborn_screening", "2025", 10, 100)
    comparison = compared(seeded_session, year="2025", definitions="newborn_screening")
    cell = next(row.cells[0] for row in comparison.rows if row.unit.key == "p24-2025")
    assert cell.value == 10
    assert cell.own is None
    assert cell.primary is None or cell.primary.aim.kind is not AimKind.OWN
