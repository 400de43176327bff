"""The past contests that the tree is fitted to."""

import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.models.tree.window import WINDOW, Window


def past(*contests: tuple[str, str]) -> pd.DataFrame:
    rows = [(day, kind, "Murni", 100, 60) for day, kind in contests]
    return pd.DataFrame(rows, columns=["date", "election_type", "area", "registered", "voters"])


MANY = past(
    ("2004-07-05", "pilpres"),
    ("2010-06-01", "pilkada"),
    ("2012-06-01", "pilkada"),
    ("2014-06-01", "pilkada"),
    ("2016-06-01", "pilkada"),
    ("2018-06-01", "pilkada"),
)


@pytest.mark.parametrize(
    ("most", "years"),
    [(1, [2018]), (2, [2004, 2018]), (4, [2004, 2014, 2016, 2018]), (6, None), (99, None)],
)
def test_every_type_has_its_newest_contest_before_any_has_its_second(most, years):
    window = Window.of(MANY, None, most)
    used = window.past.table["date"].dt.year.tolist()
    assert used == (years or [2004, 2010, 2012, 2014, 2016, 2018])
    assert (window.used, window.known) == (len(used), 6)


def test_contests_of_the_day_itself_and_later_are_not_counted():
    window = Window.of(MANY, Election("2014-06-01", "pilkada"), 2)
    assert window.past.table["date"].dt.year.tolist() == [2004, 2012]
    assert (window.used, window.known) == (2, 3)


@pytest.mark.slow
def test_the_reader_is_told_of_contests_that_are_not_used():
    election = Election("2024-11-27", "pilkada")
    few = HierarchicalModel(contests=3, integration=64).fit(MANY)
    told = [
        note for note in few.forecast(election, draws=2, seed=1).about.notes if note.text == WINDOW
    ]
    assert [note.say("en") for note in told] == [
        "Of 6 past contests the hierarchical model uses 3: of every type the newest."
    ]
    everything = HierarchicalModel(integration=64).fit(MANY)
    assert all(n.text != WINDOW for n in everything.forecast(election, draws=2, seed=1).about.notes)


@pytest.mark.slow
def test_what_is_not_used_does_not_move_the_forecast():
    election = Election("2024-11-27", "pilkada")
    newest = MANY[MANY["date"] > "2014-01-01"]
    all_of_them = pd.concat([MANY.iloc[[0]], newest])
    model = HierarchicalModel(contests=4, integration=64)
    draws = [model.fit(t).forecast(election, draws=9, seed=1).draws for t in (MANY, all_of_them)]
    assert (draws[0] == draws[1]).all()


def test_what_a_fit_knows_of_the_polling_day_and_later_is_not_used_before_it():
    fitted = HierarchicalModel().fit(MANY)
    for day in ("2016-06-01", "2018-06-01"):
        used = fitted._before(Election(day, "pilkada")).inputs.results
        pd.testing.assert_frame_equal(used, MANY[MANY["date"] < day])
    assert fitted._before(Election("2018-06-02", "pilkada")) is fitted
