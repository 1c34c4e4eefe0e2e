"""Texts of documents, attached by readers who have them: the portal carries facts and quotes what it was given."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import audit, clock
from data import tables as t
from data.numbers import format_number
from data.refusals import Invalid, NotFound, TooLarge
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.register import DocumentInfo
from data.units.tree import UnitTree
from data.wording import _

# The longest plan known has 58 000 letters; an atlas of annexes has a few hundred thousand.
MOST_LETTERS = 2_000_000
MOST_IN_SENTENCE = 800


def attach_text(session: Session, scope: Scope, document_key: str, text: str, now: datetime) -> DocumentInfo:
    """Keeps the text of a document, in place of an earlier one. `scope` is that of attaching documents.

    Raises NotFound for a document that was issued by nobody within the scope, Invalid for a text that holds none,
    TooLarge beyond `MOST_LETTERS`.
    """
    document = get_document(session, scope, document_key, now)
    if len(text) > MOST_LETTERS:
        raise TooLarge(
            _("The text is longer than {most} letters. Nothing was kept: attach the plan without its annexes.").format(
                most=format_number(MOST_LETTERS)
            )
        )
    text = normalize("NFC", text).replace("\x00", "").strip()
    if not text or scope.account_id is None:
        raise Invalid(_("There is no text in what was sent. Nothing was kept."))
    kept = session.get(t.DocumentText, document.id)
    if kept is None:
        kept = t.DocumentText(document_id=document.id)
        session.add(kept)
    kept.text, kept.attached_by_id, kept.attached_at = text, scope.account_id, now
    audit.record(
        session,
        scope.account_id,
        "document.attach",
        now,
        unit_id=document.issuer_id,
        detail={"document": document.key, "letters": len(text)},
    )
    session.flush()
    return document


def get_document(session: Session, scope: Scope, document_key: str, now: datetime) -> DocumentInfo:
    """A document that a unit within the scope issued; NotFound, the same for absent and out of reach."""
    snapshot = get_snapshot(session)
    today = now.astimezone(clock.HERE).date()
    for document in snapshot.targets.documents.values():
        if document.key == document_key and document.issuer_id is not None:
            if of_standing_units(snapshot.tree, scope, today).covers(snapshot.tree, document.issuer_id, today):
                return document
            break
    raise NotFound(_("There is no such document within your reach."))


def list_documents(session: Session, scope: Scope, now: datetime) -> list[tuple[DocumentInfo, bool]]:
    """The documents to which the reader may attach a text, and whether they have one; the latest first."""
    snapshot = get_snapshot(session)
    today = now.astimezone(clock.HERE).date()
    scope = of_standing_units(snapshot.tree, scope, today)
    found = [
        document
        for document in snapshot.targets.documents.values()
        if document.issuer_id is not None and scope.covers(snapshot.tree, document.issuer_id, today)
    ]
    have = set(session.scalars(select(t.DocumentText.document_id)))
    found.sort(key=lambda one: (one.issued_on is None, -(one.issued_on.toordinal() if one.issued_on else 0), one.key))
    return [(document, document.id in have) for document in found]


def of_standing_units(tree: UnitTree, scope: Scope, today: date) -> Scope:
    """The scope without the grants at units that have closed: their history is read, and nobody writes from them."""
    standing = frozenset(grant for grant in scope.grants if tree.units[grant.unit_id].is_open(today))
    return Scope(scope.account_id, standing)


def load_texts(session: Session, document_ids: Iterable[int]) -> dict[int, str]:
    """The attached texts of these documents, in one query; of those that have none, nothing."""
    wanted = list(document_ids)
    if not wanted:
        return {}
    d = t.DocumentText
    return dict(session.execute(select(d.document_id, d.text).where(d.document_id.in_(wanted))).all())


def find_sentence(text: str, as_printed: str, about: str = "") -> str | None:
    """The sentence of a text that holds a number as it was printed.

    Where several hold it, the one that shares the most words with `about`; None where none does, or where two share
    as many and so nobody can say which is meant. White space and marks of emphasis are read away.
    """
    printed = re.escape(_plain(as_printed)).replace(r"\ ", r"\s*")
    if not printed:
        return None
    # 70% is not found in 170%, nor in 70,6% or 0,70%.
    number = re.compile(rf"(?<![0-9])(?<![0-9][.,]){printed}(?![0-9])(?![.,][0-9])", re.IGNORECASE)
    holding = list(dict.fromkeys(sentence for sentence in _sentences(text) if number.search(sentence)))
    if len(holding) > 1:
        wanted = _words(about)
        shared = [len(wanted & _words(sentence)) for sentence in holding]
        best = max(shared)
        holding = [sentence for sentence, count in zip(holding, shared, strict=True) if count == best and count]
    return holding[0][:MOST_IN_SENTENCE] if len(holding) == 1 else None


_ITEM = re.compile(r"[-+•–|#]|[0-9IVX]+[.)/]|[a-zđ][.)]")
_END = re.compile(r"[.;]\s+")


def _sentences(text: str) -> Iterator[str]:
    """The sentences, items and clauses of a text, on one line each."""
    for item in _items(text):
        start = 0
        for end in _END.finditer(item):
            if not item[end.end() : end.end() + 1].isupper():
                continue
            piece = item[start : end.end()].strip()
            # The number of a clause is no sentence of its own.
            if " " in piece:
                yield piece
                start = end.end()
        yield item[start:]


def _items(text: str) -> Iterator[str]:
    """Puts lines together that belong together: the paper's lines end anywhere, and some texts are all blank lines."""
    item: list[str] = []
    after_blank = False
    for line in map(_plain, text.splitlines()):
        if not line:
            after_blank = True
            continue
        begins = _ITEM.match(line) or (not line[0].islower() and (after_blank or not item or item[-1][-1] in ".;:"))
        if item and begins:
            yield " ".join(item)
            item = []
        item.append(line)
        after_blank = False
    if item:
        yield " ".join(item)


def _plain(text: str) -> str:
    return " ".join(text.replace("*", " ").split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.lower()))
