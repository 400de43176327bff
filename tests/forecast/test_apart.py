"""Votes that past totals hold and no place does are told beside the forecast of the whole."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.areas import build_panel
from turnout.forecast import About, Forecast, make_forecast
from turnout.forecast.apart import votes_apart
from turnout.goals import check_goal
from turnout.report.document.answer import answer_cards

COMING = Election("2030-11-27", "pilkada")


def forecast_after(postal: int) -> Forecast:
    """Return a forecast of 60% after a contest of 1,200 voters of 2,000, and so many by post."""
    places = {"district": ["N", "N", "N"], "area": ["A", "B", None]}
    past = pd.DataFrame({**places, "registered": [1000, 1000, 2000]})
    past = past.assign(voters=[600, 600, 1200 + postal], date="2025-11-27")
    panel = build_panel(past.assign(election_type="pilkada"), election=COMING)
    return make_forecast(panel, COMING, np.full((20, 2), 0.6), About("own"))


def test_a_goal_is_told_to_stand_against_a_higher_total():
    forecast = forecast_after(postal=400)
    note = votes_apart(forecast)
    assert note is not None
    assert "In pilkada 2025 the total was 20.0 points higher" in note.say("en")
    assert "median of 60.0% would be 80.0%" in note.say("en")
    check = check_goal(forecast, "70%")
    for lang in ("en", "id"):
        assert check.say(lang).splitlines()[0] == note.say(lang)
        for told in (check, None):
            assert answer_cards(forecast, told, lang)[0].detail.endswith(note.say(lang))


@pytest.mark.parametrize("postal", [0, 20])
def test_a_total_that_its_places_explain_is_not_told(postal):
    forecast = forecast_after(postal)
    assert votes_apart(forecast) is None
    assert "own figures" not in check_goal(forecast, "70%").say("en")


@pytest.mark.parametrize(("postal", "told"), [(400, True), (0, False)])
def test_during_a_count_the_goal_is_told_to_stand_against_the_places_own_votes(postal, told):
    places = {"district": ["N", "N", "N"], "area": ["A", "B", None]}
    past = pd.DataFrame({**places, "registered": [1000, 1000, 2000]})
    past = past.assign(voters=[600, 600, 1200 + postal], date="2025-11-27", election_type="pilkada")
    count = pd.DataFrame({"district": ["N"], "area": ["A"], "registered": [1000], "voters": [640]})
    panel = build_panel(past, election=COMING, counted=count)
    forecast = make_forecast(panel, COMING, np.full((20, 2), 0.6), About("own"))
    assert ("come on top" in check_goal(forecast, "70%").say("en")) == told
