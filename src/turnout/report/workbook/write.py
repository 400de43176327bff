"""forecast.xlsx: the forecast as sheets, with one that explains every column."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from turnout.backtesting import Backtest
from turnout.errors import Finding, kinds_of_findings
from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.forecast.words import model_word
from turnout.goals import (
    UNCLEAR,
    Goal,
    GoalCheck,
    check_goal,
    say_so_far,
    scales_downward,
    verdicts_said,
)
from turnout.language import Language, Text, contest
from turnout.levels import tails
from turnout.output.files import write_bytes
from turnout.output.workbook import Book
from turnout.plots.words import forecast_words
from turnout.report.background import Background
from turnout.report.sheets import (
    Sheet,
    add_lines,
    add_sheet,
    explanation,
)
from turnout.report.workbook.chart import MOST_PLACES, ChartWords, add_chart
from turnout.report.workbook.columns import (
    BACKTEST_COLUMNS,
    COUNTED_GOAL_COLUMNS,
    COUNTED_PLACE_COLUMNS,
    EXPLANATION_COLUMNS,
    GOAL_COLUMNS,
    PROBLEM_COLUMNS,
    place_columns_of,
)
from turnout.schema import SCALE_WORDS
from turnout.tables import first_goals

_LEVELS = (0.5, 0.9)
MOST_ROWS = 20_000
"""Scales with more places, such as a nation's 80,000 areas, are left to forecast.csv."""

_MOST_IN_GOALS = 2000


def write_workbook(
    forecast: Forecast,
    goal: Goal | Sequence[Goal] | GoalCheck | None = None,
    path: str | PathLike[str] = "forecast.xlsx",
    *,
    lang: Language = "en",
    backtest: Backtest | None = None,
    background: Background | None = None,
) -> Path:
    """Write a forecast as an Excel workbook.

    Sheets: a summary, a chart, one per scale from the whole to the finest places, women and men,
    the goals, the backtest, the problems in the data, and what every column means. Those without
    content are left out, and scales of more than 20,000 places. All print on A4, their header rows
    on every page.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal or several (the first is that of the places' sheets), a `GoalCheck`, or none.
    path
        File to write.
    lang
        Language.
    backtest
        How the model did before.
    background
        Of this, the forecast by sex and what was found in the files.

    Returns
    -------
    Path
        The file. The same forecast gives the same bytes.

    Raises
    ------
    TurnoutError
        If a goal cannot be read, or the file cannot be written.
    """
    check = goal if goal is None or isinstance(goal, GoalCheck) else check_goal(forecast, goal)
    sheets = [
        _places(forecast, check, scale, lang)
        for scale in scales_downward(forecast)
        if len(forecast.at(scale).places) <= MOST_ROWS
    ]
    sheets += _group_sheets(background, lang)
    counted = all_in(forecast.counted)
    if check is not None:
        goals = _goals(check)
        goals = _without_unclear(goals).assign(verdict=verdicts_said(goals, lang))
        columns = COUNTED_GOAL_COLUMNS if counted else GOAL_COLUMNS
        sheets.append(Sheet(_GOAL, columns, _worded(goals, lang), fixed=2))
    if backtest is not None:
        sheets.append(Sheet(_BACKTEST, BACKTEST_COLUMNS, _worded(backtest.scores, lang), fixed=2))
    if background is not None and background.findings:
        sheets.append(Sheet(_PROBLEMS, PROBLEM_COLUMNS, _problems(background.findings, lang)))
    book = Book()
    add_lines(book, _SUMMARY.say(lang), _summary(forecast, check, backtest, lang))
    scale = _charted_scale(forecast)
    if scale is not None and not counted:  # it shows medians and intervals
        add_chart(book, _places(forecast, check, scale, lang), ChartWords(scale, lang, check))
    for sheet in sheets:
        add_sheet(book, sheet, lang)
    add_sheet(book, Sheet(_COLUMNS, EXPLANATION_COLUMNS, explanation(sheets, lang)), lang)
    return write_bytes(book.content(), path)


def _group_sheets(background: Background | None, lang: Language) -> list[Sheet]:
    """Return the sheets of women and men and of other groups, where they are told apart."""
    sheets: list[Sheet] = []
    if background is not None and background.sexes is not None:
        from turnout.report.workbook.sexes import BY_SEX_COLUMNS, by_sex_rows  # only where needed

        table = _worded(by_sex_rows(background.sexes, MOST_ROWS, lang), lang)
        sheets.append(Sheet(_BY_SEX, BY_SEX_COLUMNS, table))
    for one in background.groups if background is not None else ():
        from turnout.report.workbook.groups import by_group_columns, by_group_rows  # likewise

        table = _worded(by_group_rows(one, MOST_ROWS, lang), lang)
        sheets.append(Sheet(one.partition.name, by_group_columns(one.partition), table))
    return sheets


