"""A document with everything that it sets, as far as the reader reaches, and its text where somebody attached it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.contradictions import Contradiction
from data.targets.register import DocumentInfo
from data.targets.registry import Entry, Whose, list_entries, whose
from data.wording import _


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document for whoever may compare.

    `issuer` is as it was called on the document's day; `entries` are what it sets, in the registry's order; `text` is
    None where nobody has attached one. `owners` names the units of the contradictions' targets.
    """

    document: DocumentInfo
    issuer: Whose | None
    entries: tuple[Entry, ...]
    text: str | None
    attached_at: datetime | None
    contradictions: tuple[Contradiction, ...]
    owners: dict[int, Whose]
    illustrative: bool


def get_document_page(session: Session, scope: Scope, document_key: str, today: date) -> DocumentPage:
    """The document with that key; NotFound, the same for absent and out of reach. `scope` is that of comparing.

    A reader reaches a document that the nation or a unit within reach issued, or that sets a target within reach.
    """
    snapshot = get_snapshot(session)
    tree = snapshot.tree
    every = list_entries(session, scope, today)
    document = next((one for one in snapshot.targets.documents.values() if one.key == document_key), None)
    entries = tuple(one for one in every if document is not None and one.target.document.id == document.id)
    if document is None or not (entries or _issued_within(session, scope, document, today)):
        raise NotFound(_("There is no such document within your reach."))
    kept = session.get(t.DocumentText, document.id)
    issuer = None
    if document.issuer_id is not None:
        issuer = whose(tree, document.issuer_id, document.issued_on or today)
    return DocumentPage(
        document,
        issuer,
        entries,
        kept.text if kept else None,
        kept.attached_at if kept else None,
        tuple(dict.fromkeys(found for one in entries for found in one.contradictions)),
        {one.target.unit_id: one.whose for one in every},
        snapshot.illustrative,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list: how many targets within reach come from it, and whether its text is attached."""

    document: DocumentInfo
    targets: int
    has_text: bool


def list_all_documents(session: Session, scope: Scope, today: date) -> tuple[Listed, ...]:
    """Every document within the reader's reach; the latest first, those without a date last."""
    documents = get_snapshot(session).targets.documents.values()
    counts = Counter(one.target.document.id for one in list_entries(session, scope, today))
    have = set(session.scalars(select(t.DocumentText.document_id)))
    found = [
        Listed(one, counts[one.id], one.id in have)
        for one in documents
        if counts[one.id] or _issued_within(session, scope, one, today)
    ]
    found.sort(key=lambda one: one.document.key)
    return tuple(sorted(found, key=lambda one: one.document.issued_on or date.min, reverse=True))


def _issued_within(session: Session, scope: Scope, document: DocumentInfo, today: date) -> bool:
    tree = get_snapshot(session).tree
    if document.issuer_id is None or document.issuer_id == tree.nation_id:
        return bool(scope.grants)
    return scope.covers(tree, document.issuer_id, today)
