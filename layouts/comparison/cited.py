"""The targets that a number is held against, each with the law that it comes from."""

from collections.abc import Iterable, Set

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited, target_text
from data.comparisons.evidence_model import CitedTarget
from data.comparisons.model import AimKind
from data.judging import Judgement, Reason
from data.measures import Measure
from data.targets.register import DocumentInfo, TargetInfo
from data.wording import N_, _
from data.wording.judging import judgement_sentence, verdict_glyph
from data.wording.measures import measured, measured_margin, measured_number
from data.wording.targets import confidence_name, plan_kind_name, target_convention
from data.wording.units import capitalised
from layouts.components.addresses import document_address
from layouts.components.aria import aria
from layouts.components.facts import Fact, facts
from layouts.help import VERDICT_CLASSES

_KINDS = {
    AimKind.OWN: N_("The unit's target for {year}"),
    AimKind.NATIONAL: N_("National target for {year}"),
    AimKind.LATER: N_("National goal of {year}"),
}


def cited_targets(targets: Iterable[CitedTarget], measure: Measure, attachable: Set[str]) -> list[Component]:
    """Each target: what it asks, how the number stands to it, where it is written, and in which words."""
    found: list[Component] = []
    for one in targets:
        found += [html.Hr(), *_target(one, measure, attachable)]
    return found


def _target(one: CitedTarget, measure: Measure, attachable: Set[str]) -> list[Component]:
    target = one.target
    kind = _(_KINDS[one.kind]) if one.kind else _("Also set for {year}; judges nothing here")
    parts: list[Component] = [html.H3(kind.format(year=target.year)), facts(_numbers(one, measure))]
    if one.judgement is not None and not _is_later(one):
        parts.append(_said(one.judgement, measure, target.year))
    convention = target_convention(target.operator, target.direction, measure)
    if convention:
        parts.append(html.P(convention, className="soft"))
    parts.append(facts(_law(target)))
    parts.append(html.P(target.wording))
    if target.note:
        # A note that nobody has put into English stands as it was written.
        written = None if target.note_en else "vi"
        parts.append(html.P(target.note, className="soft", lang=written))
    parts += _sentence(one, attachable)
    return parts


def _numbers(one: CitedTarget, measure: Measure) -> list[Fact]:
    target = one.target
    rows: list[Fact] = [(_("Target"), html.B(target_text(target, measure)))]
    if target.baseline_year is not None:
        rows.append((_("Base year {year}").format(year=target.baseline_year), _base(one, measure)))
    if one.parts:
        rows.append((_("Its parts"), _parts(one, measure)))
    if _is_later(one) and one.judgement is not None and one.judgement.margin is not None:
        rows.append((_("Distance"), measured_margin(one.judgement.margin, measure)))
    return rows


def _base(one: CitedTarget, measure: Measure) -> str:
    """The base value: as the plan prints it, else the unit's own result that was found for it."""
    printed = one.target.baseline_value
    if printed is not None:
        return measured(printed, measure)
    grounds = one.judgement.grounds if one.judgement else None
    if grounds is None or grounds.base is None:
        return _("not known")
    return _("{value}, the unit's own approved result").format(value=measured(grounds.base, measure))


def _parts(one: CitedTarget, measure: Measure) -> str:
    """The numbers that the same plan sets for the parts of a count, and whether they add up to it."""
    total = sum(one.parts)
    added = f"{' + '.join(measured_number(part, measure) for part in one.parts)} = {measured_number(total, measure)}"
    if total == one.target.low:
        return _("{sum}, as printed").format(sum=added)
    return _("{sum}, which is not the number printed").format(sum=added)


def _is_later(one: CitedTarget) -> bool:
    """A goal of a later year: its heading says that it judges nothing yet, and its distance is one of its numbers."""
    return one.judgement is not None and one.judgement.reason is Reason.LATER_YEAR


def _said(judgement: Judgement, measure: Measure, year: int) -> Component:
    tone = f"v {VERDICT_CLASSES[judgement.verdict]}"
    mark = html.Span(verdict_glyph(judgement.verdict), className=tone, **aria(hidden="true"))
    return html.P([mark, " ", judgement_sentence(judgement, measure, year)])


def _law(target: TargetInfo) -> list[Fact]:
    """Number and date, clause, the number as it was printed, the kind of plan, how sure the portal is of it."""
    rows: list[Fact] = [
        (
            _("Document"),
            dcc.Link(cited(target.document), href=document_address(target.document.key), title=target.document.title),
        ),
        (_("Clause"), html.Span(target.clause, lang="vi") if target.clause else _("not known")),
        (_("As printed"), html.Span(f"“{target.as_printed}”", lang="vi")),
        (_("Kind of plan"), capitalised(plan_kind_name(target.plan_kind.value))),
    ]
    sure = confidence_name(target.confidence.value) if target.confidence else ""
    if target.source or sure:
        source = [html.Span(target.source, lang="vi")] if target.source else []
        rows.append((_("Source"), html.Span([*source, " · " if source and sure else "", sure])))
    return rows


def _sentence(one: CitedTarget, attachable: Set[str]) -> list[Component]:
    """The document's own sentence where its text is there; else, for those who may, the form to attach it with."""
    if one.sentence:
        return [html.Blockquote(one.sentence, lang="vi")]
    if one.target.document.key not in attachable:
        return []
    return [attach_form(one.target.document)]


def attach_form(document: DocumentInfo) -> Component:
    """Takes the text of a document, so that the portal can quote it."""
    field = f"document-text-{document.id}"
    form = html.Form(
        [
            html.Label(_("Paste the text of {document}").format(document=cited(document)), htmlFor=field),
            html.Textarea(id=field, name="text", rows="4"),
            html.Button(_("Attach"), type="submit"),
        ],
        action=f"/documents/{document.key}",
        method="POST",
        encType="multipart/form-data",
        className="csrf back attach",
    )
    return html.Details([html.Summary(_("Attach the document's text")), form], className="more")
