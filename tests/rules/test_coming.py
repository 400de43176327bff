"""A count of the coming election: whether all of its stations are in, and whether it is of it."""

from pathlib import Path

import pandas as pd

from turnout import Election
from turnout.errors import Finding
from turnout.reading import load_counted
from turnout.reading.hints import Hints
from turnout.rules.coming import check_election, check_stations
from turnout.rules.draft import Draft
from turnout.schema import IDENTITY_COLUMNS, canonical_results

PAST = pd.DataFrame(
    {
        "contest": ["P1", "P1", "P2", "P2", "P2"],
        "key": [1, 2, 1, 2, 9],
        "registered": [1000.0, 1000.0, 1000.0, 1000.0, 0.0],
        "voters": [690.0, 600.0, 900.0, 900.0, 0.0],
        "scale": "area",
        "election_type": "pilkada",
    },
    index=[-5, -4, -3, -2, -1],
)
LACKING = {"stations_counted": float("nan"), "stations_total": float("nan")}
PAST = PAST.assign(**LACKING, **dict.fromkeys(IDENTITY_COLUMNS))
PAST["area"] = PAST["key"].astype(str)


def untold(**columns: list[float | None]) -> list[int | None]:
    """Return the rows that are doubted by themselves; None for all of them together."""
    count = pd.DataFrame(columns, dtype=float).assign(contest="now", place="Kasang")
    count = count.assign(scale="area", election_type="pilkada")
    count = count.assign(**{name: x for name, x in LACKING.items() if name not in count})
    found = check_stations(Draft.of_table(count), pd.concat([PAST, count]))
    return [finding.spot.row for finding in found]


def test_two_thirds_of_the_lowest_turnout_ever_are_too_few() -> None:
    # The lowest of 1 is 69%, of 2 60%; of others that of all in P1, 64.5%. Three are as ever.
    keys, registered = [1, 1, 2, 2, 3, 3, 4, 5, 6], [1000] * 9
    voters = [459, 461, 399, 401, 429, 431, 800, 800, 800]
    assert untold(key=keys, registered=registered, voters=voters) == [0, 2, 4]


def test_where_the_day_is_low_everywhere_a_place_is_held_against_the_others() -> None:
    # Three of four lie at 80% of their lowest: two thirds of that are too few.
    at = {"key": [3, 4, 5, 6], "registered": [1000] * 4}
    assert untold(**at, voters=[516, 516, 516, 345]) == []
    assert untold(**at, voters=[516, 516, 516, 343]) == [3]


def test_places_together_far_below_all_their_past_are_asked_about() -> None:
    # Both places of two past contests: together at least 64.5%, of which .8 are 51.6%.
    both = {"key": [1, 2], "registered": [1000, 1000]}
    assert untold(**both, voters=[517, 517]) == []
    assert untold(**both, voters=[515, 515]) == [None]


def test_who_tells_the_stations_is_believed_and_gaps_are_no_turnout() -> None:
    few = {"key": [1, 1, 1], "registered": [1000, 1000, 0], "voters": [100, None, 0]}
    assert untold(**few) == [0, None]
    assert untold(**few, stations_counted=[3] * 3, stations_total=[3] * 3) == []
    assert untold(**few, stations_counted=[3] * 3) == [0, None]


