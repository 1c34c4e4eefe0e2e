"""Everybody at every report through every door, one by one: opening, saving, sending, deciding, attaching."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, select, update

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import LineageBasis, Role, SubmissionStatus, UnitLevel
from data.snapshot import VERSION
from tests import worlds
from tests.dash_client import Reader, portal_on
from tests.factories import an_account, end_every_role
from tests.forged_requests import ROUTER
from tests.forged_world import MERGED as MERGED_PEOPLE
from tests.forged_world import MINISTRY, PLANTS, accounts, plant_all, seen_in, stolen
from tests.world_catalogue import PLAN_2025, QUARTER, TARGETS
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import ASH, LAST_OLD_DAY, LONG_AGO, MERGED, MERGER, NATION, NORTH, NOW, OTHER

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
# A page that says no holds a token of its own; JSON holds the sentence alone.
JSON = {"Accept": "application/json"}
REFUSED = {401, 403, 404, 409}
WORK, APPROVE, RETURN = "callbacks.submission.work", "callbacks.review.approve", "callbacks.review.send_back"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def revisions(engine: Engine) -> dict[str, int]:
    """The world with its marks; each plant's revision."""
    return plant_all(engine)


@pytest.fixture
def app(engine: Engine, revisions: dict[str, int]) -> Flask:
    """The portal on it."""
    assert len(revisions) == len(PLANTS)
    return portal_on(engine)


@pytest.fixture
def readers(app: Flask, engine: Engine) -> dict[str, Reader]:
    """Every account with a browser, and nobody."""
    return {"nobody": Reader(app), **{name: Reader(app, number) for name, number in accounts(engine).items()}}


def outbox(place: tuple[str, str, str], intent: str = "save", version: int = 1) -> dict[str, object]:
    unit, form, period = place
    typed = {f"births_boys@{period}": "12"}
    return {
        "intent": intent, "unit": unit, "form": form, "period": period, "version": version, "number": 1,
        "typed": typed, "notes": {}, "seen": dict.fromkeys(typed, ""), "standing": None,
    }  # fmt: skip


def search(place: tuple[str, str, str]) -> str:
    return "?unit={}&form={}&period={}".format(*place)


def kept(engine: Engine) -> list[object]:
    """Everything that is kept of reports and of what came of them."""
    r, v, u, e = t.Result, t.Revision, t.Rollup, t.RevisionEditor
    columns = (
        (r.revision_id, r.element_id, r.period, r.value, r.note),
        (v.id, v.status, v.version, v.in_force, v.edited_by_id),
        (u.unit_id, u.definition_id, u.period, u.numerator, u.denominator),
        (e.revision_id, e.account_id),
    )
    with unit_of_work(engine, writes=False) as session:
        return [session.execute(select(*several).order_by(*several)).all() for several in columns]


@ON_SQLITE
def test_everybody_who_opens_a_report_that_is_not_theirs_is_refused(
    readers: dict[str, Reader], revisions: dict[str, int]
) -> None:
    # Its first revision was approved: those above read that one, while the draft after it is its unit's own.
    before_the_draft = {"ash-reopened": MERGED_PEOPLE | MINISTRY}
    for plant, (name, reader) in product(PLANTS, readers.items()):
        asked = f"?revision={revisions[plant.name]}"
        for path, query in (("/submit", search(plant.place)), ("/form", search(plant.place)), ("/review", asked)):
            answer = reader.call(ROUTER, path, query)
            said = answer.get_data(as_text=True)
            assert stolen(said, name) == set(), (name, path, plant.name)
            if name not in plant.owners and not (path == "/form" and name in before_the_draft.get(plant.name, ())):
                assert answer.status_code in REFUSED, (name, path, plant.name)
                assert seen_in(said) == set()


@ON_SQLITE
def test_an_address_in_the_window_of_a_browser_says_no_more_than_the_page_in_it(readers: dict[str, Reader]) -> None:
    for plant, name in product(PLANTS, ("ash.officer", "merged.leader", "other.head", "south.head")):
        for path in ("/submit", "/form"):
            asked, reader = search(plant.place), readers[name]
            document = reader.get(path + asked)
            assert stolen(document.get_data(as_text=True), name) == set()
            assert seen_in(document.get_data(as_text=True)) == set()
            assert document.status_code == reader.call(ROUTER, path, asked).status_code, (name, path, plant.name)


