"""Whether the portal lives, for whoever watches over it."""

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from auth import login
from data import tables as t
from data.db import unit_of_work

blueprint = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Adds the address."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def answer() -> ResponseReturnValue:
    """200 where the database answers and has the portal's tables; 503 where not."""
    try:
        with unit_of_work(login.engine(), writes=False) as session:
            session.execute(select(t.Fact.name).limit(1)).all()
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return jsonify(database="does not answer"), 503
    return jsonify(database="answers")
