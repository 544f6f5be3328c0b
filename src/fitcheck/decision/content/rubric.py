"""Rubrics and screens, as plain frozen values, already checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from fitcheck.decision.content.cost_model import CostModel, CostQuestion
from fitcheck.problems import Place

Stage = Literal["concept", "prototype", "pilot", "growth", "mature"]
"""How mature our own product is."""

STAGES: tuple[Stage, ...] = get_args(Stage)

Side = Literal["theirs", "ours"]
"""Whose trust a question of a two-way rubric is about: *theirs* in us, *ours* in them."""

SIDES: tuple[Side, ...] = get_args(Side)

ProspectType = Literal["hard", "ordinary", "good"]
"""How a prospect is to work with."""

Actor = Literal["them", "us", "time", "nobody"]
"""Who would have to act for an answer to change."""


@dataclass(frozen=True, slots=True)
class Option:
    """
    One possible answer, as observable behaviour.

    Attributes:
        id: what is written in a prospect file.
        says: the observable behaviour, as read by the person who answers.
        points: share of the question's points, 0..1, one for each of `STAGES`.
        because: half a sentence for the report, starting in lower case.
        gate: stages of our own at which this answer alone means "not now".
        gate_because: why nothing else makes up for it; "" where `gate` is empty.
        reason: reason code that overrides the question's.
        to_customer: the reason in a sentence that the customer may read; None where it stays with us.
    """

    id: str
    says: str
    points: tuple[Fraction, ...]
    because: str
    gate: frozenset[Stage] = frozenset()
    gate_because: str = ""
    reason: str | None = None
    to_customer: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How an answer can become better: who acts, at what effort (small integer per level), in how many weeks."""

    by: Actor
    advice: str
    effort: int = 1
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question of a rubric.

    Attributes:
        rule: what counts as an answer, and which option wins where two hold; "" where the options say it all.
        weight: relative to the other questions of the rubric (of its side, in a two-way rubric), > 0.
        reason: reason code; reasons with one code are added up when shown.
        side: whose trust it is about; None in a one-way rubric.
        not_applicable: when the question may be answered `n/a`; None where it may not.
        ask_cost: relative effort of asking, >= 1.
        where: the place in the rubric file.
    """

    id: str
    ask: str
    why: str
    weight: Fraction
    reason: str
    options: tuple[Option, ...]
    change: Change
    side: Side | None = None
    not_applicable: str | None = None
    ask_customer: str | None = None
    source: str | None = None
    ask_cost: int = 1
    rule: str = ""
    where: Place | None = None

    def option(self, option_id: str) -> Option:
        """Return the option of that id; KeyError if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Rubric:
    """
    One dimension of fit.

    Attributes:
        sides: title of each side in a two-way rubric, empty in a one-way rubric.
    """

    id: str
    version: int
    title: str
    about: str
    source: str
    questions: tuple[Question, ...]
    sides: Mapping[Side, str] = field(default_factory=dict)

    @property
    def is_two_way(self) -> bool:
        """Whether trust counts in both directions here."""
        return bool(self.sides)


@dataclass(frozen=True, slots=True)
class Floor:
    """
    The least a dimension (or one side of it) must reach, as a gate.

    Attributes:
        percent: of the dimension's own maximum, 0..100.
        because: why nothing else makes up for less.
    """

    rubric: str
    side: Side | None
    percent: Fraction
    because: str

    @property
    def id(self) -> str:
        """`floor:<rubric>`, or `floor:<rubric>:<side>` in a two-way dimension: the id of its gate in an assessment."""
        return f"floor:{self.rubric}" + (f":{self.side}" if self.side else "")


@dataclass(frozen=True, slots=True)
class StageRules:
    """
    Threshold, weights and floors at one stage of our product.

    Attributes:
        weights: by rubric id, relative, >= 0.
        threshold: 0..100; pursue needs at least this score.
        floors: gates on dimensions or sides.
    """

    weights: Mapping[str, Fraction]
    threshold: Fraction
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyGate:
    """
    The cost limit of a screen; see `fitcheck.decision.cost.terms`.

    Attributes:
        because: why nothing else makes up for a deal that costs more.
        win_rate: share 0..1 of such deals that are won, where the deal names no win probability.
        lost_share: share 0..1 of a won deal's cost that a lost one takes.
        months: of a deal that is paid every year, so many months count at most, > 0.
        stages: of ours, where the gate holds; at the others the cost is shown and never decides.
    """

    because: str = ""
    win_rate: Fraction = Fraction(3, 10)
    lost_share: Fraction = Fraction(7, 10)
    months: Fraction = Fraction(18)
    stages: frozenset[Stage] = frozenset(STAGES)


USUAL_TERMS = MoneyGate()
"""What is reckoned with where a screen has no money gate: estimates and rankings need a win rate as well."""


@dataclass(frozen=True, slots=True)
class Screen:
    """
    What a user runs.

    Attributes:
        stages: rules for each stage that the screen knows.
        default_stage: the stage taken, and said aloud, where nobody names one.
        trust_lambda: 0 (mean of both sides) to 1 (the weaker side), method: T_λ.
        least_known: share 0..1 of the weight that must be answered before "pursue" may be said of an open verdict.
        priors: base rates by question id, then option id: how often an ordinary prospect gives each answer, relative,
            >= 0; where absent all alike, deal-breakers less often.
        types: odds of the types of prospect before anything is known; empty: the usual ones.
        core: ids of the questions that a first call answers, in the order of asking.
        look_again_weeks: after how long a "not now" is looked at again where no question says otherwise.
        digest: hexadecimal SHA-256 over every file the screen is made of.
        built_in: whether the screen file itself ships with fitcheck.
    """

    id: str
    version: int
    title: str
    about: str
    rubrics: tuple[Rubric, ...]
    stages: Mapping[Stage, StageRules]
    default_stage: Stage
    least_known: Fraction
    look_again_weeks: int
    digest: str
    trust_lambda: Fraction = Fraction(1)
    cost: CostModel | None = None
    money_gate: MoneyGate | None = None
    priors: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    types: Mapping[ProspectType, int] = field(default_factory=dict)
    core: tuple[str, ...] = ()
    built_in: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every scored question, in rubric order."""
        return tuple(question for rubric in self.rubrics for question in rubric.questions)

    @property
    def asked(self) -> tuple[Question | CostQuestion, ...]:
        """Everything that is asked: the scored questions, then those of the cost model."""
        return (*self.questions, *(self.cost.questions if self.cost else ()))
