"""Judging, pure: numbers in, verdict code, margin and numbers out. No SQL, no words, no dates of its own."""

from data.judging.intervals import events_interval, proportion_interval, sex_ratio_interval, share_interval
from data.judging.judgement import Goal, Grounds, Judgement, Observed
from data.judging.observing import interval_of
from data.judging.operators import Band, Direction, Operator
from data.judging.rules import judge
from data.judging.verdicts import Reason, Verdict

__all__ = [
    "Band",
    "Direction",
    "Goal",
    "Grounds",
    "Judgement",
    "Observed",
    "Operator",
    "Reason",
    "Verdict",
    "events_interval",
    "interval_of",
    "judge",
    "proportion_interval",
    "sex_ratio_interval",
    "share_interval",
]
