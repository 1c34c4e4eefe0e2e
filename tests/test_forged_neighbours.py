"""What peers may learn of one another, tried through every door: masks, evidence, pictures, unit pages, boundaries."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from data.rollups import rebuild
from data.snapshot import VERSION
from tests import worlds
from tests.dash_client import Reader, portal_on
from tests.drawn import words
from tests.factories import a_small_world
from tests.forged_requests import ROUTER
from tests.world_catalogue import QUARTER
from tests.world_reports import put_report
from tests.world_rollups import put_rollup
from tests.worlds import ASH_OFFICER, BAY, CEDAR, DALE, ELM, MERGED, NOW, OTHER, OTHER_HEAD, SOUTH_HEAD, Person

EXPLAIN, DRAW = "callbacks.comparison.explain", "callbacks.comparison.draw"
THIRD, USERS = "third_birth_share", "new_modern_contraceptive_users"
# Unusual numbers of BAY; 3 and 4 are what nobody else may read.
BAYS = QUARTER | {"births_boys": 271, "births_girls": 252}
FIRST, SECOND = BAYS | {"births_third_plus": 3}, BAYS | {"births_third_plus": 4}
MOVED = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def world(engine: Engine) -> Engine:
    """BAY with small counts in two quarters whose sum is not small; its neighbours with ordinary ones."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for period, numbers in (("2026Q1", FIRST), ("2026Q2", SECOND)):
            put_report(session, BAY, "quarterly", period, numbers, by=worlds.BAY_OFFICER)
            for unit in (worlds.ASH, CEDAR, DALE, ELM):
                put_report(session, unit, "quarterly", period)
        rebuild(session, NOW)
    return engine


def reader(engine: Engine, person: Person) -> Reader:
    return Reader(portal_on(engine), person.id)


def evidence(who: Reader, unit: str, definition: str, search: str) -> Any:
    answer = who.call(EXPLAIN, {"data": {"unit": unit, "definition": definition}}, search)
    assert answer.status_code == 200
    return answer.get_json()["response"]["comparison-evidence"]["children"]


def csv_row(who: Reader, query: str, key: str) -> list[str]:
    lines = who.get(f"/export/comparison.csv?{query}").get_data(as_text=True).splitlines()
    return next((line.split(";") for line in lines if line.startswith(f"{key};")), [])


def test_a_small_count_of_a_neighbour_stands_in_no_answer(world: Engine) -> None:
    ash, bay = reader(world, ASH_OFFICER), reader(world, worlds.BAY_OFFICER)
    query = f"period=2026Q1&definitions={THIRD}"
    own = words(evidence(bay, "bay", THIRD, f"?{query}"))
    assert "523" in own
    for said in (
        words(evidence(ash, "bay", THIRD, f"?{query}")),
        ";".join(csv_row(ash, query, "bay")),
        ash.call(DRAW, 1, THIRD, f"?{query}").get_data(as_text=True),
        json.dumps(table_row(ash, "/compare", f"?{query}", "bay")),
    ):
        # Neither the count, nor the births that it is a share of, nor the share.
        assert "523" not in said
        assert "0,57" not in said
        assert "0.57" not in said


def table_row(who: Reader, path: str, search: str, key: str) -> dict[str, Any]:
    (found,) = table_rows(who, path, search, key)
    return found


def table_rows(who: Reader, path: str, search: str, key: str) -> list[dict[str, Any]]:
    """The rows of that key, one in each table of the page."""
    page = who.call(ROUTER, path, search).get_json()
    return [dict(row) for rows in every(page, "rowData") for row in rows if row.get("key") == key]


def every(drawn: Any, name: str) -> Iterator[Any]:
    """The values of that property anywhere inside."""
    if isinstance(drawn, dict):
        if name in drawn:
            yield drawn[name]
        for inner in drawn.values():
            yield from every(inner, name)
    elif isinstance(drawn, list):
        for inner in drawn:
            yield from every(inner, name)


def test_a_sum_is_hidden_with_the_small_counts_it_was_made_of(world: Engine) -> None:
    search = f"?period=2026-6M&definitions={THIRD}"
    neighbour = words(evidence(reader(world, ASH_OFFICER), "bay", THIRD, search))
    for number in ("1.046", "3 / 523", "4 / 523"):
        assert number not in neighbour
    own = words(evidence(reader(world, worlds.BAY_OFFICER), "bay", THIRD, search))
    assert "3 / 523" in own
    above = words(evidence(reader(world, worlds.MERGED_HEAD), "bay", THIRD, f"{search}&level=commune"))
    assert "3 / 523" in above


def test_a_neighbours_parts_are_shown_where_none_is_small(world: Engine) -> None:
    shown = words(evidence(reader(world, ASH_OFFICER), "bay", "srb", "?period=2026-6M&definitions=srb"))
    assert "271 / 252" in shown


