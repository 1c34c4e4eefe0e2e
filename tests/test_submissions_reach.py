"""Promises about reach, tried one by one: everybody, every unit, every form; and what each page costs the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.kinds import SubmissionStatus
from data.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
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

# A place for every kind of report, who may see its draft, and who may open it at all.
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


def attempt(ask: Callable[[], object]) -> object:
    """The answer, or the refusal."""
    try:
        return ask()
    except Refusal as refusal:
        return refusal


def holds_secret(answer: object) -> bool:
    return str(SECRET) in repr(answer) or str(SECRET) in str(answer)


def test_a_draft_is_seen_by_those_who_report_it_and_by_nobody_else(session: Session) -> None:
    with_drafts(session)
    for unit, form, period in REPORTS:
        seen = {
            person.username
            for person in PEOPLE
            if holds_secret(attempt(lambda p=person: get_form(session, writer(p), unit, form, period, TODAY)))  # type: ignore[misc]  # noqa: B023
        }
        assert seen == REPORTS[unit, form, period], (unit, form, period)


def test_no_reading_ever_shows_a_draft(session: Session) -> None:
    with_drafts(session)
    for person in PEOPLE:
        for unit, form, period in REPORTS:
            answer = attempt(lambda p=person, key=(unit, form, period): get_sent_form(session, reader(p), *key, TODAY))  # type: ignore[misc]
            assert isinstance(answer, NotFound | Forbidden)
            assert not holds_secret(answer)
        for revision in range(1, len(REPORTS) + 1):
            answer = attempt(lambda p=person, r=revision: get_for_review(session, reviewer(p), r, TODAY))  # type: ignore[misc]
            assert isinstance(answer, NotFound | Forbidden)
        lists = [
            attempt(lambda p=person: list_waiting(session, reviewer(p), TODAY)),  # type: ignore[misc]
            attempt(lambda p=person: list_due(session, writer(p), TODAY)),  # type: ignore[misc]
            attempt(lambda p=person: count_children(session, reviewer(p), TODAY)),  # type: ignore[misc]
        ]
        assert not any(holds_secret(one) for one in lists)


def test_nobody_saves_or_sends_into_another_units_draft(session: Session) -> None:
    with_drafts(session)
    for (unit, form, period), own in REPORTS.items():
        cell = CellId("births_boys", period)
        for person in (one for one in PEOPLE if one.username not in own):

            def save(p: Person = person, key: tuple[str, str, str] = (unit, form, period), c: CellId = cell) -> object:
                return save_draft(session, writer(p), *key, {c: "1"}, {}, 1, NOW, overwrite=True)

            def send(p: Person = person, key: tuple[str, str, str] = (unit, form, period)) -> object:
                return submit(session, writer(p), *key, 1, NOW)

            for refusal in (attempt(save), attempt(send)):
                assert isinstance(refusal, NotFound | Forbidden | Conflict | Invalid)
                assert not holds_secret(refusal)


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
