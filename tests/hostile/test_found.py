"""The smallest inputs of what mutated workbooks have found, each beside its clean twin."""

import zipfile

import numpy as np
import pandas as pd
import pytest

from turnout import Election, LastOfType
from turnout.errors import DataError
from turnout.reading import load_counted, load_outreach, load_results, load_roll

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "pilkada", "Jelutung", "Talang Jauh", 985, 603],
    ["27/11/2024", "pilkada", "Pasar Jambi", "Beringin", 2035, 1433],
]


def table(rows: list[list[object]], header: list[str] = HEADER) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=header, dtype="object")


def written(path, *grids: list[list[object]]):
    with pd.ExcelWriter(path) as writer:
        for number, grid in enumerate(grids):
            frame = pd.DataFrame(grid)
            frame.to_excel(writer, sheet_name=f"Data {number}", header=False, index=False)
    return path


def rules(source) -> set[str]:
    return {finding.rule for finding in load_results(source).findings}


def test_the_twins_pass_without_a_word(tmp_path):
    assert not rules(table(ROWS))
    assert not rules(written(tmp_path / "a.xlsx", [HEADER, *ROWS]))


@pytest.mark.parametrize("figure", [1e19, 1e300])
def test_a_figure_beyond_all_whole_numbers_is_told(figure):
    reading = load_results(table([*ROWS[:2], [*ROWS[2][:4], figure, 1433]]))
    assert "larger than any electorate" in DataError.of(reading.errors).say("en")


def test_a_row_of_dashes_is_a_blank_row(tmp_path):
    parted = written(tmp_path / "a.xlsx", [HEADER, *ROWS[:2], ["-"] * 6, ROWS[2]])
    assert not rules(parted)
    assert len(load_results(parted).table) == 3


def test_a_row_without_place_and_figures_is_no_place_without_name():
    told = load_results(table([*ROWS, [*ROWS[0][:2], None, None, None, 900]]))
    assert all("for  in" not in finding.say("en") for finding in told.findings)


def test_a_blank_type_is_told_once_and_not_as_a_type():
    earlier = [["17/04/2019", "pemilu", *row[2:]] for row in ROWS]
    assert not rules(table([*earlier, *ROWS]))
    told = load_results(table([*earlier, *ROWS[:2], ["27/11/2024", "", *ROWS[2][2:]]]))
    assert [finding.rule for finding in told.findings] == ["missing_key"]


def test_a_header_over_a_total_is_not_that_of_its_first_column(tmp_path):
    """Under *Pengguna Hak Pilih* over L, P, JML the word L is lost: L is not the voters."""
    top = ["Tanggal", "Jenis", "Kelurahan", "DPT", "Pengguna Hak Pilih", None, None]
    rows = [["27/11/2024", "pilkada", "Payo Lebar", 4512, 1400, 1500, 2900]]
    clean = written(tmp_path / "a.xlsx", [top, [*[None] * 4, "L", "P", "JML"], *rows])
    assert not rules(clean)
    assert load_results(clean).table["voters"].tolist() == [2900]
    lost = written(tmp_path / "b.xlsx", [top, [*[None] * 4, None, "P", "JML"], *rows])
    assert "doubled_column" in rules(lost)


def test_a_sheet_of_the_same_places_without_a_header_is_told(tmp_path):
    later = [["27/11/2029", *row[1:]] for row in ROWS]
    clean = written(tmp_path / "a.xlsx", [HEADER, *ROWS], [HEADER, *later])
    assert not rules(clean)
    assert len(load_results(clean).table) == 6
    lost = load_results(written(tmp_path / "b.xlsx", [HEADER, *ROWS], later))
    assert [(one.rule, one.spot.sheet) for one in lost.findings] == [("sheet_left_out", "Data 1")]


def test_a_sheet_of_something_else_is_not_told(tmp_path):
    guide = [["Isi satu baris per kelurahan", None], ["Kelurahan yang sudah masuk", 3]]
    assert not rules(written(tmp_path / "a.xlsx", [HEADER, *ROWS], guide))


def test_one_row_of_an_area_without_its_kecamatan_makes_no_second_area():
    """Stations of an area would be summed to two areas, each with a part of its voters."""
    header = [*HEADER[:4], "No TPS", *HEADER[4:]]
    rows = [[*row[:4], n, 500, 300 + n] for row in ROWS for n in (1, 2)]
    assert not rules(table(rows, header))
    rows[1][2] = None
    assert "equal_names" in rules(table(rows, header))
    assert load_results(table(rows, header)).errors
    elsewhere = [["27/06/2018", "pilkada", None, *row[3:]] for row in ROWS]
    assert not load_results(table([*elsewhere, *ROWS])).errors


