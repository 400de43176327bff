"""Tables given as what they are not: the reason is told alone, not what follows from it."""

import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

RESULTS = pd.DataFrame(
    {
        "tanggal": ["27/06/2018", "27/06/2018", "09/12/2020", "09/12/2020"],
        "jenis": "pilkada",
        "kelurahan": ["Murni", "Legok"] * 2,
        "dpt": [1012, 2035, 1041, 2055],
        "pengguna hak pilih": [615, 1433, 655, 1451],
    }
)


def test_results_given_as_a_roll_are_told_once():
    [error] = load_roll(RESULTS).errors
    assert error.rule == "results_as_roll"
    assert "'pengguna hak pilih'" in error.say("id")


def test_the_rows_of_one_election_are_a_roll():
    assert load_roll(RESULTS.iloc[:2]).table["registered"].tolist() == [1012, 2035]


def test_a_roll_that_repeats_a_place_is_no_table_of_results():
    doubled = pd.DataFrame({"kelurahan": ["Murni", "Murni"], "dpt": [10, 12]})
    assert {error.rule for error in load_roll(doubled).errors} == {"equal_names"}


@pytest.mark.parametrize(
    ("header", "sexes"),
    [
        ("L/P", ["L", "P", "L", "P"]),
        ("Jenis Kelamin", ["Laki-laki", "Perempuan", "Perempuan", "Laki-laki"]),
        ("sex", ["M", "F", "F", "M"]),
    ],
)
def test_a_list_of_persons_is_told_as_one(header, sexes):
    people = pd.DataFrame({"No": [1, 2, 3, 4], "Kelurahan": "Murni", header: sexes})
    for load in (load_roll, load_results):
        [error] = load(people).errors
        assert error.rule == "rows_of_persons"
        assert header in error.say()


def test_a_column_of_sexes_beside_counts_is_none():
    both = pd.DataFrame(
        {"kelurahan": ["Murni", "Legok", "Kasang"], "jk": ["L", "P", "L"], "dpt": [500, 520, 480]}
    )
    assert "rows_of_persons" not in {one.rule for one in load_roll(both).findings}
