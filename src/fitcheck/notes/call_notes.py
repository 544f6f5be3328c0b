"""
Call notes as words with their places and speakers, so that a quote can be looked up word for word.

Words are compared folded: letters in their composed form, without case; dashes and blanks in one form each; quote
marks dropped but for apostrophes inside a word; marks that can't be seen dropped. Nothing else is forgiven.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from fitcheck.problems import Place

_MARKS = {ord(mark): '"' for mark in "'‘’‚‛“”„‟«»‹›`´″′「」『』"}
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−⸺⸻﹘﹣－"}
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_FOLDS = _MARKS | _DASHES | _UNSEEN

_QUOTE_MARK = re.compile(r'(?<![^\W_])"|"(?![^\W_])')
"""A quote mark, other than an apostrophe between two letters."""

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")

_LABEL = re.compile(
    r"""[\s>*_#-]*                                  # a bullet, a quotation mark, bold
        (?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?)?   # the time
        [\s*_-]*
        (?P<name>[^\W\d_][\w.'’-]*(?:\ [\w.'’-]+){0,3})
        \s*(?:\([^()]{0,40}\))?                     # their company or role
        [\s*_]*:(?=[\s*_]|$)""",
    re.VERBOSE,
)
"""Who speaks, at the start of a line: a name of one to four words, and a colon."""


def fold(text: str) -> str:
    """
    Return a text in the form in which it is compared, its words parted by single blanks.

    >>> fold("“We  expect\u00a0that”") == fold('"we expect that"')
    True
    """
    folded = normalize("NFC", normalize("NFC", text).translate(_FOLDS).casefold())
    return " ".join(_QUOTE_MARK.sub("", folded).split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of notes: its number from 1, and who speaks; None where the notes don't say."""

    number: int
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """
    Where a quote stands.

    Attributes:
        place: its first line.
        text: as the notes have it, its blanks single.
        speakers: of its lines, each once, in order; None for a line that names none.
    """

    place: Place
    text: str
    speakers: tuple[str | None, ...]


class CallNotes:
    """
    The notes of one file.

    Args:
        file: its name for people.
        text: of the file.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = tuple(_with_speakers(_LINE_END.split(text)))

    @cached_property
    def _words(self) -> tuple[str, list[int], list[tuple[Line, str]]]:
        """All words folded and joined, where each begins, and the line and spelling of each."""
        starts: list[int] = []
        words: list[tuple[Line, str]] = []
        parts: list[str] = []
        at = 0
        for line in self.lines:
            spelt, folds = line.text.split(), fold(line.text).split()
            if len(spelt) != len(folds):  # a word of marks alone folds to nothing
                spelt = [word for word in spelt if fold(word)]
                folds = [fold(word) for word in spelt]
            for word, folded in zip(spelt, folds, strict=True):
                starts.append(at)
                words.append((line, word))
                at += len(folded) + 1
            parts += folds
        return " ".join(parts), starts, words

    def passages(self, quote: str) -> Iterator[Passage]:
        """Yield every place at which a quote stands word for word."""
        told, starts, words = self._words
        wanted = fold(quote)
        at = told.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not _is_inside(told, at) and not _is_inside(told, end):
                first, last = bisect_right(starts, at) - 1, bisect_right(starts, end - 1) - 1
                yield self._passage(words[first : last + 1])
            at = told.find(wanted, at + 1)

    def _passage(self, found: Sequence[tuple[Line, str]]) -> Passage:
        speakers = dict.fromkeys(line.speaker for line, _ in found)
        return Passage(Place(self.file, found[0][0].number), " ".join(word for _, word in found), tuple(speakers))

    def nearest(self, quote: str) -> tuple[int, Passage] | None:
        """Return the line with most words of a quote, and how many; None if no line has any."""
        wanted = {_bare(word) for word in fold(quote).split()} - {""}
        best: tuple[int, Line] | None = None
        for line in self.lines:
            shared = len(wanted & {_bare(word) for word in fold(line.text).split()})
            if shared and (best is None or shared > best[0]):
                best = shared, line
        if best is None:
            return None
        shared, line = best
        return shared, Passage(Place(self.file, line.number), " ".join(line.text.split()), (line.speaker,))


def words_in(quote: str) -> int:
    """
    Count the words of a quote; in a script without blanks each character is one.

    >>> words_in("no – not yet!"), words_in("私たちは")
    (3, 4)
    """
    return sum(max(1, sum("\u2e80" <= char <= "\u9fff" for char in word)) for word in quote.split() if _bare(word))


def _bare(word: str) -> str:
    """A word without what is no letter and no digit at its ends."""
    while word and not word[0].isalnum():
        word = word[1:]
    while word and not word[-1].isalnum():
        word = word[:-1]
    return word


def _is_inside(text: str, at: int) -> bool:
    """Whether a position parts a word; a script without blanks has no such positions."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not ("\u2e80" <= after <= "\u9fff" or "\u2e80" <= before <= "\u9fff")


def _with_speakers(texts: Sequence[str]) -> Iterator[Line]:
    """Each line with who speaks: whoever was named last, up to an empty line or a heading."""
    speaker: str | None = None
    for number, text in enumerate(texts, 1):
        if not text.strip() or text.lstrip().startswith("#"):
            speaker = None
        if label := _LABEL.match(text):
            speaker = label["name"]
        yield Line(number, text, speaker)
