"""`forecast replay`: what it writes and says, and how it fails."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

Run = Callable[..., int]

AREAS = {"Kasang": ("Utara", 1000), "Murni": ("Utara", 2000), "Legok": ("Selatan", 3000)}
SHARES = {"2010-06-01": 0.60, "2015-12-09": 0.64, "2020-12-09": 0.62}


@pytest.fixture
def run(undrawn: Run) -> Run:
    """Run the command line in a folder with results; returns the exit code."""
    pd.DataFrame(
        [
            {
                "tanggal": date,
                "jenis": "pilkada",
                "kota": "Kota",
                "kecamatan": district,
                "kelurahan": area,
                "dpt": size,
                "pengguna_hak_pilih": round(size * share),
            }
            for date, share in SHARES.items()
            for area, (district, size) in AREAS.items()
        ]
    ).to_csv("hasil.csv", index=False)
    return undrawn


REPLAY = ("replay", "hasil.csv", "--election", "2020-12-09", "--draws", "200")


def test_replay_writes_a_table_and_figures(run: Run, capsys) -> None:
    orders = ("--order", "smallest", "--order", "cities-last", "--step", "10%", "--step", "0,5")
    assert run(*REPLAY, *orders) == 0
    table = pd.read_csv("replay-out/replay.csv")
    assert table["order"].unique().tolist() == ["smallest", "cities_last"]
    smallest = table[table["order"] == "smallest"]
    own = smallest[smallest["model"] == "HierarchicalModel"]
    assert own["places_counted"].tolist() == [0, 1, 2]
    assert set(smallest["model"]) == {"HierarchicalModel", "uniform swing", "raw count"}
    assert "smallest places first" in capsys.readouterr().out
    figures = sorted(path.name for path in Path("replay-out/figures").iterdir())
    assert figures[0] == "replay_cities_last.png"
    assert len(figures) == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("replay", "hasil.csv"), "--election"),
        (("replay", "hasil.csv", "--election", "1999-01-01"), "1999-01-01"),
        ((*REPLAY, "--step", "150%"), "150%"),
        ((*REPLAY, "--step", "half"), "half"),
        ((*REPLAY, "--order", "by size"), "by size"),
        ((*REPLAY, "--model", "last-of-type"), "count in progress"),
    ],
)
def test_what_cannot_be_replayed_writes_nothing(run: Run, capsys, tmp_path, arguments, words):
    assert run(*arguments) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "replay-out").exists()
