"""One click to the other language: kept with the account of who is signed in, else in a cookie."""

from datetime import timedelta

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from auth import login
from data.accounts import keep
from data.db import unit_of_work
from data.refusals import NotFound
from data.scope import Scope
from data.wording import Language, _
from portal.routes.local import local_path

blueprint = Blueprint("language", __name__)


def init_app(app: Flask) -> None:
    """Adds the switch."""
    app.register_blueprint(blueprint)


@blueprint.post("/language/<chosen>")
def choose(chosen: str) -> Response:
    """Chooses the language and goes back to where the reader was."""
    if chosen not in {language.value for language in Language}:
        raise NotFound(_("There is no page at this address."))
    asking = login.principal()
    if asking is not None:
        with unit_of_work(login.engine()) as session:
            keep.choose_language(session, Scope(asking.account_id, frozenset()), Language(chosen))
    response = redirect(_back(), 303)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        login.LANGUAGE_COOKIE, chosen, max_age=timedelta(days=365), secure=secure, httponly=True, samesite="Lax"
    )
    return response


def _back() -> str:
    asked = request.form.get("next", "")
    # The page of the door is where who is not signed in comes from, and may go back to.
    return "/login" if asked == "/login" else local_path(asked)
