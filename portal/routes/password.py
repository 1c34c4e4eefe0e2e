"""Everyone keeps their own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from auth import accounts, login
from auth.policy import Permission
from auth.throttle import TooMany
from callbacks import guard
from data.refusals import Invalid
from data.scope import Scope
from data.wording import _
from portal.routes.bind import bind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds the address."""
    bind(app, "/account/password", change, permission=Permission.SELF_KEEP, methods=("POST",))


def change(session: Session, scope: Scope) -> ResponseReturnValue:
    """Changes the password of who asks and keeps them signed in; every other session of the account ends."""
    asking = guard.principal()
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    try:
        if new != again:
            raise Invalid(_("The new password was not typed the same way twice."))
        stamp = accounts.change_password(login.engine(), asking, old, new, request.remote_addr or "unknown")
    except TooMany as refusal:
        return render_template("password.html", problem=str(refusal)), 429
    except Invalid as refusal:
        return render_template("password.html", problem=str(refusal)), 422
    login.enter(asking.account_id, stamp)
    return redirect("/account?said=changed", 303)
