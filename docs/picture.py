"""Draw the READMEs' picture: the shipped example, as the present model forecasts it.

python docs/picture.py
"""

from __future__ import annotations

from pathlib import Path

import turnout
from turnout.plots.rendering import save_figure

HERE = Path(__file__).resolve().parent
GOAL = 0.86


def main() -> None:
    """Write kota-jambi.png and kota-jambi.id.png beside this file."""
    jambi = turnout.load_jambi()
    fitted = turnout.HierarchicalModel().fit(jambi.results, crosswalk=jambi.crosswalk)
    election = turnout.Election("2024-11-27", "pilkada")
    forecast = fitted.forecast(election, roll=jambi.roll, seed=1)
    for lang, name in (("en", "kota-jambi.png"), ("id", "kota-jambi.id.png")):
        axes = turnout.plot_districts(forecast, goal=GOAL, lang=lang)
        save_figure(axes, HERE / name)


if __name__ == "__main__":
    main()
