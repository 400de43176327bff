"""What is odd in a count is told once, whichever rule finds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from turnout.areas.doubts import Doubts
from turnout.errors import Finding, Spot
from turnout.forecast.counted import Counted
from turnout.language import Text
from turnout.watch.odd import odd_in

LOOK = Text(en="Look.", id="Periksa.")
DAY = dt.date(2024, 11, 27)
AT = Spot("masuk.csv", row=7, column="DPT", value="900")


def found(rule: str, place: str) -> Finding:
    return Finding(rule, "warning", Text(en="{place}!", id="{place}!"), LOOK, AT, {"place": place})


def counted(*, doubtful: bool = False, **doubts: tuple[str, ...]) -> Counted:
    """Return a count of the whole and two areas, with doubts."""
    places = pd.DataFrame({"scale": ["city", "area", "area"], "area": [None, "Murni", "Legok"]})
    places = places.assign(city="Kota", registered=900.0, stations_counted=2.0, stations_total=4.0)
    places = places.assign(counted_share=0.5, complete=False, doubtful=doubtful, in_doubt=0.0)
    return Counted(places, doubts=Doubts(**doubts))


@pytest.mark.parametrize(
    ("doubt", "rule"),
    [
        ("low_so_far", "turnout_far_off"),
        ("below_past", "turnout_far_off"),
        ("copied", "place_copied"),
    ],
)
def test_a_place_in_doubt_is_told_once_with_its_row(doubt: str, rule: str) -> None:
    count = counted(**{doubt: ("Murni (Utara)",)})
    both = [found(rule, "Murni (Utara)"), found(rule, "Legok (Utara)")]
    told = odd_in(count, both, {"murni utara": AT, "murni": AT}, DAY)
    assert len(told) == 2
    assert "Murni (Utara) [masuk.csv, row 7]" in told[0]["en"]
    assert "Murni (Utara) [masuk.csv, baris 7]" in told[0]["id"]
    assert [one["en"].count("Legok") for one in told] == [0, 1]
    assert not any("Murni" in one["en"] for one in told[1:])
    assert len(odd_in(counted(), both, {}, DAY)) == 1  # nothing is in doubt: both rows are told


def test_of_stations_in_doubt_their_own_rows_are_told() -> None:
    rows = [found("station_percent", "Murni (Utara)")]
    [told] = odd_in(counted(at_stations=("Murni (Utara)",)), rows, {}, DAY)
    assert "Murni (Utara)!" in told["en"]
    first, then = odd_in(counted(doubtful=True, at_stations=("Murni (Utara)",)), rows, {}, DAY)
    assert (first["en"], then["en"]) == (told["en"], "Until then nothing is called.")
    [alone] = odd_in(counted(at_stations=("Murni (Utara)",)), [], {}, DAY)
    assert "jauh di bawah TPS lainnya" in alone["id"]


def test_rows_of_places_are_never_cut_and_their_file_is_told_once() -> None:
    file = "rekap_hitung_sementara_kota_jambi_tahap_dua_dari_tiga_kecamatan.xlsx"
    spots = {"murni": Spot(file, "Hitung", 7), "legok": Spot(file, "Hitung", 9)}
    count = counted(below_past=("Murni", "Legok", "M" * 70))
    [told] = odd_in(count, [], {**spots, "m" * 70: Spot("lain.csv", row=3)}, DAY)
    assert f"(Murni [{file}, lembar Hitung, baris 7], Legok [baris 9], MMM" in told["id"]
    assert "M… [lain.csv, baris 3])" in told["id"]


def test_a_count_of_another_time_is_told() -> None:
    for until, told in ((dt.datetime(2024, 11, 27, 21), ()), (dt.datetime(2026, 12, 1), ("734",))):
        count = replace(counted(), until=until)
        said = odd_in(count, [], {}, DAY)
        assert len(said) == len(told)
        assert all(days in one[lang] for one in said for days in told for lang in ("en", "id"))