def test_a_place_without_a_figure_in_the_only_contest_is_forecast_from_its_neighbours():
    results = pd.DataFrame(
        {
            "date": "2018-06-27",
            "election_type": "pilkada",
            "district": ["A", "A", "B"],
            "area": ["a", "b", "c"],
            "registered": [1000, 900, 900],
            "voters": [600, np.nan, 540],
        }
    )
    coming = Election("2024-11-27", "pilkada")
    forecast = LastOfType().fit(results).forecast(coming, draws=4000, seed=1)
    medians = forecast.intervals()["median"]
    assert medians.notna().all()
    np.testing.assert_allclose(medians, 0.6, atol=0.02)


@pytest.mark.parametrize("day", ["31 Februari 2014", "2014-02-31", "9 Desember 2015"])
def test_days_in_a_roll_are_the_users_own_however_written(day: str) -> None:
    roll = pd.DataFrame(
        {
            "date": day,
            "district": "Jelutung",
            "area": ["Kasang", "Murni", "Pos"],
            "registered": [1000, 2000, 0],
            "voters": [500, 600, 40],
        }
    )
    assert [one.rule for one in load_roll(roll).findings] == ["voters_without_roll"]


LOG_HEADER = ["Tanggal", "Kelurahan", "Kegiatan", "Sasaran", "Peserta", "Biaya"]
LOG = [
    ["17/09/2024", "Payo Lebar", "Sosialisasi", "pemilih pemula", 128, 1_500_000],
    ["21/10/2024", "Talang Jauh", "Tatap muka", "perempuan", 236, 1_200_000],
    ["21/10/2024", "Talang Jauh", "Tatap muka", "umum", 236, 1_200_000],
    ["21/09/2024", "Beringin", "Pasar murah", "umum", 84, 800_000],
]


def rules_of_log(source) -> list[str]:
    return [finding.rule for finding in load_outreach(source).findings]


@pytest.mark.parametrize("other", ["Jumlah", "Keterangan"])
def test_a_sheet_of_activities_stays_one_whatever_else_it_tells(tmp_path, other):
    """A column *Jumlah* made it a roll, and its activities were lost without a word."""
    later = [["24/10/2024", *row[1:3], "umum", *row[4:]] for row in LOG[:2]]
    header = [other if name == "Sasaran" else name for name in LOG_HEADER]
    both = written(tmp_path / "a.xlsx", [LOG_HEADER, *LOG], [header, *later])
    assert len(load_outreach(both).table) == 6


def test_an_activity_that_another_sheet_tells_again_with_less_is_repeated(tmp_path):
    assert not rules_of_log(table(LOG, LOG_HEADER))
    fewer = [name for name in LOG_HEADER if name != "Sasaran"]
    again = [[*row[:3], *row[4:]] for row in (LOG[0], LOG[3])]
    both = written(tmp_path / "a.xlsx", [LOG_HEADER, *LOG], [fewer, *again])
    assert rules_of_log(both) == ["repeated_activity"] * 2


@pytest.mark.parametrize(("cost", "told"), [(1e300, True), (2e9, True), (9e8, False)])
def test_a_cost_far_beyond_the_others_is_told(cost, told):
    rows = [*LOG, ["22/09/2024", "Payo Lebar", "Tatap muka", "umum", 40, cost]]
    assert ("cost_far_off" in rules_of_log(table(rows, LOG_HEADER))) == told


def test_a_place_that_is_called_total_has_more_stations_than_its_district():
    header = ["Kecamatan", "Kelurahan", "TPS Masuk", "Jumlah TPS", "DPT", "Pengguna Hak Pilih"]
    rows = [
        ["Jelutung", "Payo Lebar", 4, 4, 1670, 1052],
        ["Pasar Jambi", "Orang Kayo", 4, 6, 3156, 2167],
        ["Pasar Jambi", "Beringin", 4, 4, 3395, 2469],
        ["Pasar Jambi", "Sungai Asam", 4, 6, 3418, 2555],
    ]
    coming = Election("2024-11-27", "pilkada")

    def told(rows: list[list[object]]) -> set[str]:
        found = load_counted(table(rows, header), election=coming).findings
        return {finding.rule for finding in found}

    assert "stations_below_parts" not in told(rows)
    whole = ["Pasar Jambi", "Jumlah", 12, 16, 9969, 7191]
    assert "stations_below_parts" not in told([*rows, whole])
    rows[1][1] = "Total"
    assert "stations_below_parts" in told(rows)


