"""``--prior`` and ``--sensitivity``: what is chosen is used and told."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from turnout.cli.notes import sensitivity_notes
from turnout.models.tree.priors import PRIORS

Run = Callable[..., int]

COMING = ("--date", "2024-11-27", "--type", "pilkada", "--draws", "400")


@pytest.fixture
def run(undrawn: Run) -> Run:
    """Run the command line in a folder with a city's totals, without drawing."""
    days = {"2010-06-01": 0.62, "2013-06-29": 0.63, "2015-12-09": 0.69, "2018-06-27": 0.72}
    rows = [
        {
            "tanggal": day,
            "jenis": "pilkada",
            "kota": "Kota",
            "dpt": 9000,
            "hadir": int(9000 * share),
        }
        for day, share in days.items()
    ]
    pd.DataFrame(rows).to_csv("hasil.csv", index=False)
    return undrawn


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def test_the_indonesian_prior_changes_the_forecast_and_is_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    medians = {}
    for prior in PRIORS:
        assert run("run", "hasil.csv", *COMING, "--prior", prior, "--lang", "id") == 0
        assert ("adalah prior Indonesia" in said(capsys)) == (prior == "indonesia")
        assert json.loads(Path("forecast-out/run.json").read_text())["prior"] == prior
        medians[prior] = pd.read_csv("forecast-out/forecast.csv")["median"].iloc[0]
    assert medians["default"] != medians["indonesia"]


@pytest.mark.slow
def test_the_indonesian_prior_is_offered_where_the_elections_are_indonesian(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "hasil.csv", *COMING) == 0
    assert "--prior indonesia" in said(capsys)
    assert run("run", "hasil.csv", *COMING, "--prior", "default") == 0
    assert "--prior indonesia" not in said(capsys)
    assert run("run", "hasil.csv", *COMING, "--model", "last-of-type") == 0
    assert "--prior indonesia" not in said(capsys)
    table = pd.read_csv("hasil.csv")
    table.assign(jenis="midterm").to_csv("hasil.csv", index=False)
    assert run("run", "hasil.csv", "--date", "2024-11-27", "--type", "midterm") == 0
    assert "--prior indonesia" not in said(capsys)
    table.rename(columns={"kota": "provinsi"}).to_csv("hasil.csv", index=False)
    assert run("run", "hasil.csv", *COMING) == 0
    assert "--prior indonesia" not in said(capsys)


@pytest.mark.parametrize(("draws", "bound"), [(200, "<1.5%"), (4000, "<1%")])
def test_sensitivity_writes_few_draws_as_the_bound_that_they_give(draws: int, bound: str) -> None:
    none, some = ({"median": 0.7, "lower": 0.6, "upper": 0.8, "probability": p} for p in (0, 0.3))
    told = sensitivity_notes(none, some, 0.86, draws)[1].say("en")
    assert told == (
        f"The probability of 86.0% would be {bound} with the narrower prior and 30% with the wider "
        "one."
    )


@pytest.mark.slow
def test_sensitivity_tells_both_priors_the_wider_one_wider(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "hasil.csv", *COMING, "--sensitivity", "--goal", "86%") == 0
    told = said(capsys)
    ends = re.search(
        r"half as wide the forecast would be ([\d.]+)% to ([\d.]+)%.*twice as wide ([\d.]+)% to "
        r"([\d.]+)%",
        told,
    )
    assert ends is not None
    low_half, high_half, low_twice, high_twice = map(float, ends.groups())
    assert low_twice < low_half < high_half < high_twice
    assert "The probability of 86.0% would be" in told
    notes = json.loads(Path("forecast-out/run.json").read_text())["notes"]
    assert any("half as wide" in note for note in notes)


def test_a_model_that_cannot_tell_its_sensitivity_says_so(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "hasil.csv", *COMING, "--sensitivity", "--model", "glm") == 2
    assert "'glm' cannot tell how much it depends on a prior" in said(capsys)


@pytest.mark.slow
def test_a_prior_that_knows_the_tested_elections_is_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = ("--draws", "200", "--lang", "id")
    assert run("backtest", "hasil.csv", *quick, "--prior", "indonesia") == 0
    assert "terlihat lebih baik daripada semestinya" in said(capsys)
    assert run("run", "hasil.csv", *COMING, "--prior", "indonesia", "--backtest") == 0
    assert "this backtest flatters it" in said(capsys)
    assert run("run", "hasil.csv", *COMING, "--backtest") == 0
    assert "flatters" not in said(capsys)


@pytest.mark.slow
def test_a_backtest_takes_prior_and_covariates(run: Run) -> None:
    command = ("backtest", "hasil.csv", "--draws", "200")
    assert run(*command, "--out", "plain") == 0
    assert run(*command, "--out", "prior", "--prior", "indonesia") == 0
    assert run(*command, "--out", "size", "--covariate", "months_since_last") == 0
    crps = {
        out: pd.read_csv(f"{out}/scores.csv").set_index("model")["crps"]["HierarchicalModel"]
        for out in ("plain", "prior", "size")
    }
    assert len(set(crps.values())) == 3


def test_the_help_names_models_and_priors(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "--help") == 0
    told = said(capsys)
    for name in ("hierarchical", "boosting", "mixture", *PRIORS):
        assert name in told
