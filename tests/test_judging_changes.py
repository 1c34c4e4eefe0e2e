"""Laws of changes and of levels to hold, and of every kind of target together."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.judging import Direction, Goal, Grounds, Observed, Operator, Reason, Verdict, judge
from data.judging.operators import CHANGES, SHARES

GOOD = {Verdict.MET, Verdict.ON_TRACK, Verdict.EXPECTED}
BAD = {Verdict.NOT_MET, Verdict.BEHIND}
UPWARDS = (Operator.AT_LEAST, Operator.ABOVE)
DOWNWARDS = (Operator.AT_MOST, Operator.BELOW)

numbers = st.integers(0, 10**7).map(lambda hundredths: hundredths / 100)
sizes = st.integers(1, 99).map(float)
bases = st.integers(100, 10**6).map(float)
months = st.integers(1, 12)
standings = st.sampled_from(["ESTIMATE", "PRELIMINARY", "FINAL"])


@st.composite
def changes(draw: st.DrawFn, *, is_count: bool | None = None) -> Goal:
    """A change of any kind against 2024, in 2025, whose base value the plan does not print."""
    operator, direction = draw(st.sampled_from(sorted(CHANGES))), draw(st.sampled_from(Direction))
    size = draw(sizes)
    if operator is Operator.REDUCTION_FRACTION:
        size /= 100
    if operator in (Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT):
        direction = Direction.DOWN
    elif direction is Direction.DOWN:
        size = -size
    counted = draw(st.booleans()) if is_count is None else is_count
    return Goal(operator, size, size, direction, 2025, counted, baseline_year=2024)


@st.composite
def anything(draw: st.DrawFn) -> Goal:
    """A target of any kind, of 2025 or about it."""
    operator = draw(st.sampled_from(Operator))
    low, high = sorted((draw(numbers), draw(numbers)))
    if operator not in (Operator.RANGE, Operator.PER_ZONE):
        high = low
    direction = draw(st.sampled_from([Direction.UP, Direction.DOWN, None]))
    return Goal(operator, low, high, direction, draw(st.integers(2024, 2026)), draw(st.booleans()), baseline_year=2024)


@st.composite
def results(draw: st.DrawFn, year: int = 2025) -> Observed:
    """A result of any kind, with some earlier years."""
    observed = Observed(draw(numbers), year, draw(months), draw(standings))
    if draw(st.booleans()):
        boys, girls = draw(st.integers(1, 10**6)), draw(st.integers(1, 10**6))
        observed = replace(observed, value=boys / girls * 100, numerator=boys, denominator=girls, chance=True)
    years = draw(st.lists(st.integers(2020, 2024), unique=True, max_size=5))
    return replace(observed, earlier=tuple(Observed(draw(numbers), one) for one in years))


def after(value: float, base: float, elapsed: int = 12, standing: str = "FINAL") -> Observed:
    return Observed(value, 2025, elapsed, standing, earlier=(Observed(base, 2024),))


@pytest.mark.parametrize(
    ("operator", "size", "direction", "base", "level"),
    [
        (Operator.DELTA, -16.2, Direction.DOWN, 127.2, 111.0),
        (Operator.DELTA, 0.3, Direction.UP, 13.0, 13.3),
        (Operator.DELTA_RELATIVE, -15, Direction.DOWN, 200, 170),
        (Operator.DELTA_RELATIVE, 5, Direction.UP, 200, 210),
        (Operator.REDUCTION_FRACTION, 0.5, Direction.DOWN, 200, 100),
        (Operator.REDUCTION_FRACTION, 2 / 3, Direction.DOWN, 300, 100),
        (Operator.REDUCTION_PERCENT, 60, Direction.DOWN, 200, 80),
        (Operator.REDUCTION_PERCENT, 60, None, 200, 80),
        (Operator.DELTA, 0.3, None, 13.0, 13.3),
        (Operator.DELTA, -0.3, None, 13.0, 12.7),
    ],
)
def test_a_change_is_a_level_once_its_base_is_known(
    operator: Operator, size: float, direction: Direction | None, base: float, level: float
) -> None:
    goal = Goal(operator, size, size, direction, 2025, is_count=False, baseline_year=2024)
    rises = size > 0 and operator not in (Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT)
    for step, verdict in ((-1, BAD if rises else GOOD), (0, GOOD), (1, GOOD if rises else BAD)):
        judgement = judge(goal, after(level + step / 10, base))
        assert judgement.verdict in verdict
        assert judgement.grounds == Grounds(2024, base, pytest.approx(level))  # type: ignore[arg-type]
        assert judgement.margin == pytest.approx((step if rises else -step) / 10)


@given(changes(), bases, numbers, months, standings)
def test_an_own_base_and_a_printed_one_say_the_same(
    goal: Goal, base: float, value: float, elapsed: int, standing: str
) -> None:
    assume(not goal.is_count or min(value, base) >= 100)
    printed = replace(goal, baseline=base)
    own, as_printed = (
        judge(goal, after(value, base, elapsed, standing)),
        judge(printed, after(value, 0, elapsed, standing)),
    )
    assert own == as_printed


@given(changes(), bases, numbers, numbers, months)
def test_going_farther_the_same_way_is_never_worse(
    goal: Goal, base: float, one: float, other: float, elapsed: int
) -> None:
    less, more = sorted((one, other))
    near, far = (more, less) if goal.direction is Direction.DOWN else (less, more)
    if judge(goal, after(near, base, elapsed)).verdict in GOOD:
        assert judge(goal, after(far, base, elapsed)).verdict in GOOD


@given(changes(is_count=False), bases, numbers, months, standings)
def test_the_sign_of_a_changes_margin_agrees_with_its_verdict(
    goal: Goal, base: float, value: float, elapsed: int, standing: str
) -> None:
    judgement = judge(goal, after(value, base, elapsed, standing))
    assert judgement.margin is not None
    assert (judgement.margin >= 0) == (judgement.verdict in GOOD)


@given(changes(), numbers)
def test_without_its_base_year_no_change_is_judged(goal: Goal, value: float) -> None:
    judgement = judge(goal, Observed(value, 2025, earlier=(Observed(1, 2023),)))
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_JUDGED, Reason.NO_BASELINE)
    assert judgement.grounds == Grounds(base_year=2024)


@given(changes(), numbers)
def test_a_share_of_nothing_is_not_judged(goal: Goal, value: float) -> None:
    judgement = judge(goal, after(value, 0))
    assert (judgement.reason is Reason.ZERO_BASE) == (goal.operator in SHARES)


@given(st.sampled_from(UPWARDS + DOWNWARDS), numbers, numbers, numbers, months, st.booleans(), standings)
def test_one_sided_targets_are_monotone_in_the_value(
    operator: Operator, target: float, one: float, other: float, elapsed: int, is_count: bool, standing: str
) -> None:
    goal = Goal(operator, target, target, None, 2025, is_count)
    worse, better = sorted((one, other), reverse=operator in DOWNWARDS)
    low, high = (judge(goal, Observed(value, 2025, elapsed, standing)) for value in (worse, better))
    assert not (low.verdict in GOOD and high.verdict in BAD)
    assert low.margin is not None
    assert high.margin is not None
    if low.due is not None and high.due is not None:
        assert low.margin <= high.margin


@given(st.integers(50, 200), st.integers(1, 10**5), st.integers(1, 10**5), st.integers(1, 10**5))
def test_more_boys_never_bring_a_ratio_under_its_limit(level: int, girls: int, boys: int, more: int) -> None:
    goal = Goal(Operator.AT_MOST, level, level, None, 2025, is_count=False)
    births = boys + more + girls
    order = [Verdict.MET, Verdict.UNCERTAIN, Verdict.NOT_MET]
    few, many = (
        judge(
            goal, Observed(part / (births - part) * 100, 2025, numerator=part, denominator=births - part, chance=True)
        )
        for part in (boys, boys + more)
    )
    assert order.index(few.verdict) <= order.index(many.verdict)


@given(anything(), results())
def test_every_judgement_agrees_with_its_margin_and_its_standing(goal: Goal, observed: Observed) -> None:
    judgement = judge(goal, observed)
    strict = goal.operator in (Operator.ABOVE, Operator.BELOW)
    if judgement.verdict in GOOD:
        assert judgement.margin is not None
        assert judgement.margin > 0 if strict else judgement.margin >= 0
    if judgement.verdict in BAD:
        assert judgement.margin is not None
        assert judgement.margin <= 0 if strict else judgement.margin < 0
    if judgement.verdict is Verdict.EXPECTED:
        assert observed.standing == "ESTIMATE"
    if judgement.verdict in {Verdict.MET, Verdict.NOT_MET, Verdict.ON_TRACK}:
        assert observed.standing != "ESTIMATE"
    assert (judgement.verdict in {Verdict.NOT_JUDGED, Verdict.UNCERTAIN} or judgement.reason is Reason.NOT_HELD) == (
        judgement.reason is not None
    )
    if goal.year != observed.year:
        assert judgement.verdict is Verdict.NOT_JUDGED


@given(st.lists(st.tuples(anything(), results()), min_size=2, max_size=4))
def test_the_order_of_judging_changes_nothing(pairs: list[tuple[Goal, Observed]]) -> None:
    first = [judge(goal, observed) for goal, observed in pairs]
    for order in list(permutations(range(len(pairs))))[:6]:
        again = {place: judge(*pairs[place]) for place in order}
        assert [again[place] for place in range(len(pairs))] == first


@given(anything(), results())
def test_the_order_of_earlier_years_changes_nothing(goal: Goal, observed: Observed) -> None:
    turned = replace(observed, earlier=tuple(reversed(observed.earlier)))
    assert judge(goal, turned) == judge(goal, observed)


HOLD = Goal(Operator.REACH_AND_HOLD, 2.1, 2.1, None, 2025, is_count=False, tolerance=0.05)


@pytest.mark.parametrize(
    ("earlier", "now", "verdict", "reason", "grounds"),
    [
        ({}, 2.1, Verdict.NOT_JUDGED, Reason.NO_EARLIER_YEARS, None),
        ({}, 2.3, Verdict.NOT_MET, None, None),
        ({2023: 2.4, 2024: 2.3}, 2.1, Verdict.MET, None, Grounds(since=2025)),
        ({2023: 2.4, 2024: 2.12}, 2.1, Verdict.MET, None, Grounds(since=2024)),
        ({2023: 2.1, 2024: 2.12}, 2.2, Verdict.NOT_MET, Reason.NOT_HELD, Grounds(since=2023, lost=2025)),
        ({2022: 2.1, 2023: 1.9, 2024: 2.1}, 2.1, Verdict.NOT_MET, Reason.NOT_HELD, Grounds(since=2022, lost=2023)),
        ({2023: 2.4}, 2.3, Verdict.NOT_MET, None, None),
    ],
)
def test_a_level_is_reached_and_held_or_lost(
    earlier: dict[int, float], now: float, verdict: Verdict, reason: Reason | None, grounds: Grounds | None
) -> None:
    past = tuple(Observed(value, year) for year, value in earlier.items())
    judgement = judge(HOLD, Observed(now, 2025, earlier=past))
    assert (judgement.verdict, judgement.reason, judgement.grounds) == (verdict, reason, grounds)


def test_a_level_that_was_lost_has_the_margin_of_its_worst_year() -> None:
    past = (Observed(2.1, 2022), Observed(1.85, 2023))
    assert judge(HOLD, Observed(2.1, 2025, earlier=past)).margin == pytest.approx(-0.2)


def test_an_estimate_of_a_held_level_is_expected_and_of_a_lost_one_behind() -> None:
    held, lost = (
        Observed(2.1, 2025, 12, "ESTIMATE", earlier=(Observed(2.1, 2023), Observed(one, 2024))) for one in (2.1, 2.4)
    )
    assert [judge(HOLD, one).verdict for one in (held, lost)] == [Verdict.EXPECTED, Verdict.BEHIND]


def test_another_definition_is_never_judged_by() -> None:
    goal = Goal(Operator.AT_LEAST, 50, 50, None, 2025, is_count=False, definition="prenatal_screening_4")
    judged = [judge(goal, Observed(90, 2025, definition=key)) for key in ("prenatal_screening", "prenatal_screening_4")]
    assert [(one.verdict, one.reason) for one in judged] == [
        (Verdict.NOT_JUDGED, Reason.OTHER_DEFINITION), (Verdict.MET, None),
    ]  # fmt: skip


def test_a_share_of_units_says_how_many_are_lacking() -> None:
    goal = Goal(Operator.AT_LEAST, 70, 70, None, 2025, is_count=False)
    observed = Observed(100 / 161 * 100, 2025, numerator=100, denominator=161, share=True)
    assert judge(goal, observed).grounds == Grounds(lacking=13, of=161)
    enough = replace(observed, value=113 / 161 * 100, numerator=113)
    assert judge(goal, enough).verdict is Verdict.MET
    strict = Goal(Operator.ABOVE, 50, 50, None, 2025, is_count=False)
    for part, lacking in ((80, 1), (70, 11)):
        half = Observed(part / 160 * 100, 2025, numerator=part, denominator=160, share=True)
        assert judge(strict, half).grounds == Grounds(lacking=lacking, of=160)
