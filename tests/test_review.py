"""Promises about deciding: who may, what follows, and what a second look at a decided report is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from data.periods import Period
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.scope import Scope
from data.submissions.drafts import save_draft
from data.submissions.model import CellId
from data.submissions.review import approve, get_for_review, return_with_reason
from data.submissions.sending import submit
from data.submissions.waiting import list_waiting
from tests import worlds
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import NOW, TODAY, Person, reviewer, writer

PERIOD = "2026Q3"
LATER = NOW + timedelta(hours=1)
BOYS = CellId("births_boys", PERIOD)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def waiting(session: Session, unit: int = worlds.ASH, by: Person = worlds.ASH_OFFICER, deaths: int = 12) -> int:
    numbers = QUARTER | {"deaths": deaths}
    return put_report(session, unit, "quarterly", PERIOD, numbers, status=SubmissionStatus.SUBMITTED, by=by)


def revision(session: Session, revision_id: int) -> t.Revision:
    return session.get_one(t.Revision, revision_id, populate_existing=True)


def test_the_parent_approves_and_the_report_comes_into_force(session: Session) -> None:
    waits = waiting(session)
    decision = approve(session, reviewer(worlds.MERGED_HEAD), waits, LATER)
    assert (decision.status, decision.unit.key, decision.decided_at) == (SubmissionStatus.APPROVED, "ash", LATER)
    row = revision(session, waits)
    assert (row.in_force, row.decided_by_id, row.decided_unit_id) == (True, worlds.MERGED_HEAD.id, worlds.MERGED)
    [line] = session.scalars(select(t.AuditLine).where(t.AuditLine.action == "submission.approve"))
    assert (line.from_status, line.to_status) == (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED)
    assert (line.account_id, line.unit_id, line.revision_id) == (worlds.MERGED_HEAD.id, worlds.ASH, waits)


def test_the_next_approval_takes_the_place_of_the_last(session: Session) -> None:
    first = waiting(session)
    approve(session, reviewer(worlds.MERGED_HEAD), first, LATER)
    second = waiting(session, deaths=13)
    assert revision(session, first).in_force
    approve(session, reviewer(worlds.MERGED_HEAD), second, LATER)
    assert (revision(session, first).in_force, revision(session, second).in_force) == (False, True)
    assert revision(session, first).status is SubmissionStatus.APPROVED


def test_a_return_gives_the_reason_and_leaves_what_is_in_force(session: Session) -> None:
    first = waiting(session)
    approve(session, reviewer(worlds.MERGED_HEAD), first, LATER)
    second = waiting(session, deaths=99)
    return_with_reason(session, reviewer(worlds.MERGED_HEAD), second, " Số chết\x00 quá cao ", LATER)
    row = revision(session, second)
    assert (row.status, row.reason, row.in_force) == (SubmissionStatus.RETURNED, "Số chết quá cao", False)
    assert revision(session, first).in_force
    [line] = session.scalars(select(t.AuditLine).where(t.AuditLine.action == "submission.return"))
    assert (line.reason, line.to_status) == ("Số chết quá cao", SubmissionStatus.RETURNED)


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "x" * 2_001])
def test_a_return_needs_a_reason_of_a_readable_length(session: Session, reason: str) -> None:
    waits = waiting(session)
    with pytest.raises(Invalid):
        return_with_reason(session, reviewer(worlds.MERGED_HEAD), waits, reason, LATER)
    assert revision(session, waits).status is SubmissionStatus.SUBMITTED


@pytest.mark.parametrize("who", [worlds.OTHER_HEAD, worlds.SOUTH_HEAD, worlds.CITY_HEAD, worlds.MINISTRY_REVIEWER])
def test_nobody_but_the_parent_decides_or_looks(session: Session, who: Person) -> None:
    waits, scope = waiting(session), reviewer(who)
    for attempt in (
        lambda: approve(session, scope, waits, LATER),
        lambda: return_with_reason(session, scope, waits, "vì sao", LATER),
        lambda: get_for_review(session, scope, waits, TODAY),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert list_waiting(session, scope, TODAY) == []
    assert revision(session, waits).status is SubmissionStatus.SUBMITTED


@pytest.mark.parametrize(
    "who", [worlds.ASH_OFFICER, worlds.MERGED_LEADER, worlds.MINISTRY_VIEWER, worlds.MINISTRY_ADMIN]
)
def test_those_who_review_nothing_have_no_scope_to_review_with(who: Person) -> None:
    with pytest.raises(Forbidden):
        reviewer(who)


@pytest.mark.parametrize("forged", [0, -1, 999_999, 2**31, 2**63, "1", None])
def test_a_forged_number_is_no_report(session: Session, forged: object) -> None:
    with pytest.raises(NotFound):
        approve(session, reviewer(worlds.MERGED_HEAD), forged, LATER)  # type: ignore[arg-type]


def test_a_draft_cannot_be_looked_at_or_decided(session: Session) -> None:
    draft = put_report(session, worlds.ASH, "quarterly", PERIOD, status=SubmissionStatus.DRAFT)
    with pytest.raises(NotFound):
        get_for_review(session, reviewer(worlds.MERGED_HEAD), draft, TODAY)
    with pytest.raises(NotFound):
        approve(session, reviewer(worlds.MERGED_HEAD), draft, LATER)


def test_a_decided_report_says_so_to_the_second_reviewer(session: Session) -> None:
    waits = waiting(session)
    approve(session, reviewer(worlds.MERGED_HEAD), waits, LATER)
    with pytest.raises(Conflict, match="đã được duyệt"):
        return_with_reason(session, reviewer(worlds.MERGED_DEPUTY), waits, "chậm", LATER)
    with pytest.raises(Conflict):
        approve(session, reviewer(worlds.MERGED_HEAD), waits, LATER)


def enter_for_ash(session: Session) -> int:
    """The head enters for the silent child, and the deputy sends it."""
    typed = {CellId(key, PERIOD): str(value) for key, value in QUARTER.items()}
    saved = save_draft(session, writer(worlds.MERGED_HEAD), "ash", "quarterly", PERIOD, typed, {}, 0, NOW)
    submit(session, writer(worlds.MERGED_DEPUTY), "ash", "quarterly", PERIOD, saved.version, NOW)
    return saved.revision_id


@pytest.mark.parametrize("who", [worlds.MERGED_HEAD, worlds.MERGED_DEPUTY])
def test_nobody_decides_on_what_they_edited_or_sent(session: Session, who: Person) -> None:
    waits = enter_for_ash(session)
    with pytest.raises(Forbidden):
        approve(session, reviewer(who), waits, LATER)
    with pytest.raises(Forbidden):
        return_with_reason(session, reviewer(who), waits, "vì sao", LATER)
    assert not get_for_review(session, reviewer(who), waits, TODAY).can_decide
    assert [one.own_hand for one in list_waiting(session, reviewer(who), TODAY)] == [True]


def test_a_second_person_of_the_same_unit_decides_on_what_a_parent_entered(session: Session) -> None:
    waits = enter_for_ash(session)
    third = Scope(worlds.MINISTRY_VIEWER.id, reviewer(worlds.MERGED_HEAD).grants)
    view = get_for_review(session, third, waits, TODAY)
    assert (view.can_decide, view.entered_for) == (True, True)
    assert approve(session, third, waits, LATER).status is SubmissionStatus.APPROVED


def test_the_numbers_of_an_editor_stay_theirs_in_the_next_revision(session: Session) -> None:
    waits = enter_for_ash(session)
    third = Scope(worlds.MINISTRY_VIEWER.id, reviewer(worlds.MERGED_HEAD).grants)
    return_with_reason(session, third, waits, "sửa", LATER)
    saved = save_draft(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, {BOYS: "20"}, {},
                       revision(session, waits).version, LATER)  # fmt: skip
    submit(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, saved.version, LATER)
    with pytest.raises(Forbidden):
        approve(session, reviewer(worlds.MERGED_HEAD), saved.revision_id, LATER)


def test_a_reviewer_sees_what_changed_since_the_revision_before(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", PERIOD, status=SubmissionStatus.RETURNED, by=worlds.ASH_OFFICER)
    waits = waiting(session, deaths=15)
    view = get_for_review(session, reviewer(worlds.MERGED_HEAD), waits, TODAY)
    assert {cell.element: (shown.before, shown.value) for cell, shown in view.cells.items() if shown.changed} == {
        "deaths": (12, 15)
    }
    assert (view.editable, view.can_send, view.can_decide) == (False, False, True)


def test_an_older_revision_is_shown_without_those_after_it(session: Session) -> None:
    returned = SubmissionStatus.RETURNED
    first = put_report(session, worlds.ASH, "quarterly", PERIOD, status=returned, by=worlds.ASH_OFFICER)
    waiting(session)
    view = get_for_review(session, reviewer(worlds.MERGED_HEAD), first, TODAY)
    assert (view.number, view.can_decide, view.return_reason) == (1, False, "Số liệu chưa khớp")


def test_the_list_holds_what_waits_for_me_longest_first(session: Session) -> None:
    sent = SubmissionStatus.SUBMITTED
    put_report(session, worlds.BAY, "quarterly", PERIOD, status=sent, by=worlds.BAY_OFFICER, at=LATER)
    waiting(session)
    waiting(session, worlds.DALE, worlds.DALE_OFFICER)
    put_report(session, worlds.CEDAR, "quarterly", PERIOD, by=worlds.CEDAR_OFFICER)
    found = list_waiting(session, reviewer(worlds.MERGED_HEAD), TODAY)
    assert [(one.unit.key, one.sent_by, one.late, one.own_hand) for one in found] == [
        ("ash", "Ash.Officer", True, False), ("bay", "Bay.Officer", True, False),
    ]  # fmt: skip
    assert list_waiting(session, Scope(None, frozenset()), TODAY) == []


def test_a_districts_late_report_goes_to_its_provinces_successor(session: Session) -> None:
    waits = put_report(session, worlds.SOUTH_COAST, "quarterly", "2025Q1", status=SubmissionStatus.SUBMITTED)
    assert [one.unit.key for one in list_waiting(session, reviewer(worlds.MERGED_HEAD), TODAY)] == ["south-coast"]
    for who in (worlds.SOUTH_HEAD, worlds.MINISTRY_REVIEWER):
        with pytest.raises(NotFound):
            approve(session, reviewer(who), waits, LATER)
    assert approve(session, reviewer(worlds.MERGED_HEAD), waits, LATER).status is SubmissionStatus.APPROVED
    assert revision(session, waits).decided_unit_id == worlds.MERGED


def test_a_plan_report_of_an_old_area_is_decided_by_the_reporters_parent(session: Session) -> None:
    for unit in (worlds.NORTH, worlds.NORTH_CITY):
        waits = put_report(session, unit, "plan", "2025-11M", PLAN_REPORT, reporter_id=worlds.MERGED,
                           status=SubmissionStatus.SUBMITTED, by=worlds.MERGED_HEAD)  # fmt: skip
        with pytest.raises(NotFound):
            approve(session, reviewer(worlds.MERGED_DEPUTY), waits, LATER)
        approve(session, reviewer(worlds.MINISTRY_REVIEWER), waits, LATER)
        assert revision(session, waits).decided_unit_id == worlds.NATION


def test_a_provinces_year_is_decided_by_the_ministry(session: Session) -> None:
    waits = put_report(session, worlds.OTHER, "yearly", "2025", status=SubmissionStatus.SUBMITTED, by=worlds.OTHER_HEAD)
    [one] = list_waiting(session, reviewer(worlds.MINISTRY_REVIEWER), TODAY)
    assert (one.unit.key, one.period) == ("other", Period("2025"))
    assert approve(session, reviewer(worlds.MINISTRY_REVIEWER), waits, LATER).status is SubmissionStatus.APPROVED
