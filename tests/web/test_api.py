"""The API against its own description: whatever is sent, no answer is a failure of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

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
                _try(operation, client, found[1])
        assert len(operations) >= 15


def _try(operation: schemathesis.APIOperation, client: TestClient, token: str) -> None:
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: schemathesis.Case) -> None:
        answer = client.request(
            case.method, case.formatted_path, params=case.query or None,
            json=case.body if isinstance(case.body, dict) else None, headers={"X-CSRF-Token": token},
        )  # fmt: skip
        assert answer.status_code < 500, (case.method, case.formatted_path, case.body, answer.text)

    send()
