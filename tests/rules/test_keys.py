"""Rows told twice, names of several areas, keys that are blank: which rows are to blame."""

from dataclasses import replace

import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll
from turnout.rules.draft import Draft
from turnout.rules.keys import REPEATED_IN_ROLL, check_keys, check_repeats
from turnout.rules.measures import completed
from turnout.schema import RESULTS_COLUMNS


def draft(*rows: tuple[str | None, str, float], **columns: object) -> Draft:
    """Return rows of district, area and registered, of one contest unless columns say more."""
    table = pd.DataFrame(rows, columns=["district", "area", "registered"])
    same = {"date": pd.to_datetime("2020-12-09"), "election_type": "pilkada", "voters": 50.0}
    return completed(Draft.of_table(table.assign(**same | columns)), *RESULTS_COLUMNS)


def blamed(found: Draft, *rule: object) -> list[tuple[str, int | str]]:
    return [(one.rule, one.spot.row) for one in check_repeats(found, *rule)]


def test_of_copies_that_agree_the_later_are_to_blame_else_all() -> None:
    alike = draft(("u", "A", 100), ("u", "B", 90), ("u", "A", 100))
    assert blamed(alike) == [("repeated_key", 2)]
    differing = draft(("u", "A", 100), ("u", "B", 90), ("u", "A", 101))
    assert blamed(differing) == [("repeated_key", 0), ("repeated_key", 2)]
    assert blamed(draft(("u", "A", 100), ("u", "B", 90), ("v", "A", 100))) == []


def test_where_a_row_stands_as_well_is_told_with_its_file() -> None:
    twice = draft(("u", "A", 100), ("u", "A", 100))
    for files, said in (
        (["a.csv", "b.csv"], "in a.csv, row 2."),
        (["a.csv", "a.csv"], "in row 2."),
    ):
        origin = twice.origin.assign(file=files, row=[2, 2 + (files[0] == files[1])])
        [found] = check_repeats(replace(twice, origin=origin))
        assert f"also stands {said}" in found.say_problem("en")


def test_rows_without_a_contest_are_repeated_only_in_a_roll() -> None:
    found = draft(("u", "A", 100), ("u", "A", 100), date=pd.NaT, election_type=None)
    assert blamed(found) == []
    assert [row for _, row in blamed(found, REPEATED_IN_ROLL)] == [1]


def test_a_name_of_several_areas_needs_its_district() -> None:
    # Two of one name and no district, of other sizes; of one size they are a copy.
    apart = draft((None, "A", 100), (None, "A", 101), (None, "B", 90))
    assert blamed(apart) == [("equal_names", 0), ("equal_names", 1)]
    assert blamed(draft((None, "A", 100), (None, "A", 100))) == [("repeated_key", 1)]
    known = draft(
        ("u", "A", 100),
        ("v", "A", 100),
        (None, "A", 100),
        (None, "B", 90),
        election=["x", "x", "y", "y"],
    )
    assert blamed(known) == [("equal_names", 2)]


def test_blank_keys_are_told_cell_by_cell() -> None:
    found = draft(
        ("u", "A", 100),
        ("u", "B", 90),
        date=[pd.to_datetime("2020-12-09"), pd.NaT],
        election_type=["pilkada", None],
    )
    told = [(one.rule, one.spot.row, one.spot.column) for one in check_keys(found)]
    assert ("missing_key", 1, "date") in told
    assert not [one for one in told if one[1] == 0]


def test_areas_with_a_code_may_bear_one_name_without_their_district() -> None:
    coded = draft((None, "A", 100), (None, "A", 101), area_id=["1", "2"])
    assert blamed(coded) == []
    nameless = draft((None, None, 100), (None, None, 101), area_id=["1", "2"])
    assert blamed(nameless) == []
    # Rows of two districts make the name of a third row, without one, doubtful; a code settles it.
    mixed = [("u", "A", 100), ("v", "A", 101), (None, "A", 102)]
    assert [row for _, row in blamed(draft(*mixed))] == [2]
    assert blamed(draft(*mixed, area_id=["1", "2", "3"])) == []