def rules_of_zeros(voters: list[float | None], **columns: object) -> list[tuple[str, int]]:
    """Return the rules that a count breaks, and at how many rows each; six places, two earlier."""
    names = [f"Desa {letter}" for letter in "ABCDEF"]
    sizes = [1000, 1010, 1023, 1031, 1044, 1057]
    past = pd.DataFrame({"area": names, "district": "Hulu", "election_type": "pilbup"})
    rows = [
        past.assign(
            date=day, registered=[n + more for n in sizes], voters=[n * 7 // 10 for n in sizes]
        )
        for day, more in (("2018-06-27", -20), ("2020-12-09", 11))
    ]
    results = canonical_results(pd.concat(rows, ignore_index=True))
    count = past.drop(columns="election_type").assign(registered=sizes, voters=voters, **columns)
    found = load_counted(count, election=Election("2024-11-27", "pilbup"), results=results).findings
    return [(one.rule, len(one.spots)) for one in found]


def test_zero_voters_of_places_that_are_not_in_are_asked_about_once() -> None:
    # Neither as blanks, nor each by itself, nor with the places that are in.
    assert rules_of_zeros([690, 710, 0, 0, 0, 0]) == [("zero_untold", 4)]
    assert rules_of_zeros([690, 710, 705, 700, 700, 0]) == [("zero_untold", 1)]
    # Where others are far below as well, that stays told, of these alone.
    low = rules_of_zeros([300, 310, 305, 0, 0, 0])
    assert low == [("zero_untold", 3), ("stations_untold_together", 1)]
    assert rules_of_zeros([690, 710, None, None, None, None]) == [("missing_voters", 4)]
    none_in = {"stations_counted": [3, 3, 0, 0, 0, 0], "stations_total": 3}
    assert rules_of_zeros([690, 710, 0, 0, 0, 0], **none_in) == []


def test_a_row_of_another_day_or_type_is_told_once() -> None:
    days = pd.to_datetime(["2024-11-27", "2024-02-14", "2024-11-27", "2024-02-14", None])
    kinds = ["pilkada", "pilkada", "pemilu", "pemilu", None]
    draft = Draft.of_table(pd.DataFrame({"date": days, "election_type": kinds}))
    found = check_election(draft, Election("2024-11-27", "pilkada"))
    told = [(one.spot.row, one.spot.column) for one in found]
    assert told == [(1, "date"), (3, "date"), (2, "election_type")]
    assert "pilkada 14 February 2024" in found[0].say("en")


def together(now: list[float], **columns: object) -> bool:
    """Whether so many voters of 1,000, of the places of the past, are doubted all together."""
    keys = [1, 2, 3, 4][: len(now)]
    return None in untold(key=keys, registered=[1000] * len(now), voters=now, **columns)


def test_a_contest_of_half_the_places_is_enough_to_hold_all_against() -> None:
    # The contests know 1 and 2: all of two, half of four; their lowest of both is 64.5%.
    below, above = 0.79 * 645, 0.81 * 645
    assert together([below] * 2)
    assert not together([above] * 2)
    assert together([below] * 4)
    assert not together([above] * 4)
    # With a fifth place they are less than half: no such comparison.
    count = {"key": [1, 2, 3, 4, 5], "registered": [1000] * 5, "voters": [below] * 5}
    assert None not in untold(**count)


def of_types(*rows: tuple[str, str], kind: str = "pilkada") -> list[Finding]:
    """Return what is told of a count of rows of a type and an area; the past is pilkada."""
    count = pd.DataFrame(rows, columns=["Jenis", "Kelurahan"]).assign(DPT=1000, Hadir=700)
    past = {"date": "2018-06-27", "election_type": "pilkada", "area": ["Murni", "Legok"]}
    results = canonical_results(pd.DataFrame({**past, "registered": 1000, "voters": 700}))
    coming = Election("2024-11-27", kind)
    return list(load_counted(count, election=coming, results=results).findings)


def test_a_count_of_one_office_of_the_family_that_is_forecast_is_told() -> None:
    assert of_types(("pilkada", "Murni")) == []
    assert of_types(("Pilkada", "Murni"), kind="pilkada") == []
    told = of_types(("pilgub", "Murni"), ("pilgub", "Legok"))
    assert [(one.rule, one.severity) for one in told] == [("of_one_office", "warning")]
    assert "the type pilgub; it is taken for the pilkada of 27 November 2024" in told[0].say()
    assert "--type" not in told[0].say()  # the past knows no pilgub, and would send back
    assert of_types(("pilgub", "Murni"), kind="pilgub") == []


def test_a_count_of_two_elections_of_the_day_is_asked_for_one() -> None:
    told = of_types(("pilkada", "Murni"), ("pilgub", "Murni"))
    assert [(one.rule, one.severity) for one in told] == [("several_elections", "error")]
    assert "in a file of its own" in told[0].say_remedy()
    # Two words for one election, each of other places, are no two elections.
    assert of_types(("pilkada", "Murni"), ("pilwako", "Legok")) == []


def test_the_sheet_of_the_election_that_is_forecast_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "count.xlsx"
    with pd.ExcelWriter(path) as writer:
        for name, kind in (("A", "pilgub"), ("B", "pilkada")):
            rows = {"Jenis": [kind], "Kelurahan": "Murni", "DPT": 1000, "Hadir": 700}
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, index=False)
    coming = Election("2024-11-27", "pilkada")
    told = load_counted(path, election=coming).findings
    assert [one.rule for one in told] == ["several_elections"]
    assert 'sheet="B"' in told[0].say_remedy()
    assert not load_counted(path, election=coming, hints=Hints.of(sheet="B")).findings


