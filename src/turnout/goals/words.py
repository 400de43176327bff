"""A goal check in words and as a table to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.elections import Election
from turnout.escaping import label
from turnout.language import Language, Text, count, listing, percent, points, probability
from turnout.levels import is_point
from turnout.rounding import Beside, half_up
from turnout.schema import SCALE_WORDS, WHOLE_NAME

Verdict = Literal["likely", "open", "unlikely", "out_of_reach", "unclear"]

VERDICTS: dict[Verdict, Text] = {
    "likely": Text(en="likely", id="berpeluang besar tercapai"),
    "open": Text(en="open", id="masih terbuka"),
    "unlikely": Text(en="unlikely", id="berpeluang kecil tercapai"),
    "out_of_reach": Text(en="out of reach", id="di luar jangkauan"),
    "unclear": Text(en="not clear yet", id="belum jelas"),
}
"""Words for a probability: likely (over 80%), open, unlikely (under 20%), out of reach (<1%).

Where a count is in doubt, whatever its figures say, it is not clear yet: its draws are no chance.
So is a goal out of reach of places whose totals hold further votes, such as postal ones.
"""


UNCLEAR: Verdict = "unclear"

SHORT: tuple[Verdict, ...] = ("unlikely", "out_of_reach")
"""Verdicts that votes on top of a forecast may undo."""


def verdict_of(chance: float) -> Verdict:
    """Return the word for the probability `chance` of reaching a goal, as whole percent show it.

    >>> [verdict_of(chance) for chance in (0.81, 0.804, 0.196, 0.19, 0.009)]
    ['likely', 'open', 'open', 'unlikely', 'out_of_reach']
    """
    if chance < 0.01:
        return "out_of_reach"
    shown = half_up(100 * chance)
    if shown < _OPEN_FROM:
        return "unlikely"
    return "open" if shown <= _OPEN_TO else "likely"


def verdicts_of(chances: Floats) -> list[Verdict]:
    """Return `verdict_of` of each probability; draws tell few that differ.

    >>> verdicts_of(np.array([0.81, 0.5, 0.81]))
    ['likely', 'open', 'likely']
    """
    distinct, number = np.unique(chances, return_inverse=True)
    words = [*map(verdict_of, distinct.tolist())]
    return [words[one] for one in number.tolist()]


_OPEN_FROM, _OPEN_TO = 20, 80


def verdicts_said(table: pd.DataFrame, lang: Language) -> list[str]:
    """Return a word for each row of a goal check: reached or missed where turnout is one figure."""
    fixed = map(is_point, table["reached_90"], table["reached_50"])
    rows = zip(fixed, table["probability"], table["verdict"], strict=True)
    words = (
        (_IS_REACHED if chance > 0 else _IS_MISSED) if known and word != UNCLEAR else VERDICTS[word]
        for known, chance, word in rows
    )
    return [word.say(lang) for word in words]


def chances_said(
    chances: pd.Series,
    verdicts: pd.Series,
    lang: Language,
    fixed: Iterable[bool] | None = None,
    draws: int | None = None,
) -> list[str]:
    """Return each probability in words; that it is not clear yet, where that is the verdict.

    Where turnout is one figure (`fixed`), the goal is reached or it is not. Of few `draws` a
    probability beyond them is written as the bound that they give.

    >>> chances_said(pd.Series([0.004, 0.42]), pd.Series(["unclear", "open"]), "id")
    ['belum jelas', '42%']
    >>> chances_said(pd.Series([1.0, 0.97]), pd.Series(["likely", "likely"]), "en", [True, False])
    ['reached', '97%']
    """
    known = [False] * len(chances) if fixed is None else fixed
    rows = zip(chances, verdicts, known, strict=True)
    return [
        VERDICTS[UNCLEAR].say(lang)
        if verdict == UNCLEAR
        else (_IS_REACHED if chance > 0 else _IS_MISSED).say(lang)
        if one
        else probability(chance, lang, draws)
        for chance, verdict, one in rows
    ]


def is_fixed(row: pd.Series) -> bool:
    """Whether the turnout of a row's place is one figure, so that there is no probability."""
    return is_point(row["reached_90"], row["reached_50"])


def place_name(row: pd.Series, lang: Language) -> str:
    """Return the name of a row's place: that of its own scale, or what the whole is called."""
    name = row.get(str(row["scale"]))
    return label(name) if isinstance(name, str) else WHOLE_NAME.say(lang)


