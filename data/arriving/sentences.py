"""The answer in words: whether the whole arrives and by how much, or why it cannot be said."""

from fractions import Fraction

from data.arriving.arithmetic import Conclusion, Outcome
from data.arriving.demands import Demand
from data.arriving.model import Answer, Arrival, Inherited, Line, Obstacle, Part, Unsaid, Weighing
from data.comparisons.display import cited, target_text
from data.measures import Measure
from data.numbers import format_date, format_number
from data.targets.adding import TargetSum
from data.targets.chain import Place as Standing
from data.targets.chain import Step
from data.targets.ends import Ends
from data.targets.listing import owner_name
from data.targets.register import TargetInfo
from data.targets.sentences import place_name, source_text
from data.wording import N_, _
from data.wording.judging import reason_sentence
from data.wording.measures import NO_VALUE, measured, measured_margin, measured_number
from data.wording.targets import target_phrase

_MOST_NAMED = 3
_WHY = {
    Obstacle.CHANGE: N_("a change is asked for, and no level"),
    Obstacle.BY_ZONE: N_("each fertility zone is asked for a number of its own, and nothing is asked of all"),
    Obstacle.BEYOND: N_("{many} of the units below lie beyond your reach"),
    Obstacle.MISSING: N_("{many} of {all} units have no target of their own"),
    Obstacle.TWO_IN_FORCE: N_("two targets are in force for {units}"),
    Obstacle.KIND: N_("no level is set for {units}, only a change or words"),
    Obstacle.OTHER_SIDE: N_("some of the targets limit the other side only"),
    Obstacle.NO_WEIGHT: N_("in no year do all of the units have approved denominators"),
    Obstacle.MASKED: N_("small counts of neighbouring units are hidden, so nothing can be weighted by them"),
    Obstacle.NO_MEAN: N_("a rank does not follow from the ranks of the parts"),
}
_GLYPHS = {Conclusion.ARRIVES: "●", Conclusion.FALLS_SHORT: "▲", Conclusion.UNSAID: "◐"}


def conclusion_glyph(conclusion: Conclusion) -> str:
    """The sign that stands beside the words, never instead of them."""
    return _GLYPHS[conclusion]


def answer_text(line: Line, answer: Answer, arrival: Arrival) -> str:
    """`về đích, dư 2,3 điểm %`, `hụt ít nhất 0,9 điểm %`, `chưa nói được vì …`; of a milestone only the distance."""
    if answer.unsaid is not None:
        why = unsaid_text(answer.unsaid, line, answer.demand.year, arrival.place.beyond)
        return _("cannot be said: {why}").format(why=why)
    said = outcome_text(answer.outcome, line.definition.measure, sure=answer.sure, later=answer.demand.later)
    return _("milestone {year}: {said}").format(year=answer.demand.year, said=said) if answer.demand.later else said


def outcome_text(outcome: Outcome, measure: Measure, *, sure: bool = True, later: bool = False) -> str:
    """The conclusion with its distance; without `sure` the distance is the least that is certain."""
    if outcome.margin is None:
        return ""
    size = size_text(outcome.margin, measure)
    if outcome.conclusion is Conclusion.FALLS_SHORT:
        if not outcome.margin:
            return _("exactly at the limit, which has to be passed")
        if later:
            return (_("{size} to go") if sure else _("at least {size} to go")).format(size=size)
        said = _("falls short by {size}") if sure else _("falls short by at least {size}")
    elif not outcome.margin:
        return _("arrives exactly")
    else:
        said = _("arrives with {size} to spare") if sure else _("arrives with at least {size} to spare")
    return said.format(size=size)


def unsaid_text(unsaid: Unsaid, line: Line, year: int, beyond: int) -> str:
    """Why nothing can be said, to stand after a colon."""
    if unsaid.why is Obstacle.NO_LEVEL:
        said = reason_sentence(unsaid.reason, year) if unsaid.reason else ""
        return said[:1].lower() + said[1:]
    return _(_WHY[unsaid.why]).format(
        many=format_number(unsaid.many),
        all=format_number(len(line.parts) + beyond),
        units=_names(line, unsaid.unit_ids),
    )


def size_text(margin: Fraction, measure: Measure) -> str:
    """The size of a distance: `3,7 điểm`, `0,4 điểm %`, `1.240 người`."""
    return measured_margin(abs(margin), measure).lstrip("+")


