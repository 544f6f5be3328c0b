"""What several judges say of one prospect, in words: the same in every report for people."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.several.ballots import Ballot, Vote
from fitcheck.decision.several.judges import JudgesReport, Opinion
from fitcheck.report import cost_words, words

SHOWN = 3
"""Differences shown where nobody asks for all."""

COSTS = ("hours", "money", "margin", "worth")
"""Rows of the cost to close that the report on several judges shows."""


def votes(report: JudgesReport) -> str:
    """How many judges there are, and what they say alone."""
    count = len(report.opinions)
    judges = f"{count} judge{'s' if count != 1 else ''}"
    sides = [(len(report.say("pursue")), "pursue"), (len(report.say("not now")), "not now")]
    if count in {number for number, _ in sides}:
        verdict = next(word for number, word in sides if number)
        return f"{judges}, {'all say' if count > 1 else 'who says'} {verdict}"
    return f"{judges}: " + ", ".join(f"{number} say{'s' if number == 1 else ''} {word}" for number, word in sides)


def other_names(report: JudgesReport) -> str | None:
    """That judges write the prospect's name differently, in a sentence."""
    others = report.names[1:]
    return f"Also written {', '.join(f'“{name}”' for name in others)}." if others else None


def score(report: JudgesReport) -> str:
    """The merged score on its scale."""
    merged = report.merged
    text = f"score {words.points(merged.score)} of 100"
    if merged.score_low != merged.score_high:
        text += f", between {words.points(merged.score_low)} and {words.points(merged.score_high)}"
    return f"{text} · pursue starts at {words.points(merged.threshold)} · {words.answered(merged.known)}"


def standing(report: JudgesReport) -> str:
    """Whether the merged verdict can still turn, in a sentence."""
    merged, chance = report.merged, report.merged.probability
    if chance is None:
        told = "Settled on the merged answers: no remaining question can change the verdict."
        return f"{told} A single difference would: see “What decides”." if report.decisive else told
    if merged.too_little_known:
        return words.standing(merged)
    disputed = ["gates that the judges are split on"] if report.split_gates else []
    disputed += ["cost answers that differ"] if report.cost_differences else []
    unknown = ["answers that nobody knows"] if report.merged_by("unknown") else []
    counted = "Counting what is disputed by its votes, and" if disputed else "The rest is"
    return (
        f"{merged.state.capitalize()}: not settled are {listed(disputed + unknown)}. {counted} {words.guessed(chance)} "
        f"{words.NOT_WINNING}"
    )


def listed(parts: Sequence[str]) -> str:
    """
    Several things in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def apart(opinion: Opinion) -> str | None:
    """What a judge's own verdict rests on beside the score."""
    told = [f"fails: {', '.join(opinion.failed)}"] if opinion.failed else []
    if opinion.probability is not None:
        told.append(words.said_state(opinion.state, opinion.probability))
    return " · ".join(told) or None


def by_answer(ballot: Ballot) -> list[tuple[Vote, list[str]]]:
    """Each answer once, with the judges who gave it; most points first, "n/a" and "unknown" last."""
    found: dict[str, tuple[Vote, list[str]]] = {}
    for vote in ballot.votes:
        found.setdefault(vote.answer, (vote, []))[1].append(vote.judge)
    last = ("n/a", "unknown")
    return sorted(found.values(), key=lambda pair: (pair[0].answer in last, -(pair[0].points or 0)))


def said(vote: Vote) -> str:
    """An answer in words, with its points where it has some."""
    points = f" ({words.points(vote.points)})" if vote.points is not None else ""
    return quoted(vote.answer, vote.says) + points


def spread(ballot: Ballot) -> str:
    """Points between the answers; "n/a" where all that differs is whether the question applies."""
    return words.points(ballot.spread) if ballot.spread or not ballot.applies_to_some else "n/a"


def quoted(answer: str, says: str) -> str:
    """An option in quotation marks, "n/a" and "unknown" without."""
    return says if answer in {"n/a", "unknown"} else f"“{says}”"


def shown(differences: Sequence[Ballot]) -> list[Ballot]:
    """The largest differences, and every question that some say does not apply."""
    return [ballot for number, ballot in enumerate(differences) if number < SHOWN or ballot.applies_to_some]


def costs(report: JudgesReport) -> Iterator[tuple[str, str, str]]:
    """The figures of the merged cost to close that are shown."""
    merged = report.merged
    if merged.cost:
        yield from (row for row in cost_words.cost_rows(merged.cost, merged.prospect.deal) if row[0] in COSTS)


def method(report: JudgesReport) -> Iterator[str]:
    """What was merged and how, in sentences."""
    counted = [
        (report.merged_by("alike"), "answered alike"),
        (report.merged_by("mean"), "by the mean of the points"),
        (report.merged_by("votes"), "about cost by votes"),
        (report.merged_by("n/a"), "found not to apply"),
        (report.merged_by("unknown"), "known to nobody"),
    ]
    told = ", ".join(f"{number} {text}" for number, text in counted if number)
    yield f"{len(report.ballots)} questions: {told}."
    if split := len(report.split_gates):
        means = "One mean stands" if split == 1 else f"{split} means stand"
        yield f"{means} only until the judges agree on the gate that hangs on the answer."
    if some := len(report.known_to_some):
        questions = "1 question is" if some == 1 else f"{some} questions are"
        yield f"{questions} known to some judges only: those count who answered."
    if any(ballot.applies_to_some for ballot in report.ballots):
        yield (
            "Where some say that a question does not apply and others answered it, it applies; the points are the mean "
            "of the answers, and a vote for n/a fails no gate."
        )
    yield "A gate fails if more than half of those who answered say so; if fewer do, it is open."
