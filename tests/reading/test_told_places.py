"""Where a count's places stand, for what is found when they are held against the roll."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import DataError, Finding
from turnout.language import Text
from turnout.reading import load_counted
from turnout.reading.told_places import with_spots, without_places

COUNT = pd.DataFrame(
    {
        "Kecamatan": ["Utara", "Utara", "Selatan"],
        "Kelurahan": ["Kasang", "Murni", "Murni"],
        "DPT": [900, 800, 700],
        "Pengguna Hak Pilih": [600, 500, 400],
    }
)


def found(place: str, rule: str = "place_roll") -> Finding:
    said = Text(en="{place} is odd", id="{place} aneh")
    return Finding(rule, "error", said, said, values={"place": place})


def test_a_place_is_found_by_its_name_and_what_it_lies_in() -> None:
    spots = load_counted(COUNT, election=Election("2029-11-27", "pilkada")).spots
    told = ["KASANG (Utara)", "Murni (Selatan)", "Kel. Kasang", "Murni", "Legok (Utara)"]
    rows = [one.spot.row for one in with_spots([found(name) for name in told], spots)]
    assert rows == [0, 2, 0, None, None]


def test_a_copy_told_of_the_row_is_told_as_the_cause() -> None:
    spots = load_counted(COUNT, election=Election("2029-11-27", "pilkada")).spots
    [copied] = with_spots([found("Kasang (Utara)", "place_copied")], spots)
    [other] = with_spots([found("Murni (Utara)", "place_copied")], spots)
    told = with_spots([found("Kasang (Utara)")], {**spots}, [copied, other])
    assert [(one.rule, one.severity) for one in told] == [
        ("place_copied", "error"),
        ("place_roll", "error"),
    ]


def test_rows_that_are_wrong_are_left_out_where_it_is_known_which() -> None:
    count = load_counted(COUNT, election=Election("2029-11-27", "pilkada"))

    def without(*wrong: Finding) -> list[str]:
        kept = without_places(count, with_spots(wrong, count.spots))
        assert kept.rejected["row"].tolist() == [0] * len(wrong)
        assert set(wrong[0].values) <= set(kept.findings[-1].values)
        return [*(kept.table["district"] + " " + kept.table["area"])]

    assert without(found("Kasang (Utara)")) == ["Utara Murni", "Selatan Murni"]
    for refused in (
        [found("Kasang (Utara)"), found("Murni")],
        [found(name) for name in ("Kasang (Utara)", "Murni (Utara)", "Murni (Selatan)")],
    ):
        with pytest.raises(DataError):
            without(*refused)


def test_a_total_that_its_parts_contradict_is_left_out_with_them() -> None:
    total = pd.DataFrame({"Kecamatan": ["Utara"], "DPT": [1700], "Pengguna Hak Pilih": [1100]})
    election = Election("2029-11-27", "pilkada")
    count = load_counted(pd.concat([COUNT, total], ignore_index=True), election=election)
    wrong = with_spots([found("Utara", "total_against_parts")], count.spots)
    kept = without_places(count, wrong)
    assert sorted(kept.rejected["row"]) == [0, 1, 3]
    assert kept.table["area"].tolist() == ["Murni"]
    with pytest.raises(DataError):  # nothing would be left
        without_places(replace(count, table=count.table[count.table["district"] == "Utara"]), wrong)
