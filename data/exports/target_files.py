"""The registry of targets as files: the rows of the screen, what the panel of each says, who took them and when."""

import csv
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.catalogue.model import Definition
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER
from data.exports.flat import made_up_text, neutral
from data.exports.formats import Looks, height_of, write_headings
from data.exports.paper import Paper, lay_out, titled
from data.exports.stamp import ExportStamp
from data.exports.xlsx import OPTIONS, add_sheet
from data.numbers import format_moment
from data.scope import Scope
from data.targets.listing import HEADINGS, line_of, owner_name, sentences_of
from data.targets.registry import Entry, Registry
from data.targets.sentences import deed_text
from data.targets.versions import Deed
from data.wording import N_, _
from data.wording.targets import plan_kind_name, target_convention

_WIDTHS = {
    "key": 9, "unit": 18, "definition": 30, "year": 7, "asks": 17, "kind": 13, "document": 20, "clause": 11,
    "printed": 15, "confidence": 11, "place": 15, "relation": 28, "contradictions": 10, "wording": 38,
    "convention": 25, "note": 36, "source": 26, "title": 32, "entered": 24,
}  # fmt: skip
_MORE = {
    "wording": N_("In our words"),
    "convention": N_("Convention"),
    "note": N_("Note"),
    "source": N_("Source"),
    "title": N_("Title"),
    "entered": N_("Entered"),
}


def write_targets_xlsx(
    registry: Registry,
    deeds: Mapping[int, Deed],
    definitions: Mapping[int, Definition],
    stamp: ExportStamp,
    stream: BinaryIO,
) -> None:
    """Writes the workbook: the targets, the contradictions among them, and what the file is.

    `deeds` say by target who entered it, as far as the reader may know.
    """
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    workbook.set_properties({"title": _("Registry of targets"), "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    # The contradictions among targets quote results.
    foot = titled(_("Registry of targets"), illustrative=registry.illustrative)
    _write_rows(add_sheet(workbook, _("Targets"), foot), looks, registry, deeds)
    sentences = [(str(number), text) for number, text in enumerate(sentences_of(registry, definitions), 1)]
    write_pairs(add_sheet(workbook, _("Contradictions"), foot), looks, sentences, (8, 120))
    write_pairs(add_sheet(workbook, _("About"), foot), looks, about(registry, definitions, stamp), (40, 90))
    workbook.close()


def write_targets_csv(
    registry: Registry,
    deeds: Mapping[int, Deed],
    definitions: Mapping[int, Definition],
    stamp: ExportStamp,
    stream: TextIO,
) -> None:
    """Writes the file as the comparison's is written: a block that says what it is, an empty line, the table."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(registry, definitions, stamp))
    writer.writerows([_("Contradiction"), neutral(text)] for text in sentences_of(registry, definitions))
    writer.writerow([])
    writer.writerow(headings().values())
    for entry in registry.entries:
        writer.writerow([neutral(str(text)) for text in fields_of(entry, deeds).values()])


def headings() -> dict[str, str]:
    """The columns of the files in their order, in the reader's language."""
    return {"key": _("Key"), **{name: _(text) for name, text in (HEADINGS | _MORE).items()}}


def fields_of(entry: Entry, deeds: Mapping[int, Deed]) -> dict[str, str | int]:
    """A row of the files by column: what the screen shows, then what the target's panel says."""
    target = entry.target
    return {
        "key": target.key,
        **line_of(entry)._asdict(),
        "wording": target.wording,
        "convention": target_convention(target.operator, target.direction, entry.definition.measure) or "",
        "note": target.note or "",
        "source": target.source or _("not known"),
        "title": target.document.title,
        "entered": deed_text(deed) if (deed := deeds.get(target.id)) else _("with the portal's reference facts"),
    }


def about(registry: Registry, definitions: Mapping[int, Definition], stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    query, every = registry.query, _("all")
    owner = registry.whose and owner_name(registry.whose)
    unit = next((owner_name(one.whose) for one in registry.all if one.whose.unit.key == query.unit), owner)
    definition = next((one.name for one in definitions.values() if one.key == query.definition), query.definition)
    return [
        *([(_("Note"), made_up_text(illustrative=True))] if registry.illustrative else []),
        (_("Content"), _("Registry of targets")),
        (_("Unit"), unit or every),
        (_("Year"), str(query.year) if query.year is not None else every),
        (_("Programme"), query.programme or every),
        (_("Indicator"), definition or every),
        (_("Kind of plan"), plan_kind_name(query.kind.value) if query.kind else every),
        (_("Contradictions"), _("Only contradictions") if query.contradicting else every),
        (_("Targets"), str(len(registry.entries))),
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
        (_("Reach of the account"), stamp.reach),
    ]


def record_target_export(session: Session, scope: Scope, registry: Registry, kind: str, now: datetime) -> None:
    """The audit line: who took which part of the registry, as which kind of file."""
    audit.record(
        session,
        scope.account_id,
        "export",
        now,
        detail={"table": "targets", "kind": kind, "query": registry.query.to_args(), "rows": len(registry.entries)},
    )


def _write_rows(sheet: Any, looks: Looks, registry: Registry, deeds: Mapping[int, Deed]) -> None:
    write_headings(sheet, looks, ((text, _WIDTHS[name]) for name, text in headings().items()))
    for at, entry in enumerate(registry.entries, 1):
        fields = fields_of(entry, deeds)
        sheet.set_row(at, height_of((str(text), _WIDTHS[name]) for name, text in fields.items()))
        for place, field in enumerate(fields.values()):
            if isinstance(field, int):
                sheet.write_number(at, place, field, looks.number("0", valign="top"))
            else:
                sheet.write_string(at, place, field, looks.text(text_wrap=True, valign="top"))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(registry.entries), 1), len(_WIDTHS) - 1)
    lay_out(sheet, Paper([_WIDTHS[name] for name in headings()], repeated=3, headings=(0, 0)))


def write_pairs(sheet: Any, looks: Looks, pairs: list[tuple[str, str]], widths: tuple[int, int]) -> None:
    """A sheet of labels and texts, each line as high as its text needs."""
    lay_out(sheet, Paper(widths))
    for at, (label, text) in enumerate(pairs):
        sheet.set_row(at, height_of([(text, widths[1])]))
        sheet.write_string(at, 0, label, looks.text(bold=True, valign="top"))
        sheet.write_string(at, 1, text, looks.text(text_wrap=True))
