"""What the reader sees when the portal says no: a sentence, the right status, and never a stack trace."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from dash.exceptions import CallbackException, DependencyException, InvalidCallbackReturnValue
from flask import Flask, Response, current_app, jsonify, redirect, render_template, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from auth import login
from auth.login import SignInNeeded
from auth.policy import NotPermitted
from auth.throttle import TooMany
from data import audit, clock, refusals
from data.db import unit_of_work
from data.wording import N_, _
from portal.gate import CALLBACK_ENDPOINT

STATUS: dict[type[refusals.Refusal], int] = {
    SignInNeeded: 401,
    refusals.Forbidden: 403,
    refusals.NotFound: 404,
    refusals.Conflict: 409,
    refusals.TooLarge: 413,
    refusals.Invalid: 422,
    TooMany: 429,
}
_SENTENCES = {
    400: N_("The portal could not understand this request. Reload the page and try again."),
    401: N_("Your session has ended. Sign in again; what you typed is still on this page."),
    403: N_("Your account has no role for this. Ask your administrator if you need it."),
    404: N_("There is no page at this address."),
    405: N_("This address does not take requests of this kind."),
    413: N_("More was sent than the portal takes at once. Nothing of it was saved; send less."),
    415: N_("The portal could not understand this request. Reload the page and try again."),
}
_HEADINGS = {
    401: N_("Please sign in"),
    403: N_("Not within your role"),
    404: N_("Not found"),
    413: N_("Too large"),
    429: N_("Please wait"),
    500: N_("Something went wrong"),
}


def init_app(app: Flask) -> None:
    """Every way to say no goes through here."""
    app.register_error_handler(refusals.Refusal, answer_refusal)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(IntegrityError, answer_integrity)
    app.register_error_handler(CallbackException, answer_forged_call)
    app.register_error_handler(InvalidCallbackReturnValue, answer_mistake)
    app.register_error_handler(DependencyException, answer_missing_file)
    app.register_error_handler(Exception, answer_mistake)


def status_of(refusal: refusals.Refusal) -> int:
    """The HTTP status of a refusal; of its nearest kind for one with a name of its own."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def answer_refusal(refusal: refusals.Refusal) -> AnyResponse:
    """A refusal with its own sentence; whoever is not signed in and asks for a page is sent to the door."""
    status = status_of(refusal)
    if status == 403:
        _keep_refusal(refusal)
    if status == 401 and not _speaks_json():
        here = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(_door(here), 303)
    response = answer(status, str(refusal), refusal.details)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(max(1, round((refusal.until - clock.now()).total_seconds())))
    return response


def answer_http(error: HTTPException) -> AnyResponse:
    """What Flask itself refuses, in our words."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return answer(status, _(_SENTENCES.get(status, _SENTENCES[400])))


def answer_integrity(error: IntegrityError) -> AnyResponse:
    """The schema refused what the code let through: most often two people at the same moment."""
    current_app.logger.warning("the schema refused a write", exc_info=error)
    return answer(409, _("Somebody changed the same thing at this moment. Nothing was saved; reload and try again."))


def answer_forged_call(_error: CallbackException) -> AnyResponse:
    """A call that Dash knows for another than the one that was bound: it asks for an answer to strange components."""
    return answer(400, _(_SENTENCES[400]))


def answer_missing_file(_error: DependencyException) -> AnyResponse:
    """A file of Dash's that does not exist. Everybody may ask for one, so it is no mistake of ours and fills no log."""
    return answer(404, _(_SENTENCES[404]))


def answer_mistake(error: Exception) -> AnyResponse:
    """Our own mistake: logged with an id that the reader can name."""
    mistake = secrets.token_hex(4)
    current_app.logger.error("mistake %s at %s %s", mistake, request.method, request.path, exc_info=error)
    sentence = _("The portal made a mistake, and nothing was saved. If it happens again, report the number {id}.")
    return answer(500, sentence.format(id=mistake))


def answer(status: int, sentence: str, details: Sequence[str] = ()) -> Response:
    """The sentence and its details, as JSON for a script and as a page for a person."""
    if _speaks_json():
        response = jsonify(message=sentence, details=details) if details else jsonify(message=sentence)
    else:
        heading = _(_HEADINGS[status]) if status in _HEADINGS else _("The portal says no")
        page = render_template("refusal.html", heading=heading, sentence=sentence, details=details)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    response.cache_control.no_store = True
    return response


def _speaks_json() -> bool:
    """Dash's own endpoints are called by scripts; so is whatever prefers JSON to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.path.startswith("/_") or best == "application/json"


def _keep_refusal(refusal: refusals.Refusal) -> None:
    """A line of the audit trail, kept although the request fails: an administrator sees who knocks at which door.

    Doors are told apart by the permission that was lacking, else by what answers there: never by anything that whoever
    knocks could make up, or there would be no end of lines.
    """
    asking = login.principal()
    if asking is None:
        return
    where: dict[str, object] = {"at": request.path[:200]}
    door = request.endpoint or "nowhere"
    if door == CALLBACK_ENDPOINT:
        # The gate has read it: it is the key of a callback.
        where["callback"] = door = request.get_json()["output"][:200]
    what = refusal.permission.value if isinstance(refusal, NotPermitted) else door
    with unit_of_work(login.engine()) as session:
        audit.record_refusal(session, asking.account_id, what, clock.now(), where)


def _door(here: str) -> str:
    return "/login" if here == "/" else f"/login?{urlencode({'next': here})}"
