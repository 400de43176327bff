"""A comparison of two runs in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.goals.words import UNCLEAR, VERDICTS, place_name
from turnout.language import Language, Text, probability
from turnout.rules.history import JUMP
from turnout.runs.causes import say_cause
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

if TYPE_CHECKING:
    from turnout.runs.comparison import Comparison

MOST_TOLD = 5

# Changes of so many standard errors are not those of the draws alone.
_SURE = 2.0


def say_comparison(comparison: Comparison, lang: Language) -> list[str]:
    """Return a comparison in words: the whole, why, the places that changed most."""
    return [
        *say_whole(comparison, lang),
        *say_causes(comparison, lang),
        *say_places(comparison, lang),
    ]


def say_whole(comparison: Comparison, lang: Language) -> list[str]:
    """Return what became of the whole, and of its goal."""
    row = comparison.whole
    figures = ("median", "lower", "upper", "registered")
    values = {f"{name}_{run}": row[f"{name}_{run}"] for name in figures for run in ("old", "new")}
    place = place_name(row, lang)
    lines = [_WHOLE.say(lang, place=place, level=row["level"], change=_signed(row, lang), **values)]
    old, new = chances_of(comparison, row, lang)
    if same_goal(comparison) and old and new:
        goal = comparison.records[0]["goals"][0]
        lines.append(_GOAL.say(lang, goal=goal, old=old, new=new))
    if row["registered_old"] != row["registered_new"]:
        lines.append(_ROLL.say(lang, old=row["registered_old"], new=row["registered_new"]))
        if comparison.parts:
            parts = {name: value / 100 for name, value in comparison.parts.items()}
            lines.append(_PARTS.say(lang, **parts))
    return lines


def chances_of(comparison: Comparison, row: pd.Series, lang: Language) -> tuple[str, str]:
    """Return the probabilities of a place in both runs in words; blank where there is none."""
    names = row[["scale", *PLACE_COLUMNS]].astype("object")
    place = tuple(names.where(names.notna(), None))
    old, new = (
        ""
        if pd.isna(row[f"prob_goal_{run}"])
        else VERDICTS[UNCLEAR].say(lang)
        if place in unclear
        else probability(row[f"prob_goal_{run}"], lang, record.get("draws"))
        for run, unclear, record in zip(
            ("old", "new"), comparison.unclear, comparison.records, strict=True
        )
    )
    return old, new


def same_goal(comparison: Comparison) -> bool:
    """Whether the probabilities of both runs are of the same goal, so that they can be compared."""
    old, new = ((record.get("goals") or [])[:1] for record in comparison.records)
    return bool(old) and old == new


def say_causes(comparison: Comparison, lang: Language) -> list[str]:
    """Return why the two differ, and what cannot be told of it."""
    kinds = {kind for kind, _ in comparison.causes}
    # Goals and levels change what is asked of the draws, not the draws.
    moving = kinds - {"goal"}
    moved = bool((comparison.places["change"].abs() > 0).any())
    lines = [say_cause(cause, lang) for cause in comparison.causes]
    if not moving:
        return [*lines, (_UNKNOWN if moved else _SAME).say(lang)]
    if "election" in kinds:
        lines.append(_OTHER_ELECTION.say(lang))
    if moving == {"seed"}:
        lines.append(_CHANCE.say(lang, error=comparison.whole["monte_carlo_error"] / 100))
    elif len(moving) > 1:
        lines.append(_SEVERAL.say(lang))
    return lines


def say_places(comparison: Comparison, lang: Language) -> list[str]:
    """Return the finest places that changed most, and those that only one run has."""
    lines = []
    finest = comparison.finest
    changed = finest[finest["change"].abs() > _SURE * finest["monte_carlo_error"].fillna(0)]
    if len(finest) > 1:
        scale = SCALE_WORDS[str(finest["scale"].iloc[0])].say(lang)
        told = [
            f"{place_name(row, lang)} {_signed(row, lang)}"
            for _, row in changed.head(MOST_TOLD).iterrows()
        ]
        counts = {"n": len(changed), "of": len(finest), "scale": scale}
        text = _PLACES if told else _NO_PLACES
        lines.append(text.say(lang, who="; ".join(told), **counts))
    lines += _say_rolls(finest, lang)
    for run, text in (("old", _ONLY_OLD), ("new", _ONLY_NEW)):
        alone = comparison.places[comparison.places["in_run"] == run]
        if len(alone):
            names = [place_name(row, lang) for _, row in alone.iterrows()]
            lines.append(text.say(lang, n=len(alone), names=names))
    return lines


def _say_rolls(finest: pd.DataFrame, lang: Language) -> list[str]:
    """Return the finest places whose registered are far from those of the other run."""
    times = finest["registered_new"] / finest["registered_old"]
    far = finest[(times - 1).abs() > JUMP]
    if far.empty or len(finest) == 1:
        return []
    away = pd.Series(np.abs(np.log(times[far.index])), far.index)
    order = away.sort_values(ascending=False, kind="stable").index
    told = [
        _OF_ROLL.say(
            lang,
            place=place_name(row, lang),
            old=row["registered_old"],
            new=row["registered_new"],
        )
        for _, row in far.loc[order].head(MOST_TOLD).iterrows()
    ]
    values = {"n": len(far), "of": len(finest), "limit": JUMP, "who": "; ".join(told)}
    return [_ROLLS.say(lang, **values)]


def shown_change(row: pd.Series) -> float:
    """Return the change of the median in points as its two figures show it, to a tenth.

    65.94% and 65.96% are shown as 65.9% and 66.0%: whoever subtracts them finds a tenth.

    >>> shown_change(pd.Series({"median_old": 0.6594, "median_new": 0.6596}))
    0.1
    """
    new, old = (round(100 * float(row[name]), 1) for name in ("median_new", "median_old"))
    return round(new - old, 1)


def _signed(row: pd.Series, lang: Language) -> str:
    change = shown_change(row)
    text = _UP if change > 0 else _DOWN if change < 0 else _LEVEL
    return text.say(lang, change=abs(change) / 100)


_WHOLE = Text(
    en="{place}: median {median_old:percent}, now {median_new:percent} ({change}); "
    "{level:percent0} interval {lower_old:percent} to {upper_old:percent}, now {lower_new:percent} "
    "to {upper_new:percent}.",
    id="{place}: median {median_old:percent}, kini {median_new:percent} ({change}); rentang "
    "{level:percent0} {lower_old:percent} s.d. {upper_old:percent}, kini {lower_new:percent} s.d. "
    "{upper_new:percent}.",
)
_GOAL = Text(
    en="Probability of reaching {goal:goal}: {old}, now {new}.",
    id="Peluang mencapai {goal:goal}: {old}, kini {new}.",
)
_ROLL = Text(
    en="Registered voters: {old:count}, now {new:count}.",
    id="Pemilih terdaftar: {old:count}, kini {new:count}.",
)
_PARTS = Text(
    en="Of the change of the mean, {roll:points} points come from the sizes of the places and "
    "{turnout:points} points from their turnout.",
    id="Dari perubahan rata-rata, {roll:points} poin berasal dari besarnya wilayah dan "
    "{turnout:points} poin dari tingkat partisipasinya.",
)
_UP = Text(en="+{change:points} points", id="+{change:points} poin")
_DOWN = Text(en="-{change:points} points", id="-{change:points} poin")
_LEVEL = Text(en="unchanged", id="tetap")
_SAME = Text(
    en="The two forecasts are the same.",
    id="Kedua prakiraan sama.",
)
_UNKNOWN = Text(
    en="Nothing that run.json tells explains why the figures differ. It tells no change inside a "
    "model of your own, for example.",
    id="Tidak ada di run.json yang menjelaskan mengapa angkanya berbeda. Perubahan di dalam model "
    "buatan sendiri, misalnya, tidak tercatat di sana.",
)
_OTHER_ELECTION = Text(
    en="These are forecasts of two different elections: the difference is no revision.",
    id="Ini prakiraan dua pemilihan yang berbeda: selisihnya bukan perbaikan prakiraan.",
)
_CHANCE = Text(
    en="Only the draws differ, so the change is chance: its standard error is {error:points} "
    "points for the whole. More --draws make it smaller.",
    id="Yang berbeda hanya simulasinya, jadi perubahan ini kebetulan: galat bakunya {error:points} "
    "poin untuk keseluruhan. --draws yang lebih besar memperkecilnya.",
)
_SEVERAL = Text(
    en="Several things changed at once, so their shares cannot be told apart. Run again with one "
    "of them changed to see what it does alone.",
    id="Beberapa hal berubah sekaligus, jadi pengaruh masing-masing tidak dapat dipisahkan. "
    "Jalankan lagi dengan mengubah satu hal saja untuk melihat pengaruhnya sendiri.",
)
_PLACES = Text(
    en="Turnout changed by more than chance of the draws in {n:count} of {of:count:place:places} "
    "({scale}); most: {who}.",
    id="Partisipasi berubah lebih besar daripada galat acak simulasi di {n:count} dari {of:count} "
    "wilayah ({scale}); terbesar: {who}.",
)
_NO_PLACES = Text(
    en="Turnout changed by more than chance of the draws in none of {of:count:place:places} "
    "({scale}).",
    id="Partisipasi tidak berubah lebih besar daripada galat acak simulasi di satu pun dari "
    "{of:count} wilayah ({scale}).",
)
_ROLLS = Text(
    en="The registered changed by more than {limit:percent0} in {n:count} of "
    "{of:count:place:places}: {who}.",
    id="Pemilih terdaftar berubah lebih dari {limit:percent0} di {n:count} dari {of:count} "
    "wilayah: {who}.",
)
_OF_ROLL = Text(
    en="{place} {old:count}, now {new:count}",
    id="{place} {old:count}, kini {new:count}",
)
_ONLY_OLD = Text(
    en="Only in the old run: {n:count:place:places} ({names:list5}).",
    id="Hanya dalam prakiraan lama: {n:count} wilayah ({names:list5}).",
)
_ONLY_NEW = Text(
    en="Only in the new run: {n:count:place:places} ({names:list5}).",
    id="Hanya dalam prakiraan baru: {n:count} wilayah ({names:list5}).",
)
