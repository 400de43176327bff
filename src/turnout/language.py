"""Words and numbers in English and Indonesian.

Everything that a person reads is a `Text`: one constant that holds both languages, kept beside
the code that says it. A text that lacks a language cannot be made, so nothing stays untranslated.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from turnout.escaping import clean, cut, label, one_line
from turnout.rounding import Beside, half_up

Language = Literal["en", "id"]

LANGUAGES: tuple[Language, ...] = ("en", "id")

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


@dataclass(frozen=True)
class Text:
    """One thing to say, in both languages.

    Templates use :meth:`str.format` fields with these formats of our own: ``count`` (1,026 or
    1.026), ``count:place:places`` (1 place, 1,026 places: English nouns have two forms), ``amount``
    (a figure in units of its own), ``figure`` (a number with the decimals that it has), ``percent``
    and ``percent1`` to ``percent3`` (a share as a percentage, default one decimal), ``goal`` (a
    goal as a percentage, with the decimals that it has), ``points`` (a
    difference of shares in percentage points), ``change`` (a relative change: up 20%, turun 89%),
    ``probability`` (a share, never 0% or 100%), ``day`` (a date in words), ``type`` (a type of
    election), ``contest`` (a contest by its label), ``list`` (names: the first five and how many
    more; ``list3``: the first three), ``lines`` (lines of a file, which are not cut as names are)
    and ``contests`` (a list of contests, likewise).
    Fields without a format are said as they are; what has a ``say`` of its own, such as another
    text, in the same language.

    Parameters
    ----------
    en, id
        The template in English and in Indonesian, with the same fields.

    Examples
    --------
    >>> short = Text(en="{n:count} voters short", id="kurang {n:count} pemilih")
    >>> short.say("en", n=64321), short.say("id", n=64321)
    ('64,321 voters short', 'kurang 64.321 pemilih')
    >>> Text(en="{n:count:place:places}", id="{n:count} wilayah").say("en", n=1)
    '1 place'
    >>> look = Text(en="Look at {names:list2}.", id="Lihat {names:list2}.")
    >>> look.say("id", names=["A", "B", "C", "D"])
    'Lihat A, B dan 2 lainnya.'
    """

    en: str
    id: str

    def say(self, lang: Language = "en", /, **values: object) -> str:
        """Return the text in language `lang` with `values` filled in."""
        template = {"en": self.en, "id": self.id}[lang]
        return _Speaker(lang).vformat(template, (), values)


class _Speaker(string.Formatter):
    """A formatter whose field formats follow the language."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if callable(say := getattr(value, "say", None)):
            value = say(self.lang)
        word = format_spec.rstrip("0123456789")
        if word in _NUMBERED:
            last = format_spec.removeprefix(word)
            return _NUMBERED[word](value, self.lang, *([int(last)] if last else []))
        if word in _LISTED:
            if isinstance(value, str):
                raise TypeError(f"a list of names is due where {value!r} is given")
            most = int(format_spec.removeprefix(word) or 5)
            return listing([_LISTED[word](one, self.lang) for one in value], self.lang, most)
        if format_spec.startswith("count:"):
            _, one, many = format_spec.split(":")
            said = count(value, self.lang)
            return f"{said} {one if said == '1' else many}"
        if format_spec in _FORMATS:
            return _FORMATS[format_spec](value, self.lang)
        # What a file or a person wrote must not steer the terminal on which it is told.
        return clean(str(super().format_field(value, format_spec)))


def _as_it_is(value: object, lang: Language) -> object:  # noqa: ARG001
    return value


def _line(value: object, lang: Language) -> object:  # noqa: ARG001
    return Line(value) if isinstance(value, str) else value


def _item(value: object, lang: Language) -> str:
    """Return a thing of a list in words: a day, what has a ``say`` of its own, or a name.

    Only names are cut where they are long: they are written by others, and no reference is lost.
    """
    if isinstance(value, dt.date):
        return day(value, lang)
    say = getattr(value, "say", None)
    return one_line(str(say(lang))) if callable(say) else label(str(value))


@dataclass(frozen=True)
class Line:
    """A line of a file, such as a title, as a sentence quotes it: what it is about may end it.

    >>> len(Line("REKAPITULASI " * 6).say()), len(label("REKAPITULASI " * 6))
    (78, 52)
    """

    text: str

    def say(self, lang: Language = "en") -> str:  # noqa: ARG002
        """Return it in one line, cut where no title would be as long."""
        return cut(one_line(self.text), _LONGEST_LINE)


_LONGEST_LINE = 300


