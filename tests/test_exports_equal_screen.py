"""What is downloaded is what is seen: the same rows and numbers, for whoever asks whatever."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.query import ComparisonQuery
from data.refusals import Refusal
from tests import worlds
from tests.exported import as_kept, in_csv, in_workbook, on_screen, rounded
from tests.world_catalogue import DEFINITIONS
from tests.world_rollups import comparer, put_rollup
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    CITY_HEAD,
    DALE,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    OTHER,
    SOUTH,
    SOUTH_HEAD,
    TODAY,
    Person,
)  # fmt: skip

USERS = "new_modern_contraceptive_users"
COLUMNS = st.lists(st.sampled_from([*DEFINITIONS, "tfr"]), min_size=1, unique=True).map(",".join)
PEOPLE = st.sampled_from([MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, SOUTH_HEAD, CITY_HEAD])
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["2024", "2025", "2026", "2025-6M", "2026-9M", "2026Q3", "2025Q1", "202601"]),
        "level": st.sampled_from(["province", "district", "commune"]),
        "within": st.sampled_from(["vn", "merged", "north", "other"]),
        "definitions": st.lists(st.sampled_from([*DEFINITIONS, "tfr"]), min_size=1, unique=True).map(",".join),
        "programme": st.sampled_from(["468", "1999"]),
        "boundaries": st.sampled_from(["today", "2025-06-30", "2024-12-31"]),
    },
)
ROLLUPS = st.lists(
    st.tuples(
        st.sampled_from([NORTH, SOUTH, MERGED, OTHER, ASH, BAY, CEDAR, DALE]),
        st.sampled_from(["srb", "third_birth_share", "prenatal_screening", "elderly_checkup", USERS]),
        st.sampled_from(["2024", "2025", "2025Q1", "2025Q2", "2026Q1", "2026Q2", "2026Q3", "2026"]),
        st.integers(0, 900),
        st.integers(0, 900),
    ),
    max_size=60,
    unique_by=lambda one: one[:3],
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE, QUERIES, ROLLUPS)
def test_files_hold_exactly_the_rows_and_numbers_of_the_screen(
    session: Session, person: Person, args: dict[str, str], rollups: list[tuple[int, str, str, int, int]]
) -> None:
    if session.get(t.AdminUnit, NATION) is None:
        worlds.build(session)
    session.execute(delete(t.Rollup))
    for unit, definition, period, above, below in rollups:
        share = definition not in (USERS, "srb")
        put_rollup(
            session,
            unit,
            definition,
            period,
            min(above, below) if share else above,
            None if definition == USERS else below,
        )
    try:
        comparison = compare(session, comparer(person), ComparisonQuery.from_args(args), TODAY)
    except Refusal:
        return
    again = compare(session, comparer(person), ComparisonQuery.from_args(comparison.query.to_args()), TODAY)
    screen = on_screen(comparison)
    assert in_workbook(again) == as_kept(screen)
    assert in_csv(again) == rounded(screen)
