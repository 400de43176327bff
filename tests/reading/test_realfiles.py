"""Small files of real kinds: each is read rightly, or refused for the true reason; so its twin."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

from turnout import read_results
from turnout.errors import DataError, DataWarning
from turnout.reading import load_results, load_roll
from turnout.reading.hints import Hints
from turnout.surroundings import on_command_line

FILES = Path(__file__).resolve().parents[1] / "data" / "realfiles"


def rules(reading):
    return [finding.rule for finding in reading.findings]


def said(reading):
    with on_command_line():
        return " ".join(finding.say() for finding in reading.findings)


@pytest.mark.parametrize(
    ("name", "registered", "voters", "told"),
    [
        ("csv_float_noise_in_counts.csv", [1000, 1100, 1200, 1300], [650, 690, 730, 770], []),
        ("csv_footnote_asterisk_in_number.csv", [1000, 1100, 1200, 1300], None, []),
        ("csv_indian_grouping.csv", [1234567] * 4, [765432] * 4, []),
        ("csv_valid_and_invalid_no_voters.csv", None, [650, 690, 730, 770], ["derived_count"]),
        ("refused_both_count_and_percent.csv", [1000, 2000], [620, 1100], []),
        ("refused_dpt_l_and_p_without_sum.csv", [1000], [650], ["derived_count"] * 2),
        ("misleading_place_called_None.csv", [1000, 1200, 1300], [600, 700, 800], []),
        ("silent_month_first_dates.csv", [990, 1000, 1000], None, ["month_first_dates"]),
        ("control_month_first_dates_told.csv", [1000, 1000], [300, 600], ["month_first_dates"]),
    ],
)
def test_a_file_of_a_real_kind_is_read_and_told(name, registered, voters, told):
    reading = load_results(FILES / name)
    assert reading.errors == ()
    assert [rule for rule in rules(reading) if rule in ("derived_count", "month_first_dates")] == (
        told
    )
    for column, figures in (("registered", registered), ("voters", voters)):
        if figures is not None:
            assert reading.table[column].tolist() == figures


@pytest.mark.parametrize(
    ("name", "rule", "remedy"),
    [
        (
            "silent_percent_in_brackets_read_as_voters.csv",
            "missing_column",
            '--column "Pengguna Hak Pilih (%)=turnout_percent"',
        ),
        (
            "control_percent_decimals_refused.csv",
            "missing_column",
            '--column "pengguna hak pilih (%)=turnout_percent"',
        ),
        ("silent_header_in_thousands.csv", "count_in_thousands", "Give the counts in full"),
        ("csv_year_only.csv", "untold_days", "--date-of 2020=2020-12-09"),
        (
            "xlsx_sheet_per_election_year.xlsx",
            "untold_days",
            "--date-of 2018=2018-06-27 --date-of 2024=2024-11-27",
        ),
        ("xlsx_hidden_column_same_header.xlsx", "doubled_column", "column G is hidden"),
    ],
)
def test_a_file_is_refused_for_the_true_reason_alone(name, rule, remedy):
    reading = load_results(FILES / name)
    assert {error.rule for error in reading.errors} == {rule}
    assert remedy in said(reading)
    assert reading.table.empty


def test_stations_without_registered_miss_them_and_nothing_else():
    for name in ("traceback_kelurahan_no_tps_without_dpt.csv",
                 "traceback_station_column_no_registered.csv"):  # fmt: skip
        assert set(rules(load_roll(FILES / name))) == {"missing_column"}


@pytest.mark.slow
def test_what_the_file_does_not_say_can_be_said():
    path = FILES / "silent_percent_in_brackets_read_as_voters.csv"
    hints = Hints.of(columns={"Pengguna Hak Pilih (%)": "turnout_percent"})
    reading = load_results(path, hints=hints)
    assert reading.errors == ()
    assert "derived_count" in rules(reading)
    assert reading.table["voters"].tolist() == [570, 1083, 620, 1100]
    year = load_results(FILES / "csv_year_only.csv", hints=Hints.of(dates={"2020": "9-12-2020"}))
    assert year.errors == ()
    assert year.table["date"].unique().tolist() == [pd.Timestamp("2020-12-09")]
    days = Hints.of(dates={"2018": "2018-06-27", "2024": "2024-11-27"})
    sheets = load_results(FILES / "xlsx_sheet_per_election_year.xlsx", hints=days)
    assert sheets.errors == ()
    assert sheets.table["date"].dt.year.unique().tolist() == [2018, 2024]


def test_a_percentage_beside_the_counts_is_checked():
    text = (FILES / "refused_both_count_and_percent.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()]
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    frame.loc[0, "Pengguna Hak Pilih (%)"] = "72"
    reading = load_results(frame)
    assert "turnout_differs" in rules(reading)
    assert "72.0%, but the counts make 62.0%" in said(reading)


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        (["62,0%", "61,5%", "80,0%"], []),
        (["62,0%", "71,5%", "80,0%"], ["71.5%, but the counts make 61.5%"]),
        (["24,8%", "24,6%", "50,6%"], []),  # of all voters: no turnout
    ],
)
def test_a_percentage_that_only_a_merged_title_names_is_checked(percent, told):
    frame = pd.DataFrame(
        {
            "Desa": ["A", "B", "C"],
            "PILBUP 9 DESEMBER 2020 DPT": ["1.000", "1.000", "1.580"],
            "PILBUP 9 DESEMBER 2020 PENGGUNA HAK PILIH": ["620", "615", "1.264"],
            "PILBUP 9 DESEMBER 2020 %": percent,
        }
    )
    reading = load_results(frame)
    assert reading.errors == ()
    assert rules(reading).count("turnout_differs") == len(told)
    assert all(one in said(reading) for one in told)


def test_the_valid_votes_alone_are_offered_and_taken_only_when_said():
    frame = pd.DataFrame(
        {"tanggal": ["2020-12-09"], "jenis": ["pilkada"], "kelurahan": ["A"], "dpt": [100],
         "suara sah": [60]}
    )  # fmt: skip
    with pytest.raises(DataError, match=r'columns=\{"suara sah": "voters"\}'):
        read_results(frame)
    with pytest.warns(DataWarning, match="valid votes are taken for all who voted"):
        table = read_results(frame, columns={"suara sah": "voters"})
    assert table["voters"].tolist() == [60]


def test_a_needed_column_that_is_empty_stops_the_run():
    frame = pd.DataFrame(
        {"tanggal": ["2020-12-09"] * 2, "jenis": ["pilkada"] * 2, "kelurahan": ["A", "B"],
         "dpt": [100, 90], "hadir": [None, None]}
    )  # fmt: skip
    assert [error.rule for error in load_results(frame).errors] == ["empty_column"]
    filled = load_results(frame.assign(hadir=[60, 50]))
    assert filled.findings == ()


def test_an_unclear_part_is_not_zero():
    frame = pd.DataFrame(
        {"tanggal": ["2020-12-09"] * 2, "jenis": ["pilkada"] * 2, "kelurahan": ["A", "B"],
         "dpt": [100, 90], "suara sah": [60, 50], "suara tidak sah": [1, None]}
    )  # fmt: skip
    table = load_results(frame).table
    assert table["voters"].isna().tolist() == [False, True]


@pytest.mark.slow
def test_exports_are_read_with_a_few_words(tmp_path):
    french = tmp_path / "resultats.csv"
    text = (FILES / "fr_ministere_interieur.csv").read_text(encoding="utf-8")
    french.write_text(text, encoding="latin-1")
    table = read_results(french, dates="10/4/2022", types="présidentielle")
    assert table["voters"].tolist() == [537, 175, 6526]
    german = read_results(FILES / "de_votemanager.csv", columns={"A": "registered", "B": "voters"})
    assert german[["registered", "voters"]].iloc[0].tolist() == [1200, 980]
    assert german["date"].iloc[0] == pd.Timestamp("2021-09-26")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)  # the users of three lists are added
        situng = read_results(FILES / "id_situng_tps.csv", dates="2019-04-17", types="pilpres")
    assert situng.set_index("area")["voters"].to_dict() == {"MURNI": 359, "LEGOK": 354}
    assert situng.set_index("area")["registered"].to_dict() == {"MURNI": 450, "LEGOK": 460}
