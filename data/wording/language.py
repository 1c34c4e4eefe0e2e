"""The language of the reader, as a context variable, and the catalogue behind `_`.

The English sentence is the key, so English needs no catalogue; Vietnamese stands in `vi/*.po`, one file per area.
The guard, a job or the command line sets the language; nothing here knows of requests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent / "vi"


class Language(StrEnum):
    """Languages of the portal, as the `lang` attribute of a page names them."""

    VI = "vi"
    EN = "en"


_language: ContextVar[Language] = ContextVar("language", default=Language.VI)


def current_language() -> Language:
    """The language of the running request, job or command; Vietnamese where nobody set one."""
    return _language.get()


def set_language(language: Language) -> None:
    """Set the language for the rest of this context (a request, a job, a command)."""
    _language.set(Language(language))


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Speak `language` inside the block, and what was spoken before after it."""
    token = _language.set(Language(language))
    try:
        yield
    finally:
        _language.reset(token)


def gettext(text: str) -> str:
    """The sentence in the reader's language; a sentence that nobody translated stays English."""
    if _language.get() is Language.VI:
        return vietnamese().get(text, text)
    return text


def pick(vietnamese_text: str, english_text: str) -> str:
    """Of two names that a fact carries itself, the one in the reader's language; Vietnamese where English is empty."""
    return vietnamese_text if _language.get() is Language.VI else english_text or vietnamese_text


def mark(text: str) -> str:
    """The sentence itself: marks it for the catalogue where it is defined, to be translated where it is drawn."""
    return text


@cache
def vietnamese() -> dict[str, str]:
    """English sentence → Vietnamese sentence over all areas, read once per process; the first area by name wins."""
    sentences: dict[str, str] = {}
    for path in sorted(CATALOGUE.glob("*.po")):
        for english, translated in read_area(path).items():
            sentences.setdefault(english, translated)
    return sentences


def read_area(path: Path) -> dict[str, str]:
    """The sentences of one area's file. Unfinished (fuzzy or empty) ones count as missing."""
    with path.open("rb") as file:
        messages = read_po(file, locale=Language.VI.value)
    return {
        message.id: message.string
        for message in messages
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and not message.fuzzy
    }