def say_check(
    table: pd.DataFrame,
    election: Election,
    goal: float,
    lang: Language,
    draws: int | None = None,
) -> str:
    """Return a goal check's table in words, one statement per line; finer scales for `goal`."""
    first = table.iloc[0]
    whole = table["scale"] == first["scale"]
    several = int(whole.sum()) > 1
    place, kind = place_name(first, lang), election.election_type
    lines = []
    for number, (_, row) in enumerate(table[whole].iterrows()):
        chance = _say_chance(row, lang, draws)
        if number == 0:
            chance = _OF.say(lang, place=place, type=kind, date=election.date, said=chance)
        said = [chance[:1].upper() + chance[1:], _say_gap(row, lang)]
        lines += [" ".join(said)] if several else said
    if not is_fixed(first):
        lines.append(
            _REACHED.say(
                lang, half=first["reached_50"], most=first["reached_80"], sure=first["reached_90"]
            )
        )
    shared = table[~whole & ~table["own_goal"] & (table["goal"] == goal)]
    finer = [rows for _, rows in shared.groupby("scale", sort=False)]
    for rows in finer:
        lines.append(_say_scale(rows, goal if several else None, lang))
    doubted = is_fixed(first) and first["verdict"] == UNCLEAR
    if finer and first["gap_voters"] > 0 and not doubted:
        text = _CARRIERS_OF_GOAL if several else _CARRIERS
        lines.append(text.say(lang, places=_carriers(finer[0], lang), goal=goal))
    own = table[table["own_goal"]]
    if len(own):
        lines.append(_OWN.say(lang, n=len(own), counts=_say_counts(own, lang)))
        lines += _say_sums(table, goal, lang)
    return "\n".join(lines)


def table_to_read(table: pd.DataFrame, lang: Language, draws: int | None = None) -> pd.DataFrame:
    """Return a goal check's table as people read it: names, percentages and words."""
    cells = {
        _PLACE: [place_name(row, lang) for _, row in table.iterrows()],
        _SCALE: [SCALE_WORDS[scale].say(lang) for scale in table["scale"]],
        _REGISTERED: [count(value, lang) for value in table["registered"]],
        _GOAL: [percent(value, lang) for value in table["goal"]],
        _PROBABILITY: chances_said(table["probability"], table["verdict"], lang, draws=draws),
        _VERDICT: verdicts_said(table, lang),
        _MEDIAN: [
            percent(Beside(*pair), lang)
            for pair in zip(table["median"], table["goal"], strict=True)
        ],
        _GAP_POINTS: [points(Beside(value / 100, 0), lang) for value in table["gap_points"]],
        _GAP_VOTERS: [count(value, lang) for value in table["gap_voters"]],
    }
    return pd.DataFrame({header.say(lang): column for header, column in cells.items()})


def _say_chance(row: pd.Series, lang: Language, draws: int | None) -> str:
    text = _CHANCE
    if row["verdict"] == UNCLEAR:
        text = _NOT_CLEAR if is_fixed(row) else _NOT_CLEAR_YET
    elif is_fixed(row):
        text = _FIXED_REACHED if row["probability"] > 0 else _FIXED_MISSED
    return text.say(
        lang,
        goal=row["goal"],
        median=Beside(row["median"], row["goal"]),
        verdict=VERDICTS[row["verdict"]].say(lang),
        chance=probability(row["probability"], lang, draws),
    )


def _say_gap(row: pd.Series, lang: Language) -> str:
    if row["gap_voters"] == 0 and is_fixed(row):
        return _FIXED_AT.say(lang)
    if row["gap_voters"] == 0:
        return _AT.say(lang, median=row["median"])  # what is less than a voter tells no side
    told = _SHORT if row["gap_voters"] > 0 else _ABOVE
    if is_fixed(row) and row["verdict"] == UNCLEAR:
        told = _DOUBTED_SHORT if row["gap_voters"] > 0 else _DOUBTED_ABOVE
    elif is_fixed(row):
        told = _FIXED_SHORT if row["gap_voters"] > 0 else _FIXED_ABOVE
    return told.say(
        lang,
        median=Beside(row["median"], row["goal"]),
        gap=Beside(abs(row["gap_points"]) / 100, 0),
        voters=abs(row["gap_voters"]),
    )


