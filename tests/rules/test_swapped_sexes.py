"""Men and women in each other's columns, in a whole election."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results

PLACES = 24


def elections(days: Iterable[str], *, spread: float = 0.08) -> pd.DataFrame:
    """Return elections of kelurahan that have each their own ratio of men to women."""
    rng = np.random.default_rng(7)
    men = 0.5 + rng.normal(0, spread / 4, PLACES)
    parts = []
    for day in days:
        registered = rng.integers(900, 4000, PLACES)
        of_men = (registered * (men + rng.normal(0, 0.003, PLACES))).round().astype(int)
        voting_men = (of_men * rng.normal(0.70, 0.012, PLACES)).round().astype(int)
        voting_women = ((registered - of_men) * rng.normal(0.74, 0.012, PLACES)).round().astype(int)
        parts.append(
            pd.DataFrame(
                {
                    "tanggal": day,
                    "jenis": "pilkada",
                    "kecamatan": np.repeat(["Hulu", "Hilir"], PLACES // 2),
                    "kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(PLACES)],
                    "dpt": registered,
                    "dpt_l": of_men,
                    "dpt_p": registered - of_men,
                    "pengguna hak pilih": voting_men + voting_women,
                    "pengguna hak pilih l": voting_men,
                    "pengguna hak pilih p": voting_women,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def swapped(table: pd.DataFrame, day: str, *counts: str) -> pd.DataFrame:
    rows = table["tanggal"] == day
    for name in counts:
        pair = [f"{name}_l", f"{name}_p"] if name == "dpt" else [f"{name} l", f"{name} p"]
        table.loc[rows, pair] = table.loc[rows, pair[::-1]].to_numpy().copy()
    return table


def told(table: pd.DataFrame) -> list[tuple[str, str]]:
    found = [one for one in load_results(table).findings if one.rule == "swapped_sexes"]
    return sorted((str(one.values["contest"])[:4], one.spot.column) for one in found)


DAYS = ("2015-12-09", "2018-06-27", "2020-12-09")
VOTERS = "pengguna hak pilih"


@pytest.mark.parametrize(
    ("days", "day", "counts", "expected"),
    [
        (DAYS, "2018-06-27", [VOTERS], [("2018", f"{VOTERS} l")]),
        (DAYS, "2015-12-09", ["dpt"], [("2015", "dpt_l")]),
        (DAYS, "2020-12-09", ["dpt", VOTERS], [("2020", "dpt_l"), ("2020", f"{VOTERS} l")]),
        (DAYS[:1], "2015-12-09", [VOTERS], [("2015", f"{VOTERS} l")]),
        (DAYS, "2018-06-27", [], []),
    ],
)
def test_swapped_columns_of_men_and_women_are_told(
    days: tuple[str, ...], day: str, counts: list[str], expected: list[tuple[str, str]]
) -> None:
    assert told(swapped(elections(days), day, *counts)) == expected


def test_places_that_are_all_alike_tell_nothing() -> None:
    assert told(swapped(elections(DAYS, spread=0.0), "2018-06-27", VOTERS)) == []
