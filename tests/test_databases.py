"""Each test has a database of its own, of both kinds, with the schema that the migrations make."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from data import db
from data.db import create_engine_for, unit_of_work
from data.kinds import UnitLevel
from data.tables import AdminUnit, Base
from data.tables.submissions import Fact
from tests import postgres_server
from tests.databases import Databases, PostgresDatabases


def test_the_engine_is_of_the_kind_asked_for(database: str, engine: Engine) -> None:
    assert engine.dialect.name == database


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    engine = create_engine_for(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_code_describes(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_copy_holds_its_template_and_leaves_it_alone(database_url: str, databases: Databases) -> None:
    _write(database_url, "first")
    copy = databases.create(template=database_url)
    _write(copy, "second")
    assert (_names(database_url), _names(copy)) == (["first"], ["first", "second"])
    databases.drop(copy)


def test_a_fresh_session_sees_no_row(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(Fact)) == 0


def test_a_seeded_session_has_the_units_of_the_country(seeded_session: Session) -> None:
    standing = select(func.count()).where(AdminUnit.level == UnitLevel.COMMUNE, AdminUnit.closed_on.is_(None))
    assert seeded_session.scalar(standing) == 3321


def _write(url: str, name: str) -> None:
    engine = create_engine_for(url)
    with unit_of_work(engine) as session:
        session.add(Fact(name=name, value="written"))
    engine.dispose()


def _names(url: str) -> list[str]:
    engine = create_engine_for(url)
    with unit_of_work(engine, writes=False) as session:
        names = list(session.scalars(select(Fact.name).order_by(Fact.name)))
    engine.dispose()
    return names


def test_a_missing_postgresql_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_server, "WHEEL", "no_such_wheel")
    with pytest.raises(postgres_server.NoPostgresError, match=r"install .* or name a server in PORTAL_TEST_POSTGRES"):
        postgres_server.programs_of_wheel(tmp_path)


def test_a_server_named_in_the_environment_is_used_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres_server.ENVIRONMENT, "postgresql+psycopg://tester@127.0.0.1/postgres")
    server = postgres_server.start_server()
    assert (server.url.host, server.process, server.folders) == ("127.0.0.1", None, ())
    server.stop()


@pytest.mark.postgres
def test_a_connection_that_died_while_it_rested_is_replaced(
    postgresql_databases: PostgresDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "LONG_REST", 0.0)
    url = postgresql_databases.create()
    engine, killer = create_engine_for(url), create_engine_for(url)
    try:
        with engine.connect() as connection:
            number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with killer.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:number, 1000)"), {"number": number})
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
    finally:
        engine.dispose()
        killer.dispose()
        postgresql_databases.drop(url)
