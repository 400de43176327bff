"""The warnings that are told first: the whole may be of other places, or far from the truth."""

from __future__ import annotations

from turnout.rules.copied import SAME_FIGURES
from turnout.rules.copied_blocks import OWN_FIGURES
from turnout.rules.copied_districts import DISTRICT_COPIED
from turnout.rules.days import SWAPPED
from turnout.rules.history import NONE_KNOWN, ROLL_FAR_OFF
from turnout.rules.like_another_type import FAR_BELOW_TYPE, LIKE_ANOTHER_TYPE
from turnout.rules.multiplied import MULTIPLIED
from turnout.rules.new_places import UNKNOWN_CITY
from turnout.rules.other_years import IN_OTHER_YEAR
from turnout.rules.part_for_whole import ONE_SEX_FOR_ALL, VALID_FOR_VOTERS
from turnout.rules.part_sizes import FAR_OFF_PART, REGISTERED_OF_ALL
from turnout.rules.plausible import NEAR_TYPE
from turnout.rules.presidents import NONE_LIKE_IT, WITH_AND_WITHOUT
from turnout.rules.reordered import REORDERED
from turnout.rules.reordered_voters import VOTERS_REORDERED
from turnout.rules.same_contest import ON_TWO_DAYS
from turnout.rules.shifted import SHIFTED
from turnout.rules.under_another import UNDER_ANOTHER

MISSING_FROM_ROLL = "missing_from_roll"
"""Areas of the newest results that the roll does not hold."""

OTHER_NAME = "type_by_another_name"
"""A coming type that the past may hold by another name of its family."""

COMING_DAY = "coming_day"
"""A coming election on the day of others, or off the day of its type."""

FAR_GOAL = "far_goal"
"""A goal far below all turnout in the past results."""

VOTERS_LACK_A_WAY = "voters_lack_a_way"
"""Voters that are fewer than those by the ways of voting beside them, such as absentee ones."""

OTHERS_AS_VOTERS = "exchanged_with_non_voters"
"""Voters that may have changed places with those who did not vote."""

CANDIDATE_AS_VOTERS = "candidate_as_voters"
"""Votes of one candidate, which the user takes for all who voted."""

GRAVE = frozenset(
    {
        CANDIDATE_AS_VOTERS,
        COMING_DAY,
        DISTRICT_COPIED.name,
        FAR_BELOW_TYPE.name,
        FAR_GOAL,
        FAR_OFF_PART.name,
        IN_OTHER_YEAR.name,
        LIKE_ANOTHER_TYPE.name,
        MULTIPLIED.name,
        REGISTERED_OF_ALL.name,
        NONE_KNOWN.name,
        NONE_LIKE_IT.name,
        MISSING_FROM_ROLL,
        NEAR_TYPE.name,
        ONE_SEX_FOR_ALL.name,
        ON_TWO_DAYS.name,
        OTHERS_AS_VOTERS,
        OTHER_NAME,
        OWN_FIGURES.name,
        REORDERED.name,
        ROLL_FAR_OFF.name,
        SAME_FIGURES.name,
        SHIFTED.name,
        SWAPPED.name,
        UNDER_ANOTHER.name,
        UNKNOWN_CITY.name,
        VALID_FOR_VOTERS.name,
        VOTERS_LACK_A_WAY,
        VOTERS_REORDERED.name,
        WITH_AND_WITHOUT.name,
    }
)
"""Rules whose findings are told before any computation, and at the head of the report."""
