"""What is kept never grows beyond bounds."""

import pytest

from fitcheck.decision import memo
from fitcheck.decision.memo import bounded_put


def test_at_one_value_too_many_all_others_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST_KEPT", 2)
    kept: dict[int, str] = {}
    assert [bounded_put(kept, key, str(key)) for key in (1, 2)] == ["1", "2"]
    assert bounded_put(kept, 3, "3") == "3"
    assert kept == {3: "3"}
