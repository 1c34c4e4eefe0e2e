"""Making the database: its schema, and the facts that every portal starts with."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.db import create_engine_for, unit_of_work
from data.migrations import upgrade
from data.seeding import ReferenceMismatch
from data.seeding import seed as seed_all
from portal.settings import BadSettings, database_url_of


@contextmanager
def opened() -> Iterator[Engine]:
    """The database that the environment names, given back at the end."""
    try:
        engine = create_engine_for(database_url_of())
    except ValueError as error:
        raise BadSettings(f"PORTAL_DATABASE_URL: {error}") from error
    try:
        yield engine
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            f"The database said: {error.orig}. If it is new, run `portal migrate` and `portal seed` first."
        ) from error
    finally:
        engine.dispose()


def seed_database(engine: Engine) -> None:
    """Every reference fact, where they are not there yet."""
    try:
        with unit_of_work(engine) as session:
            seed_all(session)
    except ReferenceMismatch as error:
        raise click.ClickException(str(error)) from error


@click.command()
def migrate() -> None:
    """Bring the database's schema to this version."""
    with opened() as engine:
        upgrade(engine)
    click.echo("The schema is up to date.")


@click.command()
def seed() -> None:
    """Load units, catalogue, targets and published results; no result of anybody."""
    with opened() as engine:
        seed_database(engine)
    click.echo("The reference facts are there.")
