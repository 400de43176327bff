"""Parquet files and DataFrames: damage, types that no spreadsheet has, indexes, time zones."""

import datetime as dt
import decimal
import io
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", 985, 603],
]


def frame(**columns: object) -> pd.DataFrame:
    """Return the table, some columns written otherwise."""
    return pd.DataFrame(ROWS, columns=HEADER).assign(**columns)


def wide(columns: int) -> pd.DataFrame:
    return pd.DataFrame("x", index=[0, 1], columns=[f"k{n}" for n in range(columns)])


def packed(table: pd.DataFrame | pa.Table) -> bytes:
    target = io.BytesIO()
    if isinstance(table, pa.Table):
        pq.write_table(table, target)
    else:
        table.to_parquet(target)
    return target.getvalue()


def arrow(name: str, column: pa.Array) -> pa.Table:
    table = pa.Table.from_pandas(frame(), preserve_index=False)
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)


JAKARTA = pd.DatetimeIndex(["2024-11-27"] * 2, tz="Asia/Jakarta")
PLAIN = packed(frame())

FRAMES: dict[str, tuple[pd.DataFrame, str]] = {
    "plain": (frame(), "same"),
    "days": (frame(Tanggal=pd.Timestamp("2024-11-27")), "same"),
    "days of Python": (frame(Tanggal=dt.date(2024, 11, 27)), "same"),
    "days with a zone": (frame(Tanggal=JAKARTA), "same"),
    "categories": (frame(Jenis=pd.Categorical(["Pilkada"] * 2)), "same"),
    "categories of days": (frame(Tanggal=pd.Categorical(["27/11/2024"] * 2)), "same"),
    "whole numbers that may be missing": (
        frame(DPT=pd.array([4512, 985], dtype="Int64")), "same"),
    "numbers of Arrow": (frame(DPT=pd.array([4512, 985], dtype="int64[pyarrow]")), "same"),
    "texts of Arrow": (frame(Jenis=pd.array(["Pilkada"] * 2, dtype="string[pyarrow]")), "same"),
    "decimals": (frame(DPT=[decimal.Decimal("4512.00"), decimal.Decimal(985)]), "same"),
    "decimals with parts": (
        frame(DPT=[decimal.Decimal("4512.5"), decimal.Decimal(985)]), "column DPT"),
    "decimals that are no number": (
        frame(DPT=[decimal.Decimal("NaN"), decimal.Decimal("Infinity")]), "|"),
    "figures as text": (frame(DPT=["4.512", "985"]), "same"),
    "bytes of text": (frame(Jenis=[b"Pilkada"] * 2), "same"),
    "bytes": (frame(Foto=[b"\xff\xd8\xff"] * 2), "same: hold lists or tables"),
    "lists": (frame(Caleg=[[1], [2, 3]]), "same: hold lists or tables"),
    "lists where counts are due": (
        frame(DPT=[[4512], [985]]), "Needed columns are missing: registered"),
    "arrays": (frame(Caleg=[np.array([1]), np.array([2])]), "same: hold lists or tables"),
    "tables": (frame(Caleg=[{"a": 1}, {"a": 2}]), "same: hold lists or tables"),
    "infinite": (frame(DPT=[np.inf, 985]), "column DPT"),
    "true and false": (frame(DPT=[True, False]), "|"),
    "objects": (frame(Catatan=[object(), object()]), "|"),
    "complex": (frame(DPT=[4512j, 985j]), "|"),
    "spans of time": (frame(Catatan=pd.to_timedelta([1, 2], unit="D")), "same"),
    "periods": (frame(Catatan=pd.period_range("2024-11", periods=2, freq="M")), "same"),
    "columns of two levels": (
        frame().set_axis(pd.MultiIndex.from_tuples([(h, "") for h in HEADER]), axis=1), "same"),
    "columns twice": (frame().iloc[:, [0, 1, 2, 3, 4, 4, 5]], "several headers"),
    "an index named as a column": (frame().set_index("Tanggal"), "same"),
    "an index of two names": (frame().set_index(["Kecamatan", "Kelurahan"]), "same"),
    "numbers as headers": (
        pd.DataFrame(ROWS, columns=range(6)), "Needed columns are missing"),
    "nothing at all": (pd.DataFrame(), "|"),
    "headers alone": (frame().iloc[:0], "no rows under the headers"),
    "nine hundred columns of one's own": (
        pd.concat([frame(), wide(900)], axis=1), "same"),
    "a thousand columns and six": (
        pd.concat([frame(), wide(1000)], axis=1), "has 1,006 columns"),
}  # fmt: skip


