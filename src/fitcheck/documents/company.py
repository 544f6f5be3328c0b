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
    stage: StageWord | None = Field(None, description="Where our own solution stands in its evolution.")
    currency: Currency | None = Field(None, description="Three capital letters, such as EUR.")
    margin: Share | None = Field(None, description="Share of a deal's value that is ours, 0 to 1.")
    rates: dict[WordId, PositiveMoney | None] | None = Field(None, description="Loaded money per hour by role.")
    weekly_hours: Positive | None = Field(None, description="Hours a week that one deal can get.")
    pilot_hours: Positive | None = Field(
        None, description="Hours that closing may take at the stages where a screen's money gate does not hold."
    )
    exchange: dict[Currency, Positive] | None = Field(
        None, description="What one unit of each other currency is worth in ours."
    )
    ours: list[Text] | None = Field(
        None, description="Our own people, as call notes name them: what they say is not evidence of the customer."
    )


def load_company(path: str | Path, *, roles: Collection[str] | None = None) -> Company:
    """
    Return what a company file says.

    Args:
        path: of the file.
        roles: those that do something in the cost model in use; one that is nearly spelt like one of them is a mistake,
            any other may be of another cost model. None leaves the roles unchecked.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: `path` is no path.
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
        ours=tuple(model.ours or ()),
    )


def _problems(document: Document, roles: Collection[str] | None) -> Iterator[Problem]:
    for role in document.mapping("rates") if roles is not None else ():
        if role not in (roles or ()) and (meant := closest(role, sorted(roles or ()))):
            message = f"no activity is done by the role {quoted(role)}"
            hint = f"did you mean {quoted(meant)}?"
            yield document.problem("unknown-role", message, ("rates", role), key=True, hint=hint)
    exchange, currency = document.mapping("exchange"), document.at("currency")
    if exchange and currency is None:
        message = "rates of exchange need a currency of our own"
        yield document.problem("currency-missing", message, ("exchange",), key=True, hint="currency: EUR")
    if isinstance(currency, str) and currency in exchange:
        message = f"{currency} is our own currency"
        yield document.problem("own-currency", message, ("exchange", currency), key=True, hint="take this line out")


def company_template(cost: CostModel | None = None, *, stage: Stage = "pilot") -> str:
    """
    Return the text of a company file to fill in; what is commented out is taken from the cost model's benchmark.

    Args:
        cost: the cost model whose figures are shown.
        stage: the stage written down.
    """
    currency = cost.currency if cost else "EUR"
    lines = [
        "# Our own side. Every line may be left out; reports then say that a figure is a benchmark, not ours.",
        "",
        "# company: Our name",
        f"# stage: {stage}{' ' * (10 - len(stage))}# where our own solution stands: {', '.join(STAGES)}",
        f"# currency: {currency}",
        "# weekly_hours: 10   # hours a week that one deal can get",
        "# pilot_hours: 80    # hours that getting a pilot may take at most; without this line it may take any",
    ]
    if cost and cost.margin:
        lines += [f"# margin: {_plain(cost.margin.share)}        # the part of a deal's value that is ours, 0 to 1"]
    else:
        lines += ["# margin: 0.7        # the part of a deal's value that is ours, 0 to 1"]
    lines += ["", "# What an hour costs us, in our currency, everything included."]
    if cost and cost.rates:
        lines += ["# rates:", *(f"#   {role}: {_plain(rate.per_hour)}" for role, rate in cost.rates.items())]
    else:
        lines += ["# rates:", "#   presales: 100"]
    other = "USD" if currency != "USD" else "EUR"
    lines += ["", "# What one unit of another currency is worth in ours."]
    if cost:
        lines += [f"# The cost model counts in {currency}: if ours is another, say what {currency} is worth in it."]
    lines += ["# exchange:", f"#   {other}: 0.9"]
    lines += ["", "# Who speaks for us in call notes; our own words are not evidence of what a customer thinks."]
    lines += ["# ours: [Ann, Bo]"]
    return "\n".join(lines) + "\n"


def _plain(amount: Fraction) -> str:
    return f"{float(amount):g}"
