"""What a change of units does, and each sentence that says why it cannot be."""

from datetime import date
from fractions import Fraction
from unicodedata import normalize

import pytest

from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.refusals import Invalid
from data.units.changes.counter import counter_change, shares_to_state
from data.units.changes.deeds import change_code, change_kind, close, merge, move, open_unit, rename, split
from data.units.changes.documents import new_document
from data.units.changes.journal import from_json, named_by_keys, to_json
from data.units.changes.model import Change, ChangeSet, Opening, Passage, Plan, Reshape
from data.units.changes.plan import after, plan
from data.units.tree import UnitTree
from data.wording import Language, use_language
from tests.test_unit_changes_laws import nation

ON = date(2025, 7, 1)
EVE = date(2025, 6, 30)
LATER = date(2026, 1, 1)
HALF = Fraction(1, 2)


def commune(ref: str = "new", name: str = "Mới", code: str = "00077", parent: str = "p0") -> Opening:
    return Opening(ref, UnitLevel.COMMUNE, UnitKind.COMMUNE, name, code, parent)


def province(ref: str = "new", name: str = "Mới", code: str = "77", parent: str = "vn") -> Opening:
    return Opening(ref, UnitLevel.PROVINCE, UnitKind.PROVINCE, name, code, parent)


def planned(*changes: Change, tree: UnitTree | None = None, on: date = ON) -> Plan:
    with use_language(Language.EN):
        return plan(tree or nation(2, 2), ChangeSet(on, changes))


def changed(*changes: Change, tree: UnitTree | None = None, on: date = ON) -> UnitTree:
    """The tree after changes that must be possible."""
    before = tree or nation(2, 2)
    done = planned(*changes, tree=before, on=on)
    assert done.edits is not None, done.refusals
    return after(before, done.edits)


def test_a_merger_closes_its_units_on_the_eve_and_opens_one_under_a_key_of_its_own() -> None:
    tree = changed(merge(["c00", "c01"], commune()))
    new = tree.units[tree.ids["c00077-2025"]]
    assert (new.opened_on, new.opening_known, new.closed_on) == (ON, True, None)
    assert [tree.units[one].closed_on for one in (100, 101)] == [EVE, EVE]
    assert tree.composition(new.id, EVE) == ((100, Fraction(1)), (101, Fraction(1)))
    assert tree.children(10, EVE) == (100, 101)
    assert tree.children(10, ON) == (new.id,)


def test_a_unit_that_takes_in_another_is_another_even_under_its_name_and_code() -> None:
    tree = changed(merge(["c00", "c01"], commune(name="c00", code="00000")))
    assert tree.units[tree.ids["c00000-2025"]].states[0].name == "c00"


def test_a_rename_a_kind_a_code_and_a_move_keep_the_key_and_make_one_version() -> None:
    kind, code = change_kind("c00", UnitKind.WARD), change_code("c00", "00099")
    tree = changed(rename("c00", "Khác"), kind, code, move("c00", "p1"))
    unit = tree.units[100]
    assert [state.to_on for state in unit.states] == [EVE, None]
    now = unit.state(ON)
    assert (now.name, now.kind, now.code, now.parent_id) == ("Khác", UnitKind.WARD, "00099", 11)
    assert unit.state(EVE).name == "c00"
    assert (tree.ancestors(100, EVE), tree.ancestors(100, ON)) == ((10, 1), (11, 1))


def test_a_code_that_was_used_in_the_same_year_gets_a_number_more() -> None:
    tree = changed(merge(["c00", "c01"], commune()))
    tree = changed(merge(["c00077-2025", "c10"], commune()), tree=tree, on=date(2025, 12, 1))
    assert "c00077-2025-2" in tree.ids


def test_a_key_of_a_unit_that_never_was_in_force_is_not_used_again() -> None:
    done = plan(nation(1, 2), ChangeSet(ON, (merge(["c00", "c01"], commune()),)), None, {"c00077-2025"})
    assert done.edits is not None
    assert done.edits.keys == {"new": "c00077-2025-2"}


