"""What turnout is divided by: told by headers and lists, held against the past and the coming."""

from pathlib import Path

import pandas as pd
import pytest

from turnout import Election
from turnout.reading import load_counted, load_results, load_roll
from turnout.reading.hints import Hints

AREAS = ("Kasang", "Murni", "Legok")
ALL = "Pemilih Terdaftar (DPT, DPTb, DPK)"
BY_LIST = ("Pengguna DPT", "Pengguna DPTb", "Pengguna DPK")


def table(day: str | None, header: str, *, by_list: bool = False) -> pd.DataFrame:
    """Return three areas; 65% of the registered voted, 3% on other lists than the DPT."""
    size = pd.Series([1_000, 2_000, 3_000] if day else [1_100, 2_300, 3_200])
    rows = pd.DataFrame({"Kelurahan": AREAS, header: size})
    if day is not None:
        rows = rows.assign(Tanggal=day, Jenis="Pilkada")
    shares = dict(zip(BY_LIST, (62, 1, 2), strict=True)) if by_list else {"Pengguna Hak Pilih": 65}
    return rows.assign(**{name: share * size // 100 for name, share in shares.items()})


def results(folder: Path, *tables: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Return what is told of the denominators of results in several files, and their table."""
    paths = [folder / f"{number}.csv" for number in range(len(tables))]
    for path, one in zip(paths, tables, strict=True):
        one.to_csv(path, index=False)
    read = load_results(paths)
    assert not read.errors
    said = [one.say("en") for one in read.findings if one.rule in ("changed_basis", "mixed_basis")]
    return said, read.table


@pytest.mark.parametrize(
    ("first", "second", "bases", "n"),
    [
        ("DPT", ALL, ["DPT", "DPT+DPTb+DPK"], 1),
        ("DPT", "Jumlah Pemilih Tetap", ["DPT"], 0),
        ("DPT", "Pemilih Terdaftar", ["DPT", None], 0),  # who does not say has not changed
        ("Pemilih Terdaftar", "Pemilih Terdaftar", [None], 0),
    ],
)
def test_contests_of_other_lists_are_told_once_with_the_points(
    tmp_path: Path, first: str, second: str, bases: list[str | None], n: int
) -> None:
    early, late = table("27 Juni 2018", first, by_list=True), table("9 Desember 2020", second)
    said, read = results(tmp_path, early, late)
    told = read["registered_basis"].astype(object)
    assert list(dict.fromkeys(told.where(told.notna(), None))) == bases
    assert len(said) == n
    for one in said:
        assert "2 ways (DPT / DPT+DPTb+DPK)" in one
        # Of 1,000, and of 1,030 at most.
        assert "65.0% of the DPT alone and at most 63.1% of all lists: at least 1.9 points" in one


@pytest.mark.parametrize(
    ("title", "header", "basis"),
    [
        ("Persentase terhadap DPT", "Pemilih Terdaftar", "DPT"),
        ("DPT + DPTb + DPK", "Pemilih Terdaftar", "DPT+DPTb+DPK"),
        ("Tingkat partisipasi (dari DPT dan DPTb)", "Pemilih Terdaftar", "DPT+DPTb"),
        ("DPT + DPTb + DPK", "DPT", "DPT"),  # the header goes before
        ("Rekapitulasi DPT Kota Jambi", "Pemilih Terdaftar", None),
        ("DPT = Daftar Pemilih Tetap", "Pemilih Terdaftar", None),
        ("", "Jumlah Pemilih dalam DPT, DPTb dan DPK", "DPT+DPTb+DPK"),
    ],
)
def test_a_title_or_a_header_of_all_lists_tells_it(
    tmp_path: Path, title: str, header: str, basis: str | None
) -> None:
    rows = table("27 Juni 2018", header)
    rows.to_csv(tmp_path / "rows.csv", index=False)
    lines = f'"{title}"\n\n' if title else ""
    path = tmp_path / "titled.csv"
    path.write_text(lines + (tmp_path / "rows.csv").read_text())
    read = load_results(path)
    assert not read.errors
    told = read.table["registered_basis"].astype(object)
    assert list(dict.fromkeys(told.where(told.notna(), None))) == [basis]
    assert read.table["registered"].tolist() == [1_000, 2_000, 3_000]


def test_the_sum_of_all_lists_beside_the_dpt_is_told_with_both_turnouts() -> None:
    rows = table("27 Juni 2018", "DPT")
    both = rows.assign(**{"DPT+DPTb+DPK": rows["DPT"] * 104 // 100})
    [found] = [one for one in load_results(both).findings if one.rule == "other_lists"]
    assert "DPT: 65.0%" in found.say("en")
    assert "it would be 62.5%" in found.say("en")
    assert 'columns={"DPT+DPTb+DPK": "registered"}' in found.say("en")
    said = load_results(both, hints=Hints.of({"DPT+DPTb+DPK": "registered"}))
    assert set(said.table["registered_basis"]) == {"DPT+DPTb+DPK"}
    assert not [one for one in said.findings if one.rule == "other_lists"]


def test_a_column_tells_it_before_any_header(tmp_path: Path) -> None:
    said, read = results(tmp_path, table("27 Juni 2018", "DPT").assign(penyebut="DPT+DPK"))
    assert said == []
    assert set(read["registered_basis"]) == {"DPT+DPK"}


def test_a_roll_or_a_count_of_other_lists_than_the_past_is_told(tmp_path: Path) -> None:
    coming = Election("2024-11-27", "pilkada")
    _, past = results(tmp_path, table("9 Desember 2020", "DPT", by_list=True))

    def told(header: str, past: pd.DataFrame) -> list[str]:
        roll = load_roll(table(None, header)[["Kelurahan", header]], past)
        count = load_counted(table(None, header), election=coming, results=past)
        found = (*roll.findings, *count.findings)
        return [one.say("en") for one in found if one.rule == "other_basis"]

    of_roll, of_count = told(ALL, past)
    for one in (of_roll, of_count):
        assert "here are DPT+DPTb+DPK, those of past results DPT:" in one
        assert "at least 1.9 points less" in one
    assert told("DPT", past) == []
    assert told("Pemilih Terdaftar", past) == []
    assert told(ALL, past.assign(registered_basis=None)) == []