def test_the_page_of_a_neighbour_hides_what_the_table_hides(world: Engine) -> None:
    with unit_of_work(world) as session:
        for unit in (worlds.ASH, BAY):
            put_rollup(session, unit, THIRD, "2025", 3, 787)
    ash = reader(world, ASH_OFFICER)
    own, neighbour = (
        [list(every(row, "t")) for row in table_rows(ash, "/unit", f"?key={key}", THIRD)] for key in ("ash", "bay")
    )
    # The results of the period with the years before it, and the series of years.
    assert (len(own), len(neighbour)) == (2, 2)
    for mine, theirs in zip(own, neighbour, strict=True):
        assert any("0,4" in text for text in mine)
        assert "•" not in mine
        assert not any("0,4" in text for text in theirs)
    assert "•" in neighbour[1]


@pytest.mark.parametrize("status", [SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED])
def test_whether_a_neighbour_has_begun_sent_or_got_it_back_changes_no_answer(
    world: Engine, status: SubmissionStatus
) -> None:
    ash, query = reader(world, ASH_OFFICER), "period=2026Q3"
    doors = ("/export/comparison.csv?" + query, "/export/comparison.csv?period=2026-9M")

    def answers() -> list[Any]:
        drawn = [ash.call(ROUTER, path, f"?{query}").get_json() for path in ("/compare", "/", "/submit")]
        drawn.append(ash.call(ROUTER, "/unit", "?key=bay").get_json())
        return [*drawn, evidence(ash, "bay", "srb", f"?{query}"), *(ash.get(door).get_data() for door in doors)]

    before = answers()
    with unit_of_work(world) as session:
        put_report(session, BAY, "quarterly", "2026Q3", BAYS, status=status, by=worlds.BAY_OFFICER)
        rebuild(session, NOW)
    assert answers() == before


def test_no_answer_about_a_neighbour_names_a_person_or_a_note(world: Engine) -> None:
    with unit_of_work(world) as session:
        session.execute(update(t.Account).where(t.Account.id != ASH_OFFICER.id).values(display_name="Nguyễn Thị Kín"))
        session.execute(update(t.Revision).where(t.Revision.edited_by_id.is_not(None)).values(reason="lý do kín"))
    ash = reader(world, ASH_OFFICER)
    said = [
        ash.call(ROUTER, "/compare", "?period=2026-6M").get_json(),
        ash.call(ROUTER, "/unit", "?key=bay").get_json(),
        *(evidence(ash, unit, "srb", "?period=2026-6M") for unit in ("bay", "cedar", "merged")),
    ]
    assert "Kín" not in json.dumps(said, ensure_ascii=False)
    assert "kín" not in json.dumps(said, ensure_ascii=False)


def move_dale(engine: Engine) -> None:
    """DALE goes from OTHER to MERGED on 01/07/2026 and keeps its key."""
    with unit_of_work(engine) as session:
        first = session.scalars(select(t.UnitVersion).where(t.UnitVersion.unit_id == DALE)).one()
        first.to_on = date(2026, 6, 30)
        session.flush()
        session.add(t.UnitVersion(
            unit_id=DALE, from_on=MOVED, to_on=None, name=first.name, kind=first.kind, code=first.code,
            parent_id=MERGED, confidence=first.confidence, document_id=None,
        ))  # fmt: skip
        session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value="a world in which a commune moved"))
        put_rollup(session, DALE, USERS, "2026Q3", 3_333)
        put_rollup(session, ELM, USERS, "2026Q3", 50)


def test_no_boundaries_bring_back_a_unit_that_belonged_to_others_when_the_period_ended(world: Engine) -> None:
    move_dale(world)
    before = "boundaries=2026-06-30"
    columns = f"definitions={USERS}&level=commune"
    other, merged = reader(world, OTHER_HEAD), reader(world, worlds.MERGED_HEAD)
    assert "100" in csv_row(other, f"period=2026Q2&within=other&{columns}", "dale")
    assert "3333" in csv_row(merged, f"period=2026Q3&within=merged&{columns}", "dale")
    for search in ("", before, "boundaries=2026-01-01"):
        assert csv_row(other, f"period=2026Q3&within=other&{columns}&{search}", "dale") == []
        answer = other.call(
            EXPLAIN, {"data": {"unit": "dale", "definition": USERS}}, f"?period=2026Q3&{columns}&{search}"
        )
        assert answer.status_code == 404
    # Nor does the new province read what the commune reported to the old one.
    assert csv_row(merged, f"period=2026Q2&within=merged&{columns}&boundaries=today", "dale") == []
    # And what was beside it once is beside it no more.
    assert csv_row(reader(world, worlds.DALE_OFFICER), f"period=2026Q3&{columns}&{before}", "elm") == []


@pytest.mark.parametrize("search", ["period=2026Q2&boundaries=today", "period=2026-6M&level=province", "period=2026Q1"])
def test_a_closed_unit_reads_its_history_and_nothing_of_today(world: Engine, search: str) -> None:
    south = reader(world, SOUTH_HEAD)
    with unit_of_work(world) as session:
        for unit in (OTHER, worlds.SOUTH):
            put_rollup(session, unit, USERS, "2025Q1", 4_242)
    assert csv_row(south, f"{search}&definitions={USERS}", "other") == []
    assert south.call(ROUTER, "/unit", "?key=other").status_code == 404
    assert south.call(EXPLAIN, {"data": {"unit": "other", "definition": USERS}}, f"?{search}").status_code == 404
    for key in ("south", "other"):
        assert "4242" in csv_row(south, f"period=2025Q1&definitions={USERS}", key)
