"""What became of a table → the published JSON document of `--summary`."""

from collections.abc import Mapping, Sequence
from typing import Any

from fitcheck.batch.run import Result
from fitcheck.batch.tally import Faults, Group, Lines
from fitcheck.decision.rounding import half_up

SCHEMA = "fitcheck.batch/1"


def batch_document(result: Result) -> dict[str, Any]:
    """
    Copy a result into the published document.

    The counts hold together: `rows.read` is `rows.scored` + `rows.rejected`, and what is no data is in `left_out`.
    The document holds nothing that differs between two runs over the same table.
    """
    job, opened, tally = result.job, result.opened, result.tally
    dialect = opened.delimited.dialect if opened.delimited else None
    matching = opened.matching
    return {
        "schema": SCHEMA,
        "table": {
            "file": opened.file,
            "format": opened.format,
            "encoding": dialect.encoding if dialect else None,
            "delimiter": dialect.delimiter if dialect else None,
            "header_line": opened.header_line or None,
            "decimal": opened.mark,
            "remarks": list(opened.remarks),
        },
        "screen": {"id": job.screen.id, "version": job.screen.version, "digest": job.screen.digest},
        "stage": job.stage,
        "columns": {
            "questions": {question: match.header for question, match in matching.questions.items()},
            "fields": {field: match.header for field, match in matching.fields.items()},
            "carried": [match.header for match in matching.carried],
            "hints": {match.header: match.hint for match in matching.matches if match.hint},
            "without_column": list(matching.unanswered),
            "written": list(result.wrote),
        },
        "rows": {"read": tally.read, "scored": tally.scored, "rejected": tally.rejected},
        "left_out": {
            "above_header": list(opened.before),
            "blank_lines": tally.blank,
            **{kind.replace(" ", "_"): _lines(lines) for kind, lines in tally.left.items()},
        },
        "verdicts": [
            {
                "verdict": verdict,
                "settled": settled,
                **_group(tally.groups.get((verdict, settled), Group())),
            }
            for verdict in ("pursue", "not now")
            for settled in (True, False)
        ],
        "too_little_known": tally.too_little,
        "currency": result.currency,
        "not_valued": dict(sorted(tally.unpriced.items())),
        "missing": {
            question.id: tally.missing[j] for j, question in enumerate(job.screen.questions) if tally.missing.get(j)
        },
        "rejected": _faults(tally.faults),
        "taken_as_unknown": _faults(tally.unread),
        "most_margin_for_an_hour": [
            {
                "line": top.line,
                "id": top.label[0] or None,
                "name": top.label[1] or None,
                "owner": top.label[2] or None,
                "margin": half_up(top.margin),
                "hours": half_up(top.hours * 10) / 10,
                "margin_per_hour": half_up(top.rate * 100) / 100,
            }
            for top in tally.top
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"rows": group.rows, "with_value": group.valued, "value": half_up(group.value)}


def _lines(lines: Lines) -> dict[str, Any]:
    return {"count": lines.count, "first_lines": lines.first}


def _faults(faults: Mapping[tuple[str, str], Faults]) -> Sequence[dict[str, Any]]:
    return [
        {"code": code, "column": column or None, **_lines(found), "message": found.message, "hint": found.hint}
        for (code, column), found in sorted(faults.items())
    ]
