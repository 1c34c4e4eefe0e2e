"""Why something is missing in a unit's table, in a sentence; keyed by the words of the codes that say so."""

from data.wording import N_, _

_NO_SHARE = {
    "NO_PLAN": N_("Nothing is set for the unit for this year."),
    "NO_RESULT": N_("There is no result to hold against the plan."),
    "NO_SUM": N_("There is no sum since 1 January to hold against the plan of the year."),
    "UNJUDGED": N_("The plan judges nothing in this period."),
    "LIMIT": N_("The plan sets a limit not to be exceeded: a percentage of it would say nothing."),
    "NO_LEVEL": N_("The plan sets no single level that a percentage could be taken of."),
}
_NO_CHANGE = {
    "PARTIAL": N_("Not subtracted: not all units are counted in both periods."),
    "BASIS": N_("Not subtracted: published for different boundaries."),
}
_UNRANKED = {
    "COUNT": N_("Not ranked: a count follows the size of the unit."),
    "NO_DIRECTION": N_("Not ranked: no target that holds for all peers says which way is good."),
    "BARRED": N_("Not ranked: no target judges it in this period."),
    "NO_VALUE": N_("Not ranked: the unit has no value that could be shown."),
    "NO_INTERVAL": N_("Not ranked: chance moves it, and the counts that would say how far are not known."),
    "ALONE": N_("Not ranked: no peer has a comparable value that you see."),
}
# Two or three words for the cell itself; what needs none is left out.
_NO_SHARE_SHORT = {
    "NO_SUM": N_("no sum since January"),
    "UNJUDGED": N_("judges nothing"),
    "LIMIT": N_("a limit"),
    "NO_LEVEL": N_("no single level"),
}
_UNRANKED_SHORT = {
    "COUNT": N_("a count"),
    "NO_DIRECTION": N_("no common direction"),
    "BARRED": N_("judges nothing"),
    "NO_INTERVAL": N_("no interval known"),
    "ALONE": N_("nobody to compare with"),
}


def no_share_short(code: str) -> str:
    """The same in two or three words; empty where the rest of the line says it."""
    return _(_NO_SHARE_SHORT[code]) if code in _NO_SHARE_SHORT else ""


def unranked_short(code: str) -> str:
    """Why there is no rank, in two or three words; empty where the rest of the line says it."""
    return _(_UNRANKED_SHORT[code]) if code in _UNRANKED_SHORT else ""


def no_share_sentence(code: str) -> str:
    """Why a result is no percentage of the plan; keyed by `data.judging.NoShare`."""
    return _(_NO_SHARE[code])


def no_change_sentence(code: str) -> str:
    """Why two values are not subtracted; keyed by `data.comparisons.unit_model.NoChange`."""
    return _(_NO_CHANGE[code])


def unranked_sentence(code: str) -> str:
    """Why a result has no rank; keyed by `data.comparisons.unit_model.Unranked`."""
    return _(_UNRANKED[code])
