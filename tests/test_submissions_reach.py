"""Promises about reach, tried one by one: everybody, every unit, every form; and what each page costs the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.kinds import SubmissionStatus
from data.refusals import Conflict, Forbidden, NotFound, Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.drafts import save_draft
from data.submissions.due import list_due
from data.submissions.forms import get_form, get_sent_form
from data.submissions.model import CellId, FormView
from data.submissions.progress import count_children
from data.submissions.review import approve, get_for_review
from data.submissions.sending import submit
from data.submissions.waiting import list_waiting
from tests import worlds
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import NOW, PEOPLE, TODAY, Person, reader, reviewer, writer

LATER = NOW + timedelta(hours=1)
SECRET = 987_654_321
DRAFT = SubmissionStatus.DRAFT

# A report of every kind, and who may see its draft.
REPORTS = {
    ("ash", "quarterly", "2026Q3"): {"ash.officer", "ash.colleague"},
    ("dale", "quarterly", "2026Q3"): {"dale.officer"},
    ("merged", "yearly", "2025"): {"merged.head", "merged.deputy"},
    ("other", "yearly", "2025"): {"other.head"},
    ("north", "plan", "2025-11M"): {"merged.head", "merged.deputy"},
    ("south", "plan", "2025-11M"): {"merged.head", "merged.deputy"},
    ("north-city", "plan", "2025-11M"): {"merged.head", "merged.deputy"},
    ("south-coast", "quarterly", "2025Q1"): {"merged.head", "merged.deputy"},
    ("other-town", "quarterly", "2025Q1"): {"other.head"},
}
KEYS = {place.key: unit for unit, place in worlds.PLACES.items()}


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def with_drafts(session: Session) -> None:
    for unit, form, period in REPORTS:
        numbers = PLAN_REPORT if form == "plan" else {(key, period): value for key, value in QUARTER.items()}
        first = next(iter(numbers))
        put_report(session, KEYS[unit], form, period, numbers | {first: SECRET}, status=DRAFT)


def attempt(
    ask: Callable[..., object], opens: Callable[[Person], Scope], session: Session, person: Person, *args: object
) -> object:
    """The answer that the person gets with the scope that the policy opens to them, or the refusal."""
    try:
        return ask(session, opens(person), *args)
    except Refusal as refusal:
        return refusal


def holds_secret(answer: object) -> bool:
    return str(SECRET) in repr(answer) or str(SECRET) in str(answer)


def test_a_draft_is_seen_by_those_who_report_it_and_by_nobody_else(session: Session) -> None:
    with_drafts(session)
    for report, own in REPORTS.items():
        answers = {one.username: attempt(get_form, writer, session, one, *report, TODAY) for one in PEOPLE}
        assert {name for name, answer in answers.items() if holds_secret(answer)} == own, report


def test_no_reading_ever_shows_a_draft(session: Session) -> None:
    with_drafts(session)
    for person in PEOPLE:
        answers = [attempt(get_sent_form, reader, session, person, *report, TODAY) for report in REPORTS]
        numbers = range(1, len(REPORTS) + 1)
        answers += [attempt(get_for_review, reviewer, session, person, number, TODAY) for number in numbers]
        assert all(isinstance(answer, NotFound | Forbidden) for answer in answers)
        answers.append(attempt(list_waiting, reviewer, session, person, TODAY))
        answers.append(attempt(list_due, writer, session, person, TODAY))
        answers.append(attempt(count_children, reviewer, session, person, TODAY))
        assert not any(holds_secret(answer) for answer in answers)


def test_nobody_saves_or_sends_into_another_units_draft(session: Session) -> None:
    with_drafts(session)
    save = partial(save_draft, overwrite=True)
    for report, own in REPORTS.items():
        typed = {CellId("births_boys", report[2]): "1"}
        for person in (one for one in PEOPLE if one.username not in own):
            saved = attempt(save, writer, session, person, *report, typed, {}, 1, NOW)
            sent = attempt(submit, writer, session, person, *report, 1, NOW)
            for answer in (saved, sent):
                assert isinstance(answer, NotFound | Forbidden | Conflict), (report, person.username)
                assert not holds_secret(answer)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that the block sends to the database."""
    told: list[str] = []

    def note(*args: object) -> None:
        told.append(str(args[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield told
    event.remove(connection, "before_cursor_execute", note)


def test_each_page_costs_a_fixed_number_of_queries(session: Session) -> None:
    get_snapshot(session)
    scope = writer(worlds.ASH_OFFICER)
    for period in ("2025Q3", "2025Q4", "2026Q1", "2026Q2"):
        put_report(session, worlds.ASH, "quarterly", period)
    waits = put_report(session, worlds.ASH, "quarterly", "2026Q3", status=SubmissionStatus.SUBMITTED)
    costs: dict[str, int] = {}
    asked: dict[str, Callable[[], object]] = {
        "form": lambda: get_form(session, scope, "ash", "quarterly", "2026Q3", TODAY),
        "due": lambda: list_due(session, writer(worlds.MERGED_HEAD), TODAY),
        "children": lambda: count_children(session, reviewer(worlds.MERGED_HEAD), TODAY),
        "waiting": lambda: list_waiting(session, reviewer(worlds.MERGED_HEAD), TODAY),
        "review": lambda: get_for_review(session, reviewer(worlds.MERGED_HEAD), waits, TODAY),
    }
    for name, ask in asked.items():
        with counted(session) as told:
            ask()
        costs[name] = len(told)
    assert costs == {"form": 5, "due": 3, "children": 2, "waiting": 3, "review": 7}


def test_a_second_snapshot_is_not_asked_for(session: Session) -> None:
    view = get_form(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", "2026Q3", TODAY)
    assert isinstance(view, FormView)
    with counted(session) as told:
        get_form(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", "2026Q3", TODAY)
    assert not any(" fact" in statement for statement in told)


def test_an_approval_is_one_transaction_with_its_roll_ups_and_its_audit_line(session: Session) -> None:
    waits = put_report(session, worlds.ASH, "quarterly", "2026Q3", status=SubmissionStatus.SUBMITTED)
    with counted(session) as told:
        approve(session, reviewer(worlds.MERGED_HEAD), waits, LATER)
    written = " ".join(statement.split("(")[0] for statement in told if statement.startswith(("INSERT", "UPDATE")))
    assert all(table in written for table in ("revision", "rollup", "audit_line"))
    assert not any(statement.startswith(("COMMIT", "SAVEPOINT")) for statement in told)
