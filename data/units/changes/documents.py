"""The documents that changes rest on: those that the portal holds, and a new one."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.numbers import format_date
from data.refusals import Invalid
from data.units.changes.model import ChangeSet, NewDocument
from data.units.tree import UnitTree
from data.wording import _

_LONGEST_NUMBER = 60


def new_document(number: str, issued_on: date, title: str) -> NewDocument:
    """A document that the portal may not know yet; its key follows from number and year. Raises Invalid."""
    number, title = " ".join(number.split()), " ".join(title.split())
    slug = re.sub(r"[^0-9A-Za-zĐđ]+", "-", number).strip("-").replace("Đ", "D").replace("đ", "d")
    if not slug or len(number) > _LONGEST_NUMBER:
        raise Invalid(_("The document needs a number, such as 1685/NQ-UBTVQH15."))
    key = slug if slug.endswith(str(issued_on.year)) else f"{slug}-{issued_on.year}"
    return NewDocument(key, number, issued_on, title or number)


def documents_of(session: Session, tree: UnitTree, change_set: ChangeSet) -> dict[str, int]:
    """The number of every document by key, the new one of the change set among them. Raises Invalid for an unknown."""
    found = {key: number for key, number in session.execute(select(t.Document.key, t.Document.id))}  # noqa: C416
    fresh = change_set.new_document
    if fresh is not None and fresh.key not in found:
        if fresh.issued_on > change_set.on:
            sentence = _("{number} is of {issued}, and the change is to hold from {day}: a document comes first.")
            raise Invalid(
                sentence.format(
                    number=fresh.number, issued=format_date(fresh.issued_on), day=format_date(change_set.on)
                )
            )
        row = t.Document(key=fresh.key, number=fresh.number, issued_on=fresh.issued_on, title_vi=fresh.title)
        row.issuer_id = tree.nation_id
        session.add(row)
        session.flush()
        found[fresh.key] = row.id
    for key in _named(change_set):
        if key not in found:
            raise Invalid(_("There is no document “{document}”.").format(document=key))
    return found


def _named(change_set: ChangeSet) -> set[str]:
    named = {change_set.document}
    named.update(one.document for one in change_set.restates)
    for reshape in change_set.reshapes:
        named.update(one.document for one in reshape.opens)
        named.update(one.document for one in reshape.passages)
    return named - {""}
