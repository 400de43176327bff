"""A name that stands in one contest alone, which alone lacks another of its district."""

import pandas as pd
import pytest

from turnout.reading import load_results

DAYS = ["2013-06-29", "2015-12-09", "2018-06-27", "2020-12-09", "2024-11-27"]
AREAS = {"Jelutung": ["Payo Lebar", "Talang Jauh"], "Pasar": ["Beringin", "Sungai Asam"]}


def results(changed: dict[tuple[str, str], str], days: list[str] = DAYS) -> pd.DataFrame:
    """Return contests of four areas, some of which are called otherwise on a day."""
    return pd.DataFrame(
        [
            {
                "tanggal": day,
                "jenis": "pilkada",
                "kecamatan": district,
                "kelurahan": changed.get((day, name), name),
                "dpt": 2000 + 100 * number,
                "pengguna hak pilih": 1300 + 70 * number,
            }
            for day in days
            for district, names in AREAS.items()
            for number, name in enumerate(names)
        ]
    )


def told(changed: dict[tuple[str, str], str], days: list[str] = DAYS) -> list[tuple[str, object]]:
    found = load_results(results(changed, days)).findings
    return [(one.rule, one.spot.value) for one in found]


@pytest.mark.parametrize("day", DAYS[:3])
@pytest.mark.parametrize("name", ["Talang Jauh", "Cempaka Putih"])
def test_a_name_of_one_contest_is_told_where_another_is_missing(day: str, name: str) -> None:
    assert told({(day, "Sungai Asam"): name}) == [("name_in_one_contest", name)]


def test_the_finding_names_both_and_the_contest() -> None:
    [found] = load_results(results({(DAYS[1], "Sungai Asam"): "Simpang Rimbo"})).findings
    assert "Simpang Rimbo (Pasar) stands in pilkada 2015 alone, and that contest" in found.say("en")
    assert "contest alone lacks Sungai Asam (Pasar) of its district" in found.say("en")


@pytest.mark.parametrize("day", DAYS[3:])
def test_the_latest_contests_have_rules_of_their_own(day: str) -> None:
    rules = {rule for rule, _ in told({(day, "Sungai Asam"): "Cempaka Putih"})}
    assert rules <= {"without_history", "unmatched_area"}
    assert rules


def test_places_that_changed_for_good_are_no_slip() -> None:
    renamed = {(day, "Sungai Asam"): "Cempaka Putih" for day in DAYS[:2]}
    assert told(renamed) == []
    # In two contests nobody can say which name is the odd one.
    assert told({(DAYS[0], "Sungai Asam"): "Cempaka Putih"}, DAYS[:1]) == []


def test_of_several_names_each_is_told_with_all_that_are_missing() -> None:
    two = {(DAYS[0], "Sungai Asam"): "Cempaka Putih", (DAYS[0], "Beringin"): "Legok"}
    found = load_results(results(two)).findings
    assert [one.spot.value for one in found] == ["Legok", "Cempaka Putih"]
    assert all("lacks Beringin (Pasar), Sungai Asam (Pasar)" in one.say("en") for one in found)
