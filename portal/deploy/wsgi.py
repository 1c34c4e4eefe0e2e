"""The application that a server runs."""

import logging

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from auth import login
from data.db import unit_of_work
from data.snapshot import get_snapshot
from portal.app import create_app
from portal.settings import from_environment

log = logging.getLogger(__name__)


def make_app() -> Flask:
    """The portal as the environment describes it, with its facts in memory before the first reader comes."""
    app = create_app(from_environment())
    try:
        with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
            get_snapshot(session)
    except SQLAlchemyError as error:
        # Not fatal: the database may come up later, and /healthz says that it is not there.
        log.warning("the database does not answer yet, or has not been migrated: %s", error)
    return app
