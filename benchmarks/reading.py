"""Time and memory of reading a nation's table of results: CSV and Parquet to a checked table.

    python benchmarks/reading.py --rows 1000000 --kind parquet

The table is that of `benchmarks/scale.py` with places and stations of the sizes that a nation has,
so that few rows are odd; it is written to a temporary folder and read by `read_results`, as a user
does, in a program of its own. Prints seconds (of the clock, and of the processor, which other
programs disturb less), peak memory, and a digest of the table: what is faster has to be the same.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pandas as pd

from scale import _now, _peak, simulate
from turnout import read_results

_ROWS_PER_AREA = 3.2


def write(rows: int, kind: str, folder: Path) -> Path:
    """Write about so many rows of six contests and return the file."""
    table = with_usual_sizes(simulate(max(4, round(rows / _ROWS_PER_AREA)))[0])
    path = folder / f"results.{kind}"
    if kind == "csv":
        table.to_csv(path, index=False)
    else:
        table.to_parquet(path, index=False)
    return path


def with_usual_sizes(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without hamlets, with a station for every 400 registered."""
    registered = table["registered"] + 300
    stations = (registered / 400).round().clip(lower=2)
    counted = (stations * table["stations_counted"] / table["stations_total"]).round()
    return table.assign(
        registered=registered,
        voters=table["voters"] + 210,
        stations_total=stations.where(table["stations_total"].notna()),
        stations_counted=counted,
    )


def read(path: Path) -> None:
    """Read a file and print what it took."""
    before, start = _peak(), _now()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = read_results(path)
    clock, processor = (now - then for now, then in zip(_now(), start, strict=True))
    digest = hashlib.sha256(pd.util.hash_pandas_object(table).to_numpy().tobytes()).hexdigest()
    print(
        f"{path.suffix[1:]}: {len(table):,} rows, clock {clock:.1f} s, "
        f"processor {processor:.1f} s, "
        f"peak memory {_peak():.2f} GB ({before:.2f} GB before), sha256 of the table {digest[:16]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--kind", choices=("csv", "parquet"), nargs="+", default=["csv", "parquet"])
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        read(chosen.read)
        return
    for rows in chosen.rows:
        for kind in chosen.kind:
            with tempfile.TemporaryDirectory() as folder:
                path = write(rows, kind, Path(folder))
                subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)


if __name__ == "__main__":
    main()
