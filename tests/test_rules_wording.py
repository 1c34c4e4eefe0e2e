"""Every sentence of the code has its Vietnamese, with the same placeholders, in one place, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from tests.offences import dotted, parsed
from tests.source_tree import ROOMS, ROOT, files, place, verdict

AREAS = ROOT / "data" / "wording" / "vi"
MARKS = {"_", "N_"}


def marked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and sentence of every `_("…")` and `N_("…")`, also of those inside an f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in MARKS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def marked_in_template(text: str) -> Iterator[tuple[int, str]]:
    """Line and sentence of every `_("…")` of a template."""
    for mark in re.finditer(r"""\b_\(\s*(["'])(.+?)\1\s*\)""", text):
        yield text.count("\n", 0, mark.start()) + 1, mark[2]


def unreadable_marks(tree: ast.AST) -> Iterator[int]:
    """Lines whose marked sentence cannot be found: an f-string or a sum, or for N_ anything but a plain sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in MARKS:
            argument = node.args[0] if len(node.args) == 1 else None
            plain = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            looked_up = dotted(node.func) == "_" and not isinstance(argument, ast.JoinedStr | ast.BinOp | None)
            if not (plain or looked_up):
                yield node.lineno


def placeholders(sentence: str) -> set[str] | None:
    """The names in braces; None where the braces do not close."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return None


def used() -> dict[str, str]:
    """Every sentence of the code and the first place where it stands."""
    found: dict[str, str] = {}
    for path in files(".py", parts=ROOMS):
        for line, sentence in marked(parsed(path)):
            found.setdefault(sentence, place(path, line))
    for path in files(".html", parts=["layouts"]):
        for line, sentence in marked_in_template(path.read_text("utf-8")):
            found.setdefault(sentence, place(path, line))
    return found


def translated() -> Iterator[tuple[Path, int, str, str]]:
    """File, line, English and Vietnamese of every entry; unfinished entries have an empty Vietnamese."""
    for path in sorted(AREAS.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="vi", abort_invalid=True):
                english, vietnamese = message.id, message.string
                assert isinstance(english, str), f"{path.name}: Vietnamese has no plural, and the portal uses none"
                if english:
                    yield path, message.lineno or 0, english, "" if message.fuzzy else str(vietnamese)


def test_every_sentence_has_its_vietnamese() -> None:
    known = {english for _, _, english, vietnamese in translated() if vietnamese.strip()}
    offences = [f"{where} {sentence!r}" for sentence, where in used().items() if sentence not in known]
    why = "Officers read Vietnamese first: add the sentence to the area that it belongs to in data/wording/vi/."
    assert not offences, verdict(offences, why)


def test_a_translation_has_the_placeholders_of_its_sentence() -> None:
    offences = [
        f"{place(path, line)} {english!r}"
        for path, line, english, vietnamese in translated()
        if vietnamese and (placeholders(english) is None or placeholders(english) != placeholders(vietnamese))
    ]
    assert not offences, verdict(
        offences, "A lost placeholder loses a number, a new one breaks the page: use the same {names}."
    )


def test_no_translation_is_left_over() -> None:
    sentences = used()
    offences = [
        f"{place(path, line)} {english!r}" for path, line, english, _ in translated() if english not in sentences
    ]
    assert not offences, verdict(
        offences, "No code says this any more: remove it, or correct it where the sentence changed."
    )


def test_a_sentence_is_translated_in_one_place() -> None:
    homes: dict[str, set[str]] = {}
    for path, _, english, _ in translated():
        homes.setdefault(english, set()).add(path.name)
    offences = [f"{english!r}: {', '.join(sorted(paths))}" for english, paths in homes.items() if len(paths) > 1]
    offences += [
        f"{path.name}: {count} entries twice" for path in sorted(AREAS.glob("*.po")) if (count := repeated(path))
    ]
    assert not offences, verdict(
        offences, "Two translations of one sentence drift apart: keep the one of the wider area."
    )


def repeated(path: Path) -> int:
    """How many entries of a file repeat another; the reader of the format merges them without a word."""
    with path.open("rb") as file:
        kept = sum(bool(message.id) for message in read_po(file, locale="vi"))
    # The head of the file is the entry of the empty sentence; a long sentence also starts with an empty line.
    written = re.findall(r'^msgid (?!""\n(?!"))', path.read_text("utf-8"), re.MULTILINE)
    return len(written) - kept


def test_every_mark_can_be_read() -> None:
    offences = [place(path, line) for path in files(".py", parts=ROOMS) for line in unreadable_marks(parsed(path))]
    why = 'The catalogue finds plain sentences only: write _("… {name}").format(name=…), and N_("…") for tables.'
    assert not offences, verdict(offences, why)


def test_marks_are_told_from_other_calls() -> None:
    lines = [
        '_("Sent {when}").format(when=1)',
        'ROWS = {1: N_("Approved")}',
        """f"{_(ROWS[1])} {_('by')}\"""",
        'other("No")',
    ]
    tree = ast.parse("\n".join(lines))
    assert sorted(marked(tree)) == [(1, "Sent {when}"), (2, "Approved"), (3, "by")]
    assert list(unreadable_marks(tree)) == []


def test_marks_of_templates_are_found() -> None:
    text = '<p>{{ _("Sent") }}</p>\n<b title="{{ _(\'By {who}\') }}">{{ other("No") }}</b>'
    assert list(marked_in_template(text)) == [(1, "Sent"), (2, "By {who}")]


@pytest.mark.parametrize("bad", ['_(f"Sent {when}")', '_("Sent " + when)', "N_(name)", "_()", '_("a", "b")'])
def test_unreadable_marks_are_found(bad: str) -> None:
    assert list(unreadable_marks(ast.parse(bad))) == [1]


def test_placeholders_are_read_with_their_formats() -> None:
    assert placeholders("{count:,} of {total}, {{literal}}") == {"count", "total"}
    assert placeholders("{open") is None


def test_repeated_entries_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "area.po"
    entries = ['msgid ""\nmsgstr ""\n"Language: vi"', 'msgid "Send"\nmsgstr "Gửi"', 'msgid ""\n"Send"\nmsgstr "Nộp"']
    path.write_text("\n\n".join(entries[:2]), "utf-8")
    assert repeated(path) == 0
    path.write_text("\n\n".join(entries), "utf-8")
    assert repeated(path) == 1
