"""Saving a draft: cell by cell, told when somebody else was faster, and never losing what was typed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.catalogue.model import Catalogue
from data.kinds import Standing, SubmissionStatus
from data.numbers import format_moment, in_vietnam
from data.refusals import Conflict, Forbidden, Invalid
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.checks import check, ready
from data.submissions.forms import is_foreign_draft, may_edit
from data.submissions.history import Deed
from data.submissions.lookup import Place, find_place_to_write
from data.submissions.model import CellId, Problem, ProblemKind, Severity
from data.submissions.outcomes import CellDifference, EditConflict, NoteDifference, Saved
from data.submissions.places import title_of
from data.submissions.records import Cells, StoredCell, list_revisions, load_cells, load_names
from data.submissions.sheets import load_neighbours, sheet_of, windows_of
from data.submissions.typed import Typed, cell_names, read_typed
from data.submissions.writing import add_editor, find_or_add_submission, open_revision, replace_cells
from data.wording import _

SAYABLE = frozenset({Standing.PRELIMINARY, Standing.FINAL})


def save_draft(  # noqa: PLR0913  (what a browser sends stands side by side, as it came)
    session: Session,
    scope: Scope,
    unit_key: str,
    form_key: str,
    period_code: str,
    typed: Mapping[CellId, str],
    notes: Mapping[CellId, str],
    version: int,
    now: datetime,
    *,
    overwrite: bool = False,
    standing: Standing | None = None,
) -> Saved:
    """Writes the cells that changed. `version` is the one the reader saw; an empty text clears a cell.

    What cannot be read is not saved and comes back as a problem; everything else is. On a report that was returned or
    approved the first save opens the next revision. A unit's own change takes over what its parent entered for it, and
    the parent no longer sees the draft. `standing` says how final the numbers are (PRELIMINARY or FINAL,
    not for plan reports); left out it stays. Raises EditConflict where somebody saved in the meantime, unless
    `overwrite` keeps mine; Conflict where the report is sent; and what `get_form` raises.
    """
    account_id = account_of(scope)
    known = get_snapshot(session)
    place = find_place_to_write(known, scope, unit_key, form_key, period_code, in_vietnam(now).date())
    names = cell_names(place.form, windows_of(place.form, place.period, {}))
    read = read_typed(names, typed, notes)
    _refuse_standing(place, standing)
    submission = find_or_add_submission(session, place)
    revisions = tuple(list_revisions(session, submission.id))
    refuse_closed_form(place, revisions)
    latest = revisions[-1] if revisions else None
    cells = load_cells(session, known.catalogue, [latest.id])[latest.id] if latest else {}
    if not overwrite and version != (latest.version if latest else 0):
        raise edit_conflict(session, latest, names, cells, read)
    wanted, alone = _wanted(place, names, cells, read, standing)
    changes = {cell for cell in {*wanted, *cells} if wanted.get(cell) != cells.get(cell)}
    revision = _revision_to_write(session, known, place, submission, latest, changes, account_id, now)
    if changes:
        _write(session, known.catalogue, place, revision, cells, wanted, changes, account_id, now)
    return _saved(session, known, place, revision, wanted, len(changes), (*read.problems, *alone))


def account_of(scope: Scope) -> int:
    """Whose hand it is; raises Forbidden where nobody is signed in."""
    if scope.account_id is None:
        raise Forbidden(_("Sign in to do this."))
    return scope.account_id


def refuse_closed_form(place: Place, revisions: tuple[t.Revision, ...]) -> None:
    """Raises Conflict where the writer may not type now: the report waits, or it is the child's own to change."""
    if is_foreign_draft(place, revisions):
        sentence = _("{unit} now fills in this report itself. Nothing was saved; what you typed is kept here.")
        raise Conflict(sentence.format(unit=title_of(place.unit, place.period.last_day)))
    if may_edit(place, revisions):
        return
    latest = revisions[-1]
    if latest.status is SubmissionStatus.SUBMITTED and latest.sent_at is not None:
        sentence = _("The report was sent on {when} and waits for a decision; nothing was changed.")
        raise Conflict(sentence.format(when=format_moment(latest.sent_at)))
    sentence = _("{unit} reports this itself: return its report with a reason if it must change. Nothing was changed.")
    raise Conflict(sentence.format(unit=title_of(place.unit, place.period.last_day)))


