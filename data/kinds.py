"""The closed vocabularies of the portal: every word that a column, a rule or an address may hold.

They are plain string enums so that the same word stands in the database, in an address and in a test.
"""

from enum import StrEnum


class UnitLevel(StrEnum):
    """Place in the tree. A centrally-run city is a PROVINCE, a provincial city a DISTRICT."""

    NATION = "NATION"
    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


class UnitKind(StrEnum):
    """What a unit is called in law."""

    NATION = "NATION"
    PROVINCE = "PROVINCE"  # tỉnh
    CITY = "CITY"  # thành phố, of either level
    URBAN_DISTRICT = "URBAN_DISTRICT"  # quận
    RURAL_DISTRICT = "RURAL_DISTRICT"  # huyện
    TOWN = "TOWN"  # thị xã
    COMMUNE = "COMMUNE"  # xã
    WARD = "WARD"  # phường
    TOWNSHIP = "TOWNSHIP"  # thị trấn
    SPECIAL_ZONE = "SPECIAL_ZONE"  # đặc khu


class LineageBasis(StrEnum):
    """What the share of a predecessor that goes to a successor rests on."""

    WHOLE = "WHOLE"
    POPULATION = "POPULATION"
    AREA = "AREA"
    STATED = "STATED"


class GroupKind(StrEnum):
    """Kinds of named groups of units. COMPETITION ("cụm thi đua") is kept by a unit for the units directly below it."""

    REGION = "REGION"
    FERTILITY_ZONE = "FERTILITY_ZONE"
    SEX_RATIO_GROUP = "SEX_RATIO_GROUP"
    COMPETITION = "COMPETITION"


class Aggregation(StrEnum):
    """How an element behaves over time: FLOW adds up, STOCK keeps the last, DISTINCT is never added across periods."""

    FLOW = "FLOW"
    STOCK = "STOCK"
    DISTINCT = "DISTINCT"


class Side(StrEnum):
    """The two parts of a ratio."""

    NUMERATOR = "NUMERATOR"
    DENOMINATOR = "DENOMINATOR"


class Standing(StrEnum):
    """How final a value is, as said by whoever reports: ước, sơ bộ, chính thức."""

    ESTIMATE = "ESTIMATE"
    PRELIMINARY = "PRELIMINARY"
    FINAL = "FINAL"


class SubmissionStatus(StrEnum):
    """The life of a revision."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"


class PlanKind(StrEnum):
    """What a plan's number is: định hướng, giao đầu năm, điều chỉnh, phấn đấu, nhắc lại."""

    ORIENTATION = "ORIENTATION"
    ASSIGNED = "ASSIGNED"
    ADJUSTED = "ADJUSTED"
    STRIVEN = "STRIVEN"
    RESTATED = "RESTATED"
    UNKNOWN = "UNKNOWN"


class Horizon(StrEnum):
    """Whether the instrument plans one year or several."""

    YEARLY = "YEARLY"
    MULTI_YEAR = "MULTI_YEAR"


class Confidence(StrEnum):
    """How sure the portal is of a fact it carries: cao, trung bình, thấp."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class RollupSource(StrEnum):
    """Where a roll-up comes from: the unit's own approved result, or the sum of its children. Never both."""

    OWN = "OWN"
    CHILDREN = "CHILDREN"


class Role(StrEnum):
    """A job held at a unit."""

    OFFICER = "OFFICER"
    REVIEWER = "REVIEWER"
    VIEWER = "VIEWER"
    ADMINISTRATOR = "ADMINISTRATOR"


class ProposalStatus(StrEnum):
    """What became of a proposal that somebody's role go on at the unit that took theirs over."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"  # the change of units was taken back
