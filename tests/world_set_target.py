"""The form of a target as a browser fills it in: what is sent, and what comes back."""

from typing import Any

from data.targets.drafts import TargetField
from layouts.ids.set_target import SetId
from layouts.set_target.fields import problem_id
from tests.dash_client import Reader, answer_of
from tests.page_tree import said

SAVE, LOOK = "callbacks.set_target.save", "callbacks.set_target.look"
OFFER, DOCUMENTS = "callbacks.set_target.offer", "callbacks.set_target.offer_documents"
TAKE_BACK = "callbacks.set_target.take_back"
FIELDS = (
    "unit", "definition", "year", "kind", "horizon", "reading", "low", "high", "way", "size", "base", "base_year",
    "base_value", "clause", "printed", "document", "issuer", "number", "issued", "subject", "reason",
)  # fmt: skip
ASKED = {
    "unit": "ash", "definition": "prenatal_screening", "year": "2026", "kind": "ASSIGNED", "horizon": "YEARLY",
    "reading": "AT_LEAST", "low": "85", "document": "a new one", "issuer": "merged", "number": "5/QĐ-UBND",
    "issued": "5/1/2026", "subject": "Giao chỉ tiêu năm 2026", "clause": "II.1",
}  # fmt: skip
MADE = "ash-prenatal_screening-2026"


def values(mode: dict[str, str] | None = None, **changes: Any) -> list[Any]:
    """What stands in the fields, in the order in which the page sends them, and what the page is for."""
    typed = {**ASKED, **changes}
    return [*(typed.get(name) for name in FIELDS), mode or {}]


def saved(reader: Reader, mode: dict[str, str] | None = None, **changes: Any) -> str:
    answer = answer_of(reader.call(SAVE, 1, *values(mode, **changes)))
    href: str = answer[SetId.ADDRESS]["href"]
    page, _equals, key = href.rpartition("&target=")
    # The target opens among all that is set for its unit.
    assert page == f"/targets?unit={key.partition('-')[0]}"
    return key


def looked(reader: Reader, clicks: int | None = None, mode: dict[str, str] | None = None, **changes: Any) -> Any:
    return answer_of(reader.call(LOOK, clicks, *values(mode, **changes)))


def live(reader: Reader, mode: dict[str, str] | None = None, **changes: Any) -> str:
    return said(looked(reader, None, mode, **changes)[SetId.LIVE]["children"])


def problems(answer: Any) -> dict[str, str]:
    told = {field: answer[problem_id(field)]["children"] for field in TargetField}
    return {field.value: sentence for field, sentence in told.items() if sentence}