@ON_SQLITE
def test_nobody_saves_sends_or_decides_on_what_is_not_theirs(
    engine: Engine, readers: dict[str, Reader], revisions: dict[str, int]
) -> None:
    before = kept(engine)
    for plant in PLANTS:
        for name in readers.keys() - plant.writers:
            reader, number = readers[name], revisions[plant.name]
            for intent in ("save", "keep"):
                answer = reader.call(WORK, outbox(plant.place, intent), [], [])
                assert answer.status_code in REFUSED, (name, plant.name, answer.get_data(as_text=True))
            told = [
                reader.call(WORK, outbox(plant.place, "send"), [], []),
                reader.call(APPROVE, 1, number),
                reader.call(RETURN, 1, number, "Không khớp"),
            ]
            assert all(answer.status_code in REFUSED for answer in told[1:]), (name, plant.name)
            assert all(stolen(answer.get_data(as_text=True), name) == set() for answer in told)
    assert kept(engine) == before


@ON_SQLITE
def test_beyond_reach_and_nonexistent_are_one_answer_at_every_door(
    readers: dict[str, Reader], revisions: dict[str, int]
) -> None:
    ash, head = readers["ash.officer"], readers["merged.head"]
    there, nowhere = ("dale", "quarterly", "2026Q3"), ("no-such", "quarterly", "2026Q3")
    foreign, absent = revisions["other-sent"], 99_999
    pairs = [
        (ash.call(ROUTER, "/submit", search(one)) for one in (there, nowhere)),
        (ash.call(ROUTER, "/unit", f"?key={key}") for key in ("dale", "no-such")),
        (ash.call(WORK, outbox(one), [], []) for one in (there, nowhere)),
        (head.call(ROUTER, "/review", f"?revision={number}") for number in (foreign, absent)),
        (head.call(ROUTER, "/review", f"?revision={number}") for number in (revisions["ash-draft"], absent)),
        (head.call(APPROVE, 1, number) for number in (foreign, absent)),
        (head.call(RETURN, 1, number, "Không khớp") for number in (revisions["ash-draft"], absent)),
        (ash.get(f"/export/comparison.csv?within={key}", headers=JSON) for key in ("other", "no-such")),
        (head.post(f"/documents/{key}", {"text": "x"}, headers=JSON) for key in ("nq21", "no-such")),
        (
            ash.call("callbacks.comparison.explain", {"data": {"unit": key, "definition": "srb"}}, "?period=2026Q1")
            for key in ("dale", "no-such")
        ),
        (
            ash.call("callbacks.comparison.choose", None, None, "province", key, None, "")
            for key in ("other", "no-such")
        ),
    ]
    for pair in pairs:
        (first, said), (second, same) = ((answer.status_code, answer.get_data(as_text=True)) for answer in pair)
        hidden = ("dale", "other", "no-such", str(foreign), str(absent))
        for word in hidden:
            said, same = said.replace(word, "…"), same.replace(word, "…")
        assert (first, said) == (second, same)


@ON_SQLITE
def test_who_works_at_a_closed_unit_reads_and_writes_nothing(engine: Engine, readers: dict[str, Reader]) -> None:
    closed = Reader(
        readers["nobody"].app, an_account(engine, "north.head", (Role.OFFICER, NORTH), (Role.REVIEWER, NORTH))
    )
    before = kept(engine)
    for place in (("north", "plan", "2025-11M"), ("north", "yearly", "2024"), ("north-city", "quarterly", "2025Q1")):
        assert closed.call(ROUTER, "/submit", search(place)).status_code == 403
        assert closed.call(WORK, outbox(place), [], []).status_code == 403
    # Its own plan, issued while it stood: the successor keeps its text now.
    assert closed.post("/documents/plan-2025", {"text": "Đạt 70%"}).status_code == 404
    assert readers["merged.head"].post("/documents/plan-2025", {"text": "Đạt 70%"}).status_code == 303
    assert kept(engine) == before


