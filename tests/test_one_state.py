"""A request that reads sees one state of the database from its first question to its last."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, text, update

from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.query import ComparisonQuery
from data.db import create_engine_for, unit_of_work
from tests.factories import a_small_world
from tests.world_rollups import cell_of, comparer, put_rollup
from tests.worlds import MINISTRY_VIEWER, OTHER, TODAY

USERS = "new_modern_contraceptive_users"


@pytest.fixture
def other_process(database_url: str) -> Iterator[Engine]:
    engine = create_engine_for(database_url)
    yield engine
    engine.dispose()


def test_an_approval_between_two_questions_of_a_comparison_changes_none_of_it(
    engine: Engine, other_process: Engine
) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for quarter in ("2026Q1", "2026Q2"):
            put_rollup(session, OTHER, USERS, quarter, 10)
    asked: list[str] = []

    def approve(*said: Any) -> None:
        """Once the second quarter was read, its new revision comes into force; the sum since January is still to be
        read.
        """
        if "rollup" in said[2]:
            asked.append(said[2])
            if len(asked) == 1:
                with unit_of_work(other_process) as writing:
                    writing.execute(update(t.Rollup).where(t.Rollup.period == "2026Q2").values(numerator=700))

    query = ComparisonQuery.from_args({"period": "2026Q2", "definitions": USERS})
    seen = []
    event.listen(engine, "after_cursor_execute", approve)
    try:
        for _ in range(2):
            with unit_of_work(engine, writes=False) as session:
                seen.append(cell_of(compare(session, comparer(MINISTRY_VIEWER), query, TODAY), OTHER, USERS))
    finally:
        event.remove(engine, "after_cursor_execute", approve)
    assert len(asked) == 4
    assert [(cell.value, cell.to_date) for cell in seen] == [(10, 20), (700, 710)]


@pytest.mark.postgres
def test_only_what_reads_is_told_to_see_one_state(postgresql_databases: Any) -> None:
    url = postgresql_databases.create()
    engine = create_engine_for(url)
    try:
        levels = []
        for writes in (False, True, False):
            with unit_of_work(engine, writes=writes) as session:
                levels.append(session.scalar(text("SHOW transaction_isolation")))
        # One connection served all three, so a writer gets back what a reader had.
        assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]
        assert levels == ["repeatable read", "read committed", "repeatable read"]
    finally:
        engine.dispose()
        postgresql_databases.drop(url)
