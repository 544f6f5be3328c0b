from itertools import compress, product
from random import Random  # noqa: TID251 - seeded

import pytest

from fitcheck.decision.several.knapsack import items_of, pack, relax

Case = tuple[list[int], list[int], int]


def cases(number: int, seed: int) -> list[Case]:
    """Small knapsacks of every kind: ties, weightless and worthless items, values close to the weights, no room."""
    random = Random(seed)  # noqa: S311 - not for secrets
    found = []
    for _ in range(number):
        size = random.randint(0, 9)
        weights = [random.randint(0, random.choice((3, 12, 40))) for _ in range(size)]
        values = [
            random.choice((random.randint(-3, 3), random.randint(0, 30), weight, weight + 5)) for weight in weights
        ]
        found.append((values, weights, random.randint(0, sum(weights) + 2)))
    return found


def most(values: list[int], weights: list[int], capacity: int) -> int:
    """The most that any set of whole items is worth, by trying all of them."""
    return max(
        sum(compress(values, chosen))
        for chosen in product((0, 1), repeat=len(values))
        if sum(compress(weights, chosen)) <= capacity
    )


def test_the_best_set_is_the_one_that_trying_all_sets_finds() -> None:
    for values, weights, capacity in cases(1500, 1):
        found = pack(items_of(values, weights), capacity)
        assert found is not None
        assert found.value == most(values, weights, capacity)
        assert found.value == sum(values[i] for i in found.chosen)
        assert sum(weights[i] for i in found.chosen) <= capacity
        assert list(found.chosen) == sorted(set(found.chosen))


def test_greedy_is_at_most_the_best_at_least_half_of_it_and_neither_is_above_the_bound() -> None:
    for values, weights, capacity in cases(1500, 2):
        items = items_of(values, weights)
        greedy, best = pack(items, capacity, exact=False), pack(items, capacity)
        assert greedy is not None
        assert best is not None
        assert greedy.value <= best.value <= relax(items, capacity).bound
        assert best.value <= 2 * greedy.value
        assert sum(weights[i] for i in greedy.chosen) <= capacity


def test_a_set_is_only_returned_if_it_is_worth_more_than_asked_for() -> None:
    for values, weights, capacity in cases(600, 3):
        items, top = items_of(values, weights), most(values, weights, capacity)
        assert pack(items, capacity, more_than=top) is None
        if top > 0:
            found = pack(items, capacity, more_than=top - 1)
            assert found is not None
            assert found.value == top


def test_the_value_does_not_depend_on_the_order_of_the_items() -> None:
    random = Random(4)  # noqa: S311 - not for secrets
    for values, weights, capacity in cases(500, 4):
        order = list(range(len(values)))
        random.shuffle(order)
        mixed = pack(items_of([values[i] for i in order], [weights[i] for i in order]), capacity)
        straight = pack(items_of(values, weights), capacity)
        assert mixed is not None
        assert straight is not None
        assert mixed.value == straight.value


def test_of_equally_good_items_the_first_is_taken() -> None:
    found = pack(items_of([7, 7, 7], [4, 4, 4]), 8)
    assert found is not None
    assert found.chosen == (0, 1)


def test_greedy_goes_on_after_an_item_without_room_and_never_misses_a_large_single_one() -> None:
    skipping = pack(items_of([10, 8, 3], [5, 5, 3]), 8, exact=False)
    single = pack(items_of([2, 90], [1, 100]), 100, exact=False)
    assert skipping is not None
    assert single is not None
    assert (skipping.chosen, single.chosen) == ((0, 2), (1,))


@pytest.mark.parametrize(("capacity", "bound"), [(0, 0), (30, 160), (50, 240), (60, 280)])
def test_the_bound_of_the_textbook_example(capacity: int, bound: int) -> None:
    # densities 6, 5, 4: at 50 the third item is cut at two thirds, 60 + 100 + 80
    assert relax(items_of([60, 100, 120], [10, 20, 30]), capacity).bound == bound
