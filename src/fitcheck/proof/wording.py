"""Lint the wording: words of opinion, placeholders, and repetitions."""

import re
from collections.abc import Iterable, Iterator, Sequence

from fitcheck.decision.content.cost_model import CostModel, CostQuestion
from fitcheck.decision.content.rubric import Question, Rubric
from fitcheck.proof.findings import Finding, Kind

JUDGING = frozenset(
    """
    able aggressive amicable arrogant bad capable collaborative committed competent constructive cooperative credible
    critical decent difficult dishonest disinterested eager easy-going engaged enthusiastic excellent fair flexible
    friendly generous genuine good great happy helpful honest hostile impatient impolite incompetent inflexible
    insincere interested keen loyal motivated naive negative nervous nice open-minded optimistic passionate
    patient pessimistic pleasant polite poor positive pragmatic proactive professional pushy realistic reasonable
    reliable reluctant respectful responsive rude satisfied sceptical sensible serious sincere skeptical strong
    supportive sympathetic tough transparent trusting trustworthy unfriendly unhelpful unreasonable unreliable
    unresponsive warm weak willing
    """.split()  # noqa: SIM905 - one word after the other reads best
)
"""Adjectives for a person's character or mood: two readers of the same notes can differ on each of them."""

VAGUE = frozenset(
    """
    adequately always barely extremely fairly frequently fully generally hardly highly largely mainly moderately mostly
    normally occasionally often partially partly perhaps probably quickly quite rarely rather reasonably regularly
    seldom significantly slightly slowly sometimes somewhat strongly sufficiently typically usually very
    """.split()  # noqa: SIM905
)
"""Adverbs that leave open how much or how often, where a number, a date or an event would say it."""

_IDIOMS = re.compile(r"\b(?:made|makes?) (?:it |them )?good\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLACEHOLDERS = frozenset({"", "advice", "source", "tbd", "todo", "fixme", "xxx", "unknown", "none"})


def vague_words(text: str) -> list[str]:
    """
    Return the words of an option that judge or leave open how much, in their order.

    >>> vague_words("They are very cooperative"), vague_words("They sent us test data within a week")
    (['very', 'cooperative'], [])
    """
    words = _WORD.findall(_IDIOMS.sub("", text.casefold()))
    return [word for word in dict.fromkeys(words) if word in JUDGING or word in VAGUE]


def is_whole_sentence(text: str) -> bool:
    """
    Say whether a text begins or ends as a sentence does; a word in capitals begins none.

    >>> is_whole_sentence("They left."), is_whole_sentence("they left"), is_whole_sentence("IT left")
    (True, False, False)
    """
    return text.endswith(".") or (text[:1].isupper() and text[1:2].islower())


def is_placeholder(text: str) -> bool:
    """
    Say whether a text is only a placeholder.

    >>> is_placeholder("TODO"), is_placeholder("..."), is_placeholder("Self interest")
    (True, True, False)
    """
    words = _WORD.findall(text.casefold())
    return " ".join(words) in _PLACEHOLDERS or words[:1] in (["todo"], ["tbd"], ["fixme"])


def repeated(rubrics: Sequence[Rubric], cost: CostModel | None) -> Iterator[Finding]:
    """Find questions and options that say the same, and reason codes that several rubrics share."""
    asked: list[tuple[Kind, str, Question | CostQuestion]] = [
        *(("rubric", rubric.id, question) for rubric in rubrics for question in rubric.questions),
        *(("cost", cost.id, question) for question in (cost.questions if cost else ()) if cost),
    ]
    for key in ("ask", "ask_customer"):
        first: dict[str, str] = {}
        for kind, file, question in asked:
            said = _bare(getattr(question, key) or "")
            if said and first.setdefault(said, question.id) != question.id:
                message = f"{question.id} asks the same as {first[said]}"
                hint = "asking twice counts it twice: keep one, or make them different"
                yield Finding("asked-twice", kind, file, ("questions", question.id, key), message, hint)
    for key in ("says", "because"):
        yield from _said_twice(rubrics, key)
    yield from _spread(rubrics)


def _said_twice(rubrics: Iterable[Rubric], key: str) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for rubric in rubrics:
        for question in rubric.questions:
            for option in question.options:
                said = _bare(getattr(option, key))
                if first.setdefault(said, question.id) != question.id:
                    message = f"{question.id}.{option.id} says the same as an option of {first[said]}"
                    path = ("questions", question.id, "options", option.id, key)
                    hint = "one fact should move one answer: keep one, or make them different"
                    yield Finding("said-twice", "rubric", rubric.id, path, message, hint)


def _spread(rubrics: Iterable[Rubric]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for rubric in rubrics:
        for code, path in dict(reversed([*_reasons(rubric)])).items():
            if first.setdefault(code, rubric.id) != rubric.id:
                message = f'the reason code "{code}" is also used in {first[code]}'
                hint = "reports add the two up; use another code unless you mean that"
                yield Finding("reason-spread", "rubric", rubric.id, path, message, hint)


def _reasons(rubric: Rubric) -> Iterator[tuple[str, tuple[str, ...]]]:
    for question in rubric.questions:
        for option in question.options:
            own = ("options", option.id, "reason") if option.reason else ("reason",)
            yield option.reason or question.reason, ("questions", question.id, *own)


def _bare(text: str) -> str:
    """
    Return the words of a text, without case and punctuation.

    >>> _bare("Who signs, and when?") == _bare("who signs and when")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))
