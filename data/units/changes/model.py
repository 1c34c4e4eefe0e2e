"""What a change of the catalogue is made of: two primitives, a set of them that holds from one day, and its effect.

*Reshape*: units close and others open in their place; their territory is another, so their keys are others. *Restate*:
a unit keeps its key and gets another name, kind, code or parent. A unit that stands is named by its key; one that
opens by a `ref` that the change set makes up, because its key follows from the plan.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from data.kinds import Confidence, LineageBasis, UnitKind, UnitLevel
from data.units.tree import Descent, Unit, UnitState

KINDS: dict[UnitLevel, tuple[UnitKind, ...]] = {
    UnitLevel.PROVINCE: (UnitKind.PROVINCE, UnitKind.CITY),
    UnitLevel.DISTRICT: (UnitKind.URBAN_DISTRICT, UnitKind.RURAL_DISTRICT, UnitKind.TOWN, UnitKind.CITY),
    UnitLevel.COMMUNE: (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE),
}
ORDER = tuple(UnitLevel)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that the portal does not hold yet."""

    key: str
    number: str
    issued_on: date
    title: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit that opens. `parent` is a key or a ref; `key` is given only where the reference files already name it."""

    ref: str
    level: UnitLevel
    kind: UnitKind
    name: str
    code: str
    parent: str
    key: str = ""
    document: str = ""
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Passage:
    """The share of a closing unit that goes to another; both by key or ref."""

    predecessor: str
    successor: str
    share: Fraction = Fraction(1)
    basis: LineageBasis = LineageBasis.WHOLE
    document: str = ""


@dataclass(frozen=True, slots=True)
class Reshape:
    """Units that close, units that open, and where the area of the closing ones goes."""

    closes: tuple[str, ...]
    opens: tuple[Opening, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Restate:
    """What a unit is called, or where it stands, from the day on; None keeps what it was."""

    unit: str
    name: str | None = None
    kind: UnitKind | None = None
    code: str | None = None
    parent: str | None = None
    document: str = ""
    confidence: Confidence = Confidence.HIGH


Change = Reshape | Restate


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that hold together from the day `on`, which is the first day of what is new.

    `document` is the key of the document they rest on, "" where none is known; a part may name another of its own.
    """

    on: date
    changes: tuple[Change, ...]
    document: str = ""
    new_document: NewDocument | None = None

    @property
    def eve(self) -> date:
        """The last day of what was before."""
        return self.on - timedelta(days=1)

    @property
    def reshapes(self) -> tuple[Reshape, ...]:
        """Those that close or open units."""
        return tuple(change for change in self.changes if isinstance(change, Reshape))

    @property
    def restates(self) -> tuple[Restate, ...]:
        """Those that keep the key."""
        return tuple(change for change in self.changes if isinstance(change, Restate))


@dataclass(frozen=True, slots=True)
class Begun:
    """A version that begins on the day, with the key of the document that says so ("" for none)."""

    unit_id: int
    state: UnitState
    document: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A row of lineage, with the key of the document that says so ("" for none)."""

    descent: Descent
    document: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What a change set does to the catalogue. Units that open carry numbers that no unit of the tree has."""

    on: date
    opened: tuple[Unit, ...]
    closed: tuple[int, ...]
    begun: tuple[Begun, ...]
    passed: tuple[Passed, ...]
    # What each ref of the change set became.
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def eve(self) -> date:
        """The last day of what ends."""
        return self.on - timedelta(days=1)

    @property
    def restated(self) -> tuple[int, ...]:
        """Units that keep their key under another version."""
        opened = {unit.id for unit in self.opened}
        return tuple(one.unit_id for one in self.begun if one.unit_id not in opened)


@dataclass(frozen=True, slots=True)
class Plan:
    """Either the edits, or the sentences that say why there are none."""

    edits: Edits | None
    refusals: tuple[str, ...]
