"""Targets by the ten thousand: what is found through an index is what a walk finds, and a table says where it ends."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from auth.policy import Permission
from data.db import unit_of_work
from data.judging.operators import Operator
from data.kinds import Horizon, PlanKind
from data.snapshot import get_snapshot
from data.targets.documents_entered import enter_document
from data.targets.drafts import TargetDraft
from data.targets.entering import enter_targets
from data.targets.register import TargetInfo, TargetRegister, load_targets
from data.targets.registry import list_entries
from layouts.ids.targets import TargetsId
from tests import worlds
from tests.drawn import part, words
from tests.factories import a_small_world
from tests.test_contradictions import DEFINITIONS, OWN, plan, target
from tests.world_rollups import comparer
from tests.world_targets import drawn, fill, keys
from tests.worlds import DALE_OFFICER, MERGED_HEAD, MINISTRY_VIEWER, NOW, TODAY, scope_of

YEARS = (2025, 2026, 2030)
ISSUED = (None, date(2024, 5, 1), date(2025, 1, 10), date(2026, 1, 10))


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    fill(session)
    return session


@st.composite
def registers(draw: st.DrawFn) -> TargetRegister:
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        document = plan(number, 1, draw(st.sampled_from(ISSUED)))
        one = target(document, draw(st.sampled_from(sorted(DEFINITIONS))), draw(st.integers(1, 3)), 50,
                     horizon=draw(st.sampled_from(Horizon)), kind=draw(st.sampled_from(PlanKind)))  # fmt: skip
        found.append(replace(one, year=draw(st.sampled_from(YEARS))))
    return TargetRegister(found, {})


def walk(register: TargetRegister, definition: int, unit: int, year: int) -> list[TargetInfo]:
    wanted = (definition, unit, year)
    return [one for one in register.targets.values() if (one.definition_id, one.unit_id, one.year) == wanted]


@given(registers(), st.sampled_from(sorted(DEFINITIONS)), st.integers(1, 3), st.sampled_from(YEARS))
def test_the_index_finds_what_a_walk_over_everything_finds(
    register: TargetRegister, definition: int, unit: int, year: int
) -> None:
    found = walk(register, definition, unit, year)
    assert list(register.about(definition, unit, year)) == found
    assert all(register.find(one.key) is one for one in register.targets.values())
    day = date(year, 12, 31)
    assert set(register.in_force(definition, unit, year, day)) <= set(found)
    standing = [one for one in found if one.plan_kind is not PlanKind.RESTATED
                and (one.document.issued_on is None or one.document.issued_on <= day)]  # fmt: skip
    assert bool(register.in_force(definition, unit, year, day)) is bool(standing)
    later = [after for after in YEARS if after > year and register.in_force(definition, unit, after, day)]
    assert register.later(definition, unit, year, day) == (
        register.in_force(definition, unit, later[0], day) if later else ()
    )


def test_an_unknown_key_finds_nothing() -> None:
    assert TargetRegister([target(OWN, 11, 1, 50)], {}).find("nothing") is None


def test_what_one_reader_was_shown_is_shown_to_no_other(world: Session) -> None:
    for _again in range(2):
        everything, commune = (list_entries(world, comparer(one), TODAY) for one in (MINISTRY_VIEWER, DALE_OFFICER))
        assert len(everything) > len(commune) > 0
    assert get_snapshot(world).targets.find("T704") is not None


def test_a_table_that_is_too_long_says_so_and_the_file_has_all(world: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layouts.targets.page.MOST_ROWS", 3)
    page = drawn(world, MINISTRY_VIEWER)
    assert len(part(page, TargetsId.GRID)["rowData"]) == 3
    assert "hiện 3 trong 9 chỉ tiêu" in words(page)
    assert "Bảng đang hiện 3 chỉ tiêu đầu trong 9" in words(page)
    assert len(keys(world, MINISTRY_VIEWER)) == 9
    assert "Bảng đang hiện" not in words(drawn(world, MINISTRY_VIEWER, unit="north"))


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_whoever_reads_the_targets_while_others_are_entered_reads_one_state_or_the_other(engine: Engine) -> None:
    a_small_world(engine)
    setter = scope_of(MERGED_HEAD, Permission.TARGET_SET)
    asked = TargetDraft("ash", "prenatal_screening", 2026, Operator.AT_LEAST, 85.0, 85.0)

    def enter_another(*_event: Any) -> None:
        with unit_of_work(engine) as session:
            key = enter_document(session, setter, "merged", "5/QĐ-UBND", date(2026, 1, 5), "Giao chỉ tiêu", NOW)
            enter_targets(session, setter, key, [asked], NOW)

    with unit_of_work(engine) as session:
        session.connection()
        event.listen(engine, "after_cursor_execute", enter_another, once=True)
        assert load_targets(session).find("T704") is not None
    with unit_of_work(engine, writes=False) as session:
        assert get_snapshot(session).targets.find("ash-prenatal_screening-2026") is not None
