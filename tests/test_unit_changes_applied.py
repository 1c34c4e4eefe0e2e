"""A change of units holds whole or not at all, is told in the journal and the trail, and moves the sums above it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.refusals import Conflict, Forbidden, Invalid
from data.rollups.rebuilding import rebuild
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.units.changes.apply import Refused, apply_change
from data.units.changes.deeds import close, merge, move, open_unit, rename
from data.units.changes.documents import new_document
from data.units.changes.journal import from_json
from data.units.changes.model import Change, ChangeSet, Opening
from tests.factories import a_small_world
from tests.world_changes import EVE, LATER, ON, applied, changer, commune, content, division, faults, merger
from tests.world_reports import put_report
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    DALE,
    ELM,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    NOW,
    OTHER,
    build,
)  # fmt: skip


class Stopped(RuntimeError):
    """A step that fails."""


@pytest.fixture
def world(session: Session) -> Session:
    build(session)
    return session


@contextmanager
def failing_at(engine: Engine, step: int) -> Iterator[list[str]]:
    """The statement number `step` that writes fails; the list holds those before it."""
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            return
        if len(written) == step:
            raise Stopped
        written.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_change_that_fails_at_any_step_leaves_nothing_behind(engine: Engine) -> None:
    a_small_world(engine)
    before, step = content(engine), 0
    document = new_document("12/NQ-UBTVQH16", date(2026, 9, 1), "Sắp xếp xã")
    change_set = ChangeSet(ON, (*merger().changes, rename("cedar", "Khác")), document.key, document)
    while True:
        try:
            with failing_at(engine, step) as written, unit_of_work(engine) as session:
                apply_change(session, changer(), change_set, NOW)
            break
        except Stopped:
            assert content(engine) == before
            step += 1
    assert step == len(written) > 8
    assert content(engine) != before
    with unit_of_work(engine, writes=False) as session:
        assert faults(session) == []


def test_a_merger_is_written_with_its_journal_its_audit_line_and_a_new_version_of_the_catalogue(world: Session) -> None:
    before = get_snapshot(world)
    document = new_document("12/NQ-UBTVQH16", date(2026, 9, 1), "Sắp xếp xã")
    done = apply_change(world, changer(), ChangeSet(ON, merger().changes, document.key, document), NOW)
    assert (done.opened, done.closed) == (("c00077-2026",), ("ash", "bay"))
    known = get_snapshot(world)
    new = known.tree.ids["c00077-2026"]
    assert known.version != before.version
    assert known.tree.children(MERGED, ON) == tuple(sorted((CEDAR, new)))
    assert known.tree.children(MERGED, EVE) == (ASH, BAY, CEDAR)
    assert known.tree.composition(new, EVE) == ((ASH, Fraction(1)), (BAY, Fraction(1)))
    entry = world.get_one(t.UnitChangeSet, done.id)
    assert (entry.account_id, entry.at, entry.undoes_id) == (MINISTRY_ADMIN.id, NOW, None)
    assert from_json(entry.what).reshapes[0].opens[0].key == "c00077-2026"
    kept = world.get_one(t.Document, entry.document_id)
    assert (kept.number, kept.issued_on, kept.title_vi) == ("12/NQ-UBTVQH16", date(2026, 9, 1), "Sắp xếp xã")
    line = world.scalars(select(t.AuditLine).where(t.AuditLine.action == "unit.change")).one()
    assert line.account_id == MINISTRY_ADMIN.id
    version = world.scalars(select(t.UnitVersion).where(t.UnitVersion.unit_id == new)).one()
    assert version.document_id == kept.id
    assert faults(world) == []


def test_the_lineage_is_kept_over_several_changes_with_the_weakest_basis(world: Session) -> None:
    apply_change(world, changer(), division(), NOW)
    applied(world, merge(["c00071-2026", "bay"], commune()), on=LATER)
    c, tree = t.UnitLineageClosure, get_snapshot(world).tree
    new = tree.ids["c00077-2026"]
    row = world.scalars(select(c).where(c.predecessor_id == ASH, c.descendant_id == new)).one()
    assert (row.share, row.basis, row.on) == (Fraction(1, 3), LineageBasis.POPULATION, LATER)
    assert dict(tree.composition(new, EVE) or ()) == {ASH: Fraction(1, 3), BAY: Fraction(1)}
    assert faults(world) == []


def test_the_stored_tree_is_rewritten_for_what_moved_and_for_nothing_else(world: Session) -> None:
    c = t.UnitClosure
    applied(world, move("dale", "merged"))
    spans = {
        (row.ancestor_id, row.from_on, row.to_on)
        for row in world.scalars(select(c).where(c.descendant_id == DALE, c.depth == 1))
    }
    assert spans == {(OTHER, date(2025, 7, 1), EVE), (MERGED, ON, None)}
    assert faults(world) == []


@pytest.mark.parametrize("person", [ASH_OFFICER, MERGED_HEAD, MINISTRY_REVIEWER])
def test_nobody_but_the_ministrys_administrator_changes_units(person: Any) -> None:
    with pytest.raises(Forbidden):
        changer(person)


def test_a_unit_outside_the_reach_is_refused_like_one_that_does_not_exist(world: Session) -> None:
    here = Scope(MINISTRY_ADMIN.id, frozenset({Grant(OTHER, frozenset({Reach.SUBTREE}))}))
    with pytest.raises(Refused) as caught:
        apply_change(world, here, merger(), NOW)
    assert len(caught.value.sentences) == 3


def test_nobody_signed_in_changes_nothing(world: Session) -> None:
    with pytest.raises(Forbidden):
        apply_change(world, Scope(None, frozenset()), merger(), NOW)


def test_a_change_planned_on_an_older_catalogue_is_looked_at_again(world: Session) -> None:
    seen = get_snapshot(world).version
    applied(world, rename("cedar", "Khác"))
    with pytest.raises(Conflict):
        apply_change(world, changer(), merger(), NOW, seen=seen)


def test_a_document_that_nobody_knows_or_that_is_younger_than_the_change_is_refused(world: Session) -> None:
    with pytest.raises(Invalid):
        apply_change(world, changer(), ChangeSet(ON, merger().changes, "unknown"), NOW)
    late = new_document("12/NQ-UBTVQH16", LATER, "")
    with pytest.raises(Invalid):
        apply_change(world, changer(), ChangeSet(ON, merger().changes, late.key, late), NOW)


def test_the_journal_is_never_altered_or_deleted(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        apply_change(session, changer(), merger(), NOW)
    with pytest.raises(DatabaseError), unit_of_work(engine) as session:
        session.execute(update(t.UnitChangeSet).values(what="{}"))
    with pytest.raises(DatabaseError), unit_of_work(engine) as session:
        session.execute(delete(t.UnitChangeSet))


def test_sums_of_periods_after_the_day_follow_the_units_and_earlier_ones_stay(world: Session) -> None:
    for period in ("2026Q2", "2026Q3"):
        for unit in (ASH, BAY, CEDAR, DALE, ELM):
            put_report(world, unit, "quarterly", period)
    rebuild(world, NOW)
    on = date(2026, 8, 1)
    applied(world, move("dale", "merged"), on=on)
    stored = rollups(world)
    rebuild(world, NOW)
    assert stored == rollups(world)
    assert {row.expected for row in stored if row.unit_id == MERGED and row.period == "2026Q3"} == {4}
    assert {row.expected for row in stored if row.unit_id == MERGED and row.period == "2026Q2"} == {3}


def rollups(session: Session) -> list[Any]:
    r = t.Rollup
    columns = (r.period, r.unit_id, r.definition_id, r.numerator, r.denominator, r.counted, r.expected, r.source)
    return list(session.execute(select(*columns).order_by(*columns[:3])).all())


def test_what_follows_from_the_units_stays_in_line_with_them_through_a_long_history(world: Session) -> None:
    """Each change rewrites only what it touches; after each, everything is as if it had been worked out anew."""
    province = Opening("p", UnitLevel.PROVINCE, UnitKind.PROVINCE, "Sông Núi", "30", "vn")
    district = Opening("d", UnitLevel.DISTRICT, UnitKind.TOWN, "Thị Mới", "301", "merged")
    below = ("c00077-2026", "d301-2026", "dale", "elm")
    steps: list[tuple[Change, ...]] = [
        division().changes,
        (merge(["c00071-2026", "bay"], commune()), rename("merged", "Sông")),
        (open_unit(district), move("c00072-2026", "d"), move("cedar", "d")),
        (merge(["merged", "other"], province), *(move(key, "p") for key in below)),
        (close("d301-2026", "p30-2026"), move("c00072-2026", "p30-2026"), move("cedar", "p30-2026")),
        (merge(["c00072-2026", "dale"], commune("x", "Cuối", "00079", "p30-2026")),),
    ]
    for number, changes in enumerate(steps):
        applied(world, *changes, on=ON + timedelta(days=number))
        assert faults(world) == [], number
    tree = get_snapshot(world).tree
    last = tree.ids["c00079-2026"]
    assert dict(tree.composition(last, EVE) or ()) == {ASH: Fraction(2, 3), DALE: Fraction(1)}
    assert dict(tree.composition(tree.ids["p30-2026"], EVE) or ()) == {MERGED: Fraction(1), OTHER: Fraction(1)}
    assert tree.ancestors(ELM, ON + timedelta(days=5)) == (tree.ids["p30-2026"], tree.nation_id)


def test_of_two_administrators_at_once_the_second_looks_again(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine, writes=False) as session:
        seen = get_snapshot(session).version
    began, said = Event(), []

    def second() -> None:
        began.set()
        try:
            with unit_of_work(engine) as session:
                get_snapshot(session)
                apply_change(session, changer(), ChangeSet(ON, (rename("ash", "Khác"),)), NOW, seen=seen)
        except Conflict as refused:
            said.append(refused)

    with unit_of_work(engine) as session:
        apply_change(session, changer(), merger(), NOW, seen=seen)
        other = Thread(target=second)
        other.start()
        began.wait()
    other.join()
    assert len(said) == 1
    with unit_of_work(engine, writes=False) as session:
        assert faults(session) == []
        assert len(session.scalars(select(t.UnitChangeSet)).all()) == 1
