"""Promises about the checks of a form: what is an error, what is a warning, and what is neither."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.catalogue.load import load_catalogue
from data.catalogue.model import Catalogue
from data.db import create_engine_for, unit_of_work
from data.kinds import Standing
from data.migrations import upgrade
from data.periods import Period
from data.submissions.checks import PARTS_OF_WHOLES, Sheet, check, ready
from data.submissions.model import CellId, Problem, ProblemKind, Severity, Window
from data.wording import Language, use_language
from tests import worlds
from tests.databases import SqliteDatabases
from tests.world_catalogue import QUARTER

Q3 = Window(Period("2026Q3"), Standing.FINAL)
PLAN = (Window(Period("2025-11M"), Standing.PRELIMINARY), Window(Period("2025"), Standing.ESTIMATE))


@pytest.fixture
def catalogue(session: Session) -> Catalogue:
    worlds.build(session)
    return load_catalogue(session)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language(Language.EN):
        yield


def problems(
    catalogue: Catalogue,
    numbers: Mapping[str, int],
    *,
    previous: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    def cells(found: Mapping[str, object]) -> dict[CellId, object]:
        return {CellId(key, "2026Q3"): value for key, value in found.items()}

    sheet = Sheet(catalogue.form("quarterly"), (Q3,), cells(numbers), cells(notes or {}), cells(previous or {}))  # type: ignore[arg-type]
    return check(sheet, catalogue)


def told(found: tuple[Problem, ...]) -> list[tuple[str, ProblemKind, str]]:
    return [(one.cell.element if one.cell else "", one.kind, one.sentence) for one in found]


def test_a_full_and_consistent_form_has_no_problem(catalogue: Catalogue) -> None:
    assert problems(catalogue, QUARTER) == ()


def test_a_screened_count_above_its_limit_is_an_error_that_names_the_limit(catalogue: Catalogue) -> None:
    found = problems(catalogue, QUARTER | {"pregnancies_managed": 142, "pregnancies_screened": 412})
    assert told(found) == [
        ("pregnancies_screened", ProblemKind.ABOVE_LIMIT, "Greater than “Pregnancies managed” (142).")
    ]
    assert found[0].severity is Severity.ERROR
    assert not ready(found)


def test_a_count_may_equal_its_limit(catalogue: Catalogue) -> None:
    assert problems(catalogue, QUARTER | {"pregnancies_screened": 40}) == ()


def test_a_limit_that_is_not_filled_in_gives_way_to_the_next_one_above(catalogue: Catalogue) -> None:
    numbers = {key: value for key, value in QUARTER.items() if key != "elderly"} | {"elderly_examined": 10_001}
    assert told(problems(catalogue, numbers))[0] == (
        "elderly_examined", ProblemKind.ABOVE_LIMIT, "Greater than “Population” (10,000).",
    )  # fmt: skip


@pytest.mark.parametrize("part", ["births_third_plus", "newborns_screened"])
def test_a_part_of_the_births_cannot_exceed_them(catalogue: Catalogue, part: str) -> None:
    found = problems(catalogue, QUARTER | {part: 41})
    assert [(cell, kind) for cell, kind, _ in told(found)] == [(part, ProblemKind.PARTS)]
    assert "(41)" in found[0].sentence
    assert "(40)" in found[0].sentence


def test_births_by_order_add_up() -> None:
    assert (("births_second", "births_third_plus"), ("births_boys", "births_girls")) in PARTS_OF_WHOLES


def test_empty_cells_are_one_sentence_with_their_number(catalogue: Catalogue) -> None:
    found = problems(catalogue, {key: value for key, value in QUARTER.items() if key not in ("deaths", "elderly")})
    assert told(found) == [
        ("", ProblemKind.MISSING,
         "Cells still empty: 2. The first is “Deaths”. Where there was none, enter 0."),
    ]  # fmt: skip
    assert not ready(found)


def test_zero_is_a_number(catalogue: Catalogue) -> None:
    assert problems(catalogue, dict.fromkeys(QUARTER, 0)) == ()


def test_a_number_far_from_the_period_before_wants_a_note(catalogue: Catalogue) -> None:
    found = problems(catalogue, QUARTER, previous={"elderly_examined": 25, "new_users_pill": 181})
    assert told(found) == [
        ("elderly_examined", ProblemKind.UNUSUAL, "12 times the period before (25). Please say why."),
        ("new_users_pill", ProblemKind.UNUSUAL, "Less than a third of the period before (181). Please say why."),
    ]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert not ready(found)
    note = {"elderly_examined": "Đợt khám"}
    assert ready(problems(catalogue, QUARTER, previous={"elderly_examined": 25}, notes=note))


@pytest.mark.parametrize(("value", "before"), [(28, 3), (3, 29), (0, 29), (90, 30), (30, 90)])
def test_small_numbers_and_the_third_itself_are_not_unusual(catalogue: Catalogue, value: int, before: int) -> None:
    assert problems(catalogue, QUARTER | {"new_users_condom": value}, previous={"new_users_condom": before}) == ()


def test_something_out_of_nothing_is_unusual_once_it_is_large(catalogue: Catalogue) -> None:
    found = problems(catalogue, QUARTER, previous={"new_users_condom": 0})
    assert told(found) == [
        ("new_users_condom", ProblemKind.UNUSUAL, "The period before had none. Please say why."),
    ]


def test_an_odd_sex_ratio_of_few_births_needs_no_explanation(catalogue: Catalogue) -> None:
    assert problems(catalogue, QUARTER | {"births_boys": 30, "births_girls": 10}) == ()
    # 150 boys to 100 girls, but of a hundred births: 101 to 222 would be no surprise.
    numbers = QUARTER | {"population": 40_000, "births_boys": 60, "births_girls": 40}
    assert problems(catalogue, numbers) == ()
    assert problems(catalogue, QUARTER | {"births_boys": 4, "births_girls": 0, "births_third_plus": 0,
                                          "newborns_screened": 4}) == ()  # fmt: skip


def test_an_odd_sex_ratio_of_many_births_does(catalogue: Catalogue) -> None:
    numbers = QUARTER | {"population": 1_000_000, "births_boys": 3_000, "births_girls": 2_000, "deaths": 1_000}
    found = problems(catalogue, numbers)
    assert [(cell, kind) for cell, kind, _ in told(found)] == [("births_boys", ProblemKind.IMPLAUSIBLE)]
    assert "95 – 125" in found[0].sentence


def test_a_quarters_rate_is_read_as_a_yearly_one(catalogue: Catalogue) -> None:
    births = {"births_boys": 36, "births_girls": 36, "births_third_plus": 4}
    # 60 more births than deaths among 10 000 people in a quarter are 24 per mille a year; 72 would be 28.8.
    assert problems(catalogue, QUARTER | births | {"deaths": 12}) == ()
    found = problems(catalogue, QUARTER | births | {"deaths": 0})
    assert [kind for _, kind, _ in told(found)] == [ProblemKind.IMPLAUSIBLE]


def test_an_error_silences_the_warnings_of_its_cell(catalogue: Catalogue) -> None:
    found = problems(catalogue, QUARTER | {"pregnancies_screened": 500}, previous={"pregnancies_screened": 30})
    assert [kind for _, kind, _ in told(found)] == [ProblemKind.ABOVE_LIMIT]


def plan(catalogue: Catalogue, so_far: int, year: int, key: str) -> list[tuple[str, ProblemKind]]:
    values = {CellId(key, "2025-11M"): so_far, CellId(key, "2025"): year}
    found = check(Sheet(catalogue.form("plan"), PLAN, values), catalogue)
    return [(one.cell.element, one.kind) for one in found if one.cell is not None]


def test_eleven_months_cannot_exceed_the_estimate_of_the_year(catalogue: Catalogue) -> None:
    assert plan(catalogue, 1_001, 1_000, "new_users_pill") == [("new_users_pill", ProblemKind.ABOVE_YEAR)]
    assert plan(catalogue, 1_001, 1_000, "elderly_examined") == [("elderly_examined", ProblemKind.ABOVE_YEAR)]
    assert plan(catalogue, 1_000, 1_000, "new_users_pill") == []


def test_a_stock_may_fall_before_the_year_ends(catalogue: Catalogue) -> None:
    assert plan(catalogue, 1_001, 1_000, "elderly") == []


@pytest.fixture(scope="module")
def small_catalogue(sqlite_databases: SqliteDatabases) -> Catalogue:
    url = sqlite_databases.create()
    engine = create_engine_for(url)
    upgrade(engine)
    with unit_of_work(engine) as session:
        worlds.build(session)
        loaded = load_catalogue(session)
    engine.dispose()
    sqlite_databases.drop(url)
    return loaded


@given(values=st.dictionaries(st.sampled_from(list(QUARTER)), st.integers(0, 10**12)))
def test_every_problem_stands_at_a_cell_of_the_form_or_at_none(
    small_catalogue: Catalogue, values: dict[str, int]
) -> None:
    found = problems(small_catalogue, values)
    assert {one.cell.element for one in found if one.cell} <= set(QUARTER)
    assert (ProblemKind.MISSING in {one.kind for one in found}) == (len(values) < len(QUARTER))
    for key, above in (("pregnancies_screened", "pregnancies_managed"), ("elderly", "population")):
        wrong = key in values and above in values and values[key] > values[above]
        flagged = any(one.cell and one.cell.element == key and one.severity is Severity.ERROR for one in found)
        assert flagged == wrong
