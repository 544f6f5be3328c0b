"""
Keep what is generated fresh: the tables in rubrics/README.md, and the record of content versions.

    python .ci/generate.py            write what is stale
    python .ci/generate.py --check    exit with 1 and a diff if anything is stale

Both refuse a change of content whose version was not raised, or that the CHANGELOG does not name.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import unified_diff
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitcheck.decision.content.rubric import STAGES, Rubric, Screen
from fitcheck.decision.cost.terms import worth_spending
from fitcheck.decision.score.rounding import decimal
from fitcheck.documents.cases import CaseFileModel
from fitcheck.documents.reading.finding import KINDS, Kind, find, names
from fitcheck.documents.reading.source import parse
from fitcheck.documents.schemas import schema
from fitcheck.documents.screens import load_screen
from fitcheck.proof.findings import PROBLEMS, REMARKS
from fitcheck.proof.wording import JUDGING, VAGUE

if TYPE_CHECKING:
    from fitcheck.documents.reading.tree import Document

ROOT = Path(__file__).parents[1]
README, VERSIONS, CHANGELOG = "rubrics/README.md", "rubrics/versions.json", "CHANGELOG.md"
NOUNS: Mapping[Kind, str] = {"rubric": "rubric", "screen": "screen", "cost": "cost model", "mapping": "mapping"}
PATTERNS = {"[-_]": "id", "(?:-": "id-with-dashes", "(?:_": "id_with_underscores", "[A-Z]": "three capital letters"}
PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)


class RefusedError(Exception):
    """Content that may not be as it is; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Write or check; return the exit code."""
    try:
        fresh = {README: readme(read(README)), VERSIONS: versions(json.loads(read(VERSIONS) or "{}"), read(CHANGELOG))}
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    stale = {name: text for name, text in fresh.items() if text != read(name)}
    for name, text in stale.items():
        if "--check" in arguments:
            before, after = read(name).splitlines(keepends=True), text.splitlines(keepends=True)
            sys.stdout.writelines(unified_diff(before, after, name, f"{name}, generated"))
        else:
            (ROOT / name).write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    if stale and "--check" in arguments:
        print("stale: run python .ci/generate.py", file=sys.stderr)
        return 1
    return 0


def read(name: str) -> str:
    """Return a file of the repository; nothing if there is none."""
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def readme(text: str) -> str:
    """Return a README with every part between its marks made anew."""
    makers = {"stages": stage_tables, "gates": gate_tables, "lint": lint_tables, "format": format_tables}
    return PARTS.sub(lambda part: "\n".join([part[1], *makers[part[2]](), "", part[3]]), text)


def row(*cells: str) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"


def head(*cells: str) -> Iterator[str]:
    """Yield the first two lines of a table."""
    yield row(*cells)
    yield row(*("---" for _ in cells))


def screens() -> list[Screen]:
    """Return the built-in screens."""
    return [load_screen(name) for name in names("screen")]


def stage_tables() -> Iterator[str]:
    """Yield weights, thresholds and floors by stage, for each screen."""
    for number, screen in enumerate(screens()):
        yield from ([""] if number else [])
        default = f"`{screen.default_stage}` by default"
        yield f"**{screen.title}**, screen `{screen.id}` {screen.version}, {default}:"
        yield ""
        rules = {stage: screen.stages[stage] for stage in STAGES if stage in screen.stages}
        yield from head("", *rules)
        for rubric in screen.rubrics:
            shares = [each.weights[rubric.id] / sum(each.weights.values()) * 100 for each in rules.values()]
            yield row(f"weight of `{rubric.id}`", *(f"{decimal(share, 0)} %" for share in shares))
        yield row("**score needed to pursue**", *(f"**{number_text(each.threshold)}**" for each in rules.values()))
        for floor in dict.fromkeys((f.rubric, f.side) for each in rules.values() for f in each.floors):
            held = [[f.percent for f in each.floors if (f.rubric, f.side) == floor] for each in rules.values()]
            side = f", {floor[1]}" if floor[1] else ""
            yield row(f"floor of `{floor[0]}`{side}", *(f"{number_text(p[0])} %" if p else "" for p in held))
        if screen.money_gate:
            gate = screen.money_gate
            most = f"at most {decimal(worth_spending(gate.win_rate, gate.lost_share) * 100, 0)} %"
            yield row("cost limit, of the margin", *(most if stage in gate.stages else "" for stage in rules))


def gate_tables() -> Iterator[str]:
    """Yield the deal-breakers, with their stages and reasons."""
    yield from head("answer", *STAGES, "why nothing else makes up for it")
    seen = {rubric.id: rubric for screen in screens() for rubric in screen.rubrics}
    for rubric in seen.values():
        yield from gates_of(rubric)


def gates_of(rubric: Rubric) -> Iterator[str]:
    """Yield the rows of one rubric."""
    for question in rubric.questions:
        for option in question.options:
            if option.gate:
                marks = ["✗" if stage in option.gate else "" for stage in STAGES]
                yield row(f"{option.says} (`{question.id}`, `{option.id}`)", *marks, option.gate_because)


def lint_tables() -> Iterator[str]:
    """Yield what `rubric check` finds, and its lists of words."""
    for title, codes in (("problem", PROBLEMS), ("remark", REMARKS)):
        yield from head(title, "what it means")
        yield from (row(f"`{code}`", text) for code, text in codes.items())
        yield ""
    yield f"Words of opinion: {', '.join(sorted(JUDGING))}."
    yield ""
    yield f"Words that leave open how much: {', '.join(sorted(VAGUE))}."


def format_tables() -> Iterator[str]:
    """Yield every key of every file that belongs to content."""
    kinds = {
        "rubric": "A rubric",
        "screen": "A screen",
        "cost": "A cost model",
        "cases": "Worked cases",
        "mapping": "A mapping of columns",
    }
    for number, (kind, title) in enumerate(kinds.items()):
        whole = CaseFileModel.model_json_schema() if kind == "cases" else schema(kind)
        yield from ([""] if number else [])
        yield f"### {title}"
        for path, part in mappings(whole, "", whole):
            yield from ("", f"{part['description']}" + (f" Under `{path}`:" if path else ""), "")
            yield from head("key", "value", "meaning")
            for key, field in part["properties"].items():
                needed = key in part.get("required", ())
                if_left_out = field.get("default")
                default = f", {str(if_left_out).lower()} if left out" if if_left_out not in (None, {}) else ""
                named = whole["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
                meaning = field.get("description") or named.get("description", "")
                yield row(f"**`{key}`**" if needed else f"`{key}`", kind_of(field, whole) + default, meaning)


def mappings(whole: Mapping[str, Any], path: str, part: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the path and the schema of every mapping with fixed keys, outer ones first."""
    yield path, part
    for key, field in part["properties"].items():
        for below, inner in inside(whole, field, f"{path}.{key}" if path else key):
            yield from mappings(whole, below, inner)


