"""Among all the targets that the portal carries every known contradiction is found, and no other."""

import pytest
from sqlalchemy.orm import Session

from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.targets.contradictions import Contradiction, ContradictionKind
from data.targets.registry import list_entries
from data.targets.sentences import contradiction_sentence
from data.wording import Language, use_language
from tests.worlds import TODAY

SAME, BASELINE = ContradictionKind.SAME_ISSUER, ContradictionKind.BASELINE


def everything(session: Session) -> list[Contradiction]:
    nation = Scope(None, frozenset({Grant(get_snapshot(session).tree.nation_id, frozenset(Reach))}))
    entries = list_entries(session, nation, TODAY)
    assert len(entries) == len(get_snapshot(session).targets.targets)
    return list(dict.fromkeys(one for entry in entries for one in entry.contradictions))


def test_of_all_targets_of_the_portal_exactly_these_contradict_something(seeded_session: Session) -> None:
    """Not among them: 88 % and 60 % prenatal (four diseases), counts whose parts add up, plans that were replaced, and
    what the population authority asks of 2025 beside what the Prime Minister asks "from after 2025".
    """
    assert [
        (one.kind, one.target.key, *(other.key for other in one.others), one.follows, one.known and one.known.value)
        for one in everything(seeded_session)
    ] == [
        (BASELINE, "S0-01", "S0-02", pytest.approx(127.2), 119.6),
        (SAME, "S0-06", "S1-06", None, None),
    ]


def test_each_is_a_sentence_with_both_sources(seeded_session: Session) -> None:
    snapshot = get_snapshot(seeded_session)
    nation = Scope(None, frozenset({Grant(snapshot.tree.nation_id, frozenset(Reach))}))
    entries = list_entries(seeded_session, nation, TODAY)
    owners = {one.target.unit_id: one.whose for one in entries}
    definitions = snapshot.catalogue.definitions
    said = [contradiction_sentence(one, definitions, owners) for one in everything(seeded_session)]
    assert "1663/QĐ-UBND, 12/12/2024, mục I.3.1 ghi giảm 16,2 điểm so với 2024, về mức 111" in said[0]
    assert "suy ra mức năm 2024 là 127,2; trong khi số công bố" in said[0]
    assert "theo đăng ký hộ tịch" in said[0]
    assert said[0].endswith("là 119,6.")
    assert "mục I.3.1 ghi ≥ 70%, còn Kế hoạch của tỉnh Bắc Ninh (cũ)" in said[1]
    assert said[1].endswith("mục II.2, đến 2025 ghi ≥ 80%; cả hai đều do Tỉnh Bắc Ninh (đến 30/06/2025) ban hành.")
    with use_language(Language.EN):
        assert contradiction_sentence(everything(seeded_session)[1], definitions, owners).endswith(
            "both were issued by Bắc Ninh province (until 30/06/2025)."
        )
