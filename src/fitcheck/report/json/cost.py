"""The cost to close as a part of the document of an assessment; a comparison tells hours and money of it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from fitcheck.decision.content.cost_model import Per
from fitcheck.decision.score.results import CostToClose
from fitcheck.report.json.fields import Document, Hundredths, Odds, Share, Tenths, View, at


class HoursDocument(Document):
    """Hours: quantiles and mean."""

    p10: float
    p50: float
    p90: float
    mean: float


class MoneyDocument(Document):
    """Money: quantiles and mean in whole units of the currency."""

    p10: int = at("money.p10")
    p50: int = at("money.p50")
    p90: int = at("money.p90")
    mean: int = at("money.mean")
    currency: str


class WeeksDocument(Document):
    """Calendar weeks."""

    p50: float = at("weeks_p50")
    p90: float = at("weeks_p90")


class CyclesDocument(Document):
    """How often the sales loop is run: mean, and the probability of 1, 2, ... runs."""

    mean: Share = at("cycles_mean")
    probabilities: list[Odds] = at("cycles")
    because: str = at("cycles_because")


class DriverDocument(Document):
    """
    One thing that takes hours.

    `assumed` is true where the answer behind it is unknown, `assumption` where the hours are our own guess.
    """

    activity: str
    title: str
    hours: Tenths
    because: str
    assumed: Annotated[bool, BeforeValidator(lambda question: question is not None)]
    benchmark: bool
    assumption: bool


class WorthFromDocument(Document):
    """The least value or margin of the deal from which closing is worth what it costs; of a year if paid every year."""

    of: Literal["value", "margin"]
    amount: Hundredths
    per: Per


class CostDocument(Document):
    """
    Cost to close, without the hours already spent; `benchmark` is true unless every figure is the user's own.

    `limit` is the most that closing may cost for the margin, `expected_value` what pursuing brings on average at the
    `win_probability`, won or lost; `assumptions` are the benchmarks that rest on our own guess.
    `break_even_win_probability` is null if the margin is unknown, or less than the cost: a loss even if won.
    """

    hours: HoursDocument
    money: MoneyDocument
    weeks: WeeksDocument
    cycles: CyclesDocument
    margin: Hundredths | None
    hours_spent: dict[str, Tenths]
    win_probability: Share
    expected_value: Hundredths | None
    limit: Hundredths | None
    worth_from: WorthFromDocument | None
    per_deal_value: Share | None
    per_margin: Share | None
    break_even_win_probability: Share | None = at("break_even")
    drivers: list[DriverDocument]
    unknown: list[str]
    benchmark: Annotated[bool, BeforeValidator(bool)] = at("benchmarks")
    benchmarks: list[str]
    assumptions: list[str]
    notes: list[str]

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, cost: CostToClose) -> View:
        return View(cost, money=cost, weeks=cost, cycles=cost)
