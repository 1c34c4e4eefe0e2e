"""Closing a gap in equal parts: from what each unit reached, so that together they reach the goal. Pure and exact."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from data.handing.splitting import to_whole
from data.judging.operators import Direction


class Mover(NamedTuple):
    """What a unit reached, and what it weighs (above zero)."""

    last: Fraction
    weight: Fraction


class TooFar(Exception):
    """However far they moved, they would not reach it."""


def close_rates(
    goal: Fraction, movers: Mapping[str, Mover], owed: Fraction, good: Direction | None, most: Fraction | None
) -> dict[str, Fraction]:
    """A rate for each, whose weighted mean is the goal once `owed` (points times weight) is made up for as well.

    All who are short of the goal move by the same points; those who are there hold their level, and join in only where
    the others cannot reach it alone. Nobody goes below zero or beyond `most`. Where they are together on the good side
    already, everybody holds. Raises TooFar.
    """
    need = owed + sum((one.weight * (goal - one.last) for one in movers.values()), Fraction(0))
    held = {key: one.last for key, one in movers.items()}
    if need == 0 or (good is Direction.UP and need < 0) or (good is Direction.DOWN and need > 0):
        return held
    sign = 1 if need > 0 else -1
    rooms = {key: _room(one.last, sign, most) for key, one in movers.items()}
    short = [key for key, one in movers.items() if sign * (goal - one.last) > 0]
    for those in (short, list(movers)):
        weights = {key: movers[key].weight for key in those}
        moves = poured(abs(need), weights, {key: rooms[key] for key in those})
        if moves is not None:
            return {key: last + sign * moves.get(key, Fraction(0)) for key, last in held.items()}
    raise TooFar


def close_counts(total: int, last: Mapping[str, Fraction], good: Direction | None) -> dict[str, Fraction]:
    """A count for each that adds up to the total, everybody moved by the same number; nobody goes below zero.

    Where they are together on the good side already, everybody holds their level.
    """
    need = total - sum(last.values(), Fraction(0))
    if good is Direction.UP and need <= 0:
        return {key: Fraction(ceil(value)) for key, value in last.items()}
    if good is Direction.DOWN and need >= 0:
        return {key: Fraction(floor(value)) for key, value in last.items()}
    sign = 1 if need > 0 else -1
    weights = dict.fromkeys(last, Fraction(1))
    # A total is never below zero, so there is always room enough to come down to it.
    moves = poured(abs(need), weights, {key: _room(value, sign, None) for key, value in last.items()}) or {}
    return to_whole({key: value + sign * moves.get(key, Fraction(0)) for key, value in last.items()}, total)


def poured(
    amount: Fraction, weights: Mapping[str, Fraction], rooms: Mapping[str, Fraction | None]
) -> dict[str, Fraction] | None:
    """How far each moves so that moves times weights come to the amount: all alike, as far as there is room.

    None where there is not room enough. A room of None has no end.
    """
    moves = dict.fromkeys(weights, Fraction(0))
    left, moving = amount, dict(weights)
    while left > 0:
        if not moving:
            return None
        step = left / sum(moving.values(), Fraction(0))
        full = [key for key in moving if (room := rooms[key]) is not None and room - moves[key] <= step]
        for key in full or list(moving):
            room = rooms[key]
            moves[key] += step if not full or room is None else room - moves[key]
        left = amount - sum((moves[key] * weights[key] for key in weights), Fraction(0))
        moving = {key: weight for key, weight in moving.items() if key not in full}
    return moves


def _room(last: Fraction, sign: int, most: Fraction | None) -> Fraction | None:
    if sign < 0:
        return max(last, Fraction(0))
    return None if most is None else max(most - last, Fraction(0))
