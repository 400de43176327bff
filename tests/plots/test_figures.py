"""Every figure: what it draws, in both languages, for panels of every shape."""

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure

import turnout
from turnout import Election, Forecast, TurnoutError, check_goal
from turnout.language import Language
from turnout.plots import (
    plot_areas,
    plot_districts,
    plot_dots,
    plot_goal,
    plot_heatmap,
    plot_history,
    plot_map,
    plot_multiples,
    plot_total,
    write_figures,
)
from turnout.plots.figures import figures_of
from turnout.plots.style import style
from turnout.tables import past_of_whole

Make = Callable[..., Forecast]

DRAWN = [
    lambda forecast, **more: plot_areas(forecast, 0.7, **more),
    lambda forecast, **more: plot_districts(forecast, 0.7, **more),
    lambda forecast, **more: plot_total(forecast, 0.7, **more),
    lambda forecast, **more: plot_history(forecast, 0.7, **more),
    lambda forecast, **more: plot_goal(forecast, 0.7, **more),
    lambda forecast, **more: plot_heatmap(forecast, **more),
    lambda forecast, **more: plot_multiples(forecast, 0.7, **more),
    lambda forecast, **more: plot_map(forecast, None, 0.7, **more),
    lambda forecast, **more: plot_dots(forecast, 0.7, **more),
]
NAMES = ["areas", "districts", "total", "history", "goal", "heatmap", "multiples", "map", "dots"]


