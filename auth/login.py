"""The outermost door: whoever is not signed in reaches nothing but what is named here.

A session is a signed cookie that holds an account's id and stamp and the session's own key. Each request looks the
account up again together with the session, in one query, so that a closed account, an ended role, a changed password
or having signed out takes effect at once. Signing out ends this one session: an account at two desks, or at a machine
that officers share, is signed out where somebody did so and nowhere else.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app, g, has_request_context, request
from flask import session as cookie  # noqa: TID251  (this is auth: the one place that may)
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import Engine

from auth.accounts import begin_session, end_session, find_principal
from auth.principal import Principal
from data.accounts.read import AccountInfo
from data.refusals import Refusal
from data.wording import Language, _, set_language

IDLE = timedelta(hours=8)
LANGUAGE_COOKIE = "language"
ENGINE = "portal_engine"

# Endpoints that need no account: the door itself, whether the portal lives, and files that are the same for everyone.
OPEN_ENDPOINTS = frozenset(
    {
        "sign_in.form",
        "sign_in.enter",
        "sign_in.leave",
        "language.choose",
        "health.answer",
        "bootstrap.static",
        "_dash_assets.static",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "/_favicon.ico",
    }
)


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""

    def __init__(self) -> None:
        super().__init__(_("Your session has ended. Sign in again; what you typed is still on this page."))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What Flask-Login keeps of a session: the principal, the stamp with which it signed in, and the session's key."""

    principal: Principal
    stamp: str
    key: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return f"{self.principal.account_id}.{self.stamp}.{self.key}"


def init_app(app: Flask) -> None:
    """Puts the door in front of every endpoint, those to come included."""
    app.config.update(PERMANENT_SESSION_LIFETIME=IDLE, SESSION_REFRESH_EACH_REQUEST=True)
    manager = LoginManager()
    # The cookie is signed and short-lived; binding it to an address would sign out officers whose line changes theirs.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    app.before_request(_admit)


def engine() -> Engine:
    """The engine of the running application."""
    found: Engine = current_app.extensions[ENGINE]
    return found


def principal() -> Principal | None:
    """Who asks, or None where nobody is signed in (or there is no request). Looked up once per request."""
    if not has_request_context():
        return None
    signed_in = _signed_in()
    return signed_in.principal if signed_in is not None else None


def is_known() -> bool:
    """Whether this request has already found out that somebody is signed in; asks the database nothing."""
    return isinstance(g.get("_login_user"), SignedIn)


def enter(account_id: int, stamp: str) -> None:
    """Begins a session for an account. Whatever session the browser's cookie held before is over."""
    _end()
    found = _load(f"{account_id}.{stamp}.{begin_session(engine(), account_id)}")
    if found is None:
        raise SignInNeeded
    cookie.clear()
    cookie.permanent = True
    login_user(found)
    g.pop("csrf_token", None)


def enter_account(account: AccountInfo) -> None:
    """Begins a session for the account that has just signed in."""
    enter(account.id, account.session_stamp)


def leave() -> None:
    """Ends the session, in the browser and on the server."""
    _end()
    logout_user()
    cookie.clear()
    g.pop("csrf_token", None)


def _end() -> None:
    signed_in = _signed_in()
    if signed_in is not None:
        end_session(engine(), signed_in.key)


def _load(identity: str) -> SignedIn | None:
    account_id, _dot, rest = identity.partition(".")
    stamp, _dot, key = rest.partition(".")
    if not account_id.isdecimal():
        return None
    found = find_principal(engine(), int(account_id), stamp, key)
    return SignedIn(found, stamp, key) if found is not None else None


def _signed_in() -> SignedIn | None:
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def _admit() -> None:
    """Default deny: an endpoint that is not named above needs a session, even if it does not exist."""
    set_language(_cookie_language())
    if request.endpoint in OPEN_ENDPOINTS:
        return
    found = principal()
    if found is None:
        raise SignInNeeded
    set_language(Language(found.language))


def _cookie_language() -> Language:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return Language.EN if chosen == Language.EN else Language.VI
