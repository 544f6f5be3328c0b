"""A loop takes the arrays that it was compiled for, and no others."""

from typing import Any

import numpy as np
import pytest

errors = pytest.importorskip("numba.core.errors")
machine, calling, compiling, signatures = (
    pytest.importorskip(f"fitcheck.batch.compiled.{name}") for name in ("machine", "calling", "compiling", "signature")
)

SIGNATURE = "int64(int32[:, ::1], float64, uint8, float64[::1])"


def weigh(counts: Any, factor: float, add: int, out: Any) -> int:
    total = 0
    for row in range(counts.shape[0]):
        out[row] = 0.0
        for column in range(counts.shape[1]):
            total += counts[row, column] + add
            out[row] += counts[row, column] * factor
    return total


@pytest.fixture(scope="module")
def loop() -> Any:
    code = compiling.compile_loop(weigh, SIGNATURE, [], "weigh-0")
    return calling.Loop(machine.load("weigh-0", code), signatures.Signature.of(SIGNATURE))


def test_a_loop_reads_and_writes_arrays_and_returns_a_number(loop: Any) -> None:
    counts, out = np.array([[1, -2, 3], [4, 5, 6]], dtype=np.int32), np.empty(2)
    assert loop(counts, 0.5, 200, out) == 17 + 6 * 200
    assert out.tolist() == [1.0, 7.5]
    assert loop(counts[:0], 0.5, 1, out) == 0


def test_an_array_that_is_not_what_the_loop_takes_is_refused(loop: Any) -> None:
    counts, out = np.zeros((2, 4), dtype=np.int32), np.zeros(2)
    closed = np.zeros(2)
    closed.flags.writeable = False
    for wrong in (counts.astype(np.int64), counts[:, ::2], counts[0], counts.T.copy().T):
        with pytest.raises(TypeError, match="2-dimensional arrays of int32"):
            loop(wrong, 0.5, 1, out)
    for wrong in (out.astype(np.float32), np.zeros(4)[::2], closed):
        with pytest.raises(TypeError, match="1-dimensional arrays of float64"):
            loop(counts, 0.5, 1, wrong)
    with pytest.raises(ValueError, match="zip"):
        loop(counts, 0.5, 1)


def test_a_number_that_is_too_large_is_refused(loop: Any) -> None:
    counts, out = np.zeros((1, 1), dtype=np.int32), np.zeros(1)
    assert loop(counts, 1, 255, out) == 255
    for wrong in (256, -1, 1 << 70):
        with pytest.raises(OverflowError, match=f"can't take {wrong}"):
            loop(counts, 1, wrong, out)


def test_a_fault_in_a_loop_is_raised() -> None:
    def three(values: Any) -> int:
        first, _, last = values
        return int(first + last)

    text = "int64(int64[::1])"
    code = compiling.compile_loop(three, text, [], "three-0")
    loop = calling.Loop(machine.load("three-0", code), signatures.Signature.of(text))
    assert loop(np.array([1, 2, 3])) == 4
    with pytest.raises(RuntimeError, match="wrong in a loop"):
        loop(np.array([1, 2]))


def test_a_loop_that_needs_numba_while_it_runs_is_not_compiled() -> None:
    def make(values: Any) -> int:
        return len(np.zeros(len(values)))

    def tell(value: int) -> None:
        print(value)  # noqa: T201 - what is not to be

    with pytest.raises(errors.TypingError, match="array passed into the function"):
        compiling.compile_loop(make, "int64(int64[::1])", [], "make-0")
    with pytest.raises(RuntimeError, match=r"the loop tell-0 needs .*, which only numba has"):
        compiling.compile_loop(tell, "void(int64)", [], "tell-0")
