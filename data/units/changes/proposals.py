"""People follow their unit: the same role at its successor is proposed, and whoever keeps accounts there decides.

Nobody's reach grows by a change of units alone, and nobody loses the reading of what their unit was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.clock import HERE
from data.kinds import ProposalStatus, Role
from data.refusals import Conflict, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot, share_catalogue
from data.units.tree import Unit, UnitTree
from data.wording import _


@dataclass(frozen=True, slots=True)
class RoleToFollow:
    """A role held at a unit that closes, and the unit that takes most of it over; None where nothing does."""

    account_id: int
    username: str
    name: str
    role: Role
    unit: Unit
    successor: Unit | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role that waits to be given at the successor from a day on."""

    id: int
    username: str
    name: str
    role: Role
    unit: Unit
    successor: Unit
    from_on: date


def roles_to_follow(session: Session, tree: UnitTree, closed: Collection[int], on: date) -> list[RoleToFollow]:
    """The roles that are held at these units on the day on which they stand no more, by unit and name."""
    held, account = t.AccountRole, t.Account
    rows = session.execute(
        select(account.id, account.username, account.display_name, held.role, held.unit_id)
        .join(held, held.account_id == account.id)
        .where(account.closed_at.is_(None), or_(held.to_on.is_(None), held.to_on >= on))
        .order_by(held.unit_id, account.display_name, account.id, held.role)
    )
    found = []
    for account_id, username, name, role, unit_id in rows:
        if unit_id in closed:
            heir = tree.main_successor(unit_id)
            successor = None if heir is None else tree.units[heir]
            found.append(RoleToFollow(account_id, username, name, role, tree.units[unit_id], successor))
    return found


def propose(session: Session, tree: UnitTree, change_set_id: int, closed: Collection[int], on: date) -> int:
    """Writes a proposal for each role at these units that is not held at the successor already; how many."""
    have = {
        (row.account_id, row.unit_id, row.role)
        for row in session.execute(
            select(t.AccountRole.account_id, t.AccountRole.unit_id, t.AccountRole.role).where(
                or_(t.AccountRole.to_on.is_(None), t.AccountRole.to_on >= on)
            )
        )
    }
    count = 0
    for one in roles_to_follow(session, tree, closed, on):
        if one.successor is not None and (one.account_id, one.successor.id, one.role) not in have:
            session.add(
                t.RoleProposal(
                    change_set_id=change_set_id, account_id=one.account_id, role=one.role, closed_unit_id=one.unit.id,
                    unit_id=one.successor.id, from_on=on, status=ProposalStatus.OPEN,
                )
            )  # fmt: skip
            count += 1
    session.flush()
    return count


def withdraw_with_role(session: Session, account_id: int, role: Role, unit_id: int) -> list[int]:
    """The role at that unit has ended: what waited to follow from it waits no more; the numbers of these proposals."""
    p = t.RoleProposal
    _lock_account(session, account_id)
    return _numbers(_withdraw(session, p.account_id == account_id, p.role == role, p.closed_unit_id == unit_id))


def withdraw_with_account(session: Session, account_id: int) -> list[int]:
    """The account has closed: nothing waits for it any more; the numbers of the proposals that did."""
    _lock_account(session, account_id)
    return _numbers(_withdraw(session, t.RoleProposal.account_id == account_id))


def withdraw_with_change(session: Session, change_set_id: int) -> list[int]:
    """The change never was in force: nothing follows from it; the numbers of the proposals that waited."""
    return _numbers(_withdraw(session, t.RoleProposal.change_set_id == change_set_id))


def bring_back(
    session: Session, tree: UnitTree, change_set_id: int, undoes_id: int, returned: Mapping[int, int], on: date
) -> list[int]:
    """A change is taken back from a day on: who still waited because of it waits for a role at what comes back.

    `change_set_id` takes back `undoes_id`, `returned` maps the units that this one closed to those that come back for
    them, and `tree` is that of after. Answers the numbers of the proposals that are withdrawn.
    """
    old = _withdraw(session, t.RoleProposal.change_set_id == undoes_id)
    for one in old:
        # What was itself proposed by taking a change back rests on a unit that closed earlier, and follows its own.
        unit_id = returned.get(one.closed_unit_id) or tree.main_successor(one.unit_id)
        account = session.get_one(t.Account, one.account_id)
        if unit_id is not None and account.closed_at is None:
            session.add(
                t.RoleProposal(
                    change_set_id=change_set_id, account_id=one.account_id, role=one.role,
                    closed_unit_id=one.closed_unit_id, unit_id=unit_id, from_on=on, status=ProposalStatus.OPEN,
                )
            )  # fmt: skip
    session.flush()
    return _numbers(old)


