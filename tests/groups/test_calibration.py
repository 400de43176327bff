"""Groups on invented panels: intervals of each group and of its gap hold the truth."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit

from turnout import ByGroup, Election, Forecast, LastTurnout, by_group
from turnout.groups.partitions import AGE_PRIOR, DISABILITY_PRIOR, GapPrior

TYPES = ("pemilu", "pilkada")
AREAS, DISTRICTS, CONTESTS = 24, 6, 5


@dataclass(frozen=True)
class Simulated:
    """Past results, and what happened in the contest after them."""

    past: pd.DataFrame
    last: pd.DataFrame

    @property
    def election(self) -> Election:
        return Election(self.last["date"].iloc[0], self.last["election_type"].iloc[0])

    @property
    def roll(self) -> pd.DataFrame:
        return self.last[[name for name in self.last if not name.startswith("voters")]].drop(
            columns=["date", "election_type"]
        )


def gaps_of(rng: np.random.Generator, prior: GapPrior) -> np.ndarray:
    """Draw the gap of a group in every contest and area, its variances from their prior."""
    sds = np.exp(prior.center + prior.log_sd * rng.standard_normal(5))
    place, above, residual, contest, kind = sds
    of_group, of_type = np.sqrt(0.5) * kind * rng.standard_normal((2, 2))
    lasting = place * rng.standard_normal(AREAS)
    lasting += np.repeat(above * rng.standard_normal(DISTRICTS), AREAS // DISTRICTS)
    which = np.arange(CONTESTS) % 2
    level = prior.level + prior.level_sd * rng.standard_normal()
    of_contest = level + of_group[which] + of_type[which] + contest * rng.standard_normal(CONTESTS)
    return of_contest[:, None] + lasting + residual * rng.standard_normal((CONTESTS, AREAS))


def simulate(rng: np.random.Generator, partition: str) -> Simulated:
    """Draw a panel of voters with disabilities, or of three age groups.

    The ages' gaps are each to the oldest, not those in whose terms the model is written.
    """
    size = rng.lognormal(np.log(4000), 0.5, AREAS).round() + 200
    if partition == "disability":
        names, shares = ["disabled"], [rng.uniform(0.004, 0.015, AREAS)]
        gaps = [gaps_of(rng, DISABILITY_PRIOR)]
    else:
        names = ["age_17_25", "age_26_59", "age_60_up"]
        shares = list(rng.dirichlet([25, 55, 20], AREAS).T[:2])
        gaps = [gaps_of(rng, AGE_PRIOR) for _ in shares]
    groups = [np.round(size * share) for share in shares]
    groups.append(size - np.sum(groups, axis=0))
    tables = []
    for number in range(CONTESTS):
        base = rng.normal(1, 0.3) + 0.2 * rng.standard_normal(AREAS)
        levels = [*(base + gap[number] for gap in gaps), base]
        voting = [
            rng.binomial(group.astype(int), expit(level))
            for group, level in zip(groups, levels, strict=True)
        ]
        tables.append(
            pd.DataFrame(
                {
                    "date": f"{2001 + 3 * number}-06-01",
                    "election_type": TYPES[number % 2],
                    "city": "Kota",
                    "district": np.repeat([f"D{one}" for one in range(DISTRICTS)], 4),
                    "area": [f"A{one:02}" for one in range(AREAS)],
                    "registered": size,
                    "voters": np.sum(voting, axis=0),
                    **{f"registered_{n}": one for n, one in zip(names, groups, strict=False)},
                    **{f"voters_{n}": one for n, one in zip(names, voting, strict=False)},
                }
            )
        )
    return Simulated(pd.concat(tables[:-1], ignore_index=True), tables[-1])


def forecast_of_all(one: Simulated, rng: np.random.Generator, draws: int) -> Forecast:
    """Return a forecast of all voters from whose distribution the outcome itself is drawn."""
    made = LastTurnout().fit(one.past).forecast(one.election, roll=one.roll, draws=4, seed=1)
    outcome = one.last.set_index("area").loc[made.places["area"]]
    common = 0.2 * rng.standard_normal((draws + 1, 1))
    away = common + 0.1 * rng.standard_normal((draws + 1, len(outcome)))
    center = logit(outcome["voters"] / outcome["registered"]).to_numpy() - away[-1]
    return replace(made, draws=expit(center + away[:-1]))


def held(told: ByGroup, outcome: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """Return the share of told places whose 90% interval holds the outcome."""
    found = {}
    for scale in told.scales:
        sums = outcome.groupby(scale).sum(numeric_only=True)
        for (group, figure), rows in told.intervals(scale).groupby(["group", "figure"]):
            shown = rows[~rows["suppressed"]]
            here = sums.loc[shown[scale]]
            whole = [here["voters"], here["registered"]]
            own = whole
            if group != "others":
                own = [here[f"{name}_{group}"] for name in ("voters", "registered")]
            else:
                own = [here[n] - here[f"{n}_disabled"] for n in ("voters", "registered")]
            truth = own[0] / own[1]
            if figure == "gap":
                truth = truth - (whole[0] - own[0]) / (whole[1] - own[1])
            low, high = shown["lower"].to_numpy(), shown["upper"].to_numpy()
            found[scale, group, figure] = float(((low <= truth) & (truth <= high)).mean())
    return found


def coverage(partition: str, panels: int) -> pd.DataFrame:
    """Return the shares held at 90% by scale, group and figure, a row per panel."""
    rows = []
    for seed in range(panels):
        rng = np.random.default_rng(seed)
        one = simulate(rng, partition)
        forecast = forecast_of_all(one, rng, 400)
        told = by_group(forecast, one.past, roll=one.roll, seed=1)[partition]
        rows.append(held(told, one.last))
    columns = pd.MultiIndex.from_tuples(rows[0])
    return pd.DataFrame([list(row.values()) for row in rows], columns=columns)


@pytest.mark.slow
@pytest.mark.parametrize("partition", ["disability", "age"])
def test_intervals_are_calibrated(partition: str) -> None:
    """Of 80 panels 72 are due; 64 to 79 is what binomial chance makes of it 99 times in 100."""
    found = coverage(partition, 80)
    assert found["area"].mean().between(0.85, 0.95).all(), found["area"].mean().to_dict()
    assert found["district"].mean().between(0.84, 0.96).all()
    assert found["city"].sum().between(64, 79).all(), found["city"].sum().to_dict()
