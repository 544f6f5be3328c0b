"""Prospect files: their model, their rules, and the prospects that they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path as FilePath, PurePath
from typing import Annotated, Any, NamedTuple, Self
from unicodedata import normalize

from pydantic import Field

from fitcheck.decision.content.answers import EVIDENCE, Answer, Evidence, Prospect
from fitcheck.decision.content.cost_model import PERS, Deal, Per
from fitcheck.decision.content.rubric import Screen
from fitcheck.documents.reading.check import check, first, grouped
from fitcheck.documents.reading.fields import (
    Amount,
    Currency,
    Day,
    Maybe,
    Model,
    Money,
    OneOrMany,
    Positive,
    Share,
    Text,
    WordId,
    YesNo,
    described,
    reads,
    refusal,
    word,
)
from fitcheck.documents.reading.finding import Kind, Source, UnknownNameError, find, names
from fitcheck.documents.reading.source import STDIN, parse
from fitcheck.documents.reading.tree import Document, Path
from fitcheck.nearest import closest, nearest, quoted
from fitcheck.problems import DocumentError, Place, Problem, printable


def _option(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, str) and value.strip():
        return value.strip()
    # an id starts with a letter, so a number cannot be one, quoted or not
    hint = f'put it in quotes: "{described(value)}"' if isinstance(value, bool) else "write unknown if you do not know"
    raise refusal("wrong-type", f"must be the id of an option, not {described(value)}", hint)


OptionWord = Annotated[str, reads(_option, {"type": ["string", "null"]})]


EvidenceWord = Annotated[Evidence, word(*EVIDENCE)]


class EarlierAnswerModel(Model):
    """An answer that another one has replaced."""

    answer: OptionWord = Field(description="An option id, unknown, or n/a where the question allows it.")
    evidence: Text | None = Field(None, description="A quote or an observation.")
    kind: EvidenceWord | None = Field(
        None, description="said, as without it: they said it. seen: one of us saw it. reported: somebody else told us."
    )
    on: Day | None = Field(None, description="When you learned it, e.g. 2026-10-03.")
    by: Text | None = Field(None, description="Who said so.")
    at: Text | None = Field(None, description="Where the quote stands in the call notes, file:line.")


class AnswerModel(EarlierAnswerModel):
    """An answer with its evidence."""

    review: YesNo | None = Field(
        None, description="true: proposed by an assistant and not confirmed yet; fitcheck interview --review asks."
    )
    was: list[EarlierAnswerModel] | None = Field(None, description="Answers that this one replaced, newest first.")


class DealModel(Model):
    """The deal: what we would win, and what it has cost so far."""

    value: Money | None = Field(None, description="Value of the first contract; of one year if per is year.")
    currency: Currency | None = Field(None, description="Three capital letters, e.g. EUR.")
    margin: Money | None = Field(
        None,
        description="What is left for us if we win, for the same period as value; by default a share of the value.",
    )
    per: Annotated[Per, word(*PERS)] | None = Field(
        None, description="once: value and margin cover the whole deal; year: they recur every year."
    )
    months: Positive | None = Field(
        None, description="How long they recur; by default as long as the screen counts, usually 18."
    )
    learning_value: Money | None = Field(None, description="What the prospect teaches us is worth, in money.")
    win_probability: Share | None = Field(None, description="Your own estimate, 0 to 1.")
    hours_spent: dict[WordId, Amount | None] | None = Field(
        None, description="Hours already spent on the deal, by role; they are deducted."
    )


class ProspectModel(Model):
    """The prospect and its answers."""

    prospect: Text = Field(description="Its name.")
    id: Maybe[Text] = Field(None, description="Short; by default the file name.")
    screen: Text | None = Field(
        None, description="Whose questions are answered: a built-in screen, or a path relative to this file."
    )
    deal: DealModel | None = Field(None, description="The deal.")
    answers: (
        dict[
            str,
            OneOrMany[OptionWord, AnswerModel],
        ]
        | None
    ) = Field(None, description="By question id: an option id, unknown, n/a, or one of these with evidence.")


UNKNOWN, NOT_APPLICABLE = "unknown", "n/a"

_NO_LETTER = re.compile(r"[\W_]+")


class Questionnaire(NamedTuple):
    """
    Questions and options that a prospect file can answer, scored and cost questions alike.

    Attributes:
        options: option ids by question id.
        may_be_na: the questions that may be answered `n/a`.
        roles: that the cost model needs.
    """

    options: Mapping[str, tuple[str, ...]]
    may_be_na: frozenset[str]
    roles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, screen: Screen) -> Self:
        """Return what a screen and its cost model ask."""
        return cls(
            {question.id: tuple(option.id for option in question.options) for question in screen.asked},
            frozenset(question.id for question in screen.asked if question.not_applicable),
            frozenset(activity.role for activity in screen.cost.activities) if screen.cost else frozenset(),
        )


def read_prospect(data: bytes, file: str, *, known: Questionnaire | None) -> Prospect:
    """
    Return the prospect that a file describes.

    Args:
        data: the file's bytes, YAML or JSON.
        file: its name for people, `<stdin>` for standard input.
        known: what can be answered; None leaves question and option ids unchecked.

    Raises:
        DocumentError: with all problems of the file.
    """
    document = parse(data, file)
    model, problems = check(document, ProspectModel, what="a prospect")
    problems += first(_deal_problems(document, known))
    if known:
        hints = dict(_option_hints(document, known))
        problems = [replace(problem, hint=hints.get(problem.where, problem.hint)) for problem in problems]
        problems += first(_answer_problems(document, known))
    if model is None or problems:
        raise DocumentError(*grouped(problems))
    return Prospect(
        id=model.id or _id_of(file, model.prospect),
        name=model.prospect,
        answers={question: _answer(answer, document, question) for question, answer in (model.answers or {}).items()},
        deal=deal_of(model.deal or DealModel()),
    )


def screen_in(document: Document) -> Source | None:
    """
    Return the screen that a prospect file names; None if it names none.

    Raises:
        DocumentError: no built-in screen has this name.
    """
    name = document.mapping().get("screen")
    if not isinstance(name, str) or not name.strip() or "prospect" not in document.mapping():  # a screen has this key
        return None
    try:
        return find("screen", name.strip(), beside=Source(FilePath(document.file), document.file))
    except UnknownNameError as error:
        raise DocumentError(document.problem("unknown-screen", error.message, ("screen",), hint=error.hint)) from None


class Fault(NamedTuple):
    """What is wrong with an answer; `of_question`: the question is unknown."""

    code: str
    message: str
    hint: str | None
    of_question: bool = False


def fault_of(known: Questionnaire, question: str, option: str) -> Fault | None:
    """Return what is wrong with answering a question like this; None if nothing is."""
    options = known.options.get(question)
    if options is None:
        hint = nearest(question, list(known.options), show=0)
        return Fault("unknown-question", f"unknown question {quoted(question)}", hint, of_question=True)
    if option == UNKNOWN or option in options:
        return None
    if option != NOT_APPLICABLE:
        hint = nearest(option, [*options, UNKNOWN], show=len(options) + 1)
        return Fault("unknown-option", f"{quoted(question)} has no option {quoted(option)}", hint)
    if question in known.may_be_na:
        return None
    message = f"{quoted(question)} applies to every prospect and cannot be n/a"
    return Fault("not-applicable", message, "write unknown if you do not know")


@cache
def asked_elsewhere() -> frozenset[str]:
    """Return the id of every built-in question: one prospect file may carry the answers to several screens."""
    kinds: tuple[Kind, ...] = ("rubric", "cost")
    sources = [find(kind, name) for kind in kinds for name in names(kind)]
    return frozenset(
        question for source in sources for question in parse(source.read(), source.file).mapping("questions")
    )


def _chosen(document: Document) -> Iterator[tuple[str, Path, object]]:
    """Yield every question that is answered, where its option stands, and what stands there."""
    for question, written in document.mapping("answers").items():
        if isinstance(written, dict):
            yield question, ("answers", question, "answer"), written.get("answer")
        else:
            yield question, ("answers", question), written


def _option_hints(document: Document, known: Questionnaire) -> Iterator[tuple[Place | None, str | None]]:
    """Yield every number or boolean given as an answer that is not an option even in quotes, with a hint."""
    for question, path, option in _chosen(document):
        is_plain = isinstance(option, (int, Decimal)) and question in known.options
        if is_plain and (fault := fault_of(known, question, described(option))):
            yield document.problem(fault.code, fault.message, path).where, fault.hint


def _answer_problems(document: Document, known: Questionnaire) -> Iterator[Problem]:
    for question, path, option in _chosen(document):
        fault = fault_of(known, question, option.strip() if isinstance(option, str) else UNKNOWN)
        if fault and not (fault.of_question and question in asked_elsewhere()):
            at = path[:2] if fault.of_question else path
            yield document.problem(fault.code, fault.message, at, key=fault.of_question, hint=fault.hint)


def _deal_problems(document: Document, known: Questionnaire | None) -> Iterator[Problem]:
    deal = document.mapping("deal")
    if deal.get("months") is not None and deal.get("per") != "year":
        message = "months only apply to a deal that is paid every year"
        yield document.problem("months-without-year", message, ("deal", "months"), key=True, hint="per: year")
    for role in document.mapping("deal", "hours_spent") if known else ():
        if known and role not in known.roles and (meant := closest(role, sorted(known.roles))):
            message = f"no activity uses the role {quoted(role)}"
            hint = f"did you mean {quoted(meant)}?"
            yield document.problem("unknown-role", message, ("deal", "hours_spent", role), key=True, hint=hint)


def _answer(model: str | AnswerModel, document: Document, question: str) -> Answer:
    where = document.place("answers", question)
    if isinstance(model, str):
        return answer_of(model, where=where)
    told = {"evidence": model.evidence, "kind": model.kind or "said", "on": model.on, "by": model.by}
    return answer_of(model.answer, **told, where=where, to_review=bool(model.review))


def answer_of(word: str, **known: Any) -> Answer:
    """Return the answer for a word: an option, `unknown` or `n/a`; `known` holds its evidence."""
    if word == UNKNOWN:
        return Answer(None, "unknown", **known)
    if word == NOT_APPLICABLE:
        return Answer(None, "n/a", **known)
    return Answer(word, **known)


def deal_of(model: DealModel) -> Deal:
    """Return the deal."""
    return Deal(
        value=model.value,
        currency=model.currency,
        margin=model.margin,
        learning_value=Fraction(0) if model.learning_value is None else model.learning_value,
        win_probability=model.win_probability,
        per=model.per or "once",
        months=model.months,
        hours_spent={role: hours for role, hours in (model.hours_spent or {}).items() if hours is not None},
    )


def _id_of(file: str, name: str) -> str:
    """
    Return an id made from the file's name; from the prospect's name where the file has none.

    >>> _id_of("examples/brightloom.yaml", "Brightloom Logistics"), _id_of("<stdin>", "Brightloom Logistics")
    ('brightloom', 'brightloom-logistics')
    """
    if file != STDIN:
        return printable(PurePath(file).stem)
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return _NO_LETTER.sub("-", letters.lower()).strip("-") or "prospect"
