"""Which rows speak of the same place."""

import pandas as pd
import pytest

from turnout.identity.keys import identify, name_codes, numbers_of_places
from turnout.schema import PLACE_COLUMNS


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("district", ["Kec. Pasar", "Kecamatan Pasar"]),
        ("district", ["Distrik Pasar", "DISTRIK PASAR"]),
        ("province", ["Prov. Riau", "Provinsi Riau"]),
        ("province", ["Propinsi Riau", "PROV.RIAU"]),
    ],
)
def test_the_kind_that_a_column_says_anyway_makes_no_other_place(column, written):
    bare = written[0].split()[1]
    entries = pd.DataFrame({"area": ["A", "A", "A", "A"], column: [bare, bare.upper(), *written]})
    entries = entries.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    assert set(identify(entries, name_codes(entries))) == {0}


@pytest.mark.parametrize(
    "written",
    [
        ["Kab. Bogor", "KABUPATEN BOGOR", "KAB.BOGOR", "Kab Bogor"],
        ["Kota Bogor", "KOTAMADYA BOGOR", "Kodya Bogor", "Kota Adm. Bogor"],
    ],
)
def test_the_kind_of_a_city_is_the_same_in_short(written):
    entries = pd.DataFrame({"city": written, "area": "A"})
    entries = entries.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    assert set(identify(entries, name_codes(entries))) == {0}


@pytest.mark.parametrize("pair", [("Kota Jambi", "Jambi"), ("Kab. Bogor", "Kota Bogor")])
def test_a_city_and_a_regency_of_one_name_stay_two_places(pair):
    entries = pd.DataFrame({"city": pair, "area": ["A", "A"]})
    entries = entries.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    assert len(set(identify(entries, name_codes(entries)))) == 2


def cities_of(*lists: list[tuple[str, str]]) -> list[list[int]]:
    """Return the numbers of districts that each list tells by city and name."""
    tables = [
        pd.DataFrame(one, columns=["city", "district"]).assign(election=f"contest {number}")
        for number, one in enumerate(lists)
    ]
    return [numbers.tolist() for numbers in numbers_of_places(tables)]


@pytest.mark.parametrize("kind", ["Kota", "Kab.", "KABUPATEN"])
def test_a_city_without_its_kind_is_the_only_one_of_its_name(kind):
    known = [(f"{kind} Jambi", "Utara"), ("Kota Lain", "Utara")]
    assert cities_of(known, [("JAMBI", "Utara"), ("Lain", "Utara")]) == [[0, 1], [0, 1]]


def test_a_city_without_its_kind_is_the_one_that_its_lists_do_not_know():
    known = [("Kabupaten Bogor", "Utara"), ("Kota Bogor", "Timur")]
    assert cities_of(known, [("Bogor", "Utara"), ("Kota Bogor", "Timur")]) == [[0, 1], [0, 1]]


def test_a_city_without_its_kind_that_holds_other_places_is_another():
    assert cities_of([("Kota Bogor", "Timur")], [("Bogor", "Utara")]) == [[1], [0]]
    both = [("Kota Bogor", "Utara"), ("Bogor", "Utara")]
    assert cities_of(both, both)[0] == cities_of(both, both)[1]
    assert len({*cities_of(both, both)[0]}) == 2


def places_of(*lists: list[tuple[str | None, str]]) -> list[list[int]]:
    """Return the numbers of areas that each list tells by district and name."""
    tables = [
        pd.DataFrame(one, columns=["district", "area"]).assign(election=f"contest {number}")
        for number, one in enumerate(lists)
    ]
    return [numbers.tolist() for numbers in numbers_of_places(tables)]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Desa Sukamaju",
            "Ds. Sukamaju",
            "Kelurahan Sukamaju",
            "KEL.SUKAMAJU",
            "Gampong Sukamaju",
        ),
        *("Nagari Sukamaju", "Pekon Sukamaju"),
        *("Kampung Sukamaju", "Kp. Sukamaju"),
    ],
)
def test_an_area_told_with_its_kind_is_the_one_told_without(written):
    assert places_of([("Utara", written)], [("Utara", "Sukamaju")]) == [[0], [0]]


