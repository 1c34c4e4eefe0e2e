"""What can be chosen on the pages about handing down, for this reader, and what is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from data.catalogue.model import Definition
from data.handing.place import HandingPlace, handed_down, parents_of, programmes_of
from data.handing.query import MOST_COLUMNS, HandingQuery
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.checking import LAST_YEAR
from data.units.naming import titles
from data.wording import _
from layouts.components.controls import Choice, Control
from layouts.ids.handing import HandingId

# What stands in the lists for leaving a word out of the address: the browser takes an empty value for none chosen.
ALL = "all"
NAMES = ("unit", "year", "programme", "definitions")
_YEARS_AHEAD = 4


def controls_of(
    snapshot: Snapshot, scope: Scope, query: HandingQuery, place: HandingPlace | None, today: date
) -> list[Control]:
    """The lists; `place` is what the query comes to, None where it comes to nothing. There is none for who has no unit
    to choose.
    """
    if place is None and not parents_of(snapshot.tree, scope, today):
        return []
    year = place.year if place else today.year
    programme = (place.programme if place else None) or ALL
    return [
        Control(HandingId.UNIT, _("Unit"), place.parent.key if place else ALL, _units(snapshot, scope, place, today)),
        Control(HandingId.YEAR, _("Year"), str(year), _years(year, today)),
        Control(HandingId.PROGRAMME, _("Programme"), programme, _programmes(snapshot, year)),
        Control(HandingId.INDICATOR, _("Indicator"), _chosen(query, place), _indicators(snapshot, place, year)),
    ]


def address_args(snapshot: Snapshot, args: dict[str, str]) -> dict[str, str]:
    """The arguments of the address for what was chosen; an indicator of another programme is dropped."""
    query = HandingQuery.from_args(args)
    if query.programme is not None and query.definitions:
        offered = {one.key for one in snapshot.catalogue.of_programme(query.programme)}
        if not offered.issuperset(query.definitions):
            query = replace(query, definitions=())
    return query.to_args()


def _units(snapshot: Snapshot, scope: Scope, place: HandingPlace | None, today: date) -> tuple[Choice, ...]:
    parents = parents_of(snapshot.tree, scope, today)
    names = titles(snapshot.tree, [one.id for one in parents], place.day if place else today)
    found = tuple(Choice(one.key, name) for one, name in zip(parents, names, strict=True))
    return found if place else (Choice(ALL, _("Choose one")), *found)


def _years(chosen: int, today: date) -> tuple[Choice, ...]:
    years = {chosen, *range(today.year - 1, min(today.year + _YEARS_AHEAD, LAST_YEAR) + 1)}
    return tuple(Choice(str(year), str(year)) for year in sorted(years, reverse=True))


def _programmes(snapshot: Snapshot, year: int) -> tuple[Choice, ...]:
    catalogue = snapshot.catalogue
    names = {one.key: one.name for one in catalogue.programmes.values()}
    found = [Choice(key, f"{key} · {names[key]}") for key in programmes_of(catalogue, year)]
    return (Choice(ALL, _("Most set by the unit")), *found)


def _chosen(query: HandingQuery, place: HandingPlace | None) -> str:
    if place is None or not query.definitions:
        return ALL
    return _joined(place.definitions)


def _indicators(snapshot: Snapshot, place: HandingPlace | None, year: int) -> tuple[Choice, ...]:
    """The main ones of the programme, all of them, or each on its own; what the address names stands there too."""
    main = Choice(ALL, _("The main ones"))
    if place is None:
        return (main,)
    offered = handed_down(snapshot.catalogue, place.programme, year) if place.programme else place.definitions
    every = Choice(_joined(offered[:MOST_COLUMNS]), _("All of the programme"))
    found = [main, every] if len(offered) > 1 else [main]
    found += [Choice(one.key, one.name) for one in offered]
    chosen = _joined(place.definitions)
    if chosen not in {one.value for one in found}:
        count = len(place.definitions)
        name = place.definitions[0].name if count == 1 else _("Several: {count}").format(count=count)
        found.append(Choice(chosen, name))
    return tuple(found)


def _joined(definitions: Iterable[Definition]) -> str:
    return ",".join(one.key for one in definitions)