def _places(forecast: Forecast, check: GoalCheck | None, scale: str, lang: Language) -> Sheet:
    """Return the sheet of a scale's places, in the order of the forecast."""
    view = forecast.at(scale)
    ends = [end for level in _LEVELS for end in tails(level)]
    names = [f"{end}_{level:g}" for level in _LEVELS for end in ("lower", "upper")]
    figures = dict(zip(["median", *names], view.quantiles([0.5, *ends]), strict=True))
    table = view.places.reset_index(drop=True).assign(**figures)
    if check is not None:
        goals = first_goals(check, scale)
        clear = _without_unclear(goals)
        for name in ("goal", "probability", "missing_voters", "gap_points"):
            table[name] = clear[name].to_numpy()
        table["verdict"] = verdicts_said(goals, lang)
    if "share_counted" in table and (table["share_counted"].fillna(1) == 1).all():
        table = table.drop(columns="share_counted")  # no file tells of stations, or all are in
    counted = all_in(forecast.counted)
    columns = COUNTED_PLACE_COLUMNS if counted else place_columns_of(_LEVELS)
    return Sheet(TITLES[scale], columns, _worded(table, lang), _fixed(scale))


def _charted_scale(forecast: Forecast) -> str | None:
    """Return the finest scale of several places, few enough for a chart; None if there is none."""
    sizes = {scale: len(forecast.at(scale).places) for scale in forecast.scales}
    return next((scale for scale, size in sizes.items() if 1 < size <= MOST_PLACES), None)


def _without_unclear(goals: pd.DataFrame) -> pd.DataFrame:
    """Return goals without the probabilities that are not clear yet: the draws are none."""
    chances = goals["probability"]
    return goals.assign(probability=chances.where(goals["verdict"] != UNCLEAR))


def _goals(check: GoalCheck) -> pd.DataFrame:
    """Return the rows of a check whose scale has few enough places; the others have own sheets."""
    sizes = check.table.groupby("scale")["scale"].transform("size")
    return check.table[sizes <= _MOST_IN_GOALS * len(check.goals)]


def _fixed(scale: str) -> int:
    return 0 if scale == "total" else 1


def _worded(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return a table with its scales, contests and models in words."""
    worded = table.copy()
    if "model" in worded:
        worded["model"] = [model_word(name, lang, first=True) for name in worded["model"]]
    if "scale" in worded:
        worded["scale"] = [SCALE_WORDS[scale].say(lang) for scale in worded["scale"]]
    for column in {"election", "last_same_type_election"} & set(worded):
        names = worded[column]
        worded[column] = [contest(name, lang) if isinstance(name, str) else name for name in names]
    return worded


def _problems(findings: Sequence[Finding], lang: Language) -> pd.DataFrame:
    return pd.DataFrame(  # of objects, else a row of the file becomes 2.0 where others have none
        (
            {
                "severity": _SEVERITIES[one.severity].say(lang),
                "file": one.spot.file,
                "sheet": one.spot.sheet or None,
                "row": one.spot.row,
                "column": one.spot.column or None,
                "value": one.spot.value or None,
                "problem": one.message.say(lang, **one.values),
                "remedy": one.remedy.say(lang, **one.values),
            }
            for _, kind in kinds_of_findings(findings)
            for one in kind
        ),
        dtype=object,
    )


def _summary(
    forecast: Forecast, check: GoalCheck | None, backtest: Backtest | None, lang: Language
) -> list[tuple[str, bool]]:
    """Return the lines of the first sheet; headings are marked."""
    place = forecast.at(forecast.top).names(lang)[0]
    lines = [(f"{place}: {forecast_words(forecast, lang)}", True)]
    lines += [(line, False) for line in say_so_far(forecast, check, lang)]
    lines += [(line.removeprefix("- "), False) for line in forecast.summary(lang).splitlines()]
    lines += [
        (_IN_CSV.say(lang, n=n, scale=SCALE_WORDS[scale].say(lang)), False)
        for scale in scales_downward(forecast)
        if (n := len(forecast.at(scale).places)) > MOST_ROWS
    ]
    if check is not None:
        said = {line for line, _ in lines}  # what has to be known first is said with both
        told = [line for line in check.say(lang).splitlines() if line not in said]
        lines += [(_GOAL.say(lang), True), *((line, False) for line in told)]
    if backtest is not None:
        told = backtest.say(lang).splitlines()
        lines += [(_BACKTEST.say(lang), True), *((line, False) for line in told)]
    return lines


_IN_CSV = Text(
    en="The {n:count} places of the scale {scale} are in forecast.csv alone.",
    id="{n:count} {scale} hanya ada di forecast.csv.",
)
_SUMMARY = Text(en="Summary", id="Ringkasan")
_GOAL = Text(en="Goal", id="Target")
_BY_SEX = Text(en="Women and men", id="Perempuan dan laki-laki")
_BACKTEST = Text(en="Backtest", id="Uji mundur")
_PROBLEMS = Text(en="Found in the files", id="Temuan pada berkas")
_COLUMNS = Text(en="Columns", id="Keterangan kolom")
TITLES = {
    "area": Text(en="Areas", id="Kelurahan-desa"),
    "district": Text(en="Districts", id="Kecamatan"),
    "city": Text(en="City or county", id="Kabupaten-kota"),
    "province": Text(en="Province or state", id="Provinsi"),
    "nation": Text(en="Nation", id="Nasional"),
    "total": Text(en="Total", id="Total"),
}
_SEVERITIES = {
    "error": Text(en="error", id="kesalahan"),
    "warning": Text(en="warning", id="peringatan"),
}
