"""The messages against a dense Gaussian process that is written apart.

The process below shares no code with the package: its kernel is a double loop over the formula
of the model's description, its covariance is one matrix over all places x contests, and it
conditions by a plain solve. Only the input (the tree's arrays and the contests' table) is shared.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from turnout.models.kernels import ContestKernel
from turnout.models.messages import effects_posterior, log_evidence
from turnout.models.sampling import Draw, Targets, draw_inner, draw_targets
from turnout.models.tree import Totals, Tree, Upward, upward

CONTESTS = pd.DataFrame(
    {
        "election": ["a", "b", "c", "d", "e", "f"],
        "date": pd.to_datetime(
            ["2009-04-09", "2013-06-29", "2014-04-09", "2014-04-09", "2018-06-27", "2024-11-27"]
        ),
        "election_type": ["pileg", "pilkada", "pileg", "dpd", "pilkada", "pilkada"],
        "type_group": ["pemilu", "pilkada", "pemilu", "pemilu", "pilkada", "pilkada"],
    }
)
TARGET = 5
CENTER = 0.62
MEAN_SD = 0.8
# Standard deviations of a level: lasting, type, group, drift, drift in type, shock; then years.
# The root's are followed by how large the shock of each of the five polling days is.
ROOT = (0.0, 0.5, 0.3, 0.2, 0.15, 0.25, 8.0, 1.0, 1.0, 1.0, 1.0, 1.0)
DISTRICT = (0.2, 0.1, 0.15, 0.12, 0.08, 0.1, 12.0)
AREA = (0.3, 0.12, 0.05, 0.15, 0.1, 0.12, 15.0)
# Root; two districts; five areas below them; an area and a district without areas at the root.
PARENT = np.array([-1, 0, 0, 0, 1, 1, 1, 2, 2, 0])
LEVEL = np.array([0, 1, 1, 1, 2, 2, 2, 2, 2, 2])
LEAVES = np.array([3, 4, 5, 6, 7, 8, 9])


def no_totals(contests: int = 6) -> Totals:
    nothing = np.empty((0, contests))
    return Totals(np.empty(0, dtype=np.intp), np.empty((0, 3)), nothing, nothing)


def random_tree(seed: int, effects: int = 2, missing: float = 0.3) -> Tree:
    rng = np.random.default_rng(seed)
    shape = (len(PARENT), len(CONTESTS))
    known = rng.random(shape) > missing
    known[:, TARGET] = False
    known[[0, 1, 2]] = False
    known[4] = False  # a new area, never seen
    values = np.where(known, rng.normal(0.3, 0.5, shape), 0.0)
    weights = np.where(known, rng.uniform(5, 2_000, shape), 0.0)
    designs = rng.normal(size=(*shape, effects)) * (rng.random((*shape, effects)) < 0.5)
    return Tree(
        PARENT, LEVEL, values, weights, designs, np.ones(effects, dtype=bool), no_totals(), CENTER
    )


def log_parameters(parameters: tuple[float, ...]) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.log(np.array(parameters))


# --- the dense process -------------------------------------------------------------------------


def kernel(parameters: tuple[float, ...], one: pd.Series, other: pd.Series) -> float:
    lasting, of_type, of_group, drift, type_drift, shock, memory = parameters[:7]
    years = abs((one["date"] - other["date"]).days) / 365.25
    same_type = one["election_type"] == other["election_type"]
    fading = np.exp(-years / memory)
    total = lasting**2 + drift**2 * fading
    if same_type:
        total += of_type**2 + type_drift**2 * fading
    if one["type_group"] == other["type_group"]:
        total += of_group**2
    if len(parameters) > 7:
        days = sorted(set(CONTESTS["date"]))
        larger = parameters[7 + days.index(one["date"])] * parameters[7 + days.index(other["date"])]
        shock = shock * np.sqrt(larger)
    if one["date"] == other["date"]:
        total += 0.9 * shock**2
    if one["election"] == other["election"]:
        total += 0.1 * shock**2
    return total


@dataclass
class DenseProcess:
    """All places x contests as one Gaussian vector, with linear effects and observations."""

    parent: np.ndarray
    level: np.ndarray
    parameters: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        count = len(CONTESTS)
        kernels = [self.level_covariance(level) for level in range(len(self.parameters))]
        lines = [self.line(node) for node in range(len(self.parent))]
        size = len(self.parent) * count
        self.covariance = np.empty((size, size))
        for one, mine in enumerate(lines):
            for other, theirs in enumerate(lines):
                shared = set(mine) & set(theirs)
                block = sum(kernels[self.level[node]] for node in shared) + MEAN_SD**2
                self.covariance[
                    one * count : (one + 1) * count, other * count : (other + 1) * count
                ] = block

    def level_covariance(self, level: int) -> np.ndarray:
        """Return the covariance of a level's own deviations over contests."""
        rows = [row for _, row in CONTESTS.iterrows()]
        own = self.parameters[level]
        return np.array([[kernel(own, one, other) for other in rows] for one in rows])

    def line(self, node: int) -> list[int]:
        found = [node]
        while self.parent[node] >= 0:
            node = self.parent[node]
            found.append(node)
        return found

    def condition(
        self,
        picks: np.ndarray,
        values: np.ndarray,
        variances: np.ndarray,
        ask: np.ndarray,
    ) -> tuple[float, np.ndarray, np.ndarray]:
        """Return log density of `values`, and mean and covariance of `ask` given them.

        `picks` and `ask` are matrices that take observed and asked quantities from the vector
        of all places x contests, less their mean.
        """
        cross = ask @ self.covariance @ picks.T
        seen = picks @ self.covariance @ picks.T + np.diag(variances)
        inverse = np.linalg.inv(seen)
        log_density = -0.5 * (
            values @ inverse @ values + np.linalg.slogdet(seen)[1] + len(values) * np.log(2 * np.pi)
        )
        mean = cross @ inverse @ values
        return log_density, mean, ask @ self.covariance @ ask.T - cross @ inverse @ cross.T


