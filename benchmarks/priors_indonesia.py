"""Learn the prior of one Indonesian kabupaten or kota, `--prior indonesia`.

    python benchmarks/priors_indonesia.py [--data FILE]

FILE is a table of turnout in percent per region and contest, data/indonesia/turnout.csv by default.
Three steps, each printed:

1. How far a Pilkada lies below the Pemilu around it, year by year, in the whole country and in the
   regions whose figure is known: the gap's mean and its spread across years (four years, so with a
   stated prior) and across places, and how far places keep it.
2. How turnout of regions within provinces, and of provinces within the nation, varies between
   contests (`HierarchicalModel.fit`), and that of the nation itself since 2004.
3. The prior of a single region: the three levels of step 2 added. What the nation has of types is
   left to the gap of step 1: its mean to the kind of office, its spread across years to the drift
   of types. The medians of log-normal sizes are such that the variance is right on average.

Nothing from after 13 November 2024 is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logit
from scipy.stats import norm

from turnout.areas import build_panel
from turnout.datasets import indonesia_file
from turnout.kinds import MIDDLE, kind_of
from turnout.models.tree.kernels import COMPONENTS, PARAMETERS
from turnout.models.tree.model import HierarchicalModel
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.priors import DEFAULT

DAYS = {
    "pemilu_2014": "2014-05-25",
    "pilkada_2015": "2015-12-09",
    "pilkada_2017": "2017-02-15",
    "pilkada_2018": "2018-06-27",
    "pemilu_2019": "2019-04-17",
    "pilkada_2020": "2020-12-09",
    "pemilu_2024": "2024-02-14",
}
"""Polling days of the table's contests; the Pemilu of 2014 is the mean of two."""

NATIONAL = [
    ("2004-04-05", "pileg", 84.07),
    ("2004-07-05", "pilpres", 78.2),
    ("2004-09-20", "pilpres", 76.6),
    ("2009-04-09", "pileg", 70.99),
    ("2014-04-09", "pileg", 75.11),
    ("2014-07-09", "pilpres", 71.31),
    ("2015-12-09", "pilkada", 69.35),
    ("2017-02-15", "pilkada", 74.89),
    ("2018-06-27", "pilkada", 74.92),
    ("2019-04-17", "pemilu", 81.97),
    ("2020-12-09", "pilkada", 76.09),
    ("2024-02-14", "pemilu", 81.78),
]
"""National turnout in percent since presidents are elected directly (1999, at 92.74%, was another
kind of election); sources in benchmarks/panels/README.md."""

REGIONS = {"pilkada_2015": 269, "pilkada_2017": 101, "pilkada_2018": 171, "pilkada_2020": 270}
"""Regions that voted: what the national figure of each Pilkada is made of."""

SCORE = float(kind_of("pemilu").score or 0) - float(kind_of("pilkada").score or 0)
"""How much higher a Pemilu's offices stand than a Pilkada's."""

# Log-sd of the sizes of a region's parts around the mean region's, and of a day's shock around the
# usual one: our judgement. A kota is not a kabupaten.
LOG_SD, TAIL = 0.4, 0.5
# Stated prior of how much the gap moves from year to year (logit): the median shock of 15 panels.
ACROSS_YEARS = (0.15, 0.6)
# How well the slope of the kind of office is taken to be known beforehand (logit).
SLOPE_SD = 0.5
# What the regions of one year differ from those of another, though all kinds are among them.
COMPOSITION = 0.05


@dataclass(frozen=True)
class Gap:
    """How far (logit) a Pilkada lies from the Pemilu around it.

    Parameters
    ----------
    mean, mean_sd
        Of all years and places, and how well that is known.
    across_years
        Standard deviation of a year's mean around it.
    """

    mean: float
    mean_sd: float
    across_years: float


def years_since(day: str) -> float:
    """Return a day as a number of years."""
    return (pd.Timestamp(day) - pd.Timestamp("2000-01-01")).days / 365.25


def pemilu_at(day: str, pemilu: Mapping[str, pd.Series]) -> pd.Series:
    """Return the logit of Pemilu turnout at a day, by line between the Pemilu before and after.

    Where one of the two is not known, the other moves by the mean change.
    """
    names = sorted(pemilu)
    after = next(name for name in names if DAYS[name] > day)
    before = names[names.index(after) - 1]
    one, other = pemilu[before], pemilu[after]
    change = (other - one).mean()
    one, other = one.fillna(other - change), other.fillna(one + change)
    start, end = years_since(DAYS[before]), years_since(DAYS[after])
    weight = (years_since(day) - start) / (end - start)
    return one * (1 - weight) + other * weight


def gaps_of_regions(table: pd.DataFrame) -> pd.DataFrame:
    """Return every region's gap (logit), one column per Pilkada."""
    logits = {name: pd.Series(logit(table[name] / 100), table.index) for name in DAYS}
    pemilu = {name: values for name, values in logits.items() if name.startswith("pemilu")}
    return pd.DataFrame(
        {name: logits[name] - pemilu_at(DAYS[name], pemilu) for name in logits if name in REGIONS}
    )


def gaps_of_nation() -> pd.Series:
    """Return the nation's gap (logit), one per Pilkada."""
    told = pd.DataFrame(NATIONAL, columns=["date", "type", "percent"])
    told["logit"] = logit(told["percent"] / 100)
    year = told["date"].str[:4]
    pemilu = {
        name: pd.Series([told.loc[year == name[-4:], "logit"].mean()])
        for name in DAYS
        if name.startswith("pemilu")
    }
    pilkada = {f"pilkada_{date[:4]}": date for date in told.loc[told["type"] == "pilkada", "date"]}
    return pd.Series(
        {
            name: told.loc[told["date"] == date, "logit"].iloc[0] - pemilu_at(date, pemilu).iloc[0]
            for name, date in pilkada.items()
        }
    )


