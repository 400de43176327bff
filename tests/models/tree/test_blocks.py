"""Blocks: each draws the same alone, in any order and company, and in any number of threads."""

from dataclasses import replace
from functools import cache

import joblib
import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, threads
from turnout.models.tree import predictive as drawing
from turnout.models.tree.blocks import Block, block_of, groups_of
from turnout.models.tree.predictive import Predictive
from turnout.models.tree.shared import draw_block
from turnout.models.tree.upward_pass import upward

COMING = Election("2024-11-27", "pilkada")
PLACES = [
    *[("Jambi", city, area) for city in "AB" for area in ("Murni", "Legok", "Talang")],
    *[("Riau", city, area) for city in "CDE" for area in ("Murni", "Sago")],
    (None, None, "Luar Negeri"),
]


def nation(*, with_total: bool = False) -> pd.DataFrame:
    """Three contests of a nation of two provinces and a place that belongs to none."""
    rng = np.random.default_rng(1)
    names = pd.DataFrame(PLACES, columns=["province", "city", "area"]).assign(nation="Indonesia")
    tables = []
    days = {"2015-12-09": "pilkada", "2019-04-17": "pemilu", "2020-12-09": "pilkada"}
    for date, kind in days.items():
        share = rng.uniform(0.6, 0.8, len(names))
        table = names.assign(date=date, election_type=kind, registered=2000)
        tables.append(table.assign(voters=(2000 * share).round()))
    if with_total:
        whole = {"nation": "Indonesia", "date": "2018-06-27", "election_type": "pilkada"}
        tables.append(pd.DataFrame([{**whole, "registered": 30_000, "voters": 22_000}]))
    return pd.concat(tables, ignore_index=True)


def ready(results: pd.DataFrame) -> Predictive:
    return HierarchicalModel(integration=64).fit(results).predictive(COMING)


@cache
def of_nation(*, with_total: bool = False) -> Predictive:
    return ready(nation(with_total=with_total))


