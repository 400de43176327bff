"""forecast effect and forecast plan: what they write, say and refuse."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from turnout.cli.plan import _amount
from turnout.datasets import jambi_file
from turnout.errors import TurnoutError

RESULTS = str(jambi_file("results.csv"))
LOG = str(jambi_file("outreach_simulated.csv"))
CROSSWALK = str(jambi_file("crosswalk.csv"))
ROLL = str(jambi_file("roll_2024-11-27.csv"))
COMING = ("--date", "2024-11-27", "--type", "pilkada", "--draws", "500", "--roll", ROLL)


Run = Callable[..., int]


@pytest.fixture
def run(command: Run) -> Run:
    """Run the command line in an empty folder, figures and all."""
    return command


def test_effect_writes_table_words_and_figure(run, capsys):
    code = run("effect", RESULTS, "--outreach", LOG, "--crosswalk", CROSSWALK, "--lang", "id")
    assert code == 0
    out = capsys.readouterr().out
    assert out.startswith("SIMULASI")
    assert "tatap muka" in out
    table = pd.read_csv("effect-out/effect.csv")
    assert set(table["estimate"]) >= {"prior", "data", "posterior", "placebo"}
    assert table["simulated"].all()
    names = {path.name for path in Path("effect-out").iterdir()}
    assert names == {"effect.csv", "effect.txt", "effect.png", "effect.svg", "run.json"}


@pytest.mark.slow
def test_a_second_effect_may_write_over_the_first(run):
    for _ in range(2):
        assert run("effect", RESULTS, "--outreach", LOG, "--crosswalk", CROSSWALK) == 0


def test_plan_writes_what_staff_work_from(run, capsys):
    Path("areas.csv").write_text("area,reachable\nKasang,false\n", encoding="utf-8")
    Path("kinds.csv").write_text("kind,reach,cost\ntatap muka,100,4000000\n", encoding="utf-8")
    code = run(
        *("plan", RESULTS, *COMING, "--budget", "800000000", "--unit", "money"),
        *("--kinds", "kinds.csv", "--areas", "areas.csv", "--floor", "district=2"),
        *("--goal", "86%", "--crosswalk", CROSSWALK),
    )
    assert code == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "No such plan reaches 86.0%" in out
    assert "trials elsewhere" in out
    table = pd.read_csv("plan-out/plan.csv")
    assert table["activities"].sum() == 200
    assert table.loc[table["area"] == "Kasang", "activities"].item() == 0
    assert table.groupby("district")["activities"].sum().min() >= 2
    names = {path.name for path in Path("plan-out").iterdir()}
    assert names == {"plan.csv", "plan.xlsx", "plan.txt", "plan.png", "plan.svg", "run.json"}


@pytest.mark.slow
def test_plan_takes_kinds_and_effect_from_the_log(run, capsys):
    code = run(
        *("plan", RESULTS, *COMING, "--budget", "50", "--unit", "activities"),
        *("--outreach", LOG),
        *("--crosswalk", CROSSWALK, "--lang", "id"),
    )
    assert code == 0
    assert capsys.readouterr().out.startswith("SIMULASI")
    table = pd.read_csv("plan-out/plan.csv")
    assert "activities_goes_to_school" in table
    assert table["simulated"].all()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--floor", "x"), "cannot be read"),
        (("--floor", "planet=2"), "floors are by segment, or by places of the forecast"),
        (("--goal", "200%"), "goal"),
        (("--kinds", "missing.csv"), "missing.csv"),
        (("--unit", "money"), "cost"),
        (("--kinds", "kinds.csv"), "--unit money, --unit activities, or --unit people"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_written(run, capsys, arguments, told):
    Path("kinds.csv").write_text("kind,reach,cost\ntatap muka,100,4000000\n", encoding="utf-8")
    assert run("plan", RESULTS, *COMING, "--budget", "50", *arguments) == 2
    assert told in capsys.readouterr().err
    assert not Path("plan-out").exists()


@pytest.mark.parametrize(
    ("budget", "amount"),
    [
        ("50.000.000", 50e6),
        ("Rp 50.000.000,-", 50e6),
        ("50,000,000", 50e6),
        ("40", 40),
        ("40 kegiatan", None),
        ("0", None),
        ("-3", None),
    ],
)
def test_a_budget_is_read_as_people_write_one(budget, amount):
    if amount is None:
        with pytest.raises(TurnoutError, match="must be a number of 1 or more"):
            _amount(budget)
    else:
        assert _amount(budget) == amount


def test_a_floor_is_by_a_scale_in_either_language(run):
    arguments = ("--budget", "50", "--unit", "activities", "--seed", "3", "--draws", "500")
    for scale in ("district", "kecamatan"):
        told = (*arguments, "--floor", f"{scale}=1", "--out", scale)
        assert run("plan", RESULTS, *COMING, *told) == 0
    plans = [Path(scale, "plan.csv").read_bytes() for scale in ("district", "kecamatan")]
    assert plans[0] == plans[1]


def test_a_folder_with_other_files_is_left_alone(run, capsys):
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear", encoding="utf-8")
    arguments = ("--outreach", LOG, "--crosswalk", CROSSWALK, "--out", "mine")
    assert run("effect", RESULTS, *arguments) == 2
    assert "letter.txt" in capsys.readouterr().err
    assert [path.name for path in Path("mine").iterdir()] == ["letter.txt"]
