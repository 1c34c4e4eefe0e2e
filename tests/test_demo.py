"""What the demo's database holds: who reported what, what was left open, and marks that say it is made up."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from data import tables as t
from data.db import create_engine_for, unit_of_work
from data.demo import DEMO_COMMUNE_NAME, HoldsResultsError, fill
from data.kinds import SubmissionStatus, UnitLevel
from data.migrations import upgrade
from data.periods import Period
from data.seeding import seed
from data.snapshot import Snapshot, get_snapshot
from data.submissions.checks import check, ready
from data.submissions.lookup import Place
from data.submissions.records import load_cells
from data.submissions.sealing import digest_of
from data.submissions.sheets import load_neighbours, sheet_of, windows_of
from tests.databases import Databases

TODAY = date(2026, 11, 21)
LAST = "2026Q3"
DISTRICTS_OF = {"p27": 8, "p31": 15, "p04": 10, "p74": 9}
COMMUNES_OF = {"p24-2025": 99, "p31-2025": 114, "p04": 56, "p79-2025": 168}
BEFORE = [f"{year}Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)][:10]
SINCE = ["2025Q3", "2025Q4", "2026Q1", "2026Q2", LAST]


class Filled(NamedTuple):
    """A filled database that no test changes, and how long the filling took."""

    engine: Engine
    seconds: float


class Report(NamedTuple):
    """A report as people name it."""

    unit: str
    form: str
    period: str


def make(databases: Databases) -> Iterator[Filled]:
    url = databases.create()
    engine = create_engine_for(url)
    upgrade(engine)
    with unit_of_work(engine) as session:
        seed(session)
    began = time.perf_counter()
    fill(engine, TODAY)
    yield Filled(engine, time.perf_counter() - began)
    engine.dispose()
    databases.drop(url)


@pytest.fixture(scope="module")
def filled_sqlite(sqlite_databases: Databases) -> Iterator[Filled]:
    yield from make(sqlite_databases)


@pytest.fixture(scope="module")
def filled_postgresql(postgresql_databases: Databases) -> Iterator[Filled]:
    yield from make(postgresql_databases)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def filled(request: pytest.FixtureRequest) -> Filled:
    """The filled database of either kind."""
    found: Filled = request.getfixturevalue(f"filled_{request.param}")
    return found


@pytest.fixture
def reading(filled: Filled) -> Iterator[Session]:
    with unit_of_work(filled.engine, writes=False) as session:
        yield session


def statuses(session: Session) -> dict[Report, SubmissionStatus]:
    s, r = t.Submission, t.Revision
    rows = session.execute(
        select(t.AdminUnit.key, t.Form.key, s.period, r.status)
        .join(s, s.unit_id == t.AdminUnit.id)
        .join(t.Form, t.Form.id == s.form_id)
        .join(r, r.submission_id == s.id)
    )
    return {Report(unit, form, period): status for unit, form, period, status in rows}


def keys(known: Snapshot, level: UnitLevel, on: date, within: str | None = None) -> set[str]:
    found = known.tree.at_level(level, on, None if within is None else known.tree.ids[within])
    return {known.tree.units[one].key for one in found}


def everything(session: Session) -> list[tuple[object, ...]]:
    """Every number with its report, moment and decision, in words that do not depend on the database."""
    s, r, v = t.Submission, t.Revision, t.Result
    query = (
        select(t.AdminUnit.key, s.form_id, s.period, r.status, r.sent_at, r.decided_at, r.digest, v.element_id, v.value)
        .join(s, s.unit_id == t.AdminUnit.id)
        .join(r, r.submission_id == s.id)
        .join(v, v.revision_id == r.id)
    )
    return sorted(tuple(row) for row in session.execute(query))


def test_filling_takes_less_than_a_minute(filled: Filled) -> None:
    assert filled.seconds < 60


def test_both_databases_hold_the_same(filled_sqlite: Filled, filled_postgresql: Filled) -> None:
    held = []
    for one in (filled_sqlite, filled_postgresql):
        with unit_of_work(one.engine, writes=False) as session:
            held.append(everything(session))
    assert len(held[0]) > 100_000
    assert held[0] == held[1]


def test_filling_twice_changes_nothing(filled: Filled) -> None:
    def held() -> tuple[int | None, list[tuple[object, ...]]]:
        r = t.Revision
        with unit_of_work(filled.engine, writes=False) as session:
            revisions = session.execute(select(r.id, r.digest, r.edited_at).order_by(r.id))
            return session.scalar(select(func.count()).select_from(t.Result)), [tuple(row) for row in revisions]

    before = held()
    fill(filled.engine, date(2027, 3, 1), seed=22)
    assert held() == before


def test_illustrative_numbers_are_never_put_beside_real_ones(seeded_engine: Engine) -> None:
    with unit_of_work(seeded_engine) as session:
        unit_id = session.scalars(select(t.AdminUnit.id).where(t.AdminUnit.key == "p01")).one()
        form_id = session.scalars(select(t.Form.id).where(t.Form.key == "yearly")).one()
        session.execute(
            insert(t.Submission).values(unit_id=unit_id, form_id=form_id, period="2024", reporter_id=unit_id)
        )
    with pytest.raises(HoldsResultsError):
        fill(seeded_engine, TODAY)
    with unit_of_work(seeded_engine, writes=False) as session:
        assert session.scalar(select(func.count()).select_from(t.Submission)) == 1
        assert not get_snapshot(session).illustrative


def test_everything_is_marked_and_nobody_is_named(reading: Session) -> None:
    assert get_snapshot(reading).illustrative
    r = t.Revision
    unmarked = select(func.count()).where(r.illustrative.is_(False))
    named = select(func.count()).where(
        r.edited_by_id.is_not(None) | r.sent_by_id.is_not(None) | r.decided_by_id.is_not(None)
    )
    assert (reading.scalar(unmarked), reading.scalar(named)) == (0, 0)
    rolled = select(t.Rollup.illustrative, func.count()).group_by(t.Rollup.illustrative)
    assert [mark for mark, _ in reading.execute(rolled)] == [True]


def test_the_years_are_reported_by_the_provinces_of_their_day_but_for_hai_phong(reading: Session) -> None:
    known = get_snapshot(reading)
    found = {one for one in statuses(reading) if one.form == "yearly"}
    before, since = date(2025, 6, 30), date(2025, 12, 31)
    expected = {(unit, year) for unit in keys(known, UnitLevel.PROVINCE, before) for year in ("2023", "2024")}
    expected |= {(unit, "2025") for unit in keys(known, UnitLevel.PROVINCE, since) - {"p31-2025"}}
    assert len(expected) == 63 * 2 + 33
    assert {(one.unit, one.period) for one in found} == expected


def test_the_quarters_are_reported_by_districts_then_communes_or_by_the_province_itself(reading: Session) -> None:
    known = get_snapshot(reading)
    held = statuses(reading)
    found = {(one.unit, one.period) for one in held if one.form == "quarterly"}
    before, since = date(2025, 6, 30), date(2025, 7, 1)
    expected = {
        (unit, period)
        for periods, level, day, divided in (
            (BEFORE, UnitLevel.DISTRICT, before, DISTRICTS_OF),
            (SINCE, UnitLevel.COMMUNE, since, COMMUNES_OF),
        )
        for period in periods
        for unit in (keys(known, UnitLevel.PROVINCE, day) - divided.keys()).union(
            *(keys(known, level, day, within=one) for one in divided)
        )
    }
    assert len(expected) == (59 + sum(DISTRICTS_OF.values())) * 10 + (30 + sum(COMMUNES_OF.values())) * 5
    assert found < expected
    cao_bang = keys(known, UnitLevel.COMMUNE, since, within="p04")
    open_ones = expected - found
    assert len(open_ones) == 3
    assert all(period == LAST and unit in cao_bang for unit, period in open_ones)
    names = {known.tree.units[known.tree.ids[unit]].state(since).name for unit, _ in open_ones}
    assert DEMO_COMMUNE_NAME in names


def test_no_plan_report_is_sent(reading: Session) -> None:
    assert {one.form for one in statuses(reading)} == {"quarterly", "yearly"}


def test_cao_bang_has_one_report_to_review_and_one_that_came_back(reading: Session) -> None:
    known = get_snapshot(reading)
    open_ones = {one: status for one, status in statuses(reading).items() if status is not SubmissionStatus.APPROVED}
    assert Counter(open_ones.values()) == {SubmissionStatus.SUBMITTED: 1, SubmissionStatus.RETURNED: 1}
    assert {one.period for one in open_ones} == {LAST}
    assert {one.unit for one in open_ones} < keys(known, UnitLevel.COMMUNE, date(2026, 9, 30), within="p04")
    r = t.Revision
    rows = {row.status: row for row in reading.scalars(select(r).where(r.status != SubmissionStatus.APPROVED))}
    returned, waiting = rows[SubmissionStatus.RETURNED], rows[SubmissionStatus.SUBMITTED]
    assert returned.reason
    assert returned.decided_unit_id == known.tree.ids["p04"]
    assert (waiting.decided_at, waiting.decided_unit_id, waiting.in_force) == (None, None, False)


def test_the_report_that_waits_could_have_been_sent_as_it_stands(reading: Session) -> None:
    known = get_snapshot(reading)
    one = next(one for one, status in statuses(reading).items() if status is SubmissionStatus.SUBMITTED)
    revision_id = reading.scalars(select(t.Revision.id).where(t.Revision.status == SubmissionStatus.SUBMITTED)).one()
    cells = load_cells(reading, known.catalogue, [revision_id])[revision_id]
    form, period = known.catalogue.form(one.form), Period(one.period)
    windows = windows_of(form, period, cells)
    unit = known.tree.units[known.tree.ids[one.unit]]
    place = Place(unit, unit, form, period, old_area=False, entered_for=False)
    neighbours = load_neighbours(reading, known, place, windows)
    assert ready(check(sheet_of(form, windows, cells, neighbours), known.catalogue))


def test_what_was_approved_is_in_force_and_was_decided_by_the_level_above(reading: Session) -> None:
    known = get_snapshot(reading)
    r, s = t.Revision, t.Submission
    rows = reading.execute(
        select(s.unit_id, s.period, r.sent_at, r.decided_at, r.decided_unit_id, r.in_force)
        .join(s, s.id == r.submission_id)
        .where(r.status == SubmissionStatus.APPROVED)
    ).all()
    assert all(row.in_force for row in rows)
    for row in rows:
        ended = Period(row.period).last_day
        parent = known.tree.parent(row.unit_id, ended)
        assert parent is not None
        heir = known.tree.main_successor(parent)
        assert row.decided_unit_id in (parent, heir)
        assert known.tree.units[row.decided_unit_id].is_open(row.decided_at.date())
        assert datetime(ended.year, ended.month, ended.day, tzinfo=UTC) < row.sent_at < row.decided_at
        assert row.decided_at <= datetime(2026, 11, 20, 17, tzinfo=UTC)


def test_the_seal_of_a_report_is_that_of_its_numbers(reading: Session) -> None:
    known = get_snapshot(reading)
    s, r = t.Submission, t.Revision
    rows = reading.execute(
        select(s.unit_id, s.form_id, s.period, r.id, r.number, r.digest).join(s, s.id == r.submission_id)
    ).all()[::97]
    cells = load_cells(reading, known.catalogue, [row.id for row in rows])
    for row in rows:
        unit, form = known.tree.units[row.unit_id], known.catalogue.forms[row.form_id]
        place = Place(unit, unit, form, Period(row.period), old_area=False, entered_for=False)
        assert digest_of(place, row.number, cells[row.id]) == row.digest


def test_every_report_is_whole(reading: Session) -> None:
    known = get_snapshot(reading)
    rows = {key: len(known.catalogue.form(key).rows) for key in ("quarterly", "yearly")}
    s, r = t.Submission, t.Revision
    counted = reading.execute(
        select(t.Form.key, func.count())
        .join(s, s.form_id == t.Form.id)
        .join(r, r.submission_id == s.id)
        .join(t.Result, t.Result.revision_id == r.id)
        .group_by(t.Form.key, r.id)
    )
    assert {(key, count) for key, count in counted} == set(rows.items())


def test_every_step_of_a_report_left_its_line(reading: Session) -> None:
    r, a = t.Revision, t.AuditLine
    steps = Counter(reading.scalars(select(a.to_status).where(a.revision_id.is_not(None))))
    held = Counter(reading.scalars(select(r.status)))
    assert steps == held | {SubmissionStatus.SUBMITTED: sum(held.values())}


def test_roll_ups_hold_both_parts_for_every_province_of_a_year(reading: Session) -> None:
    known = get_snapshot(reading)
    screening = known.catalogue.definition("prenatal_screening").id
    u = t.Rollup
    rows = reading.scalars(
        select(u).where(u.period == "2024", u.level == UnitLevel.PROVINCE, u.definition_id == screening)
    ).all()
    assert len(rows) == 63
    assert all(row.denominator is not None and 0 < row.numerator < row.denominator for row in rows)