def test_a_village_that_is_called_desa_may_be_told_with_its_kind():
    assert places_of([("Utara", "Desa Desa Baru")], [("Utara", "Desa Baru")]) == [[0], [0]]


def test_a_kind_is_the_same_in_short_where_two_of_one_name_lie_in_a_district():
    roll = [("Utara", "Desa Sukamaju"), ("Utara", "Kelurahan Sukamaju")]
    count = [("Utara", "Ds. Sukamaju"), ("Utara", "Kel. Sukamaju")]
    assert places_of(roll, count) == [[0, 1], [0, 1]]


@pytest.mark.parametrize("kinds", [("Desa", "Kelurahan"), ("Kampung", "")])
def test_two_of_one_name_in_a_district_stay_two(kinds):
    roll = [("Utara", f"{kind} Sukamaju".strip()) for kind in kinds]
    [of_roll, of_other] = places_of(roll, [("Utara", "Nagari Sukamaju")])
    assert len({*of_roll, *of_other}) == 3


def test_districts_part_areas_of_one_name():
    past = [("Utara", "Desa Sukamaju"), ("Selatan", "Sukamaju")]
    count = [("Utara", "Sukamaju"), ("Selatan", "Desa Sukamaju")]
    assert places_of(past, count) == [[1, 0], [1, 0]]


def test_without_a_district_the_only_one_of_the_name_is_meant():
    roll = [("Utara", "Desa Sukamaju"), ("Selatan", "Sukasari")]
    assert places_of(roll, [(None, "Sukamaju")]) == [[0, 1], [0]]


def test_without_a_district_a_name_of_two_districts_takes_no_kind():
    roll = [("Utara", "Desa Sukamaju"), ("Selatan", "Kelurahan Sukamaju")]
    [of_roll, of_count] = places_of(roll, [(None, "Sukamaju")])
    assert len({*of_roll, *of_count}) == 3


def test_codes_part_areas_of_one_name():
    lists = [
        pd.DataFrame({"district": ["Utara"], "area": [name], "area_id": [code]})
        for name, code in [("Desa Sukamaju", "1"), ("Kelurahan Sukamaju", "2")]
    ]
    assert [numbers.tolist() for numbers in numbers_of_places(lists)] == [[0], [1]]


def coded(*lists: list[tuple[str, str]]) -> list[list[int]]:
    """Return the numbers of areas that each list tells by code and name."""
    tables = [
        pd.DataFrame(one, columns=["area_id", "area"]).assign(election=f"contest {number}")
        for number, one in enumerate(lists)
    ]
    return [numbers.tolist() for numbers in numbers_of_places(tables)]


@pytest.mark.parametrize(
    "written", ["1501012001", "15-01-01-2001", "15.01.012001", "1501012001.0", "'1501012001"]
)
def test_a_code_is_its_letters_and_digits(written):
    dotted = ("15.01.01.2001", "Suka Baru")
    assert coded([dotted], [(written, "Sukabaru")]) == [[0], [0]]
    assert coded([dotted], [("1501012002", "Suka Baru")]) == [[0], [1]]
    assert coded([dotted, (written.replace(".012", ".01.2"), "Suka Baru")]) == [[0, 0]]


def test_a_code_that_was_a_number_lacks_its_zeros():
    assert coded([("01001", "A"), ("01002", "B")], [("1001", "a."), ("1002", "b.")]) == [[0, 1]] * 2


@pytest.mark.parametrize("two", [("1.12", "11.2"), ("01", "1")])
def test_codes_that_one_list_tells_apart_stay_two(two):
    one, other = two
    both = [(one, "A"), (other, "B")]
    assert coded(both, [(one, "C"), (other, "D")]) == [[0, 1]] * 2


def test_codes_without_names_are_one_whatever_their_zeros():
    assert coded([("0101", "0101"), ("101", "101"), ("102", "102")]) == [[0, 0, 1]]


def test_the_order_of_rows_with_codes_leaves_no_trace():
    roll = [("15.02", "A"), ("15.01", "A")]
    assert coded(roll, [("1501", "A"), ("1502", "A")]) == [[1, 0], [0, 1]]
    assert coded([("1501", "A"), ("1502", "A")], roll) == [[0, 1], [1, 0]]
