"""Small tables with columns of their own: numbers, yes and no, text; through the same gate."""

import pandas as pd
import pytest

from turnout.errors import DataError
from turnout.reading.own_table import read_own_table


def test_columns_become_what_their_cells_are(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "area;area_id;cost;reachable;note\n\nKasang;0123;4.000.000;tidak;x\nMurni;7;;ya;\n"
    )
    table = read_own_table(path, ("area_id",))
    expected = pd.DataFrame(
        {
            "area": ["Kasang", "Murni"],
            "area_id": ["0123", "7"],
            "cost": [4_000_000, None],
            "reachable": pd.array([False, True], dtype="boolean"),
            "note": pd.Series(["x", None], dtype="object"),
        }
    ).astype({"area": "object", "area_id": "object", "note": "object"})
    pd.testing.assert_frame_equal(table, expected)
    table.to_parquet(tmp_path / "b.parquet")
    pd.testing.assert_frame_equal(read_own_table(tmp_path / "b.parquet", ("area_id",)), expected)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("area,NIK\nA,1\n", "column NIK: personal data"),
        ("area,x\nA,0812-3456-7890\n", "number of a person"),
        ("", "is empty"),
        ("%PDF-1.4", "is a PDF"),
    ],
)
def test_what_is_refused(content, said, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(DataError, match=said):
        read_own_table(path, ())
    with pytest.raises(DataError, match="cannot be opened"):
        read_own_table(tmp_path / "b.csv", ())
