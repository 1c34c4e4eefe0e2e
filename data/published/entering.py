"""Entering published values: all of a list or none, each with its line of audit; correcting, withdrawing.

What was entered is never altered. A final value is entered beside the preliminary one and goes before it; a slip of
the pen is corrected by a row that names the one it corrects. Both leave what was there before to be read.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import Standing
from data.numbers import in_vietnam
from data.published.admitting import Ready, admit
from data.published.drafts import PublishedDraft
from data.published.kept import KeptValue, get_value, is_keeper, list_kept, tidy
from data.refusals import Conflict, Invalid, NotFound, TooLarge
from data.scope import Scope
from data.snapshot import Snapshot, hold_catalogue, renew_targets
from data.submissions.drafts import account_of
from data.submissions.typed import MOST_REASON, plain_text
from data.wording import _

MOST_VALUES = 10_000


class Entered(NamedTuple):
    """The ids of the values that were kept, in order, and how many were left out since they stood already."""

    ids: tuple[int, ...]
    known: int


def enter_values(
    session: Session, scope: Scope, drafts: Sequence[PublishedDraft], now: datetime, *, skip_known: bool = False
) -> Entered:
    """Keeps them. `scope` is that of entering published values; with `skip_known` repeated ones are left out.

    Raises RefusedValues, with every problem of every draft, Invalid where there is nothing to keep, TooLarge beyond
    `MOST_VALUES`, NotFound where the scope is not the ministry's.
    """
    if not drafts:
        raise Invalid(_("There is nothing to keep: give at least one value."))
    if len(drafts) > MOST_VALUES:
        raise TooLarge(_("These are too many values at a time. Nothing was kept."))
    snapshot = _hold(session, scope)
    standing, today = list_kept(session, scope, snapshot), in_vietnam(now).date()
    admitted = admit(snapshot, scope, drafts, standing, today, skip_known=skip_known)
    if not admitted.ready:
        return Entered((), admitted.known)
    ids = _write(session, snapshot, admitted.ready, account_of(scope), now)
    renew_targets(session)
    return Entered(ids, admitted.known)


def check_values(session: Session, scope: Scope, drafts: Sequence[PublishedDraft], now: datetime) -> None:
    """Raises what `enter_values` with `skip_known` would raise for the drafts, and keeps nothing."""
    snapshot = _hold(session, scope)
    admit(
        snapshot, scope, drafts, list_kept(session, scope, snapshot), in_vietnam(now).date(), skip_known=True
    )


def correct_value(
    session: Session, scope: Scope, value_id: int, draft: PublishedDraft, reason: str, now: datetime
) -> int:
    """Puts another in the place of a value that was entered wrongly; the id of the new one.

    Raises NotFound for one that is not there, Conflict for one that is withdrawn already, RefusedValues, and Invalid
    without a reason or where nothing would change.
    """
    snapshot = _hold(session, scope)
    value = _standing(session, scope, snapshot, value_id)
    reason = _reason(reason)
    if (draft.unit or draft.group, draft.definition, draft.period) != (
        value.place_key, value.definition.key, value.period,
    ):  # fmt: skip
        raise Invalid(_("A correction keeps unit, indicator and period: withdraw the value and enter another one."))
    others = [one for one in list_kept(session, scope, snapshot) if one.id != value.id]
    ready = admit(snapshot, scope, [draft], others, in_vietnam(now).date()).ready
    if _says(draft) == _says_kept(value):
        raise Invalid(_("Nothing would change: the value stands like this already."))
    _withdraw(session, value, now)
    (new,) = _write(session, snapshot, ready, account_of(scope), now, value, reason)
    renew_targets(session)
    return new


def withdraw_value(session: Session, scope: Scope, value_id: int, reason: str, now: datetime) -> None:
    """Takes back a value that should not have been entered; it stays readable. Raises as `correct_value` does."""
    snapshot = _hold(session, scope)
    value = _standing(session, scope, snapshot, value_id)
    reason = _reason(reason)
    _withdraw(session, value, now)
    unit_id = snapshot.tree.nation_id if value.unit is None else value.unit.id
    detail: dict[str, object] = {"published": value.id, "definition": value.definition.key, "period": value.period}
    audit.record(session, account_of(scope), "published.withdraw", now, unit_id=unit_id, reason=reason, detail=detail)
    renew_targets(session)


def _hold(session: Session, scope: Scope) -> Snapshot:
    """The reference facts, while nobody else changes them; NotFound for whoever keeps no published values."""
    if not is_keeper(scope):
        raise NotFound(_("There is no such published value within your reach."))
    return hold_catalogue(session)


def _standing(session: Session, scope: Scope, snapshot: Snapshot, value_id: int) -> KeptValue:
    value = get_value(session, scope, snapshot, value_id)
    if value.withdrawn_at is not None:
        raise Conflict(_("This value was corrected or withdrawn already. Nothing was changed; open the page again."))
    return value


def _write(
    session: Session,
    snapshot: Snapshot,
    ready: Sequence[Ready],
    account_id: int,
    now: datetime,
    corrects: KeptValue | None = None,
    reason: str | None = None,
) -> tuple[int, ...]:
    rows = [_row(one, None if corrects is None else corrects.id) for one in ready]
    session.add_all(rows)
    session.flush()
    for one, row in zip(ready, rows, strict=True):
        detail: dict[str, object] = {
            "published": row.id, "definition": one.definition.key, "period": row.period, "value": row.value,
        }  # fmt: skip
        if one.group is not None:
            detail["group"] = one.group.key
        if corrects is not None:
            detail["corrects"] = corrects.id
        action = "published.enter" if corrects is None else "published.correct"
        # A region is no unit: what is done with its values stands with the country's.
        unit_id = snapshot.tree.nation_id if one.unit is None else one.unit.id
        audit.record(session, account_id, action, now, unit_id=unit_id, reason=reason, detail=detail)
    return tuple(row.id for row in rows)


def _row(one: Ready, corrects_id: int | None) -> t.PublishedResult:
    draft = one.draft
    return t.PublishedResult(
        definition_id=one.definition.id,
        unit_id=None if one.unit is None else one.unit.id,
        group_id=None if one.group is None else one.group.id,
        period=draft.period,
        value=draft.value,
        preliminary=draft.standing is Standing.PRELIMINARY,
        geographic_basis=draft.basis.value if draft.basis else "",
        source=draft.source,
        confidence=draft.confidence,
        note=draft.note or None,
        corrects_id=corrects_id,
    )


def _says(draft: PublishedDraft) -> tuple[object, ...]:
    basis = draft.basis.value if draft.basis else ""
    return draft.value, draft.standing, basis, draft.source, draft.confidence, draft.note


def _says_kept(value: KeptValue) -> tuple[object, ...]:
    return value.said, value.standing, value.basis, tidy(value.source), value.confidence, tidy(value.note)


def _withdraw(session: Session, value: KeptValue, now: datetime) -> None:
    session.execute(update(t.PublishedResult).where(t.PublishedResult.id == value.id).values(withdrawn_at=now))


def _reason(text: str) -> str:
    reason = plain_text(text)[:MOST_REASON]
    if not any(letter.isalpha() for letter in reason):
        raise Invalid(_("Say why: whoever reads the history will ask."))
    return reason
