"""Whatever changes, nothing is lost, nothing counts twice, and what was reported reads as it was."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.units.changes.deeds import merge, move, passage, rename, split
from data.units.changes.model import Change, ChangeSet, Opening, Reshape
from data.units.changes.plan import after, plan
from data.units.closure import Link, closure
from data.units.tree import Unit, UnitState, UnitTree

START = date(2020, 1, 1)
LEVELS = (UnitLevel.PROVINCE, UnitLevel.COMMUNE)


def unit(number: int, key: str, level: UnitLevel, kind: UnitKind, code: str, parent: int | None) -> Unit:
    return Unit(number, key, level, START, False, None, (UnitState(START, None, key, kind, code, parent),))


def nation(provinces: int, communes: int) -> UnitTree:
    units = [unit(1, "vn", UnitLevel.NATION, UnitKind.NATION, "", None)]
    for p in range(provinces):
        units.append(unit(10 + p, f"p{p}", UnitLevel.PROVINCE, UnitKind.PROVINCE, f"{p:02}", 1))
        units += [
            unit(100 + 10 * p + c, f"c{p}{c}", UnitLevel.COMMUNE, UnitKind.COMMUNE, f"{p}{c:04}", 10 + p)
            for c in range(communes)
        ]
    return UnitTree(units, [])


def opening(tree: UnitTree, level: UnitLevel, number: int, parent: str, on: date) -> Opening:
    kind = UnitKind.PROVINCE if level is UnitLevel.PROVINCE else UnitKind.COMMUNE
    taken = {tree.units[one].state(on).code for one in tree.at_level(level, on)}
    width = 2 if level is UnitLevel.PROVINCE else 5
    free = [code for code in (f"{n:0{width}}" for n in range(90)) if code not in taken]
    return Opening(f"new{number}", level, kind, f"N{on.year}{level}{number}", free[number], parent)


def shares(weights: list[int]) -> list[Fraction]:
    return [Fraction(weight, sum(weights)) for weight in weights]


@st.composite
def histories(draw: st.DrawFn) -> list[UnitTree]:
    """A nation and what becomes of it, change by change; each tree holds the history of those before."""
    trees = [nation(draw(st.integers(1, 3)), draw(st.integers(1, 3)))]
    for step in range(draw(st.integers(1, 5))):
        tree, on = trees[-1], START + timedelta(days=400 * (step + 1))
        deed = draw(st.sampled_from((_merging, _splitting, _mixing, _renaming)))
        planned = plan(tree, ChangeSet(on, deed(draw, tree, on)))
        assert planned.edits is not None, planned.refusals
        trees.append(after(tree, planned.edits))
    return trees


def _pick(draw: st.DrawFn, tree: UnitTree, level: UnitLevel, on: date, least: int = 1) -> list[Unit]:
    """Some units of one level, communes of one parent."""
    parent = draw(st.sampled_from(tree.at_level(UnitLevel.PROVINCE, on))) if level is UnitLevel.COMMUNE else 1
    there = sorted(tree.children(parent, on))
    count = draw(st.integers(min(least, len(there)), min(3, len(there))))
    return [tree.units[one] for one in draw(st.permutations(there))[:count]]


def _moves(tree: UnitTree, closing: list[Unit], on: date, parents: list[str], draw: st.DrawFn) -> list[Change]:
    children = [child for one in closing for child in tree.children(one.id, on)]
    return [move(tree.units[child].key, draw(st.sampled_from(parents))) for child in children]


def _merging(draw: st.DrawFn, tree: UnitTree, on: date) -> tuple[Change, ...]:
    units = _pick(draw, tree, draw(st.sampled_from(LEVELS)), on, 2)
    if not units:
        return _renaming(draw, tree, on)
    new = opening(tree, units[0].level, 0, tree.units[units[0].state(on).parent_id or 1].key, on)
    return (merge([one.key for one in units], new), *_moves(tree, units, on, ["new0"], draw))


def _splitting(draw: st.DrawFn, tree: UnitTree, on: date) -> tuple[Change, ...]:
    units = _pick(draw, tree, draw(st.sampled_from(LEVELS)), on)[:1]
    if not units:
        return _renaming(draw, tree, on)
    parts = shares(draw(st.lists(st.integers(1, 9), min_size=2, max_size=3)))
    parent = tree.units[units[0].state(on).parent_id or 1].key
    news = [opening(tree, units[0].level, n, parent, on) for n in range(len(parts))]
    done = split(units[0].key, list(zip(news, parts, strict=True)), LineageBasis.POPULATION)
    return (done, *_moves(tree, units, on, [one.ref for one in news], draw))


def _mixing(draw: st.DrawFn, tree: UnitTree, on: date) -> tuple[Change, ...]:
    """Several communes become several others, each sending shares to some."""
    units = _pick(draw, tree, UnitLevel.COMMUNE, on)
    if not units:
        return _renaming(draw, tree, on)
    parent = tree.units[units[0].state(on).parent_id or 1].key
    news = [opening(tree, UnitLevel.COMMUNE, n, parent, on) for n in range(draw(st.integers(1, 3)))]
    passages = []
    for one in units:
        weights = draw(st.lists(st.integers(0, 5), min_size=len(news), max_size=len(news)).filter(any))
        passages += [
            passage(one.key, new.ref, share, LineageBasis.AREA)
            for new, share in zip(news, shares(weights), strict=True)
            if share
        ]
    return (Reshape(tuple(one.key for one in units), tuple(news), tuple(passages)),)


def _renaming(draw: st.DrawFn, tree: UnitTree, on: date) -> tuple[Change, ...]:
    one = draw(st.sampled_from(tree.at_level(UnitLevel.PROVINCE, on)))
    return (rename(tree.units[one].key, f"Tên {on.isoformat()}"),)


def days(trees: list[UnitTree]) -> list[date]:
    return [START + timedelta(days=400 * step) for step in range(len(trees))]


@settings(max_examples=60)
@given(histories())
def test_a_total_is_the_same_on_any_later_boundaries(trees: list[UnitTree]) -> None:
    tree = trees[-1]
    for level in LEVELS:
        for then in days(trees):
            counted = {one: (one * 7919) % 1000 + 1 for one in tree.at_level(level, then)}
            for now in days(trees):
                if now < then:
                    continue
                brought = [
                    share * counted[older]
                    for one in tree.at_level(level, now)
                    for older, share in tree.composition(one, then) or ()
                ]
                assert sum(brought) == sum(counted.values())


@settings(max_examples=60)
@given(histories())
def test_the_shares_of_a_closed_unit_sum_to_one_on_every_later_day(trees: list[UnitTree]) -> None:
    tree = trees[-1]
    for now in days(trees):
        sums: dict[tuple[int, UnitLevel], Fraction] = defaultdict(Fraction)
        for row in tree.inherited:
            descendant = tree.units[row.descendant_id]
            if descendant.is_open(now) and row.on <= now:
                sums[row.predecessor_id, descendant.level] += row.share
        assert set(sums.values()) <= {Fraction(1)}
        closed = {one.id for one in tree.units.values() if one.closed_on is not None and one.closed_on < now}
        assert {unit_id for unit_id, _level in sums} == closed


@settings(max_examples=60)
@given(histories())
def test_what_was_reported_reads_the_same_after_every_later_change(trees: list[UnitTree]) -> None:
    for older, newer in pairwise(trees):
        eve = max(state.from_on for one in newer.units.values() for state in one.states) - timedelta(days=1)
        for then in (START, eve):
            assert older.at_level(UnitLevel.COMMUNE, then) == newer.at_level(UnitLevel.COMMUNE, then)
            for one in older.at_level(UnitLevel.COMMUNE, then):
                assert newer.composition(one, then) == ((one, Fraction(1)),)
                assert newer.ancestors(one, then) == older.ancestors(one, then)
                assert newer.units[one].state(then).name == older.units[one].state(then).name


@settings(max_examples=60)
@given(histories())
def test_the_tree_stays_a_tree_without_gaps_on_every_day(trees: list[UnitTree]) -> None:
    tree = trees[-1]
    links = [
        Link(one.id, state.parent_id, state.from_on, state.to_on)
        for one in tree.units.values()
        for state in one.states
    ]
    closure(links)  # raises where a unit stands above itself
    for on in days(trees):
        standing = {one.id for one in tree.units.values() if one.is_open(on)}
        assert tree.subtree(1, on) == standing
        codes = [tree.units[one].state(on).code for one in tree.at_level(UnitLevel.COMMUNE, on)]
        assert len(codes) == len(set(codes))
    assert len(tree.ids) == len(tree.units), "a key was used twice"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_merger_taken_back_with_the_inverse_shares_returns_the_counts(first: int, second: int) -> None:
    tree, on, later = nation(1, 2), date(2024, 1, 1), date(2025, 1, 1)
    new = opening(tree, UnitLevel.COMMUNE, 0, "p0", on)
    merged = plan(tree, ChangeSet(on, (merge(["c00", "c01"], new),)))
    assert merged.edits is not None
    tree = after(tree, merged.edits)
    (key,) = [one.key for one in merged.edits.opened]
    back = [opening(tree, UnitLevel.COMMUNE, n, "p0", later) for n in range(2)]
    halves = shares([first, second])
    undone = plan(tree, ChangeSet(later, (split(key, list(zip(back, halves, strict=True)), LineageBasis.STATED),)))
    assert undone.edits is not None
    tree, counted = after(tree, undone.edits), {100: first, 101: second}
    found = [
        sum(share * counted[older] for older, share in tree.composition(one.id, START) or ())
        for one in undone.edits.opened
    ]
    assert found == [first, second]
