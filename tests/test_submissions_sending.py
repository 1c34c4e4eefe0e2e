"""Promises about sending: nothing unready leaves, a double click sends once, and what was sent is sealed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Standing, SubmissionStatus
from data.periods import Period
from data.refusals import Conflict, Invalid, NotFound
from data.snapshot import get_snapshot
from data.submissions.drafts import save_draft
from data.submissions.forms import get_form
from data.submissions.lookup import find_place_to_write
from data.submissions.model import CellId, ProblemKind
from data.submissions.outcomes import EditConflict, NotReady, Receipt, Saved
from data.submissions.records import StoredCell, load_cells
from data.submissions.sealing import digest_of
from data.submissions.sending import submit
from tests import worlds
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import NOW, TODAY, Person, writer

PERIOD = "2026Q3"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def fill(session: Session, numbers: dict[str, int], version: int = 0, who: Person = worlds.ASH_OFFICER) -> Saved:
    typed = {CellId(key, PERIOD): str(value) for key, value in numbers.items()}
    return save_draft(session, writer(who), "ash", "quarterly", PERIOD, typed, {}, version, NOW)


def send(session: Session, version: int, who: Person = worlds.ASH_OFFICER, unit: str = "ash") -> Receipt:
    return submit(session, writer(who), unit, "quarterly", PERIOD, version, LATER)


def lines(session: Session, action: str) -> list[t.AuditLine]:
    return list(session.scalars(select(t.AuditLine).where(t.AuditLine.action == action)))


def test_a_complete_draft_is_sent_with_a_receipt(session: Session) -> None:
    saved = fill(session, QUARTER)
    assert saved.can_send
    receipt = send(session, saved.version)
    assert (receipt.number, receipt.filled, receipt.sent_at, receipt.sent_by) == (1, 12, LATER, "Ash.Officer")
    assert receipt.reviewer is not None
    assert receipt.reviewer.key == "merged"
    view = get_form(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, TODAY)
    assert (view.status, view.digest, view.days_overdue) == (SubmissionStatus.SUBMITTED, receipt.digest, 0)
    assert [line.action for line in view.history] == ["submission.open", "submission.send"]
    assert (view.history[1].sentence, view.history[1].who) == ("gửi báo cáo", "Ash.Officer")


def test_sending_leaves_an_audit_line_with_the_change_of_status(session: Session) -> None:
    send(session, fill(session, QUARTER).version)
    [line] = lines(session, "submission.send")
    assert (line.account_id, line.unit_id, line.at) == (worlds.ASH_OFFICER.id, worlds.ASH, LATER)
    assert (line.from_status, line.to_status) == (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED)


def test_a_double_click_sends_once_and_gives_the_same_receipt(session: Session) -> None:
    saved = fill(session, QUARTER)
    assert send(session, saved.version) == send(session, saved.version)
    assert len(lines(session, "submission.send")) == 1


def test_a_second_click_on_another_version_is_no_double_click(session: Session) -> None:
    saved = fill(session, QUARTER)
    send(session, saved.version)
    with pytest.raises(Conflict):
        send(session, saved.version - 1)


def test_an_unready_form_is_refused_with_every_problem(session: Session) -> None:
    numbers = QUARTER | {"pregnancies_screened": 41, "newborns_screened": 99}
    del numbers["deaths"]
    saved = fill(session, numbers)
    assert not saved.can_send
    with pytest.raises(NotReady) as told:
        send(session, saved.version)
    assert [one.kind for one in told.value.problems] == [
        ProblemKind.ABOVE_LIMIT, ProblemKind.PARTS, ProblemKind.MISSING,
    ]  # fmt: skip
    assert session.get_one(t.Revision, saved.revision_id).status is SubmissionStatus.DRAFT


def test_a_warning_wants_a_note_and_then_lets_the_report_go(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q2", QUARTER | {"elderly_examined": 25})
    saved = fill(session, QUARTER)
    with pytest.raises(NotReady):
        send(session, saved.version)
    cell = CellId("elderly_examined", PERIOD)
    notes = {cell: "Đợt khám tháng 9"}
    noted = save_draft(
        session, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, {}, notes, saved.version, NOW
    )
    assert send(session, noted.version).filled == 12


def test_nothing_can_be_sent_before_something_is_entered(session: Session) -> None:
    with pytest.raises(Invalid):
        send(session, 0)


def test_sending_a_version_that_somebody_changed_is_a_conflict(session: Session) -> None:
    saved = fill(session, QUARTER)
    fill(session, {"deaths": 13}, saved.version, worlds.ASH_COLLEAGUE)
    with pytest.raises(EditConflict, match="Colleague"):
        send(session, saved.version)


@pytest.mark.parametrize("status", [SubmissionStatus.APPROVED, SubmissionStatus.RETURNED])
def test_a_decided_report_is_not_sent_again_unchanged(session: Session, status: SubmissionStatus) -> None:
    put_report(session, worlds.ASH, "quarterly", PERIOD, status=status, by=worlds.ASH_OFFICER)
    with pytest.raises(Conflict):
        send(session, 1)


def test_a_returned_report_can_be_saved_as_it_stands_and_sent_again(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", PERIOD, status=SubmissionStatus.RETURNED, by=worlds.ASH_OFFICER)
    saved = fill(session, {}, 1)
    assert (saved.number, saved.changed) == (2, 0)
    assert send(session, saved.version).number == 2


def test_the_seal_tells_every_change_and_nothing_else(session: Session) -> None:
    place = find_place_to_write(get_snapshot(session), writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, TODAY)
    deaths, boys = CellId("deaths", PERIOD), CellId("births_boys", PERIOD)
    one, two = StoredCell(12, None, Standing.FINAL), StoredCell(21, "đợt", Standing.FINAL)
    sealed = digest_of(place, 1, {deaths: one, boys: two})
    assert digest_of(place, 1, {boys: two, deaths: one}) == sealed
    others = [
        digest_of(place, 2, {deaths: one, boys: two}),
        digest_of(place, 1, {deaths: replace(one, value=13), boys: two}),
        digest_of(place, 1, {deaths: replace(one, standing=Standing.PRELIMINARY), boys: two}),
        digest_of(place, 1, {deaths: one, boys: replace(two, note=None)}),
        digest_of(place, 1, {deaths: one}),
        digest_of(replace(place, period=Period("2026Q2")), 1, {deaths: one, boys: two}),
    ]
    assert len({sealed, *others}) == 7


def test_the_receipt_carries_the_seal_of_what_is_stored(session: Session) -> None:
    receipt = send(session, fill(session, QUARTER).version)
    known = get_snapshot(session)
    place = find_place_to_write(known, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, TODAY)
    stored = load_cells(session, known.catalogue, [receipt.revision_id])[receipt.revision_id]
    assert digest_of(place, receipt.number, stored) == receipt.digest


@pytest.mark.parametrize("who", [worlds.BAY_OFFICER, worlds.OTHER_HEAD, worlds.SOUTH_HEAD])
def test_nobody_sends_for_a_unit_out_of_reach(session: Session, who: Person) -> None:
    saved = fill(session, QUARTER)
    with pytest.raises(NotFound):
        send(session, saved.version, who)


def test_a_parent_cannot_send_the_childs_own_draft(session: Session) -> None:
    saved = fill(session, QUARTER)
    with pytest.raises(Conflict):
        send(session, saved.version, worlds.MERGED_HEAD)


def test_a_plan_report_goes_from_the_successor_to_the_ministry(session: Session) -> None:
    put_report(session, worlds.NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=worlds.MERGED,
               status=SubmissionStatus.DRAFT)  # fmt: skip
    receipt = submit(session, writer(worlds.MERGED_HEAD), "north", "plan", "2025-11M", 1, LATER)
    assert (receipt.unit.key, receipt.filled) == ("north", 16)
    assert receipt.reviewer is not None
    assert receipt.reviewer.key == "vn"
