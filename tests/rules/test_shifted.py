"""Voters that were entered a row too low or too high."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.results import load_counted, load_results

SIZES = [900 + (577 * n) % 2411 for n in range(40)]


def villages(first: int = 0, last: int = 0, step: int = 1, *, low: bool = False) -> pd.DataFrame:
    """Return results in which villages from first to last have the voters of those beside them."""
    voters = pd.Series([round((0.66 + 0.003 * (n % 9)) * size) for n, size in enumerate(SIZES)])
    if low:  # a kecamatan votes otherwise
        voters[10:20] = (voters[10:20] * 0.6).round().astype(int)
    shifted = voters.copy()
    shifted[first:last] = voters.shift(step)[first:last].astype(int)
    rows = {
        "kecamatan": [f"Kec {n // 10}" for n in range(40)],
        "kelurahan": [f"Desa {chr(65 + n % 10)}{n // 10:02}tan" for n in range(40)],
        "dpt": SIZES,
        "pengguna hak pilih": shifted,
    }
    return pd.DataFrame(rows).assign(tanggal="2020-12-09", jenis="pilkada")


@pytest.mark.parametrize(
    ("step", "side", "severity"),
    [(1, "above", "error"), (-1, "below", "warning")],  # some, or none, are above 150%
)
def test_voters_of_the_row_beside_are_told_once(
    tmp_path, step: int, side: str, severity: str
) -> None:
    path = tmp_path / "hasil.csv"
    villages(12, 24, step).to_csv(path, index=False)
    found = load_results(path)
    [one] = found.findings
    assert (one.rule, one.severity) == ("voters_shifted", severity)
    assert f"rows 14 to 25 (pilkada 2020) each have the voters of the row {side}" in one.say("en")
    assert len(one.rows) == 12
    assert len(found.rejected) == 40 - len(found.table) == (12 if severity == "error" else 0)
    assert load_results(villages()).findings == ()
    assert "voters_shifted" not in {each.rule for each in load_results(villages(low=True)).findings}


def test_a_count_is_looked_at_too_and_two_rows_are_no_block() -> None:
    def rules(rows: pd.DataFrame) -> set[str]:
        count = rows.drop(columns=["tanggal", "jenis"])
        found = load_counted(count, election=Election("2024-11-27", "pilkada"))
        return {one.rule for one in found.findings}

    assert rules(villages(12, 24)) == {"voters_shifted"}
    assert "voters_shifted" not in rules(villages(12, 14))
