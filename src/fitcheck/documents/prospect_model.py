"""The shapes of a prospect file and of a company file."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from fitcheck.documents.fields import (
    BlankCurrency,
    BlankDay,
    BlankMoney,
    BlankPositive,
    BlankRate,
    BlankShare,
    BlankStage,
    BlankText,
    Currency,
    MaybeText,
    Positive,
    Reads,
    Text,
    WordId,
    described,
    refusal,
)
from fitcheck.documents.rubric_model import MANY, SINGLE, Model, by_shape


def _option(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, str) and value.strip():
        return value.strip()
    # an id begins with a letter: no number is one, in quotes or not
    hint = f'put it in quotes: "{described(value)}"' if isinstance(value, bool) else "unknown, if it isn't known"
    raise refusal("wrong-type", f"must be the id of an option, and is {described(value)}", hint)


OptionWord = Annotated[str, Reads(_option, {"type": ["string", "null"]})]


class AnswerModel(Model):
    """An answer with what is known about it."""

    answer: OptionWord = Field(description="Id of an option, or unknown, or n/a where the question allows it.")
    evidence: BlankText = Field(None, description="A quote or an observation.")
    on: BlankDay = Field(None, description="The day it was learned, year-month-day.")
    by: BlankText = Field(None, description="Who says so.")


class DealModel(Model):
    """What is at stake."""

    value: BlankMoney = Field(None, description="Of the first contract.")
    currency: BlankCurrency = Field(None, description="Three capital letters, such as EUR.")
    margin: BlankMoney = Field(None, description="Money that is ours if won; without it a share of the value.")
    learning_value: BlankMoney = Field(None, description="What the prospect teaches us, in money.")
    win_probability: BlankShare = Field(None, description="Your own estimate, 0 to 1.")


class ProspectModel(Model):
    """The company judged."""

    prospect: Text = Field(description="Its name.")
    id: MaybeText = Field(None, description="Short; without it the name of the file.")
    deal: DealModel | None = Field(None, description="What is at stake.")
    answers: (
        dict[
            str,
            Annotated[Annotated[OptionWord, Tag(SINGLE)] | Annotated[AnswerModel, Tag(MANY)], Discriminator(by_shape)],
        ]
        | None
    ) = Field(None, description="By question id: the id of an option, unknown, n/a, or one of these with evidence.")


class CompanyModel(Model):
    """Our side; whatever is missing is taken from the cost model's benchmark."""

    company: BlankText = Field(None, description="Our name.")
    stage: BlankStage = Field(None, description="Where our own solution stands in its evolution.")
    currency: BlankCurrency = Field(None, description="Three capital letters, such as EUR.")
    margin: BlankShare = Field(None, description="Share of a deal's value that is ours, 0 to 1.")
    rates: dict[WordId, BlankRate] | None = Field(None, description="Loaded money per hour by role.")
    weekly_hours: BlankPositive = Field(None, description="Hours a week that one deal can get.")
    exchange: dict[Currency, Positive] | None = Field(
        None, description="What one unit of each other currency is worth in ours."
    )
