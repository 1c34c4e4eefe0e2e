"""Judging, pure: numbers in, verdict code, margin and numbers out. No SQL, no words, no dates of its own."""

from data.judging.intervals import proportion_interval, sex_ratio_interval, share_interval
from data.judging.judgement import Goal, Judgement, Observed
from data.judging.operators import Band, Direction, Operator
from data.judging.rules import interval_of, judge
from data.judging.verdicts import Reason, Verdict

__all__ = [
    "Band",
    "Direction",
    "Goal",
    "Judgement",
    "Observed",
    "Operator",
    "Reason",
    "Verdict",
    "interval_of",
    "judge",
    "proportion_interval",
    "sex_ratio_interval",
    "share_interval",
]
