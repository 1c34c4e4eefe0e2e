"""Why a change of the catalogue cannot be: one sentence for each reason, in the reader's language."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from unicodedata import normalize

from data.kinds import LineageBasis, UnitLevel
from data.numbers import format_date
from data.periods import FIRST_YEAR, LAST_YEAR
from data.units.changes.model import KINDS, ORDER, ChangeSet, Edits, Opening, Passage, Restate
from data.units.changes.names import DIGITS, Names, title_on
from data.units.tree import Unit, UnitTree
from data.wording import _
from data.wording.units import kind_name, level_name

# What a column of the database holds.
_LARGEST = 2**31 - 1


def of_the_set(tree: UnitTree, change_set: ChangeSet, names: Names) -> Iterator[str]:
    """What is wrong with what was asked, before anything is worked out."""
    if not change_set.changes:
        yield _("There is no change in this.")
    if not FIRST_YEAR < change_set.on.year < LAST_YEAR:
        sentence = _("The portal has no periods around {day}: look at the year.")
        yield sentence.format(day=format_date(change_set.on))
    yield from _units_touched(change_set, names)
    for opening in names.openings.values():
        yield from _opening(tree, opening, names)
    for ref in sorted(names.doubled):
        yield _("Two units are called “{ref}” in this change.").format(ref=ref)
    for restate in change_set.restates:
        yield from _restate(restate, names)
    passages = [one for reshape in change_set.reshapes for one in reshape.passages]
    closes = [key for reshape in change_set.reshapes for key in reshape.closes]
    closing = frozenset(closes)
    for passage in passages:
        yield from _passage(passage, closing, names)
    yield from _shares(closes, passages, names)


def _units_touched(change_set: ChangeSet, names: Names) -> Iterator[str]:
    """Each unit is touched once, stands open-ended, and has no later change of its own."""
    on = change_set.on
    closes = Counter(key for reshape in change_set.reshapes for key in reshape.closes)
    restated = dict.fromkeys(one.unit for one in change_set.restates)
    for key in dict.fromkeys([*closes, *restated]):
        unit = names.standing(key)
        if unit is None:
            yield _unknown(key)
            continue
        title, day = names.title(key), format_date(on)
        if closes[key] > 1 or (key in closes and key in restated):
            yield _("{unit} stands twice in this change.").format(unit=title)
        if unit.level is UnitLevel.NATION:
            yield _("The whole country is not changed here.")
        elif unit.opened_on >= on:
            sentence = _("{unit} opened on {opened}: a change of it on {day} is too early.")
            yield sentence.format(unit=title, opened=format_date(unit.opened_on), day=day)
        elif unit.closed_on is not None:
            sentence = _("{unit} has its last day on {closed} and is not changed any more.")
            yield sentence.format(unit=title, closed=format_date(unit.closed_on))
        elif unit.states[-1].from_on >= on:
            sentence = _("{unit} has another change on {later}: one on {day} would come before it.")
            yield sentence.format(unit=title, later=format_date(unit.states[-1].from_on), day=day)


def _opening(tree: UnitTree, opening: Opening, names: Names) -> Iterator[str]:
    title = names.title(opening.ref)
    if not opening.name.strip():
        yield _("A unit that opens needs a name.")
    digits = DIGITS.get(opening.level)
    if digits is None:
        yield _("The whole country is not changed here.")
        return
    yield from _code_fits(opening.code, title, digits)
    yield from _kind_fits(opening.kind in KINDS[opening.level], title, opening.kind, opening.level)
    if opening.key and opening.key in tree.ids:
        yield _("The key {key} is in use.").format(key=opening.key)
    yield from _parent_fits(opening.parent, opening.level, title, names)


def _restate(restate: Restate, names: Names) -> Iterator[str]:
    unit = names.standing(restate.unit)
    if unit is None or unit.level is UnitLevel.NATION:
        return
    title, last = names.title(restate.unit), unit.states[-1]
    if restate.name is not None and not restate.name.strip():
        yield _("{unit} needs a name.").format(unit=title)
    if restate.kind is not None:
        yield from _kind_fits(restate.kind in KINDS[unit.level], title, restate.kind, unit.level)
    if restate.code is not None and restate.code != last.code:
        yield from _code_fits(restate.code, title, DIGITS[unit.level])
    if restate.parent is not None:
        yield from _parent_fits(restate.parent, unit.level, title, names)
    parent = last.parent_id if restate.parent is None else names.number(restate.parent)
    wanted = (restate.name or last.name, restate.kind or last.kind, restate.code or last.code, parent)
    if wanted == (last.name, last.kind, last.code, last.parent_id):
        yield _("{unit} is what this change makes of it already.").format(unit=title)


def _code_fits(code: str, title: str, digits: int) -> Iterator[str]:
    if not (len(code) == digits and code.isascii() and code.isdigit()):
        yield _("The code of {unit} must have {count} digits.").format(unit=title, count=digits)


def _kind_fits(fits: bool, title: str, kind: str, level: str) -> Iterator[str]:
    if not fits:
        sentence = _("{unit} cannot be a “{kind}”: no unit of the {level} is.")
        yield sentence.format(unit=title, kind=kind_name(kind), level=level_name(level).lower())


def _parent_fits(parent: str, level: UnitLevel, title: str, names: Names) -> Iterator[str]:
    """A parent is of a higher level, so that no unit can ever stand above itself."""
    above = names.level(parent)
    if above is None:
        yield _unknown(parent)
    elif ORDER.index(above) >= ORDER.index(level):
        sentence = _("{unit} cannot stand under {parent}, which is of the same level or a lower one.")
        yield sentence.format(unit=title, parent=names.title(parent))


def _passage(passage: Passage, closing: frozenset[str], names: Names) -> Iterator[str]:
    if names.number(passage.successor) is None:
        yield _unknown(passage.successor)
        return
    older, newer = names.title(passage.predecessor), names.title(passage.successor)
    if passage.predecessor not in closing:
        yield _("{unit} does not close in this change, so nothing of it goes to {successor}.").format(
            unit=older, successor=newer
        )
        return
    if not 0 < passage.share <= 1 or passage.share.denominator > _LARGEST:
        yield _("The share of {unit} in {successor} must be above 0 and at most 1.").format(unit=older, successor=newer)
    if (passage.basis is LineageBasis.WHOLE) != (passage.share == 1):
        sentence = _("{unit} goes to {successor} as a whole or in part: say what the share rests on.")
        yield sentence.format(unit=older, successor=newer)
    same_level = names.level(passage.predecessor) is names.level(passage.successor)
    if same_level and passage.successor not in names.openings:
        sentence = _("{unit} takes in territory and is another unit afterwards: let it close, and open its successor.")
        yield sentence.format(unit=newer)


def _shares(closes: list[str], passages: list[Passage], names: Names) -> Iterator[str]:
    sums: dict[tuple[str, UnitLevel | None], Fraction] = defaultdict(Fraction)
    pairs = Counter((one.predecessor, one.successor) for one in passages)
    for one in passages:
        sums[one.predecessor, names.level(one.successor)] += one.share
    for (older, newer), count in pairs.items():
        if count > 1:
            yield _("The share of {unit} in {successor} is given twice.").format(
                unit=names.title(older), successor=names.title(newer)
            )
    for (older, _level), share in sums.items():
        if share != 1 and names.standing(older) is not None:
            yield _("The shares of {unit} add up to {share}, not to 1.").format(unit=names.title(older), share=share)
    with_heirs = {one.predecessor for one in passages}
    for key in closes:
        if key not in with_heirs and names.standing(key) is not None:
            yield _("{unit} closes, and nothing takes over its area.").format(unit=names.title(key))


def of_the_outcome(tree: UnitTree, edits: Edits) -> Iterator[str]:
    """What would be wrong with the catalogue afterwards."""
    on, touched = edits.on, {one.unit_id for one in edits.begun}
    for unit_id in touched:
        unit = tree.units[unit_id]
        parent = tree.units[unit.states[-1].parent_id or tree.nation_id]
        if parent.opened_on > on or parent.closed_on is not None:
            yield _("{unit} would stand under {parent}, which does not stand then.").format(
                unit=title_on(unit, on), parent=title_on(parent, on)
            )
    yield from _orphans(tree, edits)
    yield from _taken(tree, edits, touched)


def _orphans(tree: UnitTree, edits: Edits) -> Iterator[str]:
    closed = set(edits.closed)
    left: dict[int, list[Unit]] = defaultdict(list)
    for unit in tree.units.values() if closed else ():
        for state in unit.states:
            if state.parent_id in closed and (state.to_on is None or state.to_on >= edits.on):
                left[state.parent_id].append(unit)
    for parent_id, units in left.items():
        sentence = _("{parent} closes, and {count} units stay under it, {unit} among them: move or close them too.")
        parent, one = title_on(tree.units[parent_id], edits.eve), title_on(units[0], edits.on)
        yield sentence.format(parent=parent, count=len(units), unit=one)


def _taken(tree: UnitTree, edits: Edits, touched: set[int]) -> Iterator[str]:
    """A name twice under one parent with one kind, or a code twice in one level, on that day."""
    on = edits.on
    called: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    coded: dict[tuple[UnitLevel, str | None], list[Unit]] = defaultdict(list)
    for level in {tree.units[one].level for one in touched}:
        for unit_id in tree.at_level(level, on):
            unit = tree.units[unit_id]
            state = unit.state(on)
            called[level, state.parent_id, state.kind, normalize("NFC", state.name).casefold()].append(unit)
            coded[level, state.code].append(unit)
    for units in called.values():
        if len(units) > 1 and touched & {unit.id for unit in units}:
            parent = tree.units[units[0].state(on).parent_id or tree.nation_id]
            sentence = _("{count} units called {unit} would stand under {parent}.")
            yield sentence.format(count=len(units), unit=title_on(units[0], on), parent=title_on(parent, on))
    for (_level, code), units in coded.items():
        if code is not None and len(units) > 1 and touched & {unit.id for unit in units}:
            sentence = _("The code {code} would be that of {unit} and of {other} at once.")
            yield sentence.format(code=code, unit=title_on(units[0], on), other=title_on(units[1], on))


def _unknown(name: str) -> str:
    return _("There is no unit “{unit}” within your reach.").format(unit=name)
