"""What changed, and why: the parts add up to the whole."""

import dataclasses
import datetime as dt
import re

import numpy as np
import pandas as pd

from turnout.watch.changes import changes_between
from turnout.watch.update import Update, Whole

NAMES = ["Kasang", "Murni", "Legok", "Selamat", "Beringin", "Sijenjang"]


def update(means: list[float], counted: list[float], basis: str = "a") -> Update:
    """Return an update of six areas with 1,000 voters each, of which some are counted whole."""
    complete = np.array(counted) > 0
    places = pd.DataFrame(
        {
            "key": NAMES,
            "name": NAMES,
            "parent": ["Utara"] * 3 + ["Selatan"] * 3,
            "registered": 1000.0,
            "mean": means,
            "counted_registered": np.where(complete, 1000.0, 0.0),
            "counted_voters": np.where(complete, 1000 * np.array(counted), 0.0),
            "complete": complete,
        }
    )
    mean = float(np.mean(means))
    whole = Whole(6000.0, mean, mean, (mean - 0.02,) * 3, (mean + 0.02,) * 3, 0.5, 0.0, 0.0, 0.0)
    districts = pd.DataFrame({"key": ["Utara"], "name": ["Utara"], "own_row": [False]})
    at = dt.datetime(2024, 11, 27, 21, tzinfo=dt.UTC)
    return Update(at, "x", basis, None, whole, places, districts, pd.DataFrame())


def effects(said: list[str]) -> list[float]:
    return [float(found) for line in said for found in re.findall(r": ([+-]?\d+\.\d) points", line)]


def test_the_parts_add_up_to_the_change_of_the_whole() -> None:
    before = update([0.6] * 6, [0] * 6)
    after = update([0.54, 0.66, 0.48, 0.57, 0.42, 0.57], [0.54, 0.66, 0.48, 0, 0.42, 0])
    changes = changes_between(before, after)
    said = [change["en"] for change in changes]
    assert said[0] == "4 places brought new results: Kasang, Murni, Legok, Beringin."
    assert "Beringin came in 18.0 points below expectation: -3.0 points." in said
    assert "Legok came in 12.0 points below expectation: -2.0 points." in said
    assert "Murni came in 6.0 points above expectation: +1.0 points." in said or (
        "Kasang came in 6.0 points below expectation: -1.0 points." in said
    )
    assert "What this says of the places still out: -1.0 points." in said
    assert said[-1].startswith("In all -6.0 points of the mean")
    assert "Median 60.0%, now 54.0%;" in said[-1]
    np.testing.assert_allclose(sum(effects(said)), -6.0, atol=0.15)
    assert changes[-1]["id"].startswith("Perubahan rata-rata seluruhnya -6,0 poin")
    assert "Median 60,0%, kini 54,0%;" in changes[-1]["id"]


def test_a_correction_is_called_one() -> None:
    before = update([0.6] * 6, [0.6, 0, 0, 0, 0, 0])
    said = [
        one["en"] for one in changes_between(before, update([0.54] + [0.6] * 5, [0.54] + [0] * 5))
    ]
    assert said[0] == "Kasang was corrected from 60.0% to 54.0%: -1.0 points."
    assert sum("Kasang" in line for line in said) == 1


def test_more_registered_of_a_place_that_was_in_are_a_correction() -> None:
    before = update([0.77] + [0.6] * 5, [0.77, 0, 0, 0, 0, 0])
    first = before.places.index == 0
    before = dataclasses.replace(
        before,
        places=before.places.assign(
            counted_registered=np.where(first, 774.0, 0.0),
            counted_voters=np.where(first, 597.0, 0.0),
            stations_counted=np.where(first, 6, 0),
        ),
    )
    after = update([0.70] + [0.6] * 5, [0.70, 0, 0, 0, 0, 0])
    after = dataclasses.replace(
        after, places=after.places.assign(stations_counted=np.where(first, 8, 0))
    )
    [told, *_] = changes_between(before, after)
    assert told["en"] == (
        "Kasang was corrected from 77.1% of 774 registered voters to 70.0% of 1,000: -1.2 points."
    )
    assert told["id"] == (
        "Kasang dikoreksi dari 77,1% (dari 774 pemilih terdaftar) menjadi 70,0% (dari 1.000): "
        "angka keseluruhan -1,2 poin."
    )


def test_more_stations_of_a_place_in_part_are_new_results() -> None:
    same = update([0.6] * 6, [0.6] * 6)
    same = dataclasses.replace(same, places=same.places.assign(complete=False))
    more = with_stations(same, [5, 3, 5, 5, 2, 3])
    [told, *_] = changes_between(with_stations(same, [4, 3, 5, 5, 2, 3]), more)
    assert told["en"] == "1 place brought new results: Kasang."


