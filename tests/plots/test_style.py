"""The visual language: axes in the numbers of the language, and no setting left behind."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from turnout import Forecast
from turnout.plots import plot_total, save_figure
from turnout.plots.style import style


def tick_labels(axis: object) -> list[str]:
    return [label.get_text() for label in axis.get_ticklabels()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lang", "limits", "expected"),
    [
        ("en", (0.5, 0.9), ["50%", "60%", "70%", "80%", "90%"]),
        ("id", (0.62, 0.64), ["62,0%", "62,5%", "63,0%", "63,5%", "64,0%"]),
    ],
)
def test_percent_axis(lang: str, limits: tuple[float, float], expected: list[str]) -> None:
    ax = Figure().add_subplot()
    ax.set_xlim(*limits)
    style.percent_axis(ax.xaxis, lang, ticks=5)
    assert [label for label in tick_labels(ax.xaxis) if label in expected] == expected


def test_count_axis_has_the_thousands_of_the_language() -> None:
    ax = Figure().add_subplot()
    ax.set_xlim(0, 400_000)
    style.count_axis(ax.xaxis, "id")
    assert "200.000" in tick_labels(ax.xaxis)


def test_year_axis_tells_months_where_years_are_too_coarse() -> None:
    ax = Figure().add_subplot()
    ax.set_xlim(np.datetime64("2024-01-01"), np.datetime64("2024-12-31"))
    style.year_axis(ax, "id")
    ax.figure.draw_without_rendering()
    assert "Juli 2024" in tick_labels(ax.xaxis)
    ax.set_xlim(np.datetime64("1990-01-01"), np.datetime64("2024-12-31"))
    style.year_axis(ax, "id", ticks=4)
    ax.figure.draw_without_rendering()
    assert set(tick_labels(ax.xaxis)) >= {"2000", "2010", "2020"}


def test_a_plot_leaves_no_setting_behind(city: Forecast) -> None:
    before = mpl.rcParams.copy()
    ax = plot_total(city)
    changed = [name for name in before if name != "backend" and mpl.rcParams[name] != before[name]]
    assert changed == []
    assert ax.get_xaxis().label.get_fontsize() == style.SMALL


def test_importing_plots_sets_nothing_and_opens_no_window() -> None:
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def lightness(colour: object) -> float:
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))  # type: ignore[arg-type]


def test_colours_that_lie_on_each_other_differ_in_grey() -> None:
    steps = (style.FORECAST, style.INTERVAL_50, style.INTERVAL_80, style.INTERVAL_90, "#FFFFFF")
    assert (np.diff([lightness(colour) for colour in steps]) > 0.1).all()
    assert abs(lightness(style.GOOD) - lightness(style.SHORT)) > 0.2


def test_the_sequential_scale_darkens_evenly() -> None:
    grey = [lightness(style.SEQUENTIAL(value)) for value in np.linspace(0, 1, 11)]
    assert (np.diff(grey) < -0.04).all()


def test_words_on_every_colour_of_the_scale_can_be_read() -> None:
    for value in np.linspace(0, 1, 101):
        colour = style.SEQUENTIAL(value)
        assert style.contrast(style.ink_on(colour), colour) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("ink", [style.INK, style.MUTED, style.GOAL, style.FORECAST])
def test_words_on_white_can_be_read(ink: str) -> None:
    assert style.contrast(ink, "#FFFFFF") >= 4.5


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_same_figure_gives_the_same_file(city: Forecast, tmp_path: Path, ending: str) -> None:
    one = save_figure(plot_total(city, 0.7), tmp_path / f"one.{ending}")
    two = save_figure(plot_total(city, 0.7), tmp_path / f"two.{ending}")
    assert one.read_bytes() == two.read_bytes()
