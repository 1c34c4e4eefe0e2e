"""Every target that the portal carries, held against results on each side of each edge: verdict and sentence."""

import re
from decimal import Decimal
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import aim_of
from data.comparisons.model import Aim, AimKind, Source
from data.comparisons.observing import observed_of
from data.comparisons.published import PublishedValue
from data.comparisons.sums import Reading
from data.judging import Observed, Verdict, judge
from data.judging.judgement import Judgement
from data.kinds import Standing
from data.numbers import parse_number
from data.periods import Period
from data.reference import rows
from data.snapshot import get_snapshot
from data.wording.judging import judgement_sentence
from tests.golden_national import TABLE as NATIONAL
from tests.golden_plans import TABLE as PLANS

MILLION, VERY_MANY = 10**6, 10**9
VERDICTS = {"M": Verdict.MET, "N": Verdict.NOT_MET, "U": Verdict.UNCERTAIN}
WORDS = {"M": "Đạt", "N": "Chưa đạt", "U": "Chưa đủ căn cứ"}
UNSURE = "Số lượng nhỏ: khoảng tin cậy 95% có cả giá trị đạt và chưa đạt chỉ tiêu; "
WHY = {
    "nobase": "Không đánh giá. Văn bản không nêu năm gốc nên không tính được mức tăng, giảm.",
    "ambiguous": "Không đánh giá. Văn bản không nói rõ điểm % hay %.",
    "policy": "Không đánh giá. Chỉ tiêu không còn cơ sở chính sách trong kỳ này.",
    "zone": "Không đánh giá. Đơn vị không thuộc vùng mức sinh nào.",
}
_LINE = re.compile(r"(\S+?)(?: \((?:(\d{4}): (\S+) > (\S+)|(hold))\))?: (.+)")
_PROBE = re.compile(r"(\S+) ([MNU])(\*?) (.+)")


class Expected(NamedTuple):
    """A line of the tables."""

    key: str
    base_year: int | None
    base: str
    level: str
    hold: bool
    said: str


def _read(line: str) -> Expected:
    match = _LINE.fullmatch(line)
    assert match, line
    key, year, base, level, hold, said = match.groups()
    return Expected(key, int(year) if year else None, base or "", level or "", bool(hold), said)


# Plans by plan, national targets together: a test for each of 190 would spend its time on setting up.
GROUPS = ("S0", "S1", "S2", "S3", "S4", "N")
LINES = [_read(line) for line in (PLANS + NATIONAL).split("\n") if line]
LEVELS_OF_SRB = [line for line in LINES if " U " in line.said and line.base_year is None]
JUDGED = [line for line in LINES if line.said not in WHY]


class Held(NamedTuple):
    """A target of the reference facts as the comparison holds it against results of its own year."""

    aim: Aim
    definition: Definition
    year: int

    def sentence(self, judgement: Judgement) -> str:
        return judgement_sentence(judgement, self.definition.measure, self.year)


def held(session: Session, key: str, period: str | None = None) -> Held:
    snapshot = get_snapshot(session)
    target = next(one for one in snapshot.targets.targets.values() if one.key == key)
    definition = snapshot.catalogue.definitions[target.definition_id]
    aim = aim_of(AimKind.OWN, (target,), definition, Period(period or str(target.year)))
    assert aim is not None
    return Held(aim, definition, target.year)


def result(
    definition: Definition, year: int, text: str, parts: int | None = None, earlier: tuple[Observed, ...] = ()
) -> Observed:
    """A complete, final result of a year with that value, resting on so many of what it is counted in."""
    value = parse_number(text)
    period = Period.of_year(year)
    if not definition.numerator:
        source: Reading | PublishedValue = PublishedValue(
            1, None, definition.id, period.code, float(value), False, "NATION", "", None, None
        )
    else:
        below = (parts or (VERY_MANY if definition.chance else MILLION)) if definition.denominator else None
        above = value * below / definition.factor if below else value
        assert above == int(above), f"{text} is not made of whole numbers"
        source = Reading(int(above), below, 1, 1, Source.OWN, Standing.FINAL)
    return observed_of(definition, period, 12, float(value), source, earlier)


def test_the_tables_name_every_target_once_and_in_order() -> None:
    assert [line.key for line in LINES] == [row["key"] for row in rows("targets")]
    assert (len(LINES), sum(line.key.startswith("S") for line in LINES)) == (190, 88)


@pytest.mark.parametrize("group", GROUPS)
def test_each_side_of_each_edge_has_its_verdict_and_its_sentence(seeded_session: Session, group: str) -> None:
    lines = [line for line in JUDGED if line.key.startswith(group)]
    assert lines
    for line in lines:
        _hold(seeded_session, line)


