"""
The 0/1 knapsack problem: which items are worth most within a weight limit, all in whole numbers.

It is solved by dynamic programming over weight. The relaxed problem, in which one item may be cut, bounds
what a set can be worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf


@dataclass(frozen=True, slots=True)
class Items:
    """
    The items to choose from.

    Attributes:
        values: of each item, >= 0.
        weights: of each item, >= 0.
        order: indices of the items worth anything, most value for their weight first, ties as given.
    """

    values: Sequence[int]
    weights: Sequence[int]
    order: Sequence[int]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """
    The best set if one item may be cut.

    Attributes:
        whole: indices of the items that are in it whole.
        value: of those.
        room: weight left beside those.
        cut: the item of which only a part has room; None if everything that fits alone fits together.
        bound: no set of whole items is worth more (Dantzig 1957).
    """

    whole: tuple[int, ...]
    value: int
    room: int
    cut: int | None
    bound: int


@dataclass(frozen=True, slots=True)
class Packing:
    """A set of items: indices in ascending order, and what they are worth together."""

    chosen: tuple[int, ...]
    value: int


def items_of(values: Sequence[int], weights: Sequence[int]) -> Items:
    """Put items in order; items worth nothing or less are never chosen."""
    worth = (i for i, value in enumerate(values) if value > 0)
    return Items(values, weights, sorted(worth, key=lambda i: Fraction(-values[i], weights[i]) if weights[i] else -inf))


def relax(items: Items, capacity: int) -> Relaxed:
    """
    Fill up in order and cut the first item that has no room.

    >>> relax(items_of([60, 100, 120], [10, 20, 30]), 50)
    Relaxed(whole=(0, 1), value=160, room=20, cut=2, bound=240)
    """
    whole, value, room = [], 0, capacity
    for i in items.order:
        weight = items.weights[i]
        if weight <= room:
            whole.append(i)
            value += items.values[i]
            room -= weight
        elif weight <= capacity:
            return Relaxed(tuple(whole), value, room, i, value + room * items.values[i] // weight)
    return Relaxed(tuple(whole), value, room, None, value)


def pack(items: Items, capacity: int, *, exact: bool = True, more_than: int = -1) -> Packing | None:
    """
    Find the set that is worth most.

    Args:
        items: from `items_of`.
        capacity: the most they may weigh together, >= 0.
        exact: whether to prove that no set is better; otherwise greedy.
        more_than: sets worth no more than this are of no interest.

    Returns:
        The best set, or the greedy one; None if it is worth no more than `more_than`. Which of several equally good
        sets depends on nothing but the order of the items.

    Source:
        Greedy by value per weight, going on after an item that has no room, or the best single item where that is
        worth more: never below half of the best.

    >>> pack(items_of([60, 100, 120], [10, 20, 30]), 50)
    Packing(chosen=(1, 2), value=220)
    """
    relaxed = relax(items, capacity)
    if relaxed.bound <= more_than:
        return None
    found = _greedy(items, relaxed, capacity)
    best = max(found.value, more_than)
    if exact and relaxed.bound > best:
        found = _search(items, capacity, best) or found
    return found if found.value > more_than else None


def _greedy(items: Items, relaxed: Relaxed, capacity: int) -> Packing:
    if relaxed.cut is None:
        return Packing(tuple(sorted(relaxed.whole)), relaxed.value)
    chosen, value, room = list(relaxed.whole), relaxed.value, relaxed.room
    after = items.order.index(relaxed.cut)
    for i in items.order[after:]:
        if items.weights[i] <= room:
            chosen.append(i)
            value += items.values[i]
            room -= items.weights[i]
    alone = max((i for i in items.order if items.weights[i] <= capacity), key=lambda i: items.values[i])
    if items.values[alone] > value:
        return Packing((alone,), items.values[alone])
    return Packing(tuple(sorted(chosen)), value)


def _search(items: Items, capacity: int, best: int) -> Packing | None:
    """
    Choose by dynamic programming over weight, item by item.

    Of the table of the best value at every weight only those cells are kept that no lighter one equals and that can
    still lead to more than `best`, were the next item divisible.

    Returns:
        The best set worth more than `best`; None if there is none.
    """
    fitting = [i for i in items.order if items.weights[i] <= capacity]
    cells = [(0, 0, 0)]  # weight, minus value, and the set as bits
    for k, i in enumerate(fitting):
        value, weight = items.values[i], items.weights[i]
        cells += [(w + weight, v - value, chosen | 1 << k) for w, v, chosen in cells if w + weight <= capacity]
        cells.sort()
        following = fitting[k + 1] if k + 1 < len(fitting) else None
        next_value, next_weight = (0, 1) if following is None else (items.values[following], items.weights[following])
        worth, kept = 1, []
        for cell in cells:
            w, v, _ = cell
            if v < worth and (best + 1 + v) * next_weight <= (capacity - w) * next_value:
                worth = v
                kept.append(cell)
        cells = kept
    if not cells or -cells[-1][1] <= best:
        return None
    chosen = (i for k, i in enumerate(fitting) if cells[-1][2] >> k & 1)
    return Packing(tuple(sorted(chosen)), -cells[-1][1])
