"""What a target that is being entered will say and do, in sentences: how it is read, when it judges, what it meets."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.judging.operators import CHANGES
from data.targets.candidate import Candidate
from data.targets.chain import Place
from data.targets.listing import owner_name
from data.targets.sentences import contradiction_name, contradiction_sentence, why_sentence
from data.wording import _
from data.wording.judging import reason_sentence
from data.wording.measures import measure_name
from data.wording.targets import target_convention


@dataclass(frozen=True, slots=True)
class Foretold:
    """The number as it will be read, sentences on what follows, and warnings, which hinder nobody."""

    reads: str
    follows: tuple[str, ...]
    warnings: tuple[str, ...]


def foretell(candidate: Candidate, definitions: Mapping[int, Definition]) -> Foretold:
    """The sentences about a candidate, by the same rules and words as once it is entered."""
    target, definition, step = candidate.target, candidate.definition, candidate.step
    follows = [_asks(candidate)]
    convention = target_convention(target.operator, target.direction, definition.measure)
    if convention:
        follows.append(f"{convention}.")
    follows.append(_judges(candidate))
    warnings = []
    for one in step.others if step.place in (Place.JUDGES, Place.REPLACED, Place.RIVAL) else ():
        issuer = candidate.owners.get(one.document.issuer_id or 0)
        names = {
            "target": target_text(one, definition.measure),
            "document": cited(one.document),
            "issuer": owner_name(issuer) if issuer else _("not known"),
        }
        if step.place is Place.JUDGES:
            warnings.append(_("It takes the place of {target} by {document} ({issuer}).").format(**names))
        else:
            warnings.append(_("There is {target} by {document} ({issuer}).").format(**names))
    for found in candidate.contradictions:
        said = contradiction_sentence(found, definitions, candidate.owners)
        warnings.append(f"{contradiction_name(found.kind)}: {said}")
    return Foretold(target_text(target, definition.measure), tuple(follows), tuple(warnings))


def _asks(candidate: Candidate) -> str:
    """Of what the number is, with the denominator: two definitions of one indicator differ in nothing else."""
    definition = candidate.definition
    said = _("{indicator} of {unit}, {year}").format(
        indicator=definition.name,
        unit=owner_name(candidate.owners[candidate.target.unit_id]),
        year=candidate.target.year,
    )
    measure = measure_name(definition.measure)
    return f"{said} ({measure})." if measure else f"{said}."


def _judges(candidate: Candidate) -> str:
    """When results are held against it, or why they never are."""
    target, step = candidate.target, candidate.step
    if not step.in_force or step.place is Place.BESIDE:
        return why_sentence(step)
    if candidate.unjudged is not None:
        reason = reason_sentence(candidate.unjudged, target.year)
        return _("It will not be judged: {reason}.").format(reason=reason[:1].lower() + reason[1:])
    if target.operator in CHANGES and target.baseline_value is None:
        return _(
            "Results of {year} are judged once the unit's own approved result of the base year {base} is there."
        ).format(year=target.year, base=target.baseline_year)
    return _("It is judged when there are results of {year}.").format(year=target.year)
