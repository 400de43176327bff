"""`forecast backtest` and `forecast score`: what they write and say, and how they fail."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.cli.models import make_model

Run = Callable[..., int]

AREAS = {"Kasang": ("Utara", 1000), "Murni": ("Utara", 2000), "Legok": ("Selatan", 3000)}
SHARES = {
    ("2010-06-01", "pilkada"): 0.60,
    ("2014-04-09", "pemilu"): 0.75,
    ("2015-12-09", "pilkada"): 0.64,
    ("2019-04-17", "pemilu"): 0.78,
    ("2020-12-09", "pilkada"): 0.62,
}


def table(shares) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "tanggal": date,
                "jenis": kind,
                "kota": "Kota",
                "kecamatan": district,
                "kelurahan": area,
                "dpt": size,
                "pengguna_hak_pilih": round(size * share),
            }
            for (date, kind), share in shares.items()
            for area, (district, size) in AREAS.items()
        ]
    )


@pytest.fixture
def run(undrawn: Run) -> Run:
    """Run the command line in a folder with results; returns the exit code."""
    table(SHARES).to_csv("hasil.csv", index=False)
    table({("2024-11-27", "pilkada"): 0.7}).to_csv("outcome.csv", index=False)
    return undrawn


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that keeps what was made once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def forecast(run: Run, kept: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """Make forecast-out of the last turnout of the type: of the same options, one run for all."""

    def made(*options: str) -> None:
        folder = kept / " ".join(options or ("plain",))
        if not folder.exists():
            assert run(*QUICKEST, *options) == 0
            shutil.copytree("forecast-out", folder)
            capsys.readouterr()
        shutil.copytree(folder, "forecast-out", dirs_exist_ok=True)

    return made


BACKTEST = ("backtest", "hasil.csv", "--model", "last-of-type", "--draws", "200")
FORECAST = ("run", "hasil.csv", "--date", "2024-11-27", "--type", "pilkada", "--draws", "500")
QUICKEST = (*FORECAST, "--model", "last-of-type")


def test_backtest_writes_scores_forecasts_and_figures(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*BACKTEST) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "3 elections are not forecast, with fewer than 3 polling days before" in told
    scores = pd.read_csv("backtest-out/scores.csv")
    assert scores.columns.tolist() == [
        "panel", "election", "scale", "model", "n", "mae", "bias", "crps", "wis",
        "coverage_50", "coverage_80", "coverage_90", "width_90",
        "deviation_mae", "deviation_flat", "spearman",
    ]  # fmt: skip
    assert set(scores["panel"]) == {"hasil"}
    assert set(scores["model"]) == {"LastOfType", "LastTurnout"}
    assert scores["election"].nunique() == 2
    assert scores["coverage_90"].between(0, 1).all()
    # points: turnout moves by 2 to 14 points between these elections
    assert scores["mae"].between(0.1, 30).all()
    forecasts = pd.read_csv("backtest-out/forecasts.csv")
    assert set(forecasts["level"]) == {0.5, 0.8, 0.9}
    names = {path.name for path in Path("backtest-out/figures").iterdir()}
    drawn = {"backtest", "skill", "calibration", "pit"}
    assert names == {f"{name}.{end}" for name in drawn for end in ("png", "svg")}


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("en", "of 2 elections"), ("id", "dari 2 pemilihan")])
def test_backtest_tells_k_of_n(
    run: Run, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    assert run(*BACKTEST, "--lang", lang) == 0
    assert words in " ".join(capsys.readouterr().out.split())


@pytest.mark.slow
def test_backtest_needs_polling_days(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*BACKTEST, "--min-history", "5") == 2
    assert "at least 6 polling days; there are 5" in " ".join(capsys.readouterr().err.split())
    assert not Path("backtest-out").exists()


@pytest.mark.slow
def test_a_backtest_in_which_only_the_naive_models_forecast_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    # no two polling days at the same places, which the model needs
    asked = ("backtest", "hasil.csv", "--model", "glm", "--draws", "200", "--min-history", "1")
    rows = pd.read_csv("hasil.csv")
    rows[rows["tanggal"] < "2015"].to_csv("hasil.csv", index=False)
    assert run(*asked) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "BinomialGLM could forecast none of the 1 past election" in told
    assert "needs results of at least two polling days" in told
    assert ".." not in told
    assert not Path("backtest-out").exists()


@pytest.mark.slow
def test_backtest_overwrites_nothing_of_the_users(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear")
    assert run(*BACKTEST, "--out", "mine") == 2
    assert "your files are not overwritten" in " ".join(capsys.readouterr().err.split())
    assert run(*BACKTEST) == 0
    assert run(*BACKTEST) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "warned"),
    [
        ("en", "Warning: 1 place may lack stations"),
        ("id", "Peringatan: 1 wilayah mungkin belum memuat semua TPS"),
    ],
)
def test_a_place_of_an_outcome_with_a_part_of_its_votes_is_named(
    run: Run,
    forecast: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    lang: str,
    warned: str,
) -> None:
    forecast("--goal", "65%")
    assert run("score", "forecast-out", "outcome.csv", "--lang", lang) == 0
    assert warned not in " ".join(capsys.readouterr().err.split())
    rows = pd.read_csv("outcome.csv")
    partly = rows["kelurahan"] == "Murni"
    rows.loc[partly, "pengguna_hak_pilih"] //= 3
    rows[rows["kelurahan"] != "Kasang"].to_csv("outcome.csv", index=False)
    assert run("score", "forecast-out", "outcome.csv", "--lang", lang) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert warned in told
    assert "Murni" in told
    assert "Legok" not in told
    assert "Murni" in Path("forecast-out/evaluation.txt").read_text(encoding="utf-8").split("\n")[0]
    marked = pd.read_csv("forecast-out/evaluation.csv").query("doubtful")
    assert set(marked["area"].dropna()) == {"Murni"}


@pytest.mark.slow
def test_rows_left_out_are_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for name, bad in (("hasil.csv", 3), ("outcome.csv", 1)):
        rows = pd.read_csv(name)
        rows.loc[bad, "pengguna_hak_pilih"] = 9_999
        rows.to_csv(name, index=False)
    assert run(*BACKTEST) == 2
    assert run(*BACKTEST, "--drop-bad-rows") == 0
    assert "hasil.csv, row 5" in " ".join(capsys.readouterr().err.split())
    assert pd.read_csv("backtest-out/rejected.csv")["row"].tolist() == [5]
    assert run(*QUICKEST, "--drop-bad-rows") == 0
    assert run("score", "forecast-out", "outcome.csv", "--drop-bad-rows") == 0
    assert "outcome.csv, row 3" in " ".join(capsys.readouterr().err.split())
    assert pd.read_csv("forecast-out/evaluation-rejected.csv")["row"].tolist() == [3]
    assert pd.read_csv("forecast-out/rejected.csv")["role"].tolist() == ["results"]


@pytest.mark.slow
def test_what_was_left_out_before_is_not_listed_again(run: Run) -> None:
    rows = pd.read_csv("hasil.csv")
    rows.assign(pengguna_hak_pilih=rows["pengguna_hak_pilih"].where(rows.index != 3, 9_999)).to_csv(
        "rusak.csv", index=False
    )
    assert run("backtest", "rusak.csv", *BACKTEST[2:], "--drop-bad-rows") == 0
    assert Path("backtest-out/rejected.csv").exists()
    assert run(*BACKTEST) == 0
    assert not Path("backtest-out/rejected.csv").exists()


def test_backtest_names_the_models(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backtest", "hasil.csv", "--model", "crystal-ball") == 2
    assert "no model 'crystal-ball'" in capsys.readouterr().err


@pytest.mark.slow
def test_models_go_by_the_names_of_their_classes_too(run: Run) -> None:
    for name in ("LastOfType", "lastoftype", "LAST-OF-TYPE"):
        assert make_model(name).name == "LastOfType"
    assert run("backtest", "hasil.csv", "--model", "lastoftype", "--draws", "200") == 0
    assert set(pd.read_csv("backtest-out/scores.csv")["model"]) == {"LastOfType", "LastTurnout"}
    assert run(*FORECAST, "--model", "LAST-OF-TYPE") == 0
    assert json.loads(Path("forecast-out/run.json").read_text())["model"] == "LastOfType"


@pytest.mark.slow
def test_a_failure_is_told_with_one_full_stop(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("backtest", "hasil.csv", "--model", "BinomialGLM", "--min-history", "1")
    assert run(*asked, "--draws", "200") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "1 forecast could not be made" in told
    assert "add earlier elections." in told
    assert ".." not in told


def test_score_tells_target_against_realisation(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast("--goal", "80%")
    capsys.readouterr()
    assert run("score", "forecast-out", "outcome.csv") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Kota: turnout was 70.00% (4,200 of 6,000)" in told
    assert "The goal of 80.0% was missed by 10.0 points (600 voters)" in told
    assert "Per area: the median missed by" in told
    written = pd.read_csv("forecast-out/evaluation.csv")
    assert written["scale"].value_counts().to_dict() == {"area": 3, "district": 2, "city": 1}
    np.testing.assert_allclose(written["actual"], 0.7, atol=0.001)
    assert "4,200 of 6,000" in Path("forecast-out/evaluation.txt").read_text(encoding="utf-8")
    assert Path("forecast-out/figures/evaluation.png").exists()


def test_score_speaks_indonesian(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast("--goal", "80%")
    assert run("score", "forecast-out", "outcome.csv", "--lang", "id") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Target 80,0% tidak tercapai, kurang 10,0 poin (600 pemilih)" in told


def test_score_needs_the_folder_of_a_run(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", "nowhere", "outcome.csv") == 2
    assert "There is no folder nowhere" in " ".join(capsys.readouterr().err.split())


@pytest.mark.slow
def test_score_needs_the_same_election(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    assert run("score", "forecast-out", "hasil.csv") == 2
    assert "must hold the pilkada of 27 November 2024" in " ".join(capsys.readouterr().err.split())


@pytest.mark.slow
def test_score_refuses_another_election_of_that_day(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    table({("2024-11-27", "pemilu"): 0.7}).to_csv("pemilu.csv", index=False)
    capsys.readouterr()
    assert run("score", "forecast-out", "pemilu.csv") == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "must hold the pilkada of 27 November 2024" in told
    assert "they hold: 2024-11-27-pemilu." in told
    assert "or correct the date and the type" in told
    assert not Path("forecast-out/evaluation.txt").exists()
    # a pilwako is a pilkada
    table({("2024-11-27", "pilwako"): 0.7}).to_csv("pilwako.csv", index=False)
    assert run("score", "forecast-out", "pilwako.csv") == 0


@pytest.mark.slow
def test_a_label_does_not_hide_the_type(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    labelled = table({("2024-11-27", "pemilu"): 0.7}).assign(pemilihan="Serentak")
    labelled.to_csv("pemilu.csv", index=False)
    assert run("score", "forecast-out", "pemilu.csv") == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "they hold: Serentak (2024-11-27 pemilu)." in told


@pytest.mark.slow
def test_a_file_without_rows_is_told_as_such(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    table(SHARES).head(0).to_csv("kosong.csv", index=False)
    for command in (
        ("score", "forecast-out", "kosong.csv"),
        ("run", "kosong.csv", *FORECAST[2:]),
        ("backtest", "kosong.csv", *BACKTEST[2:]),
    ):
        capsys.readouterr()
        assert run(*command) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert "kosong.csv: there are no rows under the headers. Fill in a row per place" in told


@pytest.mark.slow
def test_a_count_that_is_not_complete_is_told_in_the_evaluation(
    run: Run, forecast: Callable[..., None]
) -> None:
    forecast("--goal", "80%")
    night = table({("2024-11-27", "pilkada"): 0.7}).assign(tps_masuk=[3, 5, 2], jumlah_tps=[5] * 3)
    night.to_csv("malam.csv", index=False)
    assert run("score", "forecast-out", "malam.csv") == 0
    told = Path("forecast-out/evaluation.txt").read_text(encoding="utf-8")
    assert told.startswith("Not the final result: stations are still missing in 2 places (")
    assert run("score", "forecast-out", "outcome.csv") == 0
    told = Path("forecast-out/evaluation.txt").read_text(encoding="utf-8")
    assert "final" not in told


@pytest.mark.slow
def test_score_follows_the_goal_of_the_run(run: Run, forecast: Callable[..., None]) -> None:
    forecast("--goal", "65%")
    record = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert run("score", "forecast-out", "outcome.csv") == 0
    told = Path("forecast-out/evaluation.txt").read_text(encoding="utf-8")
    assert "The goal of 65.0% was reached, by 5.0 points" in told
    assert f"{100 * record['probability']:.0f}%" in told


def test_a_run_is_sealed_and_scored_alike(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    from turnout.runs.sealed_score import score

    assert run(*FORECAST, "--goal", "70%") == 0
    assert run("seal", "forecast-out") == 0
    digest = hashlib.sha256(Path("forecast-out-sealed/seal.json").read_bytes()).hexdigest()
    assert digest in capsys.readouterr().out
    assert run("seal", "forecast-out", "--out", "again", "--lang", "id") == 0
    told = capsys.readouterr().out
    assert hashlib.sha256(Path("again/seal.json").read_bytes()).hexdigest() in told
    assert run("seal", "forecast-out", "--lang", "id") == 2
    assert digest in "".join(capsys.readouterr().err.split())
    assert "Umumkan sebelum hari pemungutan suara" in " ".join(told.split())
    assert run("score", "forecast-out", "outcome.csv") == 0
    written = pd.read_csv("forecast-out/evaluation.csv")
    found = pd.DataFrame(score(Path("again"), Path("outcome.csv")).places)
    for name in ("actual", "error", "lower", "upper", "held", "surprise", "crps"):
        np.testing.assert_allclose(written[name], found[name], atol=5.1e-7)
    for command in (("score", "again/run", "outcome.csv"), ("order", "again/run")):
        assert run(*command) == 2
        assert "breaks the seal" in " ".join(capsys.readouterr().err.split())
    assert not Path("again/run/order.csv").exists()


@pytest.mark.slow
def test_results_without_day_and_type_are_those_of_the_run(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    bare = pd.read_csv("outcome.csv").drop(columns=["tanggal", "jenis"])
    bare.to_csv("bare.csv", index=False)
    bare.assign(tahun=2020).to_csv("year.csv", index=False)
    assert run("order", "forecast-out") == 0
    capsys.readouterr()
    assert run("score", "forecast-out", "bare.csv") == 0
    told = " ".join("".join(capsys.readouterr()).split())
    assert "bare.csv: the results do not tell their day and type" in told
    assert "the pilkada of 27 November 2024" in told
    assert "order-scored.csv" in told[told.index("Written to") :]
    assert run("score", "forecast-out", "year.csv") == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "the file tells the year 2020, not that of the pilkada of 27 November 2024" in told
    assert run("score", "forecast-out", "year.csv", "--date-of", "2020=2020-12-09") == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "--type-of TYPE" in told
    assert "types=" not in told


def test_two_runs_are_compared(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*FORECAST, "--out", "old") == 0
    assert run(*FORECAST, "--seed", "2", "--out", "new") == 0
    assert run("compare", "old", "new") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Simulation: random seed 1; now 2" in told
    assert "so the change is chance" in told
    table = pd.read_csv("forecast-compare/compare.csv")
    assert table["scale"].tolist() == ["city", *["district"] * 2, *["area"] * 3]
    assert (table["in_run"] == "both").all()
    both = [pd.read_csv(f"{name}/forecast.csv")["median"] for name in ("old", "new")]
    np.testing.assert_allclose(table["change"], 100 * (both[1] - both[0]), atol=1e-3)
    assert "What changed" in Path("forecast-compare/compare.html").read_text(encoding="utf-8")
    assert run("compare", "old", "new", "--out", "old", "--lang", "id") == 2


def test_score_writes_the_forms(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast("--goal", "80%")
    rows = pd.read_csv("outcome.csv")
    rows.assign(suara_sah=rows["pengguna_hak_pilih"] - 9, suara_tidak_sah=9).to_csv(
        "outcome.csv", index=False
    )
    asked = ("score", "forecast-out", "outcome.csv", "--lang", "id")
    assert run(*asked, "--target", "women=nearly all") == 2
    assert "tidak dapat dibaca" in " ".join(capsys.readouterr().err.split())
    assert run(*asked, "--target", "women=75%") == 0
    table = pd.read_csv("forecast-out/lkj.csv")
    np.testing.assert_allclose(table["Realisasi %"].iloc[0], 70)
    np.testing.assert_allclose(table["Target %"].iloc[:2], [80, 75])
    participation = pd.read_csv("forecast-out/participation.csv")
    np.testing.assert_allclose(participation["difference"], 0)
    assert Path("forecast-out/lkj.xlsx").exists()


def test_a_what_if_is_no_forecast(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    supposed = ("--given", "total=66%", "--like", "2020", "--goal", "70%")
    assert run(*FORECAST, *supposed) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "WHAT IF the day's shock is that of pilkada 2020; turnout of Kota is 66.0%" in told
    assert "turnout is 66.0%, which misses the goal of 70.0%" in told
    assert "probability of 90%" not in told
    names = {path.name for path in Path("forecast-out").iterdir()}
    assert "what-if.csv" in names
    assert "forecast.csv" not in names
    whole = pd.read_csv("forecast-out/what-if.csv").iloc[0]
    np.testing.assert_allclose(whole[["lower", "median", "upper"]].astype(float), 0.66, atol=1e-6)
    for name in ("run.json", "goal.json"):
        assert len(json.loads(Path(f"forecast-out/{name}").read_text())["what_if"]) == 2
    for command in (("score", "forecast-out", "outcome.csv"), ("seal", "forecast-out")):
        assert run(*command) == 2
        assert "holds a what-if" in capsys.readouterr().err
    assert run(*FORECAST, "--out", "plain") == 0
    assert run("compare", "plain", "forecast-out") == 0
    assert "What-if: nothing supposed, now the day's shock is that of pilkada 2020;" in " ".join(
        capsys.readouterr().out.split()
    )


@pytest.mark.slow
def test_a_what_if_that_cannot_be_is_refused(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for more, words in (
        (("--given", "Kasung=60%"), "Kasung is not in the forecast"),
        (("--given", "total=99%"), "next to no such election"),
        (("--like", "1999"), "Name one of"),
        (("--like", "2020", "--model", "last-of-type"), "does not estimate the shock"),
        (("--given", "65%"), "is no what-if"),
    ):
        assert run(*FORECAST, *more) == 2
        assert words in " ".join(capsys.readouterr().err.split())
    assert not Path("forecast-out").exists()


def test_a_run_is_exported_for_a_hub(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*FORECAST) == 0
    assert run("export", "forecast-out", "--hub", "hub/a.parquet", "--by", "city") == 0
    table = pd.read_parquet("hub/a.parquet")
    assert set(table["location"]) == {"Kota"}
    median = table.loc[table["output_type_id"] == "0.5", "value"].item()
    written = pd.read_csv("forecast-out/forecast.csv")["median"].iloc[0]
    np.testing.assert_allclose(median, written, atol=5.1e-7)
    assert str(table["reference_date"].iloc[0]) == "2020-12-09"
    capsys.readouterr()
    assert run("export", "forecast-out", "--hub", "a.csv", "--lang", "id") == 2
    assert "tidak berakhiran .parquet" in capsys.readouterr().err


def test_an_order_form_is_written_and_scored(
    run: Run, forecast: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    forecast()
    assert run("order", "forecast-out", "--reserve", "lots") == 2
    assert "percent sign" in " ".join(capsys.readouterr().err.split())
    roll = pd.DataFrame({"kelurahan": list(AREAS), "kecamatan": [one for one, _ in AREAS.values()]})
    roll = roll.assign(kota="Kota", dpt=[1000, 2000, 3000])
    roll.to_csv("bare.csv", index=False)
    assert run("order", "forecast-out", "--roll", "bare.csv") == 2
    assert "stations_total" in " ".join(capsys.readouterr().err.split())
    roll.assign(jumlah_tps=[2, 4, 6]).to_csv("roll.csv", index=False)
    assert run("order", "forecast-out", "--roll", "roll.csv", "--lang", "id") == 0
    assert "Untuk seluruh DPT: 6.150 surat suara" in " ".join(capsys.readouterr().out.split())
    form = pd.read_csv("forecast-out/order.csv")
    np.testing.assert_allclose(form["stations"].iloc[0], 12)
    assert run("score", "forecast-out", "outcome.csv") == 0
    assert "Order form, whole roll: 0 of 3 places" in " ".join(capsys.readouterr().out.split())
    assert Path("forecast-out/order-scored.csv").exists()


@pytest.mark.slow
def test_score_tells_the_source_that_the_run_recorded(run: Run) -> None:
    for options, told in (((), False), (("--source", "KPU Kota Uji"), True)):
        assert run(*QUICKEST, *options) == 0
        assert run("score", "forecast-out", "outcome.csv", "--lang", "id") == 0
        words = Path("forecast-out/evaluation.txt").read_text(encoding="utf-8")
        assert words.endswith("\nSumber: KPU Kota Uji\n") is told
