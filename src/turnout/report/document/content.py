"""What a report tells of a forecast, section by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

import turnout
from turnout.backtesting import Backtest
from turnout.errors import Finding, kinds_of_findings, tell
from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.forecast.words import model_word
from turnout.goals import GoalCheck, say_so_far, scales_downward
from turnout.language import Language, count, moment
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.models.diagnosis.words import say_results
from turnout.plots.rendering import Rendered
from turnout.plots.words import forecast_words, source_words
from turnout.report.background import Background
from turnout.report.document import words
from turnout.report.document.answer import answer_cards
from turnout.report.document.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Gauge,
    Heading,
    Paragraph,
    Problems,
    Section,
    Terms,
)
from turnout.report.document.figures import figures_shown, map_scale
from turnout.report.document.method import method_told
from turnout.report.document.places import PlaceTable, Scale, place_table
from turnout.report.document.tables import (
    bar_key,
    inputs_shown,
    past_shown,
    places_shown,
    scores_shown,
    settings_shown,
)
from turnout.report.document.uncertainty import uncertainties
from turnout.rounding import Beside
from turnout.rules.grave import GRAVE
from turnout.runs.contents import input_records
from turnout.understood import UNDERSTOOD

Figures = Mapping[str, Figure]


def document_of(
    forecast: Forecast,
    check: GoalCheck | None,
    drawn: Mapping[str, Rendered],
    *,
    lang: Language,
    backtest: Backtest | None = None,
    background: Background | None = None,
) -> Document:
    """Return a report.

    Parameters
    ----------
    forecast
        Joint draws.
    check
        Its goal check, or none.
    drawn
        Its figures by name, see `turnout.report.document.figures.render_pictures`; others are
        left out.
    lang, backtest, background
        As of `turnout.report.write_report`.
    """
    known = background or Background()
    figures = figures_shown(forecast, drawn, lang)
    whole, *tables = (
        place_table(forecast, check, scale, lang) for scale in scales_downward(forecast)
    )
    place, election = _place(forecast, lang), forecast_words(forecast, lang)
    title, kicker = words.OF_A_COUNT if all_in(forecast.counted) else words.OF_A_FORECAST
    return Document(
        lang=lang,
        title=title.say(lang, place=place, election=election),
        kicker=forecast.about.say_what_if(lang) or kicker.say(lang),
        place=place,
        election=election,
        cards=tuple(answer_cards(forecast, check, lang)),
        gauge=_gauge(whole, check, lang),
        sections=(
            _whole(forecast, check, figures, known.findings, lang),
            *_places(forecast, check, tables, figures, lang),
            *_groups(known, lang),
            _data(forecast, background, lang),
            *_model(forecast, backtest, known.diagnosis, figures, lang),
            _repeat(forecast, known, lang),
        ),
        closing=_closing(forecast, known, lang),
    )


def _place(forecast: Forecast, lang: Language) -> str:
    """Name the whole, after what is supposed of it."""
    name = forecast.at(forecast.top).names(lang)[0]
    if forecast.top == "total" != forecast.scale:  # nobody says what it is called
        scale = words.PLACES[forecast.scale].say(lang).lower()
        name = words.ALL_PLACES.say(lang, n=len(forecast.places), scale=scale)
    supposed = forecast.about.say_what_if(lang)
    return f"{supposed}: {name}" if supposed else name


def made_at(forecast: Forecast, background: Background | None) -> dt.datetime | None:
    """Return the time of a report: as it is told, else up to when the count goes; no clock's."""
    told = None if background is None else background.made_at
    return told or (forecast.counted.until if forecast.counted else None)


def _closing(forecast: Forecast, background: Background, lang: Language) -> tuple[str, ...]:
    """Return what stands at a report's end: what it is for, its source, and when it was made."""
    source = source_words(forecast, lang)
    areas = words.OF_AREAS if all_in(forecast.counted) else words.FOR_AREAS
    told = (areas.say(lang), source, _made(forecast, background, lang))
    return tuple(line for line in told if line)


def _made(forecast: Forecast, background: Background, lang: Language) -> str:
    when = background.made_at or (forecast.counted.told_until if forecast.counted else None)
    if when is None:
        return words.MADE_BY.say(lang, version=turnout.__version__)
    return words.MADE_AT.say(lang, version=turnout.__version__, when=moment(when, lang))