def ends_text(ends: Ends | None, measure: Measure) -> str:
    """From where to where: `≥ 65,9%`, `< 109,0`, `103,0–107,0`, one number where both ends are one."""
    if ends is None or (ends.low is None and ends.high is None):
        return NO_VALUE
    if ends.low is None:
        return f"{'<' if ends.high_strict else '≤'} {measured(ends.high, measure)}"
    if ends.high is None:
        return f"{'>' if ends.low_strict else '≥'} {measured(ends.low, measure)}"
    if ends.low == ends.high:
        return measured(ends.low, measure)
    return f"{measured_number(ends.low, measure)}–{measured(ends.high, measure)}"


def asks_text(demand: Demand) -> str:
    """What is asked, with the year where it is a later one's, and whose it is where it is asked of everybody."""
    text = target_text(demand.target, demand.definition.measure)
    if demand.later:
        return _("{year}: {asks}").format(year=demand.year, asks=text)
    return _("{asks} (the nation's)").format(asks=text) if demand.of_nation else text


def sources_text(demand: Demand) -> str:
    """Each instrument with number, date and clause, and what became of it where it is not what judges."""
    return "; ".join(map(step_source, demand.steps))


def step_source(step: Step) -> str:
    """One instrument with number, date and clause, and what became of it where it is not what judges."""
    source = source_text(step.target)
    return source if step.place is Standing.JUDGES else f"{source} ({place_name(step.place)})"


def supposed_text(line: Line, answer: Answer) -> str:
    """What all come to if the others stay where they were, how that would stand, and which year's results stay."""
    measure = line.definition.measure
    if line.supposed is None or line.stayed_in is None:
        return NO_VALUE
    value = ends_text(line.supposed, measure)
    outcome = outcome_text(answer.supposed, measure, later=answer.demand.later) if answer.supposed else ""
    stayed = _("results of {year} stay").format(year=line.stayed_in)
    return " · ".join(filter(None, (value, outcome, stayed)))


def weighing_text(weighing: Weighing | None) -> str:
    """By what the units are weighed, and of which year it is."""
    if weighing is None:
        return NO_VALUE
    if weighing.year is None:
        return _("counts add up")
    if weighing.approximate:
        return _("approximately, by the published population of {year}").format(year=weighing.year)
    return _("by the denominators of {year}").format(year=weighing.year)


def targets_text(part: Part, measure: Measure) -> str:
    """What is set for a part; each of them, where two are in force."""
    return " / ".join(target_text(one, measure) for one in part.targets) or NO_VALUE


def target_sources(targets: tuple[TargetInfo, ...]) -> str:
    """Where the targets are written."""
    return "; ".join(dict.fromkeys(map(source_text, targets)))


def inherited_text(inherited: Inherited | None, measure: Measure) -> str:
    """What the old units were told, and for counts what it adds up to: never a target of the new one."""
    if inherited is None:
        return ""
    told = "; ".join(
        f"{name}: {target_text(target, measure)} ({cited(target.document)})"
        if target
        else _("{unit}: none").format(unit=name)
        for name, target in inherited.targets
    )
    total = inherited.total
    if not isinstance(total, TargetSum) or not measure.is_count:
        return _("targets of the old units: {told}").format(told=told)
    low, high = (round(float(end), measure.decimals) for end in (total.low, total.high))
    phrase = target_phrase(total.operator, low, high, measure, direction=total.direction)
    return _("added up from the targets of the old units: {sum} ({told})").format(sum=phrase, told=told)


def title_text(arrival: Arrival) -> str:
    """The question, of the unit in question: `Cả nước có về đích?`."""
    return _("Would {unit} arrive?").format(unit=owner_name(arrival.whole))


def having_targets(arrival: Arrival) -> int:
    """How many of the units below have a target of their own for anything that is shown."""
    return sum(any(line.parts[at].targets for line in arrival.lines) for at in range(len(arrival.place.parts)))


def under_texts(arrival: Arrival) -> list[str]:
    """For whom, which year, which boundaries, how complete."""
    place = arrival.place
    having = having_targets(arrival)
    every = len(place.parts) + place.beyond
    said = [
        _("year {year}").format(year=place.year),
        _("boundaries of {day}").format(day=format_date(place.day)),
        _("{having} of {all} units have a target of their own for what is shown").format(
            having=format_number(having), all=format_number(every)
        ),
    ]
    if place.beyond:
        said.append(_("{many} of them beyond your reach").format(many=format_number(place.beyond)))
    return said


def convention_text() -> str:
    """How the page reckons, in two sentences."""
    return _(
        "Each unit is taken to do exactly what its target asks. Ratios are weighted by their denominators, counts"
        " add up."
    )


def _names(line: Line, unit_ids: tuple[int, ...]) -> str:
    names = [owner_name(part.whose) for part in line.parts if part.whose.unit.id in unit_ids]
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return _("{units} and {count} more").format(units=shown, count=more) if more > 0 else shown
