"""The engine and the one unit of work. Nothing else in the portal commits."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

# Seconds after which a connection is asked whether it still lives.
LONG_REST = 5.0


def create_engine_for(url: str) -> Engine:
    """An engine for SQLite or `postgresql+psycopg://`; plain `postgresql://` addresses are read as psycopg's."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 15})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=8)
        event.listen(engine, "checkin", _lay_to_rest)
        event.listen(engine, "checkout", partial(_wake, engine.dialect))
        return engine
    raise ValueError(f"the portal keeps its facts in SQLite or PostgreSQL, not in {parsed.get_backend_name()}")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver's own transaction handling begins too late to protect a read that leads to a write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    # Two readers that both turn into writers would deadlock; a writer therefore takes its turn at the start.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _lay_to_rest(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["resting_since"] = monotonic()


def _wake(dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    # A connection that rested may have died with its server; one that was just used is not worth a question each time.
    since = record.info.get("resting_since")
    if since is None or monotonic() - since < LONG_REST:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


@contextmanager
def unit_of_work(engine: Engine, *, writes: bool = True) -> Iterator[Session]:
    """One request's transaction: committed when the block ends, rolled back when it raises.

    With `writes=False` the block may only read, and whatever it changed by mistake is refused.
    """
    with Session(engine, expire_on_commit=False) if writes else _ReadingSession(_reading(engine)) as session:
        try:
            yield session
        except BaseException:
            session.rollback()
            raise
        if writes:
            session.commit()
        else:
            session.rollback()


@contextmanager
def single_question(engine: Engine) -> Iterator[Session]:
    """For one SELECT, which sees one state without a transaction around it: on PostgreSQL one round trip, not three."""
    with _ReadingSession(_asking_once(engine)) as session:
        yield session


class _ReadingSession(Session):
    """A session of a unit of work that may not write."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)


def _refuse_flush(_session: Session, _context: object, _instances: object) -> None:
    raise RuntimeError("a reading unit of work tried to write; bind the handler with writes=True")


event.listen(_ReadingSession, "before_flush", _refuse_flush)


@lru_cache(maxsize=8)
def _reading(engine: Engine) -> Engine:
    """The same engine, whose transactions begin without the turn that a writer takes, and see one state throughout.

    SQLite's transactions always do. PostgreSQL's are told so in their BEGIN, which costs nothing: a comparison asks
    more than once, and an approval in between would put two states into one table.
    """
    reading = engine.execution_options(writes=False)
    if engine.dialect.name == "postgresql":
        return reading.execution_options(isolation_level="REPEATABLE READ")
    return reading


@lru_cache(maxsize=8)
def _asking_once(engine: Engine) -> Engine:
    """The same engine without transactions, where beginning and ending one costs a journey to a server each."""
    if engine.dialect.name == "sqlite":
        return _reading(engine)
    return engine.execution_options(isolation_level="AUTOCOMMIT")
