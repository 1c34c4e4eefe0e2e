"""Puts one form together from its parts, for a reader whose rights were settled before."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from data.snapshot import Snapshot
from data.submissions.checks import check, ready
from data.submissions.goals import target_progress
from data.submissions.history import list_history
from data.submissions.lookup import Place
from data.submissions.model import Cell, CellId, FormView, Problem, Row, Section, Window
from data.submissions.places import unit_ref
from data.submissions.records import Cells, load_cells, load_names
from data.submissions.schedule import days_overdue, due_day, load_printed_days
from data.submissions.sheets import Neighbours, load_neighbours, sheet_of, windows_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a submission a reader may see: its revisions up to the one that is shown, and what they may do."""

    revisions: tuple[t.Revision, ...]
    editable: bool = False
    can_decide: bool = False

    @property
    def revision(self) -> t.Revision | None:
        """The revision whose numbers stand in the form."""
        return self.revisions[-1] if self.revisions else None

    @property
    def before(self) -> t.Revision | None:
        """The one before it, to compare with."""
        return self.revisions[-2] if len(self.revisions) > 1 else None


def assemble(session: Session, known: Snapshot, place: Place, shown: Shown, today: date) -> FormView:
    """The form with everything that stands beside it, in a fixed number of queries."""
    revision, before = shown.revision, shown.before
    stored = load_cells(session, known.catalogue, [one.id for one in (revision, before) if one])
    cells = stored[revision.id] if revision else {}
    windows = windows_of(place.form, place.period, cells)
    neighbours = load_neighbours(session, known, place, windows)
    sheet = sheet_of(place.form, windows, cells, neighbours)
    problems = check(sheet, known.catalogue)
    sections = _sections(place, windows, cells, stored[before.id] if before else None, neighbours, problems)
    names = load_names(session, (revision.edited_by_id, revision.sent_by_id)) if revision else {}
    due_on = _due_on(session, place)
    on, status = place.period.last_day, revision.status if revision else None
    settled = status in (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED)
    return FormView(
        unit=unit_ref(known.tree, place.unit.id, on),
        reporter=unit_ref(known.tree, place.reporter.id, on),
        form=place.form,
        period=place.period,
        windows=windows,
        status=status,
        revision_id=revision.id if revision else None,
        number=revision.number if revision else 0,
        version=revision.version if revision else 0,
        editable=shown.editable,
        can_send=shown.editable and status is SubmissionStatus.DRAFT and ready(problems),
        can_decide=shown.can_decide,
        old_area=place.old_area,
        entered_for=revision.entered_for if revision else place.entered_for,
        illustrative=revision.illustrative if revision else known.illustrative,
        due_on=due_on,
        days_overdue=0 if settled else days_overdue(due_on, today),
        saved_at=revision.edited_at if revision else None,
        saved_by=names.get(revision.edited_by_id) if revision else None,
        sent_at=revision.sent_at if revision else None,
        sent_by=names.get(revision.sent_by_id) if revision else None,
        decided_at=revision.decided_at if revision else None,
        decided_by=unit_ref(known.tree, revision.decided_unit_id, today)
        if revision and revision.decided_unit_id
        else None,
        return_reason=_reason(shown),
        digest=revision.digest if revision else None,
        sections=sections,
        problems=problems,
        filled=len(sheet.values),
        total=len(sheet.cell_ids()),
        targets=target_progress(known, place, windows, cells, neighbours),
        history=list_history(session, {one.id: one.number for one in shown.revisions}),
    )


def _due_on(session: Session, place: Place) -> date | None:
    printed = {} if place.form.due_working_days is not None else load_printed_days(session)
    return due_day(place.form, place.unit.id, place.period, printed)


def _reason(shown: Shown) -> str | None:
    """Why the report came back, for as long as somebody works on it."""
    for revision in (shown.revision, shown.before):
        if revision is not None and revision.status is SubmissionStatus.RETURNED:
            return revision.reason
        if revision is not None and revision.status is not SubmissionStatus.DRAFT:
            return None
    return None


def _sections(
    place: Place,
    windows: tuple[Window, ...],
    cells: Cells,
    before: Cells | None,
    neighbours: Neighbours,
    problems: tuple[Problem, ...],
) -> tuple[Section, ...]:
    sections: dict[str, list[Row]] = {}
    for row in place.form.rows:
        shown: list[Cell] = []
        for window in windows:
            cell_id = CellId(row.element.key, window.period.code)
            kept, old = cells.get(cell_id), (before or {}).get(cell_id)
            shown.append(
                Cell(
                    cell_id,
                    kept.value if kept else None,
                    kept.note if kept else None,
                    neighbours.previous(row.element, window.period),
                    neighbours.last_year(row.element, window.period),
                    neighbours.earlier(row.element, window.period),
                    old.value if old else None,
                    before is not None,
                    tuple(problem for problem in problems if problem.cell == cell_id),
                )
            )
        sections.setdefault(row.section, []).append(Row(row.element, tuple(shown)))
    return tuple(Section(name, tuple(rows)) for name, rows in sections.items())
