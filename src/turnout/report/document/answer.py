"""The first screen of a report: will the goal be reached, how sure, how many short, where."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from turnout.forecast import Forecast
from turnout.forecast.apart import provisos
from turnout.forecast.counted import all_in, in_full
from turnout.goals import (
    UNCLEAR,
    VERDICTS,
    GoalCheck,
    is_fixed,
    place_name,
    scales_downward,
    standing,
)
from turnout.language import Language, Text, count, interval, percent, points, probability
from turnout.levels import USUAL, is_point, tails
from turnout.plots.words import goal_number
from turnout.rounding import Beside
from turnout.schema import SCALE_WORDS
from turnout.tables import first_goals

_MOST_NAMED = 3


@dataclass(frozen=True)
class Card:
    """One question with its answer.

    Parameters
    ----------
    question
        What a reader asks.
    answer
        The answer in a word or a number, or a few names with a number each.
    detail
        What it means, in a sentence.
    mood
        ``good``, ``bad`` or ``plain``.
    """

    question: str
    answer: str | tuple[tuple[str, str], ...]
    detail: str
    mood: str = "plain"


def answer_cards(forecast: Forecast, check: GoalCheck | None, lang: Language) -> list[Card]:
    """Return the answers of a report's first screen, the most important first."""
    several = len(forecast.places) > 1
    if check is None:
        expected = _with_provisos(_expected(forecast, lang), forecast, lang)
        cards = [expected, _sure(forecast, None, lang)]
        return [*cards, _ends(forecast, lang)] if several else cards
    reached = _with_provisos(_reached(forecast, check, lang), forecast, lang)
    cards = [reached, _sure(forecast, check, lang), _short(forecast, check, lang)]
    return [*cards, _where(forecast, check, lang)] if several else cards


def _with_provisos(card: Card, forecast: Forecast, lang: Language) -> Card:
    """Add to a card what has to be known with it."""
    told = [one.say(lang) for one in provisos(forecast)]
    return replace(card, detail=f"{card.detail}. {' '.join(told)}") if told else card


def _why_fixed(forecast: Forecast, lang: Language) -> str:
    """Say why the turnout of the whole is one figure."""
    full = in_full(forecast.counted, lang)
    return (_ALL_IN if all_in(forecast.counted) else _FIXED).say(lang, full=full)


def _why_unclear(forecast: Forecast, lang: Language) -> str:
    """Say why it is not clear whether the whole reaches a goal."""
    if forecast.counted is None:
        return _WITHOUT.say(lang)
    return _why_fixed(forecast, lang) if all_in(forecast.counted) else _OPEN.say(lang)


def _reached(forecast: Forecast, check: GoalCheck, lang: Language) -> Card:
    verdict = check.table["verdict"].iloc[0]
    mood = {"likely": "good", "open": "plain"}.get(verdict, "bad")
    question = _WILL.say(lang, goal=goal_number(check.goal, lang))
    if verdict == UNCLEAR:
        why = _why_unclear(forecast, lang)
        word = VERDICTS[verdict].say(lang)
        return Card(question, word[:1].upper() + word[1:], why, "plain")
    if is_fixed(check.table.iloc[0]):
        why = _why_fixed(forecast, lang)
        return Card(question, (_YES if check.probability > 0 else _NO).say(lang), why, mood)
    word, draws = VERDICTS[verdict].say(lang), len(forecast.draws)
    return Card(
        question,
        word[:1].upper() + word[1:],
        _called(forecast, check, lang)
        + _CHANCE.say(
            lang,
            chance=probability(check.probability, lang, check.draws),
            n=round(check.probability * draws),
            draws=draws,
        ),
        mood,
    )


def _called(forecast: Forecast, check: GoalCheck, lang: Language) -> str:
    """Say of a count first whether it can be called."""
    if forecast.counted is None:
        return ""
    call = standing(forecast, check.goals[0]).call
    return f"{(_OPEN if call == 'open' else _CALLED).say(lang)}; "


def _sure(forecast: Forecast, check: GoalCheck | None, lang: Language) -> Card:
    low, high = forecast.at(forecast.top).quantiles(tails(USUAL))[:, 0]
    if is_point(low, high):
        figure = low if check is None else Beside(low, check.goal)
        return Card(_HOW_SURE.say(lang), percent(figure, lang), _why_fixed(forecast, lang))
    between = interval(low, high, lang)
    if percent(low, lang) == percent(high, lang):
        return Card(_HOW_SURE.say(lang), percent(low, lang), _NARROW.say(lang))
    if check is None:
        return Card(_HOW_SURE.say(lang), between, _NINE_OF_TEN.say(lang))
    sure = float(check.table["reached_90"].iloc[0])
    detail = _EXPECTED.say(lang, median=check.median, sure=sure)
    return Card(_HOW_SURE.say(lang), between, detail)


