"""What becomes of a form: why it came back, who else works on it, the receipt of what was sent, and its history."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import SubmissionStatus
from data.numbers import format_moment, format_number
from data.submissions.model import FormView, HistoryLine, Problem
from data.submissions.outcomes import CellDifference, EditConflict, NoteDifference, Receipt
from data.wording import _
from data.wording.periods import period_name
from data.wording.units import capitalised
from layouts.components.facts import facts
from layouts.submission.words import for_script, form_href, mark, number_text, office_name, unit_name


def standing_notice(view: FormView) -> list[Component]:
    """What whoever opens the form must know first; nothing for a first draft."""
    if view.return_reason and view.status in (SubmissionStatus.RETURNED, SubmissionStatus.DRAFT):
        return [_returned(view)]
    if view.status is SubmissionStatus.SUBMITTED:
        said = _("The report was sent and waits for the decision. Nothing in it can be changed meanwhile.")
        return [_notice([html.P([mark("◔", "unsure"), said])], "waits")]
    if view.editable and view.status is SubmissionStatus.APPROVED:
        said = _("The report is approved. Type in a cell to correct it; it stands until the correction is approved.")
        return [_notice([html.P([mark("●", "met"), said])], "stands")]
    if view.editable and view.status is SubmissionStatus.DRAFT and view.number > 1:
        said = _("This is a correction. The approved report stands until the correction is approved.")
        return [_notice([html.P([mark("◌", "unsure"), said])], "waits")]
    return []


def _notice(content: list[Component], kind: str) -> Component:
    return html.Div(content, className=f"form-notice {kind}")


def _returned(view: FormView) -> Component:
    said = _("{unit} returned the report:").format(unit=_who_returned(view))
    parts: list[Component] = [html.P([mark("▽", "slow"), html.Strong(said)]), html.Blockquote(view.return_reason)]
    if view.editable:
        parts.append(html.P(_("Correct it and send it again."), className="soft"))
    return _notice(parts, "back")


def _who_returned(view: FormView) -> str:
    """The unit that decided; on the draft that answers it, whoever did it in its name."""
    if view.decided_by is not None:
        return capitalised(office_name(view.decided_by))
    returns = [line.who for line in view.history if line.to_status is SubmissionStatus.RETURNED and line.who]
    return returns[-1] if returns else _("The unit above")


def conflict(
    refused: EditConflict, clashing: Sequence[CellDifference], notes: Sequence[NoteDifference] = ()
) -> Component:
    """Somebody else saved meanwhile: what differs, and the reader's two choices. Nothing was overwritten."""
    rows = [_difference(cell.name, number_text(cell.theirs), number_text(cell.mine), "n") for cell in clashing]
    reason = _("Reason, {window}")
    rows += [_difference(reason.format(window=note.name), note.theirs or "–", note.mine or "–") for note in notes]
    heads = [
        html.Th(_("Item"), scope="col"),
        html.Th(_("Saved by them"), scope="col", className="n"),
        html.Th(_("Yours"), scope="col", className="n"),
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="differences")
    keep, take = _("Keep my numbers"), _("Take their numbers")
    if notes:
        keep, take = _("Keep what I entered"), _("Take what they entered")
    choices = html.Div(
        [
            html.Button(keep, type="button", className="btn main", **for_script(intent="keep")),
            html.Button(take, type="button", className="btn", **for_script(intent="theirs")),
        ],
        className="actions",
    )
    said = html.P([mark("▲", "miss"), html.Strong(str(refused))])
    return html.Div([said, table, choices], className="form-notice back", role="alert")


def _difference(name: str, theirs: str, mine: str, kind: str = "") -> Component:
    heading = html.Th(name, scope="row")
    return html.Tr([heading, html.Td(theirs, className=kind), html.Td(mine, className=kind)])


def merged(refused: EditConflict) -> Component:
    """Somebody else saved meanwhile, in other cells: both are kept, and theirs are on the page now."""
    who = refused.who or _("Somebody else")
    said = _("{who} also saved this form, on {when}. Their numbers in other cells are shown here now; yours are saved.")
    text = said.format(who=who, when=format_moment(refused.at))
    return html.Div(html.P([mark("◔", "unsure"), text]), className="form-notice waits", role="status")


def unready(problems: Sequence[Problem]) -> Component:
    """Why a click on "send" sent nothing."""
    blocking = sum(1 for problem in problems if problem.blocks_sending)
    said = _("Not sent yet. To put right or to explain first: {count}. Everything is saved as a draft.")
    text = html.Strong(said.format(count=format_number(blocking)))
    return html.Div(html.P([mark("▲", "miss"), text]), className="form-notice back", role="alert")


def unchanged() -> Component:
    """Why a click on "send" sent nothing, where what is on the page is approved already."""
    said = _("Not sent: the report is approved as it stands here. Change a number to correct it.")
    return html.Div(html.P([mark("●", "met"), said]), className="form-notice stands", role="alert")


def receipt(sent: Receipt) -> Component:
    """Proof that the form was sent."""
    lines: list[tuple[str, str | Component]] = [
        (_("Form"), sent.form.name),
        (_("Unit"), unit_name(sent.unit)),
        (_("Period"), period_name(sent.period)),
        (_("Sent"), format_moment(sent.sent_at)),
        (_("By"), sent.sent_by or "–"),
        (_("Waits for"), office_name(sent.reviewer) if sent.reviewer else "–"),
        (_("Cells"), number_text(sent.filled)),
        (_("Fingerprint (SHA-256)"), html.Code(sent.digest)),
    ]
    again = form_href(sent.unit.key, sent.form.key, sent.period)
    heading = html.H2([mark("●", "met"), _("Sent. The numbers are sealed until the decision.")], tabIndex=-1)
    ways = [dcc.Link(_("To the list of forms"), href="/submit"), html.A(_("See what was sent"), href=again)]
    content = [heading, facts(lines), html.P([ways[0], " · ", ways[1]])]
    return html.Div(content, className="sheet receipt", role="status")


def history(lines: Sequence[HistoryLine]) -> Component:
    """Who did what to the form, folded away until somebody asks."""
    items = [html.Li(_history_line(line)) for line in lines]
    shown = items or [html.Li(_("Nothing has happened yet."))]
    return html.Details([html.Summary(_("History")), html.Ol(shown)], className="history")


def _history_line(line: HistoryLine) -> str:
    said = [format_moment(line.at), *([line.who] if line.who else []), line.sentence]
    said.append(_("version {number}").format(number=line.number))
    text = " · ".join(said)
    return f"{text}: “{line.reason}”" if line.reason else text