def _say_sums(table: pd.DataFrame, goal: float, lang: Language) -> list[str]:
    """Say of every scale with goals of its own why missing voters do not add up to the whole's."""
    of_goal = table[table["own_goal"] | (table["goal"] == goal)]
    whole = of_goal.iloc[0]
    said = []
    for scale, rows in of_goal.iloc[1:].groupby("scale", sort=False):
        missing = int(rows["missing_voters"].sum())
        if rows["own_goal"].any() and abs(missing - whole["gap_voters"]) > len(rows):
            word = SCALE_WORDS[str(scale)].say(lang)
            values = {"scale": word, "parts": missing, "whole": whole["gap_voters"]}
            said.append(_NO_SUM.say(lang, **values))
    return said


def _say_scale(rows: pd.DataFrame, goal: float | None, lang: Language) -> str:
    """Say how the places of a scale stand to their goal, which is named where it is given."""
    values = {"n": len(rows), "scale": SCALE_WORDS[rows["scale"].iloc[0]].say(lang), "goal": goal}
    if word := _say_all(rows, lang):
        text = _IN_ALL if goal is None else _IN_ALL_OF_GOAL
        return text.say(lang, verdict=word, **values)
    text = _COUNTS if goal is None else _COUNTS_OF_GOAL
    return text.say(lang, counts=_say_counts(rows, lang), **values)


def _say_all(rows: pd.DataFrame, lang: Language) -> str:
    """Return the word that holds for every one of several places; blank where none does."""
    words = set(verdicts_said(rows, lang))
    return words.pop() if len(words) == 1 < len(rows) else ""


def _say_counts(rows: pd.DataFrame, lang: Language) -> str:
    if all(map(is_point, rows["reached_90"], rows["reached_50"])):
        clear = rows["verdict"] != UNCLEAR
        reached = int((clear & (rows["probability"] > 0)).sum())
        missed, unclear = int(clear.sum()) - reached, int((~clear).sum())
        ends = ((_REACH, reached), (_MISS, missed), (_UNCLEAR, unclear))
        return listing([text.say(lang, n=n) for text, n in ends if n], lang)
    numbers = rows["verdict"].value_counts()
    told = [
        _SO_MANY.say(lang, n=numbers[word], verdict=text.say(lang))
        for word, text in VERDICTS.items()
        if word in numbers
    ]
    return listing(told, lang)


def _carriers(rows: pd.DataFrame, lang: Language) -> str:
    ranked = rows.sort_values("missing_voters", ascending=False)
    named = [
        f"{place_name(row, lang)} ({count(row['missing_voters'], lang)})"
        for _, row in ranked[ranked["missing_voters"] > 0].iterrows()
    ]
    return listing(named, lang, most=3)


