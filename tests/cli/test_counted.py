"""A run during the count, and one with evidence from outside: every output says so."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

Run = Callable[..., int]
PAST = pd.DataFrame(
    [
        (date, "pilkada", "Kota", district, area, 1000 + 500 * number, votes)
        for date, shift in (("2010-06-27", 0), ("2015-12-09", 40), ("2020-12-09", -30))
        for number, (district, area, votes) in enumerate(
            [
                ("Utara", "Kasang", 620 + shift),
                ("Utara", "Murni", 1000 - shift),
                ("Selatan", "Legok", 1250 + shift),
            ]
        )
    ],
    columns=["date", "election_type", "city", "district", "area", "registered", "voters"],
)
COUNT = pd.DataFrame(
    {
        "area": ["Kasang", "Murni", "Legok"],
        "registered": [1000, 750, ""],
        "voters": [650, 480, ""],
        "stations_counted": [4, 3, 0],
        "stations_total": [4, 6, 8],
    }
)
RUN = ("run", "past.csv", "--date", "2024-11-27", "--type", "pilkada", "--draws", "300")


@pytest.fixture
def run(undrawn: Run) -> Run:
    PAST.to_csv("past.csv", index=False)
    COUNT.to_csv("count.csv", index=False)
    return undrawn


def test_a_count_needs_no_date_and_every_output_says_how_far_it_is(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*RUN, "--counted", "count.csv", "--data-until", "21.30", "--goal", "70%") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Count in progress: 7 of 18 stations are in (38.9%)." in said
    assert "As of 27 November 2024, 21:30." in said
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert goal["counted_share"] == pytest.approx(7 / 18, abs=1e-6)
    assert goal["counted_until"] == "2024-11-27T21:30:00"
    table = pd.read_csv("forecast-out/forecast.csv")
    shares = table.set_index("area")["counted_share"]
    assert shares[["Kasang", "Murni", "Legok"]].tolist() == [1.0, 0.5, 0.0]
    kasang = table[table["area"] == "Kasang"].iloc[0]
    assert kasang[["lower", "median", "upper"]].tolist() == [0.65] * 3
    notes = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))["notes"]
    assert any("7 of 18 stations" in note for note in notes)


def test_a_row_that_cannot_be_right_is_left_out_as_not_in(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = COUNT.assign(registered=[1000, 1500, ""])
    wrong.to_csv("count.csv", index=False)
    asked = (*RUN, "--counted", "count.csv")
    assert run(*asked) == 2
    assert "count.csv, row 3" in " ".join(capsys.readouterr().err.split())
    assert run(*asked, "--drop-bad-rows") == 0
    rejected = pd.read_csv("forecast-out/rejected.csv")
    told = rejected[["role", "file", "row", "rule"]].to_numpy().tolist()
    assert told == [["counted", "count.csv", 3, "whole_roll"]]
    shares = pd.read_csv("forecast-out/forecast.csv").set_index("area")["counted_share"]
    assert shares[["Kasang", "Murni", "Legok"]].tolist() == [1.0, 0.0, 0.0]


@pytest.mark.slow
def test_before_the_count_nothing_is_said_of_one(run: Run) -> None:
    assert run(*RUN) == 0
    table = pd.read_csv("forecast-out/forecast.csv")
    assert table["counted_share"].isna().all()
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert goal["counted_share"] is None
    width, relative = table["upper"] - table["lower"], table["relative_upper"]
    relative = relative - table["relative_lower"]
    areas = table["scale"] == "area"
    assert (relative[areas] < width[areas]).all()
    assert (relative[table["scale"] == "city"] == 0).all()


@pytest.mark.slow
def test_the_time_of_the_file_is_what_a_count_goes_up_to(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*RUN, "--counted", "count.csv", "--lang", "id") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Penghitungan sedang berjalan: 7 dari 18 TPS" in told
    assert "menurut waktu berkas." in told
    assert "Menurut waktu berkas, hasil hitung per" in told
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert goal["counted_until"] is not None
    COUNT.assign(data_until="2024-11-28 06:15").to_csv("count.csv", index=False)
    assert run(*RUN, "--counted", "count.csv") == 0
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert goal["counted_until"] == "2024-11-28T06:15:00"


@pytest.mark.slow
def test_a_later_report_in_the_file_replaces_the_earlier_one(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    first = COUNT.dropna(subset="voters").head(1)
    later = first.assign(voters=first["voters"] + 10, data_until="22:10")
    reports = pd.concat([later, COUNT.assign(data_until="20:10")])
    reports.to_csv("count.csv", index=False)
    assert run(*RUN, "--counted", "count.csv") == 0
    assert "a later report of" in " ".join(capsys.readouterr().out.split())
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert [one["rule"] for one in record["findings"]].count("report_replaced") == 1
    goal = json.loads(Path("forecast-out/goal.json").read_text(encoding="utf-8"))
    assert goal["counted_until"] == "2024-11-27T22:10:00"


SAMPLE = pd.DataFrame(
    {
        "area": ["Kasang", "Murni", "Murni", "Legok"],
        "tps": [1, 1, 2, 3],
        "registered": [250, 240, 260, 245],
        "voters": [160, 150, 170, 165],
        "stations_total": [4, 6, 6, 8],
        "stations_in_stratum": 18,
    }
)


@pytest.mark.slow
def test_a_sample_enters_as_counted_stations_and_its_own_estimate_is_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    SAMPLE.to_csv("sample.csv", index=False)
    assert run(*RUN, "--sample", "sample.csv", "--data-until", "14:00", "--lang", "id") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Penghitungan sedang berjalan: 4 dari 18 TPS" in said
    assert "Sampel saja (4 dari 18 TPS): 64,8%, galat baku" in said
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert [one["role"] for one in record["inputs"]] == ["results", "sample"]
    alone = pd.read_csv("forecast-out/forecast.csv").set_index("area")
    assert run(*RUN, "--sample", "sample.csv", "--counted", "count.csv") == 0
    # of Kasang and Murni the count has more stations
    both = pd.read_csv("forecast-out/forecast.csv").set_index("area")
    shares = [alone["counted_share"], both["counted_share"]]
    assert [one["Kasang"] for one in shares] == [0.25, 1.0]
    assert [one["Legok"] for one in shares] == [0.125, 0.125]
    assert both.loc["Kasang", "median"] == 0.65


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("voters", "", "a sampled station needs a figure here"),
        ("tps", 2, "sample twice"),
        ("stations_in_stratum", 20, "in an earlier row"),
        ("area", "Nowhere", "Nowhere"),
    ],
)
def test_a_sample_with_errors_is_refused_with_its_row(
    run: Run, column: str, value: object, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = SAMPLE.astype("object")
    broken.loc[1, column] = value
    broken.to_csv("sample.csv", index=False)
    assert run(*RUN, "--sample", "sample.csv") == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not Path("forecast-out").exists()


@pytest.mark.slow
def test_a_station_told_twice_is_named(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    stations = pd.DataFrame(
        {
            "area": ["Murni"] * 3,
            "no_tps": ["1", "2", "002"],
            "registered": [300, 310, 310],
            "voters": [200, 180, 190],
        }
    )
    stations.to_csv("count.csv", index=False)
    assert run(*RUN, "--counted", "count.csv") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "row 3" in said
    assert "row 4" in said
    assert "stands here twice" in said
    assert not Path("forecast-out").exists()


@pytest.mark.slow
def test_evidence_is_weighed_by_its_record_and_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = pd.DataFrame(
        {
            "turnout": ["70%", "75%", "72%"],
            "error": ["2%", "2%", "2%"],
            "source": "Survei A",
            "kind": "survei",
            "actual": ["", "66%", "64%"],
        }
    )
    evidence.to_csv("evidence.csv", index=False)
    assert run(*RUN, "--evidence", "evidence.csv") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Outside evidence (Survei A) on Kota: 70.0% give or take 2.0 points" in said
    assert "By its record of 2 past estimates it counts as 6" in said
    record = json.loads(Path("forecast-out/run.json").read_text(encoding="utf-8"))
    assert "evidence" in {one["role"] for one in record["inputs"]}


@pytest.mark.slow
def test_check_tells_a_count_by_its_stations(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("hitung.csv").write_text(
        "Kecamatan,Kelurahan,DPT,Pengguna Hak Pilih,TPS masuk,Jumlah TPS\n"
        "Jelutung,Kasang,1000,1090,3,3\nJelutung,Murni,1200,500,5,4\n"
    )
    assert run("check", "hitung.csv") == 2
    assert "hitung.csv is a count in progress" in capsys.readouterr().err
    assert run("check", "hitung.csv", "--date", "2024-11-27", "--type", "pilkada") == 2
    told = capsys.readouterr()
    assert "hitung.csv, read as count:" in told.out
    assert "5 stations counted of 4 in all" in told.err
    assert "needed columns" not in told.err


@pytest.mark.slow
def test_turnout_by_an_hour_is_evidence_with_a_time(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    hours = pd.DataFrame(
        {
            "jam": ["10:00"] * 3,
            "wilayah": ["Kasang", "Legok", ""],
            "partisipasi": ["31%", "30%", "33%"],
            "pemilihan": ["", "", "2020"],
            "hasil": ["", "", "66%"],
        }
    )
    hours.to_csv("hours.csv", index=False)
    assert run(*RUN, "--evidence", "hours.csv", "--lang", "id") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Partisipasi sementara pukul 10:00 dari 2 laporan, rata-rata 30,3%" in said
    assert "Menurut 1 hari pemungutan suara yang lalu" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "told", "never"),
    [
        ("en", "All counts are in: 62.9%. The goal of 65.0% is missed.", "in progress"),
        (
            "id",
            "Semua hasil hitung sudah masuk: 62,9%. Target 65,0% tidak",
            "sedang berjalan",
        ),
    ],
)
def test_a_whole_count_is_told_as_one(
    run: Run, capsys: pytest.CaptureFixture[str], lang: str, told: str, never: str
) -> None:
    whole = COUNT.assign(
        registered=[1000, 1500, 2000],
        voters=[629, 944, 1258],
        stations_counted=COUNT["stations_total"],
    )
    whole.to_csv("count.csv", index=False)
    until = ("--data-until", "2024-11-28 02:56")
    assert run(*RUN, "--counted", "count.csv", *until, "--goal", "65%", "--lang", lang) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert told in said
    for words in (never, "ditetapkan", "fixed", "0,0% s.d. 100,0%", "200 malam"):
        assert words not in said


@pytest.mark.parametrize(
    ("voters", "told"),
    [((0, 0), "0 voters in every row"), ((0, 500), "needed columns are missing")],
)
def test_check_tells_a_count_by_its_zeros(
    voters: tuple[int, int], told: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("hitung.csv").write_text(
        "Kecamatan,Kelurahan,DPT,Pengguna Hak Pilih\n"
        f"Jelutung,Kasang,1000,{voters[0]}\nJelutung,Murni,1200,{voters[1]}\n"
    )
    assert run("check", "hitung.csv") == 2
    said = capsys.readouterr()
    assert told in " ".join((said.out + said.err).split())
