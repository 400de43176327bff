"""Figures as wide as is asked: whole, with every word inside, at the width of a column or phone."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from turnout.errors import TurnoutError
from turnout.goals import check_goal
from turnout.plots.figures import figures_of
from turnout.plots.rendering import rendered
from turnout.plots.style.sheet import text_width, wrapped
from turnout.plots.style.style import sheet_axes

NAMES = ("total", "history", "goal", "districts", "areas", "heatmap", "multiples", "map")


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 85, 160])
@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_word_stands_inside_the_figure(jambi, width, lang):
    figures = figures_of(jambi, check_goal(jambi, ["86%", "70%"]), lang)
    for name in NAMES:
        ax = figures[name](ax=sheet_axes(width / 25.4))
        figure = ax.get_figure(root=True)
        canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        sheet = figure.bbox.padded(2)
        renderer = canvas.get_renderer()
        boxes = [words.get_window_extent(renderer) for words in (*figure.texts, *ax.texts)]
        boxes.append(figure.get_tightbbox(renderer).transformed(figure.dpi_scale_trans))
        for box in boxes:
            assert sheet.x0 <= box.x0, (name, box)
            assert box.x1 <= sheet.x1, (name, box)
            assert box.y1 <= sheet.y1, (name, box)


def test_lines_are_no_longer_than_their_room():
    words = "Kota Jambi: target 86% di luar jangkauan (peluang <1%)"
    lines = wrapped(words, 120, 9.5, bold=True).split("\n")
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert max(text_width(line, 9.5, bold=True) for line in lines) <= 120


@pytest.mark.parametrize("width", [60, pytest.param(95, marks=pytest.mark.slow)])
def test_a_few_places_fit_a_narrow_column(city, width):
    for name, draw in figures_of(city, check_goal(city, "86%")).items():
        assert rendered(draw(ax=sheet_axes(width / 25.4)), ["svg"]).height > 0.5, name


def test_a_figure_that_is_too_small_is_an_error(jambi):
    ax = figures_of(jambi, None)["areas"](ax=sheet_axes(2.4, 0.5))
    with pytest.raises(TurnoutError, match="too small for what stands in it: 61 x 13 mm"):
        rendered(ax, ["svg"])


def test_a_height_that_is_asked_stays(jambi):
    figure = figures_of(jambi, None)["total"](ax=sheet_axes(3, 2)).get_figure(root=True)
    assert tuple(figure.get_size_inches()) == (3, 2)


@pytest.mark.slow
def test_every_goal_is_drawn_and_named(jambi):
    check = check_goal(jambi, ["86%", "84%", "60%"])
    for name in ("total", "districts", "history"):
        ax = figures_of(jambi, check)[name](ax=sheet_axes(2.4))
        told = [words.get_text() for words in ax.texts]
        for goal in ("goal 86%", "goal 84%", "goal 60%"):
            assert goal in told, (name, goal)


def test_the_headline_is_one_line_for_those_who_do_not_see_it(jambi):
    ax = figures_of(jambi, check_goal(jambi, "86%"))["total"](ax=sheet_axes(2.4))
    assert "\n" not in rendered(ax, ["svg"]).headline
