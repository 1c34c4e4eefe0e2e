"""The migration that gives the notes to the targets their English."""

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, select, update

from data.reference import rows
from data.tables import Fact, Target

migration = import_module("data.migrations.versions.0008_target_note_en")
NOTES = {row["key"]: row["note_en"] or None for row in rows("targets")}


def test_a_database_that_was_seeded_before_gets_the_notes_and_knows_its_reference(seeded_engine: Engine) -> None:
    with seeded_engine.begin() as connection:
        named = Fact.name == "reference_digest"
        connection.execute(update(Fact).where(named).values(value=migration.BEFORE))
        with Operations.context(MigrationContext.configure(connection)):
            migration.downgrade()
            migration.upgrade()
        assert dict(connection.execute(select(Target.key, Target.note_en)).all()) == NOTES
        assert connection.scalar(select(Fact.value).where(named)) == migration.AFTER


def test_a_database_with_other_reference_facts_is_left_to_say_so(seeded_engine: Engine) -> None:
    with seeded_engine.begin() as connection:
        named = Fact.name == "reference_digest"
        connection.execute(update(Fact).where(named).values(value="another"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.downgrade()
            migration.upgrade()
        assert connection.scalar(select(Fact.value).where(named)) == "another"
