"""A closed unit's draft is carried over by hand, into empty cells only, by the officer of its one successor."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import LineageBasis, Role, SubmissionStatus
from data.refusals import Forbidden, Invalid, NotFound
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.submissions.carrying import carry_over, get_carry, list_leftovers
from data.submissions.due import list_due
from data.submissions.forms import get_form
from data.submissions.outcomes import EditConflict
from data.units.changes.deeds import merge, split
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world, an_account
from tests.page_tree import content_of, find, links, said
from tests.world_catalogue import QUARTER
from tests.world_changes import applied, commune
from tests.world_reports import put_report
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR_OFFICER,
    DALE_OFFICER,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NOW,
    TODAY,
    build,
    writer,
)

# Within the third quarter: whatever closes here cannot report it any more.
DAY = date(2026, 9, 15)
PLACE = ("c00077-2026", "quarterly", "2026Q3", "ash")
WRITES = frozenset({Reach.OWN, Reach.PREDECESSORS, Reach.CHILDREN})


@pytest.fixture
def world(session: Session) -> Session:
    """Ash left a draft of the quarter in which it became part of another commune."""
    build(session)
    put_report(session, ASH, "quarterly", "2026Q3", QUARTER, status=SubmissionStatus.DRAFT, by=ASH_OFFICER)
    applied(session, merge(["ash", "bay"], commune()), on=DAY)
    return session


def heir(session: Session, key: str = "c00077-2026", account_id: int = CEDAR_OFFICER.id) -> Scope:
    """The scope of an officer at that unit for writing."""
    return Scope(account_id, frozenset({Grant(get_snapshot(session).tree.ids[key], WRITES)}))


def values(session: Session, scope: Scope) -> dict[str, int | None]:
    form = get_form(session, scope, *PLACE[:3], TODAY)
    return {cell.id.element: cell.value for cell in form.cells.values()}


def test_the_successor_is_told_of_the_draft_and_owes_the_period_itself(world: Session) -> None:
    (one,) = list_leftovers(world, heir(world), TODAY)
    assert (one.unit.key, one.form_key, one.period.code, one.older.key) == PLACE
    owed = {(due.unit.key, due.period.code) for due in list_due(world, heir(world), TODAY)}
    assert ("c00077-2026", "2026Q3") in owed
    assert ("ash", "2026Q3") not in owed


def test_the_draft_is_kept_and_can_be_read_beside_ones_own(world: Session) -> None:
    view = get_carry(world, heir(world), *PLACE, TODAY)
    assert {cell.id.element: cell.theirs for cell in view.cells} == QUARTER
    assert {cell.ours for cell in view.cells} == {None}
    assert view.version == 0


def test_empty_cells_take_the_numbers_and_filled_ones_stay_and_are_named(world: Session) -> None:
    new = get_snapshot(world).tree.ids["c00077-2026"]
    mine = {"births_boys": 7}
    put_report(world, new, "quarterly", "2026Q3", mine, status=SubmissionStatus.DRAFT, by=CEDAR_OFFICER)
    version = get_carry(world, heir(world), *PLACE, TODAY).version
    done = carry_over(world, heir(world), *PLACE, version, NOW)
    assert values(world, heir(world)) == QUARTER | mine
    assert len(done.left) == 1
    assert len(done.copied) == len(QUARTER) - 1
    line = world.scalars(select(t.AuditLine).where(t.AuditLine.action == "submission.carry_over")).one()
    assert (line.account_id, line.unit_id) == (CEDAR_OFFICER.id, new)
    again = carry_over(world, heir(world), *PLACE, version + 1, NOW)
    assert (again.saved, again.copied) == (None, ())


def test_the_closed_units_draft_is_left_as_it_was(world: Session) -> None:
    before = sorted(tuple(row) for row in world.execute(select(t.Result.__table__)))
    carry_over(world, heir(world), *PLACE, 0, NOW)
    left = sorted(tuple(row) for row in world.execute(select(t.Result.__table__)))
    assert set(before) <= set(left)


def test_who_saved_in_the_meantime_is_not_overwritten(world: Session) -> None:
    seen = get_carry(world, heir(world), *PLACE, TODAY).version
    new = get_snapshot(world).tree.ids["c00077-2026"]
    mine = {"births_boys": 7}
    put_report(world, new, "quarterly", "2026Q3", mine, status=SubmissionStatus.DRAFT, by=CEDAR_OFFICER)
    with pytest.raises(EditConflict):
        carry_over(world, heir(world), *PLACE, seen, NOW)
    left = {element: value for element, value in values(world, heir(world)).items() if value is not None}
    assert left == mine


def test_nobody_but_the_successors_own_officer_reads_or_takes_the_draft(world: Session) -> None:
    for person in (CEDAR_OFFICER, DALE_OFFICER, MERGED_HEAD):
        with pytest.raises((NotFound, Forbidden)):
            get_carry(world, writer(person), *PLACE, TODAY)
        with pytest.raises((NotFound, Forbidden)):
            carry_over(world, writer(person), *PLACE, 0, NOW)
        assert list_leftovers(world, writer(person), TODAY) == []
    with pytest.raises((NotFound, Forbidden)):
        get_carry(world, writer(ASH_OFFICER), *PLACE, TODAY)


@pytest.mark.parametrize("older", ["cedar", "dale", "nowhere", "c00077-2026", "north"])
def test_only_a_predecessors_draft_can_be_carried_over(world: Session, older: str) -> None:
    put_report(world, 133, "quarterly", "2026Q3", QUARTER, status=SubmissionStatus.DRAFT)
    with pytest.raises(NotFound):
        get_carry(world, heir(world), *PLACE[:3], older, TODAY)


def test_a_predecessor_without_a_draft_of_the_period_has_nothing_to_give(world: Session) -> None:
    with pytest.raises(NotFound):
        get_carry(world, heir(world), *PLACE[:3], "bay", TODAY)
    put_report(world, BAY, "quarterly", "2026Q3", QUARTER, status=SubmissionStatus.SUBMITTED)
    with pytest.raises(NotFound):
        get_carry(world, heir(world), *PLACE[:3], "bay", TODAY)


def test_the_numbers_of_a_whole_are_not_carried_into_a_part(session: Session) -> None:
    build(session)
    put_report(session, ASH, "quarterly", "2026Q3", QUARTER, status=SubmissionStatus.DRAFT, by=ASH_OFFICER)
    parts = [(commune("a", "Một", "00071"), Fraction(1, 3)), (commune("b", "Hai", "00072"), Fraction(2, 3))]
    applied(session, split("ash", parts, LineageBasis.POPULATION), on=DAY)
    scope = heir(session, "c00072-2026")
    assert list_leftovers(session, scope, TODAY) == []
    with pytest.raises(Invalid):
        get_carry(session, scope, "c00072-2026", *PLACE[1:], TODAY)


@pytest.fixture
def app(engine: Engine) -> Iterator[Flask]:
    """The portal on the small world, after Ash and Bay became one."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        put_report(session, ASH, "quarterly", "2026Q3", QUARTER, status=SubmissionStatus.DRAFT, by=ASH_OFFICER)
        applied(session, merge(["ash", "bay"], commune()), on=DAY)
    with clock.stopped_at(NOW):
        yield portal_on(engine)


