"""Published values in words: on which boundaries they stand, and to which series they belong."""

from data.wording import N_, _

_BASES = {
    "NATION": N_("whole country"),
    "PROVINCE_34": N_("34 provinces and cities"),
    "PROVINCE_63": N_("63 provinces and cities"),
    "REGION_34": N_("regions of the 34 provinces"),
    "REGION_63": N_("regions of the 63 provinces"),
    "DISTRICT_63": N_("districts until 30/06/2025"),
    "COMMUNE_34": N_("communes since 01/07/2025"),
    "COMMUNE_63": N_("communes until 30/06/2025"),
}
_SERIES = {
    "statistics": N_("Series of the statistics office"),
    "civil_registration": N_("Series of civil registration"),
}


def boundaries_name(basis: str) -> str:
    """The boundaries that the publisher meant; keyed as `data.published.bases.Basis`, any other word as it stands."""
    return _(_BASES[basis]) if basis in _BASES else basis


def series_name(series: str) -> str:
    """Whose count it is, where the same thing is counted twice; any other word as it stands."""
    return _(_SERIES[series]) if series in _SERIES else series