def inside(whole: Mapping[str, Any], field: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the mappings with fixed keys that a field leads to."""
    if "$ref" in field:
        yield path, whole["$defs"][field["$ref"].rpartition("/")[2]]
    for several in (*field.get("oneOf", ()), *field.get("anyOf", ())):
        yield from inside(whole, several, path)
    for values in (*field.get("patternProperties", {}).values(), field.get("additionalProperties")):
        if isinstance(values, dict):
            yield from inside(whole, values, f"{path}.*")
    if "items" in field:
        yield from inside(whole, field["items"], f"{path}[]")


def kind_of(field: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Return in words what may be written."""
    if several := field.get("oneOf") or field.get("anyOf"):
        return " or ".join(dict.fromkeys(kind_of(each, whole) for each in several if each.get("type") != "null"))
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    kind, pattern = field.get("type", "mapping"), str(field.get("pattern", ""))
    match kind[0] if isinstance(kind, list) else kind:
        case "array":
            words = f"list: {kind_of(field['items'], whole)}"
        case "object":
            values = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
            words = f"mapping by id: {next(kind_of(each, whole) for each in values if isinstance(each, dict))}"
        case "number" | "integer":
            words = number_kind(field)
        case "boolean":
            words = "`true`, `false`"
        case "string":
            words = next((words for mark, words in PATTERNS.items() if mark in pattern), "text")
        case _:
            words = "mapping"
    return words


def number_kind(field: Mapping[str, Any]) -> str:
    """Return in words which numbers may be written."""
    what = "whole number" if "integer" in field["type"] else "number"
    if "maximum" in field:
        return f"{what}, {field['minimum']} to {field['maximum']}"
    if "exclusiveMinimum" in field:
        return f"{what} above {field['exclusiveMinimum']}"
    return f"{what}, {field['minimum']} or more" if "minimum" in field else what


def number_text(value: Fraction) -> str:
    """Return a number without needless zeros."""
    return f"{float(value):g}"


def versions(recorded: Mapping[str, Mapping[str, Any]], changelog: str) -> str:
    """
    Return the record of content versions, with what is new.

    A version is frozen once it is released, which is when the CHANGELOG's first heading no longer says so.

    Args:
        recorded: by kind and id, then version: digest of the content, and whether it is released.
        changelog: its text.

    Raises:
        RefusedError: a released version has other content, or the CHANGELOG does not name a version.
    """
    newest = re.split(r"^## ", changelog, flags=re.MULTILINE)[1]
    unreleased = "unreleased" in newest.partition("\n")[0].lower()
    is_first = not any(entry["released"] for entries in recorded.values() for entry in entries.values())
    record = {name: dict(entries) for name, entries in recorded.items()}
    refused = []
    for name, version, digest in contents():
        entries = record.setdefault(name, {})
        known = entries.get(str(version))
        if known and known["released"] and known["digest"] != digest:
            refused.append(f"{name} {version} was released with other content: raise its version")
        if any(int(other) > version for other in entries):
            refused.append(f"{name} {version} was {max(map(int, entries))} before: a version never falls")
        is_new = not (known and known["released"])
        if is_new and not is_first and f"{name} {version}" not in newest.replace("`", ""):
            refused.append(f"{CHANGELOG} does not name {name} {version} among what is new")
        if is_new:
            entries[str(version)] = {"digest": digest, "released": not unreleased}
    if refused:
        raise RefusedError("\n".join(refused))
    return json.dumps(dict(sorted(record.items())), indent=2) + "\n"


def contents() -> Iterator[tuple[str, int, str]]:
    """Yield name, version and digest of everything built in; comments and layout don't count."""
    found: dict[tuple[Kind, str], Document] = {}
    for kind in KINDS:
        for name in names(kind):
            source = find(kind, name)
            found[kind, name] = parse(source.read(), source.file)
    for (kind, name), document in found.items():
        parts: list[tuple[Kind, str]] = []
        if kind == "screen":  # a screen's verdicts move with those of its parts
            parts = [("rubric", part) for part in document.at("rubrics")]
            parts += [("cost", document.at("cost"))] if document.at("cost") else []
        content = [document.data, [[*part, found[part].at("version")] for part in parts]]
        text = json.dumps(content, ensure_ascii=False, default=exact)
        yield f"{NOUNS[kind]} {name}", int(document.at("version")), sha256(text.encode()).hexdigest()


def exact(number: Decimal) -> int | str:
    """Return a number so that 1 and 1.0 look alike."""
    value = Fraction(number)
    return int(value) if value.denominator == 1 else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