def test_the_page_shows_both_drafts_and_its_button_copies(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine, writes=False) as session:
        new = get_snapshot(session).tree.ids["c00077-2026"]
    officer = Reader(app, an_account(engine, "new.officer", (Role.OFFICER, new)))
    address = "/carry?unit=c00077-2026&form=quarterly&period=2026Q3&from=ash"
    assert address in links(content_of(officer, "/submit"))
    page = content_of(officer, "/carry", **dict(zip(("unit", "form", "period", "from"), PLACE, strict=True)))
    assert f"Chép vào các ô trống: {len(QUARTER)}" in said(page)
    answer = answer_of(officer.call("callbacks.carrying.copy", 1, find(page, "carry-place")["data"]))
    assert f"Số liệu đã chép: {len(QUARTER)}" in said(answer["carry-outcome"])
    with unit_of_work(engine, writes=False) as session:
        assert values(session, heir(session)) == QUARTER


def test_the_page_is_nobody_elses(app: Flask) -> None:
    address = "/carry?unit=c00077-2026&form=quarterly&period=2026Q3&from=ash"
    sent = dict(zip(("unit", "form", "period", "from"), PLACE, strict=True)) | {"version": 0}
    for person, status in ((DALE_OFFICER, 404), (MERGED_HEAD, 404), (MINISTRY_VIEWER, 403), (ASH_OFFICER, 404)):
        reader = Reader(app, person.id)
        assert reader.get(address).status_code == status
        assert reader.call("callbacks.carrying.copy", 1, sent).status_code == status


@pytest.mark.parametrize("sent", [None, {}, {"version": "0"}, {"version": True}, []])
def test_what_no_page_sends_copies_nothing(app: Flask, sent: object) -> None:
    assert Reader(app, ASH_OFFICER.id).call("callbacks.carrying.copy", 1, sent).status_code == 422
