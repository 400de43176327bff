"""Rows of one place that a column of the user's own tells apart."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.results import load_results, read_results
from turnout.reading.roll import load_roll

NAMES = ["Abbey", "Castle", "Mill", "Priory"]
WAYS = ["Election Day", "Early Voting", "Absentee"]


def by_part(parts: list[str], header: str, *, once: bool) -> pd.DataFrame:
    rows = [
        {
            "date": "2022-11-08",
            "type": "general election",
            "ward": name,
            header: part,
            "registered": 2000 + 100 * place + (0 if once else 37 * at),
            "voters": 300 + 10 * place + 17 * at,
        }
        for place, name in enumerate(NAMES)
        for at, part in enumerate(parts)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("header", "once", "rule", "remedy"),
    [
        ("Voting Method", True, "parts_of_voters", "add up only the voters"),
        ("Party", False, "parts_of_registered", "add up both"),
    ],
)
def test_parts_of_places_name_the_column_that_tells_them_apart(
    header: str, rule: str, remedy: str, *, once: bool
) -> None:
    errors = load_results(by_part(WAYS, header, once=once)).errors
    assert {one.rule for one in errors} == {rule}
    assert len(errors) == len(NAMES) * len(WAYS)
    assert {one.spot.column for one in errors} == {header}
    assert remedy in str(errors[0].remedy.say("en", **errors[0].values))


@pytest.mark.parametrize(
    ("lacks", "said"), [(0, "that of Total, which"), (50, "points of turnout")]
)
def test_a_total_among_the_parts_is_not_added_to_them(lacks: int, said: str) -> None:
    rows = by_part(WAYS, "Voting Method", once=True)
    whole = rows.groupby("ward", as_index=False).agg(
        {**dict.fromkeys(("date", "type", "registered"), "first"), "voters": "sum"}
    )
    whole = whole.assign(**{"Voting Method": "Total", "voters": whole["voters"] - lacks})
    (remedy,) = {one.say_remedy("en") for one in load_results(pd.concat([rows, whole])).errors}
    assert said in remedy


def test_parts_of_a_roll_are_added_up() -> None:
    roll = by_part(WAYS, "Party", once=False)[["ward", "Party", "registered"]]
    assert {one.rule for one in load_roll(roll).errors} <= {"parts_of_registered"}
    assert load_roll(roll).errors


def test_rows_that_nothing_tells_apart_have_their_registered_once() -> None:
    rows = by_part(WAYS, "district", once=True).assign(district="Hulu")
    typed = rows.assign(registered=rows["registered"].where(rows.index != 2, 2010))
    several = by_part(WAYS, "district", once=False).assign(district="Hulu")
    copies = rows.assign(voters=rows["voters"].groupby(rows["ward"]).transform("first"))
    for table, said in (
        *((one, "add up only the voters, and keep the registered") for one in (rows, typed)),
        *((one, "delete the copy, or sum") for one in (several, copies)),
    ):
        errors = load_results(table).errors
        assert {one.rule for one in errors} == {"repeated_key"}
        assert {said in one.remedy.say("en", **one.values) for one in errors} == {True}
    for table, said in ((rows, "do not add them up"), (several, "or sum polling stations")):
        errors = load_roll(table[["district", "ward", "registered"]]).errors
        assert {said in one.remedy.say("en", **one.values) for one in errors} == {True}
    assert not load_results(rows.drop_duplicates("ward")).errors


def test_a_place_with_another_figure_does_not_triple_the_registered_of_all() -> None:
    table = by_part(WAYS, "Voting Method", once=True).assign(district="Hulu")
    table.loc[2, "registered"] = 2010
    assert {one.rule for one in load_results(table).errors} == {"parts_of_voters"}
    roll = load_roll(table[["district", "ward", "Voting Method", "registered"]])
    assert "do not add them up" in str(roll.errors[0])


def test_a_copy_with_another_remark_is_a_copy() -> None:
    table = by_part(["a"], "Clerk", once=True)
    twice = pd.concat([table, table.iloc[[0]].assign(Clerk="Ann")], ignore_index=True)
    assert {one.rule for one in load_results(twice).errors} == {"repeated_key"}


def towns(header: str) -> pd.DataFrame:
    table = by_part(["North"], header, once=True)
    other = table.iloc[[0]].assign(**{header: "South", "registered": 5100, "voters": 900})
    return pd.concat([table, other], ignore_index=True)


def test_an_unread_column_that_tells_doubled_names_apart_is_named() -> None:
    errors = load_results(towns("Borough")).errors
    assert {one.rule for one in errors} == {"unread_level"}
    assert "Borough" in str(errors[0])
    assert not load_results(towns("City/Municipality")).errors
    assert not load_results(by_part(["x"], "Voting Method", once=True)).errors


def in_districts(header: str, names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tanggal": "2020-12-09",
            "jenis": "pilkada",
            "kecamatan": ["Hulu"] * 3 + ["Hilir"] * 3,
            header: names,
            "dpt": [900 + 13 * at for at in range(6)],
            "pengguna_hak_pilih": [600 + 7 * at for at in range(6)],
        }
    )


@pytest.mark.parametrize(
    "names",
    [
        ["01", "01A", "02"] * 2,
        ["Legok", "Murni", "Kasang"] * 2,
        ["Legok", "Murni", "Kasang", "Talang", "Payo", "Bagan"],
    ],
)
def test_a_column_that_parts_districts_is_offered_as_that_of_the_areas(names: list[str]) -> None:
    errors = load_results(in_districts("zona", names)).errors
    assert {one.rule for one in errors} == {"parts_of_registered"}
    assert '"zona": "area"' in str(errors[0].remedy.say("en", **errors[0].values))
    assert not load_results(in_districts("desa", names)).errors


@pytest.mark.parametrize("header", ["wilayah", "Nama Wilayah"])
def test_numbered_areas_of_districts_are_read(header: str) -> None:
    read = load_results(in_districts(header, ["01", "02", "03A"] * 2))
    assert not read.errors
    assert sorted(set(read.table["area"])) == ["01", "02", "03A"]


def test_numbered_regions_of_whole_districts_are_no_areas() -> None:
    table = in_districts("wilayah", ["1"] * 6).iloc[[0, 3]]
    read = load_results(table.assign(wilayah=["1", "2"]))
    assert not read.errors
    assert read.table["area"].isna().all()


def test_rows_that_a_column_of_numbers_may_tell_apart_are_no_copies() -> None:
    table = in_districts("seksi", ["101", "102", "103", "104", "105", "106"])
    table["seksi"] = table["seksi"].astype(int)
    errors = load_results(table).errors
    assert {one.rule for one in errors} == {"repeated_key"}
    assert '"HEADER": "area"' in errors[0].say_remedy("en")
    assert len(read_results(table, columns={"seksi": "area"})) == 6
