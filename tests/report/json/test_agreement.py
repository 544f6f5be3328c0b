"""The document of how far scorers agree."""

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator
from panels import PANELS

from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.agreement import AgreementDocument


@pytest.mark.parametrize("name", PANELS)
def test_the_document_as_it_is_published_fits_its_schema(name: str, golden: Callable[[str, str], None]) -> None:
    text = AgreementDocument.json_text(PANELS[name]())
    golden(f"agreement/{name}.json", text)
    schema = schema_of(AgreementDocument, "agreement")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(text))
