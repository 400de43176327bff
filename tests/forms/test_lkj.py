"""The forms that an office hands in after an election."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from turnout import Election, TurnoutError
from turnout.backtesting import evaluate
from turnout.backtesting.evaluation_words import doubts
from turnout.forms.lkj import achievement, report_performance
from turnout.forms.workbook import write_lkj_table, write_lkj_workbook, write_participation
from turnout.reading.outreach import load_outreach
from turnout.schema import canonical_results

ELECTION = Election("2024-11-27", "pilkada")

FORECAST = pd.DataFrame(
    {
        "scale": ["city", "district", "district"],
        "city": "Kota",
        "district": [None, "Utara", "Selatan"],
        "registered": [5000, 2000, 3000],
        "median": [0.7, 0.72, 0.69],
        "level": 0.9,
    }
)

ACTUAL = canonical_results(
    pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "city": "Kota",
            "district": ["Utara", "Selatan"],
            "registered": [2000, 3000],
            "registered_l": [1000, 1400],
            "registered_p": [1000, 1600],
            "voters": [1200, 2400],
            "voters_l": [580, 1100],
            "voters_p": [620, 1299],
            "registered_disabled": [20, 30],
            "voters_disabled": [5, 10],
            "voters_dpk": [4, 6],
            "valid": [1150, 2300],
            "invalid": [50, 90],
        }
    )
)

HISTORY = pd.DataFrame(
    {
        "scale": ["city"] * 3,
        "election": ["2018-pilkada", "2020-pilkada", "2024-pemilu"],
        "date": pd.to_datetime(["2018-06-27", "2020-12-09", "2024-02-14"]),
        "election_type": ["pilkada", "pilkada", "pemilu"],
        "registered": [4500.0, 4800.0, 4900.0],
        "voters": [3200.0, 3600.0, 4100.0],
        "turnout": [0.711, 0.75, 0.837],
    }
)

LOG = pd.DataFrame(
    {
        "kind": ["face_to_face", "face_to_face", "takjil"],
        "segment": ["disability", "disability", None],
        "reached": [40.0, np.nan, 100.0],
    }
)

TARGETS = {"turnout": 0.80, "women": 0.75, "unlisted": 0.002}


def lkj(**changed: object):
    given = {"targets": TARGETS, "history": HISTORY, "log": LOG, **changed}
    return report_performance(FORECAST, ACTUAL, election=ELECTION, **given)


def test_indicators_are_target_outcome_and_achievement() -> None:
    table = lkj().indicators.set_index("indicator")
    # 3600 of 5000; 1919 of 2600 women; 15 of 50 disabled; 10 of 5000 + 10
    np.testing.assert_allclose(table["actual"], [0.72, 1919 / 2600, 0.3, 10 / 5010])
    np.testing.assert_allclose(table.loc["turnout", "achievement"], 0.9)
    np.testing.assert_allclose(table.loc["unlisted", "achievement"], 2 - 10 / 5010 / 0.002)
    assert np.isnan(table.loc["disabled", "achievement"])


def test_those_not_on_the_roll_are_not_added_to_a_roll_that_holds_them() -> None:
    listed = ACTUAL.assign(registered_basis="DPT+DPTb+DPK")
    table = report_performance(FORECAST, listed, election=ELECTION).indicators
    np.testing.assert_allclose(table["actual"].iloc[3], 10 / 5000)


def test_participation_stands_as_it_is_with_its_differences() -> None:
    table = lkj().participation.set_index("scale")
    whole = table.loc["city"]
    figures = ["registered_l", "registered_p", "voters_l", "voters_p", "valid", "invalid"]
    np.testing.assert_allclose(whole[figures].astype(float), [2400, 2600, 1680, 1919, 3450, 140])
    np.testing.assert_allclose(whole[["ballots", "difference"]].astype(float), [3590, 10])
    # One woman lacks in the south: told, not repaired.
    assert table["voters_gap"].tolist() == [1, 0, 1]
    assert table["registered_gap"].tolist() == [0, 0, 0]


def test_what_the_results_do_not_tell_is_blank() -> None:
    bare = ACTUAL.drop(columns=["registered_disabled", "voters_disabled", "voters_dpk"])
    bare = bare.assign(voters_l=np.nan, valid=[1150, np.nan])
    told = report_performance(FORECAST, bare, election=ELECTION)
    assert told.indicators["actual"].isna().tolist() == [False, True, True, True]
    assert told.participation["ballots"].isna().tolist() == [True, False, True]
    assert told.previous.empty
    assert told.activities.empty


def test_places_are_ranked_and_the_last_of_the_type_stands_beside() -> None:
    told = lkj()
    assert told.ranking["district"].tolist() == ["Selatan", "Utara"]
    np.testing.assert_allclose(told.ranking["turnout"], [0.8, 0.6])
    np.testing.assert_allclose(told.ranking["rank"], [1, 2])
    np.testing.assert_allclose(told.ranking["median"], [0.69, 0.72])
    assert told.previous["election"].tolist() == [ELECTION.name, "2020-pilkada"]
    np.testing.assert_allclose(told.previous["turnout"], [0.72, 0.75])


def test_the_last_of_the_type_holds_the_votes_that_its_official_total_held() -> None:
    past = HISTORY.assign(voters_apart=[0.0, 240.0, 0.0])
    told = report_performance(FORECAST, ACTUAL, election=ELECTION, history=past)
    assert told.previous["voters"].tolist() == [3600, 3840]
    np.testing.assert_allclose(told.previous["turnout"], [0.72, 0.8])


def test_activities_are_counted_by_kind_and_segment() -> None:
    table = lkj().activities
    assert table["activities"].tolist() == [2, 1]
    np.testing.assert_allclose(table["reached"], [40, 100])


def test_people_are_those_whom_the_log_tells() -> None:
    """What the model assumes of an activity without attendance stands in no form."""
    log = pd.DataFrame(
        {
            "tanggal": ["2024-10-01"] * 3,
            "kegiatan": ["radio", "tatap muka", "tatap muka"],
            "kelurahan": "A",
            "peserta": [None, 40, None],
        }
    )
    reading = load_outreach(log)
    said = [one.say("id") for one in reading.findings if one.rule == "attendance_assumed"]
    assert len(said) == 2
    assert any("1 kegiatan 'radio'" in one and "tidak ada yang ditemui" in one for one in said)
    assert not any(" 0 orang" in one for one in said)
    told = report_performance(FORECAST, ACTUAL, election=ELECTION, log=reading.table).activities
    people = told.set_index("kind")["reached"]
    assert people["face_to_face"] == 40
    assert np.isnan(people["electronic_media"])
    # The form says what the log calls a kind that has another name.
    assert told.set_index("kind")["written"].dropna().to_dict() == {"electronic_media": "radio"}


def test_activities_are_those_since_the_last_polling_day() -> None:
    day = pd.Timestamp(ELECTION.date)
    dates = [day - pd.Timedelta(days=days) for days in (1500, 400, 30, 1, 0, -20)]
    log = pd.DataFrame({"date": dates, "kind": "x", "segment": "y", "reached": 10.0})
    history = pd.DataFrame(
        {
            "scale": "city",
            "date": [day - pd.Timedelta(days=900), day - pd.Timedelta(days=300)],
            "election": ["a", "b"],
            "election_type": "pilpres",
        }
    )
    for known, counted in ((history, 2), (history.iloc[:1], 3), (None, 4)):
        told = report_performance(FORECAST, ACTUAL, election=ELECTION, log=log, history=known)
        assert told.activities["activities"].sum() == counted
        assert (told.earlier, told.later) == (4 - counted, 2)


def test_a_place_that_lacks_stations_has_no_rank() -> None:
    actual = ACTUAL.assign(stations_counted=[4, 8], stations_total=[4, 9])
    ranking = report_performance(FORECAST, actual, election=ELECTION).ranking
    assert ranking["district"].tolist() == ["Utara", "Selatan"]  # though Selatan is higher so far
    assert ranking["rank"].tolist() == [1, pd.NA]
    whole = report_performance(FORECAST, ACTUAL, election=ELECTION).ranking
    assert whole["rank"].tolist() == [1, 2]
    assert whole["district"].tolist() == ["Selatan", "Utara"]


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(TurnoutError, match="women"):
        lkj(targets={"wanita": 0.8})
    by_its_other_name = lkj(targets={"perempuan": 0.8}).indicators
    assert by_its_other_name.set_index("indicator").loc["women", "target"] == 0.8


def test_the_achievement_of_what_is_unknown_is_unknown() -> None:
    assert np.isnan(achievement(np.nan, 0.5))
    np.testing.assert_allclose(achievement(0.002, 0.006, lower_is_better=True), 0)


@pytest.mark.slow
def test_files_speak_the_language_of_the_office(tmp_path) -> None:
    write_lkj_table(lkj(), tmp_path / "lkj.csv", "id")
    table = pd.read_csv(tmp_path / "lkj.csv")
    assert table.columns.tolist() == [
        "Nomor", "Indikator kinerja", "Target %", "Realisasi %", "Capaian %", "Keterangan",
    ]  # fmt: skip
    np.testing.assert_allclose(table["Realisasi %"], [72, 73.81, 30, 0.2])
    assert table["Keterangan"].tolist()[2] == "target belum diberikan"
    write_participation(lkj(), tmp_path / "participation.csv")
    text = (tmp_path / "participation.csv").read_text(encoding="utf-8")
    assert "2400,2600,5000,1680,1919,3600" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", "Performance, Ranking, Last of its type, Participation, Activities, Factors, "
               "Columns"),
        ("id", "LKj, Peringkat, Pemilihan sejenis, Partisipasi, Kegiatan, Faktor, "
               "Keterangan kolom"),
    ],
)  # fmt: skip
def test_the_workbook_holds_all_forms(tmp_path, lang: str, names: str) -> None:
    path = write_lkj_workbook(lkj(), tmp_path / "lkj.xlsx", lang)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == names.split(", ")
    factors = book.get_sheet_by_name(book.sheet_names[5]).to_python()
    assert len(factors) == 9
    assert len(factors[0]) == 5
    again = write_lkj_workbook(lkj(), tmp_path / "again.xlsx", lang)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_a_form_keeps_the_columns_that_are_to_be_filled_in(tmp_path) -> None:
    bare = ACTUAL.drop(columns=["registered_disabled", "voters_disabled"])
    told = report_performance(FORECAST, bare, election=ELECTION)
    book = CalamineWorkbook.from_path(write_lkj_workbook(told, tmp_path / "lkj.xlsx", "en"))
    head = book.get_sheet_by_name("Participation").to_python()[0]
    assert "Registered, disabled" in head
    assert "Last of its type" not in book.sheet_names


def test_achievement_is_that_of_the_printed_figures_and_sexes_that_do_not_add_up_are_said(
    tmp_path,
) -> None:
    lkj = report_performance(FORECAST, ACTUAL, election=ELECTION, targets={"women": 0.79})
    write_lkj_table(lkj, tmp_path / "lkj.csv", "id")
    table = pd.read_csv(tmp_path / "lkj.csv", sep=None, engine="python", dtype=str)
    row = table.iloc[1].str.replace(",", ".").tolist()
    target, actual, reached = (float(row[n]) for n in (2, 3, 4))
    assert reached == round(100 * actual / target, 2)
    assert row[5] == "L + P tidak sama dengan jumlah di 1 wilayah"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ({"stations_counted": [4, 9], "stations_total": [8, 9]}, "provisional: stations are"),
        ({"registered": [1000, 1500], "voters": [600, 1200]}, "doubtful: 2,500 registered, where"),
        ({}, None),
    ],
)
def test_an_outcome_that_is_not_final_is_told_beside_every_figure(tmp_path, outcome, said):
    told = FORECAST.assign(lower=0.6, upper=0.8)
    actual = ACTUAL.assign(**outcome)
    found = doubts(evaluate(told, actual))
    made = report_performance(told, actual, election=ELECTION, targets=TARGETS)
    table = replace(made, doubts=found)
    written = pd.read_csv(write_lkj_table(table, tmp_path / "lkj.csv", "en"))
    remarks = written["Remark"].fillna("")[written["Outcome %"].notna()]
    assert len(remarks) >= 3
    assert all(remark.startswith(said or "") for remark in remarks)
    assert remarks.str.contains("provisional|doubtful").any() == (said is not None)
    partial = table.participation.set_index("scale")["partial"]
    assert partial.tolist() == ([True, True, False] if "stations_total" in outcome else [False] * 3)


@pytest.mark.parametrize(
    ("blank", "lacking"),
    [
        ([], []),
        (["voters"], [0, 3]),
        (["voters_p"], [1]),
        (["registered_disabled"], [2]),
        (["voters_dpk"], [3]),
    ],
)
def test_a_figure_that_some_places_lack_is_said_to_lack_there(tmp_path, blank, lacking) -> None:
    actual = ACTUAL.copy()
    actual.loc[1, blank] = np.nan
    write_lkj_table(report_performance(FORECAST, actual, election=ELECTION), tmp_path / "a", "id")
    remarks = pd.read_csv(tmp_path / "a")["Keterangan"].astype("object")
    assert not remarks.eq("tidak ada dalam data hasil").any()
    said = remarks[remarks.eq("belum ada untuk 1 dari 2 wilayah: Selatan")]
    assert said.index.tolist() == lacking


def test_a_figure_that_no_place_has_or_that_counts_nobody_is_said_so(tmp_path) -> None:
    actual = ACTUAL.assign(voters_p=np.nan, registered_disabled=0, voters_disabled=0)
    write_lkj_table(report_performance(FORECAST, actual, election=ELECTION), tmp_path / "a", "en")
    remarks = pd.read_csv(tmp_path / "a")["Remark"]
    assert remarks.tolist()[1:3] == ["not in the results", "nobody of this group is registered"]


@pytest.mark.slow
def test_a_place_without_a_result_stands_last_in_the_ranking_without_a_rank(tmp_path) -> None:
    actual = ACTUAL.copy()
    actual.loc[1, "voters"] = np.nan
    ranking = report_performance(FORECAST, actual, election=ELECTION).ranking
    assert ranking["district"].tolist() == ["Utara", "Selatan"]
    assert ranking["rank"].isna().tolist() == [False, True]
    told = report_performance(FORECAST, actual, election=ELECTION)
    sheet = CalamineWorkbook.from_path(write_lkj_workbook(told, tmp_path / "lkj.xlsx", "id"))
    rows = sheet.get_sheet_by_name("Peringkat").to_python()
    assert rows[-1][0] == ""
    none = report_performance(FORECAST, actual.assign(voters=np.nan), election=ELECTION)
    assert none.ranking.empty
