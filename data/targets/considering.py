"""A form as it stands: what is wrong with it, field by field, and what would become of it; and entering it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from data.numbers import in_vietnam, parse_date
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.typed import plain_text
from data.targets.admitting import Ready, check_draft
from data.targets.candidate import Candidate, candidate_of
from data.targets.documents_entered import enter_document, is_there_already, issuers_of, may_cite, odd_in_document
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField, TargetProblem
from data.targets.entering import correct_target, enter_targets
from data.targets.register import DocumentInfo, TargetInfo
from data.targets.typed import Typed, fields_with_problems, read_typed
from data.wording import _

# In place of a document's key: one that is entered with the target. No key has a space.
NEW = "a new one"
# What may still be wrong where the number can be read aloud already.
_BESIDE_THE_NUMBER = frozenset(
    {TargetField.DOCUMENT, TargetField.NUMBER, TargetField.ISSUED, TargetField.SUBJECT, TargetField.PLAN_KIND,
     TargetField.CLAUSE, TargetField.PRINTED, TargetField.REASON}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """The document as it was chosen, or typed where `key` is NEW; the issuer by its key."""

    key: str = ""
    issuer: str = ""
    number: str = ""
    issued: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """`problems` by field, in the order of the form. `candidate` is None where the number cannot be read yet;
    `settled` says that its document is known, so that what it meets can be told.
    """

    problems: dict[TargetField, str]
    draft: TargetDraft | None
    candidate: Candidate | None
    settled: bool


def consider(
    session: Session,
    scope: Scope,
    seeing: Scope,
    typed: Typed,
    paper: Paper,
    now: datetime,
    instead_of: TargetInfo | None = None,
) -> Considered:
    """What is wrong with the form and what would become of it. `scope` is that of setting targets, `seeing` that of
    comparing; `instead_of` is the target that it corrects.
    """
    snapshot, today = get_snapshot(session), in_vietnam(now).date()
    draft, wrong = read_typed(typed)
    document, odd = _document(snapshot, scope, paper, today)
    ready: Ready | None = None
    if not paper.key:
        said = _("Name the document that sets it: one of the unit, or of a unit above it.")
        wrong.append((TargetField.DOCUMENT, said))
    if not typed.unit:
        wrong.append((TargetField.UNIT, _("Choose the unit.")))
    if draft is not None:
        citable = partial(_for_unit, snapshot, scope, document, today)
        ready, more = check_draft(snapshot, scope, citable, draft, today, instead_of)
        # What is odd about a document in hand is said at its own fields.
        wrong += [one for one in more if one[0] is not TargetField.DOCUMENT or document is not None or not odd]
    found = dict(fields_with_problems(iter([*wrong, *odd])))
    problems = {field: found[field] for field in TargetField if field in found}
    candidate = None
    settled = document is not None and TargetField.DOCUMENT not in problems
    if ready is not None and not set(problems) - _BESIDE_THE_NUMBER:
        by = document if document is not None and settled else _unknown(today)
        candidate = candidate_of(session, snapshot, seeing, ready, by, today, instead_of)
    return Considered(problems, draft, candidate, settled)


def enter_typed(
    session: Session,
    scope: Scope,
    seeing: Scope,
    typed: Typed,
    paper: Paper,
    now: datetime,
    instead_of: TargetInfo | None = None,
    reason: str = "",
) -> str:
    """Enters the target, and its document where that is new; the target's key. With `instead_of` it corrects that one.

    Raises RefusedTargets with all that is wrong, and what `enter_document`, `enter_targets` and `correct_target` raise.
    """
    considered = consider(session, scope, seeing, typed, paper, now, instead_of)
    problems = dict(considered.problems)
    if instead_of is not None and not is_reason(reason):
        problems[TargetField.REASON] = _("Say why: whoever reads the history will ask.")
    if problems or considered.draft is None:
        raise RefusedTargets([TargetProblem(0, field, sentence) for field, sentence in problems.items()])
    key = paper.key
    if key == NEW:
        issued_on = parse_date(paper.issued)
        key = enter_document(session, scope, paper.issuer, paper.number, issued_on, paper.subject, now)
    if instead_of is not None:
        return correct_target(session, scope, instead_of.key, key, considered.draft, reason, now)
    (made,) = enter_targets(session, scope, key, [considered.draft], now)
    return made


def is_reason(text: str) -> bool:
    """Whether it says anything."""
    return any(letter.isalpha() for letter in plain_text(text))


def fixed(typed: Typed, target: TargetInfo, unit: str, definition: str) -> Typed:
    """What was typed about that target: its unit, definition and year are not for the form to change."""
    return replace(typed, unit=unit, definition=definition, year=str(target.year))


def _document(
    snapshot: Snapshot, scope: Scope, paper: Paper, today: date
) -> tuple[DocumentInfo | None, list[tuple[TargetField, str]]]:
    """The document that was chosen, or the one that was typed, and what is wrong with that."""
    if paper.key != NEW:
        found = (one for one in snapshot.targets.documents.values() if one.key == paper.key)
        return next(found, None), []
    try:
        issued_on = parse_date(paper.issued)
    except ValueError:
        day = _("Give the document's day: write it as 05/12/2025.")
        odd = list(odd_in_document(paper.number, today, paper.subject, today))
        return None, [*odd, (TargetField.ISSUED, day)]
    odd = list(odd_in_document(paper.number, issued_on, paper.subject, today))
    issuer = next((one for one in issuers_of(snapshot.tree, scope, today) if one.key == paper.issuer), None)
    if issuer is None:
        return None, [*odd, (TargetField.DOCUMENT, _("Say who issued the document."))]
    if not odd and (there := is_there_already(snapshot, issuer.id, paper.number, issued_on)):
        odd = [(TargetField.NUMBER, there)]
    known = DocumentInfo(
        0, "", plain_text(paper.number) or None, issued_on, issuer.id, plain_text(paper.subject), None, None, None, None
    )
    return (None if odd else known), odd


def _for_unit(
    snapshot: Snapshot, scope: Scope, document: DocumentInfo | None, today: date, unit_id: int
) -> DocumentInfo | None:
    if document is None or not may_cite(snapshot.tree, scope, unit_id, document.issuer_id, today):
        return None
    return document


def _unknown(today: date) -> DocumentInfo:
    """Stands for the document that has not been chosen yet."""
    return DocumentInfo(0, "", None, today, None, "", None, None, None, None)
