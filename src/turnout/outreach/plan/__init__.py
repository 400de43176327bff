"""Where the next activities should go."""

from turnout.outreach.plan.means import (
    Budget,
    Floor,
    Means,
    Option,
    options_of_log,
    options_of_table,
)
from turnout.outreach.plan.plan import OutreachPlan, plan_outreach
from turnout.outreach.plan.uplift import required_uplift

__all__ = [
    "Budget",
    "Floor",
    "Means",
    "Option",
    "OutreachPlan",
    "options_of_log",
    "options_of_table",
    "plan_outreach",
    "required_uplift",
]
