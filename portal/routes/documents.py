"""Takes the text of a document from a reader who has it, so that the portal can quote it beside its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from data import clock
from data.refusals import Invalid
from data.scope import Scope
from data.targets.documents import attach_text
from data.wording import _
from portal.routes.bind import bind
from portal.routes.local import local_path

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds the address."""
    bind(app, "/documents/<key>", attach, permission=Permission.DOCUMENT_ATTACH, methods=("POST",), writes=True)


def attach(session: Session, scope: Scope, key: str) -> ResponseReturnValue:
    """Keeps the text that was pasted, or that of the text file sent with it, and goes back to where the reader was."""
    attach_text(session, scope, key, request.form.get("text", "") or _file(), clock.now())
    return redirect(local_path(request.form.get("next")), 303)


def _file() -> str:
    sent = request.files.get("file")
    if sent is None:
        return ""
    try:
        return sent.stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_("The file is not plain text in UTF-8. Nothing was kept; paste the text instead.")) from None
