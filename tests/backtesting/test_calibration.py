"""Does the model know how much it knows? Panels with known truth, hundreds of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, chisquare

from turnout import Election, Forecast, HierarchicalModel
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.model import FittedHierarchical, Inputs
from turnout.models.tree.root import RootProcess

pytestmark = pytest.mark.slow

COMING = Election("2024-11-27", "pilkada")
DAYS = ("2009-04-09", "2010-06-27", "2014-04-09", "2015-12-09", "2019-04-17", "2024-11-27")
KINDS = ("pemilu", "pilkada", "pemilu", "pilkada", "pemilu", "pilkada")
CONTESTS = pd.DataFrame(
    {
        "election": [f"{day}-{kind}" for day, kind in zip(DAYS, KINDS, strict=True)],
        "date": pd.to_datetime(list(DAYS)),
        "election_type": KINDS,
        "type_group": KINDS,
    }
)
KERNEL = ContestKernel.of(CONTESTS)
DISTRICT = np.log([0.12, 0.06, 0.05, 0.06, 0.05, 0.06, 15.0])
AREA = np.log([0.2, 0.08, 0.05, 0.1, 0.06, 0.1, 15.0])


@dataclass
class Simulated:
    """Results of past contests and the truth of the coming one, from the model itself."""

    results: pd.DataFrame
    coming: pd.DataFrame


# Results of past contests, and the count of the coming one.
Known = tuple[pd.DataFrame, pd.DataFrame | None]


def deviations(parameters: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    root = np.linalg.cholesky(KERNEL.covariance(parameters) + 1e-12 * np.eye(len(DAYS)))
    return rng.standard_normal((count, len(DAYS))) @ root.T


def simulate(
    root: np.ndarray, mean: np.ndarray | float, districts: int, areas: int, rng: np.random.Generator
) -> Simulated:
    """Simulate a city; `mean` is what the root has of its own, one or one per contest."""
    district = deviations(DISTRICT, districts, rng)
    logits = (
        mean
        + deviations(root, 1, rng)
        + np.repeat(district, areas, axis=0)
        + deviations(AREA, districts * areas, rng)
    )
    size = rng.lognormal(np.log(2_000), 0.6, len(logits)).round().astype(int) + 100
    voters = rng.binomial(size[:, None], 1 / (1 + np.exp(-logits)))
    node, contest = (grid.ravel() for grid in np.indices(logits.shape))
    table = CONTESTS.iloc[contest].reset_index(drop=True)
    table = table.assign(
        city="Kota",
        district=[f"D{one // areas}" for one in node],
        area=[f"A{one:03d}" for one in node],
        registered=size[node],
        voters=voters.ravel(),
    )
    is_past = contest < len(DAYS) - 1
    return Simulated(table[is_past].reset_index(drop=True), table[~is_past].reset_index(drop=True))


def truth_at(simulated: Simulated, forecast: Forecast) -> np.ndarray:
    keys = [scale for scale in ("city", "district", "area") if forecast.places[scale].notna().all()]
    sums = simulated.coming.groupby(keys)[["voters", "registered"]].sum()
    own = sums.loc[
        [tuple(row) if len(keys) > 1 else row[0] for row in forecast.places[keys].values]
    ]
    return (own["voters"] / own["registered"]).to_numpy()


def roll_of(simulated: Simulated) -> pd.DataFrame:
    return simulated.coming[["city", "district", "area", "registered"]]


def ranks(forecast: Forecast, truth: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the share of draws below the truth, ties broken at random."""
    below = (forecast.draws < truth).sum(axis=0)
    ties = (forecast.draws == truth.astype(forecast.draws.dtype)).sum(axis=0)
    return (below + rng.random(len(truth)) * (1 + ties)) / (len(forecast.draws) + 1)


def known_as_areas(simulated: Simulated) -> Known:
    return simulated.results, None


def known_with_a_count(simulated: Simulated) -> Known:
    """Let a third of the areas be in."""
    return simulated.results, simulated.coming.iloc[[1, 4, 6, 11]]


def known_as_totals(simulated: Simulated) -> Known:
    """Leave one contest to the city's total, one to its districts', one to some areas and both."""
    pieces = []
    for number, (_, rows) in enumerate(simulated.results.groupby("date")):
        by = {1: ["city"], 3: ["city", "district"]}.get(number)
        keys = ["date", "election", "election_type", "type_group"]
        if by is not None:
            pieces.append(
                rows.groupby([*keys, *by], as_index=False)[["registered", "voters"]].sum()
            )
        elif number == 2:
            total = rows.groupby([*keys, "city"], as_index=False)[["registered", "voters"]].sum()
            pieces += [rows.iloc[::2], total]
        else:
            pieces.append(rows)
    return pd.concat(pieces, ignore_index=True), None


@pytest.mark.parametrize("known", [known_as_areas, known_as_totals, known_with_a_count])
def test_simulation_based_calibration_with_the_root_drawn_from_its_prior(
    known: Callable[[Simulated], Known],
) -> None:
    """Talts et al. (2018): the truth's rank among the draws is uniform, at every scale.

    What is counted is no forecast: of the areas those that are open are ranked.
    """
    model = HierarchicalModel(integration=256)
    prior = model.top_prior.level(KERNEL.days)
    found: dict[str, list[float]] = {"area": [], "district": [], "city": []}
    for replication in range(150):
        rng = np.random.default_rng(1_000 + replication)
        root = prior.center + prior.spread * rng.standard_normal(len(prior.center))
        process = RootProcess.of(model.top_prior, KERNEL)
        mean = rng.multivariate_normal(process.mean, process.covariance)
        simulated = simulate(root, mean, 3, 4, rng)
        results, counted = known(simulated)
        fitted = FittedHierarchical(model, Inputs(results), {"district": DISTRICT, "area": AREA})
        forecast = fitted.forecast(
            COMING, roll=roll_of(simulated), counted=counted, draws=499, seed=replication
        )
        for scale, mine in found.items():
            view = forecast.at(scale)
            open_ = view.draws.std(axis=0) > 0
            own = ranks(view, truth_at(simulated, view), rng)[open_]
            mine.append(own[rng.integers(len(own))])  # one of each, for independence
    for scale, mine in found.items():
        count = np.histogram(mine, bins=10, range=(0, 1))[0]
        assert chisquare(count).pvalue > 0.001, f"{scale}: {count}"


