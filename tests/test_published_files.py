"""Published values as files: what was taken away says nothing new, and what is wrong is refused cell by cell."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.exports.published_files import write_published_csv, write_published_xlsx
from data.kinds import Confidence, GroupKind, Standing
from data.published.bases import Basis
from data.published.columns import COLUMNS
from data.published.drafts import PublishedDraft
from data.published.entering import Entered, enter_values
from data.published.importing import RefusedFile, import_file
from data.published.kept import DECIMALS, KeptValue, list_kept, tidy
from data.published.query import PublishedQuery, find_values
from data.refusals import Invalid, TooLarge
from data.snapshot import get_snapshot
from data.wording import Language, _, use_language
from tests import worlds
from tests.exported import STAMP
from tests.world_groups import put_group
from tests.worlds import LONG_AGO, MINISTRY_REVIEWER, NOW, OTHER, scope_of

HEADINGS = ["Mã chỉ số", "Mã đơn vị", "Mã vùng", "Kỳ báo cáo", "Giá trị", "Tính chất số liệu", "Địa giới", "Nguồn",
            "Độ tin cậy", "Ghi chú"]  # fmt: skip
RIGHT = ["tfr", "other", "", "2025", 2.31, "chính thức", "34 tỉnh, thành phố", "Cục Thống kê", "cao", ""]
SCOPE = scope_of(MINISTRY_REVIEWER, Permission.PUBLISHED_ENTER)
# Letters that a file could stumble over, and those that begin a formula.
TEXTS = st.text(st.sampled_from("aĂệ =+-@'\";,\t\u00a0\u20ac1.2"), max_size=12)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    put_group(session, 901, "new-region", GroupKind.REGION, (OTHER, LONG_AGO, None))
    return session


def workbook(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append([None if one == "" else one for one in row])
    book.save(stream)
    return stream.getvalue()


def text_file(*rows: Sequence[Any], delimiter: str = ";") -> bytes:
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([HEADINGS, *([str(one).replace(".", ",") for one in row] for row in rows)])
    return stream.getvalue().encode("utf-8-sig")


def changed(**cells: Any) -> list[Any]:
    places = dict(zip("ABCDEFGHIJ", range(10), strict=True))
    row: list[Any] = list(RIGHT)
    for letter, value in cells.items():
        row[places[letter]] = value
    return row


def take(session: Session, content: bytes) -> Entered:
    return import_file(session, SCOPE, content, NOW)


def written(session: Session, kind: str) -> bytes:
    snapshot, stream = get_snapshot(session), BytesIO()
    found = find_values(session, SCOPE, snapshot, PublishedQuery())
    if kind == "xlsx":
        write_published_xlsx(found, found.values, snapshot, STAMP, stream)
    else:
        text = TextIOWrapper(stream, "utf-8", newline="")
        write_published_csv(found.values, text)
        text.flush()
        return stream.getvalue()
    return stream.getvalue()


def kept(session: Session) -> list[KeptValue]:
    return list_kept(session, SCOPE, get_snapshot(session))


def count(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(t.PublishedResult)).one()


@pytest.mark.parametrize("make", [workbook, text_file])
def test_a_file_is_entered_as_a_whole_in_either_form(world: Session, make: Any) -> None:
    region = changed(B="", C="new-region", D="2024-9M", E=1.25, F="sơ bộ", G="REGION_34", I="thấp", J="ghi chú")
    entered = take(world, make(RIGHT, region))
    assert (len(entered.ids), entered.known) == (2, 0)
    first, second = kept(world)
    assert (first.place_key, first.value, first.source) == ("other", 2.31, "Cục Thống kê")
    assert (second.place_key, second.period, second.confidence) == ("new-region", "2024-9M", Confidence.LOW)
    actions = world.scalars(select(t.AuditLine.action)).all()
    assert actions == ["published.enter"] * 2


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"A": "nothing"}, "Ô A3: Không có chỉ số “nothing”."),
        ({"A": ""}, "Ô A3: Thiếu chỉ số"),
        ({"B": "nowhere"}, "Ô B3: Không có đơn vị “nowhere”."),
        ({"B": ""}, "Ô B3: Hãy ghi số này là của đơn vị hay vùng nào."),
        ({"C": "new-region"}, "Ô C3: Chỉ ghi đơn vị hoặc vùng, không ghi cả hai."),
        ({"D": "quý III"}, "Ô D3: Thiếu năm, hoặc ghi chưa đúng"),
        ({"D": 2031}, "Ô D3: Kỳ 2031 chưa kết thúc"),
        ({"D": 2025.5}, "Ô D3: Thiếu năm"),
        ({"E": "một"}, "Ô E3: “một” không phải là số."),
        ({"E": ""}, "Ô E3: Thiếu con số."),
        ({"E": 400}, "Ô E3: Không thể lớn hơn 15"),
        ({"E": "=1+1"}, "Ô E3: Ô này là công thức"),
        ({"F": "ước"}, "Ô F3: “ước” không phải là loại số"),
        ({"G": "cả nước"}, "Ô G3: Địa giới này không khớp với đơn vị"),
        ({"G": "sao Hỏa"}, "Ô G3: “sao Hỏa” không phải là địa giới"),
        ({"H": ""}, "Ô H3: Hãy ghi ai công bố"),
        ({"I": "chắc"}, "Ô I3: “chắc” không phải là độ tin cậy"),
        ({"D": "2025"}, "Ô E3: Số này có hai lần ở đây."),
    ],
)
def test_one_bad_cell_is_named_and_nothing_of_the_file_is_kept(
    world: Session, cells: dict[str, Any], line: str
) -> None:
    bad = changed(**{"D": "2024"} | cells)
    with pytest.raises(RefusedFile, match="Số ô cần sửa: 1") as refused:
        take(world, workbook(RIGHT, bad))
    assert len(refused.value.details) == 1
    assert refused.value.details[0].startswith(line)
    assert count(world) == 0
    assert world.scalars(select(t.AuditLine)).all() == []


def test_every_bad_cell_is_named_at_once_in_the_order_of_the_file(world: Session) -> None:
    with pytest.raises(RefusedFile) as refused:
        take(world, workbook(changed(E="x", H=""), RIGHT, changed(A="nothing", D="")))
    assert [one.split(":")[0] for one in refused.value.details] == ["Ô E2", "Ô H2", "Ô A4"]


def test_of_a_file_full_of_mistakes_the_first_are_named(world: Session) -> None:
    with pytest.raises(RefusedFile, match="Số ô cần sửa: 250") as refused:
        take(world, workbook(*(changed(E="x", H=f"nguồn {number}") for number in range(250))))
    assert len(refused.value.details) == 201
    assert refused.value.details[-1].endswith("50 mục khác")


def test_what_stands_already_is_left_out_and_what_contradicts_it_is_refused(world: Session) -> None:
    take(world, workbook(RIGHT))
    again = take(world, workbook(RIGHT, changed(D="2024")))
    assert (len(again.ids), again.known) == (1, 1)
    with pytest.raises(RefusedFile, match="1") as refused:
        take(world, workbook(changed(E=2.4)))
    assert refused.value.details == (
        "Ô E2: Đã có giá trị của đơn vị, chỉ số, kỳ, nguồn và loại số này: hãy sửa giá trị đang có.",
    )


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        ([*HEADINGS[:4], "Số", *HEADINGS[5:]], "Ô E1: “Số” không phải là tiêu đề của bảng này."),
        ([*HEADINGS[:4], *HEADINGS[5:]], "Ô J1: Thiếu cột “Giá trị”."),
        ([*HEADINGS, "Nguồn"], "Ô K1: Tiêu đề này có hai lần."),
    ],
)
def test_headings_that_are_not_ours_are_refused(world: Session, headings: list[str], line: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        take(world, workbook(RIGHT, headings=headings))
    assert line in refused.value.details
    assert count(world) == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04 broken", "Mã\0".encode(), workbook()])
def test_what_is_no_table_is_refused(world: Session, content: bytes) -> None:
    with pytest.raises(Invalid):
        take(world, content)


def test_a_file_that_is_too_large_is_refused(world: Session) -> None:
    with pytest.raises(TooLarge):
        take(world, b"a" * (2 * 1024 * 1024 + 1))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_all_reference_facts_taken_away_say_nothing_new_when_they_come_back(
    seeded_session: Session, kind: str, language: Language
) -> None:
    before = count(seeded_session)
    with use_language(language):
        content = written(seeded_session, kind)
    entered = take(seeded_session, content)
    assert (entered.ids, entered.known) == ((), before)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["xlsx", "csv"]),
    st.floats(0, 15, allow_nan=False),
    st.sampled_from([Standing.FINAL, Standing.PRELIMINARY]),
    st.sampled_from(Confidence),
    TEXTS,
    TEXTS,
    st.sampled_from(["2019", "2024", "2024-9M", "2025"]),
    st.sampled_from(
        [("other", "", Basis.PROVINCE_63), ("merged", "", Basis.PROVINCE_34), ("", "new-region", Basis.REGION_34)]
    ),
)  # fmt: skip
def test_whatever_was_entered_is_known_again_when_its_file_comes_back(
    world: Session, kind: str, value: float, standing: Standing, sure: Confidence, source: str, note: str, period: str,
    place: tuple[str, str, Basis],
) -> None:  # fmt: skip
    unit, group, basis = place
    draft = PublishedDraft(
        "tfr", unit, group, period, round(value, DECIMALS), standing, basis, tidy(f"{source} nguồn"), sure, tidy(note)
    )
    with world.begin_nested() as point:
        enter_values(world, SCOPE, [draft], NOW)
        entered = take(world, written(world, kind))
        point.rollback()
        world.info.pop("snapshot", None)
    assert (entered.ids, entered.known) == ((), 1)


def test_the_workbook_offers_what_may_stand_in_its_cells(world: Session) -> None:
    enter_values(world, SCOPE, [PublishedDraft("tfr", "other", "", "2025", 2.31, Standing.FINAL, Basis.PROVINCE_34,
                                               "=HYPERLINK(1)", Confidence.HIGH)], NOW)  # fmt: skip
    book = openpyxl.load_workbook(BytesIO(written(world, "xlsx")))
    table, lists, _about = book.worksheets
    assert [cell.value for cell in table[1]] == [_(column.heading) for column in COLUMNS]
    assert [cell.value for cell in table[2]][9] == "=HYPERLINK(1)"
    assert table["J2"].data_type == "s"
    listed = {str(cell.value) for row in lists.iter_rows() for cell in row}
    assert {"tfr", "other", "north", "new-region", "chính thức", "34 tỉnh, thành phố", "cao"} <= listed
    assert len(table.data_validations.dataValidation) == 6
