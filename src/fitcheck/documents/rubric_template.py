"""A rubric file to start from: valid as it stands, with a comment on every key."""

from fitcheck.documents.reading.fields import is_kebab
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError

_TEXT = """\
# A rubric is one dimension of fit: questions with options that somebody saw or heard.
# fitcheck rubric check {file} says what is wrong with it, fitcheck rubric show {file} prints it as prose.
rubric: {name}
version: 1                      # one more whenever a verdict may move
title: {title}
about: Do they keep the small promises that a first project is made of?
source: "Our own first projects; say here where yours comes from"
# sides: {{theirs: "They trust us", ours: "We trust them"}}   # only if it counts both ways

questions:
  promises_to_us:               # small letters and _, unique over all rubrics of a screen
    ask: What had they promised us for this week, and what of it has come?
    ask_customer: What did we agree for this week, and what still stands in your way?    # for the customer's eyes
    why: Small promises are kept, or not, long before the large ones.
    rule: Take the last option that holds. What they promise for later does not count.      # shown under the question
    weight: 3                   # beside the other questions of this rubric
    reason: keeps-promises      # reasons with one code are added up when shown
    # side: ours                # theirs or ours, in a two-way rubric only
    options:                    # three to five, best first; each is something that was done or said
      all_on_the_day:
        says: "Everything came on the day that they had named"
        points: 1               # share of the question's points, 0 to 1
        because: "they kept each promise to the day"       # half a sentence for the report, in lower case
      late_with_notice:
        says: "A part came later, and they told us before the day"
        points: 0.7
        because: "they told us beforehand what would come later"
      late_without_notice:
        says: "A part came later, and we had to ask for it"
        points: {{concept: 0.1, prototype: 0.2, pilot: 0.3, growth: 0.4, mature: 0.4}}   # or one number for each stage
        because: "we had to ask for what they had promised"
      denied:
        says: "They said that they had promised nothing"
        points: 0
        because: "they denied what they had promised"
        gate: [concept, prototype, pilot]      # stages at which this answer alone means not now; or all
        gate_because: "a first project lives on small promises; nothing else replaces them"
    change:                     # how the answer becomes better
      by: us                    # them, us, time or nobody
      effort: 1
      weeks: 2
      advice: "Write down after each talk who does what by when, ours first, and send it within the hour."

  last_trial:
    ask: How did the last trial of theirs end, with us or with anybody else?
    ask_customer: How did the last trial that you took part in come to its end?
    why: What they did at the end of the last trial they will most likely do again.
    source: "Three of our last ten trials"     # if not the rubric's
    weight: 2
    reason: ends-trials
    not_applicable: "Only if they have never tried anything before buying it"    # without this line n/a is no answer
    ask_cost: 2                 # effort of asking, beside 1 for the others
    options:
      decided_on_the_day:
        says: "They decided on the day agreed, for or against"
        points: 1
        because: "they decided on their last trial on the day agreed"
      decided_later:
        says: "They decided, after the day agreed"
        points: 0.6
        because: "they decided on their last trial after the day agreed"
      never_decided:
        says: "It ran out, and nobody decided"
        points: 0
        because: "their last trial ran out without a decision"
    change:
      by: them
      weeks: 4
      advice: "A day, a person and a result that decides. Agree on all three before the trial begins."
"""


def rubric_template(name: str, file: str) -> str:
    """
    Return the text of a rubric to start from.

    Args:
        name: id of the rubric, the same as the file's name.
        file: as the user wrote it, for the remarks.

    Raises:
        UsageError: the name can't be the id of a rubric.
    """
    if not is_kebab(name):
        message = f"a rubric cannot be called {quoted(name)}"
        raise UsageError(
            Problem("bad-id", message, hint="use lower-case letters, digits and - in the file name, e.g. our-fit.yaml")
        )
    return _TEXT.format(name=name, title=name.replace("-", " ").capitalize(), file=file)
