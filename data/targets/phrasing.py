"""A target that was entered, in words: our own line on what it asks, and its number as a plan would print it."""

from data.catalogue.model import Definition
from data.judging.operators import Operator
from data.numbers import format_exact, magnitude
from data.submissions.typed import plain_text
from data.targets.drafts import TargetDraft
from data.wording import Language, use_language
from data.wording.targets import target_phrase


def wordings(draft: TargetDraft, definition: Definition) -> tuple[str, str]:
    """The indicator and what is asked of it, in Vietnamese and in English."""
    said = []
    for language in (Language.VI, Language.EN):
        with use_language(language):
            said.append(f"{definition.name}: {_phrase(draft, definition)}")
    return said[0], said[1]


def printed_number(draft: TargetDraft, definition: Definition) -> str:
    """The number as Vietnamese plans print it, where the text of the document was not typed."""
    with use_language(Language.VI):
        if draft.low is None or draft.high is None:
            return draft.as_printed or _phrase(draft, definition)
        return written(draft.operator, draft.low, draft.high)


def written(operator: Operator, low: float, high: float) -> str:
    """A number or a range without its measure and its sign, in the reader's language: `85`, `103–107`."""
    first, last = format_exact(magnitude(low)), format_exact(magnitude(high))
    return f"{first}–{last}" if operator is Operator.RANGE else first


def _phrase(draft: TargetDraft, definition: Definition) -> str:
    if draft.operator is Operator.WORDS:
        return plain_text(draft.as_printed)
    return target_phrase(
        draft.operator,
        draft.low,
        draft.high,
        definition.measure,
        direction=draft.direction,
        baseline_year=draft.baseline_year,
        ambiguous=draft.ambiguous,
    )
