"""The messages against a dense Gaussian process that is written apart.

The process below shares no code with the package: its kernel is a double loop over the formula
of the model's description, its covariance is one matrix over all places x contests, and it
conditions by a plain solve. Only the input (the tree's arrays and the contests' table) is shared.
"""

from dataclasses import dataclass, replace
from threading import Lock
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import block_diag

from turnout.models.tree.blocks import block_of, direct_nodes, groups_of
from turnout.models.tree.crown import draw_crown
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.messages import Message, effects_posterior, log_evidence
from turnout.models.tree.night_scatter import NightScatter
from turnout.models.tree.priors import DEFAULT
from turnout.models.tree.root import RootProcess
from turnout.models.tree.sampling import Batch, Targets, draw_inner, draw_targets
from turnout.models.tree.shared import draw_block
from turnout.models.tree.streams import Streams
from turnout.models.tree.totals import Composition, Totals
from turnout.models.tree.upward_pass import Tree, Upward, upward

CONTESTS = pd.DataFrame(
    {
        "election": ["a", "b", "c", "d", "e", "f"],
        "date": pd.to_datetime(
            ["2009-04-09", "2013-06-29", "2014-04-09", "2014-04-09", "2018-06-27", "2024-11-27"]
        ),
        "election_type": ["pileg", "musyawarah", "pileg", "dpd", "pilkada", "pilkada"],
        "type_group": ["pemilu", "musyawarah", "pemilu", "pemilu", "pilkada", "pilkada"],
    }
)
TARGET = 5
# Of the root: its mean, what a higher office adds, what nobody knows of a type, the random walk.
MEAN_SD, KIND, KIND_SD, UNKNOWN_SD, WALK = 0.8, 0.7, 0.3, 0.23, 0.04
# How high the highest office of each contest's day stands, .5 where nobody knows.
SCORES = np.array([0.8, 0.5, 0.8, 0.8, 0.3, 0.3])
OFFICES = {
    "pileg": {"national parliament", "regional parliament"},
    "dpd": {"national parliament"},
    "pilkada": {"governor", "mayor"},
    "musyawarah": {"nobody knows"},
}
CENTER = 0.62 + KIND * (SCORES - 0.5)
PROCESS = RootProcess.of(replace(DEFAULT, mean=0.62, mean_sd=MEAN_SD), ContestKernel.of(CONTESTS))
# Standard deviations of a level: lasting, type, group, drift, drift in type, shock; then years.
# The root's are followed by how large the shock of each of the five polling days is.
ROOT = (0.0, 0.5, 0.3, 0.2, 0.15, 0.25, 8.0, 1.0, 1.0, 1.0, 1.0, 1.0)
DISTRICT = (0.2, 0.1, 0.15, 0.12, 0.08, 0.1, 12.0)
AREA = (0.3, 0.12, 0.05, 0.15, 0.1, 0.12, 15.0)
# Root; two districts; five areas below them; an area and a district without areas at the root.
PARENT = np.array([-1, 0, 0, 0, 1, 1, 1, 2, 2, 0])
LEVEL = np.array([0, 1, 1, 1, 2, 2, 2, 2, 2, 2])
LEAVES = np.array([3, 4, 5, 6, 7, 8, 9])


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
        PARENT,
        LEVEL,
        values,
        weights,
        designs,
        np.ones(effects, dtype=bool),
        Totals.none(len(PARENT)),
        PROCESS.mean,
    )


def log_parameters(parameters: tuple[float, ...]) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.log(np.array(parameters))


# --- the dense process -------------------------------------------------------------------------


def alike(one: pd.Series, other: pd.Series) -> float:
    """Return how much two types have in common: a fifth is a type's own, the rest its offices'."""
    mine, theirs = OFFICES[one["election_type"]], OFFICES[other["election_type"]]
    cosine = len(mine & theirs) / np.sqrt(len(mine) * len(theirs))
    return 0.8 * cosine + 0.2 * (one["election_type"] == other["election_type"])


