"""report.html: one page that stands alone, for people who look rather than read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Environment

import turnout
from turnout.backtesting import Backtest
from turnout.errors import Finding, TurnoutError, tell
from turnout.forecast import Forecast
from turnout.goals import Goal, GoalCheck, check_goal, scales_downward
from turnout.language import Language, Text, count, day, number, percent, points, probability
from turnout.models.diagnosis.words import say_results
from turnout.output.files import write_text
from turnout.output.pages import environment
from turnout.plots.style import style
from turnout.plots.style.sheet import PHONE
from turnout.plots.words import forecast_words, goal_number, type_word
from turnout.report.background import Background
from turnout.report.page import words
from turnout.report.page.answer import answer_cards
from turnout.report.page.figures import Picture, map_scale, pictures, render_pictures
from turnout.report.page.method import method_told
from turnout.report.page.places import place_table
from turnout.report.page.uncertainty import uncertainties
from turnout.runs.contents import input_records
from turnout.schema import SCALE_WORDS

if TYPE_CHECKING:
    from turnout.sexes import BySex


def write_report(
    forecast: Forecast,
    goal: Goal | Sequence[Goal] | GoalCheck | None = None,
    path: str | PathLike[str] = "report.html",
    *,
    lang: Language = "en",
    backtest: Backtest | None = None,
    background: Background | None = None,
) -> Path:
    """Write a forecast as one HTML page: no network, no other files, for screen and paper.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal or several (the first is the headline's), a `GoalCheck`, or none.
    path
        File to write.
    lang
        Language.
    backtest
        How the model did before.
    background
        Input files, what was found in them, what was left out.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    TurnoutError
        If a goal cannot be read, or the file does not end in ``.html`` or cannot be written.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> from turnout import Election
    >>> places = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_report(forecast, "65%", Path(folder) / "laporan.html", lang="id")
    ...     "Tercapaikah target 65%?" in page.read_text(encoding="utf-8")
    True
    """
    if Path(path).suffix.casefold() not in _ENDINGS:
        raise TurnoutError(_NOT_HTML, path=str(path))
    check = goal if goal is None or isinstance(goal, GoalCheck) else check_goal(forecast, goal)
    drawn = render_pictures(forecast, check, backtest, lang)
    narrow = render_pictures(forecast, check, backtest, lang, width=PHONE)
    shown = pictures(drawn, narrow, lang)
    page = report_page(forecast, check, shown, lang=lang, backtest=backtest, background=background)
    return write_text(page, path)


def report_page(
    forecast: Forecast,
    check: GoalCheck | None,
    shown: Mapping[str, Picture],
    *,
    lang: Language,
    backtest: Backtest | None = None,
    background: Background | None = None,
) -> str:
    """Return the page of a report.

    Parameters
    ----------
    forecast
        Joint draws.
    check
        Its goal check, or none.
    shown
        Its figures by name, see `turnout.report.page.figures.pictures`.
    lang, backtest, background
        As of `write_report`.
    """
    content = _content(forecast, check, backtest, lang)
    content |= _background(forecast, background, lang)
    content["pictures"] = shown
    return _environment().get_template("report.html").render(**content, **_speech(lang))


def _content(
    forecast: Forecast, check: GoalCheck | None, backtest: Backtest | None, lang: Language
) -> dict[str, Any]:
    """Return what a report tells of the forecast itself."""
    scales = scales_downward(forecast)
    tables = [place_table(forecast, check, scale, lang) for scale in scales]
    return {
        "forecast": forecast,
        "check": check,
        "goal": None if check is None else goal_number(check.goal, lang),
        "place": forecast.at(forecast.top).names(lang)[0],
        "election": forecast_words(forecast, lang),
        "what_if": forecast.about.say_what_if(lang),
        "cards": answer_cards(forecast, check, lang),
        "statements": (forecast.summary(lang) if check is None else check.say(lang)).splitlines(),
        "whole": tables[0],
        "tables": tables[1:],
        "map_scale": map_scale(forecast),
        "past": _past(forecast),
        "backtest": backtest,
        "scores": [] if backtest is None else _scores(backtest),
        "method": method_told(forecast.about.model, len(forecast.draws), lang),
        "settings": _settings(forecast, lang),
    }


def _background(
    forecast: Forecast, background: Background | None, lang: Language
) -> dict[str, Any]:
    """Return what a report tells of what is behind the forecast."""
    known = background or Background()
    odd = [] if known.diagnosis is None else say_results(known.diagnosis.results, lang)
    return {
        "checked": background is not None,
        "inputs": input_records(known.inputs),
        "problems": _problems(known.findings, lang),
        "left_out": [note.say(lang) for note in known.left_out],
        "run_settings": known.settings,
        "odd_results": odd,
        "uncertainties": uncertainties(forecast, lang, known.diagnosis),
        "sexes": None if known.sexes is None else _sexes(known.sexes, lang),
    }


def _sexes(sexes: BySex, lang: Language) -> dict[str, Any]:
    """Return what the page tells of women and men."""
    from turnout.report.page.sexes import sexes_told  # here: most pages tell nothing of them

    return sexes_told(sexes, lang)


def _past(forecast: Forecast) -> list[dict[Hashable, Any]]:
    """Return the past contests of the whole, the newest first."""
    history = forecast.history
    if history.empty:
        return []
    past = history[history["scale"] == forecast.top].sort_values("date", kind="stable")
    return past.iloc[::-1].to_dict("records")


def _scores(backtest: Backtest) -> list[dict[Hashable, Any]]:
    """Return the mean scores by scale and model, the whole first."""
    order = {scale: -place for place, scale in enumerate(SCALE_WORDS)}
    table = backtest.table
    return table.sort_values("scale", key=lambda scales: scales.map(order), kind="stable").to_dict(
        "records"
    )


def _problems(findings: Sequence[Finding], lang: Language) -> list[tuple[str, list[str]]]:
    """Return severity and lines of what was found, rule by rule, errors first."""
    told: list[tuple[str, list[str]]] = []
    for severity in ("error", "warning"):
        chosen = [finding for finding in findings if finding.severity == severity]
        told += [(severity, paragraph.splitlines()) for paragraph in tell(chosen, lang)]
    return told


def _settings(forecast: Forecast, lang: Language) -> list[tuple[str, str]]:
    about = forecast.about
    seed = words.NOT_SET.say(lang) if about.seed is None else str(about.seed)
    settings = [
        (words.MODEL, about.model),
        (words.SEED, seed),
        (words.DRAWS, count(len(forecast.draws), lang)),
        (words.VERSION, turnout.__version__),
    ]
    size = about.diagnostics.get("effective_sample_size")
    if size is not None:
        settings.append((words.ESS, count(size, lang)))
    return [(name.say(lang), value) for name, value in settings]


def _speech(lang: Language) -> Mapping[str, Any]:
    """Return the functions by which the page says things in its language."""
    return {
        "lang": lang,
        "w": words,
        "style": style,
        "say": lambda text, **values: text.say(lang, **values),
        "count": partial(count, lang=lang),
        "number": lambda value, decimals=0: number(value, lang, decimals),
        "percent": lambda share, decimals=1: percent(share, lang, decimals),
        "points": partial(points, lang=lang),
        "probability": partial(probability, lang=lang),
        "goal_number": partial(goal_number, lang=lang),
        "day": partial(day, lang=lang),
        "type_word": type_word,
        "scale_word": lambda scale: SCALE_WORDS[scale].say(lang),
        "known": pd.notna,
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(Path(__file__).parent / "pages")


_ENDINGS = (".html", ".htm")
_NOT_HTML = Text(
    en="'{path}' is not a name of a web page. Let it end in .html.",
    id="'{path}' bukan nama halaman web. Akhiri dengan .html.",
)
