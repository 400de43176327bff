"""Figures that are fit to print, one function each: ``plot_*(forecast, ..., ax=None, lang="en")``.

Every function draws on the Axes it is given, or on a Figure of its own, and returns the Axes;
none shows a window or leaves anything in pyplot. What they draw was computed elsewhere: by the
forecast, by a goal check, or by `turnout.plots.tables`.
"""

from importlib import import_module

_HOME = {
    "plot_areas": "areas",
    "plot_backtest": "backtest",
    "plot_calibration": "calibration",
    "plot_districts": "areas",
    "plot_effect": "effect",
    "plot_evaluation": "evaluation",
    "plot_goal": "goal",
    "plot_heatmap": "heatmap",
    "plot_history": "history",
    "plot_map": "map",
    "plot_multiples": "multiples",
    "plot_pit": "calibration",
    "plot_plan": "plan",
    "plot_skill": "backtest",
    "plot_total": "total",
    "save_figure": "style",
    "write_figures": "figures",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    """Load the function `name` from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'turnout.plots' has no attribute {name!r}")
    value = getattr(import_module(f"turnout.plots.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
