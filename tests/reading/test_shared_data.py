"""Every public file that the project is developed against is read; exceptions are reviewed here."""

import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

PANELS = {
    "ch_thurgau": 1680,
    "de_nrw_gemeinde": 6200,
    "in_loksabha": 6406,
    "nl_gemeente": 4178,
    "se_vasby": 354,
    "uk_constituency": 11570,
    "us_chicago": 21456,
    "us_state": 917,
}

# True errors of the sources: 1,144 voters of 761 on the islands (votes of visitors), seven cities
# told twice in 2019, and three districts of 2015 whose roll lost its last digits.
REVIEWED = {
    "nl_gemeente": {"voters_far_above_registered": 1},
    "kabkota": {"repeated_key": 14},
    "fine": {"voters_far_above_registered": 3},
}


def errors_by_rule(reading):
    rules = [finding.rule for finding in reading.errors]
    return {rule: rules.count(rule) for rule in rules}


@pytest.mark.parametrize(("panel", "rows"), PANELS.items())
def test_panels(shared_data, panel, rows):
    reading = load_results(shared_data / "panels" / f"{panel}.csv.gz")
    assert errors_by_rule(reading) == REVIEWED.get(panel, {})
    assert len(reading.table) == rows - len(reading.rejected)
    for name in ("district", "area", "election"):
        assert reading.table[name].map(type).eq(str).all()


def test_kabupaten_and_kota(shared_data):
    reading = load_results(shared_data / "indonesia" / "kabkota.csv")
    assert errors_by_rule(reading) == REVIEWED["kabkota"]
    assert reading.table["city"].notna().all()


def test_kelurahan_and_kecamatan(shared_data):
    path = shared_data / "indonesia" / "fine.csv.gz"
    asked = load_results(path)
    assert errors_by_rule(asked)["ambiguous_header"] == 1
    reading = load_results(path, columns={"tps": "stations_counted"})
    assert errors_by_rule(reading) == REVIEWED["fine"]
    assert reading.table["area_id"].dropna().str.fullmatch(r"\d+").all()
    assert set(reading.table["level"]) == {"kelurahan", "kecamatan"}


def test_kota_jambi(shared_data):
    reading = load_results(shared_data / "jambi" / "results.csv")
    assert reading.errors == ()
    assert len(reading.table) == 137
    city = reading.table[reading.table["district"].isna()]
    assert len(city) == 7
    roll = load_roll(shared_data / "jambi" / "roll_2024-11-27.csv")
    assert roll.findings == ()
    assert roll.table["registered"].sum() == pytest.approx(455_276, abs=68)
