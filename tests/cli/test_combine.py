"""Runs that add up, from the command line."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.forecast import Forecast

from .conftest import Run

ASKED = ("--date", "2024-11-27", "--type", "pilkada", "--draws", "200", "--seed", "3")


def write_results(folder: Path) -> None:
    """Write three contests of two provinces: all in one file, and each province's alone."""
    rng = np.random.default_rng(1)
    places = [
        {"province": province, "city": city, "area": area}
        for province, cities in (("Jambi", "AB"), ("Riau", "CD"))
        for city in cities
        for area in ("Murni", "Legok")
    ]
    names = pd.DataFrame(places).assign(registered=2000)
    days = {"2015-12-09": "pilkada", "2019-04-17": "pemilu", "2020-12-09": "pilkada"}
    table = pd.concat(
        [
            names.assign(
                date=date,
                election_type=kind,
                voters=(2000 * rng.uniform(0.6, 0.8, len(names))).round().astype(int),
            )
            for date, kind in days.items()
        ]
    )
    table.to_csv(folder / "all.csv", index=False)
    for province, rows in table.groupby("province"):
        rows.to_csv(folder / f"{province}.csv", index=False)


def test_provinces_run_apart_and_combined_are_the_single_run(
    undrawn: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_results(tmp_path)
    assert undrawn("run", "all.csv", *ASKED, "--goal", "70%", "--out", "single") == 0
    assert undrawn("shared", "all.csv", *ASKED) == 0
    part = (*ASKED, "--shared-draws", "shared-draws.npz")
    for name in ("Jambi", "Riau"):
        assert undrawn("run", f"{name}.csv", *part, "--out", name) == 0
    whole = ("combine", "Riau", "Jambi", "--goal", "70%", "--out", "whole")
    assert undrawn(*whole) == 0
    # Again, in its own place; which file it is may be said.
    assert undrawn(*whole, "--shared-draws", "shared-draws.npz") == 0
    single, combined = (Forecast.load(tmp_path / one / "draws") for one in ("single", "whole"))
    np.testing.assert_array_equal(combined.draws, single.draws)
    for name in ("forecast.csv", "goal.json"):
        told = [(tmp_path / one / name).read_text("utf-8") for one in ("single", "whole")]
        assert told[0] == told[1]
    record = json.loads((tmp_path / "whole" / "run.json").read_text("utf-8"))
    assert [one["folder"] for one in record["combined"]] == ["Riau", "Jambi"]
    assert (record["command"], record["seed"], record["draws"]) == ("combine", 3, 200)
    # Of very many places a part keeps its draws all the same, and the whole does not.
    monkeypatch.setattr("turnout.cli.writing._MOST_KEPT", 0)
    assert undrawn("run", "Riau.csv", *part, "--out", "Riau") == 0
    assert undrawn(*whole[:-1], "large") == 0
    kept = [(tmp_path / folder / "draws.npz").is_file() for folder in ("Riau", "large")]
    assert kept == [True, False]
    capsys.readouterr()
    for arguments, word in [
        (("run", "Riau.csv", *part[:-3], "4", *part[-2:]), "--seed 3"),
        (("run", "Riau.csv", *part, "--like", "2020"), "--like"),
        (("run", "all.csv", *part), "exactly one place"),
        (("combine", "Riau", "--shared-draws", "shared-draws.npz"), "missing: Jambi"),
        (("combine", "Riau"), "missing: Jambi"),
        (("combine", "Riau", "Jambi", "Riau"), "Riau is there twice"),
        (("combine", "Riau", "single"), "made without shared draws: single"),
        (("combine", "Riau", "single", "--shared-draws", "shared-draws.npz"), "not made with"),
    ]:
        assert undrawn(*arguments, "--out", "refused") == 2
        assert word in " ".join(capsys.readouterr().err.split())
        assert not (tmp_path / "refused").exists()


@pytest.mark.slow
def test_runs_of_different_files_are_told_apart(
    undrawn: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another seed, with which Riau is run; then the file of the others is elsewhere."""
    write_results(tmp_path)
    for name, seed in (("Jambi", "3"), ("Riau", "4")):
        asked, file = (*ASKED[:-1], seed), f"shared-{seed}.npz"
        assert undrawn("shared", "all.csv", *asked, "--out", file) == 0
        assert undrawn("run", f"{name}.csv", *asked, "--shared-draws", file, "--out", name) == 0
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "shared-3.npz").rename(tmp_path / "elsewhere" / "shared-3.npz")
    for arguments, words in [
        (("Jambi", "Riau"), ["another file of shared draws than Jambi: Riau"]),
        (("Jambi", "Riau", "--shared-draws", "elsewhere/shared-3.npz"), ["not made with", "Riau"]),
        (("Jambi",), ["made with shared-3.npz", "Say where it is with --shared-draws"]),
        (("Jambi", "--shared-draws", "elsewhere/shared-3.npz"), ["1 part is missing: Riau"]),
    ]:
        capsys.readouterr()
        assert undrawn("combine", *arguments, "--out", "refused") == 2
        said = " ".join(capsys.readouterr().err.split())
        assert all(word in said for word in words), said
        assert not (tmp_path / "refused").exists()