def _withdraw(session: Session, *which: ColumnElement[bool]) -> list[t.RoleProposal]:
    p = t.RoleProposal
    query = select(p).where(p.status == ProposalStatus.OPEN, *which).order_by(p.id)
    rows = list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))
    for row in rows:
        row.status = ProposalStatus.WITHDRAWN
    session.flush()
    return rows


def _numbers(rows: Collection[t.RoleProposal]) -> list[int]:
    return [row.id for row in rows]


def _lock_account(session: Session, account_id: int) -> t.Account:
    # Before its proposals, always: whoever ends, closes and decides takes the same turns.
    query = select(t.Account).where(t.Account.id == account_id).with_for_update(key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def list_proposals(session: Session, scope: Scope, today: date) -> list[Proposal]:
    """The proposals that wait for whoever asks, the oldest first. The scope is that of keeping accounts."""
    tree = get_snapshot(session).tree
    p, account = t.RoleProposal, t.Account
    rows = session.execute(
        select(p.id, account.username, account.display_name, p.role, p.closed_unit_id, p.unit_id, p.from_on)
        .join(account, account.id == p.account_id)
        .where(p.status == ProposalStatus.OPEN, account.closed_at.is_(None))
        .order_by(p.from_on, p.id)
    )
    return [
        Proposal(number, username, name, role, tree.units[closed], tree.units[unit], from_on)
        for number, username, name, role, closed, unit, from_on in rows
        if unit in tree.units and scope.covers(tree, unit, today)
    ]


def decide_proposal(session: Session, scope: Scope, proposal_id: int, *, accept: bool, now: datetime) -> Proposal:
    """Gives the role at the successor, or lets it be. The scope is that of keeping accounts.

    Raises NotFound where there is no such proposal within it, Conflict where it is decided or withdrawn already, and
    where a role cannot be given because its account or its unit is closed.
    """
    tree = share_catalogue(session).tree
    account_id = session.scalar(select(t.RoleProposal.account_id).where(t.RoleProposal.id == proposal_id))
    account = None if account_id is None else _lock_account(session, account_id)
    row = session.scalar(
        select(t.RoleProposal)
        .where(t.RoleProposal.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    today = now.astimezone(HERE).date()
    if account is None or row is None or row.unit_id not in tree.units or not scope.covers(tree, row.unit_id, today):
        raise NotFound(_("There is no such proposal within your reach."))
    if row.status is not ProposalStatus.OPEN:
        raise Conflict(_("This proposal is decided already. Nothing was changed."))
    if accept:
        _refuse_closed(account, tree.units[row.unit_id], today)
    row.status = ProposalStatus.ACCEPTED if accept else ProposalStatus.DECLINED
    row.decided_at, row.decided_by_id = now, scope.account_id
    if accept:
        _give(session, row)
    detail: dict[str, object] = {"username": account.username, "role": row.role.value, "proposal": row.id}
    action = "account:follow_unit" if accept else "account:decline_proposal"
    audit.record(session, scope.account_id, action, now, unit_id=row.unit_id, detail=detail)
    session.flush()
    units = tree.units
    return Proposal(
        row.id, account.username, account.display_name, row.role, units[row.closed_unit_id], units[row.unit_id],
        row.from_on,
    )  # fmt: skip


def _refuse_closed(account: t.Account, unit: Unit, today: date) -> None:
    if account.closed_at is not None:
        raise Conflict(_("This account is closed, so no role can be given to it. Nothing was changed."))
    if unit.closed_on is not None and unit.closed_on <= today:
        raise Conflict(_("The unit is closed, so no role can be given there. Nothing was changed."))


def _give(session: Session, row: t.RoleProposal) -> None:
    held = session.get(t.AccountRole, (row.account_id, row.unit_id, row.role))
    if held is None:
        session.add(
            t.AccountRole(account_id=row.account_id, unit_id=row.unit_id, role=row.role, from_on=row.from_on)
        )
    else:
        held.from_on, held.to_on = min(held.from_on, row.from_on), None
