"""Rolling origin by election; the score of a forecast afterwards."""

from turnout.backtesting.calibration import coverage_table, pit_table
from turnout.backtesting.comparison import compare, score_table
from turnout.backtesting.evaluation import Evaluation, evaluate
from turnout.backtesting.folds import Fold, Settings, folds
from turnout.backtesting.result import Backtest, join_backtests
from turnout.backtesting.run import backtest

__all__ = [
    "Backtest",
    "Evaluation",
    "Fold",
    "Settings",
    "backtest",
    "compare",
    "coverage_table",
    "evaluate",
    "folds",
    "join_backtests",
    "pit_table",
    "score_table",
]