def test_a_district_can_leave_its_area_to_its_province() -> None:
    tree = changed(open_unit(Opening("d", UnitLevel.DISTRICT, UnitKind.TOWN, "Thị", "001", "p0")))
    tree = changed(close("d001-2025", "p0"), tree=tree, on=LATER)
    assert tree.predecessors(10) == {tree.ids["d001-2025"]}
    assert tree.composition(10, EVE) == ((10, Fraction(1)),)


CANNOT: dict[str, tuple[Change, ...]] = {
    "There is no change in this.": (),
    "There is no unit “c99” within your reach.": (rename("c99", "x"),),
    "The whole country is not changed here.": (rename("vn", "x"),),
    "p0 province closes, and 2 units stay under it, c00 commune among them: move or close them too.": (
        merge(["p0", "p1"], province()), move("c10", "new"), move("c11", "new"),
    ),
    "c00 commune cannot stand under c01 commune, which is of the same level or a lower one.": (move("c00", "c01"),),
    "p0 province cannot stand under c00 commune, which is of the same level or a lower one.": (move("p0", "c00"),),
    "The shares of c00 commune add up to 3/4, not to 1.": (
        split("c00", [(commune("a", "A"), HALF), (commune("b", "B", "00078"), HALF / 2)], LineageBasis.AREA),
    ),
    "c00 commune closes, and nothing takes over its area.": (Reshape(("c00",), (), ()),),
    "c01 commune takes in territory and is another unit afterwards: let it close, and open its successor.": (
        Reshape(("c00",), (), (Passage("c00", "c01"),)),
    ),
    "2 units called c01 commune would stand under p0 province.": (rename("c00", "c01"),),
    "The code 00001 would be that of c00 commune and of c01 commune at once.": (change_code("c00", "00001"),),
    "c00 commune cannot be a “province”: no unit of the commune level is.": (change_kind("c00", UnitKind.PROVINCE),),
    "The code of c00 commune must have 5 digits.": (change_code("c00", "1"),),
    "c00 commune is what this change makes of it already.": (rename("c00", "c00"),),
    "c00 commune stands twice in this change.": (merge(["c00", "c01"], commune()), rename("c00", "x")),
    "c00 commune does not close in this change, so nothing of it goes to Mới commune.": (
        Reshape(("c01",), (commune(),), (Passage("c01", "new"), Passage("c00", "new"))),
    ),
    "The share of c00 commune in Mới commune is given twice.": (
        Reshape(("c00",), (commune(),), (Passage("c00", "new", HALF, LineageBasis.AREA),) * 2),
    ),
    "c00 commune goes to Mới commune as a whole or in part: say what the share rests on.": (
        Reshape(("c00",), (commune(),), (Passage("c00", "new", HALF, LineageBasis.WHOLE),)),
    ),
    "The share of c00 commune in Mới commune must be above 0 and at most 1.": (
        Reshape(("c00",), (commune(),), (Passage("c00", "new", Fraction(3, 2), LineageBasis.AREA),)),
    ),
    "Two units are called “new” in this change.": (
        merge(["c00"], commune()), merge(["c01"], commune(name="B", code="00078")),
    ),
    "A unit that opens needs a name.": (merge(["c00", "c01"], commune(name=" ")),),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CANNOT)
def test_what_cannot_be_is_refused_with_the_reason(sentence: str) -> None:
    done = planned(*CANNOT[sentence])
    assert done.edits is None
    assert sentence in done.refusals


@pytest.mark.parametrize("year", [1, 1990, 2100, 9999])
def test_a_day_that_no_period_of_the_portal_is_near_is_a_slip(year: int) -> None:
    refusals = planned(rename("c00", "Khác"), on=date(year, 1, 1)).refusals
    assert any("look at the year" in one for one in refusals)


def test_a_name_is_taken_however_its_marks_are_written() -> None:
    tree = changed(rename("c00", "Bình Yên"))
    assert planned(rename("c01", normalize("NFD", "Bình Yên")), tree=tree, on=LATER).refusals


