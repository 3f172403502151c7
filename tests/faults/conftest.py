"""The folders of tests/batch."""

from tests.batch.conftest import inbox, ingest, out

__all__ = ["inbox", "ingest", "out"]
