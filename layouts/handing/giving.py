"""By which document it is given, and what is said before and after."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.handing.giving import Given
from data.numbers import format_number
from data.targets.documents_entered import MOST_NUMBER, MOST_TITLE
from data.targets.register import DocumentInfo
from data.wording import _
from layouts.ids.handing import HandingId
from layouts.submission.words import for_script

# A list shows nothing for an empty value; no document has a key with a space.
NEW_DOCUMENT = "new document"
_LONGEST = 110


def giving_form(documents: Sequence[DocumentInfo], *, adjusting: bool) -> Component:
    """The document, one that is there or a new one, and the buttons. `adjusting`: something was given already."""
    options = [{"value": NEW_DOCUMENT, "label": _("A new document…")}]
    options += [{"value": one.key, "label": _said(one)} for one in documents]
    chosen = documents[0].key if documents and not adjusting else NEW_DOCUMENT
    choice = html.Div(
        [
            html.Label(_("Document that gives"), htmlFor=HandingId.DOCUMENT),
            dbc.Select(id=HandingId.DOCUMENT, options=options, value=chosen),
        ]
    )
    new = html.Div(
        [
            _field(HandingId.NUMBER, _("Number"), "1663/QĐ-UBND", MOST_NUMBER),
            _field(HandingId.DAY, _("Date"), _("day/month/year"), 10),
            _field(HandingId.SUBJECT, _("Subject"), "", MOST_TITLE),
        ],
        className="new-document",
    )
    hint = _("What was given before is adjusted by a later document; unchanged numbers are not written again.")
    return html.Section(
        [
            html.H2(_("Give")),
            choice,
            new,
            html.P(hint, className="soft") if adjusting else None,
            html.Div(
                [
                    html.Button(
                        _("Give the targets"), type="button", className="btn main", **for_script(intent="give")
                    ),
                    html.Button(_("Undo what is not given"), id=HandingId.RESET, type="button", className="btn"),
                    html.Span(id=HandingId.TOLD, role="status"),
                ],
                className="actions",
            ),
        ],
        className="side assign-give",
    )


def look_first(warnings: Sequence[str]) -> list[Component]:
    """What needs to be seen; nothing is given until it was."""
    heading = _("Look at this first. Nothing is given yet.")
    button = html.Button(_("Give it anyway"), type="button", className="btn main", **for_script(intent="anyway"))
    lines = html.Ul([html.Li(one) for one in warnings])
    return [
        html.Div(
            [html.P(html.Strong(heading)), lines, html.Div(button, className="actions")],
            className="form-notice back",
            role="alert",
        )
    ]


def refused(sentences: Sequence[str]) -> list[Component]:
    """Why nothing was given. What was typed stays."""
    said = [html.Li(one) for one in sentences]
    kept = html.P(_("What you typed is kept."))
    return [
        html.Div(
            [html.P(html.Strong(_("Nothing was given."))), html.Ul(said), kept],
            className="form-notice back",
            role="alert",
        )
    ]


def was_given(given: Given) -> list[Component]:
    """What was given."""
    said = _("Given for the first time: {first}; adjusted: {adjusted}; as before: {unchanged}.").format(
        first=format_number(given.first),
        adjusted=format_number(given.adjusted),
        unchanged=format_number(given.unchanged),
    )
    return [html.P(said, className="done", role="status")]


def _field(field: HandingId, label: str, hint: str, longest: int) -> Component:
    box = dcc.Input(id=field, type="text", maxLength=longest, placeholder=hint, autoComplete="off")
    return html.Div([html.Label(label, htmlFor=field), box], className=f"line {field}")


def _said(one: DocumentInfo) -> str:
    said = f"{cited(one)} · {one.title}"
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"