OFFICES = pd.DataFrame({"Kelurahan": ["Murni", "Legok"], "DPT": 1000})


def test_the_rows_of_the_office_that_is_forecast_are_used_alone() -> None:
    rows = [("pilgub", "Murni"), ("pilbup", "Murni")]
    told = of_types(*rows, kind="pilbup")
    assert [(one.rule, one.severity) for one in told] == [("other_offices", "warning")]
    assert "pilgub" in told[0].say("id")
    assert of_types(*rows[1:], kind="pilbup") == []
    assert {one.rule for one in of_types(*rows[:1], kind="pilbup")} == {"other_election"}


def test_the_columns_of_offices_of_the_day_need_no_day() -> None:
    wide = OFFICES.assign(**{"Pengguna Hak Pilih Pilgub": 700, "Pengguna Hak Pilih Pilbup": 650})
    [told] = load_counted(wide, election=Election("2024-11-27", "pilkada")).errors
    assert told.rule == "several_elections"
    assert "baris atau kolom" in told.say_remedy("id")
    reading = load_counted(wide, election=Election("2024-11-27", "pilbup"))
    assert (reading.errors, reading.table["voters"].tolist()) == ((), [650.0, 650.0])


def test_voters_whom_no_list_explains_are_an_error_told_once() -> None:
    count = OFFICES.assign(DPTb=[10, 10], DPK=[90, 90], **{"Pengguna Hak Pilih": [1101, 1100]})
    coming = Election("2024-11-27", "pilkada")
    [told] = load_counted(count, election=coming).errors
    assert (told.rule, told.spot.row) == ("voters_above_all_lists", 0)
    assert "DPT + DPTb + DPK hold 1,100 together: 1 more" in told.say()
    rules = [one.rule for one in load_counted(count, election=coming).findings]
    assert rules.count("voters_above_registered") == 1  # of the other, which they explain
    # Without one of the lists it may be what explains them; of stations they are not added up.
    assert not load_counted(count.drop(columns="DPK"), election=coming).errors
    stations = count.assign(Kelurahan="Murni", TPS=[1, 2], **{"Pengguna Hak Pilih": 1_090})
    assert not load_counted(stations, election=coming).errors


def test_registered_that_hold_added_lists_are_held_against_the_denominator_of_the_past() -> None:
    named = {"Pengguna Hak Pilih": [700, 500], "registered": [1100, 1100]}
    count = OFFICES.assign(DPTb=[10, 20], DPK=[90, 80], **named)
    coming = Election("2024-11-27", "pilkada")
    past = pd.DataFrame({"date": "2018-06-27", "election_type": "pilkada"}, index=[0, 1])
    past = past.assign(area=["Murni", "Legok"], registered=1000, voters=[690, 520])

    def told(count: pd.DataFrame, **columns: object) -> list[str]:
        results = canonical_results(past.assign(**columns))
        found = load_counted(count, election=coming, results=results).findings
        return [one.say("en") for one in found if one.rule == "lists_in_registered"]

    [said] = told(count)
    assert "DPT + DPTb + DPK together: turnout is 54.5%, of DPT alone it would be 60.0%" in said
    assert "results: not told" in said
    assert "results: DPT." in told(count, registered_basis="DPT")[0]
    assert told(count, registered_basis="DPT+DPTb+DPK") == []
    assert told(count.drop(columns="registered")) == []
    assert told(count.assign(registered=[1150, 1200])) == []
