"""Will the goal be reached? Probabilities, gaps in points and voters, and words for them."""

from turnout.forecast.goal import Goal, parse_goal, written_goal
from turnout.goals.check import GoalCheck, check_goal, scales_downward
from turnout.goals.night import Standing, deciding_interval, standing
from turnout.goals.parsing import PlaceGoals
from turnout.goals.words import VERDICTS, Verdict, is_fixed, place_name, verdict_of

__all__ = [
    "VERDICTS",
    "Goal",
    "GoalCheck",
    "PlaceGoals",
    "Standing",
    "Verdict",
    "check_goal",
    "deciding_interval",
    "is_fixed",
    "parse_goal",
    "place_name",
    "scales_downward",
    "standing",
    "verdict_of",
    "written_goal",
]
