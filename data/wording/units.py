"""Names of kinds and levels of units, of roles and reaches, and of the states of a submission.

Every table is keyed by the words of `data.kinds` and of the policy, as plain strings, so that the words may be asked
for with what stands in the database. An unknown word raises KeyError.
"""

from datetime import date

from data.numbers import format_date, format_number
from data.wording import N_, Language, _, current_language

_KINDS = {
    "NATION": N_("whole country"),
    "PROVINCE": N_("province"),
    "CITY": N_("city"),
    "URBAN_DISTRICT": N_("urban district"),
    "RURAL_DISTRICT": N_("rural district"),
    "TOWN": N_("town"),
    "COMMUNE": N_("commune"),
    "WARD": N_("ward"),
    "TOWNSHIP": N_("township"),
    "SPECIAL_ZONE": N_("special zone"),
}
# The second form is English's for exactly one.
_COUNTED = {
    "PROVINCE": (N_("{count} provinces"), N_("{count} province")),
    "CITY": (N_("{count} cities"), N_("{count} city")),
    "URBAN_DISTRICT": (N_("{count} urban districts"), N_("{count} urban district")),
    "RURAL_DISTRICT": (N_("{count} rural districts"), N_("{count} rural district")),
    "TOWN": (N_("{count} towns"), N_("{count} town")),
    "COMMUNE": (N_("{count} communes"), N_("{count} commune")),
    "WARD": (N_("{count} wards"), N_("{count} ward")),
    "TOWNSHIP": (N_("{count} townships"), N_("{count} township")),
    "SPECIAL_ZONE": (N_("{count} special zones"), N_("{count} special zone")),
}
_LEVELS = {
    "NATION": N_("Whole country"),
    "PROVINCE": N_("Province level"),
    "DISTRICT": N_("District level"),
    "COMMUNE": N_("Commune level"),
}
_BASES = {
    "WHOLE": N_("the whole of it"),
    "POPULATION": N_("by population"),
    "AREA": N_("by area"),
    "STATED": N_("as the law states"),
}
_ROLES = {
    "OFFICER": N_("officer"),
    "REVIEWER": N_("reviewer"),
    "VIEWER": N_("viewer"),
    "ADMINISTRATOR": N_("administrator"),
}
_REACHES = {
    "OWN": N_("own unit"),
    "CHILDREN": N_("units directly below"),
    "SUBTREE": N_("own unit and all units below"),
    "PEERS": N_("units of the same level and parent"),
    "ANCESTORS": N_("units above"),
    "PREDECESSORS": N_("closed units taken over"),
    "NATION": N_("whole country"),
}
_STATUSES = {
    "DRAFT": N_("Draft"),
    "SUBMITTED": N_("Submitted"),
    "RETURNED": N_("Returned"),
    "APPROVED": N_("Approved"),
}


def kind_name(kind: str) -> str:
    """What a unit is called: `tỉnh`, `phường`, `đặc khu`."""
    return _(_KINDS[kind])


def kind_count(kind: str, count: int) -> str:
    """So many units of a kind below the nation: `66 xã`, `33 phường`; in English `66 communes`, `1 ward`."""
    many, one = _COUNTED[kind]
    return _(one if count == 1 else many).format(count=format_number(count))


def level_name(level: str) -> str:
    """`Cả nước`, `Cấp tỉnh`, `Cấp huyện`, `Cấp xã`."""
    return _(_LEVELS[level])


def basis_name(basis: str) -> str:
    """What a share rests on: `theo diện tích`, `theo dân số`."""
    return _(_BASES[basis])


def unit_title(kind: str, name: str) -> str:
    """A unit with its kind: `Tỉnh Bắc Ninh`, `Phường Thục Phán`, `Cả nước`; in English `Bắc Ninh province`.

    A name that begins with a number follows its kind in English too: `Ward 1 Bảo Lộc`.
    """
    word = kind_name(kind)
    if kind == "NATION":
        return capitalised(word)
    if current_language() is Language.VI or name[:1].isdigit():
        return f"{capitalised(word)} {name}"
    return f"{name} {word}"


def dated(title: str, since: date | None, until: date | None) -> str:
    """A unit's title with the day that tells it from its namesakes: `Bắc Ninh (đến 30/06/2025)`, `… (từ 01/07/2025)`.

    The last day goes before the first; without either the title stands alone.
    """
    if until is not None:
        return _("{unit} (until {day})").format(unit=title, day=format_date(until))
    if since is not None:
        return _("{unit} (from {day})").format(unit=title, day=format_date(since))
    return title


def acting_name(kind: str, name: str) -> str:
    """Who acts at a unit, where an office and not an area is meant: at the nation the ministry, else the unit."""
    return _("Ministry of Health") if kind == "NATION" else name


def group_title(kind: str, name: str) -> str:
    """A named group: a region with the word for it, `Vùng Đồng bằng sông Hồng`; other names say what they are."""
    return _("{region} region").format(region=name) if kind == "REGION" else name


def role_name(role: str) -> str:
    """`cán bộ`, `người duyệt`, `người xem`, `quản trị`."""
    return _(_ROLES[role])


def reach_name(reach: str) -> str:
    """How far a permission goes: `đơn vị mình`, `đơn vị trực thuộc`."""
    return _(_REACHES[reach])


def status_name(status: str) -> str:
    """`Nháp`, `Đã gửi`, `Trả lại`, `Đã duyệt`."""
    return _(_STATUSES[status])


def capitalised(text: str) -> str:
    """The text with its first letter capital and the rest as it is, to begin a line or a cell."""
    return text[:1].upper() + text[1:]
