"""Documents that people enter: the decision by which a unit sets targets, with its number and its day."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import UnitLevel
from data.numbers import format_date, format_number, in_vietnam
from data.periods import FIRST_YEAR
from data.refusals import Conflict, Invalid, NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot, hold_catalogue, renew_targets
from data.submissions.drafts import account_of
from data.submissions.typed import plain_text
from data.targets.documents import of_standing_units
from data.targets.drafts import TargetField
from data.targets.register import DocumentInfo
from data.units.tree import Unit, UnitTree
from data.wording import _

MOST_NUMBER = 60
MOST_TITLE = 400
_RANKS = {level: rank for rank, level in enumerate(UnitLevel)}
_NUMBER = re.compile(r"[0-9]{1,5}(/[0-9]{4})?[-/][0-9A-Za-zĐđ/.-]{1,50}")


def enter_document(
    session: Session, scope: Scope, issuer_key: str, number: str, issued_on: date, title: str, now: datetime
) -> str:
    """Keeps a document that the issuer issued; its key. `scope` is that of setting targets.

    Raises NotFound for an issuer for which the reader sets no targets, Invalid for a number, a day or a title that
    cannot be one, Conflict where the document is there already.
    """
    snapshot, today = hold_catalogue(session), in_vietnam(now).date()
    issuer = next((one for one in issuers_of(snapshot.tree, scope, today) if one.key == issuer_key), None)
    if issuer is None:
        raise NotFound(_("There is no such unit within your reach."))
    number, title = _tidy(number), _tidy(title)
    for _field, sentence in odd_in_document(number, issued_on, title, today):
        raise Invalid(sentence)
    if sentence := is_there_already(snapshot, issuer.id, number, issued_on):
        raise Conflict(sentence)
    taken = session.scalars(select(t.Document.key).where(t.Document.issuer_id == issuer.id)).all()
    key = f"{issuer.key}-vb-{len(taken) + 1}"
    session.add(t.Document(key=key, number=number, issued_on=issued_on, issuer_id=issuer.id, title_vi=title))
    detail: dict[str, object] = {"document": key, "number": number, "issued_on": issued_on.isoformat()}
    audit.record(session, account_of(scope), "document.enter", now, unit_id=issuer.id, detail=detail)
    renew_targets(session)
    return key


def issuers_of(tree: UnitTree, scope: Scope, today: date) -> list[Unit]:
    """The standing units that the reader sets targets for others from, the highest first."""
    held = (tree.units[grant.unit_id] for grant in scope.grants if Reach.OWN in grant.reaches)
    standing = {one.id: one for one in held if one.is_open(today)}
    return sorted(standing.values(), key=lambda unit: (_RANKS[unit.level], unit.id))


def documents_to_cite(snapshot: Snapshot, scope: Scope, unit_id: int, today: date) -> list[DocumentInfo]:
    """The documents by which the reader may set targets for the unit, the latest first; one without a date comes last.

    They were issued by the unit itself or by a unit above it, for which the reader sets targets too: nobody sets their
    own number in the name of whoever is above them.
    """
    tree = snapshot.tree
    found = [one for one in snapshot.targets.documents.values() if may_cite(tree, scope, unit_id, one.issuer_id, today)]
    return sorted(found, key=lambda one: (one.issued_on or date.min, one.id), reverse=True)


def may_cite(tree: UnitTree, scope: Scope, unit_id: int, issuer_id: int | None, today: date) -> bool:
    """Whether the reader may set targets for the unit by what the issuer has issued; from a closed unit nobody does."""
    day = tree.units[unit_id].within_life(today)
    within = of_standing_units(tree, scope, today).units(tree, day)
    if issuer_id is None or unit_id not in within or issuer_id not in within:
        return False
    return issuer_id == unit_id or issuer_id in tree.ancestors(unit_id, day)


def _tidy(text: str) -> str:
    return " ".join(normalize("NFC", plain_text(text)).split())


def _same(one: str | None, other: str) -> bool:
    return (one or "").casefold().replace(" ", "") == other.casefold().replace(" ", "")


def odd_in_document(number: str, issued_on: date, title: str, today: date) -> Iterator[tuple[TargetField, str]]:
    """What is wrong with the document's number, day and subject, each with its field."""
    number, title = _tidy(number), _tidy(title)
    if not number:
        yield TargetField.NUMBER, _("Give the document's number: a target without a document is nobody's.")
    elif len(number) > MOST_NUMBER or not _NUMBER.fullmatch(number.replace(" ", "")):
        said = _("“{number}” is no document's number: write it as 1663/QĐ-UBND.").format(number=number[:40])
        yield TargetField.NUMBER, said
    if issued_on > today:
        said = _("A document of {day} has not been issued yet.").format(day=format_date(issued_on))
        yield TargetField.ISSUED, said
    elif issued_on.year < FIRST_YEAR:
        yield TargetField.ISSUED, _("Documents are entered from {year} on.").format(year=FIRST_YEAR)
    if not any(letter.isalpha() for letter in title):
        yield TargetField.SUBJECT, _("Say what the document is about.")
    elif len(title) > MOST_TITLE:
        yield TargetField.SUBJECT, _("A title has at most {most} characters.").format(most=format_number(MOST_TITLE))


def is_there_already(snapshot: Snapshot, issuer_id: int, number: str, issued_on: date) -> str:
    """A sentence where the issuer's document of that number and day is known; empty where it is new."""
    for known in snapshot.targets.documents.values():
        if (known.issuer_id, known.issued_on) == (issuer_id, issued_on) and _same(known.number, _tidy(number)):
            return _("{number} of {day} is there already: choose it from the list.").format(
                number=known.number, day=format_date(issued_on)
            )
    return ""
