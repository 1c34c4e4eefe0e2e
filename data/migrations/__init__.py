"""The schema's history. `upgrade` brings a database to the present; it is the only way a table is ever made."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Runs every migration that the database has not seen yet, in one transaction each."""
    with as_file(files("data.migrations")) as folder, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
