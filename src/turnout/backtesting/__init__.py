"""Rolling origin by election; the score of a forecast afterwards."""

from turnout.backtesting.calibration import coverage_table, pit_table
from turnout.backtesting.comparison import compare, score_table
from turnout.backtesting.evaluation import Evaluation, evaluate
from turnout.backtesting.replay_result import Replay, join_replays
from turnout.backtesting.replay_run import Night, ReplaySettings, replay
from turnout.backtesting.result import Backtest, join_backtests
from turnout.backtesting.run import Settings, backtest

__all__ = [
    "Backtest",
    "Evaluation",
    "Night",
    "Replay",
    "ReplaySettings",
    "Settings",
    "backtest",
    "compare",
    "coverage_table",
    "evaluate",
    "join_backtests",
    "join_replays",
    "pit_table",
    "replay",
    "score_table",
]
