"""A yearly rate of a part of the year says whose it is; every other value is left alone."""


import pytest
from sqlalchemy.orm import Session

from data.comparisons.headings import column_measure, part_of_rate_sentence
from data.periods import Period
from data.snapshot import get_snapshot
from data.wording import Language, use_language


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("2026Q3", "‰, của quý", "‰, of the quarter"),
        ("202607", "‰, của tháng", "‰, of the month"),
        ("2026-9M", "‰, của 9 tháng", "‰, of 9 months"),
        ("2026", "‰", "‰"),
    ],
)
def test_a_birth_rate_says_of_which_time_it_is(
    seeded_session: Session, code: str, vietnamese: str, english: str
) -> None:
    births, period = get_snapshot(seeded_session).catalogue.definition("cbr"), Period(code)
    assert column_measure(births, period) == vietnamese
    with use_language(Language.EN):
        assert column_measure(births, period) == english


def test_only_yearly_rates_do(seeded_session: Session) -> None:
    catalogue, quarter = get_snapshot(seeded_session).catalogue, Period("2026Q3")
    told = {one.key for one in catalogue.definitions.values() if part_of_rate_sentence(one, quarter)}
    assert {"cbr", "natural_increase_rate"} <= told
    assert told.isdisjoint({"srb", "prenatal_screening", "new_modern_contraceptive_users", "tfr", "cpr_modern"})
    assert not any(part_of_rate_sentence(one, Period("2025")) for one in catalogue.definitions.values())
