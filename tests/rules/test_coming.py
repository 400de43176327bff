"""A count of the coming election: whether all of its stations are in, and whether it is of it."""

import pandas as pd

from turnout import Election
from turnout.rules.coming import check_election, check_stations
from turnout.rules.draft import Draft

PAST = pd.DataFrame(
    {
        "contest": ["P1", "P1", "P2", "P2", "P2"],
        "key": [1, 2, 1, 2, 9],
        "registered": [1000.0, 1000.0, 1000.0, 1000.0, 0.0],
        "voters": [690.0, 600.0, 900.0, 900.0, 0.0],
    },
    index=[-5, -4, -3, -2, -1],
)


def untold(**columns: list[float | None]) -> list[int | str]:
    count = pd.DataFrame(columns, dtype=float).assign(contest="now", place="Kasang")
    lacking = {"stations_counted": float("nan"), "stations_total": float("nan")}
    count = count.assign(**{name: x for name, x in lacking.items() if name not in count})
    found = check_stations(Draft.of_table(count), pd.concat([PAST, count]))
    return [finding.spot.row for finding in found]


def test_two_thirds_of_the_lowest_turnout_ever_are_too_few() -> None:
    # The lowest of 1 is 69%, of 2 60%; of others that of all in P1, 64.5%.
    keys, registered = [1, 1, 2, 2, 3, 3], [1000] * 6
    assert untold(key=keys, registered=registered, voters=[459, 461, 399, 401, 429, 431]) == [
        0,
        2,
        4,
    ]


def test_who_tells_the_stations_is_believed_and_gaps_are_no_turnout() -> None:
    few = {"key": [1, 1, 1], "registered": [1000, 1000, 0], "voters": [100, None, 0]}
    assert untold(**few) == [0]
    assert untold(**few, stations_counted=[3] * 3, stations_total=[3] * 3) == []
    assert untold(**few, stations_counted=[3] * 3) == [0]


def test_a_row_of_another_day_or_type_is_told_once() -> None:
    days = pd.to_datetime(["2024-11-27", "2024-02-14", "2024-11-27", "2024-02-14", None])
    kinds = ["pilkada", "pilkada", "pemilu", "pemilu", None]
    draft = Draft.of_table(pd.DataFrame({"date": days, "election_type": kinds}))
    found = check_election(draft, Election("2024-11-27", "pilkada"))
    told = [(one.spot.row, one.spot.column) for one in found]
    assert told == [(1, "date"), (3, "date"), (2, "election_type")]
    assert "2024-02-14 pilkada" in found[0].say("en")
