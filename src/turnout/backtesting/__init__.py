"""Rolling origin by election; the score of a forecast afterwards."""

from turnout.backtesting.comparison import compare, score_table
from turnout.backtesting.folds import Fold, Settings, folds
from turnout.backtesting.result import Backtest, join_backtests
from turnout.backtesting.run import backtest

__all__ = [
    "Backtest",
    "Fold",
    "Settings",
    "backtest",
    "compare",
    "folds",
    "join_backtests",
    "score_table",
]
