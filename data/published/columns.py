"""The columns of the file of published values, the same for what is downloaded and for what is read back."""

from collections.abc import Callable
from typing import NamedTuple

from data.published.drafts import PublishedField
from data.published.kept import KeptValue
from data.wording import N_, Language, _, use_language
from data.wording.judging import standing_name
from data.wording.published import boundaries_name
from data.wording.targets import confidence_word


class FileColumn(NamedTuple):
    """A column: its heading (marked, not translated), its width in letters, and what stands in it for a value.

    Without a field it is there to be read by people, and is not read back.
    """

    heading: str
    width: int
    field: PublishedField | None
    of: Callable[[KeptValue], str | float]


def _confidence(value: KeptValue) -> str:
    return confidence_word(value.confidence.value) if value.confidence else ""


COLUMNS = (
    FileColumn(N_("Indicator key"), 20, PublishedField.DEFINITION, lambda one: one.definition.key),
    FileColumn(N_("Name of the indicator"), 26, None, lambda one: one.definition.name),
    FileColumn(N_("Unit key"), 11, PublishedField.UNIT, lambda one: one.unit.key if one.unit else ""),
    FileColumn(N_("Region key"), 11, PublishedField.GROUP, lambda one: one.group.key if one.group else ""),
    FileColumn(N_("Name of the unit or region"), 20, None, lambda one: one.place_name),
    FileColumn(N_("Period"), 8, PublishedField.PERIOD, lambda one: one.period),
    FileColumn(N_("Value"), 10, PublishedField.VALUE, lambda one: one.said),
    FileColumn(N_("Standing"), 11, PublishedField.STANDING, lambda one: standing_name(one.standing.value)),
    FileColumn(N_("Boundaries"), 16, PublishedField.BASIS, lambda one: boundaries_name(one.basis)),
    FileColumn(N_("Source"), 32, PublishedField.SOURCE, lambda one: one.source),
    FileColumn(N_("Confidence"), 10, PublishedField.CONFIDENCE, _confidence),
    FileColumn(N_("Note"), 24, PublishedField.NOTE, lambda one: one.note),
)


def columns_by_heading() -> dict[str, FileColumn]:
    """The columns by their headings in small letters, in both languages."""
    found: dict[str, FileColumn] = {}
    for language in Language:
        with use_language(language):
            found |= {_(column.heading).casefold(): column for column in COLUMNS}
    return found
