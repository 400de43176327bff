"""Activities assigned by lot: `design_rollout` draws them, within pairs of alike areas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import norm

from turnout.areas import Panel, build_panel
from turnout.areas.history import counted_share
from turnout.arrays import Floats, Ints
from turnout.doses import prior_of, saturating
from turnout.errors import DataError
from turnout.language import Language, Text, count, points, probability
from turnout.models.outliers import logit_of_counts
from turnout.outreach.effect.words import decimals_for, signed_points
from turnout.outreach_kinds import kind_of, label_of
from turnout.schema import PLACE_COLUMNS, canonical_results

Within = Literal["pairs", "district"]

TREATED, WAITING = "activities", "later"
"""The arms: areas of the first phase, and those whose turn comes after polling day."""

_SEEN = float(norm.ppf(0.975) + norm.ppf(0.8))
_TWO_SIDED = float(norm.ppf(0.975))

# Without two past contests by area: what an area's own logit varies by, over 15 real panels.
_USUAL_SD = 0.15


@dataclass(frozen=True)
class Treatment:
    """What the areas of a phase get.

    Parameters
    ----------
    kind
        Kind of activity.
    reach
        Share of an area's registered voters to meet.
    """

    kind: str = "face_to_face"
    reach: float = 0.1


@dataclass(frozen=True)
class Power:
    """What an experiment can see; shares of turnout.

    Parameters
    ----------
    expected
        Change in the areas treated that the kind's prior expects.
    sd
        Standard error of the estimate.
    smallest
        The smallest change that is seen with 80% power (5% two-sided).
    chance
        The power: probability of seeing the expected change.
    areas_needed
        Areas that would give the expected change 80% power.
    """

    expected: float
    sd: float
    smallest: float
    chance: float
    areas_needed: int


@dataclass(frozen=True)
class Rollout:
    """Which areas get activities when, by lot.

    Parameters
    ----------
    table
        One row per area: the place columns, area_id, registered, last_turnout, block, phase (1
        is before the coming election), arm, and to_meet (people).
    treatment
        What a phase gives.
    power
        What the comparison of phase 1 with the others can see.
    seed
        Seed of the lot: the same seed draws the same areas.
    """

    table: pd.DataFrame
    treatment: Treatment
    power: Power
    seed: int

    @property
    def text(self) -> str:
        """The design in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the design in words, one statement per line."""
        phases = self.table["phase"].value_counts().sort_index()
        told = ", ".join(_PHASE.say(lang, phase=str(phase), n=n) for phase, n in phases.items())
        power = self.power
        lines = [
            _DESIGN.say(
                lang,
                n=len(self.table),
                blocks=self.table["block"].nunique(),
                phases=told,
                kind=label_of(self.treatment.kind, lang),
                reach=self.treatment.reach,
                seed=str(self.seed),
            ),
            _POWER.say(
                lang,
                expected=signed_points(power.expected, lang),
                smallest=points(power.smallest, lang, decimals_for(power.smallest)),
                chance=probability(power.chance, lang),
                needed=count(power.areas_needed, lang),
            ),
            _KEEP.say(lang),
        ]
        return "\n".join(lines)

    def outcomes(self, results: pd.DataFrame, election: str | None = None) -> pd.DataFrame:
        """Join the design with what the election brought, for `estimate_rollout`.

        Parameters
        ----------
        results
            Results table that holds the election after phase 1.
        election
            Its label; the newest contest when not given.

        Returns
        -------
        pandas.DataFrame
            block, arm, registered, voters, last_turnout and the place columns, a row per area.

        Raises
        ------
        DataError
            If the contest is unknown, or no area of the design is found in it.
        """
        contest = canonical_results(results)
        label = election or contest["election"].iloc[-1]
        contest = contest[(contest["election"] == label) & contest["area"].notna()]
        keys = ["area_id"] if self.table["area_id"].notna().all() else ["district", "area"]
        counts = contest[[*keys, "registered", "voters"]].drop_duplicates(keys)
        design = self.table.drop(columns="registered")
        joined = design.merge(counts, on=keys, how="inner", validate="one_to_one")
        if joined.empty:
            raise DataError(_NO_OUTCOMES, election=str(label), n=len(design))
        return joined


def design_rollout(
    results: pd.DataFrame,
    *,
    roll: pd.DataFrame | None = None,
    treatment: Treatment | None = None,
    within: Within = "pairs",
    phases: int = 2,
    seed: int = 1,
) -> Rollout:
    """Draw by lot which areas get activities before the election and which later.

    Areas are put into blocks of alike ones, and the phases are dealt out within each block, so
    that every area gets its turn and the first phase can be compared with the rest. It is the
    only way to learn what outreach does.

    Parameters
    ----------
    results
        Results table; the areas of its newest contest with areas, or of the roll, take part.
    roll
        Registered voters of the coming election.
    treatment
        What a phase gives; one in ten voters met face to face when not given.
    within
        ``pairs``: blocks of as many areas as phases, of one district where possible, with like
        turnout at the last election. ``district``: every district is a block.
    phases
        How many phases; the first is before the coming election, each other before one later.
    seed
        Seed of the lot.

    Returns
    -------
    Rollout

    Raises
    ------
    DataError
        If there are fewer than two blocks' worth of areas.
    ValueError
        If `phases` is less than 2 or `within` is unknown.

    Examples
    --------
    >>> from turnout.synthetic import simulate_panel
    >>> panel = simulate_panel("random", np.random.default_rng(1))
    >>> rollout = design_rollout(panel.results, seed=5)
    >>> rollout.table.groupby("block")["phase"].agg(list).head(2).tolist()
    [[1, 2], [1, 2]]
    """
    if phases < 2:
        raise ValueError(f"phases must be at least 2, got {phases}: one of them waits")
    if within not in ("pairs", "district"):
        raise ValueError(f"within must be 'pairs' or 'district', got {within!r}")
    panel = build_panel(results, roll=roll)
    places = _places(panel)
    if len(places) < 2 * phases:
        raise DataError(_TOO_FEW, n=len(places), needed=2 * phases)
    chosen = treatment or Treatment()
    chosen = Treatment(kind_of(chosen.kind), chosen.reach)
    block = _alike(places, phases) if within == "pairs" else pd.factorize(places["district"])[0]
    phase = _dealt(block, phases, np.random.default_rng(seed))
    table = places.assign(
        block=block + 1,
        phase=phase,
        arm=np.where(phase == 1, TREATED, WAITING),
        to_meet=(chosen.reach * places["registered"]).round(),
    )
    order = ["block", "phase"]
    table = table.sort_values(order, kind="stable").reset_index(drop=True)
    return Rollout(table, chosen, _power(panel, table, chosen), seed)


def _places(panel: Panel) -> pd.DataFrame:
    """Return the areas that take part with their last turnout, by district."""
    registered, voters = panel.grid("registered"), panel.grid("voters")
    with np.errstate(invalid="ignore", divide="ignore"):
        turnout = (voters / registered)[panel.targets]
    order = np.where(np.isnan(turnout), -1, np.arange(turnout.shape[1]))
    last = order.max(axis=1)
    share = np.where(last >= 0, turnout[np.arange(len(turnout)), last], np.nan)
    nodes = panel.nodes.iloc[panel.targets]
    places = nodes[[*PLACE_COLUMNS, "area_id", "registered"]].reset_index(drop=True)
    places = places.assign(last_turnout=share)
    return places.sort_values("district", kind="stable").reset_index(drop=True)


def _alike(places: pd.DataFrame, size: int) -> Ints:
    """Return blocks of `size` areas: neighbours by turnout within districts, then what is left."""
    turnout = places["last_turnout"].fillna(places["last_turnout"].median())
    frame = pd.DataFrame({"district": pd.factorize(places["district"])[0], "turnout": turnout})
    frame = frame.sort_values(["district", "turnout"], kind="stable")
    rank = frame.groupby("district").cumcount()
    whole = frame.groupby("district")["turnout"].transform("size") // size * size
    left = frame[rank >= whole].sort_values("turnout", kind="stable").index
    block = np.empty(len(frame), dtype=np.intp)
    full = frame[rank < whole]
    block[full.index] = np.arange(len(full)) // size
    first = len(full) // size
    # What does not fill a block of its own joins the last one.
    blocks = max(1, len(left) // size)
    block[left] = first + np.minimum(np.arange(len(left)) // size, blocks - 1)
    if 0 < len(left) < size and first:
        block[left] = first - 1
    return block


def _dealt(block: Ints, phases: int, rng: np.random.Generator) -> Ints:
    """Deal the phases out within every block, by lot, in equal shares where it divides."""
    phase = np.empty(len(block), dtype=np.intp)
    for number in np.unique(block):
        members = np.flatnonzero(block == number)
        # Which phases get one more area where a block does not divide is by lot as well.
        dealt = np.resize(rng.permutation(phases), len(members)) + 1
        phase[members] = rng.permutation(dealt)
    return phase


def _power(panel: Panel, table: pd.DataFrame, treatment: Treatment) -> Power:
    turnout = float(np.average(table["last_turnout"].fillna(0.7), weights=table["registered"]))
    slope = turnout * (1 - turnout)
    prior = prior_of(treatment.kind)
    expected = slope * prior.mean * float(saturating(treatment.reach))
    weights = table["registered"].to_numpy(float)
    treated = (table["arm"] == TREATED).to_numpy()
    sd = slope * _own_sd(panel) * np.hypot(_spread(weights[treated]), _spread(weights[~treated]))
    shift = abs(expected) / sd
    chance = float(norm.sf(_TWO_SIDED - shift) + norm.cdf(-_TWO_SIDED - shift))
    needed = len(table) * (_SEEN / shift) ** 2 if shift > 0 else np.inf
    return Power(expected, float(sd), float(_SEEN * sd), chance, int(np.ceil(needed)))


def _spread(weights: Floats) -> float:
    """Return the standard error of a weighted mean of values of variance 1."""
    return float(np.sqrt((weights**2).sum()) / weights.sum())


def _own_sd(panel: Panel) -> float:
    """Return how far an area's logit strays from what its last one and the contest foretell."""
    leaf = panel.is_leaf[:, None]
    registered = np.where(leaf & (counted_share(panel) > 0.5), panel.grid("registered"), np.nan)
    logit = logit_of_counts(panel.grid("voters"), registered)[0]
    contests = np.flatnonzero((~np.isnan(logit)).sum(axis=0) >= 10)
    strays = []
    for before, after in pairwise(contests):
        both = ~np.isnan(logit[:, before]) & ~np.isnan(logit[:, after])
        if both.sum() >= 10:
            x, y = logit[both, before], logit[both, after]
            slope, level = np.polyfit(x, y, 1)
            strays.append(1.4826 * float(np.median(np.abs(y - slope * x - level))))
    return float(np.mean(strays)) if strays else _USUAL_SD


