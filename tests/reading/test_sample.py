"""Quick counts in files: what is read, and what is wrong with them."""

import pandas as pd
import pytest

from turnout.quick_count import estimate_of, ratio_estimate, with_sample
from turnout.reading.sample import load_sample

SAMPLE = pd.DataFrame(
    {
        "Kecamatan": ["Utara", "Utara", "Selatan", "Selatan"],
        "Kelurahan": ["Kasang", "Kasang", "Legok", "Murni"],
        "No. TPS": [1, 4, 2, 2],
        "Strata": ["kota", "kota", "desa", "desa"],
        "DPT": [400, 380, 420, 300],
        "Pengguna Hak Pilih": [300, 250, 320, 210],
        "Jumlah TPS": [9, 9, 12, 7],
        "TPS strata": [60, 60, 40, 40],
    }
)


def test_a_stratified_sample_tells_what_the_estimator_says() -> None:
    reading = load_sample(SAMPLE)
    assert reading.findings == ()
    named = SAMPLE.rename(
        columns={"DPT": "registered", "Pengguna Hak Pilih": "voters", "Strata": "stratum"}
    )
    assert estimate_of(reading.table) == ratio_estimate(named, {"kota": 60, "desa": 40})
    count = with_sample(None, reading.table)
    assert count["stations_counted"].tolist() == [2, 1, 1]
    assert count["stations_total"].tolist() == [9, 12, 7]


@pytest.mark.parametrize(
    ("row", "column", "value", "rule"),
    [
        (2, "Pengguna Hak Pilih", None, "sample_without_figure"),
        (0, "DPT", 0, "sample_without_figure"),
        (1, "Pengguna Hak Pilih", 900, "sample_voters_over_registered"),
        (1, "No. TPS", 1, "sampled_station_twice"),
        (1, "Jumlah TPS", 8, "sample_place_of_two_sizes"),
        (3, "TPS strata", 41, "sample_stratum_of_two_sizes"),
        (2, "Jumlah TPS", 0, "sample_without_figure"),
    ],
)
def test_each_fault_is_found_at_its_row(row: int, column: str, value: object, rule: str) -> None:
    broken = SAMPLE.astype("object")
    broken.loc[row, column] = value
    reading = load_sample(broken)
    assert rule in {one.rule for one in reading.errors}
    assert row in {one.spot.row for one in reading.errors}
    assert len(reading.table) < len(SAMPLE)


def test_more_stations_than_the_area_has() -> None:
    reading = load_sample(SAMPLE.assign(**{"Jumlah TPS": [1, 1, 12, 7]}))
    assert {one.rule for one in reading.errors} == {"sample_larger_than_place"}
    reading = load_sample(SAMPLE.drop(columns="TPS strata"))
    assert {one.rule for one in reading.errors} == {"missing_column"}
    said = reading.errors[0].say("id")
    assert "tps strata (stations_in_stratum)" in said
    assert '{"JUDUL": "stations_in_stratum"}; bila tidak ada, tambahkan kolomnya' in said


@pytest.mark.parametrize(("kecamatan", "kelurahan"), [("Utara", None), (None, "JUMLAH")])
@pytest.mark.parametrize("off", [0, -7])
def test_a_total_of_sampled_stations_is_checked_and_is_no_station(
    kecamatan: str | None, kelurahan: str | None, off: int
) -> None:
    total = {
        "Kecamatan": kecamatan,
        "Kelurahan": kelurahan,
        "DPT": 780,
        "Pengguna Hak Pilih": 550 + off,
        "Jumlah TPS": 60,
    }
    rows = pd.concat([SAMPLE[:2], pd.DataFrame([total]), SAMPLE[2:]], ignore_index=True)
    reading = load_sample(rows)
    rules = ["total_below_parts"] if off else []
    assert [one.rule for one in reading.errors] == rules
    assert reading.table["area"].tolist() == ["Kasang", "Kasang", "Legok", "Murni"]


def test_of_a_place_in_count_and_sample_the_row_with_more_stations_stays() -> None:
    sample = load_sample(SAMPLE).table
    counted = pd.DataFrame(
        {
            "area": ["KASANG", "legok", "Murni"],
            "registered": [380, None, 2100],
            "voters": [250, None, 1500],
            "stations_counted": [1, 0, None],
            "stations_total": [9, 12, None],
        }
    )
    both = with_sample(counted, sample).set_index("area")
    assert both.index.tolist() == ["Murni", "Kasang", "Legok"]
    assert both["voters"].tolist() == [1500, 550, 320]
    assert [told is True for told in both["sampled"]] == [False, True, True]
