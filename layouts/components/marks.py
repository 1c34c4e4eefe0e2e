"""The signs of the verdicts, for the tables that draw them."""

from data.judging import Verdict
from data.wording.judging import verdict_glyph, verdict_word
from layouts.help import VERDICT_CLASSES


def marks() -> dict[str, list[str]]:
    """For each verdict its glyph, the class that colours it, and its word."""
    return {one.value: [verdict_glyph(one), VERDICT_CLASSES[one], verdict_word(one)] for one in Verdict}