_OF = Text(
    en="{place}, {type:type} of {date:day}: {said}", id="{place}, {type:type} {date:day}: {said}"
)
_CHANCE = Text(
    en="the goal of {goal:goal} is {verdict}, probability {chance}.",
    id="target {goal:goal} {verdict}, peluang {chance}.",
)
_NOT_CLEAR = Text(
    en="whether the goal of {goal:goal} is reached is not clear yet; {median:percent} by "
    "what is counted.",
    id="belum jelas apakah target {goal:goal} tercapai; menurut hasil yang sudah masuk "
    "{median:percent}.",
)
_NOT_CLEAR_YET = Text(
    en="whether the goal of {goal:goal} is reached is not clear yet.",
    id="belum jelas apakah target {goal:goal} tercapai.",
)
_FIXED_REACHED = Text(
    en="turnout is {median:percent}, which reaches the goal of {goal:goal}.",
    id="partisipasi {median:percent}, mencapai target {goal:goal}.",
)
_FIXED_MISSED = Text(
    en="turnout is {median:percent}, which misses the goal of {goal:goal}.",
    id="partisipasi {median:percent}, di bawah target {goal:goal}.",
)
_FIXED_AT = Text(en="That is just at the goal.", id="Itu tepat pada target.")
_FIXED_SHORT = Text(
    en="That is {gap:points} points or {voters:count:voter:voters} short of the goal.",
    id="Kurang {gap:points} poin persen atau {voters:count} pemilih dari target.",
)
_FIXED_ABOVE = Text(
    en="That is {gap:points} points or {voters:count:voter:voters} above the goal.",
    id="Melebihi target sebesar {gap:points} poin persen atau {voters:count} pemilih.",
)
_DOUBTED_SHORT = Text(
    en="If these figures hold, it is {gap:points} points or {voters:count:voter:voters} short of "
    "the goal.",
    id="Bila angka itu benar, masih kurang {gap:points} poin persen atau {voters:count} pemilih "
    "dari target.",
)
_DOUBTED_ABOVE = Text(
    en="If these figures hold, it is {gap:points} points or {voters:count:voter:voters} above the "
    "goal.",
    id="Bila angka itu benar, target terlampaui {gap:points} poin persen atau {voters:count} "
    "pemilih.",
)
_SHORT = Text(
    en="The median forecast is {median:percent}: {gap:points} points or "
    "{voters:count:voter:voters} short of the goal.",
    id="Median prakiraan {median:percent}: kurang {gap:points} poin persen atau {voters:count} "
    "pemilih dari target.",
)
_ABOVE = Text(
    en="The median forecast is {median:percent}: {gap:points} points or "
    "{voters:count:voter:voters} above the goal.",
    id="Median prakiraan {median:percent}: {gap:points} poin persen atau {voters:count} pemilih "
    "di atas target.",
)
_AT = Text(
    en="The median forecast is {median:percent}, just at the goal.",
    id="Median prakiraan {median:percent}, tepat pada target.",
)
_NO_SUM = Text(
    en="By {scale}, {parts:count} voters are missing in sum, not the {whole:count} of the whole: "
    "places with goals of their own do not have the goal of the whole.",
    id="Per {scale}, kekurangan pemilih berjumlah {parts:count}, bukan {whole:count} seperti angka "
    "keseluruhan: wilayah dengan target sendiri tidak memakai target keseluruhan.",
)
_REACHED = Text(
    en="{half:percent} is reached with a probability of 50%, {most:percent} with 80%, "
    "{sure:percent} with 90%.",
    id="Partisipasi sekurang-kurangnya {half:percent} berpeluang 50%; {most:percent} berpeluang "
    "80%; {sure:percent} berpeluang 90%.",
)
_COUNTS = Text(
    en="By {scale} ({n:count}): {counts}.",
    id="Dari {n:count} {scale}, target {counts}.",
)
_COUNTS_OF_GOAL = Text(
    en="Goal of {goal:goal} by {scale} ({n:count}): {counts}.",
    id="Dari {n:count} {scale}, target {goal:goal} {counts}.",
)
_IN_ALL = Text(
    en="By {scale} ({n:count}): {verdict} in all.",
    id="Di semua {scale} ({n:count}), target {verdict}.",
)
_IN_ALL_OF_GOAL = Text(
    en="Goal of {goal:goal} by {scale} ({n:count}): {verdict} in all.",
    id="Di semua {scale} ({n:count}), target {goal:goal} {verdict}.",
)
_IS_REACHED = Text(en="reached", id="tercapai")
_IS_MISSED = Text(en="missed", id="tidak tercapai")
_SO_MANY = Text(en="{n:count} {verdict}", id="{verdict} di {n:count}")
_REACH = Text(en="{n:count} reach it", id="tercapai di {n:count}")
_MISS = Text(en="{n:count} miss it", id="tidak tercapai di {n:count}")
_UNCLEAR = Text(en="{n:count} not clear yet", id="belum jelas di {n:count}")
_CARRIERS = Text(
    en="Most voters are missing in {places}.",
    id="Kekurangan pemilih terbesar di {places}.",
)
_CARRIERS_OF_GOAL = Text(
    en="For the goal of {goal:goal} most voters are missing in {places}.",
    id="Untuk target {goal:goal}, kekurangan pemilih terbesar di {places}.",
)
_OWN = Text(
    en="Places with a goal of their own ({n:count}): {counts}.",
    id="Dari {n:count} wilayah dengan target sendiri, target itu {counts}.",
)

_PLACE = Text(en="Place", id="Wilayah")
_SCALE = Text(en="Scale", id="Tingkat")
_REGISTERED = Text(en="Registered", id="Pemilih terdaftar")
_GOAL = Text(en="Goal", id="Target")
_PROBABILITY = Text(en="Probability", id="Peluang")
_VERDICT = Text(en="In words", id="Keterangan")
_MEDIAN = Text(en="Median", id="Median")
_GAP_POINTS = Text(en="Short by (points)", id="Kurang (poin)")
_GAP_VOTERS = Text(en="Goal less median (voters)", id="Target dikurangi median (pemilih)")
