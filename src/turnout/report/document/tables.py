"""The tables of a report: places, past elections, scores, settings and input files."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from turnout.backtesting import Backtest
from turnout.forecast import Forecast
from turnout.forecast.words import model_word
from turnout.goals import GoalCheck, chances_said
from turnout.language import Language, count, day, interval, number, percent
from turnout.levels import is_point
from turnout.own_rolls import APART
from turnout.plots.words import goal_number, type_word
from turnout.report.document import words
from turnout.report.document.blocks import Cell, Column, Table
from turnout.report.document.places import PlaceTable
from turnout.rounding import Beside
from turnout.schema import SCALE_WORDS
from turnout.tables import past_of_whole


def bar_key(table: PlaceTable, check: GoalCheck | None, lang: Language) -> str:
    """Say what the bars of a table mean."""
    key = (words.DOT_KEY if table.fixed else words.BAR_KEY).say(lang)
    if check is None:
        return key
    return f"{key}; {words.BAR_GOAL.say(lang, goal=goal_number(check.goal, lang))}"


def places_shown(table: PlaceTable, check: GoalCheck | None, lang: Language) -> Table:
    """Return the places of a scale as a report shows them, a column where there is a figure."""
    known = bool(table.rows["contests"].notna().any())
    texts = [Column(_scale_word(table.scale, lang))]
    if table.above:
        texts.append(Column(_scale_word(table.above, lang), "parent"))
    texts.append(Column("" if table.fixed else words.TURNOUT.say(lang), "bars"))
    told = [words.TURNOUT] if table.fixed else [words.MEDIAN, words.INTERVAL]
    chance = words.GOAL if table.fixed else words.CHANCE
    told += [chance, words.MISSING] if check is not None else []
    told += [words.REGISTERED, *([words.KNOWN] if known else [])]
    columns = (*texts, *(Column(text.say(lang), "number") for text in told))
    rows = tuple(tuple(_place_cells(row, table, check, lang, known=known)) for row in table.records)
    title = words.PLACES[table.scale].say(lang)
    return Table(title, columns, rows, table.axis, f"{bar_key(table, check, lang)}.")


def _place_cells(
    row: Mapping[Hashable, Any],
    table: PlaceTable,
    check: GoalCheck | None,
    lang: Language,
    *,
    known: bool,
) -> Iterator[Cell]:
    new = " *" if row["contests"] == 0 else ""
    goal = words.OWN_GOAL.say(lang, goal=goal_number(row["goal"], lang)) if row["own_goal"] else ""
    parent = row["parent"] if table.above and pd.notna(row["parent"]) else ""
    yield Cell(f"{row['name']}{new}", note=goal, under=parent)
    if table.above:
        yield Cell(parent)
    median, low, high = row["median"], row["lower_90"], row["upper_90"]
    yield Cell("", round(median, 5), bar=row)
    figure = Beside(median, row["goal"]) if table.fixed and check is not None else median
    yield Cell(percent(figure, lang), round(median, 5))
    if not table.fixed:
        yield Cell(interval(low, high, lang), round(high - low, 5))
    if check is not None:
        told = pd.Series([row["probability"]]), pd.Series([row["verdict"]])
        [said] = chances_said(*told, lang, [is_point(low, high)], check.draws)
        yield Cell(said, row["probability"])
        missing = row["missing_voters"]
        yield Cell(count(missing, lang), int(missing))
    yield Cell(count(row["registered"], lang), int(row["registered"]))
    if known:
        contests = row["contests"]
        same = count(row["contests_same_type"], lang)
        yield Cell(f"{count(contests, lang)} ({same})", int(contests))


def past_shown(forecast: Forecast, lang: Language) -> Table | None:
    """Return the past contests of the whole, the newest first; None where none is known."""
    history = forecast.history
    if history.empty:
        return None
    past = history[history["scale"] == forecast.top].sort_values("date", kind="stable")
    if past.empty:
        return None
    places = past_of_whole(forecast).set_index("election")["places"]
    apart = APART in past and bool(past[APART].any())
    numbers = (
        words.REGISTERED,
        words.VOTERS,
        words.TURNOUT,
        *((words.SET_APART,) if apart else ()),
    )
    columns = (
        Column(words.DATE.say(lang), "day"),
        Column(words.TYPE.say(lang)),
        *(Column(text.say(lang), "number") for text in numbers),
        Column(words.SOURCE.say(lang)),
    )
    rows = tuple(
        (
            Cell(day(one["date"], lang)),
            Cell(type_word(one["election_type"])),
            Cell(count(one["registered"], lang)),
            Cell(count(one["voters"], lang)),
            Cell(percent(one["turnout"], lang)),
            *([Cell(count(one[APART], lang))] if apart else []),
            Cell(_source(one, places.get(one["election"], 0), len(forecast.places), lang)),
        )
        for one in past.iloc[::-1].to_dict("records")
    )
    return Table(words.PAST.say(lang), columns, rows)


def _source(contest: Mapping[Hashable, Any], known: int, places: int, lang: Language) -> str:
    """Say where a past total comes from: of how many of the places it is the sum, if of a part."""
    coverage = contest["coverage"]
    if contest["official"]:
        return words.OFFICIAL.say(lang)
    part = 0 < known < places
    if coverage < _ALL:
        summed = words.SUMMED_OF if part else words.SUMMED
    else:  # places that no election had told before are taken as newer
        summed = words.SUMMED_THEN if part else words.SUMMED_ALL
    return summed.say(lang, coverage=coverage, n=known, all=places)


_ALL = 0.995


def scores_shown(backtest: Backtest, lang: Language) -> Table:
    """Return the mean scores by scale and model, the whole first."""
    order = {scale: -place for place, scale in enumerate(SCALE_WORDS)}
    table = backtest.table.sort_values("scale", key=lambda scales: scales.map(order), kind="stable")
    numbers = (words.ELECTIONS, words.MAE, words.CRPS, words.HELD, words.WIDTH)
    columns = (
        Column(words.SCALE.say(lang)),
        Column(words.MODEL.say(lang)),
        *(Column(text.say(lang), "number") for text in numbers),
    )
    rows = tuple(
        (
            Cell(_scale_word(row["scale"], lang)),
            Cell(model_word(row["model"], lang, first=True)),
            Cell(count(row["elections"], lang)),
            Cell(number(row["mae"], lang, 1)),
            Cell(number(row["crps"], lang, 1)),
            Cell(percent(row["coverage_90"], lang, 0)),
            Cell(number(row["width_90"], lang, 1)),
        )
        for row in table.to_dict("records")
    )
    return Table(words.SCORES.say(lang), columns, rows)


def settings_shown(settings: Sequence[tuple[str, str]], lang: Language) -> Table:
    """Return the settings by which a forecast is repeated."""
    columns = (Column(words.SETTING.say(lang)), Column(words.VALUE.say(lang)))
    rows = tuple((Cell(name), Cell(value)) for name, value in settings)
    return Table(words.SETTINGS.say(lang), columns, rows)


def inputs_shown(inputs: Sequence[Mapping[str, str]], lang: Language) -> Table:
    """Return the input files with their digests."""
    heads = Column(words.ROLE.say(lang)), Column(words.FILE.say(lang)), Column("SHA-256", "digest")
    rows = tuple(
        (Cell(_role_word(one["role"], lang)), Cell(one["file"]), Cell(one["sha256"]))
        for one in inputs
    )
    return Table(words.INPUTS.say(lang), heads, rows)


def _role_word(role: str, lang: Language) -> str:
    """Return what a file is to a run; a further one of its kind keeps its number."""
    kind, _, number = role.partition(" ")
    told = words.ROLES[kind].say(lang) if kind in words.ROLES else kind
    return f"{told} {number}".strip()


def _scale_word(scale: str, lang: Language) -> str:
    return SCALE_WORDS[scale].say(lang).capitalize()
