"""Small files of the kinds that offices publish: what a row is, is told by what stands in it."""

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from turnout.reading.hints import Hints
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

FILES = Path(__file__).parents[2] / "data" / "realfiles"


def read(name: str) -> pd.DataFrame:
    reading = load_results(FILES / name)
    assert not reading.errors, [error.say() for error in reading.errors]
    return reading.table


def rules(name: str) -> list[str]:
    return [finding.rule for finding in load_results(FILES / name).findings]


def table(text: str) -> pd.DataFrame:
    return pd.read_csv(StringIO(text), dtype=object)


def loaded(text: str) -> pd.DataFrame:
    reading = load_results(table(text))
    assert not reading.errors, [error.say() for error in reading.errors]
    return reading.table


def told(text: str) -> list[str]:
    return [finding.rule for finding in load_results(table(text)).findings]


HEADER = "tanggal,jenis,kecamatan,kelurahan,dpt,pengguna hak pilih\n"
ROWS = HEADER + (
    "2020-12-09,pilkada,Pasar,Murni,1013,611\n"
    "2020-12-09,pilkada,Pasar,Legok,2029,1103\n"
    "2020-12-09,pilkada,Jelutung,Kasang,1511,907\n"
)


@pytest.mark.slow
def test_a_last_row_of_the_city_is_its_total() -> None:
    results = read("silent_last_row_is_the_city_bps_style.csv")
    totals = results[results["area"].isna()]
    assert totals["city"].tolist() == ["KOTA JAMBI"] * 3
    assert totals["district"].isna().all()
    assert set(results["city"]) == {"KOTA JAMBI"}
    assert rules("silent_last_row_is_the_city_bps_style.csv") == ["total_found"]


@pytest.mark.slow
def test_rows_above_their_kelurahan_are_their_kecamatan() -> None:
    results = read("silent_district_rows_above_their_kelurahan.csv")
    assert set(results["district"]) == {"Danau Sipin", "Jelutung"}
    assert results["area"].isna().sum() == 6
    assert results.loc[results["area"] == "Legok", "district"].unique() == ["Danau Sipin"]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
@pytest.mark.parametrize("name", ["KOTA JAMBI,", "Kota Jambi,Kota Jambi", ",JUMLAH", "TOTAL,"])
def test_a_total_is_known_in_any_place_and_by_any_name(place: int, name: str) -> None:
    lines = ROWS.splitlines()
    lines.insert(1 + place, f"2020-12-09,pilkada,{name},4553,2621")
    results = loaded("\n".join(lines))
    areas = results[results["area"].notna()]
    assert sorted(areas["area"]) == ["Kasang", "Legok", "Murni"]
    assert areas["registered"].sum() == 4553
    assert set(areas["district"]) == {"Pasar", "Jelutung"}


def test_the_clean_twin_of_totals_has_no_message() -> None:
    assert told(ROWS) == []


@pytest.mark.slow
def test_a_total_that_contradicts_its_complete_parts_is_refused_above_and_below() -> None:
    assert rules("silent_total_above_parts_not_told.csv") == ["total_above_parts"]
    assert rules("control_total_below_parts_refused.csv") == ["total_below_parts"]
    [error] = load_results(FILES / "silent_total_above_parts_not_told.csv").errors
    assert "the total of A, 2,300, is above the 1,700" in error.say()
    assert "Murni (A) ... Legok (A)" in error.say()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("total", "rule"),
    [
        ("Pasar,JUMLAH,3042,1715", "total_above_parts"),
        ("Pasar,JUMLAH,3043,1714", "total_above_parts"),
        ("Pasar,JUMLAH,3050,1800", "total_above_parts"),
        ("Pasar,JUMLAH,3041,1714", "total_below_parts"),
        ("Pasar,,3050,1800", "more_than_parts"),
    ],
)
def test_totals_are_held_against_their_parts_in_each_figure(total: str, rule: str) -> None:
    assert rule in told(ROWS + f"2020-12-09,pilkada,{total}\n")
    assert told(ROWS + "2020-12-09,pilkada,Pasar,JUMLAH,3042,1714\n") == []


def test_a_roll_has_totals_too() -> None:
    rows = "A,Murni,1013\nA,Legok,2029\nB,Kasang,1511\nKOTA JAMBI,,4553"
    roll = load_roll(table("kecamatan,kelurahan,dpt\n" + rows))
    assert not roll.errors
    assert roll.table.loc[roll.table["area"].isna(), "city"].tolist() == ["KOTA JAMBI"]


@pytest.mark.slow
def test_a_running_number_is_no_code() -> None:
    results = read("silent_open_data_row_id.csv")
    assert results["area_id"].isna().all()
    assert results["id"].tolist() == [str(number) for number in range(1, 13)]
    assert rules("silent_open_data_row_id.csv") == ["row_number"]


