"""Invariants of roll-ups over any order of approvals, corrections and returns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from data.periods import Period
from data.rollups import rebuild, replace_rollups
from tests import worlds
from tests.world_catalogue import DEFINITIONS, ELEMENTS, PLAN_ROWS
from tests.world_reports import put_report
from tests.worlds import NOW

# Every place from which something can come: old districts and provinces, communes since, provinces beside them.
SOURCES = (
    (worlds.NORTH_CITY, "quarterly", "2025Q2"), (worlds.NORTH_HILLS, "quarterly", "2025Q2"),
    (worlds.SOUTH_COAST, "quarterly", "2025Q2"), (worlds.NORTH, "quarterly", "2025Q2"),
    (worlds.ASH, "quarterly", "2025Q3"), (worlds.BAY, "quarterly", "2025Q3"), (worlds.CEDAR, "quarterly", "2025Q3"),
    (worlds.DALE, "quarterly", "2025Q3"), (worlds.MERGED, "quarterly", "2025Q3"),
    (worlds.MERGED, "yearly", "2025"), (worlds.NORTH, "plan", "2025-11M"), (worlds.NORTH_CITY, "plan", "2025-11M"),
)  # fmt: skip
APPROVED = SubmissionStatus.APPROVED


@dataclass(frozen=True)
class Deed:
    """A revision in some status, with the numbers that it holds."""

    unit: int
    form: str
    period: str
    status: SubmissionStatus
    numbers: dict[tuple[str, str], int]


class Parts(NamedTuple):
    """What a row says: both parts, and the units behind it."""

    numerator: int
    denominator: int | None
    counted: int
    expected: int


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    unit, form, period = draw(st.sampled_from(SOURCES))
    windows = ("2025-11M", "2025") if form == "plan" else (period,)
    keys = PLAN_ROWS if form == "plan" else tuple(ELEMENTS)
    cells = st.sampled_from([(key, window) for key in keys for window in windows])
    # Whole forms as often as gaps: a definition needs all of its parts.
    numbers = draw(st.dictionaries(cells, st.integers(0, 10**9)))
    if draw(st.booleans()):
        numbers = {(key, window): draw(st.integers(0, 1_000)) for key in keys for window in windows}
    status = draw(st.sampled_from([APPROVED, APPROVED, APPROVED, SubmissionStatus.RETURNED]))
    return Deed(unit, form, period, status, numbers)


def stored(session: Session) -> dict[tuple[object, ...], tuple[object, ...]]:
    columns = list(t.Rollup.__table__.columns)
    return {tuple(row[:4]): tuple(row[4:]) for row in session.execute(select(*columns))}


@contextmanager
def fresh_world(session: Session) -> Iterator[None]:
    """The world without any report, as every example finds it and leaves it."""
    if session.get(t.AdminUnit, worlds.NATION) is None:
        worlds.build(session)
    nested = session.begin_nested()
    try:
        yield
    finally:
        nested.rollback()
        session.expire_all()


def told(unit: int, period: str, key: str, in_force: dict[tuple[int, str], dict[str, int]]) -> Parts | None:
    """The same, worked out the plain way: what the unit says itself, else its children one by one."""
    _id, _measure, _factor, _limits, above, below = DEFINITIONS[key]
    own = in_force.get((unit, period), {})
    if all(part in own for part in (*above, *below)):
        numerator = sum(sign * own[part] for part, sign in above.items())
        return Parts(numerator, sum(sign * own[part] for part, sign in below.items()) if below else None, 1, 1)
    on = Period(period).last_day
    standing = [p for p in worlds.PLACES.values() if p.parent == unit and (p.closed_on is None or on <= p.closed_on)]
    found = [told(child.id, period, key, in_force) for child in standing if child.opened_on <= on]
    lines = [one for one in found if one is not None]
    if not lines:
        return None
    total = sum(one.denominator or 0 for one in lines) if below else None
    counted, expected = sum(one.counted for one in lines), sum(one.expected for one in lines)
    # Only quarters are added up here, and every child must report them: who is silent was expected all the same.
    return Parts(sum(one.numerator for one in lines), total, counted, expected + len(found) - len(lines))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(deeds(), min_size=1, max_size=15))
def test_single_steps_rebuilding_and_plain_arithmetic_agree(session: Session, history: list[Deed]) -> None:
    with fresh_world(session):
        in_force: dict[tuple[int, str], dict[str, int]] = {}
        for deed in history:
            revision = put_report(session, deed.unit, deed.form, deed.period, deed.numbers, status=deed.status)
            if deed.status is not APPROVED:
                continue
            replace_rollups(session, revision)
            for window in ("2025-11M", "2025") if deed.form == "plan" else (deed.period,):
                in_force[deed.unit, window] = {key: n for (key, where), n in deed.numbers.items() if where == window}
        step_by_step = stored(session)
        rebuild(session, NOW)
        assert stored(session) == step_by_step
        check_against_plain_arithmetic(step_by_step, in_force)


def check_against_plain_arithmetic(
    rows: dict[tuple[object, ...], tuple[object, ...]], in_force: dict[tuple[int, str], dict[str, int]]
) -> None:
    """Every row is what the plain way says, none is missing, and provinces add up to what was counted below them."""
    for period in ("2025Q2", "2025Q3", "2025", "2025-11M"):
        for place in worlds.PLACES.values():
            for key, (definition_id, *_) in DEFINITIONS.items():
                found = rows.get((period, place.level, place.id, definition_id))
                if place.id == worlds.NATION:
                    assert found is None
                    continue
                expected = told(place.id, period, key, in_force)
                assert (Parts(*found[:4]) if found else None) == expected  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    communes=st.permutations([worlds.ASH, worlds.BAY, worlds.CEDAR, worlds.DALE, worlds.ELM]),
    births=st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), min_size=5, max_size=5),
)
def test_what_the_communes_counted_is_what_the_provinces_hold(
    session: Session, communes: list[int], births: list[tuple[int, int]]
) -> None:
    r = t.Rollup
    provinces = select(r.unit_id, r.numerator, r.denominator, r.counted, r.expected).where(
        r.definition_id == DEFINITIONS["srb"][0], r.unit_id.in_([worlds.MERGED, worlds.OTHER])
    )
    with fresh_world(session):
        for unit, (boys, girls) in zip(communes, births, strict=True):
            revision = put_report(session, unit, "quarterly", "2025Q3", {"births_boys": boys, "births_girls": girls})
            replace_rollups(session, revision)
        rows = session.execute(provinces).all()
    assert sum(row.numerator for row in rows) == sum(boys for boys, _ in births)
    assert sum(row.denominator for row in rows) == sum(girls for _, girls in births)
    assert {row.unit_id: (row.counted, row.expected) for row in rows} == {worlds.MERGED: (3, 3), worlds.OTHER: (2, 2)}
