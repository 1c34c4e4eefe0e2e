"""Fixtures of every test: databases of both kinds, with the schema, with the reference facts, with a unit of work."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from data.db import create_engine_for, unit_of_work
from data.migrations import upgrade
from data.seeding import seed
from data.wording import Language, use_language
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.postgres_server import NoPostgresError, PostgresServer, start_server

# The fixtures of a real browser stand in a module of their own.
pytest_plugins = ("tests.browser",)

# Where the database that tests copy stands, by its kind and content.
Templates = dict[tuple[str, str], str]

SERVER = pytest.StashKey[PostgresServer]()


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Every test starts in Vietnamese: a request of the test client sets the language of whoever asked last."""
    with use_language(Language.VI):
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Under xdist one server, started before the workers, serves them all."""
    node.workerinput["postgres"] = _server_of(node.config).url.render_as_string(hide_password=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()


def _server_of(config: pytest.Config) -> PostgresServer:
    if SERVER not in config.stash:
        try:
            config.stash[SERVER] = start_server()
        except NoPostgresError as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    return config.stash[SERVER]


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> PostgresServer:
    """The PostgreSQL server of this run: the one that xdist's controller started, else our own."""
    given = getattr(pytestconfig, "workerinput", {}).get("postgres")
    return PostgresServer(make_url(given)) if given else _server_of(pytestconfig)


@pytest.fixture(scope="session")
def postgresql_databases(postgres_server: PostgresServer) -> Iterator[PostgresDatabases]:
    """Makes databases on the server."""
    databases = PostgresDatabases(postgres_server)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Makes database files."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on: each test that asks for it runs on both."""
    kind: str = request.param
    return kind


@pytest.fixture
def databases(database: str, request: pytest.FixtureRequest) -> Databases:
    """Makes databases of the kind that the test runs on."""
    made: Databases = request.getfixturevalue(f"{database}_databases")
    return made


@pytest.fixture(scope="session")
def templates() -> Templates:
    """The databases that are copied for tests, by kind and content, made when first asked for."""
    return {}


def _template(made: Templates, key: tuple[str, str], databases: Databases, fill: Callable[[Engine], None]) -> str:
    if key not in made:
        url = databases.create()
        engine = create_engine_for(url)
        try:
            fill(engine)
        finally:
            engine.dispose()
        made[key] = url
    return made[key]


def _migrate_and_seed(engine: Engine) -> None:
    upgrade(engine)
    with unit_of_work(engine) as session:
        seed(session)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database without any table."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture
def database_url(database: str, databases: Databases, templates: Templates) -> Iterator[str]:
    """A database of its own for the test, with the schema of the migrations and no row."""
    url = databases.create(_template(templates, (database, "migrated"), databases, upgrade))
    yield url
    databases.drop(url)


@pytest.fixture
def seeded_database_url(database: str, databases: Databases, templates: Templates) -> Iterator[str]:
    """A database of its own for the test, with all reference facts and no result."""
    url = databases.create(_template(templates, (database, "seeded"), databases, _migrate_and_seed))
    yield url
    databases.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`."""
    engine = create_engine_for(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def seeded_engine(seeded_database_url: str) -> Iterator[Engine]:
    """An engine on `seeded_database_url`."""
    engine = create_engine_for(seeded_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session in a unit of work on `engine`. What the test leaves in it is rolled back."""
    with unit_of_work(engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def seeded_session(seeded_engine: Engine) -> Iterator[Session]:
    """A session in a unit of work on `seeded_engine`. What the test leaves in it is rolled back."""
    with unit_of_work(seeded_engine) as session:
        yield session
        session.rollback()
