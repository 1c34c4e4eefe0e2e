"""Entering a target by hand: the form as it stands and what is said of it; saving it, and taking a target back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.set_target_form import (
    chosen_definition,
    definitions_of,
    documents_for,
    facts_about,
    form_of,
    options_of_issuers,
    said_of,
)
from data import clock
from data.refusals import Conflict, Invalid, Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.considering import NEW, Paper, consider, enter_typed, fixed
from data.targets.drafts import TargetField
from data.targets.entering import find_changeable, find_set, withdraw_target
from data.targets.register import TargetInfo
from data.targets.typed import Typed
from data.wording import _
from layouts.components.addresses import target_address
from layouts.ids.set_target import SetId
from layouts.set_target import fields
from layouts.set_target.page import definition_options, form_page, outrun
from layouts.set_target.shape import GROUPS, low_name, shape_of, sizes, ways
from layouts.set_target.taking_back import refused_page, taking_back_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST = 500
# In the order of `Typed`, then of `Paper`.
_TYPED = (
    SetId.UNIT, SetId.DEFINITION, SetId.YEAR, SetId.KIND, SetId.HORIZON, SetId.READING, SetId.LOW, SetId.HIGH,
    SetId.WAY, SetId.SIZE, SetId.BASE, SetId.BASE_YEAR, SetId.BASE_VALUE, SetId.CLAUSE, SetId.PRINTED,
)  # fmt: skip
_PAPER = (SetId.DOCUMENT, SetId.ISSUER, SetId.NUMBER, SetId.ISSUED, SetId.SUBJECT)
# What may stand beside a field; why something is corrected is asked for when it is saved.
PROBLEMS = tuple(TargetField)
MODES = ("correct", "adjust", "withdraw")


def bind_all(app: Dash) -> None:
    """Indicator and unit bring their choices; every field is considered at once; a button saves."""
    permission = Permission.TARGET_SET
    guard.bind(
        app,
        offer,
        [Output(SetId.DEFINITION, "options"), Output(SetId.DEFINITION, "value")],
        Input(SetId.INDICATOR, "value"),
        permission=permission,
    )
    guard.bind(
        app,
        offer_documents,
        [Output(SetId.DOCUMENT, "options"), Output(SetId.ISSUER, "options")],
        Input(SetId.UNIT, "value"),
        permission=permission,
    )
    guard.bind(
        app,
        look,
        [
            Output(SetId.LIVE, "children"),
            Output(SetId.WAY, "options"),
            Output(SetId.SIZE, "options"),
            Output(SetId.LOW_NAME, "children"),
            *(Output(fields.group_id(name), "hidden") for name in GROUPS),
            *(Output(fields.problem_id(field), "children") for field in PROBLEMS),
        ],
        [Input(SetId.SAVE, "n_clicks"), *(Input(field, "value") for field in (*_TYPED, *_PAPER, SetId.REASON))],
        state=[State(SetId.MODE, "data")],
        permission=permission,
    )
    guard.bind(
        app,
        save,
        Output(SetId.ADDRESS, "href", allow_duplicate=True),
        Input(SetId.SAVE, "n_clicks"),
        state=[*(State(field, "value") for field in (*_TYPED, *_PAPER, SetId.REASON)), State(SetId.MODE, "data")],
        permission=permission,
        writes=True,
        running=[(Output(SetId.SAVE, "disabled"), True, False)],
    )
    guard.bind(
        app,
        take_back,
        Output(SetId.ADDRESS, "href", allow_duplicate=True),
        Input(SetId.TAKE_BACK, "n_clicks"),
        state=[State(SetId.REASON, "value"), State(SetId.MODE, "data")],
        permission=permission,
        writes=True,
        running=[(Output(SetId.TAKE_BACK, "disabled"), True, False)],
    )


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises the refusal that the address deserves: a unit or a target out of reach, a target that stays as it is."""
    mode = _mode(query)
    if mode:
        _target(session, scope, mode)
    elif query.get("unit"):
        scope.get(get_snapshot(session).tree, query["unit"], clock.today())


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/set-target`: an empty form, or what the address names: a unit, an indicator, a target to change."""
    mode, illustrative = _mode(query), get_snapshot(session).illustrative
    try:
        check(session, scope, query)
        target = _target(session, scope, mode)
    except Refusal as refusal:
        may_adjust = isinstance(refusal, Conflict) and "adjust" not in mode
        return refused_page(str(refusal), mode, illustrative, may_adjust=may_adjust)
    if "withdraw" in mode and target is not None:
        return taking_back_page(facts_about(session, target), target.key, illustrative)
    form = form_of(session, scope, query, mode, target)
    if not form.units:
        return refused_page(_("There is no unit that stands today and that you set targets for."), mode, illustrative)
    seen = consider(session, scope, _seeing(), form.typed, form.paper, clock.now(), _instead_of(mode, target))
    return form_page(form, said_of(session, seen))


def offer(session: Session, _scope: Scope, indicator: object) -> Any:
    """The definitions of the chosen indicator; where there is but one, it is the one that is meant."""
    found = definitions_of(session, _text(indicator))
    return definition_options(found), found[0].key if len(found) == 1 else None


def offer_documents(session: Session, scope: Scope, unit: object) -> Any:
    """The documents that may set targets for the chosen unit, and who may issue a new one."""
    options = [*documents_for(session, scope, _text(unit)), (NEW, _("another document, written below"))]
    return fields.chosen_from(options), fields.chosen_from(options_of_issuers(session, scope))


def look(session: Session, scope: Scope, clicks: object, *values: object) -> Any:
    """The form as it stands: which fields it has, how the number will be read, and once saving was tried, what is
    wrong with each field.
    """
    *given, mode = values
    typed, paper, reason = _read(given)
    mode = _mode(mode)
    try:
        target = _target(session, scope, mode)
    except Refusal as refusal:
        # Saving may overtake what looks at the form, and so may a colleague: what is typed stays, and it says why.
        return [outrun(str(refusal), *mode.values()), *[no_update] * (3 + len(GROUPS) + len(PROBLEMS))]
    typed = _fixed(session, typed, target)
    definition = chosen_definition(session, typed.definition)
    seen = consider(session, scope, _seeing(), typed, paper, clock.now(), _instead_of(mode, target))
    problems = dict(seen.problems) if clicks else {}
    if clicks and "correct" in mode and not reason.strip():
        problems[TargetField.REASON] = _("Say why: whoever reads the history will ask.")
    shape = shape_of(typed, paper)
    return [
        said_of(session, seen),
        fields.listed(ways(typed.reading)),
        fields.listed(sizes(definition)),
        low_name(typed, definition),
        *(not shape[name] for name in GROUPS),
        *(problems.get(field, "") for field in PROBLEMS),
    ]


def save(session: Session, scope: Scope, clicks: int | None, *values: object) -> Any:
    """Enters, corrects or adjusts the target, and leads to it among all that is set for its unit."""
    if not clicks:
        return no_update
    *given, kept = values
    typed, paper, reason = _read(given)
    mode = _mode(kept)
    target = _target(session, scope, mode)
    typed = _fixed(session, typed, target)
    instead_of = _instead_of(mode, target)
    key = enter_typed(session, scope, _seeing(), typed, paper, clock.now(), instead_of, reason)
    return target_address(key, typed.unit)


def take_back(session: Session, scope: Scope, clicks: int | None, reason: object, kept: object) -> Any:
    """Takes the target back, and leads to its history."""
    if not clicks:
        return no_update
    key = _mode(kept).get("withdraw", "")
    withdraw_target(session, scope, key, _text(reason), clock.now())
    return target_address(key)


def _mode(given: object) -> dict[str, str]:
    """What the page is for, by the key of a target; empty for a new one."""
    if not isinstance(given, Mapping):
        return {}
    return next(({word: key} for word in MODES if isinstance(key := given.get(word), str) and key), {})


def _target(session: Session, scope: Scope, mode: Mapping[str, str]) -> TargetInfo | None:
    """The target that the page is about, if it may be changed in that way."""
    if not mode:
        return None
    ((word, key),) = mode.items()
    if word != "adjust":
        return find_changeable(session, scope, key, clock.now())
    return find_set(get_snapshot(session), scope, key, clock.today())


def _instead_of(mode: Mapping[str, str], target: TargetInfo | None) -> TargetInfo | None:
    return target if "correct" in mode else None


def _fixed(session: Session, typed: Typed, target: TargetInfo | None) -> Typed:
    if target is None:
        return typed
    snapshot = get_snapshot(session)
    unit, definition = snapshot.tree.units[target.unit_id], snapshot.catalogue.definitions[target.definition_id]
    return fixed(typed, target, unit.key, definition.key)


def _seeing() -> Scope:
    return guard.also(Permission.RESULT_COMPARE)


def _read(given: list[object]) -> tuple[Typed, Paper, str]:
    """What was typed; a browser may send anything in its place, which is nothing."""
    if len(given) != len(_TYPED) + len(_PAPER) + 1:
        raise Invalid(
            _("The page sent something that cannot be read. Nothing was changed; reload the page and try again.")
        )
    texts = ["" if (text := _text(one)) == fields.NONE_CHOSEN else text for one in given]
    return Typed(*texts[: len(_TYPED)]), Paper(*texts[len(_TYPED) : -1]), texts[-1]


def _text(typed: object) -> str:
    return typed[:LONGEST] if isinstance(typed, str) else ""