def test_every_reason_is_said_at_once() -> None:
    assert len(planned(rename("c98", "x"), rename("c99", "x"), change_code("c00", "1")).refusals) == 3


def test_a_change_before_a_unit_opened_or_before_a_later_change_is_refused() -> None:
    tree = changed(merge(["c00", "c01"], commune()), rename("p1", "Khác"))
    early = planned(rename("c00077-2025", "x"), tree=tree, on=EVE)
    assert early.refusals == ("Mới commune opened on 01/07/2025: a change of it on 30/06/2025 is too early.",)
    late = planned(rename("p1", "x"), tree=tree, on=EVE)
    assert late.refusals == ("p1 province has another change on 01/07/2025: one on 30/06/2025 would come before it.",)
    closed = planned(rename("c00", "x"), tree=tree, on=LATER)
    assert closed.refusals == ("c00 commune has its last day on 30/06/2025 and is not changed any more.",)


def test_a_unit_is_not_put_under_one_that_does_not_stand() -> None:
    tree = changed(merge(["p0", "p1"], province()), *(move(c, "new") for c in ("c00", "c01", "c10", "c11")))
    done = planned(move("c00", "p0"), tree=tree, on=LATER)
    assert done.refusals == ("c00 commune would stand under p0 province, which does not stand then.",)


def test_what_lies_outside_the_reach_does_not_exist() -> None:
    with use_language(Language.EN):
        done = plan(nation(1, 2), ChangeSet(ON, (rename("c00", "x"),)), reach={1, 10})
    assert done.refusals == ("There is no unit “c00” within your reach.",)


def test_a_later_day_takes_a_change_back_under_keys_of_their_own_once_the_shares_are_stated() -> None:
    before = nation(1, 2)
    original = ChangeSet(ON, (merge(["c00", "c01"], commune()), rename("p0", "Khác")))
    done = plan(before, original)
    assert done.edits is not None
    tree, kept = after(before, done.edits), named_by_keys(original, done.edits.keys)
    assert shares_to_state(tree, kept) == {"c00077-2025": ("c00", "c01")}
    with pytest.raises(Invalid):
        counter_change(tree, kept, LATER, {})
    stated = {("c00077-2025", "c00"): Fraction(2, 3), ("c00077-2025", "c01"): Fraction(1, 3)}
    counter = plan(tree, counter_change(tree, kept, LATER, stated))
    assert counter.edits is not None, counter.refusals
    tree = after(tree, counter.edits)
    assert [tree.units[one].key for one in tree.at_level(UnitLevel.COMMUNE, LATER)] == ["c00000-2026", "c00001-2026"]
    assert tree.units[10].state(LATER).name == "p0"
    assert tree.composition(tree.ids["c00000-2026"], EVE) == ((100, Fraction(2, 3)), (101, Fraction(2, 3)))


def test_the_journal_gives_back_what_it_was_given() -> None:
    document = new_document("1685/NQ-UBTVQH15", date(2025, 6, 16), "Sắp xếp")
    halves = [(commune("a", "A"), HALF), (commune("b", "B", "00078"), HALF)]
    change_set = ChangeSet(
        ON, (split("c00", halves, LineageBasis.POPULATION), change_kind("c01", UnitKind.WARD)), document.key, document
    )
    assert from_json(to_json(change_set)) == change_set
    assert document.key == "1685-NQ-UBTVQH15-2025"


STRANGE = '{"on": "2025-07-01", "changes": [{"restate": {"x": "y"}}]}'


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"on": 1}', STRANGE])
def test_what_is_no_change_is_not_read(text: str) -> None:
    with pytest.raises(Invalid):
        from_json(text)


@pytest.mark.parametrize("number", ["", " / ", "x" * 61])
def test_a_document_needs_a_number(number: str) -> None:
    with pytest.raises(Invalid):
        new_document(number, ON, "")
