"""Compiled loops say what arrays say."""

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.batch.packed import GATED, KEY_STEP, NO_ANSWER, SPECIAL, pack
from fitcheck.decision.rows import RowScorer

np = pytest.importorskip("numpy")
pytest.importorskip("numba")
columnar = pytest.importorskip("fitcheck.batch.columnar")
loops, numbering, letters, arrays = (
    pytest.importorskip(f"fitcheck.batch.{name}")
    for name in ("compiled.loops", "compiled.numbering", "compiled.letters", "loops")
)


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-(2**63), 2**63 - 1)), max_size=60))
def test_rows_that_are_alike_have_one_number(rows: list[tuple[int, int]]) -> None:
    columns = {str(k): np.array([row[k] for row in rows], dtype=np.int64) for k in range(2)}
    numbers, distinct = numbering.numbered(columns)
    assert [distinct[number] for number in numbers.tolist()] == rows
    assert distinct == list(dict.fromkeys(rows))


@given(
    situations(), st.lists(st.lists(st.integers(0, 59), min_size=24, max_size=24), min_size=1, max_size=30), st.data()
)
@settings(max_examples=300)
def test_rows_come_to_what_arrays_say(situation: Situation, drawn: list[list[int]], data: st.DataObject) -> None:
    words = RowScorer(situation.screen, situation.stage, situation.company).words(frozenset())
    packed = pack(words.sheet)
    if packed is None:
        return
    values = [(*of_question, SPECIAL, NO_ANSWER) for of_question in packed.answers]
    answers = np.array([[of[one[j] % len(of)] for one in drawn] for j, of in enumerate(values)], dtype=np.int64)
    bits = st.lists(st.integers(0, 15), min_size=len(drawn), max_size=len(drawn))
    holding, failing = (np.array(data.draw(bits), dtype=np.int64) for _ in range(2))
    slow, fast = (kind(packed, words.trust) for kind in (columnar.ArrayLoops, loops.CompiledLoops))
    one, other = (way.add_up(answers, holding, failing) for way in (slow, fast))
    for name, expected, found in zip(arrays.Added._fields, one, other, strict=True):
        assert expected.tolist() == found.tolist(), name
    keys = st.lists(st.sampled_from([-5, -(GATED << 20), 7, arrays.NONE]), min_size=len(drawn), max_size=len(drawn))
    one_sided = np.array(data.draw(keys), dtype=np.int64)
    found_by = [way.strongest(answers, one.pursue, one_sided).tolist() for way in (slow, fast)]
    assert found_by[0] == found_by[1]
    assert KEY_STEP > GATED


def test_texts_keep_their_bytes_and_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "FEW", 2)
    monkeypatch.setattr(letters, "MOST_TEXTS", 300)
    held = letters.Letters()
    for turn in range(4):
        assert held.begin() == (turn == 2)
        texts = [f"{turn}: {'ü' * (k % 40)} {k}" for k in range(200)] + ["", "same"]
        numbers = held.numbers(texts)
        places = [(int(held.places[n]), int(held.places[n + 1])) for n in numbers.tolist()]
        assert [held.letters[begin:end].tobytes().decode() for begin, end in places] == texts
        assert held.numbers(["same", ""]).tolist() == [numbers[-1], letters.BLANK]
