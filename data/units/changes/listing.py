"""The changes of units so far: when, by which document, what came of it, and what was taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import tables as t
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.register import DocumentInfo
from data.units.changes.counter import shares_to_state
from data.units.changes.journal import from_json
from data.units.changes.model import ChangeSet
from data.units.changes.names import title_on
from data.units.changes.undo import get_change, refuse_undo, why_in_force
from data.units.tree import Unit
from data.wording import _

# The arrangement of a whole country is a large text: what a list shows of it is its size.
_LARGE = 20_000


@dataclass(frozen=True, slots=True)
class PastChange:
    """An entry of the journal. `opened`, `closed` and `restated` are titles, empty where `large`.

    `never_in_force`: the entry says so of the change `undoes`. `undone_by` took this one back.
    """

    id: int
    on: date
    document: DocumentInfo | None
    who: str | None
    at: datetime
    large: bool
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    restated: tuple[str, ...]
    undoes: int | None
    undone_by: int | None
    never_in_force: bool


@dataclass(frozen=True, slots=True)
class ToUndo:
    """A change that somebody is about to take back.

    `kept` says why it cannot be said that it never was in force; None where it can. `shares` are the units for which
    shares must be stated on a later day, each with the units that would come back.
    """

    change: PastChange
    original: ChangeSet
    kept: str | None
    shares: tuple[tuple[Unit, tuple[Unit, ...]], ...]


def list_changes(session: Session, scope: Scope) -> list[PastChange]:
    """Every change, the last one made first. Raises NotFound where the scope does not reach the nation."""
    known = get_snapshot(session)
    if known.tree.nation_id not in scope.units(known.tree, known.tree.units[known.tree.nation_id].opened_on):
        raise NotFound(_("There is no such change of units."))
    c, account = t.UnitChangeSet, t.Account
    rows = session.execute(
        select(c.id, c.on, c.document_id, account.display_name, c.at, c.undoes_id, func.length(c.what))
        .outerjoin(account, account.id == c.account_id)
        .order_by(c.id.desc())
    ).all()
    small = [row[0] for row in rows if row[6] <= _LARGE]
    texts: dict[int, str] = dict(session.execute(select(c.id, c.what).where(c.id.in_(small))).all())
    undone = {row[5]: row[0] for row in rows if row[5] is not None}
    documents = known.targets.documents
    found = []
    for number, on, document_id, who, at, undoes, _length in rows:
        what = from_json(texts[number]) if number in texts else None
        opened, closed, restated = _titles(known, what)
        never = what is not None and not what.changes
        found.append(
            PastChange(
                number, on, documents.get(document_id) if document_id else None, who, at, what is None,
                opened, closed, restated, undoes, undone.get(number), never,
            )
        )  # fmt: skip
    return found


def _titles(known: Snapshot, what: ChangeSet | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What opened, what closed, and what was restated."""
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()
    if what is not None:
        opened = tuple(_named(known, one.key, what.on, one.name) for part in what.reshapes for one in part.opens)
        closed = tuple(_named(known, key, what.eve) for part in what.reshapes for key in part.closes)
        restated = tuple(_named(known, key, what.on) for key in dict.fromkeys(one.unit for one in what.restates))
    return opened, closed, restated


def _named(known: Snapshot, key: str, on: date, otherwise: str = "") -> str:
    """A unit's title on a day; the name it was given where it never was in force."""
    unit = known.tree.find(key)
    return otherwise or key if unit is None else title_on(unit, on)


def get_change_to_undo(session: Session, scope: Scope, change_id: int) -> ToUndo:
    """A change with what must be known to take it back. Raises NotFound, and what forbids it on whatever day."""
    known = get_snapshot(session)
    row, original = get_change(session, scope, change_id)
    refuse_undo(session, row, original)
    past = next(one for one in list_changes(session, scope) if one.id == change_id)
    units = known.tree.units
    shares = tuple(
        (units[known.tree.ids[key]], tuple(units[known.tree.ids[one]] for one in older))
        for key, older in shares_to_state(known.tree, original).items()
    )
    return ToUndo(past, original, why_in_force(session, known.tree, original), shares)
