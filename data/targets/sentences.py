"""The registry in words: where a number is written, which target judges and why, and what contradicts what."""

from collections.abc import Mapping

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.kinds import UnitLevel
from data.measures import Measure
from data.numbers import format_exact, format_moment
from data.targets.chain import Link, Place, Step, Why
from data.targets.contradictions import Contradiction, ContradictionKind, Known
from data.targets.register import TargetInfo
from data.targets.registry import Whose
from data.targets.versions import Deed
from data.wording import N_, _
from data.wording.judging import reason_sentence
from data.wording.measures import measured, measured_exact

_PLACES = {
    Place.JUDGES: N_("in force"),
    Place.BESIDE: N_("in force, beside the level"),
    Place.RIVAL: N_("in force with another, judges nothing"),
    Place.REPLACED: N_("replaced"),
    Place.RESTATES: N_("restated"),
    Place.LATER: N_("issued after the year"),
    Place.WITHDRAWN: N_("taken back"),
}
_WINS = {
    Why.ALONE: N_("In force: nothing else is set for this unit and year."),
    Why.YEARLY_FIRST: N_("In force: the plan of the year goes before a plan of several years."),
    Why.LATER_DATE: N_("In force: it is the later one of its kind."),
}
_LOSES = {
    Why.YEARLY_FIRST: N_("Not in force: the plan of the year goes before a plan of several years."),
    Why.LATER_DATE: N_("Not in force: a later one has replaced it."),
}
_STANDS = {
    Why.NO_DATE: N_("Neither judges: one of the documents has no date, so the rule cannot choose."),
    Why.SAME_DATE: N_("Neither judges: the documents are of one day, so the rule cannot choose."),
    Why.LEVEL_FIRST: N_("It does not judge by itself: the level that it leads to does."),
    Why.EVERYBODY_FIRST: N_("It does not judge: numbers by fertility zone stand beside the one set for everybody."),
    Why.REPEATS: N_("It repeats the number of another document and replaces nothing."),
    Why.NOT_ISSUED: N_("Not in force: the document was issued after the end of that year."),
    Why.TAKEN_BACK: N_("It counts nowhere: it was taken back, or another was put in its place."),
}
_KINDS = {
    ContradictionKind.SAME_ISSUER: N_("One issuer, two numbers"),
    ContradictionKind.WEAKER: N_("Weaker than the level above"),
    ContradictionKind.PARTS: N_("Parts that do not add up"),
    ContradictionKind.BASELINE: N_("A base that does not fit"),
    ContradictionKind.ARITHMETIC: N_("A number that does not follow"),
}


def place_name(place: Place) -> str:
    """`đang hiệu lực`, `đã được thay thế`, `nhắc lại`."""
    return _(_PLACES[place])


def judging_sentence(link: Link, year: int) -> str:
    """Whether what is in force in the link judges the results of the chain's unit, and if not, why."""
    if not any(step.in_force for step in link.steps):
        return _("Nothing is in force here.") if link.steps else _("Nothing is set here for {year}.").format(year=year)
    if not link.judges:
        return _("It judges this unit's own results, not those of the units below.")
    if link.unjudged is not None:
        return _("It judges nothing. {reason}.").format(reason=reason_sentence(link.unjudged, year))
    return _("Results are judged by it.")


def why_sentence(step: Step) -> str:
    """By which part of the rule the target is in force, or is not."""
    if step.place is Place.JUDGES:
        return _(_WINS[step.why])
    return _(_LOSES[step.why] if step.place is Place.REPLACED else _STANDS[step.why])


def relation_text(step: Step, measure: Measure) -> str:
    """What the target replaces, repeats, or gives way to, each with its document; empty where it stands alone."""
    if not step.others or step.place is Place.LATER:
        return ""
    named = "; ".join(f"{target_text(one, measure)} ({cited(one.document)})" for one in step.others)
    said = {
        Place.JUDGES: _("replaces {targets}"),
        Place.BESIDE: _("with {targets}"),
        Place.RIVAL: _("beside {targets}"),
        Place.REPLACED: _("replaced by {targets}"),
        Place.RESTATES: _("restates {targets}"),
    }
    return said[step.place].format(targets=named)