def at_the_root() -> np.ndarray:
    """Return what the root adds to the covariance of any two contests."""
    rows = [row for _, row in CONTESTS.iterrows()]
    first = CONTESTS["date"].min()
    added = np.full((len(rows), len(rows)), MEAN_SD**2)
    for a, one in enumerate(rows):
        for b, other in enumerate(rows):
            added[a, b] += KIND_SD**2 * (SCORES[a] - 0.5) * (SCORES[b] - 0.5)
            both = min(one["date"], other["date"]) - first
            added[a, b] += WALK**2 * both.days / 365.25
            if one["election_type"] == other["election_type"] == "musyawarah":
                added[a, b] += UNKNOWN_SD**2
    return added


def kernel(parameters: tuple[float, ...], one: pd.Series, other: pd.Series) -> float:
    lasting, of_type, of_group, drift, type_drift, shock, memory = parameters[:7]
    years = abs((one["date"] - other["date"]).days) / 365.25
    fading = np.exp(-years / memory)
    total = lasting**2 + drift**2 * fading
    total += alike(one, other) * (of_type**2 + type_drift**2 * fading)
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
        size, root = len(self.parent) * count, at_the_root()
        self.covariance = np.empty((size, size))
        for one, mine in enumerate(lines):
            for other, theirs in enumerate(lines):
                shared = set(mine) & set(theirs)
                block = sum(kernels[self.level[node]] for node in shared) + root
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
    covariances[0] = covariances[0] + PROCESS.covariance
    return upward(tree, covariances, [2, 1, 0], {})


class UnitNoise:
    """A stand-in for a generator: draw k has noise 1 in slot k and 0 elsewhere, draw 0 none.

    Drawing with it shows the linear map from noise to draws, and so the exact mean and
    covariance of what would be drawn.
    """

    def __init__(self) -> None:
        self.slot = 0
        self.lock = Lock()

    def spawn(self, count: int) -> list["UnitNoise"]:
        return [self] * count

    def standard_normal(self, shape: tuple[int, ...], dtype: type = float) -> np.ndarray:
        noise = np.zeros(shape, dtype=dtype).reshape(-1, shape[-1])
        with self.lock:
            first, self.slot = self.slot + 1, self.slot + len(noise)
        noise[np.arange(len(noise)), first + np.arange(len(noise))] = 1.0
        return noise.reshape(shape)


@dataclass
class Count:
    """A count in progress in the leaves: stations counted of so many, which scatter by `sd`."""

    counted: np.ndarray
    stations: int
    sd: float

    @property
    def selection(self) -> np.ndarray:
        """Variance of the mean of the counted stations about the mean of all."""
        begun = np.where(self.counted > 0, self.counted, np.inf)
        return (1 - self.counted / self.stations) * self.sd**2 / begun

    @property
    def leverage(self) -> np.ndarray:
        return self.counted / (self.stations - self.counted)


