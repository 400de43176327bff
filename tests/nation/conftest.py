"""A small nation of two provinces, and what its provinces share."""

from functools import cache

import numpy as np
import pandas as pd

from turnout import Election, Forecast, HierarchicalModel
from turnout.nation import SharedDraws, draw_shared
from turnout.schema import canonical_results

COMING = Election("2024-11-27", "pilkada")
PLACES = [
    *[("Jambi", city, area) for city in "AB" for area in ("Murni", "Legok")],
    *[("Riau", city, area) for city in "CD" for area in ("Murni", "Sago")],
    (None, None, "Luar Negeri"),
]


@cache
def nation() -> pd.DataFrame:
    """Three contests of two provinces and a place of neither; one more as the nation's total."""
    rng = np.random.default_rng(1)
    names = pd.DataFrame(PLACES, columns=["province", "city", "area"]).assign(nation="Indonesia")
    days = {"2015-12-09": "pilkada", "2019-04-17": "pemilu", "2020-12-09": "pilkada"}
    tables = [
        names.assign(
            date=date,
            election_type=kind,
            registered=2000,
            voters=(2000 * rng.uniform(0.6, 0.8, len(names))).round(),
        )
        for date, kind in days.items()
    ]
    whole = {"nation": "Indonesia", "date": "2018-06-27", "election_type": "pilkada"}
    tables.append(pd.DataFrame([{**whole, "registered": 30_000, "voters": 22_000}]))
    return canonical_results(pd.concat(tables, ignore_index=True))


@cache
def made() -> SharedDraws:
    fitted = HierarchicalModel(integration=64).fit(nation())
    return draw_shared(fitted, COMING, draws=1100, seed=3)


@cache
def single_run() -> Forecast:
    """Return the forecast of all in one run."""
    return HierarchicalModel(integration=64).fit(nation()).forecast(COMING, draws=1100, seed=3)
