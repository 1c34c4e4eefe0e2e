"""Setting targets: all of a list or none, each by a document, each with its line of audit; correcting, withdrawing.

What was set is never altered. A plan that changes during the year is another target by a later document, which the
rule puts in force; a slip of the pen is corrected by a row that names the one it corrects. Both leave what was there
before to be read.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.judging.operators import CHANGES
from data.kinds import Confidence, PlanKind
from data.numbers import in_vietnam
from data.refusals import Conflict, Forbidden, Invalid, NotFound, TooLarge
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot, hold_catalogue, renew_targets
from data.submissions.drafts import account_of
from data.submissions.typed import MOST_REASON, plain_text
from data.targets.admitting import Ready, check_targets
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField, TargetProblem
from data.targets.judged import has_judged
from data.targets.phrasing import printed_number, wordings
from data.targets.register import DocumentInfo, TargetInfo, holding, rivals
from data.targets.versions import CORRECT, ENTER, WITHDRAW
from data.wording import _

MOST_TARGETS = 20_000
# What a unit above sets for a unit, and not merely proposes.
_GIVEN = frozenset({PlanKind.ASSIGNED, PlanKind.ADJUSTED})


def enter_targets(
    session: Session, scope: Scope, document_key: str, drafts: Sequence[TargetDraft], now: datetime
) -> tuple[str, ...]:
    """Sets them by that document; their keys, in order. `scope` is that of setting targets.

    Raises RefusedTargets, with every problem of every draft, Invalid where there is nothing to set, TooLarge beyond
    `MOST_TARGETS`.
    """
    if not drafts:
        raise Invalid(_("There is nothing to set: type at least one number."))
    if len(drafts) > MOST_TARGETS:
        raise TooLarge(_("These are too many targets at a time. Nothing was kept."))
    snapshot = hold_catalogue(session)
    ready = check_targets(snapshot, scope, document_key, drafts, in_vietnam(now).date())
    document = _document(snapshot, document_key)
    _refuse_second_plans(session, snapshot, ready, document)
    keys = _write(session, ready, document, account_of(scope), now)
    renew_targets(session)
    return keys


def _refuse_second_plans(session: Session, snapshot: Snapshot, ready: Sequence[Ready], document: DocumentInfo) -> None:
    """Nothing takes the place of what has judged without saying so."""
    problems = []
    for place, one in enumerate(ready):
        before = [
            each
            for each in snapshot.targets.about(one.definition.id, one.unit.id, one.draft.year)
            if each.plan_kind is not PlanKind.RESTATED
        ]
        sentence = _second_plan(one, before, document)
        if sentence and has_judged(session, snapshot, before[0]):
            problems.append(TargetProblem(place, TargetField.PLAN_KIND, sentence))
    if problems:
        raise RefusedTargets(problems)


def _second_plan(one: Ready, before: list[TargetInfo], document: DocumentInfo) -> str:
    """Why the target cannot follow those, once they have judged: of the issuer's own it is an adjustment, and says so;
    of what a unit above has handed down it is nothing that the unit itself has issued, as a plan of whichever kind.
    """
    new, judging = info_of_draft(one, 0, "", document), rivals(holding(before))
    given = len(judging) == 1 and judging[0].document.issuer_id != one.unit.id and judging[0].plan_kind in _GIVEN
    if given and document.issuer_id == one.unit.id and rivals(holding([*before, new])) != judging:
        return _("Approved results have been judged already by what a unit above has set: only that unit adjusts it.")
    own = any(
        each.document.issuer_id == document.issuer_id
        and each.horizon is new.horizon
        and (each.operator in CHANGES) is (new.operator in CHANGES)
        and not each.is_by_zone
        for each in before
    )
    if own and one.draft.plan_kind is not PlanKind.ADJUSTED:
        return _("Approved results have been judged already by what was set: what changes it is an adjustment.")
    return ""


def correct_target(
    session: Session, scope: Scope, key: str, document_key: str, draft: TargetDraft, reason: str, now: datetime
) -> str:
    """Puts another in the place of a target that was entered wrongly; the key of the new one.

    Raises NotFound for a target for whose unit the reader sets none, Conflict where it has judged approved results
    (then a later document adjusts it), RefusedTargets, and Invalid without a reason.
    """
    snapshot = hold_catalogue(session)
    target = find_changeable(session, scope, key, now)
    reason = _reason(reason)
    unit, definition = snapshot.tree.units[target.unit_id], snapshot.catalogue.definitions[target.definition_id]
    if (draft.unit, draft.definition, draft.year) != (unit.key, definition.key, target.year):
        raise Invalid(_("A correction keeps unit, indicator and year: withdraw the target and set another one."))
    ready = check_targets(snapshot, scope, document_key, [draft], in_vietnam(now).date(), target)
    _withdraw(session, target, now)
    document = _document(snapshot, document_key)
    (new,) = _write(session, ready, document, account_of(scope), now, corrects=target, reason=reason)
    renew_targets(session)
    return new


def withdraw_target(session: Session, scope: Scope, key: str, reason: str, now: datetime) -> None:
    """Takes back a target that should not have been entered; it stays readable. Raises as `correct_target` does."""
    hold_catalogue(session)
    target = find_changeable(session, scope, key, now)
    reason = _reason(reason)
    _withdraw(session, target, now)
    detail: dict[str, object] = {"target": target.key}
    audit.record(session, account_of(scope), WITHDRAW, now, unit_id=target.unit_id, reason=reason, detail=detail)
    renew_targets(session)


def _document(snapshot: Snapshot, key: str) -> DocumentInfo:
    return next(one for one in snapshot.targets.documents.values() if one.key == key)


def _write(
    session: Session,
    ready: Sequence[Ready],
    document: DocumentInfo,
    account_id: int,
    now: datetime,
    corrects: TargetInfo | None = None,
    reason: str | None = None,
) -> tuple[str, ...]:
    keys = _free_keys(session, ready)
    corrects_id = None if corrects is None else corrects.id
    session.add_all(_row(one, key, document, corrects_id) for one, key in zip(ready, keys, strict=True))
    session.flush()
    for one, key in zip(ready, keys, strict=True):
        detail: dict[str, object] = {"target": key, "document": document.key}
        if corrects is not None:
            detail["corrects"] = corrects.key
        action = ENTER if corrects is None else CORRECT
        audit.record(session, account_id, action, now, unit_id=one.unit.id, reason=reason, detail=detail)
    return keys


def _row(one: Ready, key: str, document: DocumentInfo, corrects_id: int | None) -> t.Target:
    return t.Target(**_values(one), key=key, document_id=document.id, corrects_id=corrects_id)


def info_of_draft(one: Ready, target_id: int, key: str, document: DocumentInfo) -> TargetInfo:
    """The target that the draft becomes, before it is one."""
    return TargetInfo(
        **_values(one), id=target_id, key=key, document=document, restates_id=None, zone_key=None, source=None,
        note_vi=None, note_en=None,
    )  # fmt: skip


def _values(one: Ready) -> dict[str, Any]:
    draft = one.draft
    vietnamese, english = wordings(draft, one.definition)
    return {
        "definition_id": one.definition.id,
        "unit_id": one.unit.id,
        "year": draft.year,
        "operator": draft.operator,
        "direction": draft.direction,
        "low": draft.low,
        "high": draft.high,
        "baseline_year": draft.baseline_year,
        "baseline_value": draft.baseline_value,
        "ambiguous": draft.ambiguous,
        "plan_kind": draft.plan_kind,
        "horizon": draft.horizon,
        "clause": plain_text(draft.clause) or None,
        "as_printed": plain_text(draft.as_printed) or printed_number(draft, one.definition),
        "wording_vi": vietnamese,
        "wording_en": english,
        "confidence": Confidence.HIGH,
    }


def _free_keys(session: Session, ready: Sequence[Ready]) -> tuple[str, ...]:
    """`p04-srb-2026`, and with a number after it where that is taken, by a withdrawn one too."""
    wanted = [f"{one.unit.key}-{one.definition.key}-{one.draft.year}" for one in ready]
    units = {one.unit.id for one in ready}
    taken = set(session.scalars(select(t.Target.key).where(t.Target.unit_id.in_(units))))
    keys = []
    for stem in wanted:
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key)
        keys.append(key)
    return tuple(keys)


def find_changeable(session: Session, scope: Scope, key: str, now: datetime) -> TargetInfo:
    """The target that the reader may correct or withdraw.

    Raises NotFound for one for whose unit the reader sets none, Forbidden for one of a document that others issued,
    for a fertility zone or repeating another, Conflict where it has judged approved results.
    """
    snapshot, today = get_snapshot(session), in_vietnam(now).date()
    target = find_set(snapshot, scope, key, today)
    if target.is_by_zone:
        # What would stand in its place has no zone, and so would be asked of everybody.
        raise Forbidden(_("Numbers by fertility zone are set for the whole country and not entered here."))
    if target.plan_kind is PlanKind.RESTATED:
        raise Forbidden(_("A target that repeats another is not corrected here: what it repeats is."))
    if target.document.issuer_id not in scope.units(snapshot.tree, today):
        raise Forbidden(_("Only who issued the document corrects what it sets."))
    if has_judged(session, snapshot, target):
        raise Conflict(
            _(
                "Approved results of {year} have been judged by this target already. It stays as it is: enter what a "
                "later document adjusts."
            ).format(year=target.year)
        )
    return target


def find_set(snapshot: Snapshot, scope: Scope, key: str, today: date) -> TargetInfo:
    """The standing target of a unit for which the reader sets targets; NotFound, the same for absent and beyond."""
    target = snapshot.targets.find(key)
    if target is None or not scope.covers(snapshot.tree, target.unit_id, min(date(target.year, 12, 31), today)):
        raise NotFound(_("There is no such target within your reach."))
    return target


def _withdraw(session: Session, target: TargetInfo, now: datetime) -> None:
    session.execute(update(t.Target).where(t.Target.id == target.id).values(withdrawn_at=now))


def _reason(text: str) -> str:
    reason = plain_text(text)[:MOST_REASON]
    if not any(letter.isalpha() for letter in reason):
        raise Invalid(_("Say why: whoever reads the history will ask."))
    return reason
