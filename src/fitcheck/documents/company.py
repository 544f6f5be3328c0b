"""Company files: their model, what they say of our side, and a template to begin with."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from pathlib import Path

from pydantic import Field

from fitcheck.decision.content.cost_model import Company, CostModel
from fitcheck.decision.content.rubric import STAGES, Stage
from fitcheck.documents.reading.check import check, first, grouped
from fitcheck.documents.reading.fields import Currency, Model, Positive, PositiveMoney, Share, StageWord, Text, WordId
from fitcheck.documents.reading.source import parse, read_bytes
from fitcheck.documents.reading.tree import Document
from fitcheck.io_errors import check_path
from fitcheck.nearest import closest, quoted
from fitcheck.problems import DocumentError, Problem


class CompanyModel(Model):
    """Our side; whatever is missing is taken from the cost model's benchmark."""

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


def load_company(path: str | Path, *, roles: Collection[str] | None = None) -> Company:
    """
    Load a company file.

    Args:
        path: of the file.
        roles: that the cost model in use needs; a near miss of one is reported as a mistake, any other may belong to
            another cost model. None: roles are not checked.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: `path` is not a path.
    """
    check_path("path", path)
    return read_company(read_bytes(path, str(path)), str(path), roles=roles)


def read_company(data: bytes, file: str, *, roles: Collection[str] | None = None) -> Company:
    """
    Return what the bytes of a company file say; see `load_company`.

    Raises:
        DocumentError: with all problems of the file.
    """
    document = parse(data, file)
    if document.data is None and not document.problems:
        return Company()
    model, problems = check(document, CompanyModel, what="a company file")
    problems += first(_problems(document, roles))
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
    )


def _problems(document: Document, roles: Collection[str] | None) -> Iterator[Problem]:
    for role in document.mapping("rates") if roles is not None else ():
        if role not in (roles or ()) and (meant := closest(role, sorted(roles or ()))):
            message = f"no activity uses the role {quoted(role)}"
            hint = f"did you mean {quoted(meant)}?"
            yield document.problem("unknown-role", message, ("rates", role), key=True, hint=hint)
    exchange, currency = document.mapping("exchange"), document.at("currency")
    if exchange and currency is None:
        message = "exchange rates need your own currency"
        yield document.problem("currency-missing", message, ("exchange",), key=True, hint="currency: EUR")
    if isinstance(currency, str) and currency in exchange:
        message = f"{currency} is your own currency"
        yield document.problem("own-currency", message, ("exchange", currency), key=True, hint="delete this line")


def company_template(cost: CostModel | None = None, *, stage: Stage = "pilot") -> str:
    """
    Return a company file to fill in; lines that are commented out fall back on the cost model's benchmarks.

    Args:
        cost: the cost model whose figures are shown.
        stage: the stage written down.
    """
    currency = cost.currency if cost else "EUR"
    lines = [
        "# Your side. Every line is optional; without it, reports use a benchmark and say so.",
        "",
        "# company: Your name",
        f"# stage: {stage}{' ' * (10 - len(stage))}# how mature your product is: {', '.join(STAGES)}",
        f"# currency: {currency}",
        "# weekly_hours: 10   # hours per week available for one deal",
        "# pilot_hours: 80    # most hours for winning a pilot; without this line there is no limit",
    ]
    if cost and cost.margin:
        lines += [f"# margin: {_plain(cost.margin.share)}        # your share of a deal's value, 0 to 1"]
    else:
        lines += ["# margin: 0.7        # your share of a deal's value, 0 to 1"]
    lines += ["", "# What an hour costs you, everything included, in your currency."]
    if cost and cost.rates:
        lines += ["# rates:", *(f"#   {role}: {_plain(rate.per_hour)}" for role, rate in cost.rates.items())]
    else:
        lines += ["# rates:", "#   presales: 100"]
    other = "USD" if currency != "USD" else "EUR"
    lines += ["", "# What one unit of another currency is worth in yours."]
    if cost:
        lines += [f"# The cost model counts in {currency}: if yours is another, say what {currency} is worth in it."]
    lines += ["# exchange:", f"#   {other}: 0.9"]
    return "\n".join(lines) + "\n"


def _plain(amount: Fraction) -> str:
    return f"{float(amount):g}"
