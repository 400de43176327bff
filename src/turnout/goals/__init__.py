"""Will the goal be reached? Probabilities, gaps in points and voters, and words for them."""

from turnout.forecast.goal import Goal, parse_goal, written_goal
from turnout.goals.check import GoalCheck, check_goal, scales_downward
from turnout.goals.night import Standing, deciding_interval, say_so_far, standing
from turnout.goals.parsing import PlaceGoals
from turnout.goals.words import (
    UNCLEAR,
    VERDICTS,
    Verdict,
    chances_said,
    is_fixed,
    place_name,
    verdict_of,
    verdicts_said,
)

__all__ = [
    "UNCLEAR",
    "VERDICTS",
    "Goal",
    "GoalCheck",
    "PlaceGoals",
    "Standing",
    "Verdict",
    "chances_said",
    "check_goal",
    "deciding_interval",
    "is_fixed",
    "parse_goal",
    "place_name",
    "say_so_far",
    "scales_downward",
    "standing",
    "verdict_of",
    "verdicts_said",
    "written_goal",
]
