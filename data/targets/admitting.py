"""Which drafts of targets are let in: looked up within the reader's reach, and held against what is set already."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from data.catalogue.model import Definition
from data.judging.operators import CHANGES
from data.kinds import Horizon, PlanKind
from data.numbers import format_date
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.checking import FIRST_YEAR, LAST_YEAR, problems_of
from data.targets.documents_entered import may_cite
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField, TargetProblem
from data.targets.register import DocumentInfo, TargetInfo
from data.units.tree import Unit
from data.wording import _


class Ready(NamedTuple):
    """A draft with everything that its keys name."""

    draft: TargetDraft
    unit: Unit
    definition: Definition


def check_targets(
    snapshot: Snapshot,
    scope: Scope,
    document_key: str,
    drafts: Sequence[TargetDraft],
    today: date,
    instead_of: TargetInfo | None = None,
) -> list[Ready]:
    """The drafts looked up, or RefusedTargets. `instead_of` is the target that the only draft corrects."""
    problems: list[TargetProblem] = []
    ready: list[Ready] = []
    seen: set[tuple[str, str, int, Horizon, bool]] = set()
    citable = _Citable(snapshot, scope, document_key, today)
    for place, draft in enumerate(drafts):
        found, wrong = check_draft(snapshot, scope, citable, draft, today, instead_of)
        problems += [TargetProblem(place, field, sentence) for field, sentence in wrong]
        same = (draft.unit, draft.definition, draft.year, draft.horizon, draft.operator in CHANGES)
        if same in seen:
            problems.append(TargetProblem(place, TargetField.DEFINITION, _("It stands here twice.")))
        seen.add(same)
        if found is not None:
            ready.append(found)
    if problems:
        raise RefusedTargets(problems)
    return ready


class _Citable:
    """The document of that key, for the units for which the reader may cite it."""

    def __init__(self, snapshot: Snapshot, scope: Scope, key: str, today: date) -> None:
        self._asked = snapshot, scope, today
        self._document = next((one for one in snapshot.targets.documents.values() if one.key == key), None)

    def __call__(self, unit_id: int) -> DocumentInfo | None:
        snapshot, scope, today = self._asked
        if self._document is None or not may_cite(snapshot.tree, scope, unit_id, self._document.issuer_id, today):
            return None
        return self._document


def check_draft(
    snapshot: Snapshot,
    scope: Scope,
    citable: Callable[[int], DocumentInfo | None],
    draft: TargetDraft,
    today: date,
    instead_of: TargetInfo | None = None,
) -> tuple[Ready | None, list[tuple[TargetField, str]]]:
    """The draft looked up, if its keys name anything, and everything that is wrong with it.

    `citable` gives the document that sets it for a unit; None where the reader cannot cite it for that unit.
    """
    tree, catalogue = snapshot.tree, snapshot.catalogue
    unit = tree.find(draft.unit)
    day = min(date(draft.year, 12, 31), today) if FIRST_YEAR <= draft.year <= LAST_YEAR else today
    if unit is None or not scope.covers(tree, unit.id, day):
        return None, [(TargetField.UNIT, _("There is no such unit for you to set targets for."))]
    if not unit.is_open(day):
        return None, [(TargetField.UNIT, _("{unit} did not stand at that time.").format(unit=unit.state(day).name))]
    if draft.definition not in catalogue.definition_ids:
        return None, [(TargetField.DEFINITION, _("There is no such indicator."))]
    definition = catalogue.definition(draft.definition)
    wrong = list(problems_of(draft, definition))
    wrong += _against_others(snapshot, citable(unit.id), draft, unit, definition, instead_of)
    return Ready(draft, unit, definition), wrong


def _against_others(
    snapshot: Snapshot,
    document: DocumentInfo | None,
    draft: TargetDraft,
    unit: Unit,
    definition: Definition,
    instead_of: TargetInfo | None,
) -> Iterator[tuple[TargetField, str]]:
    """The document, and what is set already for the same unit, definition and year."""
    if document is None:
        yield TargetField.DOCUMENT, _("Name the document that sets it: one of the unit, or of a unit above it.")
        return
    if document.issued_on is not None and document.issued_on.year > draft.year:
        sentence = _("{document} was issued after the year had ended.")
        yield TargetField.DOCUMENT, sentence.format(document=_cited(document))
        return
    others = [
        one
        for one in snapshot.targets.about(definition.id, unit.id, draft.year)
        if one is not instead_of
        and not one.is_by_zone
        and (one.operator in CHANGES) is (draft.operator in CHANGES)
        and one.plan_kind is not PlanKind.RESTATED
        and one.horizon is draft.horizon
    ]
    if any(one.document.id == document.id and one.plan_kind is draft.plan_kind for one in others):
        yield (
            TargetField.DEFINITION,
            _("{document} sets it already: correct what is there.").format(document=_cited(document)),
        )
        return
    dated = [one.document.issued_on for one in others if one.document.issued_on is not None]
    same_issuer = [one.document.issued_on for one in others if one.document.issuer_id == document.issuer_id]
    if draft.plan_kind is PlanKind.ADJUSTED:
        if not others:
            yield TargetField.PLAN_KIND, _("There is nothing yet to adjust: set it as assigned first.")
        elif document.issued_on is None or (dated and document.issued_on <= max(dated)):
            yield TargetField.DOCUMENT, _("An adjustment is by a later document than what it adjusts.")
        elif document.issuer_id == unit.id and all(one.document.issuer_id != unit.id for one in others):
            yield TargetField.DOCUMENT, _("A unit does not adjust what a unit above it has set: whoever set it does.")
    elif document.issued_on is not None and document.issued_on in same_issuer:
        yield TargetField.DOCUMENT, _("Another document of the same day sets it already, and neither would judge.")


def _cited(document: DocumentInfo) -> str:
    return f"{document.number or document.title} ({format_date(document.issued_on) if document.issued_on else '?'})"
