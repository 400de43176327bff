"""A count in progress: what is in, how large the places are, and what is refused."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from turnout.areas import Panel, build_panel
from turnout.elections import Election
from turnout.errors import DataError
from turnout.identity.reports import counted_until, latest_reports

COMING = Election("2024-11-27", "pilkada")
COLUMNS = ["district", "area", "registered", "voters", "stations_counted", "stations_total"]


def rows(*figures: tuple[object, ...]) -> pd.DataFrame:
    """Return rows of a count; it has neither date nor type."""
    return pd.DataFrame(figures, columns=COLUMNS).assign(city="Kota")


PAST = rows(
    ("Utara", "Murni", 1000, 700, None, None),
    ("Utara", "Legok", 3000, 1800, None, None),
    ("Selatan", "Kasang", 4000, 3000, None, None),
).assign(date="2018-06-27", election_type="pilkada")
ROLL = PAST[["city", "district", "area", "registered"]]


def held(count: pd.DataFrame, roll: pd.DataFrame | None = ROLL) -> Panel:
    return build_panel(PAST, roll=roll, election=COMING, counted=count)


def sizes(panel: Panel) -> dict[str, float]:
    targets = panel.nodes.iloc[panel.targets]
    return dict(zip(targets["area"], targets["registered"], strict=True))


def shares(panel: Panel) -> dict[str, float]:
    assert panel.count is not None
    names = panel.nodes["area"].fillna(panel.nodes["district"]).fillna(panel.nodes["city"])
    return dict(zip(names, panel.count.share.round(6), strict=True))


# --- what is in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("figures", [(0, 0), (1000, 0), (1000, 640), (None, None)])
def test_no_station_counted_is_not_in_whatever_stands_beside_it(figures: tuple) -> None:
    count = rows(("Utara", "Murni", *figures, 0, 5), ("Utara", "Legok", 1500, 900, 5, 10))
    panel = held(count)
    voters = panel.grid("voters")[panel.targets, panel.contest_of(COMING)]
    assert np.isnan(voters[[0, 2]]).all()  # Kasang has no row, Murni no station
    assert sizes(panel) == {"Kasang": 4000, "Legok": 3000, "Murni": 1000}
    assert shares(panel)["Murni"] == 0
    # 5 of 15 stations in Utara: the stations still out are counted too.
    assert shares(panel)["Utara"] == pytest.approx(1 / 3, abs=1e-6)


def test_the_whole_of_a_partly_counted_area_is_the_rolls_else_counted_by_its_share() -> None:
    count = rows(("Utara", "Legok", 1600, 1000, 5, 10))
    assert sizes(held(count))["Legok"] == 3000
    complete = ("Utara", "Murni", 1000, 640, 4, 4)
    outgrown = rows(("Utara", "Legok", 3300, 2000, 10, 12), complete)
    # Nothing but past elections tells how large Legok is: it has grown.
    assert sizes(held(outgrown, None))["Legok"] == pytest.approx(3960)


def test_the_share_is_of_stations_where_all_tell_them_else_of_voters() -> None:
    told = rows(
        ("Utara", "Murni", 500, 300, 2, 4),
        ("Utara", "Legok", 3000, 1800, 4, 4),
        ("Selatan", "Kasang", None, None, 0, 8),
    )
    found = shares(held(told))
    assert (found["Utara"], found["Selatan"], found["Kota"]) == (0.75, 0, 0.375)
    by_voters = shares(held(told.tail(2).head(1)))
    assert (by_voters["Utara"], by_voters["Kota"]) == (0.75, 0.375)


def test_without_stations_a_count_is_complete_if_it_holds_the_roll() -> None:
    panel = held(
        rows(("Utara", "Murni", 990, 700, None, None), ("Utara", "Legok", 900, 600, None, None))
    )
    assert sizes(panel)["Murni"] == 990
    assert sizes(panel)["Legok"] == 3000
    assert shares(panel)["Legok"] == pytest.approx(0.3)
    assert panel.count is not None
    assert panel.count.untold == ("Legok (Utara)",)
    stations = panel.grid("stations_total")[panel.targets, panel.contest_of(COMING)]
    assert stations[1] == 8  # 3,000 voters at about 400 each


@pytest.mark.parametrize(
    ("voters", "stations", "doubtful"),
    [
        # Murni never had less than 70%.
        (210, None, True),
        (460, None, True),
        (480, None, False),
        # Who tells the stations is asked about these.
        (210, 5, False),
    ],
)
def test_far_fewer_voters_than_ever_with_the_whole_roll_are_doubted(
    voters: int, stations: int | None, doubtful: bool
) -> None:
    panel = held(rows(("Utara", "Murni", 1000, voters, stations, stations)))
    assert panel.count is not None
    assert panel.count.doubts.far_below == (("Murni (Utara)",) if doubtful else ())
    low = stations is not None and voters < 460
    assert panel.count.doubts.below_past == (("Murni (Utara)",) if low else ())
    # Two areas of 4,000 in all: Murni's 1,000 are no trifle.
    assert panel.count.doubtful[0] == (doubtful or low)


def test_a_place_without_a_past_is_held_against_the_lowest_of_the_whole() -> None:
    roll = pd.concat([ROLL, ROLL.assign(area="Baru").head(1)])
    # The whole came to 69%.
    for voters, doubtful in ((440, True), (470, False)):
        panel = held(rows(("Utara", "Baru", 1000, voters, None, None)), roll)
        assert panel.count is not None
        assert bool(panel.count.doubts.far_below) is doubtful


def test_more_registered_than_the_official_roll_are_told() -> None:
    panel = held(rows(("Utara", "Murni", 1100, 700, 4, 4), ("Utara", "Legok", 3010, 1800, 9, 9)))
    assert panel.count is not None
    assert [name.split(" ")[0] for name in panel.count.above_roll] == ["Murni"]
    assert sizes(panel)["Murni"] == 1100


@pytest.mark.parametrize(("registered", "short"), [(960, True), (985, False), (1000, False)])
def test_all_stations_in_with_less_than_the_roll_are_asked_about(
    registered: int, short: bool
) -> None:
    panel = held(rows(("Utara", "Murni", registered, 600, 4, 4)))
    assert panel.count is not None
    assert panel.count.doubts.short_of_roll == (("Murni (Utara)",) if short else ())
    assert panel.count.doubts.lacking == (1000 - registered if short else 0)
    # A row that says that stations are out says it itself.
    partly = held(rows(("Utara", "Murni", 700, 450, 3, 4)))
    assert partly.count is not None
    assert partly.count.doubts.short_of_roll == ()


def test_an_estimated_roll_says_nothing_about_what_a_count_lacks() -> None:
    panel = held(rows(("Utara", "Murni", 930, 600, 4, 4)), None)
    assert panel.count is not None
    assert panel.count.doubts.short_of_roll == ()


FULL = ("Utara", "Murni", 1000, 1040, 4, 4)


@pytest.mark.parametrize(
    ("others", "expected", "beyond"),
    [
        ((), {"Murni": 1000}, 40),
        # A complete total leaves out what its parts leave out: Legok has its own 1,900 to come.
        ((("Utara", None, 4000, 2940, 13, 13),), {"Murni": 1000, "Utara": 2900}, 40),
        (
            (("Utara", None, 4000, 2940, 13, 13), (None, None, 8000, 6000, 25, 25)),
            {"Murni": 1000, "Utara": 2900, "Kota": 5960},
            40,
        ),
        # The parts of a complete total still add up to it.
        (
            (("Utara", "Legok", 3000, 1900, 9, 9), ("Utara", None, 4000, 2940, 13, 13)),
            {"Murni": 1000, "Legok": 1900, "Utara": 2900},
            40,
        ),
        ((("Selatan", None, 4000, 4100, 12, 12),), {"Murni": 1000, "Selatan": 4000}, 140),
        # A partly counted total that holds Murni leaves them out as well, one above it too.
        (
            (("Utara", None, 2500, 1990, 8, 13), (None, None, 4000, 2990, 12, 25)),
            {"Murni": 1000, "Utara": 1950, "Kota": 2950},
            40,
        ),
        # One of fewer stations than the rows below it holds a part of them.
        ((("Utara", None, 500, 490, 2, 13),), {"Murni": 1000, "Utara": 470}, 40),
    ],
)
def test_more_voters_than_registered_are_taken_as_all_and_told(
    others: tuple, expected: dict[str, float], beyond: float
) -> None:
    panel = held(rows(FULL, *others))
    voters = panel.grid("voters")[:, panel.contest_of(COMING)]
    names = panel.nodes["area"].fillna(panel.nodes["district"]).fillna(panel.nodes["city"])
    found = {name: count for name, count in zip(names, voters, strict=True) if count == count}
    assert found == expected
    assert panel.count is not None
    assert "Murni (Utara)" in panel.count.over_full
    assert panel.count.beyond.sum() == pytest.approx(beyond)
    assert not panel.count.beyond[np.setdiff1d(panel.nodes.index, panel.targets)].any()
    # What is told of a count is what was counted.
    told = panel.count.voters[~np.isnan(panel.count.voters)]
    assert sorted(told) == sorted(row[3] for row in (FULL, *others))


def test_a_total_that_contradicts_an_over_full_part_is_refused_with_what_was_written() -> None:
    legok = ("Utara", "Legok", 3000, 1900, 9, 9)
    with pytest.raises(DataError, match="says 2,900 voters"):
        held(rows(FULL, legok, ("Utara", None, 4000, 2900, 13, 13)))


# --- what is refused -----------------------------------------------------------------------------


def test_half_the_stations_with_the_whole_roll_is_refused_with_both_readings() -> None:
    count = rows(("Utara", "Murni", 990, 340, 2, 4), ("Utara", "Legok", 3000, 1800, 9, 9))
    for roll in (ROLL, None):
        with pytest.raises(DataError, match="whole roll of 1,000") as error:
            held(count, roll)
        said = error.value.say("en")
        assert "Murni" in said
        assert "34.3%" in said
        assert "68.7%" in said
        assert "seluruh DPT (1.000)" in error.value.say("id")


@pytest.mark.slow
def test_one_open_station_of_many_is_refused_only_if_the_row_is_nearer_to_the_whole() -> None:
    # 29 of 30 stations hold 2,900 of 3,000: the roll's 3,000 are those of all of them.
    fair = rows(("Utara", "Legok", 2_920, 1_800, 29, 30))
    assert sizes(held(fair))["Legok"] == 3000
    with pytest.raises(DataError, match="29 of 30 stations"):
        held(fair.assign(registered=3_000))


@pytest.mark.slow
def test_an_area_that_outgrew_an_old_roll_is_believed() -> None:
    count = rows(("Utara", "Murni", 1200, 760, 6, 8), ("Utara", "Legok", 3000, 1900, 9, 9))
    assert sizes(held(count, None))["Murni"] == 1600
    with pytest.raises(DataError, match="whole roll"):
        held(count.assign(voters=[430, 1900]), None)
    # No place grows eightfold, whatever its turnout: the whole roll, or a digit of the stations.
    with pytest.raises(DataError, match="whole roll"):
        held(count.assign(stations_counted=[1, 9]), None)
    with pytest.raises(DataError, match="whole roll"):
        held(count.assign(stations_total=[60, 9]), None)


def test_unknown_places_are_named_with_the_nearest_known() -> None:
    count = rows(
        ("Utara", "Kel. Mumi", 1000, 700, 4, 4),
        ("Barat", "Penyengat", 900, 500, 4, 4),
        ("Utara", "Legok", 3000, 1800, 9, 9),
    )
    with pytest.raises(DataError, match="2 problem") as error:
        held(count)
    said = error.value.say("en")
    assert "Kel. Mumi" in said
    assert "; similar: Murni (Utara)" in said
    assert "Penyengat" in said


def test_a_place_told_twice_is_named() -> None:
    twice = rows(("Utara", "Murni", 500, 300, 2, 4), ("Utara", "Murni", 510, 320, 2, 4))
    with pytest.raises(DataError, match="Murni"):
        held(twice)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((0, 0, 2, 4), "zero is not the same as unknown"),
        ((500, 300, 5, 4), "5 stations counted of 4 in all"),
        ((500, 900, 2, 4), "more than 1.5 times"),
        ((None, 300, 2, 4), "only one of registered and voters"),
        ((500, None, 2, 4), "only one of registered and voters"),
        ((500, -3, 2, 4), "below zero"),
    ],
)
def test_figures_that_cannot_be_are_refused(figures: tuple, said: str) -> None:
    with pytest.raises(DataError, match=said):
        held(rows(("Utara", "Murni", *figures)))


def test_a_place_with_its_roll_and_blank_voters_is_not_in() -> None:
    blank = held(rows(("Utara", "Murni", 1020, None, None, None)))
    left = held(rows(("Utara", "Murni", 1020, None, 0, 4)))
    assert shares(blank) == shares(left)
    assert sizes(blank) == sizes(left)


# --- totals --------------------------------------------------------------------------------------


def test_a_complete_total_makes_its_places_add_up() -> None:
    panel = held(rows(("Utara", None, 4200, 2600, 13, 13), ("Utara", "Murni", 1020, 700, 4, 4)))
    assert sizes(panel) == {"Kasang": 4000, "Legok": 3180, "Murni": 1020}
    assert shares(panel)["Utara"] == 1
    assert shares(panel)["Legok"] == 0


def test_a_row_that_names_no_place_is_the_total_of_the_whole() -> None:
    whole = rows((None, None, 8100, 5000, 30, 30)).assign(city=None)
    panel = held(whole)
    assert panel.grid("voters")[0, panel.contest_of(COMING)] == 5000
    assert sum(sizes(panel).values()) == pytest.approx(8100)


PARTS = (
    ("Utara", "Murni", 1000, 700, 4, 4),
    ("Utara", "Legok", 3000, 1800, 9, 9),
)


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ((4000, 2400), PARTS),  # below its parts
        ((4000, 2600), PARTS),  # above them
        ((4100, 2500), PARTS),  # other registered
        ((4000, 600), PARTS[:1]),  # no room for the voters of Murni
        ((4000, 3900), PARTS[:1]),  # 3,200 voters of 3,000 in Legok
        ((4000, 900), (PARTS[0], ("Utara", "Legok", 1500, 300, 4, 9))),  # 300 are in already
    ],
)
def test_a_total_and_complete_parts_that_contradict_each_other_are_both_named(
    total: tuple[int, int], parts: tuple
) -> None:
    with pytest.raises(DataError, match="The total of Utara") as error:
        held(rows(("Utara", None, *total, 13, 13), *parts))
    said = error.value.say("en")
    assert f"{total[1]:,} voters of {total[0]:,} registered" in said
    assert "Murni" in said or "Legok" in said


@pytest.mark.slow
def test_nested_totals_are_held_against_each_other() -> None:
    districts = (("Utara", None, 4000, 2500, 13, 13), ("Selatan", None, 4000, 3000, 12, 12))
    agreeing = rows((None, None, 8000, 5500, 25, 25), *districts, PARTS[0])
    assert shares(held(agreeing))["Kota"] == 1
    with pytest.raises(DataError, match="The total of Kota says 5,400 voters"):
        held(rows((None, None, 8000, 5400, 25, 25), *districts, PARTS[0]))


def test_a_place_as_large_as_itself_and_one_that_is_not_in_is_told_with_both() -> None:
    # 1,300 of 1,000 are no refusal by themselves; with the 300 of Solok nothing of which is in.
    roll = pd.concat([ROLL, ROLL.head(1).assign(area="Solok", registered=300)], ignore_index=True)
    murni, solok = ("Utara", "Murni", 1310, 900, 4, 4), ("Utara", "Solok", 300, 200, 1, 1)
    with pytest.raises(DataError, match="Rows of Solok") as error:
        held(rows(murni), roll)
    [found] = error.value.findings
    assert found.rule == "under_another"
    assert "Baris Solok (Utara) mungkin tercantum di bawah nama Murni" in found.say("id")
    for count in (rows(murni, solok), rows(("Utara", "Murni", 1100, 800, 4, 4))):
        assert sizes(held(count, roll))["Murni"] == count["registered"].iloc[0]
    few = roll.assign(registered=roll["registered"].replace(300, 80))
    with pytest.raises(DataError, match="as many as with the 80 of Solok"):
        held(rows(("Utara", "Murni", 1081, 750, 4, 4)), few)
    for registered in (1070, 1090):
        assert sizes(held(rows(("Utara", "Murni", registered, 750, 4, 4)), few))["Murni"] > 1000
    with pytest.raises(DataError, match="by the roll 3,000: as many as with the 1,000 of Murni"):
        held(rows(("Utara", "Legok", 4010, 2900, 8, 8)))


def test_a_total_of_other_places_is_refused() -> None:
    with pytest.raises(DataError, match=r"counts 25,000 registered, but its places have 8,000"):
        held(rows((None, None, 25_000, 15_000, 25, 25)))


# --- up to when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-11-27 21:30", (27, 21, 30)),
        ("28/11/2024 01.05", (28, 1, 5)),
        ("21.30", (27, 21, 30)),
        ("21:30 WIB", (27, 21, 30)),
        ("27/11/2024 21.30 WITA", (27, 21, 30)),
        (pd.Timestamp("2024-11-28 09:00"), (28, 9, 0)),
    ],
)
def test_up_to_when_a_count_goes_is_read_as_people_write_it(
    written: object, read: tuple[int, int, int]
) -> None:
    count = pd.DataFrame({"data_until": [None, written]}, dtype=object)
    day, hour, minute = read
    assert counted_until(count, COMING) == dt.datetime(2024, 11, day, hour, minute)


def test_a_time_that_is_none_is_told() -> None:
    with pytest.raises(DataError, match="'soon' is not a time"):
        counted_until(pd.DataFrame({"data_until": ["soon"]}), COMING)
    assert counted_until(rows(), COMING) is None


def test_a_later_report_replaces_the_earlier_one() -> None:
    coming = Election("2024-11-27", "pilkada")
    reports = pd.DataFrame(
        {
            "area": ["Murni", "Legok", "Murni", "Kasang", "Kasang"],
            "voters": [640, 500, 600, 300, 310],
            "data_until": ["21:30", "20:00", "20:10", None, None],
        }
    )
    kept = latest_reports(reports, coming)
    assert kept["voters"].tolist() == [640, 500, 300, 310]
    same = reports.assign(data_until="20:10")
    assert len(latest_reports(same, coming)) == 5  # refused further on, as told twice
    without = reports.drop(columns="data_until")
    pd.testing.assert_frame_equal(latest_reports(without, coming), without)


# --- votes without a roll of their own -----------------------------------------------------------


@pytest.mark.parametrize("without", [0, 200])
def test_a_total_with_votes_that_no_place_has_is_held_against_its_places_without_them(without):
    parts = [("Utara", "Murni", 1000, 640, 5, 5), ("Utara", "Legok", 3000, 1900, 9, 9)]
    total = ("Utara", None, 4000, 2540 + without, 14, 14)
    count = rows(*parts, total).assign(voters_without_roll=[0, 0, without])
    panel = held(count)
    at = panel.nodes.index[(panel.nodes["district"] == "Utara") & panel.nodes["area"].isna()]
    assert panel.grid("voters")[at, panel.contest_of(COMING)].tolist() == [2540]
    wrong = count.assign(voters_without_roll=[0, 0, without + 1])
    with pytest.raises(DataError, match="2,539 voters"):
        held(wrong)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (3000, 1000, "their districts are swapped"),
        (3000, 3000, "correct the roll"),
        (1010, 3020, ""),
    ],
)
def test_namesakes_with_the_registered_of_each_other_are_told_together(
    first: float, second: float, told: str
) -> None:
    past = rows(
        ("Utara", "Murni", 1000, 700, None, None), ("Selatan", "Murni", 3000, 1800, None, None)
    ).assign(date="2018-06-27", election_type="pilkada")
    count = rows(("Utara", "Murni", first, 700, 5, 5), ("Selatan", "Murni", second, 700, 8, 8))
    roll = past[["city", "district", "area", "registered"]]
    if not told:
        assert build_panel(past, roll=roll, election=COMING, counted=count).count is not None
        return
    with pytest.raises(DataError) as error:
        build_panel(past, roll=roll, election=COMING, counted=count)
    (finding,) = error.value.findings
    assert told in finding.say("en")
