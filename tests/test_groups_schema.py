"""What the database itself refuses of groups and memberships, whoever asks; and how it came to hold them."""

from datetime import date, timedelta
from importlib.resources import as_file, files

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data import tables as t
from data.db import create_engine_for, unit_of_work
from data.migrations import upgrade
from data.refusals import Refusal
from data.units.keeping import add_members, close_group, remove_members
from tests import worlds
from tests.world_groups import NEW_YEAR, dates, keeper, make
from tests.worlds import ASH, MERGED_HEAD, NOW, TODAY

DAY = timedelta(days=1)
DEFINITION = """INSERT INTO definition (id, key, indicator_id, measure, factor, surveyed, chance, name_vi, name_en,
short_vi, short_en, formula_vi, formula_en) VALUES (5, 'tfr', 5, 'YEARS', 1, true, false, '', '', '', '', '', '')"""
PUBLISHED = """INSERT INTO published_result (id, definition_id, group_id, period, value, preliminary, geographic_basis,
source) VALUES (3, 5, 7, '2024', 1.9, false, '63', 'Cục Thống kê')"""
# Plain statements: the tables of today's code have columns that were not there yet.
BEFORE = (
    "INSERT INTO admin_unit (id, key, level, opened_on, opening_known) VALUES (1, 'vn', 'NATION', '2000-01-01', true)",
    "INSERT INTO unit_group (id, key, kind, name_vi, name_en) VALUES (7, 'region', 'REGION', 'Vùng', 'Region')",
    "INSERT INTO unit_group_member (group_id, unit_id, from_on, to_on) VALUES (7, 1, '2020-01-01', '2025-06-30')",
    "INSERT INTO indicator (id, key, name_vi, name_en) VALUES (5, 'tfr', 'TFR', 'TFR')",
    DEFINITION,
    PUBLISHED,
)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def member(group: int, first: date, last: date | None) -> dict[str, object]:
    return {"group_id": group, "unit_id": ASH, "from_on": first, "to_on": last, "keeper_id": worlds.MERGED}


def test_the_database_itself_keeps_memberships_apart(world: Session) -> None:
    keys = [make(world, MERGED_HEAD, "Cụm một", "ash"), make(world, MERGED_HEAD, "Cụm hai")]
    one, two = (world.scalars(select(t.UnitGroup.id).where(t.UnitGroup.key == key)).one() for key in keys)
    m, g = t.UnitGroupMember, t.UnitGroup
    statements = [
        insert(m).values(member(one, TODAY, None)),
        insert(m).values(member(two, TODAY, None)),
        insert(m).values(member(two, TODAY, TODAY)),
        insert(m).values(member(two, TODAY, TODAY - DAY)),
        insert(m).values(member(two, NEW_YEAR - DAY, NEW_YEAR - DAY) | {"keeper_id": worlds.OTHER}),
        update(m).where(m.group_id == one).values(from_on=TODAY),
        update(g).where(g.id == one).values(keeper_id=worlds.OTHER),
        update(g).where(g.id == one).values(name_vi="Cụm hai"),
        update(g).where(g.id == one).values(to_on=NEW_YEAR - DAY),
        delete(g).where(g.id == two),
    ]
    for statement in statements:
        with pytest.raises(IntegrityError), world.begin_nested():
            world.execute(statement)
    with world.begin_nested():
        world.execute(insert(m).values(member(two, NEW_YEAR - DAY, NEW_YEAR - DAY)))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "remove", "close"]),
            st.integers(0, 1),
            st.lists(st.sampled_from(["ash", "bay", "cedar"]), min_size=1, max_size=3, unique=True),
            st.integers(-40, 40),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_nobody_is_in_two_groups_and_the_past_stays(
    world: Session, deeds: list[tuple[str, int, list[str], int]]
) -> None:
    with world.begin_nested() as trial:
        keys = [make(world, MERGED_HEAD, "Cụm một", "ash"), make(world, MERGED_HEAD, "Cụm hai", "bay")]
        scope, begun = keeper(MERGED_HEAD), {(key, unit) for key, unit in zip(keys, ("ash", "bay"), strict=True)}
        for name, number, units, days in deeds:
            day, key = TODAY + days * DAY, keys[number]
            try:
                if name == "add":
                    add_members(world, scope, key, units, day, NOW)
                elif name == "remove":
                    remove_members(world, scope, key, units, day, NOW)
                else:
                    close_group(world, scope, key, day, NOW)
            except Refusal:
                world.expire_all()
        members = [(unit, held) for key in keys for unit, held in dates(world, key).items()]
        spans = [(unit, first, last) for unit, held in members for first, last in held]
        for place, (unit, first, last) in enumerate(spans):
            for other, start, end in spans[place + 1 :]:
                apart = (last is not None and last < start) or (end is not None and end < first)
                assert unit != other or apart
        assert all(unit in dates(world, key) for key, unit in begun)
        trial.rollback()


def _migrate(engine: Engine, to: str) -> None:
    with as_file(files("data.migrations")) as folder, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        if to == "before":
            found = ScriptDirectory.from_config(config).get_revision("0009").down_revision
            to = str(found)
        command.upgrade(config, to)
        connection.commit()


def test_a_database_that_holds_groups_keeps_them_when_it_is_brought_to_the_present(empty_database_url: str) -> None:
    engine = create_engine_for(empty_database_url)
    _migrate(engine, "before")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    upgrade(engine)
    with unit_of_work(engine, writes=False) as session:
        m = t.UnitGroupMember
        assert session.execute(select(m.group_id, m.unit_id, m.from_on, m.to_on, m.keeper_id)).all() == [
            (7, 1, date(2020, 1, 1), date(2025, 6, 30), None)
        ]
        assert session.scalars(select(t.UnitGroup.name_vi)).all() == ["Vùng"]
        assert session.scalars(select(t.PublishedResult.group_id)).all() == [7]
    engine.dispose()