@pytest.mark.always(
    "days with a zone",
    "categories",
    "texts of Arrow",
    "decimals with parts",
    "lists where counts are due",
    "tables",
    "infinite",
    "columns twice",
    "an index of two names",
    "numbers as headers",
    "headers alone",
    "nothing at all",
    "a thousand columns and six",
)
@pytest.mark.parametrize("name", FRAMES)
def test_frames(name, judge, ends):
    table, expected = FRAMES[name]
    if expected == "|":
        ends(table)
    else:
        judge(table, expected)


FILES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "plain": (PLAIN, "same"),
    "cut off": (PLAIN[:-30], "is a damaged Parquet file"),
    "its head alone": (b"PAR1", "is a damaged Parquet file"),
    "head and end alone": (b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1", "is a damaged Parquet file"),
    "noise within": (PLAIN[:200] + b"\x00" * 200 + PLAIN[400:], "|"),
    "texts that are none": (
        packed(arrow("Kelurahan", pa.Array.from_buffers(
            pa.string(), 2, pa.array([b"Talang \xff", b"Murni"]).buffers()))),
        "is a damaged Parquet file",
    ),
    "an index with a name": (packed(frame().set_index("Kelurahan")), "same"),
    "an index without": (packed(frame().set_axis(["x", "y"])), "same"),
    "categories": (packed(frame(Jenis=pd.Categorical(["Pilkada"] * 2))), "same"),
    "days with a zone": (packed(frame(Tanggal=JAKARTA)), "same"),
    "days of Arrow": (packed(arrow("Tanggal", pa.array([dt.date(2024, 11, 27)] * 2))), "same"),
    "decimals": (
        packed(arrow("DPT", pa.array([decimal.Decimal("4512.00"), decimal.Decimal("985.00")]))),
        "same",
    ),
    "lists": (packed(arrow("Caleg", pa.array([[1], [2, 3]]))), "same: hold lists or tables"),
    "tables": (packed(arrow("Caleg", pa.array([{"a": 1}, {"a": 2}]))), "same: hold lists or"),
    "keys and values": (
        packed(arrow("Caleg", pa.array([[("a", 1)], []], type=pa.map_(pa.string(), pa.int64())))),
        "same: hold lists or tables",
    ),
    "bytes of text": (packed(arrow("Jenis", pa.array([b"Pilkada"] * 2))), "same"),
    "one text sixty million times": (
        lambda: packed(pa.table({"a": pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(61_000_000, dtype=np.int8)), ["x"])})),
        "more than can be read",
    ),
    "no rows": (packed(frame().iloc[:0]), "no rows under the headers"),
    "no columns": (packed(pa.table({})), "|"),
}  # fmt: skip


@pytest.mark.always(
    "cut off",
    "its head alone",
    "head and end alone",
    "noise within",
    "an index with a name",
    "decimals",
    "keys and values",
    "one text sixty million times",
    "no rows",
    "no columns",
)
@pytest.mark.parametrize("name", FILES)
def test_parquet(name, tmp_path, judge, ends):
    content, expected = FILES[name]
    path = tmp_path / "hasil.parquet"
    path.write_bytes(content() if callable(content) else content)
    if expected == "|":
        ends(path)
    else:
        judge(path, expected)