def _hold(session: Session, line: Expected) -> None:
    target = held(session, line.key)
    definition, year = target.definition, target.year
    earlier: tuple[Observed, ...] = ()
    if line.base_year is not None:
        earlier = (result(definition, line.base_year, line.base),)
    if line.hold:
        earlier = (result(definition, year - 1, "2,1"),)
    for probe in line.said.split(" | "):
        match = _PROBE.fullmatch(probe)
        assert match, probe
        value, verdict, star, margin = match.groups()
        judgement = judge(target.aim.goal, result(definition, year, value, earlier=earlier))
        said = f"{WORDS[verdict]}. {UNSURE}" if verdict == "U" else f"{WORDS[verdict]}; "
        if line.hold:
            lost = f"Chưa đạt. Đã đạt từ năm {year - 1} nhưng năm {year} không duy trì được; "
            said = f"Đạt; ở mức này từ năm {year - 1}; " if verdict == "M" else lost
        if line.base_year is not None:
            said += f"số gốc năm {line.base_year}: {_measured(line.base, margin)}; "
            said += f"mức cần đạt: {_measured(line.level, margin)}; "
            said += f"khoảng 95% có tính năm gốc: {line.level}–{line.level}; " if verdict == "U" else ""
        said += f"khoảng cách tới mức cần đạt: {margin}"
        said += "; còn thiếu 1.000 trên tổng số 1.000.000." if star else "."
        assert (judgement.verdict, target.sentence(judgement)) == (VERDICTS[verdict], said), (line.key, probe)


def _measured(number: str, margin: str) -> str:
    """A value in the measure of a margin, whose points it does not have."""
    whole = number if "," in number or margin.endswith(" ca") else f"{number},0"
    return whole + re.sub(r"^[-+\d,.]+( điểm)?", "", margin)


def test_what_is_not_judged_says_why_whatever_the_result(seeded_session: Session) -> None:
    for line in (one for one in LINES if one.said in WHY):
        target = held(seeded_session, line.key)
        for value in ("0", "1", "100"):
            before = result(target.definition, target.year - 1, "50")
            judgement = judge(target.aim.goal, result(target.definition, target.year, value, earlier=(before,)))
            assert (judgement.verdict, judgement.margin) == (Verdict.NOT_JUDGED, None)
            assert target.sentence(judgement) == WHY[line.said]


def test_a_change_without_the_value_of_its_base_year_names_the_year(seeded_session: Session) -> None:
    for line in (one for one in LINES if one.base_year):
        target = held(seeded_session, line.key)
        other_year = result(target.definition, (line.base_year or 0) - 1, line.base)
        judgement = judge(target.aim.goal, result(target.definition, target.year, line.base, earlier=(other_year,)))
        assert judgement.verdict is Verdict.NOT_JUDGED
        assert target.sentence(judgement) == (
            f"Không đánh giá. Chưa có kết quả đầy đủ được duyệt của năm gốc {line.base_year} "
            "nên không tính được mức tăng, giảm."
        )


def test_a_level_to_hold_is_not_taken_for_held_without_earlier_years(seeded_session: Session) -> None:
    for line in (one for one in JUDGED if one.hold):
        target = held(seeded_session, line.key)
        judgement = judge(target.aim.goal, result(target.definition, target.year, "2,1"))
        assert target.sentence(judgement) == (
            "Không đánh giá. Đã đạt mức này nhưng chưa có số liệu các năm trước để xét việc duy trì; "
            "khoảng cách tới mức cần đạt: +0,05 con/phụ nữ."
        )


def test_few_births_decide_nothing_and_the_sentence_says_how_many_would(seeded_session: Session) -> None:
    for line in LEVELS_OF_SRB:
        target = held(seeded_session, line.key)
        for ratio in ("104", "110", "118"):
            judgement = judge(target.aim.goal, result(target.definition, target.year, ratio, parts=200))
            assert judgement.verdict is Verdict.UNCERTAIN
            sentence = target.sentence(judgement)
            assert re.search(
                r"cần khoảng [\d.]+ ca sinh mới đủ căn cứ; mỗi năm khoảng 4\d\d ca thì phải gộp chừng", sentence
            )


def test_a_third_birth_target_is_held_against_nothing_from_the_ordinance_on(seeded_session: Session) -> None:
    before, after = (held(seeded_session, "S0-03", period) for period in ("202505", "202506"))
    judged = [judge(one.aim.goal, result(one.definition, 2025, "20")) for one in (before, after)]
    assert before.sentence(judged[0]) == WHY["ambiguous"]
    assert after.sentence(judged[1]) == WHY["policy"]


def test_thresholds_that_divide_zones_are_no_level_for_any_zone(seeded_session: Session) -> None:
    target = held(seeded_session, "N-024")
    observed = result(target.definition, 2030, "2,1")
    said = {
        zones: target.sentence(judge(target.aim.of_zones(frozenset(zones)).goal, observed))
        for zones in ((), ("zone-high",), ("zone-high", "zone-low"))
    }
    assert said == {
        (): WHY["zone"],
        ("zone-high",): "Không đánh giá. Văn bản nêu các vùng mức sinh nhưng không có mức cần đạt cho vùng của đơn vị.",
        ("zone-high", "zone-low"): (
            "Không đánh giá. Địa bàn thuộc nhiều vùng mức sinh (hỗn hợp) nên không áp dụng mức của riêng vùng nào."
        ),
    }


def test_the_planned_parts_of_a_count_add_up_to_its_total(seeded_session: Session) -> None:
    values = {key: held(seeded_session, key).aim.goal.low for key in ("S0-13", "S3-01")}
    assert values == {"S0-13": 48_158, "S3-01": 4_310}
    assert Decimal(48_158) == 7_815 + 200 + 658 + 19_015 + 20_470
    assert Decimal(4_310) == 92 + 238 + 1_650 + 2_328 + 2 + 0