CODED = (
    "{header},tanggal,jenis,kelurahan,dpt,pengguna hak pilih\n"
    "{0},2018-06-27,pilkada,Murni,1013,611\n{1},2018-06-27,pilkada,Legok,2029,1103\n"
    "{2},2020-12-09,pilkada,Murni,1017,617\n{3},2020-12-09,pilkada,Legok,2027,1109\n"
)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("header", "codes", "believed"),
    [
        ("kode", ("1", "2", "1", "2"), True),
        ("kode", ("1571011001", "1571011002", "1571011001", "1571011002"), True),
        ("id", ("1", "2", "3", "4"), False),
        ("code", ("1", "2", "2", "1"), False),
        ("kode kelurahan", ("1", "2", "3", "4"), False),
    ],
)
def test_a_code_is_believed_if_it_goes_with_the_names(
    header: str, codes: tuple[str, ...], *, believed: bool
) -> None:
    text = CODED.format(*codes, header=header)
    assert loaded(text)["area_id"].notna().all() == believed
    assert told(text) == ([] if believed else ["row_number"])


def test_the_code_of_the_city_is_no_code_of_its_areas() -> None:
    text = ROWS.replace("tanggal", "kode,tanggal").replace("2020-12-09", "1571,2020-12-09")
    assert loaded(text)["area_id"].isna().all()
    assert told(text) == ["coarse_code"]


@pytest.mark.slow
def test_stations_without_a_roll_count_in_their_area() -> None:
    results = read("silent_advance_poll_rows_without_roll_dropped.csv")
    assert results[["registered", "voters"]].to_numpy().tolist() == [[2200, 860], [2000, 750]]
    assert rules("silent_advance_poll_rows_without_roll_dropped.csv") == ["voters_without_roll"]
    assert read("control_postal_rows_with_roll_zero_ok.csv")["voters"].tolist() == [860]
    assert rules("control_postal_rows_with_roll_zero_ok.csv") == []


@pytest.mark.parametrize("name", ["Postal votes", "Advance", "DPTb", "Rumah Sakit"])
def test_areas_without_a_roll_count_in_their_district(name: str) -> None:
    results = loaded(ROWS + f"2020-12-09,pilkada,Pasar,{name},,150\n")
    totals = results[results["area"].isna()]
    figures = totals[["registered", "voters", "voters_without_roll"]]
    assert figures.to_numpy().tolist() == [[3042, 1864, 150]]
    assert totals["district"].tolist() == ["Pasar"]


@pytest.mark.slow
def test_a_total_that_holds_them_is_no_contradiction() -> None:
    text = ROWS + "2020-12-09,pilkada,Pasar,Pos,,150\n2020-12-09,pilkada,Pasar,,3042,1864\n"
    assert told(text) == ["voters_without_roll"]


@pytest.mark.slow
def test_the_total_of_stations_is_no_station() -> None:
    text = (
        "tanggal,jenis,kelurahan,no tps,dpt,pengguna hak pilih\n"
        "2020-12-09,pilkada,Murni,1,300,200\n2020-12-09,pilkada,Murni,2,310,210\n"
        "2020-12-09,pilkada,Murni,Jumlah,610,{}\n"
    )
    assert loaded(text.format(410))["registered"].tolist() == [610]
    assert told(text.format(410)) == []
    assert told(text.format(430)) == ["total_off_stations"]


def test_scales_are_placed_by_nesting() -> None:
    results = read("refused_precinct_and_ward_both_named.csv")
    assert results[["district", "area"]].to_numpy().tolist() == [["1", "01-01"], ["1", "01-02"]]
    results = read("silent_region_above_province_read_as_district.csv")
    assert results["district"].isna().all()
    assert results["region"].tolist() == ["REGION I", "REGION I", "REGION II"]


@pytest.mark.slow
def test_a_place_below_the_areas_is_summed_to_them() -> None:
    text = ROWS.replace("kelurahan", "kelurahan,kampung").replace("Murni", "Murni,Satu")
    text = text.replace("Legok", "Murni,Dua").replace("Kasang", "Kasang,Satu")
    sums = loaded(text)[["area", "registered"]].to_numpy().tolist()
    assert sums == [["Murni", 3042], ["Kasang", 1511]]
    assert told(text) == ["nested_columns"]


LEVELS = (
    "tanggal,jenis pemilihan,tingkat,nama wilayah,dpt,pengguna hak pilih\n"
    "2020-12-09,pilkada,Kota,Kota Jambi,4553,2621\n"
    "2020-12-09,pilkada,Kecamatan,Pasar,3042,1714\n"
    "2020-12-09,pilkada,Kelurahan,Murni,1013,611\n2020-12-09,pilkada,Kelurahan,Legok,2029,1103\n"
    "2020-12-09,pilkada,Kecamatan,Jelutung,1511,907\n"
    "2020-12-09,pilkada,Kelurahan,Kasang,1511,907\n"
)


@pytest.mark.slow
def test_a_column_of_levels_becomes_columns_of_places() -> None:
    results = loaded(LEVELS)
    areas = results[results["area"].notna()]
    assert areas["district"].tolist() == ["Pasar", "Pasar", "Jelutung"]
    assert set(results["city"]) == {"Kota Jambi"}
    assert told(LEVELS) == []


def test_levels_that_tell_no_parents_are_refused() -> None:
    lines = LEVELS.splitlines()
    order = "\n".join([lines[0], *sorted(lines[1:], key=lambda line: line.split(",")[2])])
    assert "level_without_parents" in told(order)


