"""A sealed forecast: the same bytes on repetition, scored and checked where there is no turnout."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError, check_goal
from turnout.backtesting import evaluate
from turnout.forecast import Forecast
from turnout.output.tables import write_table
from turnout.runs import sealed_check, sealed_score
from turnout.runs.contents import forecast_table, goal_record, input_record, write_record
from turnout.runs.reading import Run
from turnout.runs.seal import seal_run, sha256
from turnout.runs.writing import replaced
from turnout.schema import canonical_results

# Two districts know a Legok; one area bears a formula's sign and one a code.
PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan", "Selatan"],
        "area": ["Legok", "=Murni", "Legok", "Kasang"],
        "area_id": [None, None, None, "04"],
        "registered": [1000.0, 3000.0, 6000.0, 500.0],
    }
)
OUTCOME = PLACES.assign(
    date="2030-11-27",
    election_type="pilkada",
    registered=[1010, 2990, 6001, 500],
    voters=[700, 1800, 6100, 300],
    stations_counted=[3, 4, 5, 1],
    stations_total=[3, 4, 6, 1],
)


def written(folder: Path, draws: np.ndarray, scale: str = "area") -> Run:
    forecast = Forecast(Election("2030-11-27", "pilkada"), PLACES, draws, scale)
    check = check_goal(forecast, "60%")
    data = folder.with_name("data.csv")
    data.write_text("a\n", encoding="utf-8")
    with replaced(folder, "run") as stage:
        table = forecast_table(forecast, check, (0.5, 0.9)).round(6)
        write_table(table, stage.path / "forecast.csv")
        write_record(goal_record(forecast, check), stage.path / "goal.json")
        forecast.save(stage.path / "draws")
        told = {"date": "2030-11-27", "election_type": "pilkada", "type_group": "pilkada"}
        stage.record |= {"election": {**told, "name": "x"}, "goals": [0.6], "seed": 1}
        stage.record |= {"inputs": [{"role": "results", **input_record(data)}]}
    return Run.at(folder)


@pytest.fixture(params=[np.float32, np.float64])
def run(tmp_path: Path, request: pytest.FixtureRequest) -> Run:
    rng = np.random.default_rng(1)
    draws = np.clip(rng.normal(0.65, 0.1, (400, 4)), 0, 1).astype(request.param)
    return written(tmp_path / "out", np.asfortranarray(draws))


@pytest.fixture
def sealed(run: Run, tmp_path: Path) -> Path:
    target = tmp_path / "sealed"
    target.mkdir()
    seal_run(run, target)
    return target


def scored(sealed: Path, outcome: pd.DataFrame, tmp_path: Path, *more: str) -> pd.DataFrame:
    outcome.to_csv(tmp_path / "outcome.csv", index=False)
    out = tmp_path / "scores.csv"
    said = sealed_score.asked([str(tmp_path / "outcome.csv"), "--out", str(out), *more])
    assert sealed_score.run(sealed, said) == 0
    return pd.read_csv(out, dtype={"area_id": str})


def test_the_same_run_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seal = seal_run(run, tmp_path / name)
        assert seal.digest == sha256(tmp_path / name / "seal.json")
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert contents[0] == contents[1]
    assert set(seal.files) == {str(name) for name in contents[0]} - {"seal.json"}


WAYS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "by name": lambda rows: rows,
    "without codes": lambda rows: rows.drop(columns="area_id"),
    "without the city": lambda rows: rows.drop(columns="city"),
    "in capitals": lambda rows: rows.assign(area=rows["area"].str.upper() + " "),
    "in part": lambda rows: rows.iloc[1:],
    "with a total": lambda rows: pd.concat(
        [rows, rows.iloc[[0]].assign(district=None, area=None, area_id=None, voters=999)]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_scores_as_turnout_does(run: Run, sealed: Path, tmp_path: Path, way: str) -> None:
    outcome = WAYS[way](OUTCOME)
    expected = evaluate(
        run.table(),
        canonical_results(outcome.reset_index(drop=True)),
        goals=run.goals_of_whole(),
        joint=run.forecast(),
    )
    found = scored(sealed, outcome, tmp_path)
    names = ["scale", "district", "area", "area_id", "held", "partial"]
    left, right = (one[names].astype("object") for one in (found, expected.places))
    pd.testing.assert_frame_equal(left.where(left.notna(), None), right.where(right.notna(), None))
    figures = ["registered", "actual", "median", "error", "level", "lower", "upper", "crps"]
    np.testing.assert_allclose(
        found[[*figures, "surprise"]], expected.places[[*figures, "surprise"]].astype(float),
        rtol=0, atol=1e-9,
    )  # fmt: skip
    places, goals, missing = sealed_score.score(sealed, tmp_path / "outcome.csv")
    summary = pd.DataFrame(sealed_score.summary(places))
    same = ["n", "mae", "bias", "held", "coverage", "width"]
    np.testing.assert_allclose(summary[same], expected.table[same].astype(float), atol=1e-9)
    assert [one["reached"] for one in goals] == expected.goals["reached"].tolist()
    assert missing == dict(expected.missing)


def test_it_runs_where_there_is_only_python(sealed: Path, tmp_path: Path) -> None:
    here = scored(sealed, OUTCOME, tmp_path)
    there = [sys.executable, "-I", "-S", str(sealed / "score.py"), str(tmp_path / "outcome.csv")]
    done = subprocess.run(
        [*there, "--lang", "id", "--out", str(tmp_path / "there.csv")],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert "Segel utuh" in done.stdout
    assert "Target 60.0%" in done.stdout
    pd.testing.assert_frame_equal(here, pd.read_csv(tmp_path / "there.csv", dtype={"area_id": str}))


def damage(sealed: Path, how: str) -> None:
    path = sealed / "run" / "forecast.csv"
    if how == "changed":
        path.write_text(path.read_text(encoding="utf-8").replace("0.", "0.1", 1), encoding="utf-8")
    elif how == "missing":
        path.unlink()
    else:
        path.with_name("other.csv").write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("changed", "changed: run/forecast.csv (sealed "),
        ("missing", "missing: run/forecast.csv"),
        ("added", "added after sealing: run/other.csv"),
    ],
)
def test_a_broken_seal_is_named_and_nothing_is_scored(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str, words: str
) -> None:
    damage(sealed, how)
    OUTCOME.to_csv(tmp_path / "outcome.csv", index=False)
    asked = sealed_score.asked([str(tmp_path / "outcome.csv"), "--out", str(tmp_path / "s.csv")])
    assert sealed_score.run(sealed, asked) == 1
    told = capsys.readouterr().out
    assert words in told
    assert "THE SEAL IS BROKEN" in told
    assert not (tmp_path / "s.csv").exists()


def test_a_forged_seal_is_not_the_published_one(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = sha256(sealed / "seal.json")
    data = str(tmp_path / "data.csv")
    whole = sealed_check.asked(["--digest", published, "--inputs", data])
    assert sealed_check.run(sealed, whole) == 0
    damage(sealed, "changed")
    seal = json.loads((sealed / "seal.json").read_text(encoding="utf-8"))
    seal["files"]["run/forecast.csv"] = sha256(sealed / "run" / "forecast.csv")
    (sealed / "seal.json").write_text(json.dumps(seal), encoding="utf-8")
    (tmp_path / "other.csv").write_text("b\n", encoding="utf-8")
    given = ["--digest", published, "--inputs", str(tmp_path / "other.csv"), "--lang", "id"]
    assert sealed_check.run(sealed, sealed_check.asked(given)) == 1
    told = capsys.readouterr().out
    assert f"bukan yang diumumkan: {published}" in told
    assert "bukan masukan prakiraan ini" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"voters": ["1.800", 1, 1, 1]}, "Row 2, voters: '1.800' is no count"),
        ({"date": "27-11-2030"}, "'27-11-2030' is no day"),
        ({"date": "2029-11-27"}, "No row tells registered and voters of the pilkada of 2030-11-27"),
        ({"area": ["A", "B", "C", "D"], "area_id": None}, "None of the 4 places"),
        ({"election": ["a", "a", "a", "b"]}, "several contests (a, b)"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict, words: str
) -> None:
    OUTCOME.assign(**change).to_csv(tmp_path / "outcome.csv", index=False, sep=";")
    said = sealed_score.asked([str(tmp_path / "outcome.csv")])
    assert sealed_score.run(sealed, said) == 2
    assert words in capsys.readouterr().err


def test_indonesian_headers_are_known(sealed: Path, tmp_path: Path) -> None:
    named = OUTCOME.rename(columns={"area": "Kelurahan", "registered": "DPT", "voters": "hadir"})
    found = scored(sealed, named, tmp_path)
    pd.testing.assert_frame_equal(found, scored(sealed, OUTCOME, tmp_path))


def test_a_changed_run_is_not_sealed(run: Run, tmp_path: Path) -> None:
    (run.folder / "goal.json").write_text("{}", encoding="utf-8")
    (tmp_path / "new").mkdir()
    with pytest.raises(TurnoutError, match=r"goal\.json"):
        seal_run(run, tmp_path / "new")


def test_a_run_that_told_no_digests_is_too_old(run: Run, tmp_path: Path) -> None:
    old = Run(run.folder, {name: one for name, one in run.record.items() if name != "sha256"})
    with pytest.raises(TurnoutError, match="older version"):
        seal_run(old, tmp_path)
