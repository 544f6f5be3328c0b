"""How a document is read from values, and how its fields are rounded."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from fitcheck.documents.schemas import schema_of
from fitcheck.problems import Place
from fitcheck.report.json.fields import Day, Document, Hundredths, Odds, Share, Tenths, View, Where, Whole, at


@dataclass(frozen=True)
class Inner:
    """A value inside another."""

    before: str
    many: tuple[Fraction, ...]


@dataclass(frozen=True)
class Outer:
    """A value that may have nothing inside."""

    inner: Inner | None


class OuterDocument(Document):
    """The outside."""

    schema_: str = "test/1"
    from_: str | None = at("inner.before", default=None)
    first: Hundredths | None = at("inner.many.0", default=None)
    many: list[Tenths] = at("inner.many", default_factory=list)


FULL = Outer(Inner("a", (Fraction(1, 3), Fraction(1, 4))))


def test_a_field_is_read_where_its_path_leads_and_named_without_its_underscore() -> None:
    told = json.loads(OuterDocument.json_text(FULL))
    assert told == {"schema": "test/1", "from": "a", "first": 0.33, "many": [0.3, 0.3]}
    assert list(told) == ["schema", "from", "first", "many"]


def test_a_path_that_ends_early_gives_the_default() -> None:
    assert json.loads(OuterDocument.json_text(Outer(None)))["many"] == []
    assert json.loads(OuterDocument.json_text(Outer(None)))["from"] is None


def test_one_value_gives_a_document_and_any_other_number_a_list() -> None:
    one = json.loads(OuterDocument.json_text(FULL))
    assert json.loads(OuterDocument.json_text(FULL, FULL)) == [one, one]
    assert OuterDocument.json_text() == "[]\n"


def test_letters_are_written_as_they_are_and_the_text_ends_with_a_line_feed() -> None:
    assert '"from": "Ö"' in OuterDocument.json_text(Outer(Inner("Ö", (Fraction(1),))))
    assert OuterDocument.json_text(FULL).endswith("}\n")


def test_every_key_is_required_and_further_ones_are_allowed() -> None:
    schema = schema_of(OuterDocument, "outer")
    assert schema["required"] == ["schema", "from", "first", "many"]
    assert "additionalProperties" not in schema


class RoundedDocument(Document):
    """Every way of rounding."""

    odds: Odds
    share: Share
    hundredths: Hundredths
    tenths: Tenths
    whole: Whole
    day: Day | None
    where: Where | None


def test_halves_are_rounded_upwards_and_nothing_stays_null() -> None:
    half = Fraction(1, 2)
    value = View(
        None,
        odds=half / 10**6,
        share=half / 10**4,
        hundredths=-half / 100,
        tenths=half / 10,
        whole=half,
        day=date(2026, 5, 27),
        where=None,
    )
    told = RoundedDocument.model_validate(value)
    assert (told.odds, told.share, told.hundredths, told.tenths, told.whole) == (0.000001, 0.0001, 0, 0.1, 1)
    assert (told.day, told.where) == ("2026-05-27", None)
    located = RoundedDocument.model_validate(View(value, where=Place("a.yaml", 3, 7), day=None))
    assert (located.day, located.where) == (None, "a.yaml:3")


def test_a_view_shows_what_was_added_before_what_the_value_has() -> None:
    view = View(FULL, extra=1)
    assert (view.inner, view.extra, View(view, inner=2).inner) == (FULL.inner, 1, 2)
    assert not hasattr(view, "absent")


def test_a_document_never_changes() -> None:
    document = OuterDocument.model_validate(FULL)
    with pytest.raises(ValidationError):
        document.from_ = "b"  # type: ignore[misc]  # frozen
