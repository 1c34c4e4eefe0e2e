"""The page of a document: what it is, all that it sets and for whom, what contradicts it, and its text."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.numbers import format_date, format_moment
from data.targets.document_page import DocumentPage, Listed
from data.targets.listing import owner_name
from data.targets.registry import Entry, Whose
from data.targets.sentences import place_name
from data.wording import _
from data.wording.targets import confidence_name, plan_kind_name
from layouts import shell
from layouts.comparison.cited import attach_form
from layouts.components.addresses import document_address, target_address, unit_address
from layouts.components.facts import Fact, facts
from layouts.components.rows import Column, Content, rows_table
from layouts.targets.panel import contradictions


def document_page(page: DocumentPage, definitions: Mapping[int, Definition], *, may_attach: bool) -> Component:
    """Everything that the reader may know of a document; `may_attach` says whether they may attach its text."""
    document = page.document
    content: list[Component] = [
        html.Section([facts(_facts(page)), *_note(document.note)]),
        *([html.H2(_("Contradictions"))] if page.contradictions else []),
        *contradictions(page.contradictions, definitions, page.owners),
        *_sets(page.entries),
        *_text(page, may_attach=may_attach),
    ]
    everything: list[Component | str | None] = [dcc.Link(_("All documents"), href="/document")]
    return shell.page(
        shell.title(cited(document), page.illustrative),
        [f"{document.title} · ", *everything] if document.number else everything,
        content=html.Div(content, className="document-page"),
    )


def documents_page(documents: Sequence[Listed], illustrative: bool) -> Component:
    """Every document within the reader's reach, each with a link to its page."""
    columns = [Column(_("Document")), Column(_("Title")), Column(_("Targets"), "n"), Column(_("The document's text"))]
    rows: list[list[Content]] = [
        [
            dcc.Link(cited(one.document), href=document_address(one.document.key)),
            one.document.title if one.document.number else "",
            str(one.targets),
            _("attached") if one.has_text else "–",
        ]
        for one in documents
    ]
    return shell.page(
        shell.title(_("Documents"), illustrative),
        _("documents within your reach: {count}").format(count=len(documents)),
        content=html.Div(rows_table(columns, rows, _("Documents"), "of-documents"), className="document-page"),
    )


def _facts(page: DocumentPage) -> list[Fact]:
    document, unknown = page.document, _("not known")
    issuer: Component | str = unknown
    if page.issuer is not None:
        issuer = dcc.Link(page.issuer.title, href=unit_address(page.issuer.unit.key))
    return [
        (_("Number"), document.number or unknown),
        (_("Date"), format_date(document.issued_on) if document.issued_on else unknown),
        (_("Issuer"), issuer),
        (_("Title"), document.title),
    ]


def _note(note: str | None) -> list[Component]:
    return [html.P(note, className="soft", lang="vi")] if note else []


def _sets(entries: Iterable[Entry]) -> list[Component]:
    """A table for each unit that the document sets something for."""
    found: list[Component] = [html.H2(_("What it sets"))]
    for owner, members in groupby(entries, key=lambda one: one.whose.unit.key):
        listed = list(members)
        found += [html.H3(owner_name(listed[0].whose), id=f"unit-{owner}"), _table(listed[0].whose, listed)]
    if len(found) == 1:
        found.append(html.P(_("No target within your reach comes from this document."), className="soft"))
    return found


def _table(owner: Whose, entries: Iterable[Entry]) -> Component:
    columns = [
        Column(_("Indicator")),
        Column(_("Year"), "n"),
        Column(_("Target")),
        Column(_("As printed")),
        Column(_("Clause")),
        Column(_("Kind of plan")),
        Column(_("In force")),
    ]
    rows = [
        [
            dcc.Link(one.definition.name, href=target_address(one.target.key)),
            str(one.target.year),
            html.B(target_text(one.target, one.definition.measure)),
            html.Span(f"“{one.target.as_printed}”", lang="vi"),
            html.Span(one.target.clause, lang="vi") if one.target.clause else _("not known"),
            _kind(one),
            place_name(one.step.place),
        ]
        for one in entries
    ]
    label = _("Targets of {unit}").format(unit=owner_name(owner))
    return rows_table(columns, rows, label, "of-document")


def _kind(one: Entry) -> str:
    kind = plan_kind_name(one.target.plan_kind.value)
    return f"{kind} · {confidence_name(one.target.confidence.value)}" if one.target.confidence else kind


def _text(page: DocumentPage, *, may_attach: bool) -> list[Component]:
    found: list[Component] = [html.H2(_("The document's text"))]
    if page.text is None:
        found.append(html.P(_("Nobody has attached the text yet."), className="soft"))
    else:
        if page.attached_at is not None:
            said = _("attached at {moment}").format(moment=format_moment(page.attached_at))
            found.append(html.P(said, className="soft"))
        summary = html.Summary(_("Show the text"))
        found.append(html.Details([summary, html.Div(page.text, className="document-text", lang="vi")]))
    if may_attach:
        found.append(attach_form(page.document))
    return found