def test_fewer_registered_of_as_many_stations_are_a_correction() -> None:
    same = with_stations(update([0.6] * 6, [0.6] * 6), [4, 3, 5, 5, 2, 3])
    less = dataclasses.replace(
        same, places=same.places.assign(counted_registered=same.places["counted_registered"] - 9)
    )
    said = [one["en"] for one in changes_between(same, less)]
    assert said[0].startswith("6 places were corrected")
    assert not [line for line in said if "fewer stations" in line]


def test_places_of_one_name_are_told_with_what_they_lie_in() -> None:
    before, after = update([0.6] * 6, [0] * 6), update([0.6] * 6, [0.6, 0, 0, 0.6, 0.6, 0])
    for one in (before, after):
        one.places.loc[[0, 3], "name"] = "Sukamaju"
    said = changes_between(before, after)[0]["id"]
    assert said == (
        "Hasil baru masuk dari 3 wilayah: Sukamaju (Utara), Sukamaju (Selatan), Beringin."
    )


def with_stations(one: Update, numbers: list[float]) -> Update:
    registered = 100.0 * np.array(numbers)
    places = one.places.assign(
        stations_counted=numbers,
        counted_registered=registered,
        counted_voters=registered * 0.6,
    )
    return dataclasses.replace(one, places=places)


def test_a_place_that_has_fewer_stations_than_before_is_told_without_an_effect() -> None:
    same = update([0.6] * 6, [0.6] * 6)
    before, after = (with_stations(same, [4, 3, 5, 5, 2, end]) for end in (3, 2))
    for lang, told in (
        ("en", "1 place has fewer stations in than before: Sijenjang (3 → 2)."),
        ("id", "1 wilayah kini memuat lebih sedikit TPS daripada sebelumnya: Sijenjang (3 → 2)."),
    ):
        said = [one[lang] for one in changes_between(before, after)]
        assert [line for line in said if line.startswith(told)]
        assert not [line for line in said if ": 0" in line]
        assert not [
            line
            for line in [one[lang] for one in changes_between(after, before)]
            if "fewer" in line
        ]


def test_an_effect_that_cannot_be_told_is_no_reason() -> None:
    before = update([0.6] * 6, [0] * 6)
    said = [one["en"] for one in changes_between(before, update([0.6] * 6, [0.6] * 6))]
    assert said[0].startswith("6 places brought new results")
    assert len(said) == 2


def test_many_corrections_are_listed() -> None:
    before = update([0.6] * 6, [0.6] * 6)
    after = update([0.54] * 6, [0.54] * 6)
    said = [one["en"] for one in changes_between(before, after)]
    assert said[0].startswith("6 places were corrected: Kasang")


def test_a_median_that_moved_is_told_though_the_mean_stays() -> None:
    before = update([0.6] * 6, [0] * 6)
    after = dataclasses.replace(before, whole=dataclasses.replace(before.whole, median=0.62))
    assert "Median 60.0%, now 62.0%" in changes_between(before, after)[-1]["en"]


def test_nothing_new_is_said_to_be_that() -> None:
    same = update([0.6] * 6, [0.6, 0, 0, 0, 0, 0])
    said = [one["en"] for one in changes_between(same, same)]
    assert len(said) == 1
    assert said[0].startswith("The whole stays where it was: median 60.0%, 90% interval ")
    whole = dataclasses.replace(same.whole, lower=(0.6,) * 3, upper=(0.6,) * 3)
    settled = dataclasses.replace(same, whole=whole)
    [told] = changes_between(settled, settled)
    assert told == {
        "en": "The whole stays where it was: 60.0%.",
        "id": "Angka keseluruhan tetap: 60,0%.",
    }


def test_other_settings_are_told() -> None:
    said = changes_between(update([0.6] * 6, [0] * 6), update([0.6] * 6, [0] * 6, basis="b"))
    assert "are not those of the update before" in said[0]["en"]


def test_a_place_whose_name_holds_braces_is_a_name() -> None:
    before, after = update([0.6] * 6, [0] * 6), update([0.7] + [0.6] * 5, [0.7] + [0] * 5)
    after.places.loc[0, "name"] = "{0.__class__}"
    assert "{0.__class__} came in" in "".join(one["en"] for one in changes_between(before, after))


def test_a_count_that_shrinks_everywhere_may_be_an_older_file() -> None:
    same = update([0.6] * 6, [0.6] * 6)
    before, older, mixed = (
        with_stations(same, numbers)
        for numbers in ([4, 3, 5, 5, 2, 3], [2, 1, 5, 5, 2, 1], [2, 1, 6, 5, 2, 1])
    )
    told = [one["id"] for one in changes_between(before, older)]
    assert [line for line in told if "berkas lama" in line]
    for one in (changes_between(before, mixed), changes_between(older, before)):
        assert not [line for line in one if "older count" in line["en"]]