def words(ax: Axes) -> list[str]:
    """Return all that is written in a figure, small panels and key included."""
    from matplotlib.text import Text

    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def names(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


@pytest.mark.parametrize("draw", DRAWN, ids=NAMES)
@pytest.mark.parametrize("lang", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_a_plot_of_its_own_fits_the_width_of_a_page_with_all_that_is_written(
    draw: Callable[..., Axes], jambi: Forecast, lang: Language
) -> None:
    figure = draw(jambi, lang=lang).get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches()
    assert width == pytest.approx(style.WIDTH)
    assert height <= 5.2  # half of an A4 page, with its caption
    figure.draw_without_rendering()
    figure.draw_without_rendering()
    page, drawn = figure.bbox, figure.get_tightbbox().transformed(figure.dpi_scale_trans)
    assert drawn.x0 >= page.x0 - 1
    assert drawn.y0 >= page.y0 - 1
    assert drawn.x1 <= page.x1 + 1
    assert drawn.y1 <= page.y1 + 1


@pytest.mark.parametrize("draw", DRAWN, ids=NAMES)
def test_figures_on_given_axes_have_the_words_and_numbers_of_the_language(
    draw: Callable[..., Axes], city: Forecast
) -> None:
    figure = Figure(figsize=(5, 4))
    ax = figure.add_subplot()
    assert draw(city, ax=ax) is ax
    assert figure.get_size_inches().tolist() == [5, 4]
    english, indonesian = words(ax), words(draw(city, lang="id"))
    assert any("27 November 2024" in text for text in english)
    for text in indonesian:
        for word in ("forecast", "turnout", "interval", "goal", "voter", "district", "Last"):
            assert word not in text
    assert [text for text in indonesian if re.search(r"\d\.\d{1,2}\b", text)] == []
    assert [text for text in english if re.search(r"\d,\d{1,2}\b", text)] == []


@pytest.mark.parametrize("draw", DRAWN, ids=NAMES)
@pytest.mark.parametrize(
    "shape",
    [
        {"contests": 2},
        {"contests": 1},
        {"districts": 1},
        {"districts": 2, "areas": 1},
        {"districts": 12, "areas": 25, "contests": 3},
        {"contests": 20},
    ],
    ids=["2 elections", "1 election", "1 district", "2 areas", "300 areas", "20 elections"],
)
def test_panels_of_every_shape(
    draw: Callable[..., Axes], shape: dict[str, int], make: Make
) -> None:
    assert words(draw(make(**shape), lang="id"))


@pytest.mark.parametrize("draw", DRAWN, ids=NAMES)
def test_areas_without_anything_above_them(draw: Callable[..., Axes]) -> None:
    places = pd.DataFrame({"area": ["Murni", "Le$ok_1$"], "registered": [10.0, 30.0]})
    draws = np.random.default_rng(1).beta(20, 10, (100, 2))
    assert words(draw(Forecast(Election("2024-11-27", "pilkada"), places, draws, "area")))


@pytest.mark.parametrize("name", ["areas", "districts", "goal", "heatmap", "multiples"])
def test_a_single_place_cannot_be_compared(name: str, city: Forecast) -> None:
    if name == "areas":
        assert names(plot_areas(city.at("city"))) == ["Kota Contoh"]
        return
    with pytest.raises(TurnoutError, match="single place") as caught:
        DRAWN[NAMES.index(name)](city.at("city"))
    assert "satu wilayah" in caught.value.say("id")


# areas and districts


def test_areas_stand_in_groups_with_both_intervals_and_their_median(city: Forecast) -> None:
    ax = plot_areas(city, 0.7)
    relative = city.relative().set_index("area")
    medians = city.intervals(level=0.9).set_index("area")["median"]
    expected = []
    for group in ("higher", "not told apart", "lower"):
        own = relative.index[relative["group"] == group]
        expected += sorted(own, key=lambda name: name if group[0] == "n" else -medians[name])
    assert names(ax) == expected
    intervals = city.intervals(level=0.9).set_index("area").loc[expected]
    [ninety] = ax.containers
    told = "90% interval against the whole"
    [against] = [one for one in ax.collections if one.get_label() == told]
    assert len(ninety) == len(against.get_segments()) == 20
    np.testing.assert_allclose([bar.get_x() for bar in ninety], intervals["lower"])
    np.testing.assert_allclose(
        [bar.get_x() + bar.get_width() for bar in ninety], intervals["upper"]
    )
    whole = city.at("city").intervals()["median"].iloc[0]
    lower = whole + relative["relative_lower"].loc[expected]
    starts = [segment[0, 0] for segment in against.get_segments()]
    np.testing.assert_allclose(starts, lower, atol=1e-6)
    medians = next(line for line in ax.lines if line.get_label() == "Median forecast")
    np.testing.assert_allclose(medians.get_xdata(), intervals["median"])


@pytest.mark.parametrize(
    ("away", "told"),
    [
        ([0.1, 0.0, -0.1], ["Above the whole", "Not told apart", "Below the whole"]),
        ([0.0, 0.0, 0.0], ["Not told apart"]),
    ],
)
def test_places_that_nothing_tells_apart_are_one_group_by_name(
    away: list[float], told: list[str]
) -> None:
    rng = np.random.default_rng(1)
    places = pd.DataFrame({"area": ["C", "B", "A"], "registered": [900.0] * 3})
    level, noise = rng.normal(0.6, 0.05, (500, 1)), rng.normal(0, 0.01, (500, 3))
    draws = level + np.array(away) + noise
    ax = plot_areas(Forecast(Election("2024-11-27", "pilkada"), places, draws, "area"))
    groups = ("Above", "Not told", "Below")
    headings = [text for text in words(ax) if text.startswith(groups)]
    assert [text.split(" with")[0].split(" from")[0] for text in headings] == told
    assert names(ax) == (["C", "B", "A"] if len(told) == 3 else ["A", "B", "C"])
    assert headings[-1].endswith(": 1 place" if len(told) == 3 else ": 3 places, by name")


def test_the_last_turnout_of_the_type_is_a_hollow_dot(city: Forecast) -> None:
    ax = plot_areas(city, lang="id")
    dots = next(line for line in ax.lines if line.get_label() == "Pilkada terakhir")
    assert same_color(dots.get_markerfacecolor(), "white")
    assert len(dots.get_xdata()) == city.places["last_same_type"].notna().sum()


@pytest.mark.slow
def test_the_goal_is_a_dashed_line_and_its_probability_a_column(city: Forecast) -> None:
    ax = plot_districts(city, "62,5%", lang="id")
    assert "target 62,5%" in words(ax)
    line = next(line for line in ax.lines if line.get_linestyle() == "--")
    assert line.get_xdata()[0] == 0.625
    told = words(ax)
    for chance in city.prob(0.625, by="district"):
        assert turnout.language.probability(chance, "id") in told
    for registered in city.at("district").places["registered"]:
        assert turnout.language.count(registered, "id") in told
    assert "Peluang\ntercapai" in told
    assert "Peluang" not in words(plot_districts(city, lang="id"))


def test_goals_of_single_places_are_ticks_of_their_rows(city: Forecast) -> None:
    check = check_goal(city, 0.7, goals_by_place={"Kasang 1": 0.6})
    ax = plot_districts(city, check)
    ticks = [one for one in ax.collections if one.get_label() == "Own goal"]
    assert len(ticks) == 1
    (segment,) = ticks[0].get_segments()
    np.testing.assert_allclose(segment[:, 0], 0.6)
    row = names(ax).index("Kasang 1")
    np.testing.assert_allclose(segment[:, 1].mean(), ax.get_yticks()[row])


@pytest.mark.slow
def test_long_rankings_show_both_ends_and_tell_what_lies_between(make: Make) -> None:
    forecast = make(districts=12, areas=25)
    ax = plot_areas(forecast)
    assert len(names(ax)) == 33
    told = [text for text in words(ax) if text.startswith("267 more, with medians from")]
    assert len(told) == 1


@pytest.mark.slow
def test_pages_show_every_area_once(make: Make) -> None:
    forecast = make(districts=4, areas=20)
    pages = [names(plot_areas(forecast, page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [33, 33, 14]
    assert sorted(name for page in pages for name in page) == sorted(forecast.names())
    with pytest.raises(TurnoutError, match="no page 4"):
        plot_areas(forecast, page=4)


def test_areas_without_history_are_starred(city: Forecast) -> None:
    places = city.places.assign(contests=[0] + [4] * 19)
    forecast = Forecast(city.election, places, city.draws, "area", city.history)
    ax = plot_areas(forecast)
    assert [name for name in names(ax) if name.endswith(" *")] == [f"{places['area'][0]} *"]
    assert "no past result" in ax.get_xlabel()


# total and history


def test_the_total_shades_what_reaches_the_goal_and_tells_its_probability(city: Forecast) -> None:
    ax = plot_total(city, 0.62)
    chance = turnout.language.probability(city.prob(0.62, by="city")[0], "en")
    assert ax.get_title("left") == f"Kota Contoh: the goal of 62% is open (probability {chance})"
    shaded = [one for one in ax.collections if one.get_hatch()]
    assert len(shaded) == 1
    edges = shaded[0].get_paths()[0].vertices[:, 0]
    assert edges.min() >= 0.62
    assert len(ax.containers) == 3
    assert not [one for one in plot_total(city).collections if one.get_hatch()]


@pytest.mark.slow
def test_no_goal_runs_through_the_words_of_the_total(city: Forecast) -> None:
    median = float(city.at("city").quantiles([0.5])[0, 0])
    for goal in (median + 0.001, median - 0.001, 0.9 * median):
        ax = plot_total(city, goal)
        ax.get_figure(root=True).draw_without_rendering()
        [line] = [one for one in ax.lines if one.get_linestyle() == "--"]
        drawn = line.get_window_extent()
        told = [one for one in ax.texts if "median" in one.get_text() or "%" in one.get_text()]
        inside = [one for one in told if "goal" not in one.get_text()]
        assert len(inside) >= 7
        assert not [one for one in inside if drawn.overlaps(one.get_window_extent())]


def test_the_intervals_of_the_total_are_written_out(city: Forecast) -> None:
    told = " ".join(words(plot_total(city, lang="id")))
    for level in (0.5, 0.8, 0.9):
        row = city.intervals(by="city", level=level).iloc[0]
        for end in ("lower", "upper", "median"):
            assert turnout.language.percent(row[end], "id") in told


def test_history_has_a_mark_per_contest_and_the_fan_at_its_date(jambi: Forecast) -> None:
    ax = plot_history(jambi, 0.86, lang="id")
    marks = [
        line
        for line in ax.lines
        if line.get_marker() not in ("None", "") and line.get_alpha() is None
    ]
    full = [line for line in marks if not same_color(line.get_markerfacecolor(), "white")]
    assert sum(len(line.get_xdata()) for line in full) == 8
    hollow = [line for line in marks if same_color(line.get_markerfacecolor(), "white")]
    assert sum(len(line.get_xdata()) for line in hollow) == 1  # kelurahan of 2019
    assert len(ax.containers) == 3
    legend = ax.get_legend()
    assert legend is not None
    key = {text.get_text() for text in legend.get_texts()}
    assert {"Pilkada", "Pileg", "Pilpres", "Pemilu", "Rentang 90%"} <= key
    assert {"62,7%", "69,5%", "80,4%", "target 86%"} <= set(words(ax))


@pytest.mark.parametrize(("off", "marks"), [(0.0, 0), (0.0004, 0), (0.002, 1)])
def test_a_sum_of_places_that_is_the_total_has_no_mark_of_its_own(
    jambi: Forecast, off: float, marks: int
) -> None:
    past = past_of_whole(jambi)
    told = past["official"] & past["parts"].notna()
    history = jambi.history.copy()
    of_2019 = history["election"].isin(past[told]["election"]) & (history["scale"] == jambi.top)
    history.loc[of_2019, "turnout"] = past[told]["parts"].iloc[0] + off
    ax = plot_history(replace(jambi, history=history), 0.86)
    hollow = [line for line in ax.lines if same_color(line.get_markerfacecolor(), "white")]
    drawn = [line for line in hollow if line.get_marker() not in ("None", "", "o")]
    assert sum(len(line.get_xdata()) for line in drawn) == marks
    assert ("Sum of the counted places (area)" in words(ax)) == bool(marks)


@pytest.mark.parametrize(
    ("coverage", "known", "told"),
    [
        (0.4, 21, "* sum of a part of the places: 21 of 68 (2019)"),
        (0.4, 0, "* covers less than 95% of the registered voters"),
        (0.97, 60, ""),
    ],
)
def test_a_sum_of_a_part_of_the_voters_is_starred(
    jambi: Forecast, coverage: float, known: int, told: str
) -> None:
    history = jambi.history.copy()
    of_2019 = history["date"].eq("2019-04-17")
    whole = of_2019 & (history["scale"] == jambi.top)
    history.loc[whole, ["official", "coverage"]] = [False, coverage]
    finest = history.index[of_2019 & (history["scale"] == jambi.scale)]
    partial = replace(jambi, history=history.drop(index=finest[known:]))
    said = "\n".join(words(plot_history(partial, lang="en")))
    assert ("%*" in said) == bool(told)
    assert told in said
    assert ("*" in said) == bool(told)


def test_every_type_has_a_mark_and_a_colour_of_its_own(jambi: Forecast) -> None:
    marks = style.type_marks(jambi.history["election_type"])
    assert len(set(marks.values())) == len(marks) == 4
    assert len({mark for mark, _ in marks.values()}) == 4


# goal, heat map, multiples


def test_the_waterfall_ends_at_the_goal(jambi: Forecast) -> None:
    ax = plot_goal(jambi, "86%", lang="id")
    bars = [bar for container in ax.containers for bar in container]
    assert len(bars) == 11
    missing = check_goal(jambi, 0.86).table.query("scale == 'district'")["missing_voters"]
    np.testing.assert_allclose(sorted(bar.get_width() for bar in bars), sorted(missing))
    assert names(ax)[0] == "Median prakiraan"
    assert names(ax)[-1] == "Target 86%"
    assert "391.537" in words(ax)  # 86% of 455,276
    assert ax.get_title("left").startswith("Kurang ")


def test_the_waterfall_tells_what_lies_above_the_goal(city: Forecast) -> None:
    ax = plot_goal(city, 0.55)
    assert ax.get_title("left").endswith("voters above 55%, by district")
    assert "Above the goal" in words(ax)


def test_the_heat_map_has_a_cell_per_district_and_election(city: Forecast) -> None:
    ax = plot_heatmap(city)
    (cells,) = ax.collections
    assert len(cells.get_paths()) == 5 * 5  # 4 districts and the city; 4 contests and the forecast
    median = city.at("city").quantiles([0.5])[0, 0]
    assert f"{100 * median:.1f}" in words(ax)
    assert names(ax)[-1] == "Kota Contoh"


def test_the_heat_map_tells_partial_and_missing_figures(jambi: Forecast) -> None:
    told = words(plot_heatmap(jambi, lang="id"))
    assert "–" in told
    assert any(text.endswith("*") for text in told)
    assert any("mencakup kurang dari 95%" in text for text in told)


@pytest.mark.slow
def test_multiples_have_a_panel_per_district_with_equal_axes(jambi: Forecast) -> None:
    ax = plot_multiples(jambi, 0.86)
    panels = ax.child_axes
    assert len(panels) == 11
    assert {panel.get_title("left") for panel in panels} == set(jambi.at("district").names())
    assert len({(panel.get_xlim(), panel.get_ylim()) for panel in panels}) == 1


@pytest.mark.slow
def test_multiples_of_many_districts_tell_how_many_are_left_out(make: Make) -> None:
    ax = plot_multiples(make(districts=20, areas=2))
    assert len(ax.child_axes) == 16
    assert any("4 more not shown" in text for text in words(ax))


# all of them


@pytest.mark.slow
def test_all_figures_are_written(jambi: Forecast, tmp_path: Path) -> None:
    written = write_figures(jambi, check_goal(jambi, 0.86), tmp_path / "figures", "id")
    stems = {path.stem for path in written}
    assert stems == {*NAMES, "areas-1", "areas-2", "areas-3", "map-goal"} - {"dots"}
    assert {path.suffix for path in written} == {".png", ".svg"}
    assert all(path.stat().st_size > 5_000 for path in written)


def test_without_a_goal_no_figure_is_about_one(city: Forecast) -> None:
    assert not {"goal", "map-goal"} & figures_of(city, None).keys()


def test_a_single_place_has_its_total_and_history_only(city: Forecast) -> None:
    assert set(figures_of(city.at("city"), None)) == {"total", "dots", "history"}


def test_a_huge_panel_has_no_tiles_and_no_pages() -> None:
    n = 5000
    places = pd.DataFrame({"area": [f"A{i}" for i in range(n)], "registered": np.full(n, 10.0)})
    draws = np.random.default_rng(1).beta(20, 10, (20, n))
    forecast = Forecast(Election("2024-11-27", "pilkada"), places, draws, "area")
    assert set(figures_of(forecast, None)) == {*NAMES} - {"goal", "map"}
    with pytest.raises(TurnoutError, match="too many for tiles"):
        plot_map(forecast)


@pytest.mark.slow
def test_figures_raise_no_warning(jambi: Forecast) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words(plot_history(jambi, 0.86))


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "header"), [("en", "P(75%)"), ("id", "Peluang\n75%")])
def test_of_several_goals_the_chances_say_which_one_is_theirs(
    city: Forecast, lang: Language, header: str
) -> None:
    check = check_goal(city, ["75%", "80%"])
    for draw in (plot_areas, plot_districts):
        assert header in words(draw(city, check, lang=lang))
        assert header not in words(draw(city, "75%", lang=lang))


def test_a_turnout_that_is_one_figure_has_no_bell(city: Forecast) -> None:
    fixed = replace(city, draws=np.full_like(city.draws, 0.629))
    ax = plot_total(fixed, 0.65)
    assert not [one for one in ax.collections if isinstance(one, PolyCollection)]
    assert not any("interval" in one for one in words(ax))
    assert "median 62.9%" in words(ax)