def _gauge(whole: PlaceTable, check: GoalCheck | None, lang: Language) -> Gauge:
    bar = whole.records[0]
    if whole.fixed and pd.notna(bar["goal"]):
        bar = {**bar, "median": Beside(bar["median"], bar["goal"])}
    told = words.BAR_TOLD.say(lang, median=bar["median"], low=bar["lower_90"], high=bar["upper_90"])
    ends = [bar[name] for name in ("lower_90", "upper_90", "goal") if pd.notna(bar[name])]
    room = max(_ROOM * (max(ends) - min(ends)), _LEAST_ROOM)
    axis = Scale(min(ends) - room, max(ends) + room, (bar["lower_90"], bar["upper_90"]))
    return Gauge(bar, axis, told, bar_key(whole, check, lang))


_ROOM, _LEAST_ROOM = 0.02, 0.005
"""Room at either end of the bar, as a part of what it holds, and as a share at least."""


def _whole(
    forecast: Forecast,
    check: GoalCheck | None,
    figures: Figures,
    findings: Sequence[Finding],
    lang: Language,
) -> Section:
    told = (forecast.summary(lang) if check is None else check.say(lang)).splitlines()
    told = [*say_so_far(forecast, check, lang), *told]
    lines = tuple(line.removeprefix("- ") for line in told)
    grave = [one for one in findings if one.rule in GRAVE]
    blocks: tuple[Block, ...] = (
        *([Problems(tuple(_problems(grave, lang)))] if grave else ()),
        Bullets(lines, statements=True),
        *_of(figures, "total", "history", "goal"),
    )
    return Section("whole", words.WHOLE.say(lang), blocks)


def _of(figures: Figures, *names: str) -> Iterator[Figure]:
    return (figures[name] for name in names if name in figures)


def _places(
    forecast: Forecast,
    check: GoalCheck | None,
    tables: Sequence[PlaceTable],
    figures: Figures,
    lang: Language,
) -> Iterator[Section]:
    """Return a section per scale below the whole."""
    maps = map_scale(forecast)
    for number, table in enumerate(tables):
        names = ["multiples", "heatmap"] if number == 0 else []
        if number == 0 and len(tables) > 1:
            names = ["districts", *names]
        names += ["map", "map-goal"] if table.scale == maps else []
        blocks: tuple[Block, ...] = (*_of(figures, *names), *_table_told(table, check, lang))
        yield Section(table.scale, words.PLACES[table.scale].say(lang), blocks)


def _groups(background: Background, lang: Language) -> Iterator[Section]:
    """Return the sections on women and men and on other groups, where they are told apart."""
    if background.sexes is not None:
        from turnout.report.document.sexes import sexes_told  # here: most reports tell nothing

        yield sexes_told(background.sexes, lang)
    if background.groups:
        from turnout.report.document.groups import groups_told  # likewise

        for groups in background.groups:
            yield groups_told(groups, lang)


def _table_told(table: PlaceTable, check: GoalCheck | None, lang: Language) -> Iterator[Block]:
    told = [(words.VOTERS_FIRST if check is None else words.MISSING_FIRST).say(lang)]
    if check is not None and not check.table["own_goal"].any():
        told.append(words.ADDS_UP.say(lang))
    if table.told_apart:
        told.append(table.told_apart)
    yield Paragraph(" ".join(told), small=True)
    yield places_shown(table, check, lang)
    if table.hidden:
        yield Paragraph(words.HIDDEN.say(lang, n=table.hidden), small=True)
    if (table.rows["contests"] == 0).any():
        yield Paragraph(words.NEW_PLACE.say(lang), small=True)


def _data(forecast: Forecast, background: Background | None, lang: Language) -> Section:
    known = background or Background()
    blocks: list[Block] = [past_shown(forecast, lang) or Paragraph(words.NO_HISTORY.say(lang))]
    if known.left_out:
        lines = tuple(note.say(lang) for note in known.left_out)
        blocks += [Heading(words.LEFT_OUT.say(lang)), Bullets(lines)]
    blocks.append(Heading(words.PROBLEMS.say(lang)))
    kinds = kinds_of_findings(known.findings)
    for heading, kind in kinds:
        blocks += [Paragraph(heading.say(lang))] if len(kinds) > 1 else []
        blocks.append(Problems(tuple(_problems(kind, lang))))
    if not kinds:
        none = words.NOT_CHECKED if background is None else words.NO_PROBLEMS
        blocks.append(Paragraph(none.say(lang)))
    odd = [] if known.diagnosis is None else say_results(known.diagnosis.results, lang)
    if odd:
        first, *others = (line.strip() for line in odd)
        blocks += [Heading(words.ODD.say(lang)), Paragraph(first), *_listed(others)]
    return Section("data", words.DATA.say(lang), tuple(blocks))


