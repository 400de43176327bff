"""Figures of one area that stand under another of its district."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import Finding
from turnout.reading.crosswalk import load_crosswalk
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll

SIZES = {"Murni": 4013, "Legok": 2917, "Buluran": 5203, "Solok": 3811}
DAYS = ["2013-06-09", "2015-12-09", "2018-06-27", "2020-12-09"]


def villages(wrong: tuple[str, ...] = (), days: list[str] | None = None) -> pd.DataFrame:
    """Return results of four villages; those of Legok stand under Murni on the `wrong` days."""
    rows = [
        ("Telanai", village, day, size + 37 * number, round(0.6 * size))
        for number, day in enumerate(days or DAYS)
        for village, size in SIZES.items()
    ]
    names = ["kecamatan", "kelurahan", "tanggal", "dpt", "pengguna hak pilih"]
    table = pd.DataFrame(rows, columns=names).assign(jenis="pilkada")
    of_it = table["tanggal"].isin(wrong) & (table["kelurahan"] == "Legok")
    table.loc[of_it, "kelurahan"] = "Murni"
    return table.groupby([*names[:3], "jenis"], as_index=False, sort=False).sum()


def stations(table: pd.DataFrame, *, on: bool) -> pd.DataFrame:
    """Return three stations of every village, numbered through the villages of a name if `on`."""
    rows = table.loc[table.index.repeat(3)].reset_index(drop=True)
    part = rows.index % 3
    rows["dpt"] = rows["dpt"] // 3 - 20 + 17 * part
    rows["pengguna hak pilih"] = rows["pengguna hak pilih"] // 3 + 13 * part
    by = ["tanggal", "kelurahan"]
    return rows.assign(**{"No TPS": rows.groupby(by).cumcount() + 1 if on else part + 1})


def apart(table: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the rows of `villages` with those of Legok under Murni on a day, yet not summed."""
    names = table["kelurahan"].where((table["tanggal"] != day), table["kelurahan"])
    names = names.mask((table["tanggal"] == day) & (names == "Legok"), "Murni")
    return table.assign(kelurahan=names)


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [one.rule for one in findings]


@pytest.mark.parametrize("day", [DAYS[0], DAYS[2]])
def test_a_village_as_large_as_two_is_told_with_the_one_that_is_missing(day: str) -> None:
    [found] = load_results(villages((day,))).findings
    assert (found.rule, found.severity) == ("under_another", "warning")
    assert "Murni (Telanai), about as many as in Murni and Legok together" in found.say("en")
    assert "Legok tidak ada pada" in found.say("id")
    assert load_results(villages()).findings == ()


