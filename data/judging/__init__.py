"""Judging, pure: numbers in, verdict code, margin and numbers out. No SQL, no words, no dates of its own."""

from data.judging.intervals import events_interval, proportion_interval, sex_ratio_interval, share_interval
from data.judging.judgement import Goal, Grounds, Judgement, Observed
from data.judging.observing import interval_of
from data.judging.operators import Band, Direction, Operator
from data.judging.pace import Pace, pace_to
from data.judging.plan_share import NoShare, percent_of_plan
from data.judging.ranking import Contender, RankRange, contender, rank_range
from data.judging.rules import judge
from data.judging.trend import Method
from data.judging.verdicts import Reason, Verdict

__all__ = [
    "Band",
    "Contender",
    "Direction",
    "Goal",
    "Grounds",
    "Judgement",
    "Method",
    "NoShare",
    "Observed",
    "Operator",
    "Pace",
    "RankRange",
    "Reason",
    "Verdict",
    "contender",
    "events_interval",
    "interval_of",
    "judge",
    "pace_to",
    "percent_of_plan",
    "proportion_interval",
    "rank_range",
    "sex_ratio_interval",
    "share_interval",
]
