"""Rolling origin by election; the score of a forecast afterwards."""

from turnout.backtesting.calibration import coverage_table, pit_table
from turnout.backtesting.comparison import compare, score_table
from turnout.backtesting.evaluation import Evaluation, evaluate
from turnout.backtesting.result import Backtest, join_backtests
from turnout.backtesting.run import Settings, backtest

__all__ = [
    "Backtest",
    "Evaluation",
    "Settings",
    "backtest",
    "compare",
    "coverage_table",
    "evaluate",
    "join_backtests",
    "pit_table",
    "score_table",
]
