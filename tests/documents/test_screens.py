import shutil
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from fitcheck.decision.content.rubric import Floor, MoneyGate
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen
from fitcheck.problems import DocumentError, UsageError

PARTS = Path(__file__).parents[1] / "bad" / "parts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a sound screen of two rubrics and a cost model, to be spoilt."""
    return Path(shutil.copytree(PARTS, tmp_path / "mine"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def told(folder: Path) -> list[tuple[str, str, int, int]]:
    with pytest.raises(DocumentError) as caught:
        load_screen(str(folder / "partner.yaml"))
    places = [(problem.code, problem.where) for problem in caught.value.problems]
    return [(code, Path(place.file).name, place.line, place.column) for code, place in places if place]


def test_everything_that_is_written_arrives(folder: Path) -> None:
    screen = load_screen(str(folder / "partner.yaml"))

    assert (screen.id, screen.version, screen.title, screen.built_in) == ("partner", 1, "Pilot partner", False)
    assert [rubric.id for rubric in screen.rubrics] == ["patience", "trust"]
    assert (screen.default_stage, screen.least_known, screen.look_again_weeks) == ("pilot", Fraction(1, 2), 12)
    assert screen.trust_lambda == 1
    assert screen.cost is not None
    assert screen.cost.id == "effort"
    assert screen.money_gate == MoneyGate(because="a pilot may cost half of what it brings", win_rate=Fraction(3, 10))
    assert screen.priors == {"named_users": {"named": 1, "nobody": 2}}
    assert (screen.types, screen.core) == ({}, ())

    (rules,) = screen.stages.values()
    assert rules.threshold == 60
    assert rules.weights == {"patience": Fraction(40), "trust": Fraction(60)}
    because = "nothing makes up for too little trust"
    assert rules.floors == (
        Floor("trust", "theirs", Fraction(35), because),
        Floor("trust", "ours", Fraction(35), because),
    )


def test_types_and_the_core_arrive_as_they_are_written(folder: Path) -> None:
    text = "types: {good: 4, hard: 2, ordinary: 3}\ncore: [references, named_users]\nstages:"
    change(folder / "partner.yaml", "stages:", text)
    screen = load_screen(str(folder / "partner.yaml"))
    assert screen.types == {"hard": 2, "ordinary": 3, "good": 4}
    assert screen.core == ("references", "named_users")


def test_a_core_is_not_blamed_for_questions_of_a_file_that_can_not_be_read(folder: Path) -> None:
    change(folder / "partner.yaml", "stages:", "core: [calls]\nstages:")
    assert [code for code, *_ in told(folder)] == ["unknown-question"]
    (folder / "effort.yaml").write_text("")
    assert "unknown-question" not in [code for code, *_ in told(folder)]


def test_a_money_gate_names_its_own_win_rate_and_where_it_holds(folder: Path) -> None:
    change(folder / "partner.yaml", "win_rate: 0.3", "win_rate: 0.25, lost_share: 1, months: 12, stages: [growth]")
    gate = load_screen(str(folder / "partner.yaml")).money_gate
    because = "a pilot may cost half of what it brings"
    assert gate == MoneyGate(because, Fraction(1, 4), Fraction(1), Fraction(12), frozenset(["growth"]))


def test_a_floor_can_differ_by_side_and_a_one_way_rubric_has_one(folder: Path) -> None:
    change(folder / "partner.yaml", "floors: {trust: 35}", "floors: {trust: {ours: 20}, patience: 12.5}")
    change(folder / "partner.yaml", "floor_because: {", 'floor_because: {patience: "so", ')
    (rules,) = load_screen(str(folder / "partner.yaml")).stages.values()
    assert [(floor.rubric, floor.side, floor.percent) for floor in rules.floors] == [
        ("patience", None, Fraction(25, 2)),
        ("trust", "ours", Fraction(20)),
    ]


def test_the_digest_covers_every_byte_of_every_file(folder: Path) -> None:
    digests = {load_screen(str(folder / "partner.yaml")).digest}
    for name in ("partner", "patience", "trust", "effort"):
        with (folder / f"{name}.yaml").open("a") as stream:
            stream.write("# a remark\n")
        digests.add(load_screen(str(folder / "partner.yaml")).digest)
    assert len(digests) == 5


def test_the_digest_is_made_of_screen_rubrics_and_cost_model_in_this_order(folder: Path) -> None:
    expected = sha256()
    for name in ("partner", "patience", "trust", "effort"):
        data = (folder / f"{name}.yaml").read_bytes()
        expected.update(len(data).to_bytes(8, "big"))
        expected.update(data)
    assert load_screen(str(folder / "partner.yaml")).digest == expected.hexdigest()


def test_the_digest_does_not_depend_on_where_the_files_are(folder: Path) -> None:
    assert load_screen(str(folder / "partner.yaml")).digest == load_screen(str(PARTS / "partner.yaml")).digest


def test_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    change(folder / "partner.yaml", "threshold: 60", "threshold: 600")
    change(folder / "trust.yaml", "    weight: 3", "    wieght: 3")
    change(folder / "effort.yaml", "currency: EUR", "currency: euro")
    assert told(folder) == [
        ("out-of-range", "partner.yaml", 14, 22),
        ("unknown-key", "trust.yaml", 12, 5),
        ("bad-currency", "effort.yaml", 5, 11),
    ]


def test_a_file_that_is_not_there_is_one_problem(folder: Path) -> None:
    (folder / "trust.yaml").unlink()
    assert told(folder) == [("cannot-read", "trust.yaml", 0, 1)]


@pytest.mark.parametrize("name", ["trst.yaml", "other.yaml"])
def test_a_misspelt_file_is_one_problem(folder: Path, name: str) -> None:
    change(folder / "partner.yaml", "./trust.yaml", f"./{name}")
    assert told(folder) == [("cannot-read", name, 0, 1)]


def test_the_stages_with_rules_are_told_without_those_that_there_are_not(folder: Path) -> None:
    change(folder / "partner.yaml", "default_stage: pilot", "default_stage: growth")
    text = (folder / "partner.yaml").read_text() + "  live: {threshold: 60, weights: {patience: 40, trust: 60}}\n"
    (folder / "partner.yaml").write_text(text)
    with pytest.raises(DocumentError) as caught:
        load_screen(str(folder / "partner.yaml"))
    problems = {problem.code: problem for problem in caught.value.problems}
    assert problems["stage-without-rules"].hint == "one of: pilot"
    assert problems["unknown-word"].message == '"live" must be concept, prototype, pilot, growth or mature'


def test_a_default_that_is_no_stage_is_one_problem(folder: Path) -> None:
    change(folder / "partner.yaml", "default_stage: pilot", "default_stage: live")
    assert [code for code, *_ in told(folder)] == ["unknown-word"]


def test_a_misspelt_name_is_one_problem(folder: Path) -> None:
    change(folder / "partner.yaml", "[./patience.yaml, ./trust.yaml]", "[mutual-trst]")
    text = (folder / "partner.yaml").read_text().replace("{patience: 40, trust: 60}", "{mutual-trust: 1}")
    text = text.replace("{trust: 35}", "{mutual-trust: 35}").replace('{trust: "', '{mutual-trust: "')
    (folder / "partner.yaml").write_text(text)
    change(folder / "effort.yaml", "  rubric: trust", "  rubric: mutual-trust")
    assert told(folder) == [("unknown-rubric", "partner.yaml", 5, 11)]


def test_a_question_id_is_used_once_over_all_files(folder: Path) -> None:
    change(folder / "trust.yaml", "  promises_kept:", "  named_users:")
    assert told(folder) == [("duplicate-question", "trust.yaml", 8, 3)]


def test_a_cost_question_does_not_share_its_id_with_a_scored_one(folder: Path) -> None:
    text = (folder / "effort.yaml").read_text().replace("references", "bad_news")
    (folder / "effort.yaml").write_text(text)
    assert told(folder) == [("duplicate-question", "effort.yaml", 21, 3)]


def test_only_a_two_way_rubric_of_the_screen_chooses_the_cycles(folder: Path) -> None:
    change(folder / "effort.yaml", "  rubric: trust", "  rubric: patience")
    assert told(folder) == [("not-two-way", "effort.yaml", 14, 11)]
    change(folder / "effort.yaml", "  rubric: patience", "  rubric: trsut")
    assert told(folder) == [("unknown-rubric", "effort.yaml", 14, 11)]


def test_two_files_with_one_rubric_are_refused(folder: Path) -> None:
    (folder / "other").mkdir()
    shutil.copy(folder / "trust.yaml", folder / "other" / "trust.yaml")
    change(folder / "partner.yaml", "./trust.yaml]", "./trust.yaml, other/trust.yaml]")
    assert ("duplicate-rubric", "partner.yaml", 5, 42) in told(folder)


def test_a_rubric_can_be_built_in_and_named_without_a_path(folder: Path) -> None:
    change(folder / "partner.yaml", "./trust.yaml]", "mutual-trust]")
    for old in (" trust: 60", "{trust: 35}", '{trust: "'):
        change(folder / "partner.yaml", old, old.replace("trust", "mutual-trust"))
    change(folder / "effort.yaml", "  rubric: trust", "  rubric: mutual-trust")
    assert load_screen(str(folder / "partner.yaml")).rubrics[1].id == "mutual-trust"


def test_a_screen_that_cannot_be_read_as_yaml_tells_only_that(folder: Path) -> None:
    change(folder / "partner.yaml", "version: 1", "version: [1")
    assert [code for code, *_ in told(folder)] == ["yaml-syntax"]


def test_a_wrong_name_is_a_wrong_call() -> None:
    with pytest.raises(UsageError) as caught:
        load_screen("pilto")
    assert caught.value.problems[0].hint == 'did you mean "pilot"?'


@pytest.mark.parametrize("name", names("screen"))
def test_every_built_in_screen_is_sound(name: str) -> None:
    screen = load_screen(name)
    assert screen.id == name
    assert screen.built_in