def test_an_old_area_is_reported_by_its_largest_successor_only(engine: Engine, readers: dict[str, Reader]) -> None:
    west = 119
    with unit_of_work(engine) as session:
        life = {"opened_on": LONG_AGO, "closed_on": LAST_OLD_DAY}
        session.execute(
            insert(t.AdminUnit).values(id=west, key="west", level=UnitLevel.PROVINCE, opening_known=False, **life)
        )
        state = session.scalars(select(t.UnitVersion).where(t.UnitVersion.unit_id == NORTH)).one()
        session.add(t.UnitVersion(
            unit_id=west, from_on=LONG_AGO, to_on=LAST_OLD_DAY, name="Miền Tây", kind=state.kind, code="119",
            parent_id=NATION, confidence=state.confidence, document_id=None,
        ))  # fmt: skip
        for heir, share in ((MERGED, 3), (OTHER, 2)):
            session.add(t.UnitLineage(
                predecessor_id=west, successor_id=heir, on=MERGER, share_numerator=share, share_denominator=5,
                basis=LineageBasis.POPULATION, document_id=None,
            ))  # fmt: skip
        session.add(t.Target(**TARGETS[0] | {"id": 790, "key": "T790", "unit_id": west, "document_id": PLAN_2025}))
        session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value="a world with a west"))
    place = ("west", "plan", "2025-11M")
    for username in ("other.head", "south.head", "ash.officer", "dale.officer"):
        reader = readers[username]
        assert reader.call(ROUTER, "/submit", search(place)).status_code in {403, 404}
        assert reader.call(WORK, outbox(place, version=0), [], []).status_code in {403, 404}
    assert readers["merged.head"].call(WORK, outbox(place, version=0), [], []).status_code == 200
    with unit_of_work(engine, writes=False) as session:
        made = session.scalars(select(t.Submission).where(t.Submission.unit_id == west)).one()
        assert made.reporter_id == MERGED


def test_a_second_role_does_not_let_anybody_decide_on_their_own_work(
    engine: Engine, readers: dict[str, Reader]
) -> None:
    both = Reader(readers["nobody"].app, an_account(engine, "two.roles", (Role.OFFICER, ASH), (Role.REVIEWER, MERGED)))
    place = ("ash", "quarterly", "2025Q3")
    box = outbox(place, version=0) | {"typed": {f"{key}@2025Q3": str(value) for key, value in QUARTER.items()}}
    assert both.call(WORK, box | {"seen": {}, "intent": "send"}, [], []).status_code == 200
    with unit_of_work(engine, writes=False) as session:
        found = select(t.Revision.id, t.Revision.status).join(t.Submission)
        sent, status = session.execute(found.where(t.Submission.unit_id == ASH, t.Submission.period == "2025Q3")).one()
        assert status is SubmissionStatus.SUBMITTED
    assert both.call(APPROVE, 1, sent).status_code == 403
    assert both.call(RETURN, 1, sent, "Không khớp").status_code == 403
    assert readers["merged.deputy"].call(APPROVE, 1, sent).status_code == 200
    with unit_of_work(engine, writes=False) as session:
        decided = session.get_one(t.Revision, sent)
        assert (decided.status, decided.decided_by_id) == (SubmissionStatus.APPROVED, worlds.MERGED_DEPUTY.id)


def test_a_role_that_ends_in_the_middle_of_a_form_ends_its_rights_at_once(
    engine: Engine, readers: dict[str, Reader]
) -> None:
    dale = readers["dale.officer"]
    place = ("dale", "quarterly", "2026Q3")
    assert dale.call(WORK, outbox(place), [], []).status_code == 200
    before = kept(engine)
    end_every_role(engine, worlds.DALE_OFFICER.id, date(2026, 11, 20))
    refused = dale.call(WORK, outbox(place, "keep", version=2), [], [])
    assert (refused.status_code, list(refused.get_json())) == (403, ["message"])
    assert dale.call(ROUTER, "/submit", search(place)).status_code == 403
    assert kept(engine) == before


def test_the_plan_report_that_a_successor_sends_is_decided_above_it_and_not_by_it(
    engine: Engine, readers: dict[str, Reader]
) -> None:
    with unit_of_work(engine) as session:
        number = put_report(
            session, worlds.NORTH_HILLS, "plan", "2025-11M", PLAN_REPORT, status=SubmissionStatus.SUBMITTED,
            reporter_id=MERGED, by=worlds.MERGED_HEAD,
        )  # fmt: skip
    for name in ("merged.head", "merged.deputy", "other.head", "south.head", "city.head"):
        assert readers[name].call(APPROVE, 1, number).status_code == 404, name
    assert readers["ministry.reviewer"].call(APPROVE, 1, number).status_code == 200
