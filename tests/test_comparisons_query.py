"""A comparison's query: an address gives it, it gives the address back, and nonsense gets a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.comparisons.query import LEVELS, MOST_DEFINITIONS, ComparisonQuery
from data.kinds import UnitLevel
from data.periods import Period
from data.refusals import Invalid, NotFound
from data.wording import Language, use_language

KEYS = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
YEARS = st.integers(1990, 2100)
PERIODS = st.one_of(
    st.builds(Period.of_year, YEARS),
    st.builds(Period.of_quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.of_month, YEARS, st.integers(1, 12)),
    st.builds(Period.of_window, YEARS, st.integers(1, 11)),
)
UNITS = st.from_regex(r"[a-z]{1,3}[0-9]{1,5}(-[0-9]{4})?", fullmatch=True)
PLACES: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}), UNITS.map(lambda key: {"within": key}), UNITS.map(lambda key: {"peers": f"{key}-cum-1"})
)
QUERIES = st.builds(
    lambda place, **others: ComparisonQuery(**place, **others),
    PLACES,
    period=st.none() | PERIODS,
    level=st.none() | st.sampled_from(list(LEVELS.values())),
    definitions=st.lists(KEYS, max_size=8, unique=True).map(tuple),
    programme=st.none() | st.sampled_from(["468", "NQ21"]),
    boundaries=st.none() | st.just("today") | st.dates(),
)


@given(QUERIES)
def test_a_query_comes_back_from_its_address(query: ComparisonQuery) -> None:
    args = query.to_args()
    assert ComparisonQuery.from_args(args) == query
    assert ComparisonQuery.from_args(args).to_args() == args


@given(
    st.dictionaries(
        st.sampled_from(["year", "period", "level", "within", "peers", "definitions", "programme", "boundaries"]),
        st.text(),
    )
)
def test_whatever_stands_in_an_address_is_read_or_refused_in_words(args: dict[str, str]) -> None:
    said, query = "", None
    try:
        query = ComparisonQuery.from_args(args)
    except (Invalid, NotFound) as refusal:
        said = str(refusal)
    assert (len(said) > 10) if query is None else (ComparisonQuery.from_args(query.to_args()) == query)


def test_a_year_and_its_period_are_one_question() -> None:
    year, period = ComparisonQuery.from_args({"year": "2025"}), ComparisonQuery.from_args({"period": "2025"})
    assert year == period
    assert year.to_args() == {"year": "2025"}


def test_columns_keep_their_order_and_are_named_once() -> None:
    query = ComparisonQuery.from_args({"definitions": " srb, cbr ,,srb"})
    assert query.definitions == ("srb", "cbr")


def test_what_an_address_says_to_others_is_left_alone() -> None:
    assert ComparisonQuery.from_args({"lang": "en", "unit": "p24"}) == ComparisonQuery()


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ({"period": "2025Q5"}, "2025Q5"),
        ({"period": "202513"}, "202513"),
        ({"year": "1800"}, "1800"),
        ({"year": "2025Q1"}, "2025Q1"),
        ({"year": "nămnay"}, "nămnay"),
        ({"level": "nation"}, "nation"),
        ({"level": "village"}, "village"),
        ({"definitions": "srb;drop"}, "srb;drop"),
        ({"boundaries": "30/06/2025"}, "30/06/2025"),
        ({"boundaries": "2025-02-30"}, "2025-02-30"),
        ({"boundaries": "20250630"}, "20250630"),
        ({"programme": "<b>"}, "<b>"),
    ],
)
def test_what_does_not_exist_is_named_in_the_readers_language(args: dict[str, str], named: str) -> None:
    sentences = []
    for language in Language:
        with use_language(language), pytest.raises(Invalid) as refused:
            ComparisonQuery.from_args(args)
        sentences.append(str(refused.value))
    assert all(named in sentence for sentence in sentences)
    assert sentences[0] != sentences[1]


def test_a_year_beside_another_period_is_refused() -> None:
    with pytest.raises(Invalid):
        ComparisonQuery.from_args({"year": "2025", "period": "2026Q1"})


def test_a_unit_that_can_be_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        ComparisonQuery.from_args({"within": "'; drop table admin_unit"})


def test_a_group_that_can_be_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        ComparisonQuery.from_args({"peers": "'; drop table unit_group"})


def test_a_unit_and_a_group_are_not_asked_for_together() -> None:
    with pytest.raises(Invalid):
        ComparisonQuery.from_args({"within": "vn", "peers": "vn-cum-1"})


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(Invalid):
        ComparisonQuery.from_args({"definitions": "a" * 10_000_000})
    with pytest.raises(Invalid):
        ComparisonQuery.from_args({"definitions": ",".join(f"d{n}" for n in range(MOST_DEFINITIONS + 1))})


@pytest.mark.parametrize(
    "bad",
    [
        {"level": UnitLevel.NATION},
        {"within": "no such key"},
        {"definitions": ("srb", "srb")},
        {"definitions": ("SRB",)},
        {"programme": "4 6 8"},
        {"peers": "no such key"},
        {"peers": "vn-cum-1", "within": "vn"},
    ],
)
def test_a_query_that_no_address_could_say_cannot_be_made(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        ComparisonQuery(**bad)  # type: ignore[arg-type]


def test_a_day_of_boundaries_is_read_as_written() -> None:
    assert ComparisonQuery.from_args({"boundaries": "2025-06-30"}).boundaries == date(2025, 6, 30)
    assert ComparisonQuery.from_args({"boundaries": "today"}).boundaries == "today"
