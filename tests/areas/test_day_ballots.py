"""Ballots that the same people cast on one day."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.areas import build_panel, one_ballot_a_day
from turnout.models.notes import ONE_A_DAY

NAMES = ["date", "election_type", "type_group", "area", "registered", "voters"]


def used(results: pd.DataFrame, election: Election | None = None) -> list[tuple[str, str]]:
    """Return the type and place of every observation of the newest day that is used."""
    panel = build_panel(results, election=election)
    contest = None if election is None else panel.contest_of(election)
    cells = one_ballot_a_day(panel, contest).cells
    types = panel.contests["election_type"].to_numpy()[cells["contest"]]
    areas = panel.nodes["area"].to_numpy()[cells["node"]]
    newest = (
        panel.contests["date"].to_numpy()[cells["contest"]]
        == panel.contests["date"]
        .iloc[: len(panel.contests) - (election is not None)]
        .max()
        .to_datetime64()
    )
    return sorted(zip(types[newest], areas[newest], strict=True))


def ballots(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([(*row, 1000, 700) for row in rows], columns=NAMES)


PEMILU = ballots(
    ("2014-07-09", "pilpres", "pemilu", "Murni"),
    ("2019-04-17", "dpd", "pemilu", "Murni"),
    ("2019-04-17", "pilpres", "pemilu", "Murni"),
    ("2019-04-17", "wali nagari", "desa", "Murni"),
    ("2019-04-17", "dpd", "pemilu", "Legok"),
)


@pytest.mark.parametrize(
    ("coming", "kept"),
    [
        (Election("2024-02-14", "dpd", "pemilu"), "dpd"),  # its own type
        (Election("2024-02-14", "wali nagari", "desa"), "wali nagari"),
        (Election("2024-02-14", "badan desa", "desa"), "wali nagari"),  # its own family
        (Election("2024-11-27", "pilkada", "pilkada"), "pilpres"),  # the highest office
        (None, "pilpres"),
    ],
)
def test_a_place_has_one_ballot_of_a_day(coming, kept):
    assert used(PEMILU, coming) == sorted([(kept, "Murni"), ("dpd", "Legok")])


def test_where_every_day_has_one_contest_the_panel_is_the_same():
    panel = build_panel(PEMILU[PEMILU["election_type"] != "dpd"].iloc[:2])
    assert one_ballot_a_day(panel) is panel


@pytest.fixture(scope="module")
def history():
    """Seven elections of 24 places in four districts."""
    rng = np.random.default_rng(11)
    days = {
        "2009-04-09": "pemilu",
        "2010-06-01": "pilkada",
        "2014-04-09": "pemilu",
        "2015-12-09": "pilkada",
        "2019-04-17": "pemilu",
        "2020-12-09": "pilkada",
        "2024-02-14": "pemilu",
    }
    rows = []
    for day, kind in days.items():
        shock = rng.normal(0, 0.15)
        for place in range(24):
            level = (1.4 if kind == "pemilu" else 0.8) + shock + rng.normal(0, 0.15)
            voters = rng.binomial(2000, 1 / (1 + np.exp(-level)))
            rows.append((day, kind, f"D{place // 6}", f"A{place}", 2000, voters))
    return pd.DataFrame(
        rows, columns=["date", "election_type", "district", "area", "registered", "voters"]
    )


def with_ballots(history: pd.DataFrame) -> pd.DataFrame:
    """Every Pemilu as three ballots; a few people leave the lower ones blank."""
    pemilu = history["election_type"] == "pemilu"
    others = [
        history[pemilu].assign(election_type=name, voters=lambda rows, n=n: rows["voters"] - n)
        for n, name in enumerate(["dpd", "dprd kabupaten"], start=1)
    ]
    return pd.concat([history, *others], ignore_index=True)


def test_three_ballots_of_a_day_make_a_forecast_no_surer(history):
    coming = Election("2024-11-27", "pilkada")
    of_one, of_three = (
        HierarchicalModel().fit(table).forecast(coming, draws=4000, seed=5)
        for table in (history, with_ballots(history))
    )
    for scale in ("area", "district", "total"):
        one, three = (
            np.quantile(each.at(scale).draws, [0.05, 0.5, 0.95]) for each in (of_one, of_three)
        )
        assert three == pytest.approx(one, abs=0.006)
    notes = {note.text: note.values for note in of_three.about.notes}
    assert notes[ONE_A_DAY] == {"known": 15, "used": 7}
    assert ONE_A_DAY not in {note.text for note in of_one.about.notes}
