"""A village without a name in a recapitulation, which is read as the total of its kecamatan."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.language import LANGUAGES
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

RULE = "unnamed_place"
VILLAGES = {
    "Hilir": {"Aur": 1013, "Bayan": 877, "Cempaka": 1119, "Durian": 941},
    "Hulu": {"Enau": 1532, "Farma": 1241, "Gadung": 704, "Halaban": 1330},
}


def recap(day: str, share: float, blank: str = "", city: bool = True, each: bool = True):
    """Return the rows of one election, one village perhaps without its name."""
    rows = []
    for number, (district, villages) in enumerate(VILLAGES.items()):
        own = []
        for offset, (name, size) in enumerate(villages.items()):
            registered = size + int(day[:4]) % 53
            voters = round(registered * (share + 0.01 * offset - 0.02 * number))
            own.append([district, name, registered, voters])
        total = [sum(row[i] for row in own) for i in (2, 3)]
        rows += own
        if each:
            rows.append([f"JUMLAH KECAMATAN {district.upper()}", None, *total])
    if city:
        villages = [row for row in rows if row[1] is not None]
        rows.append(["JUMLAH KABUPATEN", None, *(sum(row[i] for row in villages) for i in (2, 3))])
    named = [[d, None if name == blank else name, *figures] for d, name, *figures in rows]
    table = pd.DataFrame(named, columns=["Kecamatan", "Desa", "DPT", "Pengguna Hak Pilih"])
    return table.assign(Kabupaten="Batang", Tanggal=day, Jenis="pilkada")


def told(**last: object) -> list[Finding]:
    """Return what is found where the last of three elections is written like that."""
    tables = [recap("2015-12-09", 0.61), recap("2020-12-09", 0.66)]
    table = pd.concat([*tables, recap("2024-11-27", 0.59, **last)], ignore_index=True)
    return [*load_results(table).findings]


@pytest.mark.parametrize("village", ["Aur", "Cempaka", "Durian", "Gadung"])
@pytest.mark.parametrize("totals", [{}, {"city": False}, {"each": False}])
def test_a_village_without_a_name_is_one_error_that_tells_which(village, totals) -> None:
    assert not told(**totals)
    [found] = told(blank=village, **totals)
    assert (found.rule, found.severity) == (RULE, "error")
    row = recap("2024-11-27", 0.59, **totals)["Desa"].eq(village).to_numpy().argmax()
    assert found.spot.row == 2 * len(recap("2015-12-09", 0.61)) + row
    assert found.spot.column == "Desa"
    for lang in LANGUAGES:
        assert village in found.remedy.say(lang, **found.values)


def test_without_totals_nothing_tells_that_it_is_a_village() -> None:
    assert RULE not in {one.rule for one in told(blank="Gadung", city=False, each=False)}


def test_figures_that_do_not_add_up_are_told_as_before() -> None:
    table = recap("2024-11-27", 0.59, "Gadung")
    table.loc[0, "Pengguna Hak Pilih"] += 7
    tables = [recap("2015-12-09", 0.61), recap("2020-12-09", 0.66)]
    found = load_results(pd.concat([*tables, table], ignore_index=True)).findings
    assert any(one.severity == "error" for one in found)


@pytest.mark.parametrize("village", ["Aur", "Gadung"])
def test_a_village_without_a_name_on_the_roll_is_told_alike(village: str) -> None:
    columns = ["Kabupaten", "Kecamatan", "Desa", "DPT"]
    clean, broken = (recap("2024-11-27", 0.59, blank)[columns] for blank in ("", village))
    assert not load_roll(clean).findings
    [found] = load_roll(broken).findings
    assert (found.rule, found.severity) == (RULE, "error")
