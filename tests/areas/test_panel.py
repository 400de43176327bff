"""Places as a tree: identity, levels, contests, and whom a forecast is about."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import Panel, build_panel, past_turnout
from turnout.elections import Election
from turnout.errors import DataError, HistoryError

COMING = Election("2024-11-27", "pilkada")


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return results; a row is date, district, area, registered, voters."""
    columns = ["date", "district", "area", "registered", "voters"]
    return pd.DataFrame(rows, columns=columns).assign(city="Kota", election_type="pilkada")


TWO_DISTRICTS = table(
    ("2018-06-27", "Utara", "Murni", 1000, 700),
    ("2018-06-27", "Utara", "Legok", 3000, 1800),
    ("2018-06-27", "Selatan", "Kasang", 2000, 1500),
    ("2020-12-09", "Utara", "Murni", 1100, 800),
    ("2020-12-09", "Utara", "Legok", 3300, 2000),
    ("2020-12-09", "Selatan", "Kasang", 2200, 1600),
)


def names(panel: Panel, rows: np.ndarray) -> list[str]:
    return panel.nodes["area"].iloc[rows].tolist()


def test_the_tree_has_the_city_its_districts_and_their_areas() -> None:
    panel = build_panel(TWO_DISTRICTS)
    assert panel.scales == ["city", "district", "area"]
    assert panel.level.tolist() == [0, 1, 1, 2, 2, 2]
    assert panel.parent[0] == -1
    for node in np.flatnonzero(panel.level == 2):
        mother = panel.nodes.iloc[panel.parent[node]]
        assert mother["district"] == panel.nodes["district"].iloc[node]
    assert panel.is_leaf.sum() == 3


def test_a_wider_place_that_never_differs_is_above_the_root() -> None:
    results = TWO_DISTRICTS.assign(province="Jambi", nation="Indonesia")
    panel = build_panel(results)
    assert panel.scales[0] == "city"
    assert panel.nodes["province"].iloc[0] == "Jambi"


def test_two_cities_hang_on_their_province_or_on_a_total() -> None:
    other = TWO_DISTRICTS.assign(city="Kabupaten")
    both = pd.concat([TWO_DISTRICTS, other])
    assert build_panel(both).scales[0] == "total"
    assert build_panel(both.assign(province="Jambi")).scales[:2] == ["province", "city"]


def test_an_area_that_changes_its_district_keeps_the_newest() -> None:
    moved = TWO_DISTRICTS.copy()
    moved.loc[(moved["area"] == "Kasang") & (moved["date"] == "2020-12-09"), "district"] = "Utara"
    panel = build_panel(moved)
    kasang = panel.nodes[panel.nodes["area"] == "Kasang"]
    assert kasang["district"].tolist() == ["Utara"]
    seen = panel.cells[panel.cells["node"] == kasang.index[0]]
    assert len(seen) == 2


def test_names_that_differ_in_spelling_only_are_one_place() -> None:
    odd = TWO_DISTRICTS.copy()
    odd.loc[odd["date"] == "2018-06-27", "area"] = [" MURNI", "legok.", "Kasang"]
    odd.loc[0, "district"] = "UTARA"
    panel = build_panel(odd)
    assert (panel.level == 2).sum() == 3
    assert (panel.level == 1).sum() == 2
    assert sorted(names(panel, panel.targets)) == ["Kasang", "Legok", "Murni"]


def test_places_below_one_place_call_it_by_one_name() -> None:
    """Else the sums of its areas would fall apart."""
    odd = TWO_DISTRICTS.copy()
    odd.loc[odd["area"] == "Murni", "district"] = "UTARA"
    panel = build_panel(odd)
    own = panel.nodes.loc[panel.nodes["scale"] == "area", "district"]
    assert own.nunique() == 2


def test_areas_of_one_name_in_two_districts_are_two() -> None:
    doubled = table(
        ("2018-06-27", "Utara", "Pasar", 1000, 700),
        ("2018-06-27", "Selatan", "Pasar", 2000, 1500),
    )
    panel = build_panel(doubled)
    assert (panel.level == 2).sum() == 2
    assert len(panel.cells) == 2


