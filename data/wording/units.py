"""Names of kinds and levels of units, of roles and reaches, and of the states of a submission.

Every table is keyed by the words of `data.kinds` and of the policy, as plain strings, so that the words may be asked
for with what stands in the database. An unknown word raises KeyError.
"""

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
