"""Names of a count that are cut short, and labels of districts that the roll does not have."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading import Reading, load_counted

COMING = Election("2029-11-27", "pilkada")
KNOWN = pd.DataFrame(
    [
        ("Sungai Rengas", "Kota Baru"),
        ("Tanjung Harapan", "Kota Baru"),
        ("Simpang Tiga", "Kota Baru"),
        ("Sungai Besar", "Muara Sungai"),
        ("Simpang Besar", "Muara Sungai"),
        ("Pasar VIII", "Muara Sungai"),
        ("Padang Lalang", "Bukit Raya"),
        ("Bukit Tinggi", "Bukit Raya"),
        ("Kota Tanura", "Bukit Raya"),
    ],
    columns=["area", "district"],
).assign(area_id=None)
Rows = list[tuple[str, str | None]]


def read(rows: Rows, known: pd.DataFrame = KNOWN) -> Reading:
    table = pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan"])
    table = table.assign(DPT=900, **{"Pengguna Hak Pilih": 610, "TPS masuk": 2, "Jumlah TPS": 2})
    return load_counted(table, election=COMING, places=known)


def names(rows: Rows) -> list[tuple[str, str]]:
    """Return the areas and districts that a count is taken to be of, without a word of errors."""
    reading = read(rows)
    assert [one for one in reading.findings if one.severity == "error"] == []
    return list(reading.table[["area", "district"]].itertuples(index=False, name=None))


def rules(rows: Rows) -> list[str]:
    return [one.rule for one in read(rows).findings]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("Sei Rengas", "Kota Baru"), ("Sungai Rengas", "Kota Baru")),
        (("S. Rengas", "Kt. Baru"), ("Sungai Rengas", "Kota Baru")),
        (("Ds. Tj. Harapan", "KOTA BARU"), ("Tanjung Harapan", "KOTA BARU")),
        (("Kel. Tjg. Harapan", "Kec. Kota Baru"), ("Tanjung Harapan", "Kec. Kota Baru")),
        (("Pd. Lalang", "Bkt. Raya"), ("Padang Lalang", "Bukit Raya")),
        (("Bkt Tinggi", "Bukit Ray"), ("Bukit Tinggi", "Bukit Raya")),
        (("Sei Rengas", None), ("Sungai Rengas", None)),
        (("Sungai Reng", "Kota Baru"), ("Sungai Rengas", "Kota Baru")),
        (("Tanjung Har.", "Kotabaru"), ("Tanjung Harapan", "Kotabaru")),
        (("Sp. III", "Kota Baru"), ("Simpang Tiga", "Kota Baru")),
        (("Simpang Tig", "Kota Baru"), ("Simpang Tiga", "Kota Baru")),
        (("Pd. Lalang", "Bukit R"), ("Padang Lalang", "Bukit Raya")),
        (("Kt. Tanura", "Bukit Raya"), ("Kota Tanura", "Bukit Raya")),
    ],
)
def test_a_name_that_fits_one_place_alone_is_it_and_is_told(
    said: tuple[str, str | None], meant: tuple[str, str]
) -> None:
    found = names([said])
    assert [tuple(None if pd.isna(one) else one for one in found[0])] == [meant]
    assert set(rules([said])) == {"names_cut_short"}
    (told, *_) = [one for one in read([said]).findings if one.spot.column == "Kelurahan"]
    assert f"{said[0]} = {meant[0]}" in told.say("id")


def test_names_in_full_are_not_remarked_on() -> None:
    assert rules([(area, "Kec. " + district) for area, district in KNOWN.to_numpy()[:, :2]]) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("S. Besar", "Muara Sungai")],  # Sungai Besar and Simpang Besar
        [("Sei Rengas", "Kota Baru"), ("Sungai Rengas", "Kota Baru")],
        [("Sei Rengas", "Kota Baru"), ("S. Rengas", "Kota Baru")],
        [("Sei Rengas", "Bukit Raya")],  # of another district
        [("Pasar VI", "Muara Sungai")],
        [("Kota Tua", "Bukit Raya")],
        [("Tanjung", "Kota Baru")],  # ends with a word: another place may be called so
        [("Kota", "Bukit Raya")],
        [("Padang Lallang", "Bukit Raya")],
        [("Sp. Besa", "Kota Baru")],
    ],
)
def test_a_name_that_may_be_another_place_is_refused(rows: Rows) -> None:
    assert "unknown_place" in rules(rows)


def test_what_a_refused_name_may_be_is_told() -> None:
    (told,) = read([("S. Besar", "Muara Sungai")]).findings
    assert "Sungai Besar" in told.say("id")
    assert "Simpang Besar" in told.say("id")


ALIEN = [("Padang Lalang", "Antah"), ("Bukit Tinggi", "Antah"), ("Kota Tanura", "Antah")]


def test_a_label_that_nobody_knows_is_where_its_areas_lie_and_is_told() -> None:
    assert {district for _, district in names(ALIEN)} == {"Bukit Raya"}
    assert rules(ALIEN) == ["district_by_areas"]


def test_an_area_of_elsewhere_under_such_a_label_is_told() -> None:
    rows = [*ALIEN, ("Simpang Tiga", "Antah"), ("Sungai Rengas", "Kota Baru")]
    assert rules(rows) == ["district_by_areas", "other_district"]


def test_a_label_for_one_area_of_a_district_that_has_its_own_is_refused() -> None:
    rows = [("Simpang Tiga", "Antah"), ("Sungai Rengas", "Kota Baru")]
    (told,) = read(rows).findings
    assert (told.rule, told.severity) == ("unknown_district", "error")
    assert "Antah" in told.say("en")
    assert "Kota Baru" in told.say("en")


@pytest.mark.parametrize("short", [False, True])
def test_two_labels_that_are_swapped_are_told_as_one(short: bool) -> None:
    labels = {"Kota Baru": "Bkt. Raya" if short else "Bukit Raya", "Bukit Raya": "Kota Baru"}
    rows = [
        (area, labels[district]) for area, district in KNOWN.to_numpy()[:, :2] if district in labels
    ]
    found = [one for one in read(rows).findings if one.severity == "error"]
    assert [one.rule for one in found] == ["districts_swapped"]
    assert "3 dari 3" in found[0].say("id")


def test_one_area_each_way_is_told_by_itself() -> None:
    rows = [
        ("Sungai Rengas", "Kota Baru"),
        ("Tanjung Harapan", "Kota Baru"),
        ("Simpang Tiga", "Bukit Raya"),
        ("Padang Lalang", "Kota Baru"),
        ("Bukit Tinggi", "Bukit Raya"),
        ("Kota Tanura", "Bukit Raya"),
    ]
    assert rules(rows) == ["other_district", "other_district"]


def test_without_districts_on_the_roll_labels_are_left_alone() -> None:
    bare = KNOWN.drop(columns="district")
    assert read([("Sungai Rengas", "Antah")], bare).findings == ()


def test_a_district_that_stands_for_itself_is_held_against_the_known_ones() -> None:
    def of_districts(*names: str) -> Reading:
        table = pd.DataFrame({"Kecamatan": names, "DPT": 900, "Pengguna Hak Pilih": 610})
        return load_counted(table, election=COMING, places=KNOWN)

    short = of_districts("Kt. Baru", "Muara Sun", "Bukit Raya")
    assert [one.rule for one in short.findings] == ["names_cut_short"]
    assert list(short.table["district"]) == ["Kota Baru", "Muara Sungai", "Bukit Raya"]
    (strange,) = of_districts("Kota Baru", "Antah").findings
    assert (strange.rule, strange.spot.column, strange.spot.value) == (
        "unknown_place",
        "Kecamatan",
        "Antah",
    )