def test_a_code_joins_what_names_do_not() -> None:
    coded = TWO_DISTRICTS.assign(area_id=["1", "2", "3"] * 2)
    coded.loc[(coded["area_id"] == "2") & (coded["date"] == "2020-12-09"), "area"] = "Legok Baru"
    panel = build_panel(coded)
    assert (panel.level == 2).sum() == 3
    assert "Legok Baru" in names(panel, panel.targets)


def test_contests_stand_by_date_with_the_coming_one_last() -> None:
    panel = build_panel(TWO_DISTRICTS[::-1], election=COMING)
    assert panel.contests["election"].tolist() == [
        "2018-06-27-pilkada",
        "2020-12-09-pilkada",
        COMING.name,
    ]
    assert panel.contest_of(COMING) == 2


def test_rows_from_the_polling_day_on_are_left_out_and_told() -> None:
    late = TWO_DISTRICTS.assign(date="2024-11-27", election="the outcome")
    panel = build_panel(pd.concat([TWO_DISTRICTS, late]), election=COMING)
    assert "the outcome" not in set(panel.contests["election"])
    assert len(panel.left_out) == 6
    assert set(panel.left_out["reason"]) == {"on_or_after_the_election"}


def test_no_history_is_an_error_that_says_so() -> None:
    with pytest.raises(HistoryError, match="No results from before the election"):
        build_panel(TWO_DISTRICTS, election=Election("2010-01-01", "pilkada"))


def test_totals_of_a_wider_place_make_it_the_root() -> None:
    nation = table(("2018-06-27", None, None, 90_000, 60_000)).assign(city=None, nation="Negeri")
    panel = build_panel(pd.concat([TWO_DISTRICTS.assign(nation="Negeri"), nation]))
    assert panel.scales == ["nation", "city", "district", "area"]
    assert (panel.cells["node"] == 0).sum() == 1
    assert panel.left_out.empty


# --- the roll ------------------------------------------------------------------------------------