def edit_conflict(
    session: Session, latest: t.Revision | None, names: Mapping[CellId, str], cells: Cells, read: Typed
) -> Conflict:
    """What the second of two people is told: who was faster, when, and which cells and reasons differ."""
    if latest is None:
        return Conflict(_("Nobody has saved this form yet. Open it again; nothing was changed."))
    who = load_names(session, (latest.edited_by_id,)).get(latest.edited_by_id)
    theirs = {cell: cells[cell].value if cell in cells else None for cell in read.values}
    differing = tuple(
        CellDifference(cell, names[cell], theirs[cell], mine)
        for cell, mine in read.values.items()
        if theirs[cell] != mine
    )
    sentence = _("{who} saved this form on {when}, after you opened it. Nothing was overwritten; choose what stands.")
    text = sentence.format(who=who or _("Somebody else"), when=format_moment(latest.edited_at))
    return EditConflict(text, who, latest.edited_at, latest.version, differing, _differing_notes(names, cells, read))


def _differing_notes(names: Mapping[CellId, str], cells: Cells, read: Typed) -> tuple[NoteDifference, ...]:
    # Without its number a reason goes, so clearing one is a word about both.
    cleared = {cell: None for cell, value in read.values.items() if value is None}
    mine = {**cleared, **read.notes}
    theirs = {cell: cells[cell].note if cell in cells else None for cell in mine}
    return tuple(
        NoteDifference(cell, names[cell], theirs[cell], note) for cell, note in mine.items() if theirs[cell] != note
    )


def _refuse_standing(place: Place, standing: Standing | None) -> None:
    if standing is not None and (place.form.on_old_areas or standing not in SAYABLE):
        raise Invalid(_("The numbers of this form are preliminary or final; nothing else can be said of them."))


def _wanted(
    place: Place, names: Mapping[CellId, str], cells: Cells, read: Typed, standing: Standing | None
) -> tuple[Cells, list[Problem]]:
    """The cells as they shall stand, and notes that stand on no number."""
    usual = {window.period.code: standing or window.standing for window in windows_of(place.form, place.period, cells)}
    wanted: Cells = {}
    alone: list[Problem] = []
    for cell in {**dict.fromkeys(cells), **dict.fromkeys(read.values), **dict.fromkeys(read.notes)}:
        old = cells.get(cell)
        value = read.values.get(cell, old.value if old else None)
        note = read.notes.get(cell, old.note if old else None)
        if value is not None:
            kept = old.standing if old and cell.window not in usual else usual[cell.window]
            wanted[cell] = StoredCell(value, note, kept)
        elif read.notes.get(cell):
            sentence = _("The note on “{name}” needs a number beside it, and was not saved.").format(name=names[cell])
            alone.append(Problem(ProblemKind.NOTE_ALONE, Severity.ERROR, sentence, cell))
    return wanted, alone


def _revision_to_write(
    session: Session,
    known: Snapshot,
    place: Place,
    submission: t.Submission,
    latest: t.Revision | None,
    changes: set[CellId],
    account_id: int,
    now: datetime,
) -> t.Revision:
    """The draft itself; else the next revision. What is approved opens again only for a change."""
    if latest is not None:
        untouched = latest.status is SubmissionStatus.APPROVED and not changes
        if latest.status is SubmissionStatus.DRAFT or untouched:
            return latest
    return open_revision(session, place, submission, latest, account_id, now, illustrative=known.illustrative)


def _write(
    session: Session,
    catalogue: Catalogue,
    place: Place,
    revision: t.Revision,
    cells: Cells,
    wanted: Cells,
    changes: set[CellId],
    account_id: int,
    now: datetime,
) -> None:
    replace_cells(session, catalogue, revision.id, changes, wanted)
    detail: dict[str, object] = {
        str(cell): [_told(cells.get(cell)), _told(wanted.get(cell))] for cell in sorted(changes)
    }
    if revision.entered_for and not place.entered_for:
        # From its own first number on the draft is the unit's alone; who entered for it stays among the editors.
        revision.entered_for = False
        audit.record(session, account_id, Deed.TAKE_OVER, now, unit_id=place.unit.id, revision_id=revision.id)
    revision.version += 1
    revision.edited_at = now
    revision.edited_by_id = account_id
    add_editor(session, revision.id, account_id)
    audit.record(session, account_id, Deed.SAVE, now, unit_id=place.unit.id, revision_id=revision.id, detail=detail)
    session.flush()


def _told(cell: StoredCell | None) -> list[object] | None:
    return None if cell is None else [cell.value, cell.standing.value, cell.note]


def _saved(
    session: Session,
    known: Snapshot,
    place: Place,
    revision: t.Revision,
    cells: Cells,
    changed: int,
    unsaved: tuple[Problem, ...],
) -> Saved:
    windows = windows_of(place.form, place.period, cells)
    sheet = sheet_of(place.form, windows, cells, load_neighbours(session, known, place, windows))
    problems = (*unsaved, *check(sheet, known.catalogue))
    return Saved(
        revision.id, revision.number, revision.version, revision.edited_at, changed, len(sheet.values),
        len(sheet.cell_ids()), revision.status is SubmissionStatus.DRAFT and ready(problems), problems,
    )  # fmt: skip
