"""Places of a roll, or of the latest contest, of which no earlier contest tells."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll
from turnout.rules.grave import GRAVE

RULE = "unknown_city"
AREAS = ("Aur", "Bayan", "Cempaka", "Durian", "Enau", "Farma")


def contest(day: str, city: str | None = "Kota Sungai", areas: tuple[str, ...] = AREAS):
    """Return one contest of some areas of two districts."""
    size = [1013, 1241, 877, 1532, 1119, 941][: len(areas)]
    return pd.DataFrame(
        {
            "date": day,
            "election_type": "pilkada",
            "city": city,
            "district": ["Hulu" if number % 2 else "Hilir" for number in range(len(areas))],
            "area": areas,
            "registered": [n + int(day[:4]) % 97 for n in size],
            "voters": [round(0.6 * n) + int(day[:4]) % 31 for n in size],
        }
    )


def past(city: str | None = "Kota Sungai") -> pd.DataFrame:
    return pd.concat([contest("2015-12-09", city), contest("2020-12-09", city)], ignore_index=True)


def roll(*others: pd.DataFrame, city: str | None = "Kota Sungai") -> pd.DataFrame:
    """Return a roll of the same areas, and of those of other tables."""
    whole = pd.concat([contest("2024-11-27", city), *others], ignore_index=True)
    return whole[["city", "district", "area", "registered"]]


def of_roll(table: pd.DataFrame, results: pd.DataFrame) -> list[Finding]:
    known = load_results(results).table
    return [*load_roll(table, results=known).findings]


def test_a_place_of_another_city_on_the_roll_is_told_as_that() -> None:
    stray = contest("2024-11-27", "Kota Lain", ("Xenia",))
    [found] = of_roll(roll(stray), past())
    assert (found.rule, found.severity, found.spot.row) == (RULE, "warning", 6)
    assert "1 place is in Kota Lain (Xenia" in found.say("en")
    assert "all earlier contests are of Kota Sungai" in found.say("en")
    assert RULE in GRAVE


def test_places_of_one_city_are_told_once_and_those_of_two_by_city() -> None:
    several = contest("2024-11-27", "Kota Lain", ("Xenia", "Yusra", "Zamrud"))
    several["registered"] += [57, 301, 444]
    one = contest("2024-11-27", "Kota Dua", ("Utama",))
    found = of_roll(roll(several, one), past())
    assert [one.rule for one in found] == [RULE, RULE]
    assert [len(one.rows) for one in found] == [3, 1]


def test_the_latest_contest_is_held_against_those_before() -> None:
    stray = contest("2024-11-27", "Kota Lain", ("Xenia", "Yusra"))
    stray["registered"] += [57, 301]
    table = pd.concat([past(), contest("2024-11-27"), stray], ignore_index=True)
    found = load_results(table).findings
    assert [one.rule for one in found] == [RULE]


@pytest.mark.parametrize("city", ["Kota Sungai", "KOTA SUNGAI", "Sungai", None])
def test_new_places_of_a_known_city_are_new_places(city: str | None) -> None:
    stray = contest("2024-11-27", city, ("Xenia",))
    rules = [one.rule for one in of_roll(roll(stray, city=city), past())]
    assert rules == ["without_history"]


def test_cities_that_the_past_does_not_tell_are_not_unknown() -> None:
    stray = contest("2024-11-27", "Kota Lain", ("Xenia",))
    rules = {one.rule for one in of_roll(roll(stray), past(None))}
    assert RULE not in rules


def test_a_city_known_by_its_total_alone_is_known() -> None:
    total = contest("2020-12-09", "Kota Lain", ("Jumlah",)).assign(area=None, district=None)
    stray = contest("2024-11-27", "Kota Lain", ("Xenia",))
    rules = {one.rule for one in of_roll(roll(stray), pd.concat([past(), total]))}
    assert RULE not in rules


@pytest.mark.parametrize("city", ["Kota Sungai", None])
def test_a_place_of_an_unknown_district_is_not_said_to_be_spoken_for_by_it(city) -> None:
    stray = contest("2024-11-27", city, ("Xenia",)).assign(district="Pinggir")
    [found] = of_roll(roll(stray, city=city), past(city))
    assert found.rule == "without_history"
    assert "nor is its district" in found.say("en")
    assert "its district speaks for it" not in found.say("en")


def test_where_the_past_tells_no_districts_none_is_new() -> None:
    known = load_results(past().assign(district=None)).table
    stray = contest("2024-11-27", areas=("Xenia",))
    found = load_roll(roll(stray), results=known).findings
    assert not any("nor is its district" in one.say("en") for one in found)