@pytest.mark.parametrize("sheets", [("Pilkada 2020", "Pilkada 2020 lama"), ("Pilkada 2020", "")])
def test_a_place_that_stands_in_another_sheet_is_told_with_the_sheet(tmp_path, sheets):
    path = tmp_path / "rekap.xlsx"
    rows = pd.DataFrame(
        {
            "tanggal": "2020-12-09",
            "jenis": "pilkada",
            "kelurahan": ["Murni", "Legok"],
            "dpt": [1012, 2035],
            "pengguna hak pilih": [615, 1433],
        }
    )
    with pd.ExcelWriter(path) as book:
        for number, name in enumerate(filter(None, sheets)):
            old = rows.assign(**{"pengguna hak pilih": rows["pengguna hak pilih"] - number})
            old.to_excel(book, sheet_name=name, index=False)
    found = [one for one in load_results(path).errors if one.rule == "repeated_key"]
    told = [f"sheet {sheet}, row {row}" for sheet in sheets[::-1] for row in (2, 3) if all(sheets)]
    assert len(found) == len(told)
    assert all(where in one.say("en") for one, where in zip(found, told, strict=True))


@pytest.mark.parametrize("stations", [False, True])
@pytest.mark.parametrize("files", [False, True])
def test_two_sheets_or_files_of_one_election_are_told_once(tmp_path, files, stations):
    rows = pd.DataFrame(
        {
            "tanggal": "2020-12-09",
            "jenis": "pilkada",
            "kelurahan": "Murni" if stations else ["Murni", "Legok", "Kasang", "Buluran"],
            "dpt": [312, 335, 308, 291],
            "pengguna hak pilih": [215, 233, 221, 187],
            **({"tps": [1, 2, 3, 4]} if stations else {}),
        }
    )
    corrected = rows.assign(**{"pengguna hak pilih": [215, 233, 222, 187]})

    def errors(**tables: pd.DataFrame) -> list:
        if files:
            for name, table in tables.items():
                table.to_csv(tmp_path / f"{name}.csv", index=False)
            return list(load_results([tmp_path / f"{name}.csv" for name in tables]).errors)
        with pd.ExcelWriter(tmp_path / "rekap.xlsx") as book:
            for name, table in tables.items():
                table.to_excel(book, sheet_name=name, index=False)
        return list(load_results(tmp_path / "rekap.xlsx").errors)

    [found] = errors(lama=rows, baru=corrected)
    assert found.rule == "one_election_twice"
    assert len(found.rows) == (8 if stations else 5)  # of copies that agree one is right
    said = found.say("en")
    things = "4 stations" if stations else "4 places"
    assert f"{things} stand in more than one of them, 1 with other figures, such as " in said
    assert "221 of 308 (row 4) and 222 of 308 (row 4)" in said
    assert ('sheet="baru"' in said) != files
    # Copies that agree are told row by row, and parts of one election not at all.
    assert "one_election_twice" not in {one.rule for one in errors(lama=rows, baru=rows)}
    assert errors(lama=rows[:2], baru=corrected[2:]) == []


def test_two_sheets_with_some_places_in_common_are_asked_to_part_them(tmp_path):
    names = [f"Desa {letter}" for letter in "ABCDEFGHIJKLMNOP"]
    rows = pd.DataFrame({"kecamatan": "Telanai", "kelurahan": names, "dpt": range(1001, 1017)})

    def errors(one: pd.DataFrame, other: pd.DataFrame) -> list:
        with pd.ExcelWriter(tmp_path / "dpt.xlsx") as book:
            one.to_excel(book, sheet_name="satu", index=False)
            other.assign(dpt=other["dpt"] + 1).to_excel(book, sheet_name="dua", index=False)
        return list(load_roll(tmp_path / "dpt.xlsx").errors)

    [found] = errors(rows[:8], rows[5:])
    assert found.rule == "one_roll_twice"
    assert "delete its row in the other" in found.say_remedy()
    nowhere = rows.drop(columns="kecamatan")
    # Three names of eleven may be those of other places; where most are the same they are not.
    assert {one.rule for one in errors(nowhere[:8], nowhere[5:])} == {"equal_names"}
    [found] = errors(nowhere[:8], nowhere[2:])
    assert found.rule == "one_roll_twice"
    assert 'sheet="dua"' in found.say_remedy()
