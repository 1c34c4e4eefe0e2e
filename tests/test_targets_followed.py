"""A process that has the targets of an earlier moment reads what has come since, and knows what all of them are."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.db import unit_of_work
from data.judging.operators import Operator
from data.snapshot import TARGETS_VERSION, get_snapshot, hold_catalogue, renew_targets
from data.targets.documents_entered import enter_document
from data.targets.drafts import TargetDraft
from data.targets.entering import correct_target, enter_targets, withdraw_target
from data.targets.register import TargetInfo, TargetRegister, load_targets
from tests.counting import queries
from tests.factories import a_small_world
from tests.test_contradictions import DEFINITIONS, plan, target
from tests.worlds import MERGED_HEAD, NOW, scope_of

SETTER = scope_of(MERGED_HEAD, Permission.TARGET_SET)
ASKED = TargetDraft("ash", "prenatal_screening", 2026, Operator.AT_LEAST, 85.0, 85.0)
YEARS = (2025, 2026)
PAPER = plan(1, 1, date(2026, 1, 5))


def the_same(one: TargetRegister, other: TargetRegister) -> bool:
    """Whether two registers say the same of everything that can be asked."""
    found = list(other.targets.values())
    return (
        list(one.targets.values()) == found
        and one.documents == other.documents
        and all(one.find(each.key) == each for each in found)
        and all(one.of_unit(unit) == other.of_unit(unit) for unit in {each.unit_id for each in one.targets.values()})
        and all(
            one.about(each.definition_id, each.unit_id, each.year)
            == other.about(each.definition_id, each.unit_id, each.year)
            for each in found
        )
    )


@st.composite
def targets(draw: st.DrawFn) -> list[TargetInfo]:
    found = []
    for _number in range(draw(st.integers(0, 12))):
        one = target(PAPER, draw(st.sampled_from(sorted(DEFINITIONS))), draw(st.integers(1, 3)), 50)
        found.append(replace(one, year=draw(st.sampled_from(YEARS))))
    return [replace(one, id=number, key=f"k{number}") for number, one in enumerate(found, start=1)]


@given(targets(), st.data())
def test_what_followed_is_what_would_be_read_anew(found: list[TargetInfo], choice: st.DataObject) -> None:
    papers = {PAPER.id: PAPER}
    # Any of them may have come first, and any of those may have been withdrawn.
    early = choice.draw(st.lists(st.sampled_from(found), unique_by=lambda one: one.id)) if found else []
    gone = choice.draw(st.lists(st.sampled_from(early), unique_by=lambda one: one.id)) if early else []
    early, gone = sorted(early, key=lambda one: one.id), sorted(gone, key=lambda one: one.id)
    before = TargetRegister(early, papers)
    after = before.followed_by([one for one in found if one not in early], [one.id for one in gone], papers)
    anew = TargetRegister([one for one in found if one not in gone], papers)
    assert the_same(after, anew)
    assert not any(after.find(one.key) for one in gone)
    for one in gone:
        asked = (one.definition_id, one.unit_id, one.year)
        assert after.about(*asked) == anew.about(*asked)
    # Whoever still reads the earlier state reads it as it was.
    assert the_same(before, TargetRegister(early, papers))


@pytest.fixture
def world(engine: Engine) -> Engine:
    a_small_world(engine)
    return engine


def decision(session: Session, day: int) -> str:
    return enter_document(session, SETTER, "merged", f"{day}/QĐ-UBND", date(2026, 1, day), "Giao chỉ tiêu", NOW)


def entered(engine: Engine, day: int) -> str:
    with unit_of_work(engine) as session:
        (key,) = enter_targets(session, SETTER, decision(session, day), [ASKED], NOW)
    return key


def is_known_in_full(engine: Engine) -> bool:
    """Whether a request knows what the database holds."""
    with unit_of_work(engine, writes=False) as session:
        return the_same(get_snapshot(session).targets, load_targets(session))


def test_after_each_deed_a_request_knows_all_targets_and_reads_those_that_came(world: Engine) -> None:
    first = entered(world, 1)
    assert is_known_in_full(world)
    with unit_of_work(world) as session:
        key = decision(session, 2)
        second = correct_target(session, SETTER, first, key, replace(ASKED, low=58.0, high=58.0), "Gõ nhầm 85", NOW)
    assert is_known_in_full(world)
    with unit_of_work(world) as session:
        withdraw_target(session, SETTER, second, "Giao nhầm xã", NOW)
    assert is_known_in_full(world)
    with unit_of_work(world, writes=False) as session:
        register = get_snapshot(session).targets
        assert (register.find(first), register.find(second)) == (None, None)


def test_what_is_known_is_not_read_again(world: Engine) -> None:
    entered(world, 1)
    assert is_known_in_full(world)
    entered(world, 2)
    with queries(world) as asked, unit_of_work(world, writes=False) as session:
        get_snapshot(session)
    read = [statement for statement in asked if "as_printed" in statement]
    assert len(read) == 1
    assert "target.id IN" in read[0]


def test_what_was_never_committed_is_followed_by_nothing(world: Engine) -> None:
    entered(world, 1)
    assert is_known_in_full(world)
    with unit_of_work(world) as session:
        (lost,) = enter_targets(session, SETTER, decision(session, 2), [replace(ASKED, unit="bay")], NOW)
        assert get_snapshot(session).targets.find(lost) is not None
        session.rollback()
    # SQLite gives its number to the next one.
    entered(world, 3)
    assert is_known_in_full(world)
    with unit_of_work(world, writes=False) as session:
        assert get_snapshot(session).targets.find(lost) is None


def test_a_process_that_slept_through_many_changes_reads_everything(world: Engine) -> None:
    entered(world, 1)
    assert is_known_in_full(world)
    for _change in range(40):
        with unit_of_work(world) as session:
            hold_catalogue(session)
            renew_targets(session)
            session.info["snapshot"] = None
    entered(world, 2)
    with unit_of_work(world, writes=False) as session:
        stamps = session.scalars(select(t.Fact.value).where(t.Fact.name == TARGETS_VERSION)).one().split()
        assert len(stamps) == len(set(stamps)) < 40
        assert len(get_snapshot(session).targets.targets) == session.scalar(select(func.count()).select_from(t.Target))
    assert is_known_in_full(world)