def source_text(target: TargetInfo) -> str:
    """Document with number and date, and clause: `1663/QĐ-UBND, 12/12/2024, mục I.3.1`."""
    if not target.clause:
        return cited(target.document)
    return _("{document}, clause {clause}").format(document=cited(target.document), clause=target.clause)


def deed_text(deed: Deed) -> str:
    """When, and by whom where the reader may know."""
    moment = format_moment(deed.at)
    if deed.account is None:
        return moment
    return _("{moment}, by {account}").format(moment=moment, account=deed.account)


def contradiction_name(kind: ContradictionKind) -> str:
    """The kind of a contradiction, as a heading."""
    return _(_KINDS[kind])


def contradiction_sentence(
    one: Contradiction, definitions: Mapping[int, Definition], owners: Mapping[int, Whose]
) -> str:
    """The contradiction in one sentence, with both its sources."""
    target, measure = one.target, definitions[one.target.definition_id].measure
    what = _("{indicator}, {year}, {unit}").format(
        indicator=definitions[target.definition_id].name, year=target.year, unit=owners[target.unit_id].title
    )
    return f"{what}: {_said(one, measure, definitions, owners)}"


def _said(
    one: Contradiction, measure: Measure, definitions: Mapping[int, Definition], owners: Mapping[int, Whose]
) -> str:
    target = one.target
    asks, source = target_text(target, measure), source_text(target)
    if one.kind is ContradictionKind.SAME_ISSUER:
        said = _("{source} says {asks}, {other_source} says {other}").format(
            source=source, asks=asks, **_other(one, measure)
        )
        return f"{said}; {_issued_by(owners.get(target.document.issuer_id or 0))}"
    if one.kind is ContradictionKind.WEAKER:
        return _("{source} sets {asks}, while {above} is held to {other} by {other_source}.").format(
            source=source, asks=asks, above=owners[one.others[0].unit_id].title, **_other(one, measure)
        )
    if one.kind is ContradictionKind.PARTS:
        parts = " + ".join(format_exact(part.low or 0) for part in one.others)
        return _("the parts add up to {parts} = {sum}, while {source} says {asks} ({parts_source}).").format(
            parts=parts, sum=format_exact(one.follows or 0), source=source, asks=asks, parts_source=_sources(one)
        )
    if one.kind is ContradictionKind.ARITHMETIC:
        return _("{source}: {asks} from {base} comes to {follows}, while {other_source} says {other}.").format(
            source=source,
            asks=asks,
            base=measured_exact(target.baseline_value or 0, measure),
            follows=measured_exact(one.follows or 0, measure),
            **_other(one, measure),
        )
    return _base(one, measure, definitions)


def _issued_by(issuer: Whose | None) -> str:
    if issuer is None:
        return _("both were issued by one unit.")
    if issuer.unit.level is UnitLevel.NATION:
        return _("both were issued by one central authority.")
    return _("both were issued by {unit}.").format(unit=issuer.title)


def _base(one: Contradiction, measure: Measure, definitions: Mapping[int, Definition]) -> str:
    if one.known is None:
        raise ValueError("a base is held against a known value")
    names = {
        "source": source_text(one.target),
        "asks": target_text(one.target, measure),
        "year": one.known.year,
        "base": measured_exact(one.follows or 0, measure),
        "value": measured(one.known.value, measure),
        "known": _known(one.known, definitions),
    }
    if not one.others:
        return _("{source} gives {base} for {year}, while {known} says {value}.").format(**names)
    return _("{source}: {asks}, to {level}, implies {base} for {year}, while {known} says {value}.").format(
        level=target_text(one.others[0], measure), **names
    )


def _known(known: Known, definitions: Mapping[int, Definition]) -> str:
    name = definitions[known.definition_id].name
    if known.source is None:
        return _("the approved result ({indicator})").format(indicator=name)
    return _("what was published ({indicator}; {source})").format(indicator=name, source=known.source)


def _other(one: Contradiction, measure: Measure) -> dict[str, str]:
    other = one.others[0]
    return {"other": target_text(other, measure), "other_source": source_text(other)}


def _sources(one: Contradiction) -> str:
    return "; ".join(dict.fromkeys(source_text(part) for part in one.others))
