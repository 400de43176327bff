"""Forecasts of election turnout per area, with honest intervals, to check against a goal.

Every public name is loaded when it is first used, so that ``import turnout`` is quick.

>>> import turnout
>>> turnout.Election("2024-11-27", "pilkada").type_group
'pilkada'
"""

from importlib import import_module

# As `typing` has it, without loading it: the folder of ``python -m turnout`` may hold another one.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from turnout import scores
    from turnout.backtesting import Backtest, Replay, backtest, replay
    from turnout.datasets import load_jambi
    from turnout.elections import Election
    from turnout.errors import TurnoutError
    from turnout.forecast import Forecast
    from turnout.goals import GoalCheck, check_goal
    from turnout.groups import ByGroup, by_group
    from turnout.models.mixture.model import Mixture
    from turnout.models.points.boosting import BoostedTrees
    from turnout.models.points.glm import BinomialGLM
    from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing
    from turnout.models.tree.model import HierarchicalModel
    from turnout.outreach import (
        OutreachEffect,
        design_rollout,
        estimate_outreach,
        estimate_rollout,
    )
    from turnout.outreach.plan import OutreachPlan, plan_outreach
    from turnout.plots import (
        plot_areas,
        plot_backtest,
        plot_calibration,
        plot_districts,
        plot_effect,
        plot_goal,
        plot_heatmap,
        plot_history,
        plot_map,
        plot_multiples,
        plot_plan,
        plot_replay,
        plot_total,
    )
    from turnout.reading import read_crosswalk, read_outreach, read_results, read_roll
    from turnout.report import write_report
    from turnout.sexes import BySex, by_sex

__version__ = "0.1.0"

__all__ = [
    "Backtest",
    "BinomialGLM",
    "BoostedTrees",
    "ByGroup",
    "BySex",
    "Election",
    "Forecast",
    "GoalCheck",
    "HierarchicalModel",
    "LastOfType",
    "LastTurnout",
    "Mixture",
    "OutreachEffect",
    "OutreachPlan",
    "Replay",
    "TurnoutError",
    "UniformSwing",
    "backtest",
    "by_group",
    "by_sex",
    "check_goal",
    "design_rollout",
    "estimate_outreach",
    "estimate_rollout",
    "load_jambi",
    "plan_outreach",
    "plot_areas",
    "plot_backtest",
    "plot_calibration",
    "plot_districts",
    "plot_effect",
    "plot_goal",
    "plot_heatmap",
    "plot_history",
    "plot_map",
    "plot_multiples",
    "plot_plan",
    "plot_replay",
    "plot_total",
    "read_crosswalk",
    "read_outreach",
    "read_results",
    "read_roll",
    "replay",
    "scores",
    "write_report",
]

_MODULES = {
    "backtesting": ("Backtest", "Replay", "backtest", "replay"),
    "datasets": ("load_jambi",),
    "elections": ("Election",),
    "errors": ("TurnoutError",),
    "forecast": ("Forecast",),
    "goals": ("GoalCheck", "check_goal"),
    "models.points.naive": ("LastOfType", "LastTurnout", "UniformSwing"),
    "models.points.boosting": ("BoostedTrees",),
    "models.points.glm": ("BinomialGLM",),
    "models.tree.model": ("HierarchicalModel",),
    "models.mixture.model": ("Mixture",),
    "outreach": ("OutreachEffect", "design_rollout", "estimate_outreach", "estimate_rollout"),
    "outreach.plan": ("OutreachPlan", "plan_outreach"),
    "plots": tuple(name for name in __all__ if name.startswith("plot_")),
    "reading": ("read_crosswalk", "read_outreach", "read_results", "read_roll"),
    "report": ("write_report",),
    "groups": ("ByGroup", "by_group"),
    "sexes": ("BySex", "by_sex"),
}

_HOME = {name: f"turnout.{module}" for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the public name `name` from the module that holds it (PEP 562)."""
    if name == "scores":
        return import_module("turnout.scores")
    if name not in _HOME:
        raise AttributeError(f"module 'turnout' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
