"""Valid ballots in the column of voters, and one sex in those of all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.reading.results import load_counted, load_results

N = 12
VOTED = np.arange(700, 700 + 50 * N, 50)
INVALID = VOTED // 40
_VALID, _NOT_VALID = "suara_sah", "suara_tidak_sah"


def table_of(voters: np.ndarray, *columns: str, rows: int = N) -> pd.DataFrame:
    """Return one contest of some places with ballots in the columns that are named."""
    ballots = {_VALID: VOTED - INVALID, _NOT_VALID: INVALID}
    told = {"kecamatan": "Utara", "desa": [f"Desa {place:02d}" for place in range(N)]}
    told |= {"tanggal": "2020-12-09", "jenis": "pilkada", "dpt": VOTED * 2, "hadir": voters}
    return pd.DataFrame({**told, **{name: ballots[name] for name in columns}})[:rows]


BOTH = (_VALID, _NOT_VALID)
CASES = [
    (table_of(VOTED - INVALID, *BOTH), ["valid_for_voters"]),
    (table_of(np.where(np.arange(N) == 5, VOTED, VOTED - INVALID), *BOTH), ["valid_for_voters"]),
    (table_of(VOTED - INVALID, _VALID), ["none_invalid"]),
    (table_of(VOTED - INVALID, *BOTH, rows=2), ["valid_and_invalid"] * 2),
    (table_of(VOTED - INVALID, _VALID, rows=5), []),
    (table_of(VOTED, *BOTH), []),
    (table_of(VOTED, _VALID), []),
    (table_of(VOTED - INVALID, _NOT_VALID), []),
    (table_of(VOTED - INVALID, *BOTH).assign(suara_tidak_sah=0), []),
]


@pytest.mark.parametrize(("table", "rules"), CASES)
def test_valid_ballots_for_voters_are_told_once(table: pd.DataFrame, rules: list) -> None:
    found = load_results(table).findings
    assert [one.rule for one in found] == rules
    count = table.drop(columns=["tanggal", "jenis"])
    found = load_counted(count, election=Election("2024-11-27", "pilkada")).findings
    assert [one.rule for one in found] == rules


def test_what_is_told_of_valid_ballots_is_how_far_turnout_is_off() -> None:
    [found] = load_results(CASES[0][0]).findings
    assert "12 dari 12 baris Pilkada 2020" in found.say("id")
    lost = INVALID.sum() / (2 * VOTED.sum())
    told = [found.values[name] for name in ("turnout", "rest")]
    np.testing.assert_allclose(told, [0.5 - lost, 0.5])


@pytest.mark.parametrize(
    ("voters", "by_sex", "rules"),
    [
        (VOTED // 2 + 9, (VOTED // 2 + 9, VOTED // 2), ["one_sex_for_all"]),
        (VOTED // 2, (VOTED // 2 + 9, VOTED // 2), ["one_sex_for_all"]),
        (VOTED // 2 * 2 + 9, (VOTED // 2 + 9, VOTED // 2), []),
        (VOTED // 2 + 9, (VOTED // 2 + 9, 0 * VOTED), []),  # women vote elsewhere
    ],
)
def test_voters_of_one_sex_for_all_are_told_once(
    voters: np.ndarray, by_sex: tuple[np.ndarray, np.ndarray], rules: list[str]
) -> None:
    men, women = by_sex
    found = load_results(table_of(voters).assign(hadir_l=men, hadir_p=women)).findings
    assert [one.rule for one in found] == rules
    for one in found:
        assert round(one.values["rest"], 2) == round((men + women).sum() / (2 * VOTED).sum(), 2)
