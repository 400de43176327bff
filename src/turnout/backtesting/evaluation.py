"""After the election: the forecast of a run against what happened."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import DataError
from turnout.goals.words import place_name
from turnout.language import Language, Text, listing, number
from turnout.matching import NOTHING_IN_COMMON, actual_counts
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

_MOST_SURPRISES = 10
_SIDES = {True: "above", False: "below"}


@dataclass(frozen=True)
class Evaluation:
    """A forecast beside what happened.

    Parameters
    ----------
    places
        One row per scale, place and interval level that has an actual result: scale, the place
        columns, area_id, registered and actual turnout, median, error (median minus actual, in
        points), level, lower, upper (shares), held, and surprise: how many times the distance
        from the median to that end of the interval the actual turnout lies away.
    goals
        One row per goal of the whole: goal, probability that was told, actual, reached.
    missing
        How many places of each scale, the whole first, have no actual result.
    """

    places: pd.DataFrame
    goals: pd.DataFrame
    missing: Mapping[str, int]

    @cached_property
    def table(self) -> pd.DataFrame:
        """Errors and coverage, one row per scale and level, the whole first.

        n places, mae and bias (points, weighted by registered), held (k of n) and coverage, and
        the mean width in points.
        """
        groups = self.places.groupby(["scale", "level"], sort=False)
        rows = [
            {
                "scale": scale,
                "level": level,
                "n": len(part),
                "mae": np.average(part["error"].abs(), weights=part["registered"]),
                "bias": np.average(part["error"], weights=part["registered"]),
                "held": int(part["held"].sum()),
                "coverage": part["held"].mean(),
                "width": 100 * (part["upper"] - part["lower"]).mean(),
            }
            for (scale, level), part in groups
        ]
        return pd.DataFrame(rows)

    @cached_property
    def surprises(self) -> pd.DataFrame:
        """The finest places, those that surprised most first."""
        finest = self.places[self.places["scale"] == self.places["scale"].iloc[-1]]
        single = finest[finest["level"] == _level_to_tell(finest)]
        order = single["surprise"].abs().sort_values(ascending=False, kind="stable").index
        return single.loc[order].reset_index(drop=True)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """The whole beside its result: one row, or none where no result of it is known."""
        top = self.places[self.places["scale"] == next(iter(self.missing))]
        if top.empty or top["level"].duplicated().any():
            return top.iloc[:0]
        return top[top["level"] == _level_to_tell(top)].reset_index(drop=True)

    @property
    def text(self) -> str:
        """The evaluation in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the evaluation in words: the whole, the goals, every scale, the surprises."""
        lines = [*self._say_whole(lang), *self._say_goals(lang), *self._say_scales(lang)]
        surprised = self._say_surprises(lang)
        missing = [
            _MISSING.say(lang, n=n, scale=SCALE_WORDS[scale].say(lang))
            for scale, n in self.missing.items()
            if n
        ]
        return "\n".join([*lines, *surprised, *missing])

    def _say_whole(self, lang: Language) -> list[str]:
        if self.whole.empty:
            return [_NO_WHOLE.say(lang)] if self.missing[next(iter(self.missing))] == 1 else []
        row = self.whole.iloc[0]
        text = _HELD if row["held"] else _MISSED
        told = text.say(
            lang,
            place=place_name(row, lang),
            actual=row["actual"],
            voters=row["actual"] * row["registered"],
            registered=row["registered"],
            median=row["median"],
            miss=number(abs(row["error"]), lang, 1),
            side=_SIDE[_SIDES[bool(row["error"] < 0)]].say(lang),
            level=row["level"],
            lower=row["lower"],
            upper=row["upper"],
        )
        return [told]

    def _say_goals(self, lang: Language) -> list[str]:
        told = []
        for row in self.goals.to_dict("records"):
            text = _REACHED if row["reached"] else _NOT_REACHED
            gap = abs(row["goal"] - row["actual"])
            told.append(
                text.say(
                    lang,
                    goal=row["goal"],
                    gap=gap,
                    chance=row["probability"],
                    voters=gap * row["registered"],
                )
            )
        return told

    def _say_scales(self, lang: Language) -> list[str]:
        told = []
        for scale, rows in self.table[self.table["n"] > 1].groupby("scale", sort=False):
            held = [
                _LEVEL.say(lang, level=row["level"], held=row["held"], n=row["n"])
                for row in rows.to_dict("records")
            ]
            miss = number(rows["mae"].iloc[0], lang, 1)
            words = SCALE_WORDS[str(scale)].say(lang)
            told.append(_SCALE.say(lang, scale=words, mae=miss, held=listing(held, lang)))
        return [*told, _SHARED.say(lang)] if told else []

    def _say_surprises(self, lang: Language) -> list[str]:
        outside = self.surprises[~self.surprises["held"]]
        if outside.empty or len(self.surprises) < 2:
            return []
        names = [
            _SURPRISE.say(
                lang,
                place=place_name(row, lang),
                actual=row["actual"],
                lower=row["lower"],
                upper=row["upper"],
            )
            for _, row in outside.head(_MOST_SURPRISES).iterrows()
        ]
        n, of, level = len(outside), len(self.surprises), outside["level"].iloc[0]
        usual = round((1 - level) * of)
        told = _USUAL.say(lang, usual=usual) if usual else ""
        who = "; ".join(names)
        return [_SURPRISES.say(lang, n=n, of=of, level=level, usual=told, who=who)]

    def _repr_html_(self) -> str:
        words = html.escape(self.text).replace("\n", "<br>")
        return f"<p>{words}</p>{self.table.round(3).to_html(index=False)}"


def evaluate(
    forecast: pd.DataFrame, actual: pd.DataFrame, *, goals: pd.DataFrame | None = None
) -> Evaluation:
    """Set the table of a forecast beside the results of its election.

    Parameters
    ----------
    forecast
        Rows as in ``forecast.csv``: scale, place columns, area_id, registered, median, level,
        lower, upper; such as ``pandas.read_csv("forecast.csv")`` with text as text.
    actual
        Results of the election that was forecast, in canonical form.
    goals
        Goals of the whole: goal and probability.

    Returns
    -------
    Evaluation

    Raises
    ------
    DataError
        If no place of the forecast is among the results.

    Examples
    --------
    >>> from turnout.schema import canonical_results
    >>> forecast = pd.DataFrame({"scale": "area", "area": ["Murni", "Legok"],
    ...     "registered": [800, 900], "median": [0.7, 0.6], "level": 0.9,
    ...     "lower": [0.6, 0.5], "upper": [0.8, 0.7]})
    >>> actual = canonical_results(pd.DataFrame({"date": "2024-11-27", "election_type": "pilkada",
    ...     "area": ["Murni", "Legok"], "registered": [800, 900], "voters": [600, 360]}))
    >>> evaluate(forecast, actual).table[["n", "held", "coverage"]].iloc[0].tolist()
    [2.0, 1.0, 0.5]
    """
    table = forecast.reset_index(drop=True).reindex(
        columns=list(dict.fromkeys([*_NEEDED, *forecast.columns]))
    )
    scales = [str(scale) for scale in table["scale"].unique()]
    first_level = table["level"] == table["level"].iloc[0]
    finest = table[first_level & (table["scale"] == scales[-1])]
    parts, missing = [], {}
    for scale in scales:
        rows = table[table["scale"] == scale]
        registered, voters = actual_counts(rows, scale, finest, actual)
        known = registered > 0
        missing[scale] = int((~known & first_level[rows.index].to_numpy()).sum())
        parts.append(_beside(rows[known], registered[known], voters[known]))
    places = pd.concat(parts, ignore_index=True)
    if places.empty:
        raise DataError(NOTHING_IN_COMMON, n=len(finest))
    whole = places[places["scale"] == scales[0]]
    return Evaluation(places, _goals_beside(goals, whole), missing)


_NEEDED = ("scale", *PLACE_COLUMNS, "area_id", "median", "level", "lower", "upper")


def _beside(rows: pd.DataFrame, registered: Any, voters: Any) -> pd.DataFrame:
    """Set rows of one scale beside their actual counts."""
    actual = np.minimum(voters, registered) / registered
    median, lower, upper = (rows[name].to_numpy(float) for name in ("median", "lower", "upper"))
    reach = np.where(actual >= median, upper - median, median - lower)
    away = actual - median
    surprise = np.divide(away, reach, out=np.copysign(np.inf, away), where=reach > 0)
    return rows[list(_NEEDED)].assign(
        registered=registered,
        actual=actual,
        error=100 * (median - actual),
        held=(lower <= actual) & (actual <= upper),
        surprise=np.where(away == 0, 0.0, surprise),
    )


def _goals_beside(goals: pd.DataFrame | None, whole: pd.DataFrame) -> pd.DataFrame:
    columns = ["goal", "probability", "registered", "actual", "reached"]
    if goals is None or goals.empty or whole.empty:
        return pd.DataFrame(columns=columns)
    row = whole.iloc[0]
    return goals[["goal", "probability"]].assign(
        registered=row["registered"],
        actual=row["actual"],
        reached=row["actual"] >= goals["goal"],
    )


def _level_to_tell(places: pd.DataFrame) -> float:
    """Return the level that is told where there is room for one: 90%, or the nearest."""
    levels = places["level"].unique()
    return float(levels[np.abs(levels - 0.9).argmin()])


_HELD = Text(
    en="{place}: turnout was {actual:percent2} ({voters:count} of {registered:count}), inside the "
    "{level:percent0} interval of {lower:percent} to {upper:percent}; {miss} points {side} the "
    "median of {median:percent}.",
    id="{place}: tingkat partisipasi {actual:percent2} ({voters:count} dari {registered:count}), "
    "di dalam rentang {level:percent0} dari {lower:percent} s.d. {upper:percent}; {miss} poin "
    "{side} median {median:percent}.",
)
_MISSED = Text(
    en="{place}: turnout was {actual:percent2} ({voters:count} of {registered:count}), outside "
    "the {level:percent0} interval of {lower:percent} to {upper:percent}; {miss} points {side} "
    "the median of {median:percent}.",
    id="{place}: tingkat partisipasi {actual:percent2} ({voters:count} dari {registered:count}), "
    "di luar rentang {level:percent0} dari {lower:percent} s.d. {upper:percent}; {miss} poin "
    "{side} median {median:percent}.",
)
_NO_WHOLE = Text(
    en="The whole cannot be judged: the results have no row of it, and not of all its places. Add "
    "its total, or the missing places.",
    id="Hasil keseluruhan belum dapat dinilai: berkas hasil tidak memuat baris totalnya dan tidak "
    "memuat semua wilayahnya. Tambahkan baris total atau wilayah yang kurang.",
)
_SIDE = {
    "above": Text(en="above", id="di atas"),
    "below": Text(en="below", id="di bawah"),
}
_REACHED = Text(
    en="The goal of {goal:percent} was reached, by {gap:points} points ({voters:count} voters); "
    "the forecast had given it a probability of {chance:probability}.",
    id="Target {goal:percent} tercapai, lebih {gap:points} poin ({voters:count} pemilih); "
    "prakiraan memberinya peluang {chance:probability}.",
)
_NOT_REACHED = Text(
    en="The goal of {goal:percent} was missed by {gap:points} points ({voters:count} voters); the "
    "forecast had given it a probability of {chance:probability}.",
    id="Target {goal:percent} tidak tercapai, kurang {gap:points} poin ({voters:count} pemilih); "
    "prakiraan memberinya peluang {chance:probability}.",
)
_SCALE = Text(
    en="Per {scale}: the median missed by {mae} points on average; the intervals held: {held}.",
    id="Per {scale}: median meleset rata-rata {mae} poin; rentang yang memuat hasil: {held}.",
)
_LEVEL = Text(
    en="{level:percent0} in {held:count} of {n:count}",
    id="{level:percent0} di {held:count} dari {n:count}",
)
_SHARED = Text(
    en="Places of one election share its surprise, so this is one election's evidence, not that "
    "of many independent places.",
    id="Semua wilayah dalam satu pemilihan ikut bergeser bersama, jadi ini bukti dari satu "
    "pemilihan, bukan dari banyak wilayah yang saling bebas.",
)
_SURPRISES = Text(
    en="{n:count} of {of:count} places lay outside their {level:percent0} interval{usual}; most "
    "surprising: {who}.",
    id="{n:count} dari {of:count} wilayah berada di luar rentang {level:percent0}{usual}; yang "
    "paling mengejutkan: {who}.",
)
_USUAL = Text(en=" (about {usual:count} in the long run)", id=" (lazimnya sekitar {usual:count})")
_SURPRISE = Text(
    en="{place} {actual:percent} ({lower:percent} to {upper:percent})",
    id="{place} {actual:percent} ({lower:percent} s.d. {upper:percent})",
)
_MISSING = Text(
    en="For {n:count} place(s) per {scale} no result was given.",
    id="Untuk {n:count} wilayah per {scale} tidak ada hasil yang diberikan.",
)
