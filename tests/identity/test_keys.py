"""Which rows speak of the same place."""

import pandas as pd
import pytest

from turnout.identity.keys import identify, name_codes
from turnout.schema import PLACE_COLUMNS


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("district", ["Kec. Pasar", "Kecamatan Pasar"]),
        ("province", ["Prov. Riau", "Provinsi Riau"]),
    ],
)
def test_the_kind_that_a_column_says_anyway_makes_no_other_place(column, written):
    bare = written[0].split()[1]
    entries = pd.DataFrame({"area": ["A", "A", "A", "A"], column: [bare, bare.upper(), *written]})
    entries = entries.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    assert set(identify(entries, name_codes(entries))) == {0}


@pytest.mark.parametrize("pair", [("Kota Jambi", "Jambi"), ("Kab. Bogor", "Kota Bogor")])
def test_a_city_and_a_regency_of_one_name_stay_two_places(pair):
    entries = pd.DataFrame({"city": pair, "area": ["A", "A"]})
    entries = entries.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    assert len(set(identify(entries, name_codes(entries)))) == 2
