"""``--kind``: the kind of office of the coming election is said, used, told and kept."""

import json
from pathlib import Path

import pandas as pd
import pytest

COMING = ("--date", "2029-02-14", "--type", "serentak", "--draws", "400")


@pytest.fixture
def run(undrawn):
    """Run the command line in a folder with a city's totals, without drawing."""
    days = {"2013-06-29": 0.63, "2015-12-09": 0.69, "2018-06-27": 0.72}
    rows = [
        {"tanggal": day, "jenis": "pilkada", "kota": "Kota", "dpt": 9000, "hadir": 9000 * share}
        for day, share in days.items()
    ]
    pd.DataFrame(rows).to_csv("hasil.csv", index=False)
    return undrawn


def median_of(folder: str) -> float:
    return float(pd.read_csv(f"{folder}/forecast.csv")["median"].iloc[0])


@pytest.mark.slow
def test_a_higher_office_draws_more_and_the_run_says_what_was_stated(run, capsys):
    assert run("run", "hasil.csv", *COMING, "--kind", "presiden + DPR", "--out", "high") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "serentak was stated: presiden + DPR. It stands at 1.00" in told
    assert run("run", "hasil.csv", *COMING, "--kind", "0,3", "--lang", "id", "--out", "low") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "serentak mendatang ditetapkan pengguna: 0,3. Nilainya 0,30" in told
    assert median_of("high") > median_of("low") + 0.03
    record = json.loads(Path("high/run.json").read_text(encoding="utf-8"))
    assert record["election"]["kind"] == "presiden + DPR"


@pytest.mark.slow
def test_a_kind_is_kept_in_a_config_and_an_option_goes_before_it(run):
    kept = ("--date", "2029-02-14", "--type", "serentak", "--kind", "presiden")
    assert run("check", "hasil.csv", *kept, "--write-config", "c.toml") == 0
    glm = ("--model", "glm", "--draws", "400")
    assert run("run", "--config", "c.toml", *glm, "--out", "a") == 0
    assert run("run", "--config", "c.toml", *glm, "--kind", "0.3", "--out", "b") == 0
    assert run("run", "hasil.csv", *COMING, *glm, "--kind", "presiden", "--out", "c") == 0
    assert median_of("a") == median_of("c") > median_of("b")


@pytest.mark.parametrize(("kind", "said"), [("kerbau", "'kerbau'"), ("1.2", "between 0 and 1")])
@pytest.mark.parametrize(
    "words", [("run",), ("plan", "--budget", "100"), ("check", "--write-config", "c.toml")]
)
def test_a_kind_that_is_none_is_refused_before_anything_is_written(run, capsys, words, kind, said):
    coming = ("--date", "2029-02-14", "--type", "serentak", "--kind", kind)
    assert run(*words, "hasil.csv", *coming) == 2
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["hasil.csv"]