def _short(forecast: Forecast, check: GoalCheck, lang: Language) -> Card:
    voters = check.gap_voters
    question, detail, mood = (
        (_HOW_SHORT, _SHORT, "bad") if voters > 0 else (_HOW_ABOVE, _ABOVE, "good")
    )
    if all_in(forecast.counted):
        detail = _SHORT_COUNTED if voters > 0 else _ABOVE_COUNTED
        if _is_doubted(forecast):
            detail, mood = _IF_RIGHT[detail], "plain"
    return Card(
        question.say(lang),
        count(abs(voters), lang),
        detail.say(
            lang,
            gap=points(Beside(abs(check.gap_points) / 100, 0), lang),
            registered=int(check.table["registered"].iloc[0]),
        ),
        mood,
    )


def _is_doubted(forecast: Forecast) -> bool:
    """Whether a count that is read as all of it is so much in doubt that nothing is called."""
    counted = forecast.counted
    return counted is not None and all_in(counted) and counted.is_doubtful


def _where(forecast: Forecast, check: GoalCheck, lang: Language) -> Card:
    """Name the places that lack the most voters, or the least likely ones where none is lacked."""
    scale = scales_downward(forecast)[1]
    rows = first_goals(check, scale).sort_values("missing_voters", ascending=False, kind="stable")
    words = SCALE_WORDS[scale].say(lang)
    if _is_doubted(forecast) and (rows["verdict"] == UNCLEAR).any():
        word = VERDICTS[UNCLEAR].say(lang)
        return Card(_WHERE.say(lang), word[:1].upper() + word[1:], _why_unclear(forecast, lang))
    lacking = rows[rows["missing_voters"] > 0]
    if lacking.empty:
        return Card(_WHERE.say(lang), _NOWHERE.say(lang), _ALL_ABOVE.say(lang, scale=words), "good")
    first = lacking.head(_MOST_NAMED)
    named = tuple(
        (place_name(row, lang), count(row["missing_voters"], lang)) for _, row in first.iterrows()
    )
    # Others lack some too, so that it is never all of them.
    share = min(0.99, first["missing_voters"].sum() / lacking["missing_voters"].sum())
    clear = rows["verdict"] != UNCLEAR
    likely = int((rows["verdict"] == "likely").sum())
    whole = all_in(forecast.counted)
    some, none = (_REACHED, _NONE_REACHED) if whole else (_REACH, _NONE_REACH)
    reach = (some if likely else none).say(lang, n=likely, all=len(rows), scale=words)
    if not clear.all():
        reach += _UNCLEAR_IN.say(lang, n=int((~clear).sum()))
    if len(first) == len(lacking):
        return Card(_WHERE.say(lang), named, reach)
    carry = _CARRY.say(lang, n=len(first), all=len(rows), scale=words, share=share)
    return Card(_WHERE.say(lang), named, f"{carry}; {reach}")


def _expected(forecast: Forecast, lang: Language) -> Card:
    whole = forecast.at(forecast.top)
    median = float(np.median(whole.draws[:, 0]))
    registered = float(whole.places["registered"].iloc[0])
    low, high = whole.quantiles(tails(USUAL))[:, 0]
    told = _VOTERS_FIXED if is_point(low, high) else _VOTERS
    detail = told.say(lang, voters=median * registered, registered=registered)
    return Card(_HOW_MANY.say(lang), percent(median, lang), detail)


def _ends(forecast: Forecast, lang: Language) -> Card:
    """Name the places with the highest and the lowest median of the first scale below the top."""
    scale = scales_downward(forecast)[1]
    view = forecast.at(scale)
    medians = view.quantiles([0.5])[0]
    names = view.names(lang)
    ends = (int(np.argmax(medians)), int(np.argmin(medians)))
    named = tuple((names[end], percent(medians[end], lang)) for end in ends)
    return Card(_WHERE_ENDS.say(lang), named, _ENDS.say(lang, scale=SCALE_WORDS[scale].say(lang)))


