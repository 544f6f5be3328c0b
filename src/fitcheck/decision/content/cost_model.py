"""The cost model: cost questions, activities, cycles and prices, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from fitcheck.arguments import check_type
from fitcheck.decision.content.exact import AMOUNT, ANY, NOTHING, POSITIVE, SHARE, Range, exact, keep_exact
from fitcheck.nearest import shown
from fitcheck.problems import Place, Problem, UsageError

Kind = Literal["benchmark", "assumption", "own"]
"""Where a figure comes from: a public source, our own guess, or the user."""

Shape = Literal["geometric", "poisson"]
"""Extra cycles are provoked ("after every cycle they ask for another") or planned."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a figure comes from; `grade` is A (owner's own page), B (second-hand) or C (rule of thumb)."""

    kind: Kind
    source: str = ""
    year: int | None = None
    grade: Literal["A", "B", "C"] | None = None

    @property
    def short(self) -> str:
        """
        The source in a few words, with its year; else "assumption" or "own".

        >>> Basis("benchmark", "Exari, survey of legal departments", 2011).short
        'Exari, 2011'
        """
        if self.kind != "benchmark":
            return self.kind
        name = min((self.source.partition(mark)[0] for mark in (",", ":", "?", " (")), key=len)
        return f"{name}, {self.year}" if self.year else name


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """Least, most likely and most, 0 <= low <= likely <= high; the unit is said where it is used."""

    low: Fraction
    likely: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class CostOption:
    """One level that can be the answer to a cost question; it costs what the activities that name it cost."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """
    A question whose answer costs hours and never affects the score.

    Attributes:
        rule: what counts as an answer, and which option wins where two hold; "" where the options say it all.
        lighter: what would take less work, in a few words that the customer may read; None where nothing is said.
    """

    id: str
    ask: str
    why: str
    options: tuple[CostOption, ...]
    not_applicable: str | None = None
    ask_customer: str | None = None
    rule: str = ""
    lighter: str | None = None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """An activity happens if `question` (a cost question) is answered with one of `options`."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Activity:
    """
    A piece of work that closing takes.

    Attributes:
        hours: of one occurrence.
        role: whose hourly rate applies.
        per: once for the deal, or once for every cycle.
        when: the answer that makes it necessary; None: always.
        expenses: money of one occurrence beside the hours, in the cost model's currency.
        weeks: calendar weeks that one occurrence adds; None: it fits into the others.
        because: half a sentence for the report, starting in lower case.
    """

    id: str
    title: str
    hours: ThreePoint
    role: str
    per: Literal["deal", "cycle"]
    because: str
    basis: Basis
    when: Trigger | None = None
    expenses: Fraction = Fraction(0)
    weeks: ThreePoint | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """
    How many extra cycles to expect at this much mutual trust.

    Attributes:
        below: the band holds for trust below this percentage (0..100) of its maximum; None for the last band.
        extra: mean number of cycles beyond the first, before truncation, >= 0.
        because: half a sentence for the report.
    """

    below: Fraction | None
    extra: Fraction
    because: str


@dataclass(frozen=True, slots=True)
class Cycles:
    """
    How many rounds of talks a sale takes.

    Attributes:
        rubric: the two-way rubric whose points choose the band; None: the single band always holds.
        bands: ascending in `below`, never more extra cycles for more trust.
        most: we walk away after this many cycles, >= 1.
    """

    bands: tuple[Band, ...]
    basis: Basis
    rubric: str | None = None
    most: int = 8
    shape: Shape = "geometric"


@dataclass(frozen=True, slots=True)
class Rate:
    """Loaded money per hour of a role."""

    per_hour: Fraction
    basis: Basis


@dataclass(frozen=True, slots=True)
class MarginShare:
    """Share 0..1 of a deal's value that is ours."""

    share: Fraction
    basis: Basis


@dataclass(frozen=True, slots=True)
class CostModel:
    """
    Everything needed to estimate the cost to close.

    Attributes:
        spread: coefficient of variation of the common factor that makes all activities of a deal dearer together.
        lead_weeks: calendar weeks that pass in any case.
        currency: ISO code of `rates` and expenses.
        margin: taken where neither the deal nor the company file names one.
        instead_of: the cost model as it was before the company's own figures came in; None if it is that one.
    """

    id: str
    version: int
    title: str
    questions: tuple[CostQuestion, ...]
    activities: tuple[Activity, ...]
    cycles: Cycles
    rates: Mapping[str, Rate]
    currency: str
    spread: Fraction
    margin: MarginShare | None = None
    lead_weeks: ThreePoint | None = None
    priors: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    instead_of: "CostModel | None" = None


Per = Literal["once", "year"]
"""What the value of a deal is paid for: all of it, or each year of it."""

PERS: tuple[Per, ...] = get_args(Per)

_OF_DEAL = {
    "value": AMOUNT,
    "margin": ANY,
    "learning_value": AMOUNT,
    "win_probability": SHARE,
    "months": POSITIVE,
}
_OF_COMPANY = {
    "margin": SHARE,
    "weekly_hours": POSITIVE,
    "pilot_hours": POSITIVE,
    "win_rate": SHARE,
    "lost_share": SHARE,
    "months": POSITIVE,
}
_CODE_LETTERS = 3


