"""Totals of several contests in one list, cells that lost their thousands, contests in two."""

import pandas as pd
import pytest

from turnout.errors import tell
from turnout.reading.hints import Hints
from turnout.reading.results import load_results

DAYS = {"2019-04-17": 1.0, "2020-12-09": 1.25}


def rows(day: str, total: str) -> list[list[object]]:
    by_place = [("Utara", "A", 1000), ("Utara", "B", 2000), ("Selatan", "C", 4000)]
    places = [[day, k, a, n * DAYS[day], n * DAYS[day] / 2] for k, a, n in by_place]
    return [*places, [day, total, "", 7000 * DAYS[day], 3500 * DAYS[day]]]


def table(lines: list[list[object]]) -> pd.DataFrame:
    names = ["Tanggal", "Kecamatan", "Desa", "DPT", "Hadir"]
    return pd.DataFrame(lines, columns=names).assign(Jenis="pilkada")


@pytest.mark.parametrize("order", ["each", "end"])
def test_the_only_total_of_each_contest_is_that_of_all_its_rows(order: str) -> None:
    lines = [line for day in DAYS for line in rows(day, "TOTAL")]
    if order == "end":
        lines = sorted(lines, key=lambda line: line[1] == "TOTAL")
    reading = load_results(table(lines))
    assert not reading.errors
    assert reading.table["area"].tolist() == ["A", "B", "C"] * 2


def test_subtotals_of_each_contest_stay_those_of_their_places() -> None:
    lines = []
    for day in DAYS:
        a, b, c, _ = rows(day, "TOTAL")
        half = [day, "", "Jumlah", a[3] + b[3], a[4] + b[4]]  # type: ignore[operator]
        lines += [a, b, half, c, [day, "", "Jumlah", *c[3:]]]
    reading = load_results(table(lines))
    assert not reading.errors
    totals = reading.table[reading.table["area"].isna()]
    assert totals["district"].tolist() == ["Utara", "Selatan"] * 2
    assert totals["registered"].tolist() == [3000, 4000, 3750, 5000]


@pytest.mark.slow
def test_a_few_cells_that_lost_their_thousands_are_mended_alone() -> None:
    found = table([line for day in DAYS for line in rows(day, "x")[:3]])
    some = found.assign(DPT=[1.234, 2.345, 3000, 1250, 2500, 3750], Hadir=1.111)
    errors = load_results(some).errors
    assert "Multiply these cells alone by 1,000" in "\n".join(tell(errors, most=2))
    assert [one.spot.row for one in errors if one.spot.column == "DPT"] == [0, 1]
    every = found.assign(DPT=[1.234, 2.345, 3.456] * 2)
    assert "Multiply the column" in tell(load_results(every).errors)[0]


@pytest.mark.parametrize(
    ("columns", "rules"),
    [
        ({"Jenis": ["pemilu"] * 3 + ["pilbup", "pilkada", "pilkada"]}, ["contest_in_two"]),
        (
            {"Pemilihan": [*"aaabcc"], "Jenis": ["pemilu"] * 3 + ["pilkada"] * 3},
            ["contest_in_two"],
        ),
        ({"Jenis": ["pemilu"] * 3 + ["pilwako", "pilbup", "pilbup"], "Kota": [*"xyyxyy"]}, []),
        ({"Jenis": ["pemilu"] * 3 + ["pilkada"] * 3}, []),
    ],
)
def test_contests_of_one_day_without_a_place_in_common(
    columns: dict[str, list[str]], rules: list[str]
) -> None:
    lines = [line for day in DAYS for line in rows(day, "x")[:3]]
    reading = load_results(table(lines).assign(**columns))
    assert [one.rule for one in reading.findings] == rules
    if rules and "pilbup" in columns["Jenis"]:
        assert 'types={"pilbup": "pilkada"}' in reading.findings[0].say()


YEARS = {"2018": "2018-06-27", "2020": "2020-12-09"}
SAID = Hints.of(None, dates=YEARS)


def in_column(name: str, word: str | None = "JUMLAH") -> pd.DataFrame:
    """A table of two elections, each with a total that says so under `name`."""
    lines = [
        [year, "pilkada", "Kota Contoh", area, n, n / 2]
        for year in YEARS
        for area, n in (("A", 1000), ("B", 2000), (None, 3000))
    ]
    names = ["Tahun", "Jenis", "Kota", "Desa", "DPT", "Hadir"]
    frame = pd.DataFrame(lines, columns=names).astype(object)
    total = frame["Desa"].isna()
    frame.loc[total, ["Tahun", "Jenis"]] = None
    frame.loc[total, name] = word
    return frame