def number(value: float, lang: Language, decimals: int = 0) -> str:
    """Write a number with the thousands and decimal marks of `lang`.

    >>> number(455276, "id"), number(62.45, "id", 2), number(1234.5, "en", 1)
    ('455.276', '62,45', '1,234.5')
    """
    text = f"{half_up(value, decimals):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def count(value: float, lang: Language) -> str:
    """Write a count of people, stations or areas."""
    return number(value, lang)


def amount(value: float, lang: Language) -> str:
    """Write a figure in units of its own: two decimals, none from a hundred on.

    >>> amount(512.3, "en"), amount(2.5, "id")
    ('512', '2,50')
    """
    return number(value, lang, 0 if abs(value) >= 100 else 2)


def figure(value: float, lang: Language) -> str:
    """Write a number with the decimals that it has, three at most.

    >>> figure(74.0, "id"), figure(74.5, "id"), figure(0.745, "en")
    ('74', '74,5', '0.745')
    """
    decimals = next((n for n in range(_DECIMALS) if half_up(value, n) == value), _DECIMALS)
    return number(value, lang, decimals)


_DECIMALS = 3


def _decimals(figure: float, decimals: int) -> int:
    return figure.decimals(decimals) if isinstance(figure, Beside) else decimals


def percent(share: float, lang: Language, decimals: int = 1) -> str:
    """Write a share as a percentage.

    >>> percent(0.6245, "en", 2), percent(0.6245, "id", 2)
    ('62.45%', '62,45%')
    """
    return f"{number(100 * share, lang, _decimals(share, decimals))}%"


def interval(low: float, high: float, lang: Language) -> str:
    """Write an interval of shares as tables and cards do; in sentences it is in words.

    >>> interval(0.6351, 0.792, "en"), interval(0.6351, 0.792, "id")
    ('63.5–79.2%', '63,5–79,2%')
    >>> interval(0.5191, 0.5192, "en")
    '51.9%'
    """
    if percent(low, lang) == percent(high, lang):
        return percent(high, lang)
    return f"{number(100 * low, lang, 1)}–{percent(high, lang)}"


def change(relative: float, lang: Language) -> str:
    """Write a relative change in whole percent, with its direction in words.

    >>> change(0.2, "en"), change(-0.89, "id")
    ('up 20%', 'turun 89%')
    """
    direction = _UP if relative > 0 else _DOWN
    return direction.say(lang, size=abs(relative))


_UP = Text(en="up {size:percent0}", id="naik {size:percent0}")
_DOWN = Text(en="down {size:percent0}", id="turun {size:percent0}")


def goal(share: float, lang: Language) -> str:
    """Write a goal as a percentage: with a second decimal only where it has one.

    >>> goal(0.86, "en"), goal(0.37336, "id")
    ('86.0%', '37,34%')
    """
    shown = 100 * share
    return percent(share, lang, 1 if half_up(shown, 1) == half_up(shown, 4) else 2)


def points(difference: float, lang: Language, decimals: int = 1) -> str:
    """Write a difference of two shares in percentage points, without the unit.

    >>> points(0.1534, "en"), points(-0.02, "id")
    ('15.3', '-2,0')
    """
    return number(100 * difference, lang, _decimals(difference, decimals))


def probability(share: float, lang: Language, draws: int | None = None) -> str:
    """Write a probability in whole percent; never 0% or 100%, which no model can know.

    A share of few `draws` that is beyond these is written as the bound that they give it with 95%
    confidence: none of n says that it is below 3 in n (the rule of three).

    >>> probability(0.003, "en"), probability(0.42, "en"), probability(1.0, "id")
    ('<1%', '42%', '>99%')
    >>> probability(0.0, "en", 200), probability(0.995, "id", 200), probability(0.0, "en", 4000)
    ('<1.5%', '>97,6%', '<1%')
    """
    rare = min(share, 1 - share)
    if rare >= 0.01:
        return percent(share, lang, 0)
    bound, decimals = 0.01, 0
    if draws is not None and draws < FEW_DRAWS:
        bound, decimals = min(1.0, _BOUNDS[round(rare * draws)] / draws), 1
    if share == rare:
        return f"<{percent(bound, lang, decimals)}"
    return f">{percent(1 - bound, lang, decimals)}"


FEW_DRAWS = 300
"""Draws of which none is less than 1% with 95% confidence."""
# Upper bounds of Poisson means with 95% confidence, of which 0, 1, 2 and 3 were seen.
_BOUNDS = (2.996, 4.744, 6.296, 7.754)