_DESIGN = Text(
    en="{n:count} areas in {blocks:count} blocks of like turnout; by lot {phases}. Each area of a "
    "phase gets '{kind}' until {reach:percent0} of its voters are met. Seed {seed}.",
    id="{n:count} wilayah dalam {blocks:count} blok dengan partisipasi serupa; hasil undian: "
    "{phases}. Setiap wilayah pada suatu tahap mendapat '{kind}' sampai {reach:percent0} "
    "pemilihnya ditemui. Bilangan acak awal (seed) {seed}.",
)
_PHASE = Text(en="phase {phase}: {n:count}", id="tahap {phase}: {n:count}")
_POWER = Text(
    en="Power: {expected} points are expected in the areas of phase 1, seen with a probability of "
    "{chance}. The smallest change seen in four of five cases is {smallest} points; the expected "
    "one would take {needed} areas.",
    id="Daya uji: di wilayah tahap 1 diharapkan {expected} poin, yang terlihat dengan peluang "
    "{chance}. Perubahan terkecil yang terlihat pada empat dari lima kasus adalah {smallest} poin; "
    "untuk yang diharapkan diperlukan {needed} wilayah.",
)
_KEEP = Text(
    en="Keep to the lot: an area swapped by hand is no experiment any more. Count the people met "
    "in every area, those of later phases too.",
    id="Patuhi hasil undian: wilayah yang ditukar sendiri bukan lagi uji coba. Catat jumlah orang "
    "yang ditemui di setiap wilayah, termasuk tahap berikutnya.",
)
_TOO_FEW = Text(
    en="{n:count} areas are too few for a lot; at least {needed:count} are needed. Give results or "
    "a roll by area.",
    id="{n:count} wilayah terlalu sedikit untuk diundi; diperlukan sedikitnya {needed:count}. "
    "Berikan hasil atau daftar pemilih per wilayah.",
)
_NO_OUTCOMES = Text(
    en="None of the {n:count} areas of the design is found in the contest {election:contest}. "
    "Check names and codes.",
    id="Tidak satu pun dari {n:count} wilayah dalam rancangan ditemukan pada pemilihan "
    "{election:contest}. "
    "Periksa nama dan kodenya.",
)
