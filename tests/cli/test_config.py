"""From a file of a publisher to a report: one check that keeps what is said, one run."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from turnout.cli.said import Inputs, read_config
from turnout.errors import TurnoutError
from turnout.runs import sealed_check

FILES = Path(__file__).resolve().parents[1] / "data" / "realfiles"
GERMAN = ("--column", "A=registered", "--column", "B=voters")
CASES = [
    ("fr_ministere_interieur.csv", ("--date-of", "2022-04-10", "--type-of", "présidentielle")),
    ("de_votemanager.csv", GERMAN),
    ("id_situng_tps.csv", ("--date-of", "2019-04-17", "--type-of", "pilpres")),
    ("de_kerg2.csv", ()),
    (
        "20181106__or__general__precinct.csv",
        ("--date-of", "2018-11-06", "--type-of", "general"),
    ),
]


@pytest.mark.parametrize(
    ("name", "words"),
    [CASES[0], *(pytest.param(*case, marks=pytest.mark.slow) for case in CASES[1:])],
)
def test_a_file_goes_from_check_to_report(undrawn, tmp_path, name, words):
    coming = ("--date", "27/11/2027", "--type", "presidential", "--goal", "75%")
    assert undrawn("check", str(FILES / name), *words, *coming, "--write-config", "c.toml") == 0
    assert undrawn("run", "--config", "c.toml", "--model", "last-turnout", "--out", "out") == 0
    assert (tmp_path / "out" / "forecast.csv").is_file()


def test_a_run_of_a_folder_tells_the_files_in_it(undrawn, tmp_path, capsys):
    (name, words), folder = CASES[0], tmp_path / "parts"
    folder.mkdir()
    shutil.copy(FILES / name, folder)
    (folder / "~$lock.xlsx").write_text("a lock is no input")
    coming = ("--date", "27/11/2027", "--type", "presidential", "--model", "last-turnout")
    assert undrawn("run", "parts", *words, *coming, "--out", "out") == 0
    [told] = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert (told["role"], told["file"]) == ("results", name)
    assert undrawn("seal", "out") == 0
    for inputs, code in (("parts", 0), ("out", 1)):
        said = sealed_check.asked(["--inputs", str(tmp_path / inputs)])
        assert sealed_check.run(tmp_path / "out-sealed", said) == code
    assert "report.html" in capsys.readouterr().out


def test_files_of_a_folder_follow_their_role(tmp_path):
    for name in ("parts/b.csv", "parts/a.csv", "parts/notes.pdf", "c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    given = {"results": ("parts", "c.csv"), "roll": ("empty",), "counted": ("not-yet.csv",)}
    kept = Inputs({role: tuple(tmp_path / one for one in names) for role, names in given.items()})
    assert {role: path.name for role, path in kept.paths.items()} == {
        **{"results": "a.csv", "results 2": "b.csv", "results 3": "c.csv"},
        **{"roll": "empty", "counted": "not-yet.csv"},
    }


@pytest.mark.slow
def test_options_go_before_the_config(undrawn, tmp_path, capsys):
    (tmp_path / "c.toml").write_text(
        f'[results]\nfiles = ["{FILES.as_posix()}/csv_year_only.csv"]\n'
        '[results.dates]\n2020 = "2020-12-08"\n',
        encoding="utf-8",
    )
    assert undrawn("check", "--config", "c.toml") == 0
    assert "8 December 2020" in capsys.readouterr().out
    assert undrawn("check", "--config", "c.toml", "--date-of", "2020=2020-12-09") == 0
    assert "9 December 2020" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "one", "other"),
    [
        ("--date-of", "2020=2020-12-09", "2020=2020-12-08"),
        ("--type-of", "2020=pilkada", "2020=pemilu"),
        ("--date-of", "2020-12-09", "2020-12-08"),
        ("--column", "JML=voters", "JML=registered"),
    ],
)
def test_an_option_that_says_two_things_is_refused(undrawn, capsys, option, one, other):
    path = str(FILES / "csv_year_only.csv")
    assert undrawn("check", path, option, one, option, other, "--lang", "id") == 2
    told = " ".join(capsys.readouterr().err.split())
    said = " dan ".join(pair.rpartition("=")[2] for pair in (one, other))
    assert f"menyebut dua hal untuk '{one.rpartition('=')[0]}': {said}." in told
    # the same thing twice, and two sheets, are no contradiction
    undrawn("check", path, option, one, option, one, "--sheet", "A", "--sheet", "B")
    assert "tells two things" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[resluts]\nfiles = []\n", "'resluts'"),
        ("[results]\nfile = 'a'\n", "'file'"),
        ("[results", "cannot be read"),
        ('[results]\nfiles = ["a"]\n[results.dates]\n2018 = "2018"\n', "not a full date"),
    ],
)
def test_a_config_that_is_not_understood_is_refused(tmp_path, text, said):
    path = tmp_path / "c.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TurnoutError, match=said):
        read_config(path)


def test_nothing_is_kept_of_a_file_with_errors(undrawn, tmp_path, capsys):
    path = str(FILES / "csv_year_only.csv")
    assert undrawn("check", path, "--write-config", "c.toml") == 2
    assert not (tmp_path / "c.toml").exists()
    assert "--date-of 2020=2020-12-09" in capsys.readouterr().err


def test_what_was_understood_is_said_before_what_is_wrong(undrawn, capsys):
    assert undrawn("check", str(FILES / "csv_valid_and_invalid_no_voters.csv")) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "dpt → registered" in out
    assert "Places: area 4, district 1." in out
    assert "9 December 2020" in out
    assert "4,600" in out
    assert "61.7%" in out


@pytest.mark.slow
def test_one_level_per_sheet_and_a_guide_are_one_table(undrawn, tmp_path, capsys):
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = "Baca dulu"
    guide.append(["Berkas ini memuat hasil menurut tingkat"])
    day = ["2020-12-09", "pilkada"]
    levels = {
        "Kab Kota": (["KABUPATEN/KOTA"], [["Jambi", 3300, 2070]]),
        "Kecamatan": (["KABUPATEN/KOTA", "KECAMATAN"], [["Jambi", "Danau Sipin", 3300, 2070]]),
        "Kelurahan": (
            ["KABUPATEN/KOTA", "KECAMATAN", "KELURAHAN"],
            [["Jambi", "Danau Sipin", "Murni", 1600, 1000],
             ["Jambi", "Danau Sipin", "Legok", 1700, 1070]],
        ),
    }  # fmt: skip
    for title, (places, rows) in levels.items():
        sheet = book.create_sheet(title)
        sheet.append(["TANGGAL", "JENIS", *places, "DPT", "PENGGUNA_HAK"])
        for row in rows:
            sheet.append([*day, *row])
    book.save(tmp_path / "pilkada.xlsx")
    coming = ("--date", "2024-11-27", "--type", "pilkada", "--write-config", "c.toml")
    assert undrawn("check", "pilkada.xlsx", *coming) == 0
    out = capsys.readouterr().out
    assert "Rows of totals:" in out
    assert "3,300" in out
    assert "62.7%" in out
    assert undrawn("run", "--config", "c.toml", "--model", "last-turnout", "--out", "out") == 0
    assert (tmp_path / "out" / "forecast.csv").is_file()


def test_a_missing_sheet_is_named(undrawn, tmp_path, capsys):
    book = openpyxl.Workbook()
    roll = book.active
    roll.title = "Daftar"
    for row in (["Kelurahan", "DPT"], ["Murni", 100]):
        roll.append(row)
    log = book.create_sheet("Kegiatan")
    for row in (["Tanggal", "Kelurahan", "Peserta"], ["2024-10-13", "Murni", 20]):
        log.append(row)
    book.save(tmp_path / "data.xlsx")
    arguments = ("--date", "2024-11-27", "--type", "pilkada", "--out", "out")
    assert undrawn("run", "data.xlsx", *arguments) == 2
    assert "no sheet of results" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["silent_month_first_dates.csv", "xlsx_sheet_per_election_year.xlsx"]
)
def test_a_file_is_known_as_results_whatever_its_language_and_sheets(undrawn, capsys, name):
    undrawn("check", str(FILES / name))
    told = capsys.readouterr()
    assert "(results)" in told.out + told.err
