"""A forecast on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from turnout.cli.job import Done
from turnout.errors import Finding
from turnout.forecast.apart import count_in_doubt, provisos
from turnout.forecast.counted import all_in, in_full
from turnout.forecast.relative import say_places
from turnout.goals import chances_said, say_so_far, scales_downward
from turnout.language import Language, Text, count, interval, percent
from turnout.levels import is_point
from turnout.models.notes import ROLL_ESTIMATED
from turnout.report.document.words import PROBLEMS
from turnout.rounding import Beside
from turnout.schema import SCALE_WORDS
from turnout.tables import first_goals, parts_of_places

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_MOST_ROWS = 30


def show_forecast(console: Console, done: Done, lang: Language) -> None:
    """Print the forecast: in words, by district, what it rests on, what was found."""
    from rich.padding import Padding

    from turnout.output.terminal import uncut

    doubt = count_in_doubt(done.forecast)
    at_top = [] if doubt is None else [doubt.say(lang)]
    _show_headline(console, done, at_top, lang)
    if done.check is not None:
        console.print(
            _bullets([one for one in done.check.say(lang).splitlines() if one not in at_top])
        )
    elif told := [said for one in provisos(done.forecast) if (said := one.say(lang)) not in at_top]:
        console.print(_bullets(told))
    scales = scales_downward(done.forecast)
    if len(scales) > 1:
        console.print()
        places = uncut(_places_table(done, scales[1], lang))
        console.print(Padding(places, (0, 0, 0, 1)), crop=False)
        if (n := len(done.forecast.at(scales[1]).places)) > _MOST_ROWS:
            console.print(_LARGEST.say(lang, shown=_MOST_ROWS, n=n))
    counted = done.forecast.counted
    headed = None if counted is None else counted.say(lang)  # it stands at the top
    notes = [said for note in done.forecast.about.notes if (said := note.say(lang)) != headed]
    notes = [*_by_group(done, lang), *notes]
    warnings = [one for one in done.findings if one.severity == "warning"]
    if len(scales) > 1:
        beside = say_places(done.forecast, scales[-1], lang)
        notes = [*([beside] if beside else []), *notes]
    console.print(_bullets([*_rests_on(done, lang), *notes, *_say_warnings(warnings, lang)]))


def _show_headline(console: Console, done: Done, at_top: Sequence[str], lang: Language) -> None:
    """Print what is forecast, under what has to be known first, and how far the count is."""
    console.print()
    supposed = done.forecast.about.say_what_if(lang)
    for first in ([supposed] if supposed else []) + [*at_top]:
        console.print(first, style="bold reverse")
    console.print(_headline(done, lang), style="bold")
    if done.forecast.counted is not None:
        console.print(done.forecast.counted.say(lang), style="bold")
        if so_far := say_so_far(done.forecast, done.check, lang):
            console.print(_bullets(so_far))


def _by_group(done: Done, lang: Language) -> list[str]:
    """Return what is told of groups of voters, and what that rests on."""
    told = [one.say(lang) for one in (done.sexes, *done.groups) if one is not None]
    return [line.removeprefix("- ") for one in told for line in one.splitlines()]


def _bullets(lines: Sequence[str]) -> Table:
    """Return lines as a list with hanging indents."""
    from rich.table import Table

    bullets = Table.grid(padding=(0, 1))
    for line in lines:
        bullets.add_row("-", line)
    return bullets


def shown_level(done: Done) -> float:
    """Return the level to show where there is room for one: 90%, or the nearest asked for."""
    return min(done.job.levels, key=lambda level: abs(level - 0.9))


def _headline(done: Done, lang: Language) -> str:
    level = shown_level(done)
    whole = done.forecast.intervals(by=done.forecast.top, level=level).iloc[0]
    place = done.forecast.at(done.forecast.top).names(lang)[0]
    text = _HEADLINE_FIXED if is_point(whole["lower"], whole["upper"]) else _HEADLINE
    if text is _HEADLINE and percent(whole["lower"], lang) == percent(whole["upper"], lang):
        text = _HEADLINE_NARROW
    if all_in(done.forecast.counted):
        text = _HEADLINE_COUNTED
    median = whole["median"]
    if done.check is not None and text in (_HEADLINE_COUNTED, _HEADLINE_FIXED):
        median = Beside(median, done.check.goal)
    return text.say(
        lang,
        place=place[:1].upper() + place[1:],
        type=done.job.election.election_type,
        date=done.job.election.date,
        level=level,
        lower=whole["lower"],
        upper=whole["upper"],
        median=median,
        full=in_full(done.forecast.counted, lang),
    )


def _places_table(done: Done, scale: str, lang: Language) -> Table:
    """Return a table of the places of one scale, the most registered voters first."""
    from rich import box
    from rich.table import Table

    level = shown_level(done)
    view = done.forecast.at(scale)
    rows = view.intervals(level=level).assign(name=view.names(lang))
    if done.check is not None:
        goals = first_goals(done.check, scale)
        one_figure = [*map(is_point, rows["lower"], rows["upper"])]
        told = zip(rows["median"], goals["goal"], one_figure, strict=True)
        figures = [Beside(median, goal) if one else median for median, goal, one in told]
        rows["median"] = pd.Series(figures, rows.index, dtype=object)
        rows["chance"] = chances_said(
            goals["probability"], goals["verdict"], lang, one_figure, done.check.draws
        )
    rows = rows.sort_values("registered", ascending=False, kind="stable").head(_MOST_ROWS)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(SCALE_WORDS[scale].say(lang).capitalize())
    counted = all_in(done.forecast.counted)
    headers = [_REGISTERED, *([_TURNOUT] if counted else [_MEDIAN, _INTERVAL])]
    headers += [_GOAL if counted else _CHANCE] if done.check else []
    for header in headers:
        table.add_column(header.say(lang, level=level), justify="right")
    for _, row in rows.iterrows():
        table.add_row(*_cells(row, lang, with_interval=not counted))
    return table


def _cells(row: pd.Series, lang: Language, *, with_interval: bool) -> list[str]:
    cells = [str(row["name"]), count(row["registered"], lang), percent(row["median"], lang)]
    if with_interval:
        cells.append(interval(row["lower"], row["upper"], lang))
    return [*cells, str(row["chance"])] if "chance" in row else cells


def _rests_on(done: Done, lang: Language) -> list[str]:
    """Say which past contests the forecast rests on, for the whole and for its finest places."""
    counted = all_in(done.forecast.counted)  # a count rests on no contests
    told = [] if counted else _past_contests(done, lang)
    noted = [note.text for note in done.forecast.about.notes]
    if done.forecast.places["roll_estimated"].any() and ROLL_ESTIMATED not in noted:
        told.append(_ESTIMATED.say(lang))
    return [*told, *(note.say(lang) for note in done.left_out)]


def _past_contests(done: Done, lang: Language) -> list[str]:
    """Say how many past contests are known of the whole, and of its finest places."""
    top = done.forecast.at(done.forecast.top).places.iloc[0]
    told = [
        (_RESTS if top["contests_same_type"] > 0 else _RESTS_ON_OTHERS).say(
            lang,
            contests=top["contests"],
            same=top["contests_same_type"],
            type=done.job.election.election_type,
        )
    ]
    places = done.forecast.places
    if done.forecast.scale != done.forecast.top:
        told.append(
            _RESTS_FINER.say(
                lang,
                scale=SCALE_WORDS[done.forecast.scale].say(lang),
                contests=_span(places["contests"], lang),
                same=_span(places["contests_same_type"], lang),
            )
        )
        parts = parts_of_places(done.forecast, lang)
        told += [_PARTS.say(lang, parts=parts)] if parts else []
    return told


def _span(numbers: pd.Series, lang: Language) -> str:
    """Say the range of some counts, or the count where all are equal."""
    least, most = int(numbers.min()), int(numbers.max())
    if least == most:
        return count(least, lang)
    return _SPAN.say(lang, least=least, most=most)


def _say_warnings(warnings: Sequence[Finding], lang: Language) -> list[str]:
    """Say how many warnings there are, and the first one of every rule."""
    if not warnings:
        return []
    numbers = Counter(warning.rule for warning in warnings)
    firsts = {warning.rule: warning for warning in reversed(warnings)}
    told = [_WARNINGS.say(lang, n=len(warnings), heading=PROBLEMS)]
    for rule, n in numbers.most_common():
        more = _AND_MORE.say(lang, n=n - 1) if n > 1 else ""
        told.append(f"  {firsts[rule].say_problem(lang)}{more}")
    return ["\n".join(told)]


_HEADLINE = Text(
    en="{place}, {type:type} of {date:day}: turnout between {lower:percent} and {upper:percent} "
    "with a probability of {level:percent0}, median {median:percent}",
    id="{place}, {type:type} {date:day}: tingkat partisipasi antara {lower:percent} dan "
    "{upper:percent} dengan peluang {level:percent0}, median {median:percent}",
)
_HEADLINE_NARROW = Text(
    en="{place}, {type:type} of {date:day}: turnout {median:percent}, to less than 0.1 points "
    "with a probability of {level:percent0}",
    id="{place}, {type:type} {date:day}: tingkat partisipasi {median:percent}; dengan peluang "
    "{level:percent0} galatnya kurang dari 0,1 poin persen",
)
_HEADLINE_FIXED = Text(
    en="{place}, {type:type} of {date:day}: turnout is fixed at {median:percent}",
    id="{place}, {type:type} {date:day}: tingkat partisipasi ditetapkan {median:percent}",
)
_HEADLINE_COUNTED = Text(
    en="{place}, {type:type} of {date:day}: turnout is {median:percent}; {full}",
    id="{place}, {type:type} {date:day}: tingkat partisipasi {median:percent}; {full}",
)
_LARGEST = Text(
    en="These are the {shown:count} largest of {n:count} places.",
    id="Di atas hanya {shown:count} wilayah terbesar dari {n:count} wilayah.",
)
_REGISTERED = Text(en="Registered", id="Pemilih terdaftar")
_MEDIAN = Text(en="Median", id="Median")
_INTERVAL = Text(en="{level:percent0} interval", id="Rentang {level:percent0}")
_CHANCE = Text(en="P(goal)", id="Peluang tercapai")
_TURNOUT = Text(en="Turnout", id="Partisipasi")
_GOAL = Text(en="Goal", id="Target")
_RESTS_ON_OTHERS = Text(
    en="It rests on {contests:count:contest:contests}, none of them of the type {type}.",
    id="Prakiraan bertumpu pada {contests:count} pemilihan; tidak satu pun berjenis {type}.",
)
_RESTS = Text(
    en="It rests on {contests:count:contest:contests}, {same:count} of them of the type {type}.",
    id="Prakiraan bertumpu pada {contests:count} pemilihan, {same:count} di antaranya berjenis "
    "{type}.",
)
_RESTS_FINER = Text(
    en="Contests known per {scale}: {contests}; of the same type: {same}.",
    id="Pemilihan yang diketahui per {scale}: {contests}; yang berjenis sama: {same}.",
)
_PARTS = Text(
    en="The whole is known from a part of the places only in these years: {parts:list}.",
    id="Angka keseluruhan pada tahun-tahun ini hanya dari sebagian wilayahnya: {parts:list}.",
)
_SPAN = Text(en="{least:count} to {most:count}", id="{least:count} sampai {most:count}")
_ESTIMATED = Text(
    en="The roll is an estimate, not the official list.",
    id="Daftar pemilih yang dipakai adalah perkiraan, bukan daftar resmi.",
)
_WARNINGS = Text(
    en="{n:count:warning:warnings} about the data, in full in report.html under '{heading}':",
    id="{n:count} peringatan tentang data, selengkapnya di report.html bagian '{heading}':",
)
_AND_MORE = Text(en=" (and {n:count} more)", id=" (dan {n:count} lagi)")
