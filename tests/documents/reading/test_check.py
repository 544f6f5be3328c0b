from fitcheck.documents.prospects import ProspectModel
from fitcheck.documents.reading.check import MAX_PROBLEMS, check, grouped
from fitcheck.documents.reading.source import parse
from fitcheck.documents.rubrics import RubricModel
from fitcheck.problems import DocumentError, Place, Problem


def problems(text: str, model: type[RubricModel | ProspectModel] = ProspectModel) -> list[tuple[str, str, str | None]]:
    try:
        found = grouped(check(parse(text.encode(), "a.yaml"), model, what="a prospect")[1])
    except DocumentError as error:
        found = error.problems
    return [(problem.code, problem.message, problem.hint) for problem in found]


def test_a_misspelt_key_is_not_told_again_as_missing() -> None:
    assert problems("prospct: Brightloom\n") == [("unknown-key", 'unknown field "prospct"', 'did you mean "prospect"?')]


def test_all_that_is_missing_from_one_mapping_is_one_problem() -> None:
    found = problems("rubric: a\nversion: 1\ntitle: A\n", RubricModel)
    assert found == [("missing-key", '"about", "source" and "questions" are missing', None)]


def test_a_single_missing_key_is_explained() -> None:
    found = problems("rubric: a\nversion: 1\ntitle: A\nabout: b\nquestions: {}\n", RubricModel)
    assert found == [("missing-key", '"source" is missing', "source: Where it comes from.")]


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = "prospect: 7\nid: ''\ndeal: {value: much, worth: 3}\nanswers: {a: [b], c: {answer: d, on: soon}}\n"
    assert [code for code, _, _ in problems(text)] == [
        "wrong-type",
        "empty-value",
        "wrong-type",
        "unknown-key",
        "wrong-type",
        "bad-date",
    ]


def test_a_part_that_could_not_be_read_is_not_told_twice() -> None:
    assert [code for code, _, _ in problems("prospect: *name\nanswers: {a: !x y}\n")] == ["alias", "tag"]


def test_a_comma_in_an_unquoted_text_is_found_across_lines() -> None:
    text = "prospect: B\nanswers:\n  a: {answer: b, evidence: one,\n      two, by: c}\n"
    document = parse(text.encode(), "a.yaml")
    (problem,) = grouped(check(document, ProspectModel, what="a prospect")[1])
    assert (problem.code, problem.hint) == ("unquoted-comma", 'write evidence: "one, two"')
    assert problem.where == Place("a.yaml", 4, 7)


def test_an_empty_unknown_key_in_a_block_is_no_cut_text() -> None:
    assert problems("prospect: B\nfoo:\n")[0][0] == "unknown-key"


def test_a_repeated_mistake_is_told_once_with_its_lines() -> None:
    text = "prospect: B\nanswers:\n" + "".join(f"  q{i}: {{answer: a, evidnce: b}}\n" for i in range(5))
    (problem,) = grouped(check(parse(text.encode(), "a.yaml"), ProspectModel, what="a prospect")[1])
    assert problem.where == Place("a.yaml", 3, 19)
    assert problem.also == (4, 5, 6, 7)


def test_a_mistake_repeated_on_its_own_line_names_no_further_line() -> None:
    same = Problem("code", "message", Place("a.yaml", 3, 9))
    assert grouped([same, Problem("code", "message", Place("a.yaml", 3, 2))]) == (
        Problem("code", "message", Place("a.yaml", 3, 2)),
    )


def test_a_file_full_of_mistakes_ends_in_a_count() -> None:
    text = "prospect: B\n" + "".join(f"key{i}: 1\n" for i in range(40_000))
    found = grouped(check(parse(text.encode(), "a.yaml"), ProspectModel, what="a prospect")[1])
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].code == "more-problems"


def test_a_document_of_another_kind_is_named_as_what_it_is() -> None:
    assert problems("screen: pilot\nversion: 1\nstages: {}\n") == [
        ("wrong-kind", "this is a screen; expected a prospect", None)
    ]


def test_what_is_quoted_from_a_file_cannot_reach_a_terminal_raw() -> None:
    ((_, message, _),) = problems('prospect: B\n"a\\e[31m\\u202Eb": 1\n')
    assert message == 'unknown field "a\ufffd[31mb"'


def test_a_key_that_is_wrong_is_not_said_to_be_what_it_is() -> None:
    text = "rubric: a\nversion: 1\ntitle: A\nabout: b\nsource: c\nquestions: {sso needed: {}}\n"
    told = [problem for problem in problems(text, RubricModel) if problem[0] == "bad-id"]
    message = '"sso needed" must be lower-case letters, digits and _, starting with a letter'
    assert told == [("bad-id", message, "write sso_needed")]
