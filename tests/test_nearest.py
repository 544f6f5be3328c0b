from fitcheck.nearest import LONGEST_QUOTE, closest, nearest, quoted, shown


def test_the_nearest_word_does_not_mind_case_blanks_and_dashes() -> None:
    known = ["named_users", "mutual-trust", "n/a"]
    assert closest("Named Users", known) == "named_users"
    assert closest("mutual_trust", known) == "mutual-trust"
    assert closest("N/A", known) == "n/a"


def test_what_is_near_nothing_gets_the_whole_choice_where_it_is_small() -> None:
    assert nearest("zzz", ["them", "us"]) == "one of: them, us"
    assert nearest("zzz", ["them", "us"], show=1) is None
    assert nearest("zzz", []) is None


def test_a_word_of_any_length_is_compared_and_quoted_in_no_time() -> None:
    long = "weight" * 100_000
    assert closest(long, ["weight"]) is None
    assert len(quoted(long)) == LONGEST_QUOTE + 2


def test_a_number_that_python_does_not_write_can_be_shown_all_the_same() -> None:
    assert shown(10**5000) == "of too many digits to show"
