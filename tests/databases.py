"""Databases for tests, on SQLite and on PostgreSQL: a template is made once, each test gets a copy in milliseconds."""

import itertools
import secrets
import shutil
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.postgres_server import PostgresServer


class Databases(Protocol):
    """Makes and removes databases of one kind, each known by its URL."""

    def create(self, template: str | None = None) -> str:
        """A new database, empty or with all that `template` (to which nobody may be connected) holds."""

    def drop(self, url: str) -> None:
        """Remove a database that `create` made, with whoever is still connected to it."""


class SqliteDatabases:
    """Databases as files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def create(self, template: str | None = None) -> str:
        path = self._folder / f"test{next(self._numbers)}.sqlite"
        if template is not None:
            shutil.copyfile(_file_of(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = _file_of(url)
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


class PostgresDatabases:
    """Databases on one server. Their names hold a random word, so that several runs can share a server."""

    def __init__(self, server: PostgresServer) -> None:
        self._url = server.url
        address = server.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(address, autocommit=True)
        self._word = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._standing: set[str] = set()

    def create(self, template: str | None = None) -> str:
        name = f"portal_test_{self._word}_{next(self._numbers)}"
        copied = "template0" if template is None else _name_of(template)
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        self._connection.execute(command.format(sql.Identifier(name), sql.Identifier(copied)))
        self._standing.add(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._drop(_name_of(url))

    def close(self) -> None:
        """Remove what still stands, the templates, and give the connection back."""
        for name in sorted(self._standing):
            self._drop(name)
        self._connection.close()

    def _drop(self, name: str) -> None:
        self._connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        self._standing.remove(name)


def _file_of(url: str) -> Path:
    return Path(_name_of(url))


def _name_of(url: str) -> str:
    name = make_url(url).database
    if not name:
        raise ValueError(f"{url} names no database")
    return name