def expected_gap(gaps: pd.Series, errors: pd.Series) -> Gap:
    """Return what the gaps of a few years say of the next one's, on a grid.

    The prior of the mean is the default's, of the kind of office, but known to `SLOPE_SD` only, so
    that Indonesia's own contests decide; that of the spread across years is `ACROSS_YEARS`.
    """
    mean = np.linspace(-1.2, 0.6, 361)[:, None]
    spread = np.geomspace(0.01, 1.0, 121)[None, :]
    log_weight = norm.logpdf(mean, -DEFAULT.kind * SCORE, SLOPE_SD * SCORE) + norm.logpdf(
        np.log(spread), np.log(ACROSS_YEARS[0]), ACROSS_YEARS[1]
    )
    for gap, error in zip(gaps, errors, strict=True):
        log_weight = log_weight + norm.logpdf(gap, mean, np.hypot(spread, error))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    center = float((weight * mean).sum())
    return Gap(
        center,
        float(np.sqrt((weight * (mean - center) ** 2).sum())),
        float(np.exp((weight * np.log(spread)).sum())),
    )


def contests(table: pd.DataFrame) -> pd.DataFrame:
    """Return the regions' turnout as results: one row per region and contest."""
    long = table.melt(["province", "region"], list(DAYS), "election", "percent").dropna()
    # Denominators are not told; a region's count is known far better than regions differ.
    registered = 100_000.0
    return pd.DataFrame(
        {
            "election": long["election"],
            "date": long["election"].map(DAYS),
            "election_type": long["election"].str.split("_").str[0],
            "nation": "Indonesia",
            "province": long["province"],
            "city": long["region"],
            "registered": registered,
            "voters": registered * long["percent"] / 100,
        }
    )


def sizes_of_levels(table: pd.DataFrame) -> pd.DataFrame:
    """Return the standard deviations (logit) and the memory (years) of every level."""
    levels = HierarchicalModel().fit(contests(table)).levels
    rows = {scale: np.exp(own[: len(PARAMETERS)]) for scale, own in levels.items()}
    nation = pd.DataFrame(NATIONAL, columns=["date", "election_type", "percent"])
    nation = nation.assign(nation="Indonesia", registered=150_000_000.0)
    nation["voters"] = nation["registered"] * nation["percent"] / 100
    state = TreeState.of(HierarchicalModel(), build_panel(nation), {}, ())
    draws = state.posterior.draws[:, 1 : len(PARAMETERS)]
    rows["nation"] = np.append(0.0, np.exp(state.posterior.weights @ draws))
    return pd.DataFrame(rows, index=PARAMETERS).T


def medians_of_a_region(sizes: pd.DataFrame, gap: Gap) -> pd.Series:
    """Return the medians of the sizes (logit) of a single region's parts."""
    mine = sizes[list(COMPONENTS)].copy()
    mine.loc["nation", ["type", "type_group"]] = 0.0
    # A gap is the difference of two types, each with a drift of its own.
    mine.loc["nation", "type_drift"] = gap.across_years / np.sqrt(2)
    # E[sigma^2] = median^2 exp(2 log_sd^2), and a day's own size comes on top of the shock's.
    medians = np.sqrt((mine**2).sum()) * np.exp(-(LOG_SD**2))
    medians["lasting"] /= np.exp(-(LOG_SD**2))  # part of the mean, whose sd is fixed
    medians["shock"] *= np.exp(-(TAIL**2))
    return medians


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=indonesia_file("turnout.csv"), metavar="FILE")
    table = pd.read_csv(parser.parse_args().data)
    regions, nation = gaps_of_regions(table), gaps_of_nation()
    spread = float(regions["pilkada_2015"].std())
    errors = np.hypot(spread / np.sqrt(pd.Series(REGIONS)), COMPOSITION)
    told = pd.DataFrame(
        {
            "regions that voted": pd.Series(REGIONS),
            "nation": nation,
            "error": errors,
            "regions known": regions.count(),
            "mean": regions.mean(),
            "sd": regions.std(),
            "kota known": regions[table["kota"]].count(),
            "mean of kota": regions[table["kota"]].mean(),
        }
    )
    print(f"1. Pilkada less Pemilu, logit\n{told.round(3).to_string()}")
    both = regions[["pilkada_2015", "pilkada_2020"]].dropna()
    print(f"kept from 2015 to 2020: correlation {both.corr().iloc[0, 1]:.2f}, n {len(both)}")
    gap = expected_gap(nation, errors)
    print(f"expected {gap}")
    sizes = sizes_of_levels(table)
    print(
        f"\n2. Standard deviations (logit) by part, memory in years\n{sizes.round(3).to_string()}"
    )
    one = medians_of_a_region(sizes, gap)
    kind, kind_sd = -gap.mean / SCORE, gap.mean_sd / SCORE
    pemilu = [logit(table[name] / 100).mean() for name in DAYS if name.startswith("pemilu")]
    middle = np.mean(pemilu) - kind * (kind_of("pemilu").score - MIDDLE)
    middle_sd = np.hypot(one.pop("lasting"), np.std(pemilu, ddof=1) / np.sqrt(len(pemilu)))
    print(
        f"\n3. One region: mean {middle:.2f}, sd {middle_sd:.2f}; kind {kind:.2f}, sd {kind_sd:.2f}"
    )
    print(f"medians of the sizes (log-sd {LOG_SD}, tail {TAIL})\n{one.round(3).to_string()}")


if __name__ == "__main__":
    main()
