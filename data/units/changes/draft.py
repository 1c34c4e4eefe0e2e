"""A change of units as it is being written: texts from an address, until they are all there and make a change set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from unicodedata import normalize

from data.refusals import Invalid
from data.submissions.typed import plain_text
from data.units.changes.deeds import Deed
from data.units.changes.documents import new_document
from data.units.changes.model import NewDocument
from data.wording import _

MOST_UNITS = 12
MOST_PARTS = 4
_LONGEST = 200
_SHARE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?%?|[0-9]{1,9}/[0-9]{1,9}")
# How an address writes that nothing is chosen.
NONE = "-"

# Kinds of change of which a unit that opens is a part, and those of several units at once.
OPENS = frozenset({Deed.MERGE, Deed.SPLIT, Deed.OPEN})
SEVERAL = frozenset({Deed.MERGE, Deed.MOVE})


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that opens, as it is typed; `share` and `below` (codes of units that go to it) only where one is split."""

    name: str = ""
    kind: str = ""
    code: str = ""
    share: str = ""
    below: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is typed; a kind is chosen beforehand."""
        return not (self.name or self.code or self.share or self.below)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that is typed so far. `units` are keys, in the order in which they were chosen."""

    deed: Deed = Deed.MERGE
    on: str = ""
    document: str = ""
    number: str = ""
    issued: str = ""
    title: str = ""
    units: tuple[str, ...] = ()
    level: str = ""
    parent: str = ""
    basis: str = ""
    parts: tuple[Part, ...] = field(default=())

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> "Draft":
        """What an address says; what it does not say is empty, what it says too long is cut."""
        said = {name: "" if value == NONE else _tidy(value)[:_LONGEST] for name, value in args.items()}
        units = [key for place in range(1, MOST_UNITS + 1) if (key := said.get(f"u{place}"))]
        if (more := said.get("add")) and more not in units:
            units.append(more)
        units = [key for key in units if key != said.get("drop")]
        deed = Deed(said["deed"]) if said.get("deed") in set(Deed) else Deed.MERGE
        parts = [
            Part(
                said.get(f"name{place}", ""),
                said.get(f"kind{place}", ""),
                said.get(f"code{place}", ""),
                said.get(f"share{place}", ""),
                _tidy(args.get(f"below{place}", ""))[:2000],
            )
            for place in range(1, MOST_PARTS + 1)
        ]
        plain = ("on", "document", "number", "issued", "title", "level", "parent", "basis")
        texts = {name: said.get(name, "") for name in plain}
        return cls(deed=deed, units=tuple(units[:MOST_UNITS]), parts=tuple(parts), **texts)

    def to_args(self) -> dict[str, str]:
        """The fields of an address that says the same."""
        plain = {
            "deed": self.deed.value, "on": self.on, "document": self.document, "number": self.number,
            "issued": self.issued, "title": self.title, "level": self.level, "parent": self.parent, "basis": self.basis,
        }  # fmt: skip
        plain |= {f"u{place}": key for place, key in enumerate(self.units, start=1)}
        for place, part in enumerate(self.parts, start=1):
            if not part.empty:
                plain |= {
                    f"name{place}": part.name, f"kind{place}": part.kind, f"code{place}": part.code,
                    f"share{place}": part.share, f"below{place}": part.below,
                }  # fmt: skip
        return {name: value for name, value in plain.items() if value}


def _tidy(text: str) -> str:
    """The text as it is kept: its marks composed, without what no database keeps and nobody sees."""
    return normalize("NFC", plain_text(text))


def read_day(text: str) -> date:
    """A day as it is written here, 01/10/2026, or in ISO form. Raises Invalid."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise Invalid(_("Write the day like 01/10/2026."))


def read_share(text: str) -> Fraction:
    """A share as it is written: 1/3, 0,4 or 40%. Raises Invalid."""
    plain = text.replace(" ", "").replace(",", ".")
    # Looked at before it is worked out: a number with an exponent may have a million digits.
    if not _SHARE.fullmatch(plain):
        raise Invalid(_("Write the share like 1/3, 0,4 or 40%."))
    try:
        share = Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)
    except ZeroDivisionError as error:
        raise Invalid(_("Write the share like 1/3, 0,4 or 40%.")) from error
    if not 0 < share <= 1:
        raise Invalid(_("Write the share like 1/3, 0,4 or 40%."))
    return share


def document_of(draft: Draft) -> NewDocument | None:
    """The document that is typed, where none of the portal's is chosen. Raises Invalid where neither is there."""
    if draft.document:
        return None
    return new_document(draft.number, read_day(draft.issued), draft.title)