def roll(*rows: tuple[object, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["district", "area", "registered"])
    return table.assign(city="Kota")


def sizes(panel: Panel) -> dict[str, float]:
    own = panel.nodes.iloc[panel.targets]
    return dict(zip(own["area"], own["registered"], strict=True))


def test_without_a_roll_the_newest_contest_tells_whom_to_forecast() -> None:
    panel = build_panel(TWO_DISTRICTS, election=COMING)
    assert sizes(panel) == {"Kasang": 2200, "Legok": 3300, "Murni": 1100}
    assert panel.nodes["estimated"].iloc[panel.targets].all()


def test_without_a_roll_partial_counts_are_scaled_to_all_stations() -> None:
    part = TWO_DISTRICTS.assign(stations_counted=np.nan, stations_total=np.nan)
    part.loc[3, ["stations_counted", "stations_total"]] = [2, 8]
    assert sizes(build_panel(part))["Murni"] == 4400


def test_among_contests_of_one_day_the_fullest_is_the_roll() -> None:
    same_day = TWO_DISTRICTS[TWO_DISTRICTS["date"] == "2020-12-09"].assign(election="a governor")
    panel = build_panel(pd.concat([TWO_DISTRICTS, same_day.head(1)]))
    assert len(panel.targets) == 3


def test_the_roll_tells_whom_to_forecast() -> None:
    panel = build_panel(TWO_DISTRICTS, roll=roll(("Utara", "Murni", 1500), ("Utara", "Baru", 900)))
    assert sizes(panel) == {"Murni": 1500, "Baru": 900}
    assert not panel.nodes["estimated"].iloc[panel.targets].any()
    assert not (
        panel.cells["node"] == panel.targets[names(panel, panel.targets).index("Baru")]
    ).any()


@pytest.mark.parametrize("contest", ["2024-11-27-pilkada", "2020-12-09-pilkada", "a third"])
def test_a_roll_that_is_a_results_table_tells_sizes_and_no_votes(contest: str) -> None:
    newest = TWO_DISTRICTS.iloc[3:].assign(date="2024-11-27", voters=1, election=contest)
    sizes_only = newest[["city", "district", "area", "registered"]]
    found, expected = (
        build_panel(TWO_DISTRICTS, roll=given, election=COMING) for given in (newest, sizes_only)
    )
    np.testing.assert_array_equal(found.grid("voters"), expected.grid("voters"))
    assert np.isnan(found.grid("voters")[:, found.contest_of(COMING)]).all()
    assert sizes(found) == sizes(expected)


def test_totals_on_the_roll_beside_its_areas_are_no_targets() -> None:
    given = roll(("Utara", None, 4500), ("Utara", "Murni", 1200), ("Utara", "Legok", 3300))
    assert sizes(build_panel(TWO_DISTRICTS, roll=given)) == {"Murni": 1200, "Legok": 3300}


def test_a_roll_of_districts_is_shared_out_among_their_areas() -> None:
    given = roll(("Utara", None, 5500), ("Selatan", None, 2000))
    panel = build_panel(TWO_DISTRICTS, roll=given)
    # Murni and Legok have 1,100 and 3,300 in the newest contest: a quarter and three quarters.
    assert sizes(panel) == {"Kasang": 2000, "Legok": 4125, "Murni": 1375}
    assert panel.nodes["estimated"].iloc[panel.targets].all()


def test_a_roll_of_the_city_is_shared_out_among_all_areas() -> None:
    panel = build_panel(TWO_DISTRICTS, roll=roll((None, None, 13_200)))
    assert sizes(panel) == {"Kasang": 4400, "Legok": 6600, "Murni": 2200}


def test_a_district_of_the_roll_without_areas_is_a_target_itself() -> None:
    given = roll(("Utara", None, 5500), ("Barat", None, 2000))
    panel = build_panel(TWO_DISTRICTS, roll=given)
    own = panel.nodes.iloc[panel.targets]
    assert sorted(own["scale"]) == ["area", "area", "district"]


def test_areas_that_a_contest_hardly_knows_do_not_make_the_roll() -> None:
    """The newest contest has one area of two; the one before knows both."""
    newest = table(("2022-06-27", "Utara", "Murni", 1200, 900))
    panel = build_panel(pd.concat([TWO_DISTRICTS, newest]), roll=roll(("Utara", None, 4400)))
    assert set(sizes(panel)) == {"Murni"}  # half of them is enough
    third = table(
        ("2020-12-09", "Utara", "Sipin", 1000, 700),
        ("2018-06-27", "Utara", "Sipin", 1000, 700),
    )
    panel = build_panel(pd.concat([TWO_DISTRICTS, newest, third]), roll=roll(("Utara", None, 4400)))
    assert set(sizes(panel)) == {"Murni", "Legok", "Sipin"}


def test_a_table_without_rows_is_told_as_such() -> None:
    with pytest.raises(HistoryError, match="The results have no rows"):
        build_panel(TWO_DISTRICTS.head(0), election=COMING)
    with pytest.raises(HistoryError, match="from before the election are left"):
        build_panel(TWO_DISTRICTS, election=Election("2001-01-01", "pilkada"))


# --- the count -----------------------------------------------------------------------------------


def test_a_complete_count_settles_the_registered() -> None:
    counted = table(("2024-11-27", "Utara", "Murni", 1188, 900))
    panel = build_panel(TWO_DISTRICTS, election=COMING, counted=counted)
    assert sizes(panel)["Murni"] == 1188
    index = panel.targets[names(panel, panel.targets).index("Murni")]
    assert not panel.nodes["estimated"].iloc[index]


def test_a_count_in_progress_keeps_the_roll() -> None:
    counted = table(("2024-11-27", "Utara", "Murni", 300, 200))
    told = counted.assign(stations_counted=2, stations_total=6)
    for given in (counted, told):
        panel = build_panel(TWO_DISTRICTS, election=COMING, counted=given)
        assert sizes(panel)["Murni"] == 1100


# --- past turnout --------------------------------------------------------------------------------


def test_past_turnout_is_the_official_row_else_the_sum_of_what_is_known() -> None:
    official = table(("2020-12-09", None, None, 6700, 4500))
    history = past_turnout(build_panel(pd.concat([TWO_DISTRICTS, official])))
    city = history[history["scale"] == "city"].set_index("election")
    # 2018: 700 + 1,800 + 1,500 of 6,000; 2020: the official 4,500 of 6,700.
    np.testing.assert_allclose(city["turnout"], [4000 / 6000, 4500 / 6700])
    assert city["official"].tolist() == [False, True]
    utara = history[(history["scale"] == "district") & (history["district"] == "Utara")]
    np.testing.assert_allclose(utara["turnout"], [2500 / 4000, 2800 / 4400])


def test_past_turnout_tells_how_much_of_a_place_was_known() -> None:
    earlier = TWO_DISTRICTS.head(3).assign(date="2015-06-27")
    known = TWO_DISTRICTS.drop(index=1)  # Legok in 2018
    history = past_turnout(build_panel(pd.concat([earlier, known])))
    utara = history[(history["scale"] == "district") & (history["district"] == "Utara")]
    # Legok is known before and after: Murni is 1,100 of the 4,400 that Utara has.
    np.testing.assert_allclose(utara["coverage"], [1.0, 0.25, 1.0])


def test_past_turnout_of_a_city_adds_up_its_districts_totals() -> None:
    districts = table(
        ("2015-06-27", "Utara", None, 4000, 2400),
        ("2015-06-27", "Selatan", None, 2000, 1500),
    )
    history = past_turnout(build_panel(pd.concat([TWO_DISTRICTS, districts])))
    city = history[(history["scale"] == "city") & (history["date"] == "2015-06-27")]
    np.testing.assert_allclose(city["turnout"], [3900 / 6000])
    np.testing.assert_allclose(city["coverage"], [1.0])
    assert not city["official"].any()


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"date": "2010-11-27"}, "2010-11-27 pilkada"),
        ({"election_type": "pilpres"}, "2024-11-27 pilpres"),
    ],
)
def test_a_count_of_another_election_is_refused(other: dict[str, str], found: str) -> None:
    count = TWO_DISTRICTS.tail(3).assign(date="2024-11-27")
    strange = pd.concat([count.head(1), count.tail(2).assign(**other)])
    with pytest.raises(DataError, match=f"2 rows .* 27 November 2024 .first: row 4, {found}") as it:
        build_panel(TWO_DISTRICTS, election=COMING, counted=strange)
    assert "Leave them out" in it.value.say("en")
    assert "Hapus baris itu" in it.value.say("id")