_WILL = Text(en="Will the goal of {goal} be reached?", id="Tercapaikah target {goal}?")
_OPEN = Text(en="not to be decided by the count yet", id="belum dapat dinyatakan dari hasil hitung")
_WITHOUT = Text(
    en="not by the votes in the places' own figures, but others come on top",
    id="tidak dengan suara dalam angka wilayahnya saja, tetapi masih ada suara lain",
)
_CALLED = Text(en="decided by the count", id="sudah dapat dinyatakan dari hasil hitung")
_CHANCE = Text(
    en="probability {chance}: {n:count} of {draws:count} simulated elections reach it",
    id="peluang {chance}: {n:count} dari {draws:count} simulasi mencapainya",
)
_YES = Text(en="Yes", id="Ya")
_NO = Text(en="No", id="Tidak")
_FIXED = Text(
    en="the turnout of the whole is fixed here, not forecast",
    id="partisipasi keseluruhan ditetapkan di sini, bukan diprakirakan",
)
_ALL_IN = Text(
    en="{full}: this is the count, not a forecast",
    id="{full}: ini hasil hitung, bukan prakiraan",
)
_HOW_SURE = Text(en="How sure is that?", id="Seberapa pasti?")
_NARROW = Text(
    en="to less than 0.1 points, with 90% probability",
    id="dengan peluang 90% galatnya kurang dari 0,1 poin persen",
)
_EXPECTED = Text(
    en="with 90% probability; the median is {median:percent}, and {sure:percent} is reached with "
    "90% probability",
    id="dengan peluang 90%; mediannya {median:percent}, dan {sure:percent} tercapai dengan peluang "
    "90%",
)
_NINE_OF_TEN = Text(
    en="turnout falls in this range with 90% probability",
    id="tingkat partisipasi jatuh di rentang ini dengan peluang 90%",
)
_HOW_SHORT = Text(en="How many voters short?", id="Berapa pemilih lagi yang diperlukan?")
_HOW_ABOVE = Text(en="How many voters above?", id="Berapa kelebihan pemilihnya?")
_SHORT_COUNTED = Text(
    en="voters, or {gap} points, between the count and the goal, of {registered:count} registered",
    id="pemilih, atau {gap} poin persen, antara hasil hitung dan target, dari {registered:count} "
    "pemilih terdaftar",
)
_ABOVE_COUNTED = Text(
    en="voters, or {gap} points, from the goal to the count, of {registered:count} registered",
    id="pemilih, atau {gap} poin persen, dari target ke hasil hitung, dari {registered:count} "
    "pemilih terdaftar",
)
_IF_RIGHT = {
    _SHORT_COUNTED: Text(
        en="voters, or {gap} points, short of the goal if the figures in doubt hold, of "
        "{registered:count} registered",
        id="pemilih, atau {gap} poin persen, kurang dari target bila angka yang diragukan itu "
        "benar, dari {registered:count} pemilih terdaftar",
    ),
    _ABOVE_COUNTED: Text(
        en="voters, or {gap} points, above the goal if the figures in doubt hold, of "
        "{registered:count} registered",
        id="pemilih, atau {gap} poin persen, di atas target bila angka yang diragukan itu benar, "
        "dari {registered:count} pemilih terdaftar",
    ),
}
_SHORT = Text(
    en="voters, or {gap} points, between the median and the goal, of {registered:count} registered",
    id="pemilih, atau {gap} poin persen, antara median dan target, dari {registered:count} pemilih "
    "terdaftar",
)
_ABOVE = Text(
    en="voters, or {gap} points, from the goal to the median, of {registered:count} registered",
    id="pemilih, atau {gap} poin persen, dari target ke median, dari {registered:count} pemilih "
    "terdaftar",
)
_WHERE = Text(en="Where are the missing voters?", id="Di mana kekurangan pemilihnya?")
_NOWHERE = Text(en="Nowhere", id="Tidak ada")
_ALL_ABOVE = Text(
    en="the median of every {scale} lies above the goal",
    id="median setiap {scale} berada di atas target",
)
_CARRY = Text(
    en="{share:percent0} of the missing voters are in {n:count} of {all:count} places ({scale})",
    id="{share:percent0} kekurangan ada di {n:count} dari {all:count} {scale}",
)
_REACH = Text(
    en="the goal is likely in {n:count} of all places ({scale})",
    id="target berpeluang besar tercapai di {n:count} {scale}",
)
_NONE_REACH = Text(
    en="the goal is likely in none of the places ({scale})",
    id="tidak satu {scale} pun berpeluang besar mencapainya",
)
_REACHED = Text(
    en="the goal is reached in {n:count} of {all:count} places ({scale})",
    id="target tercapai di {n:count} dari {all:count} {scale}",
)
_NONE_REACHED = Text(
    en="the goal is reached in none of the places ({scale})",
    id="tidak satu {scale} pun mencapainya",
)
_UNCLEAR_IN = Text(
    en="; not clear yet in {n:count}",
    id="; {n:count} belum jelas",
)
_HOW_MANY = Text(en="How many will vote?", id="Berapa yang akan memilih?")
_VOTERS = Text(
    en="median: {voters:count} of {registered:count} registered voters",
    id="median: {voters:count} dari {registered:count} pemilih terdaftar",
)
_VOTERS_FIXED = Text(
    en="{voters:count} of {registered:count} registered voters",
    id="{voters:count} dari {registered:count} pemilih terdaftar",
)
_WHERE_ENDS = Text(en="Where most, where least?", id="Di mana tertinggi dan terendah?")
_ENDS = Text(
    en="highest and lowest median by {scale}", id="median tertinggi dan terendah per {scale}"
)
