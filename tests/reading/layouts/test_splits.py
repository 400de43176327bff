"""Places beside their own splits: precincts, wards and stations whose parts stand below them."""

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

FIGURES = {"registered": [900, 400, 500, 700, 611], "voters": [610, 250, 360, 400, 350]}
NAMES = {
    "split": ["A-01", "A-01 Split 1", "A-01 Split 2", "A-02", "A-03"],
    "dotted": ["A-01", "A-01.1", "A-01.2", "A-02", "A-03"],
    "letters": ["12", "12A", "12B", "13", "123"],
    "wards": ["Ward 4", "Ward 4 - North", "Ward 4 - South", "Ward 5", "Ward 45"],
    "villages": ["Sungai Asam", "Sungai Asam Timur", "Sungai Asam Barat", "Legok", "Sungai"],
}


def table(names: list[str], column: str = "precinct", **figures: list[int]) -> pd.DataFrame:
    columns = {**FIGURES, **figures}
    return pd.DataFrame({"date": "2022-11-08", "type": "general", column: names, **columns})


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_a_place_beside_its_own_splits_counts_once(names: list[str]) -> None:
    reading = load_results(table(names))
    assert reading.table["area"].tolist() == names[1:]
    assert reading.table["registered"].sum() == sum(FIGURES["registered"][1:])
    (told,) = reading.findings
    assert (told.rule, told.severity, told.spot.row) == ("splits_beside_whole", "warning", 0)
    assert f"such as {names[0]} of {names[1]}, {names[2]}" in told.say("en")
    assert "tidak ada pemilih yang dihitung dua kali" in told.say("id")


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("column", ["registered", "voters"])
def test_what_does_not_add_up_is_a_place_of_its_own(names: list[str], column: str) -> None:
    figures = [FIGURES[column][0] + 1, *FIGURES[column][1:]]
    reading = load_results(table(names, **{column: figures}))
    assert reading.table["area"].tolist() == names
    assert not reading.findings


def test_sums_of_rows_of_other_names_are_no_splits() -> None:
    names = ["B-01", "A-01 Split 1", "A-01 Split 2", "A-02", "A-03"]
    assert len(load_results(table(names)).table) == 5
    names = ["1", "12", "13", "14", "15"]
    assert len(load_results(table(names)).table) == 5


def test_splits_of_splits_and_of_another_district() -> None:
    names = ["A-01", "A-01.1", "A-01.1a", "A-01.1b", "A-01.2", "A-02"]
    own = {"registered": [900, 500, 300, 200, 400, 77], "voters": [610, 360, 210, 150, 250, 31]}
    rows = {"date": "2022-11-08", "type": "general", "precinct": names, **own}
    nested = load_results(pd.DataFrame(rows))
    assert nested.table["area"].tolist() == ["A-01.1a", "A-01.1b", "A-01.2", "A-02"]
    elsewhere = table(NAMES["split"]).assign(ward=["North", "South", "South", "North", "South"])
    assert len(load_results(elsewhere).table) == 5


def test_stations_and_their_splits() -> None:
    stations = table(["1", "1A", "1B", "2", "3"], "tps").assign(kelurahan="Legok")
    reading = load_results(stations)
    assert reading.table["registered"].tolist() == [2211]
    assert reading.table["stations_counted"].tolist() == [4]
    assert [one.rule for one in reading.findings] == ["splits_beside_whole"]


def test_each_contest_has_its_own_splits() -> None:
    both = pd.concat([table(NAMES["split"]), table(NAMES["split"]).assign(date="2024-11-05")])
    other = both.reset_index(drop=True)
    reading = load_results(other)
    assert len(reading.table) == 8
    assert reading.findings[0].values["n"] == 2


def test_the_registered_alone_may_be_such_sums_by_chance() -> None:
    one = pd.DataFrame({"precinct": NAMES["split"], "registered": FIGURES["registered"]})
    assert [told.rule for told in load_roll(one).findings] == ["splits_beside_whole"]
    assert load_roll(one).table["registered"].sum() == sum(FIGURES["registered"][1:])
    # Where many have splits one of them adds up by chance, and several do not.
    others = {
        f"{ward}-{end}": 300 + 7 * at + len(end) * 50
        for at, ward in enumerate("BCDEF")
        for end in ("1", "1 East", "1 West")
    }
    many = pd.DataFrame(
        {
            "precinct": [*NAMES["split"], *others],
            "registered": [*FIGURES["registered"], *others.values()],
        }
    )
    assert len(load_roll(many).table) == len(many)
    several = many.assign(
        registered=lambda rows: np.where(
            rows["precinct"].isin(["B-1", "C-1"]),
            rows["registered"].shift(-1) + rows["registered"].shift(-2),
            rows["registered"],
        )
    )
    assert len(load_roll(several).table) == len(many) - 3