@dataclass
class DenseAnswer:
    log_evidence: float
    mean: np.ndarray
    covariance: np.ndarray


def dense_answer(
    tree: Tree,
    parameters: tuple[tuple[float, ...], ...],
    priors: tuple[np.ndarray, np.ndarray],
    asked: np.ndarray,
) -> DenseAnswer:
    """Return evidence and joint posterior of the target contest at the `asked` places."""
    process = DenseProcess(tree.parent, tree.level, parameters)
    size = len(process.covariance)
    flat_designs = tree.designs.reshape(size, tree.designs.shape[-1])
    means, sds = priors
    # Linear effects are more Gaussian unknowns: widen every quantity by its design.
    process.covariance = process.covariance + flat_designs @ np.diag(sds**2) @ flat_designs.T
    seen = np.flatnonzero(tree.weights.ravel() > 0)
    everything = np.eye(size)
    wanted = everything[asked * len(CONTESTS) + TARGET]
    offset = flat_designs @ means
    log_density, mean, covariance = process.condition(
        everything[seen],
        tree.values.ravel()[seen] - offset[seen],
        1 / tree.weights.ravel()[seen],
        wanted,
    )
    return DenseAnswer(log_density, mean + wanted @ offset, covariance)


# --- the package ---------------------------------------------------------------------------------


def passed(tree: Tree, *parameters: tuple[tuple[float, ...], ...]) -> Upward:
    """Pass messages for several settings of the levels' parameters at once."""
    kernels = ContestKernel.of(CONTESTS)
    covariances = {
        level: kernels.covariance(np.array([log_parameters(one[level]) for one in parameters]))
        for level in range(3)
    }
    covariances[0] = covariances[0] + MEAN_SD**2
    return upward(tree, covariances, [2, 1, 0], {})


class UnitNoise:
    """A stand-in for a generator: draw k has noise 1 in slot k and 0 elsewhere, draw 0 none.

    Drawing with it shows the linear map from noise to draws, and so the exact mean and
    covariance of what would be drawn.
    """

    def __init__(self) -> None:
        self.slot = 0

    def standard_normal(self, shape: tuple[int, ...], dtype: type = float) -> np.ndarray:
        noise = np.zeros(shape, dtype=dtype).reshape(-1, shape[-1])
        for row in noise:
            self.slot += 1
            row[self.slot] = 1.0
        return noise.reshape(shape)


