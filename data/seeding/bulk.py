"""Rows in bulk, and the numbers that the database gave them, by key."""

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from data.tables import Base


class Keyed(Protocol):
    """A table whose rows have a key."""

    id: InstrumentedAttribute[int]
    key: InstrumentedAttribute[str]


class Ids(dict[str, int]):
    """Numbers by key. A key that is missing is a mistake in the reference files."""

    def __missing__(self, key: str) -> int:
        raise ValueError(f"the reference files name {key!r}, which they do not hold")

    def of(self, key: str) -> int | None:
        """The number of a key, None for an empty cell."""
        return self[key] if key else None


def add(session: Session, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows in one statement."""
    if listed := list(rows):
        # Without it every change between an empty and a filled cell would begin another statement.
        session.execute(insert(table), listed, execution_options={"render_nulls": True})


def ids(session: Session, table: type[Any]) -> Ids:
    """The numbers of a table's rows by their key."""
    keyed: type[Keyed] = table
    return Ids(session.execute(select(keyed.key, keyed.id)).all())
