"""Documents that people enter: the decision by which a unit sets targets, with its number and its day."""

import re
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
    _refuse_odd(number, issued_on, title, today)
    for known in snapshot.targets.documents.values():
        if (known.issuer_id, known.issued_on) == (issuer.id, issued_on) and _same(known.number, number):
            raise Conflict(
                _("{number} of {day} is there already: choose it from the list.").format(
                    number=known.number, day=format_date(issued_on)
                )
            )
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
    day = tree.units[unit_id].within_life(today)
    within = scope.units(tree, day)
    if unit_id not in within:
        return []
    issuers = within & {unit_id, *tree.ancestors(unit_id, day)}
    found = [one for one in snapshot.targets.documents.values() if one.issuer_id in issuers]
    return sorted(found, key=lambda one: (one.issued_on or date.min, one.id), reverse=True)


def _tidy(text: str) -> str:
    return " ".join(normalize("NFC", plain_text(text)).split())


def _same(one: str | None, other: str) -> bool:
    return (one or "").casefold().replace(" ", "") == other.casefold().replace(" ", "")


def _refuse_odd(number: str, issued_on: date, title: str, today: date) -> None:
    if not number:
        raise Invalid(_("Give the document's number: a target without a document is nobody's."))
    if len(number) > MOST_NUMBER or not _NUMBER.fullmatch(number.replace(" ", "")):
        raise Invalid(_("“{number}” is no document's number: write it as 1663/QĐ-UBND.").format(number=number[:40]))
    if issued_on > today:
        raise Invalid(_("A document of {day} has not been issued yet.").format(day=format_date(issued_on)))
    if issued_on.year < FIRST_YEAR:
        raise Invalid(_("Documents are entered from {year} on.").format(year=FIRST_YEAR))
    if not any(letter.isalpha() for letter in title):
        raise Invalid(_("Say what the document is about."))
    if len(title) > MOST_TITLE:
        raise Invalid(_("A title has at most {most} characters.").format(most=format_number(MOST_TITLE)))
