"""The help page: what the portal itself knows about its rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from auth.policy import GRANTS, Permission
from data.scope import Scope
from data.snapshot import get_snapshot
from data.wording import N_, _
from layouts import help as help_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAMES = {
    Permission.SUBMISSION_WRITE: N_("Fill in and send reports"),
    Permission.SUBMISSION_REVIEW: N_("Approve or return reports"),
    Permission.RESULT_READ: N_("Read results that were sent"),
    Permission.RESULT_COMPARE: N_("Compare and download approved results"),
    Permission.TARGET_SET: N_("Set targets"),
    Permission.DOCUMENT_ATTACH: N_("Attach the text of a document"),
    Permission.PUBLISHED_ENTER: N_("Enter published results"),
    Permission.GROUP_KEEP: N_("Keep groups, due dates and locks"),
    Permission.ACCOUNT_MANAGE: N_("Keep accounts"),
    Permission.AUDIT_READ: N_("Read who did what"),
    Permission.UNIT_CHANGE: N_("Change units and the catalogue"),
    Permission.SELF_KEEP: N_("Keep one's own password and language"),
}


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """The policy as it is in force, the signs, how numbers are typed, who approves whom."""
    rows = [help_.PolicyRow(_(NAMES[permission]), cells) for permission, cells in GRANTS.items()]
    return help_.view(rows, get_snapshot(session).illustrative)
