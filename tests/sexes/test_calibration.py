"""Women and men on invented panels: both are the whole, and intervals hold the truth."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit

from turnout import BySex, Election, Forecast, LastTurnout, by_sex
from turnout.sexes.forecast import SEXES

TYPES = ("pemilu", "pilkada")


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
        told = ["city", "district", "area", "registered", "registered_l", "registered_p"]
        return self.last[told]


def simulate(
    rng: np.random.Generator, areas: int = 24, districts: int = 6, contests: int = 4
) -> Simulated:
    """Draw a panel from the model of the gap, its variances from their prior."""
    place, above, residual, contest, kind = np.exp(
        SEXES.prior.center + SEXES.prior.log_sd * rng.standard_normal(5)
    )
    district = np.repeat(np.arange(districts), areas // districts)
    size = rng.lognormal(np.log(4000), 0.5, areas).round() + 200
    women = np.round(size * rng.normal(0.5, 0.01, areas))
    men = size - women
    of_group, of_type = np.sqrt(0.5) * kind * rng.standard_normal((2, 2))
    level = 0.2 * rng.standard_normal() + 0.15
    lasting = place * rng.standard_normal(areas) + above * rng.standard_normal(districts)[district]
    tables = []
    for number in range(contests + 1):
        which = number % 2
        gap = level + of_group[which] + of_type[which] + contest * rng.standard_normal()
        gap = gap + lasting + residual * rng.standard_normal(areas)
        base = rng.normal(1, 0.3) + 0.2 * rng.standard_normal(areas)
        voting_women = rng.binomial(women.astype(int), expit(base + gap / 2))
        voting_men = rng.binomial(men.astype(int), expit(base - gap / 2))
        tables.append(
            pd.DataFrame(
                {
                    "date": f"{2001 + 3 * number}-06-01",
                    "election_type": TYPES[which],
                    "city": "Kota",
                    "district": [f"D{one}" for one in district],
                    "area": [f"A{one:02}" for one in range(areas)],
                    "registered": size,
                    "registered_l": men,
                    "registered_p": women,
                    "voters": voting_women + voting_men,
                    "voters_l": voting_men,
                    "voters_p": voting_women,
                }
            )
        )
    return Simulated(pd.concat(tables[:-1], ignore_index=True), tables[-1])


def forecast_of_all(one: Simulated, rng: np.random.Generator, draws: int) -> Forecast:
    """Return a forecast of all voters from whose distribution the outcome itself is drawn."""
    made = LastTurnout().fit(one.past).forecast(one.election, roll=one.roll, draws=4, seed=1)
    outcome = outcome_of(one, made.places)
    common = 0.2 * rng.standard_normal((draws + 1, 1))
    away = common + 0.1 * rng.standard_normal((draws + 1, len(outcome)))
    center = logit(outcome["voters"] / outcome["registered"]).to_numpy() - away[-1]
    return replace(made, draws=expit(center + away[:-1]))


def outcome_of(one: Simulated, places: pd.DataFrame) -> pd.DataFrame:
    """Return what happened, in the order of a forecast's places."""
    return one.last.set_index("area").loc[places["area"]].reset_index()


def split(one: Simulated, rng: np.random.Generator, draws: int = 400) -> BySex:
    return by_sex(forecast_of_all(one, rng, draws), one.past, roll=one.roll, seed=1)


def held(told: BySex, outcome: pd.DataFrame, level: float = 0.9) -> dict[tuple[str, str], float]:
    """Return the share of places whose interval holds the outcome, by scale and group."""
    found = {}
    for scale in told.scales:
        groups = outcome if scale == "area" else outcome.groupby(scale, sort=False)
        sums = outcome if scale == "area" else groups.sum(numeric_only=True).reset_index()
        women, men = (
            (sums[f"voters_{sex}"] / sums[f"registered_{sex}"]).to_numpy() for sex in ("p", "l")
        )
        table = told.intervals(scale, level)
        for group, truth in (("women", women), ("men", men), ("gap", women - men)):
            rows = table[table["group"] == group]
            inside = (rows["lower"].to_numpy() <= truth) & (truth <= rows["upper"].to_numpy())
            found[scale, group] = float(inside.mean())
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("seed", range(3))
def test_men_and_women_are_all_voters(seed: int) -> None:
    rng = np.random.default_rng(seed)
    told = split(simulate(rng), rng, draws=50)
    finest = told.men + told.women
    for scale in told.scales:
        view = told.at(scale)
        everyone = view.men + view.women
        assert (everyone.sum(axis=1) == finest.sum(axis=1)).all()
        registered = view.forecast.places["registered"].to_numpy(float)
        np.testing.assert_allclose(everyone, view.forecast.draws * registered, atol=1e-4)


def coverage(panels: int) -> pd.DataFrame:
    """Return the shares held at 90% by scale and group, a row per panel."""
    rows = []
    for seed in range(panels):
        rng = np.random.default_rng(seed)
        one = simulate(rng)
        told = split(one, rng)
        rows.append(held(told, outcome_of(one, told.forecast.places)))
    return pd.DataFrame(
        [list(row.values()) for row in rows], columns=pd.MultiIndex.from_tuples(rows[0])
    )


@pytest.mark.slow
def test_intervals_are_calibrated() -> None:
    """Of 80 panels 72 are due; 64 to 79 is what binomial chance makes of it 99 times in 100."""
    found = coverage(80)
    assert found["area"].mean().between(0.85, 0.95).all()
    assert found["district"].mean().between(0.84, 0.96).all()
    assert found["city"].sum().between(64, 79).all(), found["city"].sum().to_dict()