@pytest.mark.slow
def test_a_count_may_name_its_election_in_other_words_or_not_at_all() -> None:
    count = TWO_DISTRICTS.tail(3)
    bare = count.drop(columns=["date", "election_type"])
    # a pilwako is a pilkada
    named = count.assign(date=pd.Timestamp("2024-11-27"), election_type="Pilwako")
    for given in (bare, named, named.assign(date=None, election_type=None)):
        panel = build_panel(TWO_DISTRICTS, election=COMING, counted=given)
        assert (panel.cells["contest"] == panel.contest_of(COMING)).sum() == 3


def test_places_above_are_called_as_the_roll_calls_them() -> None:
    past = pd.DataFrame(
        {
            "date": "2020-12-09", "election_type": "pilgub", "registered": [400, 400, 500],
            "voters": [250, 250, 350], "city": ["KAB. TEBO", "KAB. TEBO", "KOTA JAMBI"],
            "district": [None, "RIMBO", "PASAR"],
        }
    )  # fmt: skip
    cities, districts = ["Kabupaten Tebo", "Kota Jambi"], ["Rimbo", "Pasar"]
    roll = pd.DataFrame({"city": cities, "district": districts, "registered": [410, 510]})
    nodes = build_panel(past, roll=roll).nodes
    assert set(nodes["city"].dropna()) == set(cities)
    assert set(nodes["district"].dropna()) == set(districts)
