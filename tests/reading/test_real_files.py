"""Slices of public files with the headers, codes and errors of their sources (tests/data)."""

from pathlib import Path

import pytest

from turnout.datasets import jambi_file
from turnout.reading.hints import Hints
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

DATA = Path(__file__).resolve().parents[1] / "data"
PANELS = sorted(DATA.glob("panels/*.csv"))

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


def rows_of(path):
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def test_slices_of_every_panel_are_here():
    assert len(PANELS) == 8


@pytest.mark.few(3)
@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_panels(path):
    reading = load_results(path)
    assert errors_by_rule(reading) == REVIEWED.get(path.stem, {})
    assert len(reading.table) == rows_of(path) - len(reading.rejected)
    for name in ("district", "area", "election"):
        assert reading.table[name].map(type).eq(str).all()


@pytest.mark.slow
def test_kabupaten_and_kota():
    reading = load_results(DATA / "indonesia" / "kabkota.csv")
    assert errors_by_rule(reading) == REVIEWED["kabkota"]
    assert reading.table["city"].notna().all()


@pytest.mark.slow
def test_kelurahan_and_kecamatan():
    path = DATA / "indonesia" / "fine.csv"
    asked = load_results(path)
    assert errors_by_rule(asked)["ambiguous_header"] == 1
    reading = load_results(path, hints=Hints(columns={"tps": "stations_counted"}))
    assert errors_by_rule(reading) == REVIEWED["fine"]
    assert reading.table["area_id"].dropna().str.fullmatch(r"\d+").all()
    assert set(reading.table["level"]) == {"kelurahan", "kecamatan"}


@pytest.mark.slow
def test_kota_jambi():
    reading = load_results(jambi_file("results.csv"))
    assert reading.errors == ()
    assert len(reading.table) == 138
    city = reading.table[reading.table["district"].isna()]
    assert len(city) == 8
    roll = load_roll(jambi_file("roll_2024-11-27.csv"))
    assert roll.findings == ()
    assert roll.table["registered"].sum() == pytest.approx(455_276, abs=68)
