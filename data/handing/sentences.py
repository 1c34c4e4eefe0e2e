"""Handing down in words: what a check says, by which method a proposal was made, and why there is none."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from data.handing.asks import Asks
from data.handing.checking import Check
from data.handing.model import Board, BoardColumn, Place
from data.handing.proposals import Goal, Hindrance, Unproposed, Way
from data.judging.operators import Direction
from data.measures import Measure
from data.numbers import format_exact, format_number
from data.wording import N_, _
from data.wording.measures import margin_number, measured_exact, measured_margin
from data.wording.periods import period_short
from data.wording.targets import target_phrase

# So many units are named in a sentence; of more it says how many there are.
MOST_NAMED = 5

_WAYS = {
    Way.EQUAL: N_("Equal parts"),
    Way.SHARE: N_("By population"),
    Way.GAP: N_("Close the gap"),
}
_HINDRANCES = {
    Hindrance.NO_GOAL: N_("Type the unit's own number first: there is nothing to share out yet."),
    Hindrance.NOT_WHOLE: N_("A count is shared out in whole numbers: the numbers typed are not whole."),
    Hindrance.HELD: N_("The numbers that stand already come to more than the unit's own: nothing is left."),
    Hindrance.NO_WEIGHT: N_("Nobody knows how many people live in: {units}."),
    Hindrance.NO_RESULT: N_("There is no result of a whole year ({year}) for: {units}."),
    Hindrance.TOO_FAR: N_("The others cannot make up for the numbers that stand already, however far they go."),
    Hindrance.RATE: N_("A rate is not shared out: each unit has its own."),
}


def way_name(way: Way, *, is_count: bool) -> str:
    """The method on a button."""
    if way is Way.EQUAL and not is_count:
        return _("The same for all")
    return _(_WAYS[way])


def ways_of(column: BoardColumn) -> tuple[Way, ...]:
    """The methods that there are for the column: a rate is not shared out."""
    return tuple(Way) if column.is_count else (Way.EQUAL, Way.GAP)


def way_sentence(way: Way, column: BoardColumn, board: Board) -> str:
    """How the method works, in one sentence."""
    weighed, last = period_short(column.weights.period or board.last), period_short(board.last)
    if way is Way.EQUAL and not column.is_count:
        return _("Everybody gets the unit's own number.")
    if way is Way.EQUAL:
        return _("The unit's own number divided evenly; what is left over goes one by one.")
    if way is Way.SHARE:
        return _("The unit's own number shared out by the people counted in {year}.").format(year=weighed)
    if column.is_count:
        return _("Everybody moves by the same number from the result of {year}, until the sum is reached.").format(
            year=last
        )
    return _(
        "Everybody short of it moves by the same points from the result of {year}, until the mean is reached; the "
        "others hold their level."
    ).format(year=last)


def hindrance_sentence(found: Unproposed, board: Board, column: BoardColumn) -> str:
    """Why there is no proposal."""
    sentence = _(_HINDRANCES[found.why])
    if found.why is Hindrance.NO_WEIGHT and not column.is_count:
        sentence = _("What they are a share of was not counted for: {units}.")
    return sentence.format(units=named(board, found.keys), year=period_short(board.last))


def asks_word(asks: Asks) -> str:
    """How a number is read, in a list to choose from: `≥ …`, `≤ …`, `đúng bằng …`."""
    phrase = target_phrase(asks.operator, 1, 1, Measure.NONE, direction=asks.direction)
    return phrase.replace(format_exact(1), "…")


def check_sentence(check: Check, column: BoardColumn, board: Board, goal: Goal | None) -> str:
    """`Tổng 10.020 / 10.000 (+20)`; the mean of a rate with the year of its weights."""
    measure = column.definition.measure
    if check.total is None:
        return _("Nothing is typed yet.") if len(check.lacking) == len(board.children) else _("No mean: no weights.")
    total = measured_exact(_short(check.total, measure), measure)
    said = _("Sum {total}") if column.is_count else _("Weighted mean {total}")
    text = said.format(total=total)
    if goal is not None and check.difference is not None:
        own = measured_exact(goal.number, measure)
        margin = margin_number(check.difference, measure) if check.difference else "0"
        text = f"{text} / {own} ({margin})"
    if not column.is_count and column.weights.period is not None:
        text += " · " + _("weights of {year}").format(year=period_short(column.weights.period))
    return text


def lacking_sentences(check: Check, board: Board) -> list[str]:
    """Who has no number yet, and whose number could not be weighed."""
    said = []
    if check.lacking:
        said.append(_("Without a number: {units}.").format(units=named(board, check.lacking)))
    if check.unweighed:
        said.append(_("Left out of the mean, for nothing was counted: {units}.").format(
            units=named(board, check.unweighed)
        ))  # fmt: skip
    return said


def beside_sentence(goal: Goal, measure: Measure) -> str:
    """Why a child's number is flagged: `thấp hơn chỉ tiêu của cấp giao 88%`."""
    own = measured_exact(goal.number, measure)
    if goal.asks.good is None:
        return _("other than the unit's own target {own}").format(own=own)
    if goal.asks.good is Direction.UP:
        return _("lower than the unit's own target {own}").format(own=own)
    return _("higher than the unit's own target {own}").format(own=own)


def short_sentence(check: Check, column: BoardColumn) -> str:
    """That the numbers together miss the parent's own."""
    measure = column.definition.measure
    margin = measured_margin(check.difference, measure)
    if column.is_count:
        return _("{definition}: the sum misses the unit's own target ({margin}).").format(
            definition=column.definition.name, margin=margin
        )
    return _("{definition}: the weighted mean misses the unit's own target ({margin}).").format(
        definition=column.definition.name, margin=margin
    )


def problem_sentences(board: Board, problems: Mapping[Place, str]) -> list[str]:
    """Which cells are wrong and why: units with the same problem in one sentence, in the order of the sheet."""
    said = []
    for column in board.columns:
        units: dict[str, list[str]] = {}
        for line in (board.parent, *board.children):
            if (why := problems.get((line.unit.key, column.key))) is not None:
                units.setdefault(why, []).append(line.unit.key)
        said += [f"{column.definition.name}: {named(board, keys)}: {why}" for why, keys in units.items()]
    return said


def named(board: Board, keys: Iterable[str]) -> str:
    """The units by name; of many the first, and how many more there are."""
    names: Mapping[str, str] = {line.unit.key: line.title for line in (board.parent, *board.children)}
    listed = [names.get(key, key) for key in keys]
    if len(listed) <= MOST_NAMED:
        return ", ".join(listed)
    more = format_number(len(listed) - MOST_NAMED)
    return _("{units} and {count} more").format(units=", ".join(listed[:MOST_NAMED]), count=more)


def _short(total: Fraction, measure: Measure) -> Fraction:
    """A mean has no end of decimals: two, or as many as the measure has."""
    scale = 10 ** max(2, measure.decimals) if not measure.is_count else 1
    return Fraction(round(total * scale), scale)
