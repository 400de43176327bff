"""The first screen where a what-if fixes the whole: nothing of it is likely or sure."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal
from turnout.forecast import Forecast
from turnout.forecast.counted import Counted
from turnout.language import LANGUAGES, Language
from turnout.plots.figures import figures_of
from turnout.report.document.answer import answer_cards
from turnout.report.document.content import document_of
from turnout.schema import PLACE_COLUMNS

PLACES = pd.DataFrame({"city": "Kota", "area": ["A", "B"], "registered": [100.0, 100.0]})
DRAWS = np.float32([[0.6, 0.7], [0.7, 0.6], [0.65, 0.65]])
FIXED = Forecast(Election("2030-11-27", "pilkada"), PLACES, DRAWS, "area")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("goal", ["60%", "70%", None])
def test_no_card_tells_a_probability_of_what_is_fixed(goal: str | None, lang: Language) -> None:
    cards = answer_cards(FIXED, check_goal(FIXED, goal) if goal else None, lang)
    told = " ".join(f"{card.answer} {card.detail}" for card in cards[:2])
    assert not {"90%", "probability", "peluang", "median"} & set(told.replace(",", "").split())
    assert {"en": "not forecast", "id": "bukan diprakirakan"}[lang] in told


def test_the_answer_is_yes_or_no() -> None:
    answers = [answer_cards(FIXED, check_goal(FIXED, goal), "en")[0] for goal in ("65%", "66%")]
    assert [(card.answer, card.mood) for card in answers] == [("Yes", "good"), ("No", "bad")]


def counted(*, doubtful: bool) -> Forecast:
    """Return a forecast of which all is counted."""
    places = PLACES.assign(scale="area", area_id=None)
    places = places.reindex(columns=["scale", *PLACE_COLUMNS, "area_id", "registered"])
    whole = places.head(1).assign(scale="city", area=None, registered=200.0)
    table = pd.concat([whole, places], ignore_index=True).assign(
        voters=lambda rows: rows["registered"] * 0.65,
        stations_counted=4.0,
        stations_total=4.0,
        counted_share=1.0,
        complete=True,
    )
    return replace(
        FIXED, counted=Counted(table.assign(doubtful=doubtful, lacks_votes=False, in_doubt=0.0))
    )


def test_a_count_that_may_lack_stations_answers_neither_yes_nor_no() -> None:
    for doubtful, answer in ((False, "No"), (True, "Not clear yet")):
        forecast = counted(doubtful=doubtful)
        assert answer_cards(forecast, check_goal(forecast, "66%"), "en")[0].answer == answer


def test_no_curve_is_drawn_of_one_figure() -> None:
    assert "total" not in figures_of(FIXED, None)
    moving = Forecast(FIXED.election, PLACES, DRAWS + np.float32([[0.01], [0], [0]]), "area")
    assert {"total", "dots"} <= set(figures_of(moving, None))


def test_what_few_places_lack_is_not_all_while_others_lack_some() -> None:
    names, short = list("ABCDE"), np.array([0.1, 0.2, 0.3, 0.499, 0.7])
    places = pd.DataFrame({"city": "Kota", "area": names, "registered": 1e4})
    forecast = Forecast(FIXED.election, places, np.float32([short - 0.01, short + 0.01]), "area")
    card = answer_cards(forecast, check_goal(forecast, "50%"), "en")[3]
    assert "99% of the missing voters are in 3 of 5 places" in card.detail


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_complete_count_is_told_without_a_model(lang: Language) -> None:
    whole, open_one = counted(doubtful=False), FIXED
    told = document_of(whole, check_goal(whole, "66%"), {}, lang=lang)
    assert {"before", "uncertain"}.isdisjoint(section.name for section in told.sections)
    text = repr(told).casefold()
    assert not re.search(r"turnout forecast|prakiraan tingkat|to repeat this forecast|prior", text)
    other = document_of(open_one, check_goal(open_one, "66%"), {}, lang=lang)
    assert {"before", "uncertain", "method"} <= {section.name for section in other.sections}
