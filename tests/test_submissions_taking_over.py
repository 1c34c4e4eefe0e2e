"""Promises about a report that a parent began for a silent child, from the moment the child goes on with it itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from data.refusals import Conflict, Forbidden
from data.submissions.drafts import save_draft
from data.submissions.forms import get_form
from data.submissions.model import CellId, FormView
from data.submissions.outcomes import Saved
from data.submissions.review import approve, get_for_review
from data.submissions.sending import submit
from tests import worlds
from tests.world_catalogue import QUARTER as NUMBERS
from tests.worlds import ASH_OFFICER, MERGED_DEPUTY, MERGED_HEAD, NOW, TODAY, Person, reviewer, writer

ASH_QUARTER = ("ash", "quarterly", "2026Q3")
BOYS, DEATHS = CellId("births_boys", "2026Q3"), CellId("deaths", "2026Q3")
ALL = {CellId(key, "2026Q3"): str(value) for key, value in NUMBERS.items()}
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def save(session: Session, who: Person, typed: dict[CellId, str], version: int) -> Saved:
    return save_draft(session, writer(who), *ASH_QUARTER, typed, {}, version, NOW)


def form(session: Session, who: Person) -> FormView:
    return get_form(session, writer(who), *ASH_QUARTER, TODAY)


def taken_over(session: Session, begun: dict[CellId, str], own: dict[CellId, str]) -> tuple[Saved, Saved]:
    """The parent's save and the child's after it."""
    first = save(session, MERGED_HEAD, begun, 0)
    return first, save(session, ASH_OFFICER, own, first.version)


@pytest.mark.parametrize("begun", [{}, {BOYS: "21"}], ids=["an empty draft", "a number"])
def test_a_parent_that_began_sees_nothing_of_what_the_child_types(session: Session, begun: dict[CellId, str]) -> None:
    first = save(session, MERGED_HEAD, begun, 0)
    assert form(session, MERGED_HEAD).entered_for
    save(session, ASH_OFFICER, {DEATHS: "4711"}, first.version)
    for person in (MERGED_HEAD, MERGED_DEPUTY):
        with pytest.raises(Conflict) as told:
            form(session, person)
        assert "4711" not in str(told.value)
    assert form(session, ASH_OFFICER).cells[DEATHS].value == 4711


def test_the_parents_next_save_is_told_and_writes_nothing(session: Session) -> None:
    first, own = taken_over(session, {BOYS: "21"}, {DEATHS: "12"})
    for version in (first.version, own.version):
        with pytest.raises(Conflict, match=r"Xã An Bình đã tự nhập báo cáo này\. Lần này chưa lưu gì"):
            save(session, MERGED_HEAD, {BOYS: "30"}, version)
        with pytest.raises(Conflict, match="đã tự nhập"):
            submit(session, writer(MERGED_HEAD), *ASH_QUARTER, version, LATER)
    cells = form(session, ASH_OFFICER).cells
    assert (cells[BOYS].value, cells[DEATHS].value) == (21, 12)


def test_until_the_child_changes_something_the_entry_stays_the_parents(session: Session) -> None:
    first = save(session, MERGED_HEAD, {BOYS: "21"}, 0)
    assert form(session, ASH_OFFICER).cells[BOYS].value == 21
    same = save(session, ASH_OFFICER, {BOYS: "21"}, first.version)
    assert (same.changed, form(session, MERGED_HEAD).entered_for) == (0, True)


def test_the_history_says_who_went_on_and_when_it_was_sent_the_parent_reads_it(session: Session) -> None:
    _first, own = taken_over(session, {BOYS: "1"}, ALL)
    receipt = submit(session, writer(ASH_OFFICER), *ASH_QUARTER, own.version, LATER)
    view = get_for_review(session, reviewer(MERGED_DEPUTY), receipt.revision_id, TODAY)
    assert not view.entered_for
    assert [(line.action, line.who) for line in view.history] == [
        ("submission.open", "Merged.Head"),
        ("submission.enter_for", "Merged.Head"),
        ("submission.take_over", "Ash.Officer"),
        ("submission.send", "Ash.Officer"),
    ]


def test_whoever_began_for_the_child_never_approves_it_and_a_second_person_does(session: Session) -> None:
    _first, own = taken_over(session, {BOYS: "1"}, ALL)
    receipt = submit(session, writer(ASH_OFFICER), *ASH_QUARTER, own.version, LATER)
    with pytest.raises(Forbidden):
        approve(session, reviewer(MERGED_HEAD), receipt.revision_id, LATER)
    editors = set(session.scalars(select(t.RevisionEditor.account_id)))
    assert editors == {MERGED_HEAD.id, ASH_OFFICER.id}
    decision = approve(session, reviewer(MERGED_DEPUTY), receipt.revision_id, LATER)
    assert decision.status is SubmissionStatus.APPROVED
