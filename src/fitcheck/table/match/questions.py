"""The questions that a table can answer: ids, texts and options, as far as reading cells needs them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fitcheck.decision.content.rubric import Screen


class QuestionSpec(NamedTuple):
    """
    One question.

    Attributes:
        ask: its text.
        options: id and what it says of each option, in the question's order.
        may_be_na: whether it may be answered `n/a`.
    """

    id: str
    ask: str
    options: tuple[tuple[str, str], ...]
    may_be_na: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option for option, _ in self.options)


def asked_by(screen: "Screen") -> tuple[QuestionSpec, ...]:
    """Return everything that a screen asks: scored questions in rubric order, then those of its cost model."""
    return tuple(
        QuestionSpec(
            question.id,
            question.ask,
            tuple((option.id, option.says) for option in question.options),
            may_be_na=question.not_applicable is not None,
        )
        for question in screen.asked
    )
