"""Arrow columns hold what the rows hold, and writing tables loads no pandas."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.columns import column
from pipeline.store.schema import ColumnType

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES: dict[ColumnType, tuple[st.SearchStrategy[Any], pa.DataType]] = {
    "text": (TEXT, pa.string()),
    "integer": (st.integers(-(2**63), 2**63 - 1), pa.int64()),
    "real": (st.floats(allow_nan=False), pa.float64()),
    "boolean": (st.booleans(), pa.bool_()),
    "list": (st.lists(TEXT, max_size=4), pa.list_(pa.string())),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_column_holds_its_values(kind: ColumnType, data: st.DataObject) -> None:
    strategy, arrow = VALUES[kind]
    values = data.draw(st.lists(st.none() | strategy, max_size=20))
    made = column(values, kind)
    made.validate(full=True)
    assert made.type == arrow
    assert made.to_pylist() == values
    assert made.equals(pa.array(values, type=arrow))


def test_writing_tables_loads_no_pandas(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from pipeline import store
from pipeline.store.parquet import write_tables
connection = store.connect(Path({str(tmp_path)!r}))
store.insert(connection, "dispatches", [{{"dispatch_id": "0" * 16, "source_path": "a", "sha256": "0", "text": "x"}}])
write_tables(connection, Path({str(tmp_path)!r}) / "tables")
sys.exit("pandas" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