@pytest.mark.parametrize("name", ["Tahun", "Jenis", "Desa"])
def test_a_total_is_of_the_election_above_it_wherever_it_says_so(name: str) -> None:
    reading = load_results(in_column(name), hints=SAID)
    assert reading.findings == ()
    whole = reading.table[reading.table["area"].isna()]
    assert whole["registered"].tolist() == [3000, 3000]
    assert whole["date"].astype(str).tolist() == list(YEARS.values())
    wrong = in_column(name).assign(DPT=[1000, 2000, 2999, 1000, 2000, 3000])
    [found] = load_results(wrong, hints=SAID).errors
    assert (found.rule, found.spot.row) == ("total_below_parts", 2)


def test_a_total_in_the_column_of_days() -> None:
    days = in_column("Tahun").rename(columns={"Tahun": "Tanggal"}).replace({"Tanggal": YEARS})
    reading = load_results(days)
    assert reading.findings == ()
    assert reading.table["area"].isna().sum() == 2


def test_years_written_once_above_their_total_are_told_once_under_their_own_header() -> None:
    once = in_column("Tahun")
    once.loc[[1, 4], ["Tahun"]] = None
    reading = load_results(once, hints=SAID)
    [told] = reading.findings
    assert (told.rule, told.spot.column, told.values["n"]) == ("carried_names", "Tahun", 4)
    assert reading.table["area"].isna().sum() == 2
    both = Hints.of(None, dates=YEARS, types=dict.fromkeys(YEARS, "pilkada"))
    [told] = load_results(once.drop(columns="Jenis"), hints=both).findings
    assert told.spot.column == "Tahun"


def test_a_total_below_several_elections_is_of_none() -> None:
    last = in_column("Tahun").drop(index=2).assign(DPT=[1000, 2000, 1000, 2000, 6000])
    reading = load_results(last, hints=SAID)
    assert [one.rule for one in reading.findings] == ["totals_left_out"]
    assert len(reading.table) == 4
    assert load_results(last.iloc[:4], hints=SAID).findings == ()


def of_labels(labels: list[str]) -> pd.DataFrame:
    """A table of two years with a label each, and a column of years."""
    frame = pd.DataFrame({"Desa": ["A", "B"] * 2, "Kecamatan": ["X", "Y"] * 2, "DPT": 1000})
    return frame.assign(Tahun=[*["2018"] * 2, *["2020"] * 2], Hadir=600, Pemilihan=labels)


@pytest.mark.parametrize("label", ["Pilkada", "PILKADA SERENTAK", "Pemilihan Gubernur"])
def test_labels_that_are_but_types_are_types(label: str) -> None:
    reading = load_results(of_labels([label] * 4), hints=SAID)
    assert reading.findings == ()
    assert reading.table["election"].nunique() == 2
    beside = of_labels([label] * 4).assign(Jenis=["pilwako"] * 2 + ["pilgub"] * 2)
    table = load_results(beside, hints=SAID).table
    assert table["election_type"].tolist() == ["pilwako"] * 2 + ["pilgub"] * 2
    assert table["Pemilihan"].tolist() == [label] * 4


def test_labels_of_elections_stay_their_names() -> None:
    named = ["Pilwako 2018"] * 2 + ["Pilgub 2020"] * 2
    assert load_results(of_labels(named), hints=SAID).table["election"].tolist() == named
    alike = load_results(of_labels(["Pilkada Kota Contoh"] * 4), hints=SAID)
    assert {one.rule for one in alike.errors} >= {"two_dates"}


@pytest.mark.parametrize("name", ["Kecamatan", "Desa"])
@pytest.mark.parametrize(
    ("foot", "head"),
    [
        ("Jumlah dipindahkan", "Jumlah pindahan"),
        ("DIPINDAHKAN KE HALAMAN 2", "PINDAHAN"),
        ("Jumlah halaman ini :", "Total carried forward"),
    ],
)
def test_sums_that_are_carried_from_page_to_page_are_neither_places_nor_totals(
    name: str, foot: str, head: str
) -> None:
    day = "2020-12-09"
    a, b, c, whole = rows(day, "TOTAL")
    page = {"Kecamatan": "", "Desa": "", "DPT": 3750, "Hadir": 1875, "Jenis": "pilkada"}
    parts = [table([a, b]), table([c, whole])]
    carried = [pd.DataFrame([{"Tanggal": day, **page, name: text}]) for text in (foot, head)]
    lines = pd.concat([parts[0], *carried, parts[1]], ignore_index=True)
    reading = load_results(lines)
    assert reading.table["area"].tolist() == ["A", "B", "C"]
    [told] = reading.findings
    assert (told.rule, told.values["n"]) == ("carried_forward", 2)


def test_places_called_as_pages_and_voters_who_moved_stay() -> None:
    day = "2020-12-09"
    names = ["Halaman", "Pindahan", "Lembar"]
    lines: list[list[object]] = [
        [day, "Lembar", name, n, n / 2] for name, n in zip(names, (1000, 2000, 4000), strict=True)
    ]
    reading = load_results(table([*lines, [day, "Jumlah Lembar", "", 7000, 3500]]))
    assert reading.table["area"].dropna().tolist() == names
    assert not reading.errors
