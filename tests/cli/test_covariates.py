"""``forecast run --covariate``: columns of the files become covariates of the model."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from turnout import BinomialGLM, HierarchicalModel, Mixture
from turnout.cli.models import make_model

Run = Callable[..., int]

COMING = ("--date", "2024-11-27", "--type", "pilkada", "--draws", "200")


@pytest.fixture
def run(undrawn: Run) -> Run:
    """Run the command line in a folder with results and a roll, without drawing."""
    areas = pd.DataFrame({"kelurahan": ["Kasang", "Murni", "Legok"], "dpt": [1000, 2000, 3000]})
    contests = [("2015-12-09", 0.7, 2), ("2018-06-27", 0.74, 4), ("2020-12-09", 0.68, 2)]
    rows = [
        areas.assign(
            tanggal=day,
            jenis="pilkada",
            pengguna_hak_pilih=(areas["dpt"] * share).astype(int),
            calon=number,
        )
        for day, share, number in contests
    ]
    pd.concat(rows).to_csv("hasil.csv", index=False)
    areas.to_csv("dpt.csv", index=False)
    areas.assign(calon=3).to_csv("dpt_calon.csv", index=False)

    return partial(undrawn, "run", "hasil.csv", *COMING)


def test_a_run_reads_covariates_and_records_them(run: Run) -> None:
    names = ("--covariate", "calon", "--covariate", "log_registered")
    assert run("--roll", "dpt_calon.csv", *names) == 0
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert record["covariates"] == ["calon", "log_registered"]


@pytest.mark.slow
def test_a_roll_without_the_column_is_told_with_the_remedy(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--roll", "dpt.csv", "--covariate", "calon", "--lang", "id") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "Tambahkan kolom 'calon' pada daftar pemilih" in said


@pytest.mark.slow
def test_boosted_trees_read_covariates_and_say_which_change_nothing(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--roll", "dpt_calon.csv", "--covariate", "calon", "--model", "boosting") == 0
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert (record["model"], record["covariates"]) == ("BoostedTrees", ["calon"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Besides past turnout the model reads: calon." in said
    assert "have no effect in it: calon." in said


def test_a_model_without_covariates_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--covariate", "calon", "--model", "last-of-type") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "'last-of-type' reads no covariates" in said


@pytest.mark.slow
def test_the_mixture_hands_covariates_and_prior_to_the_model_that_reads_them(run: Run) -> None:
    chosen = ("--covariate", "calon", "--prior", "indonesia", "--model", "mixture")
    assert run("--roll", "dpt_calon.csv", *chosen) == 0
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert (record["model"], record["covariates"]) == ("Mixture", ["calon"])
    mixture = make_model("mixture", "indonesia", ["calon"])
    assert mixture == Mixture(
        (
            HierarchicalModel(prior="indonesia", covariates=("calon",)),
            BinomialGLM(covariates=("calon",)),
        )
    )
    assert make_model("mixture") == Mixture()
