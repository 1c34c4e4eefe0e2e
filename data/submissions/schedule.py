"""Which periods a form has, when each may be reported, and by when."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Form
from data.periods import Frequency, Period, working_days_after

# (form, unit, period) of the days that plans print.
PrintedDays = dict[tuple[int, int, str], date]


def fits(form: Form, period: Period) -> bool:
    """Whether the form is reported for periods such as this one."""
    if form.frequency is not period.frequency:
        return False
    return form.window_months is None or form.window_months == period.elapsed_months


def can_be_reported(period: Period, today: date) -> bool:
    """Whether the period has come to its last day: a plan may ask for eleven months by 30 November, that very day."""
    return period.last_day <= today


def periods_of_year(form: Form, year: int) -> tuple[Period, ...]:
    """Every period of the year for which the form is reported; none for a form that is asked for now and then."""
    match form.frequency:
        case Frequency.MONTHLY:
            return tuple(Period.of_month(year, month) for month in range(1, 13))
        case Frequency.QUARTERLY:
            return tuple(Period.of_quarter(year, quarter) for quarter in range(1, 5))
        case Frequency.YEARLY:
            return (Period.of_year(year),)
        case Frequency.WINDOW if form.window_months:
            return (Period.of_window(year, form.window_months),)
        case _:
            return ()


def recent_periods(form: Form, today: date) -> list[Period]:
    """The periods that a unit can still owe: those of this year and the last that have come to their end."""
    years = (today.year - 1, today.year)
    return [period for year in years for period in periods_of_year(form, year) if can_be_reported(period, today)]


def due_day(form: Form, unit_id: int, period: Period, printed: PrintedDays) -> date | None:
    """The last day in time: the one that the unit's plan prints, else so many working days after the period's end.

    None where the form leaves the day to the plan and the plan prints none.
    """
    found = printed.get((form.id, unit_id, period.code))
    if found is None and form.due_working_days is not None:
        return working_days_after(period.last_day, form.due_working_days)
    return found


def load_printed_days(session: Session) -> PrintedDays:
    """All days that plans print; a handful of rows."""
    rows = session.execute(
        select(t.FormDueDay.form_id, t.FormDueDay.unit_id, t.FormDueDay.period, t.FormDueDay.due_on)
    )
    return {(form_id, unit_id, period): due_on for form_id, unit_id, period, due_on in rows}


def days_overdue(due_on: date | None, today: date) -> int:
    """Days since the last day in time; 0 while there is time, and where no day is printed."""
    return 0 if due_on is None else max(0, (today - due_on).days)
