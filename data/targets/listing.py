"""The registry laid flat, the same for the screen and for files: which text stands in which column."""

from collections.abc import Mapping
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.kinds import UnitLevel
from data.targets.registry import Entry, Registry, Whose
from data.targets.sentences import contradiction_sentence, place_name, relation_text
from data.wording import N_, _
from data.wording.targets import confidence_word, plan_kind_name
from data.wording.units import dated


class Line(NamedTuple):
    """One target's texts; `year` is a number, and `contradictions` counts the sentences that name it."""

    unit: str
    definition: str
    year: int
    asks: str
    kind: str
    document: str
    clause: str
    printed: str
    place: str
    relation: str
    contradictions: int
    confidence: str


HEADINGS = {
    "unit": N_("Unit"),
    "definition": N_("Indicator"),
    "year": N_("Year"),
    "asks": N_("Target"),
    "kind": N_("Kind of plan"),
    "document": N_("Document"),
    "clause": N_("Clause"),
    "printed": N_("As printed"),
    "place": N_("In force"),
    "relation": N_("Replaces, restates"),
    "contradictions": N_("Contradictions"),
    "confidence": N_("Confidence"),
}


def line_of(entry: Entry) -> Line:
    """The texts of one target in the reader's language. What a source does not give is "not known"."""
    target, measure, unknown = entry.target, entry.definition.measure, _("not known")
    return Line(
        owner_name(entry.whose),
        entry.definition.name,
        target.year,
        target_text(target, measure),
        plan_kind_name(target.plan_kind.value),
        cited(target.document),
        target.clause or unknown,
        target.as_printed,
        place_name(entry.step.place),
        relation_text(entry.step, measure),
        len(entry.contradictions),
        confidence_word(target.confidence.value) if target.confidence else unknown,
    )


def owner_name(owner: Whose) -> str:
    """The unit's name, with its days where it has namesakes; with its kind below the province, and the country as
    such.
    """
    if owner.unit.level is UnitLevel.PROVINCE:
        return dated(owner.name, owner.since, owner.unit.closed_on)
    return owner.title


def sentences_of(registry: Registry, definitions: Mapping[int, Definition]) -> list[str]:
    """Every contradiction that a shown target takes part in, once, in the order of the targets."""
    owners = {one.target.unit_id: one.whose for one in registry.all}
    found = dict.fromkeys(found for one in registry.entries for found in one.contradictions)
    return [contradiction_sentence(one, definitions, owners) for one in found]
