"""The command line: what it writes, what it says, and how it fails."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.cli import main
from turnout.plots.figures import render_figures

Run = Callable[..., int]

RESULTS = """\
tanggal;jenis;kota;kecamatan;kelurahan;kode;dpt;pengguna_hak_pilih
2015-12-09;pilkada;Kota;Utara;Kasang;01;1.000;700
2015-12-09;pilkada;Kota;Utara;Murni;02;2.000;1.300
2015-12-09;pilkada;Kota;Selatan;Legok;03;3.000;2.250
2019-04-17;pemilu;Kota;Utara;Kasang;01;1.050;850
2019-04-17;pemilu;Kota;Utara;Murni;02;2.100;1.650
2019-04-17;pemilu;Kota;Selatan;Legok;03;3.050;2.500
2020-12-09;pilkada;Kota;Utara;Kasang;01;1.100;750
2020-12-09;pilkada;Kota;Utara;Murni;02;2.150;1.350
2020-12-09;pilkada;Kota;Selatan;Legok;03;3.100;2.300
"""


@pytest.fixture
def run(undrawn: Run) -> Run:
    """Run the command line in an empty folder, without drawing; returns the exit code."""
    return undrawn


@pytest.fixture
def results(tmp_path: Path) -> str:
    (tmp_path / "hasil.csv").write_text(RESULTS, encoding="utf-8")
    return "hasil.csv"


COMING = ("--date", "2024-11-27", "--type", "pilkada", "--model", "last-of-type", "--draws", "500")


def written(folder: str = "forecast-out") -> set[str]:
    return {path.name for path in Path(folder).iterdir()} if Path(folder).exists() else set()


def test_run_writes_a_row_per_place_and_level(run: Run, results: str) -> None:
    assert run("run", results, *COMING, "--goal", "80%", "--level", "0.5", "--level", "90%") == 0
    table = pd.read_csv("forecast-out/forecast.csv", dtype={"area_id": "str"})
    assert table.columns.tolist() == [
        "scale", "nation", "province", "city", "district", "area", "area_id", "registered",
        "mean", "median", "level", "lower", "upper", "prob_goal",
        "contests", "contests_same_type", "share_counted", "roll_estimated",
        "relative_median", "relative_lower", "relative_upper", "counted_share",
    ]  # fmt: skip
    assert table["scale"].value_counts().to_dict() == {"area": 6, "district": 4, "city": 2}
    areas = table.query("scale == 'area' and level == 0.9").set_index("area_id")
    assert areas["contests"].to_dict() == {"01": 3, "02": 3, "03": 3}
    assert areas["contests_same_type"].to_dict() == {"01": 2, "02": 2, "03": 2}
    assert (areas["lower"] < areas["median"]).all()
    assert areas["median"].between(0.4, 0.9).all()


def test_the_figures_are_drawn_as_png_and_svg(
    run: Run, results: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turnout.cli.writing.render_figures", render_figures)
    assert run("run", results, *COMING, "--goal", "80%") == 0
    figures = written("forecast-out/figures")
    for name in ("areas", "districts", "total", "history", "goal"):
        assert {f"{name}.png", f"{name}.svg"} <= figures


def test_goal_json_keeps_its_contract(run: Run, results: str) -> None:
    assert run("run", results, *COMING, "--goal", "80%", "--goal", "0.7") == 0
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert (goal["goal"], goal["scale"]) == (0.8, "city")
    assert 0 <= goal["probability"] <= 1
    np.testing.assert_allclose(goal["gap_points"], 100 * (0.8 - goal["median"]), atol=1e-3)
    voters = 6350 * (0.8 - goal["median"])
    assert abs(goal["gap_voters"] - voters) <= 1
    assert len(goal["goals"]) == 2 * (1 + 2 + 3)


@pytest.mark.slow
def test_without_a_goal_prob_goal_is_blank(run: Run, results: str) -> None:
    assert run("run", results, *COMING) == 0
    assert pd.read_csv("forecast-out/forecast.csv")["prob_goal"].isna().all()
    assert json.loads(Path("forecast-out/goal.json").read_text())["probability"] is None


def test_run_json_tells_inputs_settings_and_what_was_left_out(run: Run, results: str) -> None:
    late = "2024-11-27;pilkada;Kota;Utara;Kasang;01;1.100;700\n"
    Path(results).write_text(RESULTS + late, encoding="utf-8")
    assert run("run", results, *COMING, "--seed", "7") == 0
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    [given] = record["inputs"]
    assert (given["role"], given["file"], len(given["sha256"])) == ("results", "hasil.csv", 64)
    assert (record["seed"], record["draws"], record["levels"]) == (7, 500, [0.9])
    [contest] = record["left_out"]["on_or_after_polling_day"]
    assert (contest["date"], contest["rows"]) == ("2024-11-27", 1)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_and_another_does_not(run: Run, results: str) -> None:
    tables = []
    for seed in ("1", "1", "2"):
        assert run("run", results, *COMING, "--seed", seed, "--out", f"out-{len(tables)}") == 0
        tables.append(Path(f"out-{len(tables)}/forecast.csv").read_bytes())
    assert tables[0] == tables[1] != tables[2]


def test_what_is_said_follows_the_language(
    run: Run, results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", results, *COMING, "--goal", "80%") == 0
    english = capsys.readouterr().out
    assert run("run", results, *COMING, "--goal", "80%", "--lang", "id") == 0
    indonesian = capsys.readouterr().out
    assert "probability" in english
    assert "27 November 2024" in english
    assert "peluang" in indonesian
    assert "Kecamatan" in indonesian
    for word in ("probability", "median forecast", "District", "Registered", "contests"):
        assert word not in indonesian


@pytest.mark.parametrize(("lang", "said"), [("en", "row 3"), ("id", "baris 3")])
def test_bad_data_is_told_and_nothing_is_written(
    run: Run, results: str, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    Path(results).write_text(RESULTS.replace("1.300", "13.000"), encoding="utf-8")
    assert run("run", results, *COMING, "--lang", lang) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "hasil.csv" in told.err
    assert said in told.err
    assert written() == set()
    assert written(".") == {"hasil.csv"}


@pytest.mark.slow
def test_problems_of_all_files_are_told_at_once(
    run: Run, results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(results).write_text(RESULTS.replace("1.300", "13.000"), encoding="utf-8")
    Path("dpt.csv").write_text("kelurahan,kode,dpt\nKasang,01,-5\n", encoding="utf-8")
    assert run("run", results, *COMING, "--roll", "dpt.csv") == 2
    told = capsys.readouterr().err
    assert "hasil.csv" in told
    assert "dpt.csv" in told


def test_bad_rows_can_be_left_out_and_are_listed(run: Run, results: str) -> None:
    Path(results).write_text(RESULTS.replace("1.300", "13.000"), encoding="utf-8")
    assert run("run", results, *COMING, "--drop-bad-rows") == 0
    rejected = pd.read_csv("forecast-out/rejected.csv")
    assert rejected[["role", "file", "row"]].to_numpy().tolist() == [["results", "hasil.csv", 3]]
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    [left_out] = record["left_out"]["with_errors"]
    assert left_out["row"] == 3
    table = pd.read_csv("forecast-out/forecast.csv", dtype={"area_id": "str"})
    assert table.set_index("area_id")["contests"].loc["02"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--goal", "lots"), "86%, 86 or 0.86"),
        (("--goal", "1"), "1% or 100%"),
        (("--level", "2000"), "level '2000'"),
        (("--date", "soon"), "'soon' is not a full date"),
        (("--model", "crystal-ball"), "no model 'crystal-ball'"),
        (("--prior", "indonesia"), "has no priors"),
        (("--out", "mine"), "your files are not overwritten"),
        (("--roll", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_what_the_user_can_put_right_is_said_and_exits_with_2(
    run: Run,
    results: str,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.docx").write_text("")
    assert run("run", results, *COMING, *arguments) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert written() == set()
    assert written("mine") == {"thesis.docx"}


def test_a_missing_file_is_named(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "nowhere.csv", *COMING) == 2
    assert "nowhere.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("run")
def test_a_bug_shows_its_traceback(results: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("turnout.cli.writing.run_record", broken)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        main(["run", results, *COMING])
    assert written(".") == {"hasil.csv"}


def test_check_tells_a_good_file_from_a_bad_one(
    run: Run, results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", results) == 0
    assert "hasil.csv (results): 9 rows, no errors" in capsys.readouterr().out
    Path(results).write_text(RESULTS.replace("1.300", "13.000"), encoding="utf-8")
    assert run("check", results, "--lang", "id") == 2
    told = capsys.readouterr().err
    assert "baris 3" in told
    assert "hasil.csv (hasil): 1 kesalahan" in told


def test_check_counts_what_it_only_understood_apart(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "tanggal,jenis,kelurahan,dpt,pengguna_hak_pilih\n"
    day = "2024-11-27,pilkada"
    areas = "".join(f"{day},{area},900,450\n" for area in ("Murni", "Legok"))
    rows = f"{head},,UTARA,,\n{areas},,SELATAN,,\n{day},Sipin,700,350\n{day},Handil,800,400\n"
    Path("headings.csv").write_text(rows, encoding="utf-8")
    assert run("check", "headings.csv") == 0
    assert "no errors, 0 warnings, 1 note on how it was read." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("table", "role"),
    [
        ("kelurahan,kode,dpt\nKasang,01,1000\n", "roll"),
        ("new_id,new_area,old_id,old_area,weight\n02,Baru,01,Lama,1\n", "crosswalk"),
        ("tanggal,kelurahan,kegiatan,peserta\n2024-10-01,Kasang,tatap muka,50\n", "outreach"),
    ],
)
def test_check_knows_what_a_file_is(
    run: Run, capsys: pytest.CaptureFixture[str], table: str, role: str
) -> None:
    Path("file.csv").write_text(table, encoding="utf-8")
    assert run("check", "file.csv") == 0
    assert f"({role}): 1 row, no errors" in capsys.readouterr().out


def test_help_and_version_answer_at_once() -> None:
    for option in ("--help", "--version"):
        seconds = []
        for _ in range(3):
            # Seconds of the processor: those of the clock depend on what else is running.
            before = os.times()
            command = [sys.executable, "-m", "turnout", option]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            after = os.times()
            seconds.append(sum(after[2:4]) - sum(before[2:4]))
            assert "turnout" in done.stdout
        assert min(seconds) < 0.5, option


@pytest.mark.slow
def test_a_count_of_another_election_is_refused(
    run: Run, results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header, first = RESULTS.splitlines()[:2]
    Path("hitung.csv").write_text(f"{header}\n{first}\n", encoding="utf-8")
    coming = ("--date", "2024-11-27", "--type", "pilkada", "--draws", "500")
    assert run("run", results, *coming, "--counted", "hitung.csv") == 2
    told = " ".join(capsys.readouterr().err.split())
    assert (
        "hitung.csv, row 2, column tanggal ('2015-12-09'): a row of pilkada 9 December 2015" in told
    )
    assert not Path("forecast-out").exists()


@pytest.mark.slow
def test_a_roll_without_rows_is_told_and_nothing_is_written(
    run: Run, results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("dpt.csv").write_text("kecamatan,kelurahan,dpt\n", encoding="utf-8")
    assert run("run", results, *COMING, "--roll", "dpt.csv") == 2
    assert "dpt.csv: there are no rows under the headers." in " ".join(
        capsys.readouterr().err.split()
    )
    assert written() == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("option", "headers"),
    [
        ("--crosswalk", "new_area,old_area,weight"),
        ("--outreach", "tanggal,kelurahan,kegiatan,jumlah"),
    ],
)
def test_other_files_without_rows_are_told(
    run: Run, results: str, capsys: pytest.CaptureFixture[str], option: str, headers: str
) -> None:
    Path("kosong.csv").write_text(f"{headers}\n", encoding="utf-8")
    assert run("run", results, *COMING, option, "kosong.csv") == 0
    told = " ".join("".join(capsys.readouterr()).split())
    assert "kosong.csv: there are no rows under the headers." in told


@pytest.mark.parametrize(
    ("roll", "log", "place", "outreach"),
    [
        (
            "Utara;Kasang;01;1.100\nUtara;Murni;02;2.150\n",
            "2024-11-01;Kasang;tatap muka;100\n2020-11-01;Murni;tatap muka;80\n",
            "This forecast is of 2 of the 3 places of the newest results: the roll lacks the",
            "1 activity for this election counted in, 1 for past elections",
        ),
        (
            "Utara;Kasang;01;1.100\nUtara;Murni;02;2.150\nSelatan;Legok;03;3.100\n",
            "2020-11-01;Murni;tatap muka;80\n",
            "Kota, pilkada",
            "no activity of the log counts for this election, 1 for past elections",
        ),
        (  # after the polling day, of no place, and long before: none of them counts
            "Utara;Kasang;01;1.100\nUtara;Murni;02;2.150\nSelatan;Legok;03;3.100\n",
            "2024-12-20;Murni;tatap muka;80\n2024-11-01;Rawa;tatap muka;80\n"
            "2022-11-01;Murni;tatap muka;80\n",
            "Kota, pilkada",
            "no activity of the log counts for this election, 0 for past elections",
        ),
    ],
)
def test_a_part_of_the_places_and_activities_are_told_beside_the_forecast(
    run: Run, results: str, capsys: pytest.CaptureFixture[str], roll: str, log: str, place: str,
    outreach: str,
) -> None:  # fmt: skip
    Path("dpt.csv").write_text(f"kecamatan;kelurahan;kode;dpt\n{roll}", encoding="utf-8")
    Path("log.csv").write_text(f"tanggal;kelurahan;kegiatan;jumlah\n{log}", encoding="utf-8")
    given = ("--roll", "dpt.csv", "--outreach", "log.csv", "--draws", "100")
    assert run("run", results, *COMING[:4], *given) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert place in told
    assert outreach in told
