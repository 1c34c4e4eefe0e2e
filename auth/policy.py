"""The whole policy on one screen: which role may do what, and how far from the unit at which it is held."""

from datetime import date
from enum import StrEnum

from auth.principal import Principal
from data.kinds import Role, UnitLevel
from data.refusals import Forbidden
from data.scope import Grant, Reach, Scope
from data.wording import _


class Permission(StrEnum):
    """What a role can be allowed to do, as `resource:action`."""

    SUBMISSION_WRITE = "submission:write"
    SUBMISSION_REVIEW = "submission:review"
    RESULT_READ = "result:read"
    RESULT_COMPARE = "result:compare"
    TARGET_SET = "target:set"
    DOCUMENT_ATTACH = "document:attach"
    PUBLISHED_ENTER = "published:enter"
    GROUP_KEEP = "group:keep"
    ACCOUNT_MANAGE = "account:manage"
    AUDIT_READ = "audit:read"
    UNIT_CHANGE = "unit:change"
    # What everyone who is signed in may do: read help, keep their own password and language.
    SELF_KEEP = "self:keep"


def _cell(*reaches: Reach) -> frozenset[Reach]:
    return frozenset(reaches)


_OLD = Reach.PREDECESSORS
_READ = _cell(Reach.SUBTREE, _OLD)
_COMPARE = _cell(Reach.SUBTREE, _OLD, Reach.PEERS, Reach.ANCESTORS)
_OWN = _cell(Reach.OWN)

GRANTS: dict[Permission, dict[Role, frozenset[Reach]]] = {
    Permission.SUBMISSION_WRITE: {Role.OFFICER: _cell(Reach.OWN, _OLD, Reach.CHILDREN)},
    Permission.SUBMISSION_REVIEW: {Role.REVIEWER: _cell(Reach.CHILDREN)},
    Permission.RESULT_READ: {Role.OFFICER: _READ, Role.REVIEWER: _READ, Role.VIEWER: _READ},
    Permission.RESULT_COMPARE: {Role.OFFICER: _COMPARE, Role.REVIEWER: _COMPARE, Role.VIEWER: _COMPARE},
    Permission.TARGET_SET: {Role.REVIEWER: _cell(Reach.OWN, Reach.CHILDREN)},
    # The ministry attaches the text of any document, whoever issued it.
    Permission.DOCUMENT_ATTACH: {Role.REVIEWER: _cell(Reach.OWN, Reach.CHILDREN, _OLD, Reach.NATION)},
    Permission.PUBLISHED_ENTER: {Role.REVIEWER: _cell(Reach.NATION)},
    Permission.GROUP_KEEP: {Role.REVIEWER: _cell(Reach.OWN, Reach.CHILDREN)},
    Permission.ACCOUNT_MANAGE: {Role.ADMINISTRATOR: _cell(Reach.SUBTREE)},
    Permission.AUDIT_READ: {Role.ADMINISTRATOR: _cell(Reach.SUBTREE)},
    Permission.UNIT_CHANGE: {Role.ADMINISTRATOR: _cell(Reach.NATION)},
    Permission.SELF_KEEP: dict.fromkeys(Role, _OWN),
}


class NotPermitted(Forbidden):
    """No role of the principal carries the permission."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(_("Your account has no role for this. Ask your administrator if you need it."))
        self.permission = permission


def scope_for(principal: Principal, permission: Permission, on: date) -> Scope:
    """The part of the tree that the permission opens to the principal on a day; raises NotPermitted where none does."""
    grants = {
        Grant(held.unit_id, reaches)
        for held in principal.roles
        if held.holds_on(on) and (reaches := _reaches(permission, held.role, held.level))
    }
    if not grants:
        raise NotPermitted(permission)
    return Scope(principal.account_id, frozenset(grants))


def allows(principal: Principal, permission: Permission, on: date) -> bool:
    """Whether any role of the principal carries the permission, however far."""
    return any(
        held.holds_on(on) and _reaches(permission, held.role, held.level) for held in principal.roles
    )


def _reaches(permission: Permission, role: Role, level: UnitLevel) -> frozenset[Reach]:
    reaches = GRANTS[permission].get(role, frozenset())
    return reaches if level is UnitLevel.NATION else reaches - {Reach.NATION}
