"""The illustrative numbers: parts fit their wholes, years their quarters, and the nation looks like itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.model import Catalogue, Definition
from data.db import create_engine_for, unit_of_work
from data.demo.facts import load_facts
from data.demo.levels import ProvinceFacts, shared_out
from data.demo.moments import list_moments
from data.demo.rates import IntArray
from data.demo.reports import Sheet, list_sheets
from data.demo.years import Counted, count_quarters, count_years, draws
from data.kinds import Aggregation, Standing, SubmissionStatus, UnitLevel
from data.migrations import upgrade
from data.periods import Period
from data.seeding import seed
from data.snapshot import get_snapshot
from data.submissions import checks
from data.submissions.model import CellId, ProblemKind, Severity, Window
from data.units.tree import UnitTree
from tests.databases import SqliteDatabases

LAST = Period("2026Q3")
SEED = 21


@dataclass(frozen=True)
class World:
    """The reference facts and what was counted from them."""

    tree: UnitTree
    catalogue: Catalogue
    facts: list[ProvinceFacts]
    quarters: list[Counted]
    years: list[Counted]

    @property
    def sheets(self) -> list[Sheet]:
        return list_sheets(self.tree, self.catalogue, self.quarters, self.years)

    def quarter(self, code: str) -> Counted:
        return next(one for one in self.quarters if one.period.code == code)

    def year(self, year: int) -> Counted:
        return next(one for one in self.years if one.period.year == year)

    def recount(self, last: Period, seed: int) -> dict[tuple[str, str], IntArray]:
        quarters = count_quarters(self.tree, self.facts, last, seed)
        years = count_years(self.tree, self.catalogue, quarters, seed)
        return {(one.period.code, key): values for one in [*quarters, *years] for key, values in one.counts.items()}


@pytest.fixture(scope="module")
def world(sqlite_databases: SqliteDatabases) -> World:
    url = sqlite_databases.create()
    engine = create_engine_for(url)
    upgrade(engine)
    with unit_of_work(engine) as session:
        seed(session)
        known = get_snapshot(session)
        facts = load_facts(session, known.tree)
    engine.dispose()
    sqlite_databases.drop(url)
    quarters = count_quarters(known.tree, facts, LAST, SEED)
    return World(known.tree, known.catalogue, facts, quarters, count_years(known.tree, known.catalogue, quarters, SEED))


def births(counts: dict[str, IntArray]) -> IntArray:
    return counts["births_boys"] + counts["births_girls"]


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others(world: World) -> None:
    first, again, other = (world.recount(Period("2024Q4"), seed) for seed in (SEED, SEED, SEED + 1))
    assert first.keys() == again.keys()
    assert all(np.array_equal(first[key], again[key]) for key in first)
    assert not np.array_equal(first["2024", "births_boys"], other["2024", "births_boys"])


def test_a_later_day_changes_no_earlier_number(world: World) -> None:
    earlier, later = world.recount(Period("2025Q3"), SEED), world.recount(LAST, SEED)
    assert earlier.keys() < later.keys()
    assert all(np.array_equal(earlier[key], later[key]) for key in earlier)


def test_no_report_holds_a_part_above_its_whole(world: World) -> None:
    errors = [
        (world.tree.units[unit_id].key, sheet.period.code, problem.sentence)
        for sheet in world.sheets
        for unit_id, values in zip(sheet.unit_ids, sheet.values.tolist(), strict=True)
        for problem in checks.check(_checked(sheet, values), world.catalogue)
        if problem.severity is Severity.ERROR
    ]
    assert errors == []


def test_a_province_gives_nobody_a_reason_to_ask_back(world: World) -> None:
    odd = [
        (world.tree.units[unit_id].key, sheet.period.code, problem.sentence)
        for sheet in world.sheets
        for unit_id, values in zip(sheet.unit_ids, sheet.values.tolist(), strict=True)
        if world.tree.units[unit_id].level is UnitLevel.PROVINCE
        for problem in checks.check(_checked(sheet, values), world.catalogue)
        if problem.kind is ProblemKind.IMPLAUSIBLE
    ]
    assert odd == []


def _checked(sheet: Sheet, values: list[int]) -> checks.Sheet:
    cells = {
        CellId(row.element.key, sheet.period.code): value for row, value in zip(sheet.form.rows, values, strict=True)
    }
    return checks.Sheet(sheet.form, (Window(sheet.period, Standing.FINAL),), cells)


def test_every_definition_of_a_provinces_year_lies_within_its_limits(world: World) -> None:
    computed = 0
    for year in world.years:
        for definition in world.catalogue.definitions.values():
            values = _values(world.catalogue, definition, year.counts)
            if values is not None:
                computed += 1
                assert definition.plausible_min is None or values.min() >= definition.plausible_min, definition.key
                assert definition.plausible_max is None or values.max() <= definition.plausible_max, definition.key
    assert computed > 60


def _values(catalogue: Catalogue, definition: Definition, counts: dict[str, IntArray]) -> np.ndarray | None:
    sides = []
    for side in (definition.numerator, definition.denominator):
        keys = [catalogue.elements[part.element_id].key for part in side]
        if any(key not in counts for key in keys):
            return None
        sides.append(sum(part.sign * counts[key] for part, key in zip(side, keys, strict=True)))
    if not definition.numerator:
        return None
    return np.asarray(sides[0] / sides[1] * definition.factor if definition.is_ratio else sides[0])


def test_a_year_is_the_sum_of_its_quarters_and_the_last_of_its_stocks(world: World) -> None:
    for year in (2023, 2024):
        four = [world.quarter(f"{year}Q{number}") for number in (1, 2, 3, 4)]
        for key in four[0].counts:
            quarters = np.array([one.era.by_province(one.counts[key]) for one in four])
            counted, kind = world.year(year).counts[key], world.catalogue.element(key).aggregation
            if kind is Aggregation.FLOW:
                assert np.array_equal(counted, quarters.sum(axis=0)), key
            elif kind is Aggregation.STOCK:
                assert np.array_equal(counted, quarters[-1]), key
            else:
                assert (counted >= quarters.max(axis=0)).all(), key
                assert (counted <= quarters.sum(axis=0)).all(), key


def test_a_merged_provinces_first_year_holds_its_predecessors_half(world: World) -> None:
    merged = world.tree.ids["p24-2025"]
    total = 0
    for number in (1, 2, 3, 4):
        one = world.quarter(f"2025Q{number}")
        heirs = [merged] if number > 2 else [world.tree.ids["p24"], world.tree.ids["p27"]]
        counted = one.era.by_province(births(one.counts))
        total += int(counted[np.isin(one.era.provinces, heirs)].sum())
    year = world.year(2025)
    assert births(year.counts)[year.era.provinces == merged].tolist() == [total]


def test_residents_change_by_births_deaths_and_moves_alone(world: World) -> None:
    for before, after in zip(world.quarters, world.quarters[1:], strict=False):
        counts = after.counts
        change = births(counts) - counts["deaths"] + counts["moves_in"] - counts["moves_out"]
        start = counts["population"] - change
        if before.era is after.era:
            assert np.array_equal(start, before.counts["population"]), after.period
        else:
            assert start.sum() == before.counts["population"].sum()
            assert len(after.era.places) > len(before.era.places)


def test_the_nation_looks_like_itself(world: World) -> None:
    counts = world.year(2024).counts
    assert counts["population_average"].sum() == pytest.approx(101_344_000, rel=0.003)
    assert births(counts).sum() == pytest.approx(1_320_000, rel=0.03)
    assert 100 * counts["births_boys"].sum() / counts["births_girls"].sum() == pytest.approx(111.4, abs=1.0)


def test_the_facts_of_a_province_come_out_near_what_was_published(world: World) -> None:
    counts = world.year(2024).counts
    people = np.array([one.population_2024 for one in world.facts])
    deaths = np.array([one.deaths_2020 for one in world.facts])
    assert np.allclose(counts["population_average"], people, rtol=0.03)
    assert np.allclose(1000 * counts["deaths"] / counts["population_average"], deaths, rtol=0.15)


def test_sex_ratios_keep_the_order_of_the_ministrys_groups(world: World) -> None:
    counts = world.year(2024).counts
    ratio = {}
    for group in ("srb-over-112", "srb-109-112", "srb-under-109"):
        here = np.array([one.sex_ratio_group == group for one in world.facts])
        ratio[group] = counts["births_boys"][here].sum() / counts["births_girls"][here].sum()
    assert ratio["srb-over-112"] > ratio["srb-109-112"] > ratio["srb-under-109"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("pregnancies_screened", "pregnancies_managed"),
        ("pregnancies_screened_4", "pregnancies_managed"),
        ("marriages_examined", "marriages"),
        ("elderly_examined", "elderly"),
    ],
)
def test_coverage_grows_and_differs_between_provinces(world: World, above: str, below: str) -> None:
    nation = [one.counts[above].sum() / one.counts[below].sum() for one in world.years]
    assert nation == sorted(nation)
    provinces = world.year(2024).counts
    assert np.std(provinces[above] / provinces[below]) > 0.03


def test_before_the_mergers_every_report_is_approved(world: World) -> None:
    quarters = [one for one in world.quarters if one.period <= Period("2025Q2")]
    sheets = list_sheets(world.tree, world.catalogue, quarters, [world.year(2023), world.year(2024)])
    assert [len(sheet.unit_ids) for sheet in sheets] == [59 + 42] * 10 + [63, 63]
    assert {status for sheet in sheets for status in sheet.statuses} == {SubmissionStatus.APPROVED}


def test_the_demos_city_leaves_each_year_since_the_mergers_open(world: World) -> None:
    quarters = count_quarters(world.tree, world.facts, Period("2026Q4"), SEED)
    years = count_years(world.tree, world.catalogue, quarters, SEED)
    city = world.tree.ids["p31-2025"]
    yearly = [one for one in list_sheets(world.tree, world.catalogue, quarters, years) if one.form.key == "yearly"]
    assert [one.period.year for one in yearly if one.period.year > 2024] == [2025, 2026]
    assert all(city not in one.unit_ids and len(one.unit_ids) == 33 for one in yearly[2:])


def test_small_communes_shake(world: World) -> None:
    last = world.quarters[-1]
    small = (births(last.counts) < 60) & (births(last.counts) > 20)
    large = births(last.counts) > 2000
    girls = last.counts["births_girls"]
    ratios = 100 * last.counts["births_boys"] / np.maximum(girls, 1)
    assert small.sum() > 30
    assert np.std(ratios[small]) > 3 * np.std(ratios[large])


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0.01, 50)), min_size=1, max_size=30),
    st.lists(st.integers(0, 10**7), min_size=4, max_size=4),
)
def test_what_is_shared_out_adds_up_again(places: list[tuple[int, float]], totals: list[int]) -> None:
    number = np.array([0, 1, 2, 3] + [place for place, _ in places])
    weights = np.array([1.0] * 4 + [weight for _, weight in places])
    shared = shared_out(np.array(totals), number, weights)
    assert [int(shared[number == one].sum()) for one in range(4)] == totals
    exact = np.array(totals)[number] * weights / np.bincount(number, weights)[number]
    assert (np.abs(shared - exact) <= 1).all()


@given(st.dates(date(2026, 10, 1), date(2027, 3, 1)), st.integers(0, 2**31))
def test_nothing_is_sent_before_it_ended_or_decided_in_the_future(today: date, luck: int) -> None:
    statuses = (SubmissionStatus.APPROVED, SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED)
    ended = datetime(2026, 9, 30, 17, tzinfo=UTC)  # midnight in Vietnam
    for status, one in zip(statuses, list_moments(statuses, LAST, today, draws(luck)), strict=True):
        end = one.decided_at or one.sent_at
        assert ended <= one.edited_at <= one.sent_at <= end <= datetime(today.year, today.month, today.day, tzinfo=UTC)
        assert (one.decided_at is None) == (status is SubmissionStatus.SUBMITTED)
