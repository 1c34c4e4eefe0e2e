"""The door: a form to sign in, and the way out."""

from flask import Blueprint, Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from auth import accounts, login
from auth.throttle import TooMany
from portal.routes.local import local_path

blueprint = Blueprint("sign_in", __name__)


def init_app(app: Flask) -> None:
    """Opens the door."""
    app.register_blueprint(blueprint)


@blueprint.get("/login")
def form() -> ResponseReturnValue:
    """The form; who is signed in already goes straight on."""
    if login.principal() is not None:
        return redirect(_next(), 303)
    return _form()


@blueprint.post("/login")
def enter() -> ResponseReturnValue:
    """Signs in, or says why not and keeps the username that was typed."""
    username, password = request.form.get("username", ""), request.form.get("password", "")
    try:
        account = accounts.sign_in(login.engine(), username, password, request.remote_addr or "unknown")
    except accounts.WrongPassword as refusal:
        return _form(str(refusal), username), 401
    except TooMany as refusal:
        return _form(str(refusal), username), 429
    login.enter_account(account)
    return redirect(_next(), 303)


@blueprint.post("/logout")
def leave() -> Response:
    """Ends the session."""
    login.leave()
    return redirect("/login", 303)


def _form(problem: str = "", username: str = "") -> str:
    return render_template("login.html", problem=problem, username=username[:64], next=_next())


def _next() -> str:
    return local_path(request.values.get("next"))