def test_a_row_per_item_becomes_a_row_per_place() -> None:
    hints = Hints.of(dates="2018-11-06", types="general")
    reading = load_results(FILES / "refused_long_item_per_row_openelections.csv", hints=hints)
    assert not reading.errors
    figures = reading.table[["city", "area", "registered", "voters"]].to_numpy().tolist()
    assert figures == [["Wheeler", "Fossil #1", 500, 389], ["Wheeler", "Fossil #2", 450, 333]]


@pytest.mark.slow
def test_equal_names_in_two_kabupaten_are_two_areas() -> None:
    results = read("refused_same_kelurahan_name_in_two_kabupaten_no_kecamatan.csv")
    assert results["city"].tolist() == ["Bogor", "Sukabumi"]
    assert rules("control_same_kecamatan_name_in_two_kabupaten_ok.csv") == []


def test_one_roll_in_every_area_and_a_turnout_low_everywhere_are_told() -> None:
    name = "silent_city_roll_repeated_in_every_area.csv"
    assert rules(name) == ["repeated_roll", "low_turnout"]


def test_a_type_that_is_nearly_another_is_told() -> None:
    text = ROWS.replace("pilkada,Jelutung", "pilkda,Jelutung")
    assert "near_type" in told(text)


@pytest.mark.parametrize(
    "name",
    ["traceback_station_column_no_registered.csv", "traceback_kelurahan_no_tps_without_dpt.csv"],
)
def test_missing_columns_are_told(name: str) -> None:
    assert "missing_column" in rules(name)


@pytest.mark.slow
def test_stations_of_sirekap_are_read_as_before() -> None:
    results = read("control_sirekap2024_tps_export_dated_ok.csv")
    assert results["area_id"].tolist() == ["3374111005", "3374111002"]
    assert results["voters"].tolist() == [481, 205]


def test_an_area_of_another_district_is_no_total_though_it_adds_up():
    # Legok's 3,000 and 1,800 are those of Kasang and Murni together, by chance.
    rows = pd.DataFrame(
        {
            "date": "2020-12-09",
            "election_type": "pilkada",
            "district": ["Utara", "Utara", "Selatan"],
            "area": ["Kasang", "Murni", "Legok"],
            "registered": [1000, 2000, 3000],
            "voters": [600, 1200, 1800],
        }
    )
    assert load_results(rows).table["area"].tolist() == ["Kasang", "Murni", "Legok"]
    alone = rows.drop(columns="district")
    assert load_results(alone).table["area"].tolist() == ["Kasang", "Murni", "Legok"]


def test_other_counts_of_votes_without_a_roll_join_the_total_or_are_unknown() -> None:
    text = (
        "date,type,district,area,registered,voters,voters_l,voters_p,valid,invalid\n"
        "2024-11-05,general,N,P1,1000,400,200,200,390,10\n"
        "2024-11-05,general,N,P2,900,380,180,200,370,10\n"
        "2024-11-05,general,N,Postal,,300,,,295,5\n"
        "2024-11-05,general,N,Early,,100,40,60,97,3\n"
    )
    results = loaded(text)
    (total,) = results[results["area"].isna()].to_dict("records")
    known = {name: total[name] for name in ("registered", "voters", "valid", "invalid")}
    assert known == {"registered": 1900, "voters": 1180, "valid": 1152, "invalid": 28}
    assert pd.isna(total["voters_l"])
    assert pd.isna(total["voters_p"])


CITY_WITH_POSTAL_VOTES = (
    "date,type,city,district,area,registered,voters\n"
    "2024-11-05,general,K,Mitte,101,1000,500\n"
    "2024-11-05,general,K,Mitte,102,900,480\n"
    "2024-11-05,general,K,Mitte,Postal Mitte,,600\n"
    "2024-11-05,general,K,Nord,201,1100,520\n"
    "2024-11-05,general,K,Nord,202,800,430\n"
    "2024-11-05,general,K,Nord,Postal Nord,,580\n"
    "2024-11-05,general,K,,,3800,{voters}\n"
)


def test_an_official_total_that_holds_the_postal_votes_of_its_districts_is_right() -> None:
    text = CITY_WITH_POSTAL_VOTES.format(voters=3110)
    assert told(text) == ["voters_without_roll"]
    results = loaded(text)
    assert results.loc[results["district"].isna(), "voters"].tolist() == [3110]


def test_an_official_total_below_its_districts_with_postal_votes_is_wrong() -> None:
    assert "total_below_parts" in told(CITY_WITH_POSTAL_VOTES.format(voters=3100))


def test_votes_without_a_roll_that_are_not_counted_yet_are_left_out_and_told() -> None:
    text = CITY_WITH_POSTAL_VOTES.format(voters=1930).replace(",,600", ",,").replace(",,580", ",,")
    assert told(text) == ["no_votes_without_roll"]
    assert loaded(text)["area"].notna().sum() == 4
    # a place that is merely blank stays one that says nothing
    assert "no_votes_without_roll" not in told(text.replace("Postal", "Station"))
