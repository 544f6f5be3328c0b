"""Company files: their model, and what they say of our side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from fitcheck.decision.content.cost_model import Company, CostModel, ThreePoint
from fitcheck.documents.cost_rules import is_number, rising_problem
from fitcheck.documents.costs import Triple
from fitcheck.documents.reading.check import check, first, grouped
from fitcheck.documents.reading.fields import (
    Amount,
    Currency,
    KebabId,
    Model,
    Positive,
    PositiveMoney,
    Share,
    SnakeId,
    StageWord,
    Text,
    WordId,
)
from fitcheck.documents.reading.finding import names
from fitcheck.documents.reading.source import parse, read_bytes
from fitcheck.documents.reading.tree import Document, Path as KeyPath
from fitcheck.io_errors import check_path
from fitcheck.nearest import closest, nearest, quoted
from fitcheck.problems import DocumentError, Problem


class CompanyModel(Model):
    """Our side; whatever is missing is taken from the cost model and the screen."""

    company: Text | None = Field(None, description="Our name.")
    stage: StageWord | None = Field(None, description="How mature our own product is.")
    currency: Currency | None = Field(None, description="Three capital letters, e.g. EUR.")
    margin: Share | None = Field(None, description="Our share of a deal's value, 0 to 1.")
    rates: dict[WordId, PositiveMoney | None] | None = Field(None, description="Fully loaded cost per hour, by role.")
    weekly_hours: Positive | None = Field(None, description="Hours per week available for one deal.")
    pilot_hours: Positive | None = Field(None, description="Hour limit for closing at stages without a cost limit.")
    exchange: dict[Currency, Positive] | None = Field(
        None, description="Value of one unit of each other currency in ours."
    )
    win_rate: Share | None = Field(None, description="Share of such deals that we win, 0 to 1.")
    lost_share: Share | None = Field(
        None, description="Share of the work of a won deal that goes into a lost one, 0 to 1."
    )
    months: Positive | None = Field(None, description="Months of a contract by the year that count at most.")
    extra_rounds: dict[KebabId, Annotated[list[Amount], Field(min_length=1)]] | None = Field(
        None, description="By cost model: rounds of talks beyond the first, for each band of trust from little to much."
    )
    hours: dict[KebabId, dict[SnakeId, Triple]] | None = Field(
        None, description="By cost model and activity: least, most likely and most hours of one occurrence."
    )
    cost_models: dict[KebabId, Text] | None = Field(
        None, description="By built-in cost model: the file that takes its place; a path relative to this file."
    )
    ours: list[Text] | None = Field(
        None, description="Our own people, as call notes name them: what they say is not evidence of the customer."
    )


def load_company(path: str | Path, *, cost: CostModel | None = None) -> Company:
    """
    Load a company file.

    Args:
        path: of the file.
        cost: the cost model in use, which roles, activities and bands have to fit; a role that is spelt like none of
            its own may be of another cost model. None leaves them unchecked.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: `path` is not a path.
    """
    check_path("path", path)
    return read_company(read_bytes(path, str(path)), str(path), cost=cost)


def read_company(data: bytes, file: str, *, cost: CostModel | None = None) -> Company:
    """
    Return what the bytes of a company file say; see `load_company`.

    Raises:
        DocumentError: with all problems of the file.
    """
    document = parse(data, file)
    if document.data is None and not document.problems:
        return Company()
    model, problems = check(document, CompanyModel, what="a company file")
    problems += first(_problems(document, cost))
    if model is None or problems:
        raise DocumentError(*grouped(problems))
    rates = model.rates or {}
    return Company(
        name=model.company,
        stage=model.stage,
        currency=model.currency,
        margin=model.margin,
        rates={role: rate for role, rate in rates.items() if rate is not None},
        weekly_hours=model.weekly_hours,
        pilot_hours=model.pilot_hours,
        exchange=model.exchange or {},
        win_rate=model.win_rate,
        lost_share=model.lost_share,
        months=model.months,
        hours={
            of: {activity: ThreePoint(*figures) for activity, figures in hours.items()}
            for of, hours in (model.hours or {}).items()
        },
        extra_rounds={of: tuple(extra) for of, extra in (model.extra_rounds or {}).items()},
        cost_models={of: str(Path(file).parent / path) for of, path in (model.cost_models or {}).items()},
        ours=tuple(model.ours or ()),
    )


def _problems(document: Document, cost: CostModel | None) -> Iterator[Problem]:
    roles = {*cost.rates, *(activity.role for activity in cost.activities)} if cost else set()
    for role in document.mapping("rates"):
        if role not in roles and (meant := closest(role, sorted(roles))):
            message = f"no activity uses the role {quoted(role)}"
            hint = f"did you mean {quoted(meant)}?"
            yield document.problem("unknown-role", message, ("rates", role), key=True, hint=hint)
    yield from _cost_problems(document, cost)
    exchange, currency = document.mapping("exchange"), document.at("currency")
    if exchange and currency is None:
        message = "exchange rates need your own currency"
        yield document.problem("currency-missing", message, ("exchange",), key=True, hint="currency: EUR")
    if isinstance(currency, str) and currency in exchange:
        message = f"{currency} is your own currency"
        yield document.problem("own-currency", message, ("exchange", currency), key=True, hint="delete this line")


def _cost_problems(document: Document, cost: CostModel | None) -> Iterator[Problem]:
    """Yield the problems of figures that take the place of a cost model's."""
    known = sorted({*names("cost"), *([cost.id] if cost else [])})
    for key in ("hours", "extra_rounds", "cost_models"):
        for name in document.mapping(key):
            unknown = name not in names("cost") if key == "cost_models" else bool(closest(name, known))
            if name not in known and unknown:
                message = f"unknown cost model {quoted(name)}"
                yield document.problem("unknown-cost", message, (key, name), key=True, hint=nearest(name, known))
    for of, hours in document.parts("hours"):
        for activity, figures in hours.items():
            path: KeyPath = ("hours", of, activity)
            if cost and of == cost.id and activity not in {work.id for work in cost.activities}:
                message = f"the cost model {of} has no activity {quoted(activity)}"
                hint = nearest(activity, [work.id for work in cost.activities])
                yield document.problem("unknown-activity", message, path, key=True, hint=hint)
            yield from rising_problem(document, path, figures)
    extra = document.at("extra_rounds", cost.id) if cost else None
    if cost and isinstance(extra, list):
        path, bands = ("extra_rounds", cost.id), len(cost.cycles.bands)
        if len(extra) != bands:
            message = f"the cost model {cost.id} has {bands} bands of trust, and here are {len(extra)} numbers"
            yield document.problem("wrong-count", message, path, key=True)
        elif all(map(is_number, extra)) and sorted(extra, reverse=True) != extra:
            yield document.problem("extra-rises", "more trust cannot mean more extra rounds", path, key=True)
