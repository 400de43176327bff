"""Blocks and backtests on a Dask cluster: bit for bit what one process makes."""

import os
import signal

import joblib
import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, backtest
from turnout.backtesting import Settings
from turnout.models.tree import predictive
from turnout.models.tree.predictive import drawn_by_block

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")


def nation() -> pd.DataFrame:
    """Three contests of sixteen provinces of two areas each."""
    rng = np.random.default_rng(1)
    places = [(f"Province {n}", area) for n in range(16) for area in ("Murni", "Legok")]
    names = pd.DataFrame(places, columns=["province", "area"]).assign(registered=2000)
    days = {"2015-12-09": "pilkada", "2019-04-17": "pemilu", "2020-12-09": "pilkada"}
    tables = [
        names.assign(
            date=date,
            election_type=kind,
            voters=(2000 * rng.uniform(0.6, 0.8, len(names))).round(),
        )
        for date, kind in days.items()
    ]
    return pd.concat(tables, ignore_index=True)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_worker_that_dies_in_mid_run_changes_no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictive, "_TOGETHER", 1)  # every province is work of its own
    fitted = HierarchicalModel(integration=64).fit(nation())
    coming = fitted.predictive(Election("2024-11-27", "pilkada"))
    shared = coming.crown(400, seed=3).shared
    local = list(drawn_by_block(coming.blocks, shared))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config(backend="dask", wait_for_workers_timeout=60),
    ):
        workers = client.run(os.getpid)
        drawn = drawn_by_block(coming.blocks, shared)
        far = [next(drawn)]
        os.kill(next(iter(workers.values())), signal.SIGKILL)
        far += drawn
        assert set(client.run(os.getpid).values()) != set(workers.values())
    assert len(far) == 16
    for (rows, one), (same, other) in zip(local, far, strict=True):
        np.testing.assert_array_equal(rows, same)
        np.testing.assert_array_equal(one, other)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_backtest_on_a_cluster_is_that_of_one_process() -> None:
    models, settings = [HierarchicalModel(integration=64)], Settings(draws=200, seed=3)
    local = backtest(models, nation(), min_history=1, settings=settings)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
        joblib.parallel_config(backend="dask", wait_for_workers_timeout=60),
    ):
        far = backtest(models, nation(), min_history=1, settings=settings)
    assert len(local.table) > 3
    pd.testing.assert_frame_equal(far.table, local.table)