def day(date: dt.date, lang: Language) -> str:
    """Write a date in words.

    >>> import datetime as dt
    >>> day(dt.date(2024, 11, 27), "id"), day(dt.date(2024, 8, 1), "en")
    ('27 November 2024', '1 August 2024')
    """
    return f"{date.day} {_MONTHS[lang].split()[date.month - 1]} {date.year}"


_LABEL_OF_DAY = re.compile(r"\b(\d{4})-\d{2}-\d{2}-([^()]+)")


def contest(name: str, lang: Language) -> str:
    """Write a contest by its label: one made of day and type is read, any other stands as it is.

    >>> contest("2015-12-09-pilkada", "en"), contest("2015-12-09-pilkada", "id")
    ('pilkada 2015', 'Pilkada 2015')
    >>> contest("Murni (2015-12-09-pilkada)", "en"), contest("Putaran kedua", "en")
    ('Murni (pilkada 2015)', 'Putaran kedua')
    """

    def read(made: re.Match[str]) -> str:
        return f"{election_type(made[2], lang)} {made[1]}"

    return label(_LABEL_OF_DAY.sub(read, str(name)))


def election_type(name: str, lang: Language) -> str:
    """Write a type of election as its name, beside its day; in Indonesian it has a capital.

    >>> election_type("pilkada", "en"), election_type("pilkada", "id")
    ('pilkada', 'Pilkada')
    """
    told = label(str(name))
    return told if lang == "en" else told[:1].upper() + told[1:]


def clock(time: dt.datetime, lang: Language) -> str:
    """Write a time of day, with its zone where it knows one: 21:30, 21.30 or 21.30 WIB.

    Zones of Indonesia have their names, all others their hours from UTC.

    >>> import datetime as dt
    >>> at, jakarta = dt.datetime(2024, 11, 27, 21, 30), dt.timezone(dt.timedelta(hours=7), "WIB")
    >>> clock(at, "en"), clock(at.replace(tzinfo=jakarta), "id")
    ('21:30', '21.30 WIB')
    >>> clock(at.replace(tzinfo=dt.timezone(dt.timedelta(hours=-3.5))), "en")
    '21:30 UTC-3:30'
    """
    told = f"{time:%H:%M}" if lang == "en" else f"{time:%H.%M}"
    offset = time.utcoffset()
    return told if offset is None else f"{told} {_zone(offset, time.tzname(), lang)}"


def _zone(offset: dt.timedelta, name: str | None, lang: Language) -> str:
    """Return the name of a zone of Indonesia, else the hours from UTC."""
    if name in _ZONES:
        return str(name)
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    behind = f"{':' if lang == 'en' else '.'}{rest:02}" if rest else ""
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{behind}" if minutes else "UTC"


_ZONES = ("WIB", "WITA", "WIT")


def moment(time: dt.datetime, lang: Language, beside: dt.date | None = None) -> str:
    """Write a day and a time of day in words; midnight is the day alone.

    A day that stands `beside` is not said again.

    >>> import datetime as dt
    >>> moment(dt.datetime(2024, 11, 27, 21, 30), "id"), moment(dt.datetime(2024, 8, 1), "en")
    ('27 November 2024, pukul 21.30', '1 August 2024')
    >>> moment(dt.datetime(2024, 11, 27, 21, 30), "id", dt.date(2024, 11, 27))
    'pukul 21.30'
    """
    at = _AT.say(lang, clock=clock(time, lang))
    if time.date() == beside:
        return at
    return day(time, lang) if (time.hour, time.minute) == (0, 0) else f"{day(time, lang)}, {at}"


_AT = Text(en="{clock}", id="pukul {clock}")


def listing(items: Sequence[object], lang: Language, most: int = 5) -> str:
    """Name the first few of many things and count the rest.

    >>> listing(["Kasang", "Murni", "Legok"], "en", most=2)
    'Kasang, Murni and 1 more'
    """
    shown = ", ".join(_item(item, lang) for item in items[:most])
    rest = len(items) - most
    return shown if rest <= 0 else shown + _MORE.say(lang, rest=rest)


_MORE = Text(en=" and {rest:count} more", id=" dan {rest:count} lainnya")

_NUMBERED: Mapping[str, Callable[..., str]] = {"percent": percent, "probability": probability}
"""Formats that a number may stand behind: decimals, and draws."""

_LISTED: Mapping[str, Callable[[Any, Language], object]] = {
    "list": _as_it_is,
    "lines": _line,
    "contests": contest,
}
"""Formats of lists, and what each thing in them is."""

_FORMATS: Mapping[str, Callable[[Any, Language], str]] = {
    "amount": amount,
    "change": change,
    "contest": contest,
    "count": count,
    "figure": figure,
    "goal": goal,
    "points": points,
    "type": election_type,
    "day": day,
}
