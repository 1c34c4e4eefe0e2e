"""Promises about drafts: what is saved, what comes back as a problem, and that nobody's typing is lost."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Standing, SubmissionStatus
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.submissions.drafts import save_draft
from data.submissions.forms import get_form
from data.submissions.model import CellId, FormView, ProblemKind, Severity
from data.submissions.outcomes import EditConflict, Saved
from data.wording import Language, use_language
from tests import worlds
from tests.world_catalogue import ELEMENTS
from tests.world_reports import put_report
from tests.worlds import NOW, TODAY, Person, writer

QUARTER = "2026Q3"
BOYS, GIRLS = CellId("births_boys", QUARTER), CellId("births_girls", QUARTER)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def save(
    session: Session,
    typed: dict[CellId, str],
    version: int = 0,
    *,
    who: Person = worlds.ASH_OFFICER,
    unit: str = "ash",
    notes: dict[CellId, str] | None = None,
    at: datetime = NOW,
    overwrite: bool = False,
    standing: Standing | None = None,
) -> Saved:
    return save_draft(
        session, writer(who), unit, "quarterly", QUARTER, typed, notes or {}, version, at, overwrite=overwrite,
        standing=standing,
    )  # fmt: skip


def form(session: Session, who: Person = worlds.ASH_OFFICER, unit: str = "ash") -> FormView:
    return get_form(session, writer(who), unit, "quarterly", QUARTER, TODAY)


def test_the_first_save_begins_a_report(session: Session) -> None:
    assert (form(session).status, form(session).version, form(session).editable) == (None, 0, True)
    saved = save(session, {BOYS: "21", GIRLS: "1.019"})
    view = form(session)
    assert (view.status, view.number, view.version) == (SubmissionStatus.DRAFT, 1, saved.version)
    assert (view.cells[BOYS].value, view.cells[GIRLS].value) == (21, 1019)
    assert (saved.changed, saved.filled, saved.total) == (2, 2, 12)
    assert (view.saved_by, view.saved_at) == ("Ash.Officer", NOW)


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(session: Session) -> None:
    with use_language(Language.EN):
        saved = save(session, {BOYS: "12a", GIRLS: "19", CellId("deaths", QUARTER): "-3"})
    unread = {problem.cell: problem.sentence for problem in saved.problems if problem.kind is ProblemKind.UNREADABLE}
    assert set(unread) == {BOYS, CellId("deaths", QUARTER)}
    assert "Births boys" in unread[BOYS]
    assert "12a" in unread[BOYS]
    assert {cell.element for cell, shown in form(session).cells.items() if shown.value is not None} == {"births_girls"}


def test_a_cell_that_cannot_be_read_keeps_its_last_number_and_cannot_be_sent(session: Session) -> None:
    first = save(session, {CellId(key, QUARTER): "1" for key in ELEMENTS})
    assert first.can_send
    second = save(session, {BOYS: "1,234"}, first.version)
    assert (second.changed, second.version, second.can_send) == (0, first.version, False)
    assert form(session).cells[BOYS].value == 1


def test_both_ways_of_writing_thousands_and_decimals_are_understood(session: Session) -> None:
    saved = save(session, {BOYS: "1.234", GIRLS: "1234", CellId("deaths", QUARTER): "1.234,5"})
    view = form(session)
    assert (view.cells[BOYS].value, view.cells[GIRLS].value) == (1234, 1234)
    assert [problem.cell for problem in saved.problems if problem.kind is ProblemKind.UNREADABLE] == [
        CellId("deaths", QUARTER)
    ]


def test_an_empty_cell_clears_its_number(session: Session) -> None:
    first = save(session, {BOYS: "21", GIRLS: "0"})
    second = save(session, {BOYS: " "}, first.version)
    view = form(session)
    assert (view.cells[BOYS].value, view.cells[GIRLS].value) == (None, 0)
    assert (second.changed, second.filled) == (1, 1)


def test_only_cells_that_changed_are_written_and_told_to_the_audit_trail(session: Session) -> None:
    first = save(session, {BOYS: "21", GIRLS: "19"})
    save(session, {BOYS: "21", GIRLS: "20"}, first.version, who=worlds.ASH_COLLEAGUE, at=LATER)
    line = session.scalars(select(t.AuditLine).order_by(t.AuditLine.id.desc())).first()
    assert line is not None
    assert (line.action, line.account_id, line.unit_id) == ("submission.save", worlds.ASH_COLLEAGUE.id, worlds.ASH)
    assert json.loads(line.detail or "") == {f"births_girls@{QUARTER}": [[19, "FINAL", None], [20, "FINAL", None]]}
    editors = session.scalars(select(t.RevisionEditor.account_id).order_by(t.RevisionEditor.account_id)).all()
    assert editors == [worlds.ASH_OFFICER.id, worlds.ASH_COLLEAGUE.id]


def test_saving_what_stands_already_changes_nothing(session: Session) -> None:
    first = save(session, {BOYS: "21"})
    lines = session.scalar(select(func.count()).select_from(t.AuditLine))
    again = save(session, {BOYS: "21"}, first.version, who=worlds.ASH_COLLEAGUE, at=LATER)
    assert (again.version, again.changed, again.saved_at) == (first.version, 0, NOW)
    assert session.scalar(select(func.count()).select_from(t.AuditLine)) == lines


def test_the_second_of_two_editors_is_told_who_when_and_where_and_nothing_is_overwritten(session: Session) -> None:
    first = save(session, {BOYS: "21", GIRLS: "19"})
    save(session, {BOYS: "30"}, first.version, who=worlds.ASH_COLLEAGUE, at=LATER)
    with pytest.raises(EditConflict) as told:
        save(session, {BOYS: "25", GIRLS: "19"}, first.version)
    conflict = told.value
    assert (conflict.who, conflict.at) == ("Ash.Colleague", LATER)
    assert [(one.cell, one.theirs, one.mine) for one in conflict.cells] == [(BOYS, 30, 25)]
    assert form(session).cells[BOYS].value == 30
    assert conflict.version == form(session).version


def test_the_second_editor_may_keep_theirs(session: Session) -> None:
    first = save(session, {BOYS: "21"})
    save(session, {BOYS: "30", GIRLS: "5"}, first.version, who=worlds.ASH_COLLEAGUE)
    save(session, {BOYS: "25"}, first.version, overwrite=True)
    view = form(session)
    assert (view.cells[BOYS].value, view.cells[GIRLS].value) == (25, 5)


def test_two_who_begin_the_same_report_at_once_are_told_too(session: Session) -> None:
    save(session, {BOYS: "21"}, 0)
    with pytest.raises(EditConflict):
        save(session, {BOYS: "22"}, 0, who=worlds.ASH_COLLEAGUE)


def test_a_version_of_a_report_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(Conflict):
        save(session, {BOYS: "21"}, 7)


def test_a_sent_report_cannot_be_typed_over(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", QUARTER, status=SubmissionStatus.SUBMITTED)
    view = form(session)
    assert (view.editable, view.can_send) == (False, False)
    with pytest.raises(Conflict, match="chờ duyệt"):
        save(session, {BOYS: "1"}, view.version)
    with pytest.raises(Conflict):
        save(session, {BOYS: "1"}, view.version, overwrite=True)


@pytest.mark.parametrize("status", [SubmissionStatus.RETURNED, SubmissionStatus.APPROVED])
def test_a_decided_report_opens_again_with_its_numbers_as_the_next_revision(
    session: Session, status: SubmissionStatus
) -> None:
    old = put_report(session, worlds.ASH, "quarterly", QUARTER, status=status, by=worlds.ASH_COLLEAGUE)
    saved = save(session, {BOYS: "22"}, form(session).version)
    view = form(session)
    assert (view.number, view.status, saved.revision_id != old) == (2, SubmissionStatus.DRAFT, True)
    assert (view.cells[BOYS].value, view.cells[BOYS].before, view.cells[GIRLS].value) == (22, 21, 19)
    assert view.return_reason == ("Số liệu chưa khớp" if status is SubmissionStatus.RETURNED else None)
    assert session.get_one(t.Revision, old).status is status
    assert session.get_one(t.Revision, old).in_force is (status is SubmissionStatus.APPROVED)


def test_an_approved_report_opens_only_for_a_change(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", QUARTER)
    saved = save(session, {BOYS: "21"}, form(session).version)
    assert (saved.number, saved.changed, saved.can_send) == (1, 0, False)
    assert form(session).status is SubmissionStatus.APPROVED


def test_a_note_is_kept_with_its_number_and_refused_without_one(session: Session) -> None:
    saved = save(session, {BOYS: "21"}, notes={BOYS: " Chiến dịch\x00 tháng 9 ", GIRLS: "chưa có số"})
    assert form(session).cells[BOYS].note == "Chiến dịch tháng 9"
    assert [(one.kind, one.cell) for one in saved.problems if one.cell == GIRLS] == [(ProblemKind.NOTE_ALONE, GIRLS)]
    again = save(session, {}, saved.version, notes={BOYS: "x" * 501})
    assert ProblemKind.NOTE_TOO_LONG in {one.kind for one in again.problems}
    assert form(session).cells[BOYS].note == "Chiến dịch tháng 9"


def test_ten_megabytes_of_text_in_a_cell_are_a_short_sentence(session: Session) -> None:
    saved = save(session, {BOYS: "9" * 10_000_000})
    assert len(saved.problems[0].sentence) < 300


def test_a_quarter_is_final_unless_its_reporter_says_preliminary(session: Session) -> None:
    first = save(session, {BOYS: "21"})
    assert form(session).windows[0].standing is Standing.FINAL
    second = save(session, {GIRLS: "19"}, first.version, standing=Standing.PRELIMINARY)
    assert form(session).windows[0].standing is Standing.PRELIMINARY
    assert set(session.scalars(select(t.Result.standing))) == {Standing.PRELIMINARY}
    with pytest.raises(Invalid):
        save(session, {}, second.version, standing=Standing.ESTIMATE)


@pytest.mark.parametrize("cell", [CellId("no_such", QUARTER), CellId("births_boys", "2026Q2"), CellId("", "")])
def test_a_cell_that_the_form_does_not_have_is_refused(session: Session, cell: CellId) -> None:
    with pytest.raises(Invalid):
        save(session, {cell: "1"})


@pytest.mark.parametrize("who", [worlds.BAY_OFFICER, worlds.DALE_OFFICER, worlds.OTHER_HEAD, worlds.SOUTH_HEAD])
def test_nobody_writes_for_a_unit_out_of_reach(session: Session, who: Person) -> None:
    with pytest.raises(NotFound):
        save(session, {BOYS: "1"}, who=who)
    with pytest.raises(NotFound):
        form(session, who)
    assert session.scalar(select(func.count()).select_from(t.Submission)) == 0


@pytest.mark.parametrize(
    "who", [worlds.MINISTRY_VIEWER, worlds.MINISTRY_REVIEWER, worlds.MERGED_LEADER, worlds.MINISTRY_ADMIN]
)
def test_those_who_write_nothing_have_no_scope_to_write_with(who: Person) -> None:
    with pytest.raises(Forbidden):
        writer(who)


def test_a_parent_enters_for_a_silent_child_and_it_is_marked(session: Session) -> None:
    view = form(session, worlds.MERGED_HEAD)
    assert (view.editable, view.entered_for) == (True, True)
    saved = save(session, {BOYS: "21"}, who=worlds.MERGED_HEAD)
    revision = session.get_one(t.Revision, saved.revision_id)
    assert revision.entered_for
    submission = session.get_one(t.Submission, revision.submission_id)
    assert submission.reporter_id == worlds.ASH
    assert form(session).entered_for
    actions = session.scalars(select(t.AuditLine.action).order_by(t.AuditLine.id)).all()
    assert "submission.enter_for" in actions


def test_the_mark_goes_when_the_child_goes_on(session: Session) -> None:
    # A draft is its unit's own: with the mark the parent would go on reading while the child types.
    first = save(session, {BOYS: "21"}, who=worlds.MERGED_HEAD)
    save(session, {BOYS: "22"}, first.version)
    assert not form(session).entered_for


def test_a_draft_is_its_units_own_and_the_parent_sees_nothing_of_it(session: Session) -> None:
    first = save(session, {BOYS: "21"})
    with pytest.raises(Conflict) as told:
        form(session, worlds.MERGED_HEAD)
    assert "21" not in str(told.value)
    with pytest.raises(Conflict):
        save(session, {BOYS: "30"}, first.version, who=worlds.MERGED_HEAD, overwrite=True)
    assert form(session).cells[BOYS].value == 21


@pytest.mark.parametrize("status", [SubmissionStatus.RETURNED, SubmissionStatus.APPROVED])
def test_a_parent_does_not_rewrite_what_the_child_reported_itself(session: Session, status: SubmissionStatus) -> None:
    put_report(session, worlds.ASH, "quarterly", QUARTER, status=status, by=worlds.ASH_OFFICER)
    view = form(session, worlds.MERGED_HEAD)
    assert not view.editable
    with pytest.raises(Conflict):
        save(session, {BOYS: "30"}, view.version, who=worlds.MERGED_HEAD)


def test_warnings_and_errors_never_block_a_draft(session: Session) -> None:
    managed, screened = CellId("pregnancies_managed", QUARTER), CellId("pregnancies_screened", QUARTER)
    saved = save(session, {managed: "142", screened: "412"})
    assert form(session).cells[screened].value == 412
    problem = next(one for one in saved.problems if one.cell == screened)
    assert (problem.kind, problem.severity) == (ProblemKind.ABOVE_LIMIT, Severity.ERROR)
    assert not saved.can_send


def test_saving_takes_the_day_from_the_clock_in_vietnam(session: Session) -> None:
    before_midnight = datetime(2026, 9, 29, 16, 59, tzinfo=UTC)  # 23:59 on 29/09 in Vietnam
    with pytest.raises(Invalid):
        save(session, {BOYS: "1"}, at=before_midnight)
    assert save(session, {BOYS: "1"}, at=before_midnight + timedelta(minutes=2)).changed == 1
