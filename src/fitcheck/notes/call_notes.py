"""
Call notes as words with their places and speakers, so that a quote can be looked up word for word.

Words are compared folded: letters in their composed form, without case; dashes and blanks in one form each; quote
marks dropped but for apostrophes inside a word; marks that can't be seen dropped. Nothing else is forgiven.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, normalize

from fitcheck.problems import Place, printable

_MARKS = dict.fromkeys(
    map(
        ord,
        "'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a`\u00b4\u2033\u2032\u300c\u300d\u300e\u300f",
    ),
    '"',
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"), "-")
_FOLDS = _MARKS | _DASHES

_QUOTE_MARK = re.compile(r'(?<![^\W_])"|"(?![^\W_])')
"""A quote mark, other than an apostrophe between two letters."""

_LINE_END = re.compile("\r\n|[\n\r]")
_WORD = re.compile(r'[^\W_]+(?:"[^\W_]+)*')
_JOINERS = '"\u200c\u200d'
"""What stands inside words beside letters, marks and digits: an apostrophe, and the joiners of Persian and Hindi."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")
"""A letter of a script that puts no blanks between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\ ?[AaPp]\.?[Mm]\.?)?[\])]?"
_LABEL = re.compile(
    rf"""[\s>*_#-]*                                 # a bullet, a quotation mark, bold
        (?:{_TIME})?[\s*_-]*
        (?P<name>[^\W\d_][\w.'’-]*(?:\ [\w.'’-]+){{0,3}}?)
        \s*(?:\([^()]{{0,40}}\))?                   # their company or role
        [\s*_]*(?::(?=[\s*_]|$)|\s(?=[\s\[(])\s*{_TIME}\s*$)  # a colon, or only the time, as in transcripts""",
    re.VERBOSE,
)
"""Who may speak, at the start of a line: a name of one to four words, and a colon or the time."""

_PARTICLE = re.compile(r"(?:al|bin|da|de|del|den|der|di|dos|du|el|la|le|of|ten|van|von|zu)\Z")

_EDGE = " .,;:-*_>()[]" + "".join(chr(mark) for mark in _FOLDS)
"""Marks that mean nothing at either end of a quote."""

_LEAST_SHOWN = 12
"""Words of the nearest passage that are shown at least."""


def fold(text: str) -> str:
    """
    Return a text in the form in which it is compared, its words parted by single blanks.

    >>> fold("“We  expect\u00a0that”") == fold('"we expect that"')
    True
    """
    folded = normalize("NFC", normalize("NFC", printable(text)).translate(_FOLDS).casefold())
    return " ".join(_QUOTE_MARK.sub("", folded).split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of notes: its number from 1, its text without what can't be seen, and who speaks if the notes say so."""

    number: int
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """
    Where a quote stands.

    Attributes:
        place: its first line.
        text: as the notes have it, its blanks single, without marks at its ends.
        speakers: of its lines, each once, in order; None for a line that names none.
    """

    place: Place
    text: str
    speakers: tuple[str | None, ...]


class _Folded(NamedTuple):
    """All lines with words: their folded text joined by blanks, and where in it each line begins."""

    text: str
    starts: list[int]
    lines: list[Line]


class CallNotes:
    """
    The notes of one file.

    Args:
        file: its name for people.
        text: of the file.
        ours: names of our own people, which mark who speaks however they are written.
    """

    def __init__(self, file: str, text: str, ours: Sequence[str] = ()) -> None:
        self.file = file
        self.lines = tuple(_with_speakers(_LINE_END.split(text), ours))

    @cached_property
    def _folded(self) -> _Folded:
        found = _Folded("", [], [])
        folds: list[str] = []
        at = 0
        for line in self.lines:
            if folded := fold(line.text):
                found.starts.append(at)
                found.lines.append(line)
                folds.append(folded)
                at += len(folded) + 1
        return found._replace(text=" ".join(folds))

    @cached_property
    def _lines_by_word(self) -> dict[str, list[int]]:
        """For each word the positions in `_folded` of the lines that have it."""
        lines: dict[str, list[int]] = {}
        text, starts, _ = self._folded
        for at, (begin, end) in enumerate(pairwise([*starts, len(text) + 1])):
            for word in {*_WORD.findall(text, begin, end - 1)}:
                lines.setdefault(word, []).append(at)
        return lines

    def passages(self, quote: str) -> Iterator[Passage]:
        """Yield every place at which a quote stands word for word."""
        text, starts, lines = self._folded
        wanted = fold(quote)
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not _is_inside(text, at) and not _is_inside(text, end):
                first, last = bisect_right(starts, at) - 1, bisect_right(starts, end - 1) - 1
                skipped = text.count(" ", starts[first], at)
                yield _passage(self.file, lines[first : last + 1], skipped, wanted.count(" ") + 1)
            at = text.find(wanted, at + 1)

    def nearest(self, quote: str) -> tuple[int, Passage] | None:
        """Return the passage with most words of a quote, and how many; None if no line has any."""
        wanted = {*_WORD.findall(fold(quote))}
        counts = Counter(at for word in wanted for at in self._lines_by_word.get(word, ()))
        if not counts:
            return None
        most = max(counts.values())
        best = min(at for at, count in counts.items() if count == most)
        line = self._folded.lines[best]
        has = [not wanted.isdisjoint(_WORD.findall(fold(word))) for word in _spelt(line)]
        shown = max(_LEAST_SHOWN, len(quote.split()))
        begin = max(range(max(1, len(has) - shown + 1)), key=lambda at: (sum(has[at : at + shown]), has[at], -at))
        return most, _passage(self.file, [line], begin, shown)


def _spelt(line: Line) -> list[str]:
    """The words of a line as they are spelt, one for each folded word; a word of marks alone folds to nothing."""
    return [word for word in line.text.split() if fold(word)]


def _passage(file: str, lines: Sequence[Line], skipped: int, count: int) -> Passage:
    """So many words of the given lines, after those that are skipped."""
    words = [word for line in lines for word in _spelt(line)]
    speakers = tuple(dict.fromkeys(line.speaker for line in lines))
    text = " ".join(words[skipped : skipped + count])
    return Passage(Place(file, lines[0].number), text.strip(_EDGE) or text, speakers)


def words_in(quote: str) -> int:
    """
    Count the words of a quote; in a script without blanks each letter is one.

    >>> words_in("no – not yet!"), words_in("私たちは")
    (3, 4)
    """
    words = [word for word in quote.split() if any(map(str.isalnum, word))]
    return sum(max(1, len(_UNSPACED.findall(word))) for word in words)


def _is_inside(text: str, at: int) -> bool:
    """Whether a position parts a word; a script without blanks has no such positions."""
    if not 0 < at < len(text):
        return False
    around = text[at - 1 : at + 1]
    return all(category(char)[0] in "LMN" or char in _JOINERS for char in around) and not _UNSPACED.search(around)


def _with_speakers(texts: Sequence[str], ours: Sequence[str]) -> Iterator[Line]:
    """Each line with who speaks: whoever was named last, up to an empty line or a heading."""
    speaker: str | None = None
    for number, text in enumerate(texts, 1):
        shown = printable(text.replace("\t", "  "))
        if not shown.strip() or shown.lstrip().startswith("#"):
            speaker = None
        if (label := _LABEL.match(shown)) and (_is_name(label["name"]) or is_one_of(ours, label["name"])):
            speaker = label["name"]
        yield Line(number, shown, speaker)


def _is_name(label: str) -> bool:
    """
    Whether a label names somebody rather than being the start of a sentence.

    >>> [label for label in ("Ann", "ann", "Ann van Dyk", "We agreed", "Next step") if _is_name(label)]
    ['Ann', 'ann', 'Ann van Dyk']
    """
    words = label.split()
    return len(words) == 1 or not any(word[0].islower() and not _PARTICLE.match(word) for word in words)


def is_one_of(ours: Sequence[str], label: str) -> bool:
    """
    Whether a name is one of ours; a first name or an initial is enough where the other has no more.

    >>> [is_one_of(["Ann", "Bo Miller"], name) for name in ("Ann Lee", "BO", "Bo M.", "Bo Marsh", "Annabel", "")]
    [True, True, True, False, False, False]
    """
    return any(_same_name(fold(label).split(), fold(name).split()) for name in ours)


def _same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    pairs = [(a.rstrip("."), b.rstrip(".")) for a, b in zip(one, other, strict=False)]
    return bool(pairs) and all(a == b or (len(min(a, b, key=len)) == 1 and a[:1] == b[:1]) for a, b in pairs)