def alone(coming: Predictive) -> list[Block]:
    """Return every part as a block of its own."""
    tree = coming.state.tree
    return [
        block_of(tree, [nodes], [key], coming.targets, coming.totals)
        for nodes, key in zip(groups_of(tree), coming.keys, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("with_total", [False, True])
def test_a_part_is_drawn_the_same_alone(with_total: bool) -> None:
    coming = of_nation(with_total=with_total)
    drawn = coming.draw(1200, seed=3)
    shared = coming.crown(1200, seed=3).shared
    assert (shared.batches[0].pull is not None) == with_total
    assert [len(block.rows) for block in coming.blocks] == [12]
    assert [len(block.rows) for block in alone(coming)] == [6, 6]
    assert len(coming.direct.rows) == 1
    for block in reversed(alone(coming)):
        np.testing.assert_array_equal(draw_block(block, shared), drawn[block.rows])


@pytest.mark.slow
def test_parts_with_totals_of_the_night_are_drawn_the_same_alone() -> None:
    results = nation()
    of_city = ["nation", "province", "city", "area"]
    some = results[results["date"] == "2020-12-09"].dropna(subset=["province"])[of_city]
    totals = some[["nation", "province"]].drop_duplicates()
    totals = totals.assign(registered=[12_000, 12_000], voters=[8_000, 9_000])
    counted = totals.assign(stations_counted=10, stations_total=10)
    fitted = HierarchicalModel(integration=64).fit(results)
    coming = fitted.predictive(COMING, counted=counted)
    assert len(coming.totals.below) == 2
    assert not coming.totals.of_the_whole
    drawn = coming.draw(600, seed=3)
    shared = coming.crown(600, seed=3).shared
    for block in alone(coming):
        np.testing.assert_array_equal(draw_block(block, shared), drawn[block.rows])


@pytest.mark.few(1)
@pytest.mark.parametrize("counted_of", ["Jambi", "Riau"])
def test_places_counted_in_part_change_no_draw_of_another_part(counted_of: str) -> None:
    results = nation()
    rows = results[(results["date"] == "2020-12-09") & (results["province"] == counted_of)]
    counted = rows[["nation", "province", "city", "area"]].assign(
        registered=500, voters=310, stations_counted=2, stations_total=8
    )
    fitted = HierarchicalModel(integration=64).fit(results)
    coming = fitted.predictive(COMING, counted=counted)
    assert coming.targets.leverage.any()
    drawn = replace(coming, inflation=1.0).draw(300, seed=3)
    shared = coming.crown(300, seed=3).shared
    for block in alone(coming):
        np.testing.assert_array_equal(draw_block(block, shared), drawn[block.rows])


@pytest.mark.slow
def test_threads_change_no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = of_nation().draw(300, seed=3)
    monkeypatch.setattr(drawing, "_TOGETHER", 1)
    coming = of_nation()
    assert len(list(coming.blocks)) == 2
    two = coming.draw(300, seed=3)
    np.testing.assert_array_equal(two, whole)
    monkeypatch.setattr(threads, "_THREADS", 1)
    np.testing.assert_array_equal(coming.draw(300, seed=3), two)
    with joblib.parallel_config(backend="loky", n_jobs=2):
        np.testing.assert_array_equal(coming.draw(300, seed=3), two)


def test_a_block_keeps_its_random_numbers_whatever_it_is_among() -> None:
    """Another order of the rows, and another province beside it."""
    results = nation()
    keys = set(of_nation().keys)
    third = results[results["province"] == "Riau"].assign(province="Aceh")
    more = pd.concat([third, results.iloc[::-1]], ignore_index=True)
    assert keys < set(ready(more).keys)


@pytest.mark.slow
def test_draws_of_different_blocks_and_seeds_are_not_alike() -> None:
    """Given what they share, two blocks' places correlate no more than chance."""
    coming = of_nation()
    one, other = coming.draw(2000, seed=3), coming.draw(2000, seed=4)
    assert np.abs(np.corrcoef(one[0], other[0])[0, 1]) < 0.1
    shared = coming.crown(2000, seed=3).shared
    jambi, riau = (draw_block(block, shared) for block in alone(coming))
    root = shared.batches
    above = np.concatenate([batch.root.T for batch in root])
    order = np.concatenate([batch.at for batch in root])
    known = np.column_stack([np.ones(2000), above])
    left = []
    for drawn in (jambi, riau):
        logit = np.log(drawn[0] / (1 - drawn[0]))[order]
        left.append(logit - known @ np.linalg.lstsq(known, logit, rcond=None)[0])
    assert abs(np.corrcoef(*left)[0, 1]) < 0.1


@pytest.mark.slow
def test_a_part_that_has_no_place_in_the_coming_election_is_no_part_of_the_draws() -> None:
    gone = pd.DataFrame([("Timor", "X", area) for area in ("Dili", "Baucau")])
    gone = gone.set_axis(["province", "city", "area"], axis=1).assign(
        nation="Indonesia", date="2015-12-09", election_type="pilkada", registered=2000, voters=1500
    )
    past = pd.concat([nation(with_total=True), gone], ignore_index=True)
    roll = nation().query("date == '2020-12-09'")[["nation", "province", "city", "area"]]
    fitted = HierarchicalModel(integration=64).fit(past)
    made = fitted.forecast(COMING, roll=roll.assign(registered=2100), draws=20, seed=1)
    assert set(made.places["province"].dropna()) == {"Jambi", "Riau"}
    assert np.isfinite(made.draws).all()


def test_what_waits_on_a_night_is_that_of_a_pass_of_all_places_for_each_size() -> None:
    """Places that are not in pass their messages once for all sizes of the night's scatter."""
    results = nation(with_total=True)
    counted = results[results["date"] == "2020-12-09"].iloc[[0, 4, 7, 12]]
    counted = counted.drop(columns=["date", "election_type"]).assign(voters=1300)
    fitted = HierarchicalModel(integration=64).fit(results)
    state = fitted.predictive(COMING, counted=counted).state
    level = len(state.tree.nodes) - 1
    state = replace(state, fixed={level: state.priors[level].center})
    assert state.scatter is not None
    for number in (0, 4, 8):
        covariances = state.fixed_on_the_night(number)
        known = upward(state.tree, covariances, sorted(covariances, reverse=True), {}).pending
        for above, said in state.waiting[number].items():
            for name, found in vars(said.message).items():
                np.testing.assert_allclose(found, getattr(known[above].message, name), rtol=1e-6)