def test_a_workbook_of_which_parts_are_lost_is_called_damaged(tmp_path):
    path = written(tmp_path / "hasil.xlsx", [HEADER, *ROWS])
    with zipfile.ZipFile(path) as whole:
        kept = {name: whole.read(name) for name in ("[Content_Types].xml", "_rels/.rels")}
    with zipfile.ZipFile(path, "w") as rest:
        for name, content in kept.items():
            rest.writestr(name, content)
    with pytest.raises(DataError, match=r"hasil\.xlsx") as refused:
        load_results(path)
    assert "XML" not in refused.value.say("id")


def test_a_sheet_of_a_past_election_without_its_voters_is_told(tmp_path):
    """It was taken for a roll, and the election was lost without a word."""

    def titled(title: str, width: int) -> list[list[object]]:
        header, *rows = ([*row[2:width]] for row in (HEADER, *ROWS))
        return [[title, *[None] * (width - 3)], header, *rows]

    def told(*sheets: list[list[object]]) -> set[str]:
        return rules(written(tmp_path / "a.xlsx", *sheets)) - {"date_in_title"}

    titles = ["Pilkada 27 Juni 2018", "Pilkada 9 Desember 2020", "Pilkada 27 November 2024"]
    whole = [titled(title, 6) for title in titles]
    assert not told(*whole)
    assert told(titled(titles[0], 5), *whole[1:]) == {"sheet_left_out"}
    assert told(*whole, titled("Hasil Pilkada 28 November 2029", 5)) == {"sheet_left_out"}
    assert not told(*whole, titled("DPT Pilkada 28 November 2029", 5))


def test_a_sheet_named_as_a_past_election_without_voters_is_told(tmp_path):
    path, name = tmp_path / "a.xlsx", "pilkada 2018"
    with pd.ExcelWriter(path) as writer:
        table(ROWS).to_excel(writer, sheet_name="pilkada 2024", index=False)
        old = table(ROWS).assign(Tanggal="27/06/2018")
        old.drop(columns="Pengguna Hak Pilih").to_excel(writer, sheet_name=name, index=False)
    assert rules(path) == {"sheet_left_out"}


@pytest.mark.parametrize("figure", ["x", "4", 4])
def test_results_that_are_given_as_a_log_are_called_results(figure):
    header = ["Tanggal", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    rows = [["09/07/2014", "Pasar", name, figure, 3] for name in "abcd"]
    reading = load_outreach(table(rows, header))
    assert not len(reading.table)
    assert [finding.rule for finding in reading.errors] == ["results_as_log"]
    told = [[*row, "Tatap muka", 30] for row in rows]
    assert "results_as_log" not in rules_of_log(table(told, [*header, "Kegiatan", "Peserta"]))


def past_and_count(voters: list[int]):
    """Results of 2020, and a count of 2024 with its roll and these voters."""
    header = ["Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    places = [("Pasar", name) for name in "ABCD"]
    past = [[*place, 900, 600 + 10 * number] for number, place in enumerate(places)]
    held = load_results(
        table([["09/12/2020", "pilkada", *row] for row in past], ["Tanggal", "Jenis", *header])
    ).table
    count = [[*row[:3], voted] for row, voted in zip(past, voters, strict=True)]
    return load_counted(
        table(count, header), election=Election("2024-11-27", "pilkada"), results=held
    )


def test_a_count_with_the_very_figures_of_a_past_election_is_refused():
    """Without a day of its own an old sheet was counted, and the goal was called."""
    old = past_and_count([600, 610, 620, 655])
    assert [finding.rule for finding in old.errors] == ["count_of_past"]
    assert old.table.empty
    assert not past_and_count([590, 610, 640, 655]).errors


def test_the_registered_of_a_group_are_no_voters_where_the_voters_lost_their_header(tmp_path):
    """PEMILIH (DPT, DPTb, DPK, JUMLAH) beside PENGGUNA (DPT, DPTb, DPK, ...)."""
    top = ["Kecamatan", "Desa", "PEMILIH", None, None, None, "PENGGUNA", None, None, None]
    kinds = ["DPT", "DPTb", "DPK", "JUMLAH"]
    rows = [["Pasar", name, 900, 4, 6, 910, 600 + k, 3, 6, 609 + k] for k, name in enumerate("ABC")]
    title = ["Hasil Pilkada 27 November 2024", *[None] * 9]
    for last in ("JUMLAH", None):
        head = [title, top, [None, None, *kinds, *kinds[:3], last]]
        found = load_results(written(tmp_path / "a.xlsx", [*head, *rows])).table
        assert found["voters"].tolist() == [609, 610, 611]
        assert found["registered"].tolist() == [900] * 3


@pytest.mark.parametrize("numbers", ["No. TPS", "Nomor TPS", "No"])
@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("Kelurahan", ["Murni", "Solok Sipin", "Legok", "Buluran"]),
        ("Kecamatan", ["Murni", "Solok Sipin", "Legok", "Buluran"]),
        ("Kelurahan", ["Desa 3", "Desa 3 Timur", "Kampung 4", "Kel. Murni 2"]),
    ],
)
def test_names_under_the_header_of_numbers_are_told(numbers, place, names):
    """The headers of a place and of numbers were swapped: places called 1, 2, 3 were read."""
    other = "Kecamatan" if place == "Kelurahan" else "Kelurahan"
    header = ["Tanggal", "Jenis", other, numbers, place, "DPT", "Pengguna Hak Pilih"]
    day = ["27/06/2018", "Pilkada", "Pasar"]
    rows = [[*day, name, k + 1, 300 + k, 200 + k] for k, name in enumerate(names)]
    swapped = load_results(table(rows, header))
    assert [finding.rule for finding in swapped.errors] == ["exchanged_headers"]
    right = [*header[:3], place, numbers, *header[5:]]
    assert not load_results(table(rows, right)).errors