def coverage_of(hits: list[bool], nominal: float) -> tuple[float, bool]:
    """Return the share of hits and whether it is what chance makes of the nominal one."""
    low, high = binom.ppf([0.0005, 0.9995], len(hits), nominal) / len(hits)
    share = float(np.mean(hits))
    return share, bool(low <= share <= high)


# A city as cities are: types differ, elections shock by .2 logit.
ROOT = np.log([1e-6, 0.25, 0.1, 0.15, 0.1, 0.2, 20.0])


def test_intervals_cover_with_everything_fitted() -> None:
    model = HierarchicalModel(integration=256)
    hits: dict[tuple[str, float], list[bool]] = {}
    for replication in range(80):
        rng = np.random.default_rng(5_000 + replication)
        simulated = simulate(ROOT, 0.7, 6, 8, rng)
        fitted = model.fit(simulated.results)
        forecast = fitted.forecast(COMING, roll=roll_of(simulated), draws=1000, seed=replication)
        for scale in ("area", "district", "city"):
            view = forecast.at(scale)
            truth = truth_at(simulated, view)
            one = rng.integers(len(truth))
            for level in (0.5, 0.9):
                low, high = view.quantiles([(1 - level) / 2, (1 + level) / 2])
                hits.setdefault((scale, level), []).append(low[one] <= truth[one] <= high[one])
    for (scale, level), mine in hits.items():
        share, fine = coverage_of(mine, level)
        # The root's prior is wider than this one city's truth: more than nominal is right there.
        assert fine or (scale == "city" and share > level), f"{scale} {level:.0%}: {share:.0%}"


def test_level_variances_are_recovered_from_the_counts() -> None:
    """Fitted through counts, surrogate and all: the covariance that the kernel makes."""
    simulated = simulate(ROOT, 0.7, 60, 20, np.random.default_rng(77))
    fitted = HierarchicalModel().fit(simulated.results)
    past = ContestKernel.of(CONTESTS.iloc[:-1])
    for scale, truth, tolerance in (("area", AREA, 0.12), ("district", DISTRICT, 0.35)):
        ours, known = past.covariance(fitted.levels[scale]), past.covariance(truth)
        np.testing.assert_allclose(
            np.diag(ours).mean(), np.diag(known).mean(), rtol=tolerance, err_msg=scale
        )
        np.testing.assert_allclose(ours[1, 3], known[1, 3], rtol=1.3 * tolerance, err_msg=scale)


def count_in_progress(
    simulated: Simulated, stations: int, counted: int, selection: float, rng: np.random.Generator
) -> tuple[Simulated, pd.DataFrame]:
    """Split every area into stations and count some; early stations are off by `selection`.

    Stations lie about their area's turnout: it is what all of them make up.

    Returns the truth over all stations, and the count.
    """
    coming = simulated.coming
    share = ((coming["voters"] + 0.5) / (coming["registered"] + 1)).to_numpy()
    logit = np.log(share / (1 - share))[:, None]
    size = np.repeat((coming["registered"] / stations).round().to_numpy(int)[:, None], stations, 1)
    off = np.zeros(stations)
    off[:counted] = selection
    spread = 0.3 * rng.standard_normal(size.shape)
    spread -= spread.mean(axis=1, keepdims=True)
    voters = rng.binomial(size, 1 / (1 + np.exp(-(logit + off + spread))))
    whole = coming.assign(registered=size.sum(axis=1), voters=voters.sum(axis=1))
    part = coming[["city", "district", "area"]].assign(
        registered=size[:, :counted].sum(axis=1),
        voters=voters[:, :counted].sum(axis=1),
        stations_counted=counted,
        stations_total=stations,
    )
    return Simulated(simulated.results, whole), part


@pytest.mark.parametrize("counted", [2, 8])
def test_intervals_cover_during_the_count(counted: int) -> None:
    """A fifth and four fifths of the stations; their selection is drawn anew every time."""
    model = HierarchicalModel(integration=256)
    hits: dict[str, list[bool]] = {"area": [], "district": [], "city": []}
    for replication in range(60):
        rng = np.random.default_rng(9_000 + replication)
        before = simulate(ROOT, 0.7, 5, 7, rng)
        simulated, part = count_in_progress(before, 10, counted, 0.1 * rng.standard_normal(), rng)
        fitted = model.fit(simulated.results)
        forecast = fitted.forecast(
            COMING, roll=roll_of(simulated), counted=part, draws=1000, seed=replication
        )
        for scale, mine in hits.items():
            view = forecast.at(scale)
            truth = truth_at(simulated, view)
            low, high = view.quantiles([0.05, 0.95])
            one = rng.integers(len(truth))
            mine.append(bool(low[one] <= truth[one] <= high[one]))
    for scale, mine in hits.items():
        share, fine = coverage_of(mine, 0.9)
        assert fine, f"{scale}: {share:.0%}"
