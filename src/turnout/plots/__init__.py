"""Figures that are fit to print, one function each: ``plot_*(forecast, ..., ax=None, lang="en")``.

Every function draws on the Axes it is given, or on a Figure of its own, and returns the Axes;
none shows a window or leaves anything in pyplot. What they draw was computed elsewhere: by the
forecast, by a goal check, or by `turnout.tables`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from turnout.output.figure_settings import check_readable

if TYPE_CHECKING:
    from turnout.plots.areas import plot_areas, plot_districts
    from turnout.plots.backtest import plot_backtest, plot_skill
    from turnout.plots.calibration import plot_calibration, plot_pit
    from turnout.plots.dots import plot_dots
    from turnout.plots.effect import plot_effect
    from turnout.plots.evaluation import plot_evaluation
    from turnout.plots.figures import write_figures
    from turnout.plots.goal import plot_goal
    from turnout.plots.heatmap import plot_heatmap
    from turnout.plots.history import plot_history
    from turnout.plots.map import plot_map
    from turnout.plots.multiples import plot_multiples
    from turnout.plots.plan import plot_plan
    from turnout.plots.rendering import save_figure
    from turnout.plots.replay import plot_replay
    from turnout.plots.total import plot_total

__all__ = [
    "plot_areas",
    "plot_backtest",
    "plot_calibration",
    "plot_districts",
    "plot_dots",
    "plot_effect",
    "plot_evaluation",
    "plot_goal",
    "plot_heatmap",
    "plot_history",
    "plot_map",
    "plot_multiples",
    "plot_pit",
    "plot_plan",
    "plot_replay",
    "plot_skill",
    "plot_total",
    "save_figure",
    "write_figures",
]

check_readable()

_HOME = {
    "plot_areas": "areas",
    "plot_backtest": "backtest",
    "plot_calibration": "calibration",
    "plot_districts": "areas",
    "plot_dots": "dots",
    "plot_effect": "effect",
    "plot_evaluation": "evaluation",
    "plot_goal": "goal",
    "plot_heatmap": "heatmap",
    "plot_history": "history",
    "plot_map": "map",
    "plot_multiples": "multiples",
    "plot_pit": "calibration",
    "plot_plan": "plan",
    "plot_replay": "replay",
    "plot_skill": "backtest",
    "plot_total": "total",
    "save_figure": "rendering",
    "write_figures": "figures",
}


def __getattr__(name: str) -> object:
    """Load the function `name` from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'turnout.plots' has no attribute {name!r}")
    value = getattr(import_module(f"turnout.plots.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