def district(moves: dict[str, tuple[str, ...]], gone: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return results of 132 villages; on the third day figures are moved in one kecamatan.

    A village is added to others in equal parts, and is missing; so are those that are `gone`.
    """
    names = [f"Desa {chr(65 + n % 6)}{n // 6:02}tan" for n in range(132)]
    sizes = {name: 900 + (137 * n) % 1511 for n, name in enumerate(names)}
    sizes[SMALL] = 140
    rows = []
    for at, day in enumerate(DAYS):
        today = {name: size + 5 * at + n % 3 for n, (name, size) in enumerate(sizes.items())}
        if day == DAYS[2]:
            for name, others in moves.items():
                for other in others:
                    today[other] += today[name] // len(others)
            today = {name: n for name, n in today.items() if name not in (*moves, *gone)}
        rows += [(f"Kec {name[6:8]}", name, day, n, round(0.6 * n)) for name, n in today.items()]
    columns = ["kecamatan", "kelurahan", "tanggal", "dpt", "pengguna hak pilih"]
    return pd.DataFrame(rows, columns=columns).assign(jenis="pilkada")


A, B, C, D, SMALL = (f"Desa {name}tan" for name in ("A02", "B02", "C02", "D02", "A01"))


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ({A: (C,), B: (C,)}, f"{A}, {B}"),  # two under one
        ({A: (C, D)}, f"{C}, {D} (Kec 02) grew"),  # one, part under either
        ({A: (D,), B: (C, D)}, f"{A}, {B}"),
        ({A: (C,), B: (C,), D: (C,)}, f"{A}, {B}, {D}"),  # three under one
        ({A: (B, C, D)}, f"{B}, {C}, {D} (Kec 02) grew"),  # one, part under each of three
        ({SMALL: ("Desa C01tan",)}, "together in"),  # a tenth of the other
    ],
)
def test_villages_spread_over_others_are_told_with_them(moves: dict, told: str) -> None:
    [found] = load_results(district(moves)).findings
    assert found.rule == "under_another"
    assert told in found.say("en")
    gone = set(said(load_results(district({}, tuple(moves))).findings))
    assert gone <= {"unmatched_area", "missing_between"}
    assert load_results(district({})).findings == ()


def test_a_village_that_is_part_of_another_for_longer_was_merged() -> None:
    assert "under_another" not in said(load_results(villages(tuple(DAYS[2:]))).findings)
    tie = {"new_area": ["Murni", "Murni"], "old_area": ["Murni", "Legok"], "weight": [0.5, 0.5]}
    crosswalk = load_crosswalk(pd.DataFrame(tie)).table
    told = load_results(villages((DAYS[-1],)), crosswalk=crosswalk).findings
    assert "under_another" not in said(told)


def test_a_village_that_is_missing_where_none_grew_is_told_as_that() -> None:
    table = villages()
    gone = table[(table["tanggal"] != DAYS[-1]) | (table["kelurahan"] != "Legok")]
    assert said(load_results(gone).findings) == ["unmatched_area"]


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ({DAYS[1]: ["Legok"]}, ["pilkada 2015 lacks 1 of 4 places"]),
        ({DAYS[2]: ["Legok", "Solok"]}, ["pilkada 2018 lacks 2 of 4 places"]),
        # Not there yet, merged, held in a part, and written otherwise.
        ({DAYS[0]: ["Legok"]}, []),
        ({DAYS[2]: ["Legok"], DAYS[3]: ["Legok"]}, []),
        ({DAYS[2]: ["Legok", "Solok", "Murni"]}, []),
    ],
)
def test_places_that_the_elections_before_and_after_have_are_missed(
    gone: dict[str, list[str]], told: list[str]
) -> None:
    table = villages()
    for day, names in gone.items():
        table = table[(table["tanggal"] != day) | ~table["kelurahan"].isin(names)]
    findings = [one for one in load_results(table).findings if one.rule == "missing_between"]
    assert [one.say_problem("en").split(" that ")[0] for one in findings] == told
    # They stand in no row: that of the nearest place of another election is told.
    assert all("next to row" in one.say_remedy("en") for one in findings)
    renamed = table["kelurahan"].mask(
        (table["tanggal"] == DAYS[2]) & (table["kelurahan"] == "Buluran"), "Pematang"
    )
    told_of = said(load_results(table.assign(kelurahan=renamed)).findings)
    assert told_of.count("missing_between") == len([one for one in told if "2015" in one])


def test_a_total_that_lacks_a_place_as_its_rows_do_is_no_jump_of_the_roll() -> None:
    table = villages()
    table = table[(table["tanggal"] != DAYS[1]) | (table["kelurahan"] != "Murni")]
    by = ["kecamatan", "tanggal", "jenis"]
    totals = table.groupby(by, as_index=False)[["dpt", "pengguna hak pilih"]].sum()
    rules = said(load_results(pd.concat([table, totals], ignore_index=True)).findings)
    assert "missing_between" in rules
    assert not {one for one in rules if one.startswith("roll_")}


def test_a_row_without_the_name_of_its_village_is_asked_for_it() -> None:
    table = villages()
    table.loc[(table["tanggal"] == DAYS[1]) & (table["kelurahan"] == "Murni"), "kelurahan"] = None
    found = [one for one in load_results(table).findings if one.rule == "total_below_parts"]
    assert found
    assert all("isi namanya" in one.say_remedy("id") for one in found)
    assert all("write its name there" in one.say_remedy("en") for one in found)


def test_a_place_without_figures_between_two_elections_is_told_at_its_row() -> None:
    long = villages().assign(election=lambda t: t["jenis"] + " " + t["tanggal"])
    figures = {"dpt": "DPT", "pengguna hak pilih": "Pengguna"}
    wide = long.pivot_table([*figures], ["kecamatan", "kelurahan"], "election")
    wide.columns = [f"{figures[name]} {election}" for name, election in wide.columns]
    wide.loc[wide.index[2], [name for name in wide if DAYS[1] in name]] = None
    [found] = load_results(wide.reset_index()).findings
    assert (found.rule, found.spot.row) == ("missing_between", 2)
    assert DAYS[1] in found.spot.column
    assert "fill them in" in found.say_remedy("en")


@pytest.mark.parametrize("on", [True, False])
def test_stations_of_another_village_are_told_once_with_their_rows(*, on: bool) -> None:
    rows = stations(apart(villages(), DAYS[2]), on=on)
    [found] = load_results(rows).findings
    assert found.rule == "under_another"
    told = "rows 24–29" if on else "rows 24–26, 27–29"
    assert told in found.say("en")
    # Stations that stand twice cannot be used: what they may be is said before their numbers.
    assert (found.severity == "error") == (not on)
    assert ("correct the stations' numbers" in found.say("en")) == (not on)
    assert load_results(stations(villages(), on=True)).findings == ()


def test_stations_that_stand_twice_beside_all_villages_are_told_as_that() -> None:
    rows = stations(villages(), on=True)
    rows.loc[25, "No TPS"] = 1
    assert set(said(load_results(rows).errors)) == {"repeated_station"}


def test_a_roll_with_one_village_as_large_as_two_is_told_of_it() -> None:
    roll = villages((DAYS[-1],))
    roll = roll[roll["tanggal"] == DAYS[-1]][["kecamatan", "kelurahan", "dpt"]]
    past = load_results(villages()).table
    assert said(load_roll(roll, results=past).findings) == ["under_another"]
    whole = villages()[["kecamatan", "kelurahan", "dpt"]].tail(4)
    assert load_roll(whole, results=past).findings == ()


def test_a_count_whose_stations_stand_twice_names_the_village_that_is_not_in() -> None:
    coming = Election("2024-11-27", "pilkada")
    past = load_results(villages()).table
    count = villages(days=["2024-11-27"])
    twice = load_counted(
        stations(apart(count, "2024-11-27"), on=False), election=coming, results=past
    )
    assert said(twice.errors) == ["under_another"]
    # More than its past may be right, where a village is merely not in yet.
    grown = villages(("2024-11-27",), ["2024-11-27"]).drop(columns=["tanggal", "jenis"])
    assert load_counted(grown, election=coming, results=past).findings == ()
    in_part = stations(count[count["kelurahan"] != "Legok"], on=True)
    assert load_counted(in_part, election=coming, results=past).findings == ()
    of_districts = count.groupby("kecamatan", as_index=False).sum(numeric_only=True)
    assert load_counted(of_districts, election=coming, results=past).findings == ()
