"""The forecast of women and men, scored: what is held, what is left out, what is said."""

import numpy as np
import pandas as pd

from turnout.backtesting.by_sex import say_scored_by_sex, score_by_sex

TOLD = pd.DataFrame(
    {
        "scale": ["city"] * 3 + ["area"] * 6,
        "city": "Kota",
        "area": [None] * 3 + ["Murni"] * 3 + ["Legok"] * 3,
        "group": ["women", "men", "gap"] * 3,
        "median": [0.70, 0.60, 0.10] * 2 + [np.nan] * 3,
        "level": 0.9,
        "lower": [0.65, 0.55, 0.05] * 2 + [np.nan] * 3,
        "upper": [0.75, 0.65, 0.15] * 2 + [np.nan] * 3,
    }
)
COUNTS = pd.DataFrame(
    {
        "scale": ["city", "area", "area"],
        "city": "Kota",
        "area": [None, "Murni", "Legok"],
        "turnout_p": [0.72, 0.80, 0.5],
        "turnout_l": [0.61, 0.60, 0.5],
        "registered_gap": 0,
        "voters_gap": 0,
    }
)


def test_each_group_is_held_or_not_and_a_suppressed_place_is_not_scored() -> None:
    scored = score_by_sex(TOLD, COUNTS)
    assert scored["area"].tolist() == [None] * 3 + ["Murni"] * 3
    np.testing.assert_allclose(scored["actual"], [0.72, 0.61, 0.11, 0.80, 0.60, 0.20])
    np.testing.assert_allclose(scored["error"], [-2, -1, -1, -10, 0, -10])
    assert scored["held"].tolist() == [True, True, True, False, True, False]
    assert not scored["partial"].any()
    half = score_by_sex(TOLD, COUNTS.assign(partial=[True, False, True]))
    assert half["partial"].tolist() == [True] * 3 + [False] * 3


def test_sexes_that_are_not_the_total_are_not_scored() -> None:
    counts = COUNTS.assign(voters_gap=[50, 0, 0])
    assert score_by_sex(TOLD, counts)["scale"].tolist() == ["area"] * 3
    assert score_by_sex(TOLD, COUNTS.assign(turnout_p=np.nan)).empty


def test_the_words_name_the_place_and_count_the_others() -> None:
    two = TOLD.fillna({"median": 0.5, "lower": 0.4, "upper": 0.6})
    said = say_scored_by_sex(score_by_sex(two, COUNTS), "en").splitlines()
    assert said[0] == (
        "Kota, women: turnout 72.0%; forecast 70.0%, 90% interval 65.0% to 75.0%: inside."
    )
    assert said[2].startswith("Kota, women less men: 11.0 points; forecast 10.0, 90% interval 5.0")
    assert said[3] == (
        "By sex and area, the 90% interval held women in 1, men in 2 and their gap in 0 of 2 "
        "places."
    )
    assert "di dalam rentang" in say_scored_by_sex(score_by_sex(two, COUNTS), "id")