def drawn_moments(
    tree: Tree,
    up: Upward,
    which: int,
    priors: tuple[np.ndarray, np.ndarray],
    leaves: np.ndarray = LEAVES,
    count: Count | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and covariance of the drawn logits of the leaves, from their linear map."""
    means, sds = priors
    center, precision = effects_posterior(up.nodes[0].up.quadratic[:, 0], means, sds)
    slots = 2 + len(means) + 4 * len(tree.parent) * len(CONTESTS)
    effects = np.tile(center[which], (slots, 1))
    factor = np.linalg.cholesky(np.linalg.inv(precision[which]))
    effects[slots - len(means) :] += factor.T
    batch = Batch(tree, up.nodes, np.full(slots, which), effects, TARGET)
    noise = UnitNoise()
    streams = Streams.of_one(noise, len(tree.parent))
    vectors = draw_inner(batch, streams)
    # So many voters that chance leaves no trace, and the share tells the logit.
    targets = Targets.before_the_count(leaves, np.full(len(leaves), 1e15))
    if count is not None:
        targets = replace(targets, selection=count.selection, leverage=count.leverage)
    shares = draw_targets(batch, targets, vectors, streams).astype(float)
    assert noise.slot < slots - len(means)  # else the noise of two slots would mix
    logits = np.log(shares / (1 - shares))
    away = logits[:, 1:] - logits[:, :1]
    return logits[:, 0] - CENTER[TARGET], away @ away.T


@dataclass
class OneSetting:
    """What the crown needs of the state of inference, for one setting of the parameters."""

    tree: Tree
    up: Upward
    covariances: dict[int, np.ndarray]
    which: int
    effects: np.ndarray
    scatter = None

    @property
    def posterior(self) -> SimpleNamespace:
        def pick(count: int, _: object) -> np.ndarray:
            return np.zeros(count, dtype=int)

        return SimpleNamespace(pick=pick, draws=np.zeros((1, 1)))

    def batches(self, rows: np.ndarray, _: int) -> list[np.ndarray]:
        return [np.arange(len(rows))]

    def numbers(self, parameters: np.ndarray) -> np.ndarray:
        return np.zeros(len(parameters), dtype=int)

    def fixed_on_the_night(self, _: int) -> dict[int, np.ndarray]:
        return {2: self.covariances[2][[self.which]]}

    def integrated_on_the_night(self, _: np.ndarray) -> dict[int, np.ndarray]:
        return {level: self.covariances[level][[self.which]] for level in (1, 0)}

    def draw_above(self, rows: np.ndarray, target: int, _: object) -> Batch:
        own = self.up.nodes[0]
        parts = {
            "up": Message(*(part[[self.which]] for part in vars(own.up).values())),
            "covariance": own.covariance[[self.which]],
            "posterior": own.posterior[[self.which]],
            "own": Composition(*(part[[self.which]] for part in vars(own.own).values())),
        }
        return Batch(self.tree, {0: replace(own, **parts)}, rows, self.effects, target)


class UnitStreams:
    """Streams of `UnitNoise`, each with slots of its own: told by a key, and always the same."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.known: list[tuple[int, ...]] = []

    def __call__(self, _: int, *key: int) -> UnitNoise:
        if key not in self.known:
            self.known.append(key)
        noise = UnitNoise()
        noise.slot = self.room * self.known.index(key)
        noise.permutation = lambda rows: rows
        return noise


def moments_in_blocks(
    tree: Tree,
    up: Upward,
    which: int,
    priors: tuple[np.ndarray, np.ndarray],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and covariance of the leaves as `drawn_moments`, each block drawn by itself."""
    means, sds = priors
    center, precision = effects_posterior(up.nodes[0].up.quadratic[:, 0], means, sds)
    room = 2 * tree.values.size
    slots = 4 * room + len(means)
    effects = np.tile(center[which], (slots, 1))
    effects[slots - len(means) :] += np.linalg.cholesky(np.linalg.inv(precision[which])).T
    streams = UnitStreams(room)
    for name in ("crown.stream", "shared.place_stream"):
        monkeypatch.setattr(f"turnout.models.tree.{name}", streams)
    targets = Targets.before_the_count(LEAVES, np.full(len(LEAVES), 1e15))
    direct, *blocks = (
        block_of(tree, [nodes], [(number,)], targets, KnownTotals.none())
        for number, nodes in enumerate([direct_nodes(tree), *groups_of(tree)])
    )
    state = OneSetting(tree, up, {n: own.covariance[:, 0] for n, own in up.nodes.items()}, which,
                       effects)  # fmt: skip
    crown = draw_crown(state, direct, blocks, TARGET, (slots, 1))
    shares = np.empty((len(LEAVES), slots))
    shares[direct.rows] = crown.shares
    for block in reversed(blocks):
        shares[block.rows] = draw_block(block, crown.shared)
    logits = np.log(shares / (1 - shares))
    away = logits[:, 1:] - logits[:, :1]
    return logits[:, 0] - CENTER[TARGET], away @ away.T


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


class DenseNight(DenseProcess):
    """The process whose places scatter `size` times as much about what their past says.

    A level's deviations over contests are taken apart into the others' and what of the target's
    they leave open, the latter is scaled, and all is put together again.
    """

    size = 1.0

    def level_covariance(self, level: int) -> np.ndarray:
        plain = super().level_covariance(level)
        if level == 0:
            return plain
        past = [contest for contest in range(len(CONTESTS)) if contest != TARGET]
        build = np.eye(len(CONTESTS))
        build[TARGET, past] = plain[TARGET, past] @ np.linalg.inv(plain[np.ix_(past, past)])
        parts = plain.copy()
        parts[TARGET, :] = parts[:, TARGET] = 0.0
        left = plain[TARGET, TARGET] - build[TARGET, past] @ plain[past, TARGET]
        parts[TARGET, TARGET] = self.size**2 * left
        return build @ parts @ build.T


def counted_tree(seed: int) -> Tree:
    """Return a tree of which some leaves have reported in the target contest."""
    tree = random_tree(seed)
    rng = np.random.default_rng(100 + seed)
    values, weights = tree.values.copy(), tree.weights.copy()
    some = LEAVES[:3]
    values[some, TARGET] = rng.normal(0.3, 0.5, len(some))
    weights[some, TARGET] = rng.uniform(200, 2_000, len(some))
    return replace(tree, values=values, weights=weights)


@pytest.mark.parametrize("number", [1, 6])
@pytest.mark.parametrize("seed", range(3))
def test_a_night_that_scatters_more_is_the_dense_process_that_does(
    seed: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, night = counted_tree(seed), NightScatter(TARGET, 0.4)
    size = night.sizes[number]
    np.testing.assert_allclose(size, np.exp(0.4 * night.STEPS[number]))
    kernels = ContestKernel.of(CONTESTS)
    covariances = {
        level: kernels.covariance(log_parameters(USUAL[level])[None]) for level in range(3)
    }
    covariances = {
        level: night.scaled(one, size) if level else one + PROCESS.covariance
        for level, one in covariances.items()
    }
    up = upward(tree, covariances, [2, 1, 0], {})
    monkeypatch.setattr(DenseNight, "size", size)
    monkeypatch.setitem(globals(), "DenseProcess", DenseNight)
    out = LEAVES[3:]
    dense = dense_answer(tree, USUAL, PRIORS, out)
    ours = log_evidence(up.nodes[0].up, *PRIORS)
    np.testing.assert_allclose(ours[0], dense.log_evidence, atol=2e-5)
    mean, covariance = drawn_moments(tree, up, 0, PRIORS, out)
    np.testing.assert_allclose(mean, dense.mean, atol=1e-5)
    np.testing.assert_allclose(covariance, dense.covariance, atol=1e-5)


def test_the_inner_nodes_are_drawn_as_the_dense_process_says() -> None:
    tree = random_tree(3, effects=0)
    none = (np.empty(0), np.empty(0))
    up = passed(tree, USUAL)
    inner = np.array([0, 1, 2])
    dense = dense_answer(tree, USUAL, none, inner)
    slots = 1 + len(inner) * len(CONTESTS)
    batch = Batch(tree, up.nodes, np.zeros(slots, dtype=int), np.zeros((slots, 0)), TARGET)
    vectors = draw_inner(batch, Streams.of_one(UnitNoise(), len(tree.parent)))
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
    batch = Batch(tree, up.nodes, which, np.zeros((count, 0)), TARGET)
    streams = Streams.of_one(np.random.default_rng(5), len(tree.parent))
    targets = Targets.before_the_count(LEAVES, np.full(len(LEAVES), 1e15))
    vectors = draw_inner(batch, streams)
    shares = draw_targets(batch, targets, vectors, streams).astype(float)
    logits = np.log(shares / (1 - shares)) - CENTER[TARGET]
    for number, parameters in enumerate((USUAL, OTHER)):
        dense = dense_answer(tree, parameters, none, LEAVES)
        own = logits[:, which == number]
        error = np.sqrt(np.diag(dense.covariance) / own.shape[1])
        assert (np.abs(own.mean(axis=1) - dense.mean) < 4.5 * error).all()
        np.testing.assert_allclose(np.cov(own), dense.covariance, rtol=0.06, atol=0.004)


def test_only_children_without_a_variance_of_their_own_are_their_parents() -> None:
    """The draws of three levels are the dense process's of two."""
    rng = np.random.default_rng(7)
    shape = (4, len(CONTESTS))
    known = rng.random(shape) > 0.3
    known[0], known[:, TARGET] = False, False
    weights = np.where(known, rng.uniform(5, 2_000, shape), 0.0)
    values = np.where(known, rng.normal(0.3, 0.5, shape), 0.0)
    few = Tree(
        np.array([-1, 0, 0, 0]),
        np.array([0, 1, 1, 1]),
        values,
        weights,
        rng.normal(size=(*shape, 2)),
        np.ones(2, dtype=bool),
        Totals.none(4),
        PROCESS.mean,
    )
    above = np.zeros((3, len(CONTESTS)))
    chains = replace(
        few,
        parent=np.array([-1, 0, 0, 0, 1, 2, 3]),
        level=np.array([0, 1, 1, 1, 2, 2, 2]),
        values=np.concatenate([values[:1], above, values[1:]]),
        weights=np.concatenate([weights[:1], above, weights[1:]]),
        designs=np.concatenate([few.designs, few.designs[1:]]),
        totals=Totals.none(7),
    )
    nothing = (0.0,) * 6 + (15.0,)
    assert chains.is_as_above(2)
    assert not few.is_as_above(1)
    up = passed(chains, (ROOT, DISTRICT, nothing))
    dense = dense_answer(few, (ROOT, DISTRICT), PRIORS, np.array([1, 2, 3]))
    np.testing.assert_allclose(
        log_evidence(up.nodes[0].up, *PRIORS)[0], dense.log_evidence, atol=2e-5
    )
    mean, covariance = drawn_moments(chains, up, 0, PRIORS, np.array([4, 5, 6]))
    np.testing.assert_allclose(mean, dense.mean, atol=1e-5)
    np.testing.assert_allclose(covariance, dense.covariance, atol=1e-5)


# --- totals --------------------------------------------------------------------------------------


AREA_NOISE, TOTAL_NOISE = 0.002, 1e-4


def line(parent: np.ndarray, node: int) -> list[int]:
    found = [node]
    while parent[node] >= 0:
        node = parent[node]
        found.append(node)
    return found


@dataclass
class Total:
    """A total of some leaves below a node in one contest, by their registered voters."""

    node: int
    contest: int
    leaves: list[int]


def weights_of(total: Total, size: np.ndarray) -> np.ndarray:
    weights = np.zeros(len(size))
    weights[total.leaves] = size[total.leaves] / size[total.leaves].sum()
    return weights


def totals_for(parent: np.ndarray, size: np.ndarray, totals: list[Total], values: dict) -> Totals:
    """Write the same totals as the package wants them: shares of every node in its parent."""
    contests = np.unique([total.contest for total in totals])
    shape = (len(parent), len(contests))
    mass, shares = np.zeros(shape), np.zeros(shape)
    logits, noise = np.full(shape, np.nan), np.full(shape, np.nan)
    for total in totals:
        column = int(np.searchsorted(contests, total.contest))
        for leaf in total.leaves:
            for node in line(parent, leaf):
                if node == total.node:
                    break
                mass[node, column] += size[leaf]
        logits[total.node, column] = values[total.node, total.contest]
        noise[total.node, column] = TOTAL_NOISE
    for node in range(1, len(parent)):
        whole = mass[parent == parent[node]].sum(axis=0)
        shares[node] = np.divide(mass[node], whole, out=np.zeros(shape[1]), where=whole > 0)
    return Totals(contests, shares, logits, noise, np.zeros((*shape, 3)))


# Totals of the city and of a district, some in the same contest, of all leaves or of the rest.
SIZES = np.array([0, 0, 0, 5.0, 1.0, 3.0, 0.5, 2.0, 4.0, 1.5])
CASES = {
    "the city's": [Total(0, 1, [3, 4, 5, 6, 7, 8, 9]), Total(0, 4, [3, 4, 5, 6, 7, 8, 9])],
    "a district's": [Total(1, 1, [4, 5, 6]), Total(2, 1, [7, 8]), Total(1, 2, [4, 5, 6])],
    "the rest": [Total(0, 1, [3, 4, 9]), Total(1, 3, [4, 6]), Total(0, 4, [9])],
    "both": [
        Total(0, 1, [3, 4, 5, 6, 7, 8, 9]),
        Total(2, 2, [7, 8]),
        Total(0, 2, [3, 4, 5, 6, 9]),
        Total(1, 3, [4, 5, 6]),
        Total(0, 4, [3, 4, 5, 6, 7, 8, 9]),
        Total(1, 4, [4, 5, 6]),
    ],
}


def with_totals(seed: int, totals: list[Total]) -> tuple[Tree, dict]:
    rng = np.random.default_rng(seed)
    tree = random_tree(seed)
    values = {(total.node, total.contest): rng.normal(0.8, 0.2) for total in totals}
    return replace(tree, totals=totals_for(PARENT, SIZES, totals, values)), values


def dense_with_totals(
    tree: Tree, totals: list[Total], values: dict, parameters: tuple[tuple[float, ...], ...]
) -> DenseAnswer:
    """Condition the dense process on the leaves' results and on weighted sums of leaves.

    A total's design of the linear effects is that of its node, as the package has it. An effect
    that is no part of turnout is in what was observed, and in no answer.
    """
    process = DenseProcess(tree.parent, tree.level, parameters)
    size, count = len(process.covariance), len(CONTESTS)
    means, sds = PRIORS
    designs = tree.designs.reshape(size, -1)
    rows, columns, observed, variances = [], [], [], []
    for cell in np.flatnonzero(tree.weights.ravel() > 0):
        rows.append(np.eye(size)[cell])
        columns.append(designs[cell])
        observed.append(tree.values.ravel()[cell])
        variances.append(1 / tree.weights.ravel()[cell])
    for total in totals:
        row = np.zeros((len(tree.parent), count))
        row[:, total.contest] = weights_of(total, SIZES)
        rows.append(row.ravel())
        columns.append(designs[total.node * count + total.contest])
        observed.append(values[total.node, total.contest] - CENTER[total.contest])
        variances.append(TOTAL_NOISE)
    # Effects are more unknowns behind the places: one vector holds both.
    whole = np.zeros((size + 2, size + 2))
    whole[:size, :size], whole[size:, size:] = process.covariance, np.diag(sds**2)
    process.covariance = whole
    picks = np.hstack([np.array(rows), np.array(columns)])
    cells = LEAVES * count + TARGET
    added = np.where(tree.of_turnout, designs[cells], 0.0)
    ask = np.hstack([np.eye(size)[cells], added])
    offset = np.array(columns) @ means
    density, mean, covariance = process.condition(
        picks, np.array(observed) - offset, np.array(variances), ask
    )
    return DenseAnswer(density, mean + added @ means, covariance)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", CASES)
def test_totals_are_weighted_sums_of_leaves(
    name: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence, mean and covariance of all leaves, for two settings of the parameters at once."""
    monkeypatch.setattr("turnout.models.tree.totals._JENSEN", 0.0)
    tree, values = with_totals(seed, CASES[name])
    up = passed(tree, USUAL, OTHER)
    ours = log_evidence(up.nodes[0].up, *PRIORS)
    for number, parameters in enumerate((USUAL, OTHER)):
        dense = dense_with_totals(tree, CASES[name], values, parameters)
        np.testing.assert_allclose(ours[number], dense.log_evidence, atol=2e-5)
        mean, covariance = drawn_moments(tree, up, number, PRIORS)
        np.testing.assert_allclose(mean, dense.mean, atol=5e-5)
        np.testing.assert_allclose(covariance, dense.covariance, atol=5e-5)
        mean, covariance = moments_in_blocks(tree, up, number, PRIORS, monkeypatch)
        np.testing.assert_allclose(mean, dense.mean, atol=5e-5)
        np.testing.assert_allclose(covariance, dense.covariance, atol=5e-5)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("of_turnout", [(True, False), (False, True), (False, False)])
def test_an_offset_of_measurement_is_learned_from_and_not_drawn(
    of_turnout: tuple[bool, bool], seed: int
) -> None:
    """Both effects have designs in past contests and in the target's."""
    tree = replace(random_tree(seed), of_turnout=np.array(of_turnout))
    assert tree.designs[LEAVES, TARGET].any(axis=0).all()
    dense = dense_with_totals(tree, [], {}, USUAL)
    mean, covariance = drawn_moments(tree, passed(tree, USUAL), 0, PRIORS)
    np.testing.assert_allclose(mean, dense.mean, atol=1e-5)
    np.testing.assert_allclose(covariance, dense.covariance, atol=1e-5)


def dense_of_stations(tree: Tree, count: Count, chance: np.ndarray) -> DenseAnswer:
    """Return what the stations not yet counted are, every station an unknown of its own.

    The stations of a leaf lie about it so that their mean is the leaf's value. The mean of the
    first is observed, with chance of single voters and the linear effects; the mean of the
    others is asked for, with the effects that are of turnout.
    """
    process = DenseProcess(tree.parent, tree.level, USUAL)
    places, stations = len(process.covariance), count.stations
    means, sds = PRIORS
    around = count.sd**2 * (np.eye(stations) - 1 / stations)
    process.covariance = block_diag(process.covariance, np.diag(sds**2), *[around] * len(LEAVES))
    designs = tree.designs.reshape(places, -1)
    targets = LEAVES * len(CONTESTS) + TARGET
    cells = np.flatnonzero(tree.weights.ravel() > 0)
    picks, ask = (np.zeros((len(rows), len(process.covariance))) for rows in (cells, targets))
    picks[np.arange(len(cells)), cells] = 1.0
    picks[:, places : places + 2] = designs[cells]
    variances = 1 / tree.weights.ravel()[cells]
    ask[np.arange(len(targets)), targets] = 1.0
    added = np.where(tree.of_turnout, designs[targets], 0.0)
    ask[:, places : places + 2] = added
    for leaf, (cell, counted) in enumerate(zip(targets, count.counted, strict=True)):
        first = places + 2 + leaf * stations
        row = cells == cell
        picks[row, first : first + counted] = 1 / max(counted, 1)
        variances[row] = chance[leaf]
        ask[leaf, first + counted : first + stations] = 1 / (stations - counted)
    observed = tree.values.ravel()[cells] - designs[cells] @ means
    density, mean, covariance = process.condition(picks, observed, variances, ask)
    return DenseAnswer(density, mean + added @ means, covariance)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_counted_is_drawn_as_the_dense_process_of_stations_says(seed: int) -> None:
    """A count in progress with a measurement's offset and an effect that is of turnout."""
    rng = np.random.default_rng(seed)
    count = Count(np.array([0, 2, 5, 9, 1, 4, 7]), stations=10, sd=0.4)
    chance = rng.uniform(0.001, 0.02, len(LEAVES))
    tree = replace(random_tree(seed), of_turnout=np.array([True, False]))
    begun = LEAVES[count.counted > 0]
    tree.values[begun, TARGET] = rng.normal(0.2, 0.4, len(begun))
    tree.weights[begun, TARGET] = (1 / (chance + count.selection))[count.counted > 0]
    up = passed(tree, USUAL)
    dense = dense_of_stations(tree, count, chance)
    np.testing.assert_allclose(
        log_evidence(up.nodes[0].up, *PRIORS)[0], dense.log_evidence, atol=2e-5
    )
    mean, covariance = drawn_moments(tree, up, 0, PRIORS, count=count)
    np.testing.assert_allclose(mean, dense.mean, atol=2e-5)
    np.testing.assert_allclose(covariance, dense.covariance, atol=2e-5)


def test_jensens_term_stretches_totals_and_its_density_is_that_of_what_is_observed() -> None:
    tree, values = with_totals(1, CASES["the city's"])
    spread = np.zeros_like(tree.totals.spread)
    spread[0] = [0, 0.3, 0.2]
    tree = replace(tree, totals=replace(tree.totals, spread=spread))
    ours = log_evidence(passed(tree, USUAL).nodes[0].up, *PRIORS)[0]
    process = DenseProcess(PARENT, LEVEL, USUAL)
    within = 0.7 * np.diag(process.level_covariance(1)) + 0.8 * np.diag(process.level_covariance(2))
    factor = np.sqrt(1 + np.pi / 8 * within)
    stretched = {key: value * factor[key[1]] for key, value in values.items()}
    # Its noise is stretched with it.
    assert len({round(float(factor[contest]), 9) for contest in (1, 4)}) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "TOTAL_NOISE", TOTAL_NOISE * factor[1] ** 2)
        dense = dense_with_totals(tree, CASES["the city's"], stretched, USUAL)
    np.testing.assert_allclose(ours, dense.log_evidence + np.log(factor[[1, 4]]).sum(), atol=2e-5)


@pytest.mark.parametrize("spread", [0.2, 0.4])
def test_jensens_term_is_right_to_a_tenth_of_a_point(spread: float) -> None:
    """The logit of a mean against the mean of the logits, leaves spread normally."""
    rng = np.random.default_rng(3)
    logits = 1.2 + spread * rng.standard_normal(200_000)
    share = (1 / (1 + np.exp(-logits))).mean()
    stretched = np.log(share / (1 - share)) * np.sqrt(1 + np.pi / 8 * spread**2)
    assert abs(1 / (1 + np.exp(-stretched)) - 1 / (1 + np.exp(-1.2))) < 0.001


def dense_given_sum(
    tree: Tree, weights: np.ndarray, away: float
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return a total, and mean and spread of the leaves' turnout given it.

    The dense process is drawn without the total, and draws count by how near their weighted sum
    of shares comes to it, within .1 points. The total lies `away` standard deviations off.
    """
    dense = dense_answer(tree, USUAL, (np.empty(0), np.empty(0)), LEAVES)
    rng = np.random.default_rng(1)
    logits = rng.multivariate_normal(dense.mean, dense.covariance, 400_000) + CENTER[TARGET]
    shares = 1 / (1 + np.exp(-logits))
    sums = shares @ weights
    total = sums.mean() + away * sums.std()
    near = np.exp(-0.5 * ((sums - total) / 0.001) ** 2)
    mean = np.average(shares, axis=0, weights=near)
    return total, mean, np.sqrt(np.average((shares - mean) ** 2, axis=0, weights=near))


def with_total_of_coming(tree: Tree, node: int, weights: np.ndarray, total: float) -> Tree:
    """Return the tree with a total of the target contest, and its Jensen's term."""
    below = LEAVES[weights > 0]
    known = Total(node, TARGET, list(below))
    totals = totals_for(PARENT, SIZES, [known], {(node, TARGET): np.log(total / (1 - total))})
    spread = np.zeros_like(totals.spread)
    of_district = [weights[PARENT[LEAVES] == district].sum() ** 2 for district in (1, 2)]
    spread[node, 0] = [0.0, sum(of_district) if node == 0 else 0.0, (weights**2).sum()]
    return replace(tree, totals=replace(totals, spread=spread))


@pytest.mark.parametrize("node", [0, 1])
@pytest.mark.parametrize("away", [-0.8, 0.8])
def test_draws_given_a_known_total_are_the_dense_process_given_the_exact_sum(
    node: int, away: float
) -> None:
    """Every draw hits the total; what lies below is right to .4 points, mean and spread."""
    tree = random_tree(6, effects=0)
    places = np.isin(LEAVES, {0: LEAVES, 1: np.array([4, 5, 6])}[node])
    weights = np.where(places, SIZES[LEAVES], 0.0) / SIZES[LEAVES][places].sum()
    total, mean, sd = dense_given_sum(tree, weights, away)
    tree = with_total_of_coming(tree, node, weights, total)
    count = 20_000
    up = passed(tree, USUAL)
    batch = Batch(tree, up.nodes, np.zeros(count, dtype=int), np.zeros((count, 0)), TARGET)
    streams = Streams.of_one(np.random.default_rng(2), len(tree.parent))
    targets = Targets.before_the_count(LEAVES, SIZES[LEAVES] * 1e12)
    drawn = draw_targets(batch, targets, draw_inner(batch, streams), streams)
    whole = targets.registered[places].sum()
    fact = Targets(np.array([node]), *np.array([[whole], [whole], [total * whole], [0], [0]]))
    rows = np.flatnonzero(places)
    known = KnownTotals(fact, (rows,), (rows,))
    ours = known.settle(batch, drawn, targets, streams).astype(float)
    np.testing.assert_allclose(weights @ ours, total, rtol=1e-6)
    np.testing.assert_allclose(ours.mean(axis=1), mean, atol=0.004)
    np.testing.assert_allclose(ours.std(axis=1), sd, atol=0.004)
