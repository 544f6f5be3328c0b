"""Any report that can be built, with any text in it."""

from fractions import Fraction

from hypothesis import strategies as st

from fitcheck.report.document import (
    Bar,
    Block,
    Details,
    Grid,
    Hint,
    Item,
    Items,
    Para,
    Row,
    Rule,
    Section,
    Share,
    Span,
    Title,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><p>", "{{ 7 * 7 }}", "&lt;", "**bold**"]
)
SPANS = st.builds(Span, TEXTS, st.sampled_from(["plain", "strong", "good", "bad", "open", "faint"]))
TONED = st.lists(SPANS, min_size=1, max_size=3).map(tuple)
SHARES = st.fractions(0, 1)


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, now, high = sorted(draw(SHARES) for _ in range(3))
    most = draw(st.sampled_from([Fraction(1), Fraction(100), Fraction(25_000)]))
    mark = draw(st.none() | SHARES)
    return Bar(low * most, now * most, high * most, None if mark is None else mark * most, most, draw(TEXTS))


@st.composite
def shares(draw: st.DrawFn) -> Share:
    low, high = sorted((draw(SHARES), draw(SHARES)))
    return Share(low, high, draw(st.none() | SHARES), draw(TEXTS))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.integers(1, 3))
    cells = st.lists(TONED | shares(), min_size=columns, max_size=columns).map(tuple)
    rows = draw(st.lists(st.builds(Row, TONED, cells), min_size=1, max_size=3))
    head = draw(st.just(()) | st.lists(TEXTS, min_size=columns, max_size=columns).map(tuple))
    return Grid(tuple(rows), head, draw(st.frozensets(st.integers(0, columns - 1))))


SIMPLE = st.one_of(
    st.builds(Title, SPANS, TEXTS, st.just("") | TEXTS),
    st.builds(Para, TONED),
    st.builds(Hint, TEXTS),
    bars(),
    grids(),
    st.just(Rule()),
)


def _larger(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inside, min_size=1, max_size=3).map(tuple)
    entries = st.lists(st.builds(Item, SPANS, TONED, st.just(()) | blocks), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Items, entries, st.integers(0, 9), st.sampled_from(["left", "right"])),
        st.builds(Section, blocks, st.just("") | TEXTS, st.just("") | TEXTS),
        st.builds(Details, TEXTS, blocks),
    )


REPORTS = st.lists(st.recursive(SIMPLE, _larger, max_leaves=8), min_size=1, max_size=4).map(tuple)