def test_wards_that_are_numbered_are_read():
    header = ["Date", "Type", "No", "Ward", "Registered", "Voters"]
    rows = [["2018-06-27", "council", f"{k}.", k, 300 + k, 200 + k] for k in range(1, 5)]
    assert not load_results(table(rows, header)).errors
    halls = ["Village hall", "School", "Library", "Church"]
    numbered = [f"TPS {k}" for k in (4, 5, 6, 7)]
    for called, station in ((halls, "Polling place"), (halls, "TPS"), (numbered, "No TPS")):
        rows = [["2018-06-27", "council", one, k + 1, 300, 200] for k, one in enumerate(called)]
        named = load_results(table(rows, [*header[:2], station, *header[3:]]))
        assert "exchanged_headers" not in [finding.rule for finding in named.findings]


@pytest.mark.parametrize("total", [1530, 1429])
def test_a_total_below_the_stations_that_are_in_is_refused(total):
    """Of a count under way an unnamed JUMLAH was not held against its stations."""
    header = ["Kecamatan", "Kelurahan", "TPS", "DPT", "Pengguna Hak Pilih"]
    places = [("Pasar", "Beringin"), ("Pasar", "Sungai Asam"), ("Jelutung", "Handil")]
    rows = [
        [*place, number, 300, 220 if number == 2 else None if number == 3 else 290]
        for place in places
        for number in (1, 2, 3)
    ]
    table_of = [*rows, ["JUMLAH", None, None, 2700, total]]
    found = load_counted(
        table(table_of, header), election=Election("2024-11-27", "pilkada"), results=None
    )
    told = [finding.rule for finding in found.errors]
    assert told == ([] if total == 1530 else ["nameless_total_differs"])


@pytest.mark.parametrize("called", ["JUMLAH {}", "Jumlah Kec. {}", "{} Total"])
def test_a_kecamatan_called_as_a_city_is_totalled_as_a_kecamatan(called):
    """JUMLAH Kota Baru below the kelurahan of the kecamatan Kota Baru was the city's total."""
    header = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    day, rows = ["27/06/2018", "Pilkada"], []
    for at, district in enumerate(["Jelutung", "Kota Baru", "Pasar"]):
        sizes = [(1200 + 100 * at + 37 * k, 800 + 70 * at + 21 * k) for k in range(3)]
        rows += [[*day, district, f"Desa {district[0]}{k}", *sizes[k]] for k in range(3)]
        sums = [sum(one) for one in zip(*sizes, strict=True)]
        rows.append([*day, called.format(district), None, *sums])
    read = load_results(table(rows, header))
    assert not read.errors
    totals = read.table[read.table["area"].isna()]
    assert totals["district"].tolist() == ["Jelutung", "Kota Baru", "Pasar"]
    assert totals["city"].isna().all()
