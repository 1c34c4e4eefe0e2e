"""Fills a database that holds only reference facts with illustrative results, in one transaction."""

from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.demo.facts import load_facts
from data.demo.moments import beginning_of
from data.demo.reports import list_sheets
from data.demo.writing import write_reports
from data.demo.years import FIRST_QUARTER, count_quarters, count_years
from data.periods import last_complete_quarter
from data.rollups import rebuild
from data.snapshot import ILLUSTRATIVE, get_snapshot


class HoldsResultsError(RuntimeError):
    """The database holds reports that are not illustrative: made-up numbers are never put beside them."""


def fill(engine: Engine, today: date, seed: int = 21) -> None:
    """Reports of provinces, districts and communes from 2023 to the last complete quarter before `today`.

    All are marked as illustrative. The same seed and day give the same numbers, and a later day changes no earlier
    number. A database that was filled before is left as it is. Raises HoldsResultsError where anybody has reported.
    """
    with unit_of_work(engine) as session:
        if not _is_filled(session):
            _fill(session, today, seed)


def _is_filled(session: Session) -> bool:
    fact = session.get(t.Fact, ILLUSTRATIVE)
    if fact is not None and fact.value == "1":
        return True
    if session.scalar(select(t.Submission.id).limit(1)) is not None:
        raise HoldsResultsError("this database holds reports that people sent; illustrative ones stay out of it")
    return False


def _fill(session: Session, today: date, seed: int) -> None:
    session.merge(t.Fact(name=ILLUSTRATIVE, value="1"))
    session.flush()
    snapshot = get_snapshot(session)
    last = last_complete_quarter(today)
    if last < FIRST_QUARTER:
        raise ValueError(f"illustrative results begin with {FIRST_QUARTER}, which has not ended on {today}")
    quarters = count_quarters(snapshot.tree, load_facts(session, snapshot.tree), last, seed)
    years = count_years(snapshot.tree, snapshot.catalogue, quarters, seed)
    sheets = list_sheets(snapshot.tree, snapshot.catalogue, quarters, years)
    write_reports(session, snapshot.tree, sheets, today, seed)
    rebuild(session, beginning_of(today))