def _listed(lines: Iterable[str]) -> list[Block]:
    """Return sentences as a list; nothing where there are none."""
    told = tuple(lines)
    return [Bullets(told)] if told else []


def _problems(
    findings: Sequence[Finding], lang: Language
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Return severity, its word and lines of what was found, kind by kind and rule by rule."""
    for _, kind in kinds_of_findings(findings):
        severity = kind[0].severity
        warned = words.UNDERSTOOD if kind[0].rule in UNDERSTOOD else words.WARNING
        word = words.ERROR if severity == "error" else warned
        for paragraph in tell(kind, lang):
            lines = tuple(line.strip() for line in paragraph.splitlines())
            yield severity, word.say(lang), lines


def _model(
    forecast: Forecast,
    backtest: Backtest | None,
    diagnosis: Diagnosis | None,
    figures: Figures,
    lang: Language,
) -> Iterator[Section]:
    """Return how sure a forecast is and how it was made; of a complete count what it is."""
    if not all_in(forecast.counted):
        yield _before(backtest, figures, lang)
        yield _uncertain(forecast, diagnosis, lang)
        yield _method(forecast, lang)
        return
    if backtest is not None:
        yield _before(backtest, figures, lang)
    notes = tuple(note.say(lang) for note in forecast.about.notes)
    told = Paragraph(words.NOT_FORECAST.say(lang))
    yield Section("method", words.THE_COUNT.say(lang), (told, *_listed(notes)))


def _before(backtest: Backtest | None, figures: Figures, lang: Language) -> Section:
    heading = words.BEFORE.say(lang)
    if backtest is None:
        return Section("before", heading, (Paragraph(words.NO_BACKTEST.say(lang)),))
    blocks: tuple[Block, ...] = (
        Bullets(tuple(backtest.say(lang).splitlines()), statements=True),
        *_of(figures, "backtest"),
        scores_shown(backtest, lang),
        Paragraph(words.SCORES_MEAN.say(lang), small=True),
    )
    return Section("before", heading, blocks)


def _uncertain(forecast: Forecast, diagnosis: Diagnosis | None, lang: Language) -> Section:
    lines = tuple(uncertainties(forecast, lang, diagnosis))
    return Section("uncertain", words.UNCERTAIN.say(lang), (Bullets(lines),))


def _method(forecast: Forecast, lang: Language) -> Section:
    told = method_told(forecast.about.model, len(forecast.draws), lang)
    terms = tuple((term.say(lang), meaning.say(lang)) for term, meaning in words.TERMS)
    blocks: tuple[Block, ...] = (
        *map(Paragraph, told),
        Heading(words.READING.say(lang)),
        Terms(terms),
    )
    return Section("method", words.METHOD.say(lang), blocks)


def _repeat(forecast: Forecast, background: Background, lang: Language) -> Section:
    settings = [*_settings(forecast, lang), *background.settings.items()]
    blocks: list[Block] = [settings_shown(settings, lang)]
    inputs = input_records(background.inputs)
    if inputs:
        blocks.append(inputs_shown(inputs, lang))
    heading = words.REPEAT_COUNTED if all_in(forecast.counted) else words.REPEAT
    return Section("repeat", heading.say(lang), tuple(blocks))


def _settings(forecast: Forecast, lang: Language) -> Iterator[tuple[str, str]]:
    about = forecast.about
    seed = words.NOT_SET.say(lang) if about.seed is None else str(about.seed)
    yield words.MODEL.say(lang), model_word(about.model, lang, first=True)
    yield words.SEED.say(lang), seed
    yield words.DRAWS.say(lang), count(len(forecast.draws), lang)
    yield words.VERSION.say(lang), turnout.__version__
    size = about.diagnostics.get("effective_sample_size")
    if size is not None:
        yield words.ESS.say(lang), count(size, lang)