def drawn_moments(
    tree: Tree,
    up: Upward,
    which: int,
    priors: tuple[np.ndarray, np.ndarray],
    leaves: np.ndarray = LEAVES,
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and covariance of the drawn logits of the leaves, from their linear map."""
    means, sds = priors
    center, precision = effects_posterior(up.nodes[0].up.quadratic[:, 0], means, sds)
    slots = 2 + len(means) + len(tree.parent) * len(CONTESTS) + 2 * len(leaves)
    effects = np.tile(center[which], (slots, 1))
    factor = np.linalg.cholesky(np.linalg.inv(precision[which]))
    effects[slots - len(means) :] += factor.T
    draw = Draw(tree, up.nodes, np.full(slots, which), effects, TARGET)
    noise = UnitNoise()
    vectors = draw_inner(draw, noise)
    # So many voters that chance leaves no trace, and the share tells the logit.
    targets = Targets.before_the_count(leaves, np.full(len(leaves), 1e15))
    shares = draw_targets(draw, targets, vectors, [noise] * 3).astype(float)
    assert noise.slot < slots - len(means)  # else the noise of two slots would mix
    logits = np.log(shares / (1 - shares))
    away = logits[:, 1:] - logits[:, :1]
    return logits[:, 0] - tree.center, away @ away.T


PRIORS = (np.array([0.05, -0.1]), np.array([0.3, 0.15]))
OTHER = (
    (0.0, 0.8, 0.2, 0.4, 0.05, 0.1, 20.0, 0.5, 2.0, 1.0, 6.0, 1.5),
    (0.05, 0.3, 0.02, 0.05, 0.2, 0.02, 5.0),
    (0.1, 0.3, 0.2, 0.02, 0.03, 0.3, 30.0),
)
USUAL = (ROOT, DISTRICT, AREA)


@pytest.mark.parametrize("seed", range(6))
def test_the_evidence_is_that_of_the_dense_process(seed: int) -> None:
    tree = random_tree(seed)
    up = passed(tree, USUAL, OTHER)
    ours = log_evidence(up.nodes[0].up, *PRIORS)
    for number, parameters in enumerate((USUAL, OTHER)):
        dense = dense_answer(tree, parameters, PRIORS, LEAVES)
        np.testing.assert_allclose(ours[number], dense.log_evidence, atol=2e-5)


@pytest.mark.parametrize("seed", range(6))
def test_the_draws_have_the_dense_process_mean_and_covariance(seed: int) -> None:
    tree = random_tree(seed)
    up = passed(tree, USUAL, OTHER)
    for number, parameters in enumerate((USUAL, OTHER)):
        dense = dense_answer(tree, parameters, PRIORS, LEAVES)
        mean, covariance = drawn_moments(tree, up, number, PRIORS)
        np.testing.assert_allclose(mean, dense.mean, atol=1e-5)
        np.testing.assert_allclose(covariance, dense.covariance, atol=1e-5)


def test_the_inner_nodes_are_drawn_as_the_dense_process_says() -> None:
    tree = random_tree(3, effects=0)
    none = (np.empty(0), np.empty(0))
    up = passed(tree, USUAL)
    inner = np.array([0, 1, 2])
    dense = dense_answer(tree, USUAL, none, inner)
    slots = 1 + len(inner) * len(CONTESTS)
    draw = Draw(tree, up.nodes, np.zeros(slots, dtype=int), np.zeros((slots, 0)), TARGET)
    vectors = draw_inner(draw, UnitNoise())
    values = np.concatenate([vectors[0][:1], vectors[1][:2]])[:, TARGET].astype(float)
    away = values[:, 1:] - values[:, :1]
    np.testing.assert_allclose(values[:, 0], dense.mean, atol=1e-5)
    np.testing.assert_allclose(away @ away.T, dense.covariance, atol=1e-5)


def test_many_draws_have_the_mixture_mean_and_variance_over_parameters() -> None:
    """Half the draws belong to each of two parameter settings; the real generator is used."""
    tree = random_tree(4, effects=0)
    none = (np.empty(0), np.empty(0))
    up = passed(tree, USUAL, OTHER)
    count = 40_000
    which = np.arange(count) % 2
    draw = Draw(tree, up.nodes, which, np.zeros((count, 0)), TARGET)
    rng = np.random.default_rng(5)
    targets = Targets.before_the_count(LEAVES, np.full(len(LEAVES), 1e15))
    shares = draw_targets(draw, targets, draw_inner(draw, rng), rng.spawn(2)).astype(float)
    logits = np.log(shares / (1 - shares)) - CENTER
    for number, parameters in enumerate((USUAL, OTHER)):
        dense = dense_answer(tree, parameters, none, LEAVES)
        own = logits[:, which == number]
        error = np.sqrt(np.diag(dense.covariance) / own.shape[1])
        assert (np.abs(own.mean(axis=1) - dense.mean) < 4.5 * error).all()
        np.testing.assert_allclose(np.cov(own), dense.covariance, rtol=0.06, atol=0.004)


# --- totals --------------------------------------------------------------------------------------


@dataclass
class City:
    """A city with totals of some contests and areas' results of others."""

    parent: np.ndarray
    level: np.ndarray
    size: np.ndarray
    area_contests: tuple[int, ...]
    total_contests: tuple[int, ...]

    @property
    def leaves(self) -> np.ndarray:
        return np.flatnonzero(self.level == 2)

    def mean_of(self, node: int) -> np.ndarray:
        """Return the registered-weighted mean over the leaves below a node."""
        below = [leaf for leaf in self.leaves if node in self.line(leaf)]
        weights = np.zeros(len(self.parent))
        weights[below] = self.size[below] / self.size[below].sum()
        return weights

    def line(self, node: int) -> list[int]:
        found = [node]
        while self.parent[node] >= 0:
            node = self.parent[node]
            found.append(node)
        return found

    def spread_of(self, node: int) -> np.ndarray:
        """Return the sum of squared shares of the places of each level below a node."""
        spread = np.zeros(3)
        for other in range(len(self.parent)):
            if node in self.line(other):
                share = sum(
                    w for leaf, w in enumerate(self.mean_of(node)) if w and other in self.line(leaf)
                )
                spread[self.level[other]] += share**2
        return spread


def a_city(seed: int, unequal: float, **contests: tuple[int, ...]) -> City:
    rng = np.random.default_rng(seed)
    parent = np.array([-1, 0, 0, 0, *np.repeat([1, 2, 3], 4)])
    level = np.array([0, 1, 1, 1, *[2] * 12])
    size = np.where(level == 2, rng.lognormal(0, unequal, len(level)), 0.0)
    return City(parent, level, size, **contests)


AREA_NOISE, TOTAL_NOISE = 0.002, 1e-5


def tree_of(city: City, truth: np.ndarray) -> Tree:
    """Return the tree that observes `truth` (nodes x contests, logit) without Jensen's term."""
    shape = truth.shape
    seen = np.zeros(shape, dtype=bool)
    seen[np.ix_(city.leaves, np.array(city.area_contests, dtype=int))] = True
    nodes = np.array([0])
    totals = np.full((1, shape[1]), np.nan)
    for contest in city.total_contests:
        totals[0, contest] = city.mean_of(0) @ truth[:, contest]
    return Tree(
        city.parent,
        city.level,
        np.where(seen, truth, 0.0),
        np.where(seen, 1 / AREA_NOISE, 0.0),
        np.zeros((*shape, 0)),
        np.ones(0, dtype=bool),
        Totals(nodes, np.array([city.spread_of(0)]), totals, np.full(totals.shape, TOTAL_NOISE)),
        0.0,
    )


def picks_of(city: City) -> tuple[np.ndarray, np.ndarray]:
    """Return what is observed as rows over all places x contests, and its sampling variance."""
    count = len(CONTESTS)
    rows, variances = [], []
    for contest in city.area_contests:
        for leaf in city.leaves:
            row = np.zeros((len(city.parent), count))
            row[leaf, contest] = 1.0
            rows.append(row.ravel())
            variances.append(AREA_NOISE)
    for contest in city.total_contests:
        row = np.zeros((len(city.parent), count))
        row[:, contest] = city.mean_of(0)
        rows.append(row.ravel())
        variances.append(TOTAL_NOISE)
    return np.array(rows), np.array(variances)


def with_composition(process: DenseProcess, spread: np.ndarray) -> np.ndarray:
    """Add the total's composition to the process: a vector over contests unrelated to all else.

    Returns the factor by which Jensen's term stretches a total's logit, per contest.
    """
    levels = {level: process.level_covariance(level) for level in (1, 2)}
    size, count = len(process.covariance), len(CONTESTS)
    whole = np.zeros((size + count, size + count))
    whole[:size, :size] = process.covariance
    whole[size:, size:] = sum(spread[level] * own for level, own in levels.items())
    process.covariance = whole
    within = sum((1 - spread[level]) * np.diag(own) for level, own in levels.items())
    return np.sqrt(1 + np.pi / 8 * within)


def test_totals_are_what_their_docstring_says() -> None:
    """The message of totals is that of a place of its own below the node, Jensen's term included.

    The density is that of the observed logits, so stretching them costs a factor.
    """
    city = a_city(1, 0.5, area_contests=(0, 4), total_contests=(1, 2, 3))
    truth = np.random.default_rng(2).normal(0.4, 0.3, (len(city.parent), len(CONTESTS)))
    tree = tree_of(city, truth)
    up = passed(tree, USUAL)
    process = DenseProcess(city.parent, city.level, USUAL)
    size, count = len(process.covariance), len(CONTESTS)
    stretch = with_composition(process, city.spread_of(0))
    rows, variances = picks_of(city)
    values = rows @ truth.ravel()
    rows = np.pad(rows, ((0, 0), (0, count)))
    totals = np.arange(len(rows) - len(city.total_contests), len(rows))
    for row, contest in zip(totals, city.total_contests, strict=True):
        rows[row] = 0.0
        rows[row, [contest, size + contest]] = 1.0
        values[row] *= stretch[contest]
        variances[row] *= stretch[contest] ** 2
    ask = np.zeros((len(city.leaves), size + count))
    ask[np.arange(len(city.leaves)), city.leaves * count + TARGET] = 1.0
    density, mean, covariance = process.condition(rows, values, variances, ask)
    none = (np.empty(0), np.empty(0))
    ours = log_evidence(up.nodes[0].up, *none)[0]
    jacobian = np.log(stretch[list(city.total_contests)]).sum()
    np.testing.assert_allclose(ours, density + jacobian, atol=2e-5)
    drawn_mean, drawn_covariance = drawn_moments(tree, up, 0, none, city.leaves)
    np.testing.assert_allclose(drawn_mean, mean, atol=2e-5)
    np.testing.assert_allclose(drawn_covariance, covariance, atol=2e-5)


@pytest.mark.parametrize("unequal", [0.0, 1.2])
@pytest.mark.parametrize(
    "contests",
    [
        {"area_contests": (0, 4), "total_contests": (1, 2, 3)},
        {"area_contests": (4,), "total_contests": (0, 1, 2, 3)},
        {"area_contests": (), "total_contests": (0, 1, 2, 3, 4)},
    ],
)
def test_totals_cost_no_more_than_their_docstring_says(
    unequal: float, contests: dict[str, tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against totals as weighted sums of leaves, in a city small enough to make it matter.

    s^2 is the prior variance of the city's composition at the target contest. The excess variance
    of the forecast of the total lies between 0 and 2 s^2, and the median is off by less than s
    (root mean square over panels drawn from the process itself).
    """
    monkeypatch.setattr("turnout.models.tree._JENSEN", 0.0)
    city = a_city(3, unequal, **contests)
    process = DenseProcess(city.parent, city.level, USUAL)
    rows, variances = picks_of(city)
    count = len(CONTESTS)
    total = np.zeros((len(city.parent), count))
    total[:, TARGET] = city.mean_of(0)
    spread = city.spread_of(0)
    composition = sum(
        spread[level] * process.level_covariance(level)[TARGET, TARGET] for level in (1, 2)
    )
    rng = np.random.default_rng(4)
    factor = np.linalg.cholesky(process.covariance + 1e-12 * np.eye(len(process.covariance)))
    none = (np.empty(0), np.empty(0))
    share = city.mean_of(0)[city.leaves]
    errors = []
    for _ in range(30):
        truth = (factor @ rng.standard_normal(len(factor))).reshape(-1, count)
        tree = tree_of(city, truth)
        mean, covariance = drawn_moments(tree, passed(tree, USUAL), 0, none, city.leaves)
        values = rows @ truth.ravel()
        _, exact, exact_variance = process.condition(rows, values, variances, total.reshape(1, -1))
        errors.append(share @ mean - exact[0])
    excess = share @ covariance @ share - exact_variance[0, 0]
    assert -1e-5 < excess < 2 * composition
    assert np.sqrt(np.mean(np.square(errors))) < np.sqrt(composition)
