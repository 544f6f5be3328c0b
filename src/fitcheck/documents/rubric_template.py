"""A rubric file to start from: valid, with a comment on every key."""

from fitcheck.documents.reading.fields import is_kebab
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError

_TEXT = """\
# A rubric is one dimension of fit: questions with options that somebody saw or heard.
# fitcheck rubric check {file} finds mistakes, fitcheck rubric show {file} prints it as prose.
rubric: {name}
version: 1                      # raise it whenever a verdict may change
title: {title}
about: Do they keep the small promises that a first project is made of?
source: "Our own first projects; put your source here"
# sides: {{theirs: "They trust us", ours: "We trust them"}}   # only for a two-way rubric

questions:
  promises_to_us:               # lower-case letters and _, unique across a screen
    ask: What had they promised us for this week, and how much of it came?
    ask_customer: What did we agree for this week, and what is still in your way?    # for the customer to read
    why: Small promises are kept, or not, long before the large ones.
    rule: Take the last option that applies. What they promise for later does not count.    # shown under the question
    weight: 3                   # relative to the other questions of this rubric
    reason: keeps-promises      # reports add up reasons with the same code
    # side: ours                # theirs or ours, in a two-way rubric only
    options:                    # three to five, best first; each is something that was done or said
      all_on_the_day:
        says: "Everything came on the date they had named"
        points: 1               # share of the question's points, 0 to 1
        because: "they kept every promise on time"         # a short reason for the report, in lower case
      late_with_notice:
        says: "Part of it came later, and they told us in time"
        points: 0.7
        because: "they told us in time what would come later"
      late_without_notice:
        says: "Part of it came later, and we had to ask for it"
        points: {{concept: 0.1, prototype: 0.2, pilot: 0.3, growth: 0.4, mature: 0.4}}   # or one number for each stage
        because: "we had to ask for what they had promised"
      denied:
        says: "They said they had promised nothing"
        points: 0
        because: "they denied what they had promised"
        gate: [concept, prototype, pilot]      # stages at which this answer is a deal-breaker; or all
        gate_because: "a first project lives on small promises, and nothing replaces them"
    change:                     # how the answer can get better
      by: us                    # them, us, time or nobody
      effort: 1
      weeks: 2
      advice: "After each call write down who does what by when, ours first, and send it within the hour."

  last_trial:
    ask: How did their last trial end, with us or anybody else?
    ask_customer: How did the last trial you took part in end?
    why: How they ended their last trial is most likely how they will end the next.
    source: "Three of our last ten trials"     # if not the rubric's
    weight: 2
    reason: ends-trials
    not_applicable: "Only if they have never tried anything before buying it"    # without this line n/a is not allowed
    ask_cost: 2                 # effort of asking; 1 for the others
    options:
      decided_on_the_day:
        says: "They decided on the agreed date, for or against"
        points: 1
        because: "they decided on their last trial on time"
      decided_later:
        says: "They decided, after the agreed date"
        points: 0.6
        because: "they decided on their last trial late"
      never_decided:
        says: "It ran out, and nobody decided"
        points: 0
        because: "their last trial ran out without a decision"
    change:
      by: them
      weeks: 4
      advice: "Agree on a date, a person and a deciding result before the trial starts."

# What a customer may read in a letter, by question and answer. Answers without a line stay with you.
letter:
  last_trial:
    never_decided: "Your last trial ended without a decision, and we would need one this time."
"""


def rubric_template(name: str, file: str) -> str:
    """
    Return the text of a rubric to start from.

    Args:
        name: id of the rubric, the same as the file's name.
        file: as the user wrote it, for the comments.

    Raises:
        UsageError: the name is not a valid rubric id.
    """
    if not is_kebab(name):
        message = f"a rubric cannot be called {quoted(name)}"
        raise UsageError(
            Problem("bad-id", message, hint="use lower-case letters, digits and - in the file name, e.g. our-fit.yaml")
        )
    return _TEXT.format(name=name, title=name.replace("-", " ").capitalize(), file=file)
