"""A level that is to be reached and held: looked back upon over the years that are given."""

from dataclasses import replace

from data.judging.judgement import Grounds, Judgement, Observed
from data.judging.operators import Band
from data.judging.verdicts import Reason, Verdict

_LOST = {Verdict.MET: Verdict.NOT_MET, Verdict.ON_TRACK: Verdict.BEHIND, Verdict.EXPECTED: Verdict.BEHIND}


def held(band: Band, observed: Observed, now: Judgement) -> Judgement:
    """The judgement of a level to hold, from `now`, how this year's value alone stands to it.

    From the first year in which it was reached, no year may fall out of it again; the margin is that of the year
    which is farthest out. A value that is there, without any earlier year, was reached and is not known to be held.
    """
    is_there, is_not = now.verdict in _LOST, now.verdict in (Verdict.NOT_MET, Verdict.BEHIND)
    if now.margin is None or not (is_there or is_not):
        return now
    past = {one.year: band.margin(float(one.value)) for one in observed.earlier if one.value is not None}
    years = sorted(year for year in past if year < observed.year)
    if is_there and not years:
        return replace(now, verdict=Verdict.NOT_JUDGED, reason=Reason.NO_EARLIER_YEARS)
    since = next((year for year in years if band.accepts(past[year])), None)
    if since is None:
        return replace(now, grounds=Grounds(since=observed.year)) if is_there else now
    lost = next((year for year in years if year > since and not band.accepts(past[year])), None)
    if lost is None and is_there:
        return replace(now, grounds=Grounds(since=since))
    worst = min(now.margin, *(past[year] for year in years if year >= since))
    return replace(
        now,
        verdict=_LOST.get(now.verdict, now.verdict),
        margin=worst,
        reason=Reason.NOT_HELD,
        grounds=Grounds(since=since, lost=observed.year if lost is None else lost),
    )
