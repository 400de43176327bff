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


def test_provinces_run_apart_and_combined_are_the_single_run(undrawn: Run, tmp_path: Path) -> None:
    write_results(tmp_path)
    assert undrawn("run", "all.csv", *ASKED, "--goal", "70%", "--out", "single") == 0
    assert undrawn("shared", "all.csv", *ASKED) == 0
    part = (*ASKED, "--shared-draws", "shared-draws.npz")
    for name in ("Jambi", "Riau"):
        assert undrawn("run", f"{name}.csv", *part, "--out", name) == 0
    whole = ("combine", "Riau", "Jambi", "--shared-draws", "shared-draws.npz", "--goal", "70%")
    assert undrawn(*whole, "--out", "whole") == 0
    single, combined = (Forecast.load(tmp_path / one / "draws") for one in ("single", "whole"))
    np.testing.assert_array_equal(combined.draws, single.draws)
    for name in ("forecast.csv", "goal.json"):
        told = [(tmp_path / one / name).read_text("utf-8") for one in ("single", "whole")]
        assert told[0] == told[1]
    record = json.loads((tmp_path / "whole" / "run.json").read_text("utf-8"))
    assert [one["folder"] for one in record["combined"]] == ["Riau", "Jambi"]
    assert (record["command"], record["seed"], record["draws"]) == ("combine", 3, 200)


@pytest.mark.slow
def test_parts_that_are_not_of_one_whole_are_refused(
    undrawn: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_results(tmp_path)
    assert undrawn("run", "all.csv", *ASKED, "--goal", "70%", "--out", "single") == 0
    assert undrawn("shared", "all.csv", *ASKED) == 0
    part = (*ASKED, "--shared-draws", "shared-draws.npz")
    for name in ("Jambi", "Riau"):
        assert undrawn("run", f"{name}.csv", *part, "--out", name) == 0
    whole = ("combine", "Riau", "Jambi", "--shared-draws", "shared-draws.npz", "--goal", "70%")
    for _ in range(2):  # again, in its own place
        assert undrawn(*whole, "--out", "whole") == 0
    capsys.readouterr()
    for arguments, word in [
        (("run", "Riau.csv", *part[:-3], "4", *part[-2:]), "--seed 3"),
        (("run", "Riau.csv", *part, "--like", "2020"), "--like"),
        (("run", "all.csv", *part), "exactly one place"),
        (("combine", "Riau", "--shared-draws", "shared-draws.npz"), "missing: Jambi"),
        (("combine", "Riau", "single", "--shared-draws", "shared-draws.npz"), "was not made with"),
    ]:
        assert undrawn(*arguments, "--out", "refused") == 2
        assert word in " ".join(capsys.readouterr().err.split())
        assert not (tmp_path / "refused").exists()
