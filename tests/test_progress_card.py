"""The card that says how far the units below are: who has sent and who has not, by name, long lists folded."""

from datetime import date
from typing import Any

from data.catalogue.model import Form
from data.kinds import UnitKind, UnitLevel
from data.periods import Frequency, Period
from data.submissions.model import UnitRef
from data.submissions.outcomes import ChildReport, FormProgress
from layouts.progress import MOST_NAMES, progress_card
from tests.drawn import as_sent
from tests.page_tree import classed, links, said

TODAY = date(2026, 10, 20)
FORM = Form("Biểu quý", "Quarterly", 1, "quarterly", Frequency.QUARTERLY, 5, False, None, {}, ())


def card(silent: int, sent: int, *, enters: bool = False) -> Any:
    """Of so many communes, drawn as it travels to the browser."""
    reports = tuple(
        ChildReport(
            UnitRef(number, f"c{number}", UnitLevel.COMMUNE, UnitKind.COMMUNE, f"số {number}"),
            date(2026, 10, 7),
            sent=number > silent,
            approved=number > silent,
        )
        for number in range(1, silent + sent + 1)
    )
    return as_sent(progress_card(FormProgress(FORM, Period.parse("2026Q3"), reports), TODAY, enters))


def test_the_first_names_stand_in_a_line_and_the_others_are_folded_beneath_it() -> None:
    tree = card(silent=10, sent=12)
    text = said(tree)
    assert f"Chưa gửi: 10 – Xã số 1, Xã số 2, Xã số 3, Xã số 4, Xã số 5, Xã số 6, Xã số 7, Xã số {MOST_NAMES}" in text
    folded = [said(one) for one in classed(tree, "more")]
    assert folded == ["2 đơn vị khácXã số 9, Xã số 10", "4 đơn vị khácXã số 19, Xã số 20, Xã số 21, Xã số 22"]


def test_a_short_list_is_not_folded_and_an_empty_one_not_there() -> None:
    assert classed(card(silent=MOST_NAMES, sent=0), "more") == []
    assert "Đã gửi:" not in said(card(silent=3, sent=0))
    assert "Chưa gửi" not in said(card(silent=0, sent=3))


def test_what_waits_for_a_decision_stands_before_what_is_approved() -> None:
    reports = tuple(
        ChildReport(UnitRef(number, f"c{number}", UnitLevel.COMMUNE, UnitKind.COMMUNE, name), None, True, name != "Yên")
        for number, name in enumerate(("An", "Yên"))
    )
    drawn = as_sent(progress_card(FormProgress(FORM, Period.parse("2026Q3"), reports), TODAY, enters=False))
    assert "Đã gửi: 2 – Xã Yên (chờ duyệt), Xã An" in said(drawn)


def test_every_name_leads_to_its_report_and_only_an_officer_enters_for_the_silent() -> None:
    way = "unit=c{}&form=quarterly&period=2026Q3"
    assert links(card(silent=1, sent=10)) == ["/form?" + way.format(number) for number in range(2, 12)]
    assert links(card(silent=1, sent=1, enters=True)) == ["/submit?" + way.format(1), "/form?" + way.format(2)]
