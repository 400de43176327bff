"""Forecasts to draw: simulated ones of any shape, and one of Kota Jambi."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.datasets import load_jambi
from turnout.elections import Election
from turnout.forecast import About, Forecast, make_forecast

NAMES = ["Murni", "Legok", "Kasang", "Pasir", "Sejinjing", "Beliung", "Payo", "Bakung", "Jaya"]
Make = Callable[..., Forecast]


def simulate(districts: int = 4, areas: int = 5, contests: int = 4, seed: int = 1) -> Forecast:
    """Return a forecast of a city whose past was simulated, every second contest a Pilkada."""
    rng = np.random.default_rng(seed)
    places = pd.DataFrame(
        [
            {
                "city": "Kota Contoh",
                "district": f"{NAMES[one % len(NAMES)]} {1 + one // len(NAMES)}",
                "area": f"{NAMES[other % len(NAMES)]} {one + 1}-{other + 1}",
            }
            for one in range(districts)
            for other in range(areas)
        ]
    ).sort_values(["district", "area"], ignore_index=True)  # the order of a forecast's places
    size = rng.integers(1_500, 15_000, len(places))
    level = 0.9 + rng.normal(0, 0.25, districts)[np.repeat(np.arange(districts), areas)]
    level = level + rng.normal(0, 0.25, len(places))
    tables = []
    for number in range(contests):
        kind = "pilkada" if (contests - number) % 2 == 0 else "pemilu"
        logit = level + (-0.3 if kind == "pilkada" else 0.4) + rng.normal(0, 0.2)
        turnout = 1 / (1 + np.exp(-logit - rng.normal(0, 0.1, len(places))))
        tables.append(
            places.assign(
                date=f"{2024 - 3 * (contests - number)}-06-27",
                election_type=kind,
                registered=size,
                voters=np.round(size * turnout),
            )
        )
    coming = Election("2024-11-27", "pilkada")
    roll = places.assign(registered=size)
    panel = build_panel(pd.concat(tables), roll=roll, election=coming)
    logit = level - 0.3 + rng.normal(0, 0.25, (500, 1)) + rng.normal(0, 0.15, (500, len(places)))
    return make_forecast(panel, coming, 1 / (1 + np.exp(-logit)), About("simulated", seed))


@pytest.fixture(scope="session")
def make() -> Make:
    return cache(simulate)


@pytest.fixture(scope="session")
def city() -> Forecast:
    """Four districts of five areas, four contests."""
    return simulate()


@pytest.fixture(scope="session")
def jambi() -> Forecast:
    """Kota Jambi's places and history with draws about its Pilkada of 2018."""
    data = load_jambi()
    coming = Election("2024-11-27", "pilkada")
    panel = build_panel(data.results, roll=data.roll, crosswalk=data.crosswalk, election=coming)
    rng = np.random.default_rng(7)
    count = len(panel.targets)
    logit = 0.75 + rng.normal(0, 0.3, (2000, 1)) + rng.normal(0, 0.12, (2000, count))
    logit = logit + rng.normal(0, 0.3, count)
    return make_forecast(panel, coming, 1 / (1 + np.exp(-logit)), About("stand-in", 7))
