"""Figures of a backtest and of the score afterwards: what is drawn, in both languages."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from turnout.backtesting import Backtest, Settings, backtest, evaluate
from turnout.forecast.words import model_word
from turnout.models.points.naive import LastOfType, UniformSwing
from turnout.plots.backtest import plot_backtest, plot_skill
from turnout.plots.calibration import plot_calibration, plot_pit
from turnout.plots.evaluation import plot_evaluation
from turnout.schema import canonical_results
from turnout.scores import clopper_pearson

PLOTS = (plot_backtest, plot_skill, plot_calibration, plot_pit)


@pytest.fixture(scope="module")
def tested():
    rng = np.random.default_rng(1)
    results = pd.DataFrame(
        [
            {
                "date": f"{2000 + year}-05-01",
                "election_type": "local",
                "district": "NS"[area % 2],
                "area": f"area {area}",
                "registered": 1000,
                "voters": rng.integers(450, 650),
            }
            for year in range(6)
            for area in range(4)
        ]
    )
    return backtest([UniformSwing(), LastOfType()], results, settings=Settings(draws=200, jobs=1))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_whole_of_which_no_result_is_known_is_told(tested, lang):
    scores, forecasts = (table[~table["is_top"]] for table in (tested.scores, tested.forecasts))
    unknown = Backtest(scores, forecasts, tested.failures)
    for plot in PLOTS:
        plot(unknown, lang=lang)
    words = {"en": "No result of the whole is known", "id": "Hasil keseluruhan tidak diketahui"}
    assert plot_backtest(unknown, lang=lang).get_title("left") == words[lang]
    told = [text.get_text() for text in plot_calibration(unknown, lang=lang).texts]
    assert told == [model_word("UniformSwing", lang, first=True)]


def test_marks_at_the_end_of_the_axis_are_whole(tested, evaluation):
    # a result of 100%: the axis reaches past it by more than half a mark, without a tick there
    places = evaluation.places.assign(actual=1.0)
    forecasts = tested.forecasts.assign(actual=1.0)
    for ax in (
        plot_evaluation(replace(evaluation, places=places)),
        plot_backtest(replace(tested, forecasts=forecasts)),
    ):
        ax.figure.canvas.draw()
        end, mark = ax.transData.transform([(ax.get_xlim()[1], 0), (1.0, 0)])[:, 0]
        points = 72 * (end - mark) / ax.figure.dpi
        assert points > 5.2 / 2
        assert "102%" not in [text.get_text() for text in ax.get_xticklabels()]
        assert max(ax.get_xticks()[ax.get_xticks() <= ax.get_xlim()[1]]) <= 1


@pytest.mark.slow
def test_no_two_models_look_alike(tested):
    names = [f"model {number}" for number in range(9)]
    rows = tested.scores[tested.scores["model"] == "UniformSwing"]
    many = [tested.scores, *(rows.assign(model=name) for name in names)]
    ax = plot_skill(Backtest(pd.concat(many), tested.forecasts, tested.failures))
    marks = [line for line in ax.get_lines() if line.get_label()[0] != "_"]
    assert len(marks) == 11
    assert len({(line.get_marker(), line.get_color()) for line in marks}) == 11


@pytest.fixture(scope="module")
def evaluation():
    names = [f"area {number}" for number in range(30)]
    table = pd.DataFrame(
        {
            "scale": ["city"] + ["area"] * 30,
            "city": "K",
            "area": [None, *names],
            "median": 0.6,
            "level": 0.9,
            "lower": 0.5,
            "upper": 0.7,
        }
    )
    actual = pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "city": "K",
            "area": names,
            "registered": 100,
            "voters": np.arange(45, 75),
        }
    )
    return evaluate(table, canonical_results(actual))


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_they_draw_on_the_given_axes_in_both_languages(plot, lang, tested):
    ax = Figure().add_subplot()
    assert plot(tested, ax=ax, lang=lang) is ax
    assert ax.get_title("left")
    assert ax.get_legend().get_texts()


@pytest.mark.slow
def test_the_languages_differ(tested):
    for plot in PLOTS:
        assert plot(tested).get_title("left") != plot(tested, lang="id").get_title("left")


def test_every_election_is_a_row_with_its_n(tested):
    ax = plot_backtest(tested)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["Local 1 May 2003", "Local 1 May 2004", "Local 1 May 2005"]
    assert "of 3 elections" in ax.get_title("left")


def test_what_is_not_shown_still_counts(tested):
    years = range(30)
    many = pd.concat(
        [
            tested.forecasts.assign(panel=f"p{year:02}", date=pd.Timestamp(2000 + year, 5, 1))
            for year in years
        ]
    )
    ax = plot_backtest(Backtest(tested.scores, many, tested.failures))
    assert len(ax.get_yticks()) == 24
    assert "of 90 elections" in ax.get_title("left")
    assert any("66 more not shown" in text.get_text() for text in ax.texts)


def test_what_happened_is_drawn_where_it_happened(tested):
    ax = plot_backtest(tested, model="LastOfType")
    rows = tested.forecasts
    rows = rows[rows["is_top"] & (rows["model"] == "LastOfType") & (rows["level"] == 0.9)]
    drawn = [
        x
        for line in ax.get_lines()
        if line.get_marker() in {"o", "X"}
        for x in np.asarray(line.get_xdata())
    ]
    np.testing.assert_allclose(sorted(drawn), sorted(rows["actual"]))


def test_calibration_has_a_mark_per_scale_and_level(tested):
    ax = plot_calibration(tested)
    marks = [line for line in ax.get_lines() if line.get_linestyle() == "None"]
    assert (
        sum(len(np.asarray(line.get_xdata())) for line in marks if line.get_label()[0] != "_") == 9
    )


def test_whiskers_are_of_polling_days(tested):
    # ten misses on one day, and one hit on each of nine others: 9 of 19 contests, on 9 of 10 days
    rows = tested.forecasts[tested.forecasts["is_top"] & (tested.forecasts["level"] == 0.9)]
    row = rows[rows["model"] == "UniformSwing"].iloc[[0]].assign(actual=0.5, lower=0.4)
    contests = pd.concat(
        [
            row.assign(
                election=str(number),
                date=pd.Timestamp(2000 + max(number - 9, 0), 5, 1),
                upper=0.45 if number < 10 else 0.6,
            )
            for number in range(19)
        ]
    )
    ax = plot_calibration(Backtest(tested.scores, contests, tested.failures))
    low, high = (float(end[0]) for end in clopper_pearson([9], [10]))
    (whisker,) = ax.containers[0].lines[2][0].get_segments()
    np.testing.assert_allclose(whisker[:, 1], [low, high])
    assert low > 9 / 19
    assert any("10 polling days" in text.get_text() for text in ax.texts)


def test_the_pit_has_five_bars_per_scale_that_sum_to_one(tested):
    ax = plot_pit(tested)
    heights = [bar.get_height() for bar in ax.patches]
    assert len(heights) == 15
    np.testing.assert_allclose(sum(heights), 3)


def test_unknown_models_are_named(tested):
    for plot in (plot_backtest, plot_calibration, plot_pit):
        with pytest.raises(ValueError, match="no model 'X'"):
            plot(tested, model="X")


def all_words(ax):
    """Return all that is written on a figure, in one line."""
    texts = ax.get_figure(root=True).findobj(Text)
    return " ".join(" ".join(text.get_text().split()) for text in texts)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_most_surprising_places_are_drawn(evaluation, lang):
    ax = Figure().add_subplot()
    assert plot_evaluation(evaluation, ax=ax, lang=lang) is ax
    # the whole stands over the 20
    assert next(label.get_text() for label in ax.get_yticklabels()) == "K"
    assert len(ax.get_yticks()) == 21
    below = {"en": "The whole, then the 20 places", "id": "Keseluruhan, lalu 20 wilayah"}
    assert below[lang] in all_words(ax)
    few = evaluation.places["area"].isna() | (evaluation.places["actual"] < 0.5)
    drawn = plot_evaluation(replace(evaluation, places=evaluation.places[few]), lang=lang)
    below = {"en": "The whole, then all places", "id": "Keseluruhan, lalu semua wilayah"}
    assert below[lang] in all_words(drawn)
    outside = [line for line in ax.get_lines() if line.get_marker() == "X"]
    # 45 to 49 and 71 to 74 of 100 lie outside .5 to .7
    assert len(np.asarray(outside[0].get_xdata())) == 9


def test_a_whole_without_places_is_drawn_with_its_goals():
    table = pd.DataFrame(
        {
            "scale": ["city", "area", "area"],
            "city": "K",
            "area": [None, "A", "B"],
            "median": 0.6,
            "level": 0.9,
            "lower": 0.5,
            "upper": 0.7,
        }
    )
    actual = pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "city": ["K"],
            "registered": 100,
            "voters": 62,
        }
    )
    goals = pd.DataFrame({"goal": [0.86, 0.75], "probability": [0.01, 0.1]})
    only = evaluate(table, canonical_results(actual), goals=goals)
    ax = plot_evaluation(only, lang="id")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["K"]
    assert ax.get_title("left") == "Realisasi di dalam rentang 90%"
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "Target: 75%, 86%" in told
    assert "Realisasi, di dalam 90%" in told
    low, high = ax.get_xlim()
    assert low < 0.5
    assert high > 0.86
