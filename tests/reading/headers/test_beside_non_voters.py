"""Those who did not vote beside the voters: both are the registered."""

from __future__ import annotations

import pandas as pd

from turnout.reading.results import load_results

N = 12
REGISTERED = pd.Series([1_000 + 137 * at for at in range(N)])
VOTERS = (REGISTERED * 0.71).round().astype(int)


def _rules(voters: pd.Series, others: pd.Series, registered: pd.Series = REGISTERED) -> list[str]:
    table = pd.DataFrame(
        {
            "Tanggal": "2020-12-09",
            "Jenis": "pilbup",
            "Desa": [f"Desa{chr(65 + at)}" for at in range(N)],
            "DPT": registered,
            "Pengguna Hak Pilih": voters,
            "Tidak Memilih": others,
        }
    )
    return [one.rule for one in load_results(table).findings]


def test_a_row_that_does_not_add_up_is_told() -> None:
    others = REGISTERED - VOTERS
    assert _rules(VOTERS, others) == []
    assert _rules(VOTERS, others, REGISTERED.where(REGISTERED.index != 4, REGISTERED + 300)) == [
        "voters_and_non_voters"
    ]


def test_others_that_are_of_something_else_are_not() -> None:
    assert _rules(VOTERS, REGISTERED - VOTERS + 7) == []


def test_fewer_voters_than_others_everywhere_are_asked_about() -> None:
    assert _rules(REGISTERED - VOTERS, VOTERS) == ["exchanged_with_non_voters"]
    some = VOTERS.where(VOTERS.index > 3, REGISTERED - VOTERS)
    assert "exchanged_with_non_voters" not in _rules(some, REGISTERED - some)