def _check_currency(what: str, code: object) -> None:
    """
    Refuse an invalid currency code.

    Raises:
        UsageError: it is not three capital letters.
    """
    if isinstance(code, str) and len(code) == _CODE_LETTERS and code.isascii() and code.isalpha() and code.isupper():
        return
    message = f"{what} must be three capital letters (e.g. EUR), not {shown(code)}"
    raise UsageError(Problem("bad-currency", message))


def _keep_exact_mapping(of: object, name: str, allowed: Range, example: str) -> None:
    """
    Make the numbers of a mapping exact while a frozen value is made.

    Raises:
        UsageError: it is not a mapping, or one of its numbers is invalid or out of its range.
    """
    numbers = getattr(of, name)
    check_type(name, numbers, Mapping, hint=f"e.g. {example}")
    found = {key: exact(f"{name}[{shown(key)}]", each, allowed) for key, each in numbers.items()}
    object.__setattr__(of, name, found)


@dataclass(frozen=True, slots=True)
class Company:
    """
    Our side, from the company file; whatever is None or absent falls back on the cost model's benchmark.

    Numbers of every kind are taken as they are written: 0.7 is seven tenths.

    Attributes:
        stage: one of `fitcheck.decision.rubric.STAGES`.
        margin: share 0..1 of the deal value.
        rates: loaded money per hour by role, in `currency`, > 0.
        weekly_hours: pre-sales hours a week that one deal can get, > 0.
        pilot_hours: hours that closing may take at the stages where the money gate of a screen does not hold, > 0;
            None: no limit there.
        exchange: by ISO code, what one unit of that currency is worth in `currency`, > 0.
        win_rate: share 0..1 of such deals that we win.
        lost_share: share 0..1 of a won deal's cost that a lost one takes.
        months: of a deal that is paid every year, so many months count at most, > 0.
        hours: by cost model, then activity: hours of one occurrence.
        extra_rounds: by cost model: mean number of cycles beyond the first, for each band of trust.
        cost_models: by the name of a built-in cost model: path of the file that takes its place in every screen.
        ours: names of our own people, as call notes have them.
    """

    name: str | None = None
    stage: str | None = None
    currency: str | None = None
    margin: Fraction | None = None
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    weekly_hours: Fraction | None = None
    pilot_hours: Fraction | None = None
    exchange: Mapping[str, Fraction] = field(default_factory=dict)
    win_rate: Fraction | None = None
    lost_share: Fraction | None = None
    months: Fraction | None = None
    hours: Mapping[str, Mapping[str, ThreePoint]] = field(default_factory=dict)
    extra_rounds: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
    cost_models: Mapping[str, str] = field(default_factory=dict)
    ours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """
        Make every number exact.

        Raises:
            UsageError: a number or currency is invalid or out of its range.
        """
        if self.currency is not None:
            _check_currency("currency", self.currency)
        keep_exact(self, _OF_COMPANY)
        _keep_exact_mapping(self, "rates", POSITIVE, '{"presales": 0.9}')
        _keep_exact_mapping(self, "exchange", POSITIVE, '{"USD": 0.9}')
        for currency in self.exchange:
            _check_currency("a key of exchange", currency)


@dataclass(frozen=True, slots=True)
class Deal:
    """
    The deal with one prospect.

    Numbers of every kind are taken as they are written: 1000.1 is ten thousand and one tenths.

    Attributes:
        value: of the first contract, in `currency`, >= 0; of one year of it where `per` is "year".
        margin: money that is ours if won, in `currency`, below 0 at a loss, for the same period as `value`; None: a
            share of the value.
        learning_value: what the prospect teaches us, in `currency`, >= 0. It is added to the margin as it is: once,
            whatever `per` says.
        win_probability: 0..1, the user's own estimate; None: the win rate of the screen's money gate.
        per: "once": value and margin are those of the whole deal; "year": they come again every year.
        months: for how long they come again, > 0; None: for as long as the screen's money gate counts. Where `per` is
            "once", it has no meaning.
        hours_spent: by role, hours that have gone into the deal already, >= 0; what is spent can't be saved.
    """

    value: Fraction | None = None
    currency: str | None = None
    margin: Fraction | None = None
    learning_value: Fraction = NOTHING
    win_probability: Fraction | None = None
    per: Per = "once"
    months: Fraction | None = None
    hours_spent: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """
        Make every number exact.

        Raises:
            UsageError: a number or currency is invalid or out of its range, or the period is unknown.
        """
        if self.currency is not None:
            _check_currency("currency", self.currency)
        if self.per not in PERS:
            message = f"per must be {' or '.join(PERS)}, not {shown(self.per)}"
            raise UsageError(Problem("wrong-value", message))
        keep_exact(self, _OF_DEAL)
        if self.hours_spent != {}:
            _keep_exact_mapping(self, "hours_spent", AMOUNT, '{"presales": 13}')
