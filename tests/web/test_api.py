"""The API against its own description: whatever is sent, no answer is a failure of ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from pipeline.web.app import create_app

from .conftest import NOW


@pytest.mark.slow
def test_no_request_breaks_the_server(out: Path) -> None:
    app = create_app(out, actor="Lan", now=lambda: NOW)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        found = re.search(r'name="csrf" content="([^"]+)"', client.get("/records").text)
        assert found
        schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
        operations = [result.ok() for result in schema.get_all_operations()]
        for operation in operations:
            if not operation.path.endswith("/stream"):
                _try(operation, client, found[1], GenerationMode.POSITIVE)
                _try(operation, client, found[1], GenerationMode.NEGATIVE)
        assert len(operations) >= 25


def _try(operation: schemathesis.APIOperation, client: TestClient, token: str, mode: GenerationMode) -> None:
    """Send what the description allows, or what it forbids: either is answered, and described where it is allowed."""

    @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case) -> None:
        headers = {"X-CSRF-Token": token, "Content-Type": "application/json"}
        answer = client.request(
            case.method, case.formatted_path, params=case.query or None, headers=headers, content=_content(case.body)
        )
        assert answer.status_code < 500, (case.method, case.formatted_path, case.body, answer.text)
        if mode is GenerationMode.POSITIVE:
            assert str(answer.status_code) in operation.definition.raw["responses"]

    try:
        send()
    except Unsatisfiable:  # an operation without a body or parameters forbids nothing
        assert mode is GenerationMode.NEGATIVE


def _content(body: object) -> bytes | None:
    """Return a generated body as it is sent: JSON, or bytes as they are."""
    if isinstance(body, NotSet):
        return None
    return body if isinstance(body, bytes) else json.dumps(body).encode()
