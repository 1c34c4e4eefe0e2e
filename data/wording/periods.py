"""Names of periods and frequencies."""

from data.periods import Frequency, Period
from data.wording import N_, _

_MONTHS = (
    N_("January {year}"),
    N_("February {year}"),
    N_("March {year}"),
    N_("April {year}"),
    N_("May {year}"),
    N_("June {year}"),
    N_("July {year}"),
    N_("August {year}"),
    N_("September {year}"),
    N_("October {year}"),
    N_("November {year}"),
    N_("December {year}"),
)
_QUARTERS = (N_("Quarter 1 of {year}"), N_("Quarter 2 of {year}"), N_("Quarter 3 of {year}"), N_("Quarter 4 of {year}"))
_SHORT_QUARTERS = (N_("Q1 {year}"), N_("Q2 {year}"), N_("Q3 {year}"), N_("Q4 {year}"))
_FREQUENCIES = {
    Frequency.MONTHLY: N_("monthly"),
    Frequency.QUARTERLY: N_("quarterly"),
    Frequency.YEARLY: N_("yearly"),
    Frequency.WINDOW: N_("from January to a month"),
    Frequency.AD_HOC: N_("on request"),
}


def period_name(period: Period) -> str:
    """The period in full: `Tháng 10/2025`, `Quý III/2025`, `Năm 2025`, `11 tháng năm 2025`."""
    match period.frequency:
        case Frequency.MONTHLY:
            text = _(_MONTHS[period.elapsed_months - 1])
        case Frequency.QUARTERLY:
            text = _(_QUARTERS[period.quarter - 1])
        case Frequency.WINDOW if period.elapsed_months == 1:
            text = _("1 month of {year}")
        case Frequency.WINDOW:
            text = _("{count} months of {year}")
        case _:
            text = _("Year {year}")
    return text.format(year=period.year, count=period.elapsed_months)


def period_short(period: Period) -> str:
    """The period for a narrow column: `T10/2025`, `QIII/2025`, `2025`, `11T/2025`."""
    match period.frequency:
        case Frequency.MONTHLY:
            text = _("{count}/{year}")
        case Frequency.QUARTERLY:
            text = _(_SHORT_QUARTERS[period.quarter - 1])
        case Frequency.WINDOW:
            text = _("{count}M {year}")
        case _:
            text = "{year}"
    return text.format(year=period.year, count=period.elapsed_months)


def part_of_year(period: Period) -> str:
    """Whose a value is that a part of a year has: `của tháng`, `của quý`, `của 9 tháng`."""
    match period.frequency:
        case Frequency.MONTHLY:
            text = _("of the month")
        case Frequency.QUARTERLY:
            text = _("of the quarter")
        case _:
            text = _("of {count} months")
    return text.format(count=period.elapsed_months)


def frequency_name(frequency: Frequency) -> str:
    """How often: `hàng tháng`, `hàng quý`, `hàng năm`, `lũy kế từ đầu năm`, `đột xuất`."""
    return _(_FREQUENCIES[frequency])
