"""What the ways say in words, the same for the screen and for files."""

from data.comparisons.display import aim_text, cited, shown
from data.judging import Method, Reason
from data.judging.pace import Ahead
from data.measures import Measure
from data.numbers import format_date
from data.paths.model import GoalOf, Path, Paths, Setter, YearOf
from data.units.breaks import Break
from data.wording import _
from data.wording.measures import NO_VALUE, measured, measured_number
from data.wording.paths import method_name, method_sentence, path_reason, setter_name, weakness_text
from data.wording.units import capitalised

# What the year of arrival and a notice above the table say already.
_SAID = frozenset({Reason.PACE_UNCERTAIN, Reason.UNIT_CLOSED})


def title_text(paths: Paths) -> str:
    """`Đường đến 2030: Tỉnh Cao Bằng`, or the indicator of the one way that was chosen."""
    if paths.chosen is not None:
        return f"{paths.chosen.definition.name}: {paths.whose.title}"
    return _("On the way to 2030: {unit}").format(unit=paths.whose.title)


def covered_text(paths: Paths) -> str:
    """Which years a pace can be found from."""
    if not paths.years:
        return _("no complete year")
    return _("complete years from {first} to {last}, on the unit's own area").format(
        first=paths.years[0], last=paths.years[-1]
    )


def nothing_text(paths: Paths) -> str:
    """That there is no goal; empty where there is one."""
    if paths.chosen is not None and not paths.chosen.goals:
        return _("Nothing is set over this unit for a later year in this column.")
    return "" if paths.paths else _("Nothing is set over this unit for a later year.")


def closed_text(paths: Paths) -> str:
    """That the unit has closed; empty of one that lives."""
    closed = paths.whose.unit.closed_on
    if closed is None:
        return ""
    said = _("This unit closed on {day}: its goals can be read and judge nobody.")
    return said.format(day=format_date(closed))


def crossed_text(one: Break) -> tuple[str, str]:
    """A change of the area that the years cross, and its laws."""
    said = _("The series of {unit} breaks on {day}: what stands before is the sum of {units}.")
    text = said.format(unit=one.into, day=format_date(one.on), units=", ".join(one.made_of))
    return text, "; ".join(cited(law) for law in one.documents)


def meaning_text() -> str:
    """What the signs of the verdicts say, where most of them may be that nothing is certain."""
    known = _("On track: all of the pace's interval reaches the goal in its year. Behind: none of it does.")
    return f"{known} {_('Not enough to go by: a part of it does; more years of results make the interval narrower.')}"


def method_texts() -> list[str]:
    """How a pace is found."""
    return [
        _("What is needed, where the pace leads and the year of arrival all start from the last complete year."),
        *(method_sentence(one) for one in Method),
    ]


def goal_text(goal: GoalOf, measure: Measure) -> str:
    """What is to be reached and when: `< 109 đến năm 2030`."""
    return _("{target} by {year}").format(target=aim_text(goal.aim, measure), year=goal.aim.year)


def owner_text(goal: GoalOf) -> str:
    """Whose goal it is: the nation's, the level above by name, the unit's own."""
    said = capitalised(setter_name(goal.setter.value))
    return f"{said} ({goal.whose.title})" if goal.setter is Setter.PARENT else said


def pace_years(goal: GoalOf) -> str:
    """From which years the pace was found: `2022–2025`; empty where there is none."""
    pace = goal.pace
    return f"{pace.first_year}–{pace.last_year}" if has_pace(goal) else ""


def pace_method(goal: GoalOf) -> str:
    """How the pace was found; empty where there is none."""
    method = goal.pace.method
    return method_name(method) if method is not None and has_pace(goal) else ""


def has_pace(goal: GoalOf) -> bool:
    """Whether there are years enough for a pace."""
    return goal.pace.slope is not None and goal.pace.method is not None


def reason_text(goal: GoalOf) -> str:
    """Why there is no verdict, or an uncertain one, where nothing else says so."""
    reason = goal.pace.reason
    return "" if reason is None or reason in _SAID else path_reason(goal.pace, goal.aim.year)


def why_unknown(path: Path) -> str:
    """Why the last year cannot be used; all of the years where none of them is within reach."""
    return why_left_out(path.years[-1], path.definition.measure) if path.years else _("no complete year")


def why_left_out(year: YearOf, measure: Measure) -> str:
    """Why the pace does not have this year: there is no value, or it is none to be held against; empty where it has."""
    if year.cell is None:
        return _("outside your reach then")
    if year.weakness is not None:
        return weakness_text(year.weakness.value)
    return "" if year.has_value else shown(year.cell, measure).why


def value_text(one: YearOf, measure: Measure) -> str:
    """A year's value, with the signs of the comparison for what is missing and for what is hidden."""
    if one.cell is None:
        return NO_VALUE
    return measured(one.cell.value, measure) if one.has_value else shown(one.cell, measure).text


def used_text(one: YearOf, measure: Measure) -> str:
    """Whether the pace has the year, and why not."""
    if one.counts:
        return _("yes")
    why = why_left_out(one, measure)
    return _("no: {reason}").format(reason=why) if one.has_value else why


def ahead_of(path: Path) -> tuple[tuple[Ahead, ...], list[GoalOf]]:
    """Year by year what the pace leads to, and the goals of which it can be said what they need meanwhile."""
    led = [goal for goal in path.goals if goal.pace.course]
    longest = max((goal.pace.course for goal in led), key=len, default=())
    return longest, [goal for goal in led if goal.pace.level is not None]


def needed_for(goal: GoalOf, measure: Measure) -> str:
    """The heading above what a goal needs."""
    return _("Needed for {goal}").format(goal=goal_text(goal, measure))


def needed_in(goal: GoalOf, year: int) -> float | None:
    """What would stand in a year on the straight way to a goal; None where it cannot be said, and beyond its year."""
    pace = goal.pace
    if pace.value is None or pace.needed is None or pace.last_year is None or year > goal.aim.year:
        return None
    return pace.value + pace.needed * (year - pace.last_year)


def needed_in_text(goal: GoalOf, year: int, measure: Measure) -> str:
    """The same in words; empty where it cannot be said."""
    value = needed_in(goal, year)
    return "" if value is None else measured_number(value, measure)
