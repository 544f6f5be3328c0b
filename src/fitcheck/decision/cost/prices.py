"""Rates, currency and margin: the company's own, or the cost model's benchmarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.cost_model import Company, CostModel, Deal, Rate

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Prices:
    """
    Prices in one currency, and where they come from.

    Attributes:
        currency: ISO code that all money is counted in.
        rates: money per hour of each role that the cost model uses [`currency`].
        own_roles: roles whose rate is the user's own.
        own_margin: whether the share of a deal's value that is margin is the user's own.
        expense_factor: what one unit of the cost model's currency is worth [`currency`].
        exchange: by ISO code, what one unit is worth [`currency`].
        deal_currency: of a deal that names none.
        missing: currencies whose exchange rate the company file must give before deals in others can be counted.
        weekly_hours: pre-sales hours a week that one deal can get.
        notes: sentences about what was assumed.
    """

    currency: str
    rates: Mapping[str, Fraction]
    own_roles: frozenset[str]
    own_margin: bool
    expense_factor: Fraction
    exchange: Mapping[str, Fraction]
    deal_currency: str
    missing: tuple[str, ...]
    weekly_hours: Fraction | None
    notes: tuple[str, ...]

    @property
    def own_rates(self) -> bool:
        """Whether every rate is the user's own."""
        return self.own_roles >= self.rates.keys()

    def worth_of(self, deal: Deal) -> Fraction | None:
        """What one unit of a deal's currency is worth [`currency`]; None if that is not known."""
        return self.exchange.get(deal.currency or self.deal_currency)


def prices(model: CostModel, company: Company | None) -> Prices:
    """
    Choose currency and rates.

    The company's currency holds if the company file names one and the cost model's rates and expenses
    can be counted in it: each role has a rate of the company's own and nothing has expenses, or the
    company file says what the model's currency is worth. Otherwise the model's currency and rates hold.

    Args:
        model: checked; names a rate for every role that the company has none for.
        company: our side; None if there is no company file.
    """
    ours = company or Company()
    home = ours.currency or model.currency
    exchange = {**ours.exchange, home: ONE}
    roles = tuple(dict.fromkeys(activity.role for activity in model.activities))
    benchmarked = any(role not in ours.rates for role in roles)
    countable = model.currency in exchange or not (
        benchmarked or any(activity.expenses for activity in model.activities)
    )
    factor = exchange.get(model.currency, ONE)
    paid = ours.rates if countable else {}
    own_roles = [role for role in roles if _is_own(paid.get(role), model.rates.get(role), factor)]
    margin, usual = ours.margin, model.margin
    return Prices(
        currency=home if countable else model.currency,
        rates={role: paid[role] if role in paid else model.rates[role].per_hour * factor for role in roles},
        own_roles=frozenset(own_roles),
        own_margin=(margin is not None and (usual is None or margin != usual.share))
        or (usual is not None and usual.basis.kind == "own"),
        expense_factor=factor,
        exchange=exchange if countable else {model.currency: ONE},
        deal_currency=home,
        missing=() if countable else (model.currency,),
        weekly_hours=ours.weekly_hours,
        notes=_notes(model, ours, countable=countable),
    )


def _is_own(paid: Fraction | None, usual: Rate | None, factor: Fraction) -> bool:
    """Whether a rate is the user's own: one that is left as `fitcheck init` wrote it is the usual one."""
    if usual is None or usual.basis.kind == "own":
        return True
    return paid is not None and paid not in {usual.per_hour, usual.per_hour * factor}


def _notes(model: CostModel, ours: Company, *, countable: bool) -> tuple[str, ...]:
    if not countable:
        why = f"the company file is in {ours.currency} without an exchange rate"
        how = _write((model.currency,), str(ours.currency))
        return (f"Costs are in {model.currency} at the cost model's rates, not yours, because {why}: {how}.",)
    if ours.currency is None and ours.rates:
        return (f"The company file names no currency, so its rates are taken as {model.currency}.",)
    return ()


def deal_value(deal: Deal, paid: Prices) -> Fraction | None:
    """Value of the first contract, or of a year of it [`paid.currency`]; None if unknown or of unknown worth."""
    worth = paid.worth_of(deal)
    if worth is None or deal.value is None:
        return None
    return deal.value if worth == 1 else deal.value * worth  # called for every row of a table


def margin_of(
    model: CostModel, company: Company | None, deal: Deal, paid: Prices, times: Fraction = ONE
) -> tuple[Fraction | None, bool, tuple[str, ...]]:
    """
    The margin if the deal is won, plus what it teaches us.

    Args:
        model: its margin share is taken where neither the deal nor the company names one.
        company: our side; None if there is no company file.
        deal: what is at stake.
        paid: from `prices` for the same model and company.
        times: how many times the margin comes; what the prospect teaches us comes once.

    Returns:
        The margin [`paid.currency`] or None if it can't be known, whether it rests on the user's own
        figure, and sentences that say what is missing and where to write it.
    """
    worth, share = paid.worth_of(deal), margin_share(model, company)
    margin = deal.margin
    if margin is None and deal.value is not None and share is not None:
        margin = deal.value * share

    if margin is not None and worth is not None:
        own = deal.margin is not None or paid.own_margin
        margin = margin if times == 1 else margin * times
        margin = margin + deal.learning_value if deal.learning_value else margin
        return margin if worth == 1 else margin * worth, own, ()
    if deal.value is None and deal.margin is None:
        needed = 'the deal value is unknown: write "deal: {value: ...}" in the prospect file'
    elif margin is None:
        needed = 'the margin is unknown: write "margin: ..." in company.yaml'
    else:
        currency = deal.currency or paid.deal_currency
        needed = (
            f"the deal is in {currency}, without an exchange rate to {paid.currency}: {exchange_needed(paid, currency)}"
        )
    return None, False, (f"Cost cannot be compared with the margin: {needed}.",)


def margin_share(model: CostModel, company: Company | None) -> Fraction | None:
    """Share of a deal's value that is ours: the company's own, else the cost model's; None if neither names one."""
    if company is not None and company.margin is not None:
        return company.margin
    return model.margin.share if model.margin is not None else None


def exchange_needed(paid: Prices, currency: str | None) -> str:
    """
    Say which exchange rate to add to the company file for deals in a currency.

    Args:
        paid: from `prices`.
        currency: of the deals; None: they name none.
    """
    named = currency or paid.deal_currency
    return _write(paid.missing if named == paid.deal_currency else (*paid.missing, named), paid.deal_currency)


def _write(currencies: tuple[str, ...], home: str) -> str:
    named = ", ".join(f"{currency}: ..." for currency in currencies)
    each = " and ".join(f"1 {currency}" for currency in currencies)
    return f'write "exchange: {{{named}}}" in company.yaml, the value of {each} in {home}'
