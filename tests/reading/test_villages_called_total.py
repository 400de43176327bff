"""A kelurahan or desa called *Total* or *Jumlah*: no remedy deletes it, and one works."""

import pandas as pd
import pytest

from turnout.errors import DataError
from turnout.reading import load_results

HEAD = ["tanggal", "jenis", "kecamatan", "kelurahan", "dpt", "pengguna hak pilih"]
ROWS = [("A", "Murni", 900), ("A", "{}", 700), ("A", "Legok", 800), ("B", "Kasang", 500)]


def read(name: str, *more: tuple[str, str | None, int]):
    rows = [
        ["2024-11-27", "pilkada", district, area and area.format(name), n, n // 2]
        for district, area, n in (*ROWS, *more)
    ]
    return load_results(pd.DataFrame(rows, columns=HEAD))


@pytest.mark.parametrize("more", [(), (("A", None, 2400),)])
@pytest.mark.parametrize("word", ["Total", "Jumlah"])
def test_the_first_remedy_says_how_a_village_is_written(word, more):
    for finding in read(word, *more).errors:
        said = finding.remedy.id
        assert "Desa Total" in said
        assert "hapus" not in said[: said.index("Desa Total")]


@pytest.mark.parametrize("more", [(), (("A", None, 2400),)])
@pytest.mark.parametrize("name", ["Desa Total", "Kelurahan Jumlah", "Desa Tototal"])
def test_what_it_says_works(name, more):
    reading = read(name, *more)
    assert not reading.findings
    assert reading.table["area"].notna().sum() == len(ROWS)


def test_a_total_that_is_a_little_off_is_no_village():
    said = DataError.of(read("Murni Baru", ("A", "Jumlah", 2390)).errors).say("id")
    assert "Desa Total" not in said


def test_a_total_that_one_digit_explains_is_no_village():
    rows = [("Murni", 900, 450), ("Baru", 700, 345), ("Karya", 2400, 13110), ("Jumlah", 4000, 2106)]
    table = pd.DataFrame([["2024-11-27", "pilkada", "A", *row] for row in rows], columns=HEAD)
    [*_, told] = (one.say("id") for one in load_results(table).errors)
    assert "Dengan 1.311, bukan 13.110" in told
    assert "Desa Total" not in told


@pytest.mark.parametrize("name", ["Kota Raja", "Kota Baru", "Kabupaten Lama"])
def test_a_village_with_a_word_for_a_city_lies_in_the_city_that_its_row_tells(name):
    """Beside places whose figures lost their thousands it is as large as all of them."""
    lost = [("Hulu", area, 1 + at % 5) for at, area in enumerate("CDEFGHIJ")]
    rows = [("Hilir", "A", 4555), ("Hilir", name, 5576), ("Hilir", "B", 1212), *lost]
    days = ("2015-12-09", "2020-12-09")
    table = pd.DataFrame(
        [
            [day, "pilbup", "Lubuk", *row, max(1, round(0.7 * row[2]))]
            for day in days
            for row in rows
        ],
        columns=[*HEAD[:2], "kabupaten", *HEAD[2:]],
    )
    read = load_results(table)
    assert {"total_found", "total_below_parts"}.isdisjoint({one.rule for one in read.findings})
    assert name in set(read.table["area"])


@pytest.mark.parametrize("city", [None, "Jambi", "Kota Jambi"])
def test_a_row_with_the_name_of_its_city_is_the_total(city):
    rows = [
        ("A", "Murni", 900),
        ("A", "Legok", 800),
        ("B", "Kasang", 500),
        (None, "KOTA JAMBI", 2200),
    ]
    table = pd.DataFrame(
        [["2020-12-09", "pilkada", city, *row, row[2] // 2] for row in rows],
        columns=[*HEAD[:2], "kota", *HEAD[2:]],
    )
    read = load_results(table)
    assert not read.errors
    assert "KOTA JAMBI" not in set(read.table["area"].dropna())
