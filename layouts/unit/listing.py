"""Units to choose from: those below the reader's own, or those whose names were searched for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import UnitKind, UnitLevel
from data.numbers import format_date
from data.wording import _
from data.wording.units import kind_name, level_name, unit_title
from layouts import shell
from layouts.components.addresses import unit_address
from layouts.components.grid import TEXT_FILTER, grid
from layouts.ids.unit import UnitId

_ROW_HEIGHT, _ROW_HEIGHT_WITH_NAMES, _HEADERS = 38, 50, 52


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit of the list, as it was called from `since` to `until`; no day where that has no known end.

    `above` names its parent of that time. `now` is its present name where that is another; `by_code` says that its code
    was searched for.
    """

    key: str
    name: str
    kind: UnitKind
    level: UnitLevel
    code: str
    above: str
    since: date | None
    until: date | None
    now: str = ""
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list is of: the reader's own unit, or the words that were searched for; `more` were left out."""

    own: Listed | None
    words: str
    units: tuple[Listed, ...]
    more: int
    illustrative: bool


def listing_page(listing: Listing) -> Component:
    """The search and the list."""
    return shell.page(
        shell.title(_("Units"), listing.illustrative),
        _under(listing),
        _search(listing.words),
        _table(listing.units) if listing.units else html.P(_nothing(listing), className="soft"),
    )


def _nothing(listing: Listing) -> str:
    return (
        _("No unit within your reach ever had such a name or code.")
        if listing.words
        else _("There is no unit below yours.")
    )


def _under(listing: Listing) -> list[Component | str]:
    if listing.words:
        found = _("Found for “{words}”: {count}").format(words=listing.words, count=len(listing.units) + listing.more)
        more = _("the first {count} are shown").format(count=len(listing.units))
        return [" · ".join(filter(None, (found, more if listing.more else "", _codes(listing))))]
    if listing.own is None:
        return []
    name = unit_title(listing.own.kind.value, listing.own.name)
    below = _("units below: {count}").format(count=len(listing.units) + listing.more)
    return [dcc.Link(name, href=unit_address(listing.own.key)), f" · {below}"]


def _codes(listing: Listing) -> str:
    """Whose code it is and was: `24 → Bắc Giang (đến ngày 30/06/2025), Bắc Ninh (từ ngày 01/07/2025)`."""
    meant = sorted((one for one in listing.units if one.by_code), key=lambda one: one.since or date.min)
    said = [f"{_title(one)} ({dates})" if (dates := _dates(one)) else _title(one) for one in meant]
    return f"{listing.words} → {', '.join(said)}" if said else ""


def _title(one: Listed) -> str:
    return one.name if one.level is UnitLevel.PROVINCE else unit_title(one.kind.value, one.name)


def _dates(one: Listed) -> str:
    said = [_("since {day}").format(day=format_date(one.since))] if one.since else []
    if one.until:
        said.append(_("until {day}").format(day=format_date(one.until)))
    return ", ".join(said)


def _search(words: str) -> Component:
    """A plain form: what is searched for stands in the address."""
    return html.Form(
        [
            html.Div(
                [
                    html.Label(_("Name or code"), htmlFor=UnitId.SEARCH),
                    dcc.Input(id=UnitId.SEARCH, name="q", value=words, type="search", maxLength=60, autoComplete="off"),
                ],
                className="field",
            ),
            html.Button(_("Search"), type="submit"),
        ],
        action="/unit",
        method="GET",
        className="unit-search",
    )


def _table(units: Sequence[Listed]) -> Component:
    # What tells namesakes apart stands next to the name, where a telephone still shows it.
    columns: list[dict[str, Any]] = [
        {"colId": "name", "field": "name", "headerName": _("Unit"), "minWidth": 180, "flex": 2,
         "cellRenderer": "NameCell", "comparator": {"function": "gridByName"}, **TEXT_FILTER},
        {"field": "above", "headerName": _("Belongs to"), "minWidth": 190, "flex": 2, **TEXT_FILTER},
        {"field": "dates", "headerName": _("When"), "minWidth": 190, "flex": 2},
        {"field": "kind", "headerName": _("Kind"), "minWidth": 110, "flex": 1, **TEXT_FILTER},
        {"field": "level", "headerName": _("Level"), "minWidth": 120, "flex": 1, **TEXT_FILTER},
        {"field": "code", "headerName": _("Code"), "minWidth": 90, "flex": 1, **TEXT_FILTER},
    ]  # fmt: skip
    row_height = _ROW_HEIGHT_WITH_NAMES if any(one.now for one in units) else _ROW_HEIGHT
    height = _HEADERS + row_height * max(len(units), 2)
    return grid(
        UnitId.LIST,
        columns,
        [_row(one) for one in units],
        label=_("Units"),
        options={"rowHeight": row_height},
        listeners={"cellKeyDown": ["gridAsk(params, setEventData)"]},
        style={"height": f"min({height}px, max(440px, calc(100vh - 160px)))"},
    )


def _row(one: Listed) -> dict[str, str]:
    row = {
        "key": one.key,
        "name": _title(one),
        "order": one.name,
        "href": unit_address(one.key),
        "level": level_name(one.level.value),
        "kind": kind_name(one.kind.value),
        "code": one.code,
        "above": one.above,
        "dates": _dates(one),
    }
    return row | {"small": _("now {unit}").format(unit=one.now)} if one.now else row
