"""The `Backtest`: how models would have done before, told with the number of elections."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t

from turnout.backtesting import result_words as words
from turnout.backtesting.coverage import coverage_by
from turnout.errors import HistoryError
from turnout.forecast.words import model_word
from turnout.language import Language, Text, listing, number
from turnout.output.files import make_folder
from turnout.output.tables import write_table
from turnout.schema import SCALE_WORDS

NAIVE_MODELS = ("LastOfType", "LastTurnout")
"""The models that every backtest runs, so that there is something to be better than."""

_LEAST_SKILL = 0.005
"""A smaller difference would be told as 0%."""

_FIGURES = ["mae", "bias", "crps", "wis", "coverage_50", "coverage_80", "coverage_90", "width_90"]


@dataclass(frozen=True)
class Backtest:
    """Forecasts of past elections, each from what was known before, and their scores.

    Parameters
    ----------
    scores
        One row per panel, election, scale and model: n (places), mae, bias, crps, wis, width_90
        in points, means weighted by registered voters (the width's mean counts places), and
        coverage_50, coverage_80 and coverage_90, shares of the places.
    forecasts
        One row per panel, election, model, scale, place and interval level, with the actual
        turnout and the scores of each place.
    failures
        Forecasts that a model could not make: panel, election, model, error.
    asked
        Names of the models in the order in which they are shown: those that were asked for, then
        the naive ones. As they come in `scores` when not given.
    """

    scores: pd.DataFrame
    forecasts: pd.DataFrame
    failures: pd.DataFrame
    asked: tuple[str, ...] = ()

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Names of the models that forecast anything, those that were asked for first."""
        made = [str(model) for model in self.scores["model"].unique()]
        return tuple(name for name in dict.fromkeys((*self.asked, *made)) if name in made)

    def require_any(self, models: Sequence[str]) -> None:
        """Refuse a backtest in which none of these models forecast anything.

        Raises
        ------
        HistoryError
            With the reason of the first failure.
        """
        if set(models) & set(self.models):
            return
        failed = self.failures[self.failures["model"].isin(models)]
        raise HistoryError(
            words.NONE_MADE,
            models=", ".join(models),
            n=len(self.scores[["panel", "election"]].drop_duplicates()),
            election=failed["election"].iloc[0],
            error=_without_stop(failed["error"].iloc[0]),
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """Means over elections, one row per scale and model, with the number of elections."""
        groups = self.scores.groupby(["scale", "model"], sort=False)
        means = groups[_FIGURES].mean()
        means.insert(0, "elections", groups.size())
        return self._in_order(means.reset_index())

    @cached_property
    def totals(self) -> pd.DataFrame:
        """How often the intervals of the whole held: k of n elections, one row per model, level.

        Elections count whose result of the whole is known.

        Columns model, level, k, n, share, days, lower, upper. `lower` and `upper` are the 95%
        Clopper-Pearson interval of the true coverage. Contests of one day share its shock, so the
        interval counts `days` trials, not `n`.
        """
        top = self.forecasts[self.forecasts["is_top"]]
        held = coverage_by(top, ["model", "level"]).astype({"k": int}).reset_index()
        return self._in_order(held)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """How well places were told apart, one row per scale and model.

        Columns scale, model, elections, deviation_ratio (error of places less the whole, per that
        of a flat whole), spearman, lower and upper: the mean rank correlation over elections on
        Fisher's z scale, with the 95% t interval of elections (NaN of a single one, and where one
        was ranked without fault: on that scale it is infinitely good).
        """
        known = self.scores[self.scores["spearman"].notna()]
        rows = []
        for (scale, model), group in known.groupby(["scale", "model"], sort=False):
            found = group["spearman"].to_numpy(float)
            z, n = np.arctanh(found.clip(-0.999, 0.999)), len(found)
            several = n > 1 and bool((np.abs(found) < 0.999).all())
            half = t.ppf(0.975, n - 1) * z.std(ddof=1) / np.sqrt(n) if several else np.nan
            lower, upper = np.tanh(z.mean() + half * np.array([-1.0, 1.0]))
            ratio = group["deviation_mae"].sum() / group["deviation_flat"].sum()
            mean = float(np.tanh(z.mean()))
            rows.append((scale, model, n, float(ratio), mean, float(lower), float(upper)))
        columns = ["scale", "model", "elections", "deviation_ratio", "spearman", "lower", "upper"]
        return self._in_order(pd.DataFrame(rows, columns=columns))

    @cached_property
    def skill(self) -> pd.DataFrame:
        """How much better than the naive models: 1 - CRPS / CRPS of the naive one.

        Columns scale, model, against, elections, skill; over the elections that both forecast.
        """
        return _skill_of(self.scores, self.models)

    def model_named(self, name: str | None = None) -> str:
        """Return the name of a model that is in the backtest, the first of `models` by default.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        if name is not None and name not in self.models:
            known = ", ".join(self.models)
            raise ValueError(f"the backtest has no model {name!r}; it has: {known}")
        return name or self.models[0]

    @property
    def text(self) -> str:
        """The result in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the result in words: what was forecast, what held, what was better."""
        elections = self.scores[["panel", "election"]].drop_duplicates()
        dates = self.forecasts["date"]
        first, last = str(dates.min())[:4], str(dates.max())[:4]
        when = first if first == last else words.YEARS.say(lang, first=first, last=last)
        head = words.HEAD if len(elections) > 1 else words.HEAD_OF_ONE
        lines = [head.say(lang, n=len(elections), when=when)]
        days = len(self.forecasts[["panel", "date"]].drop_duplicates())
        if days < len(elections):
            lines.append(words.SHARED_DAYS.say(lang, days=days))
        unknown = self._without_whole()
        if unknown:
            lines.append(
                words.NO_WHOLE.say(lang, n=len(unknown), who=listing(unknown, lang, most=3))
            )
        # The whole is a city in one panel and a total in another.
        tops = self.scores[self.scores["is_top"]].assign(scale="total")
        skill = _skill_of(tops, self.models)
        lines += [self._say_model(model, skill, lang) for model in self.models]
        if len(self.failures):
            who = [
                f"{model_word(str(row.model), lang)} ({row.election}): {_without_stop(row.error)}"
                for row in self.failures.itertuples()
            ]
            # Reasons are whole sentences: they are told whole, not cut as names are.
            lines.append(words.FAILED.say(lang, n=len(who), who="; ".join(who[:3])))
        return "\n".join(lines)

    def _without_whole(self) -> list[str]:
        """Return the elections whose result of the whole is not known."""
        judged = self.scores.groupby(["panel", "election"], sort=False)["is_top"].any()
        return [str(election) for _, election in judged.index[~judged]]

    def _in_order(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the rows of each model together, in the order of `models`."""
        place = {name: number for number, name in enumerate(self.models)}
        return table.sort_values(
            "model", key=lambda names: names.map(place), kind="stable", ignore_index=True
        )

    def _say_model(self, model: str, whole: pd.DataFrame, lang: Language) -> str:
        """Return what one model did; `whole` is the skill of all of them at the whole."""
        of_model = self.totals[(self.totals["model"] == model) & (self.totals["level"] == 0.9)]
        if of_model.empty:
            return words.NEVER_JUDGED.say(lang, model=model_word(model, lang, first=True))
        held = of_model.iloc[0]
        top_scores = self.scores[self.scores["is_top"] & (self.scores["model"] == model)]
        verdict = _verdict(0.9, held["lower"], held["upper"])
        told = (words.MODEL if held["days"] > 1 else words.MODEL_OF_A_DAY).say(
            lang,
            model=model_word(model, lang, first=True),
            k=int(held["k"]),
            n=int(held["n"]),
            low=held["lower"],
            high=held["upper"],
            verdict=verdict.say(lang),
            mae=number(top_scores["mae"].mean(), lang, 1),
        )
        elections = len(self.scores[["panel", "election"]].drop_duplicates())
        elections -= len(self._without_whole())
        if held["n"] < elections:
            told += " " + words.NOT_ALL.say(lang, n=int(held["n"]), all=elections)
        ranks = self.ranking[self.ranking["model"] == model]
        if len(ranks):
            finest = ranks.sort_values("elections", kind="stable").iloc[-1]
            enough = finest["elections"] >= _FEWEST_FOR_INTERVAL and pd.notna(finest["lower"])
            told += " " + (words.RANKED if enough else words.RANKED_OF_FEW).say(
                lang,
                scale=SCALE_WORDS[finest["scale"]].say(lang),
                ratio=number(finest["deviation_ratio"], lang, 2),
                rank=number(finest["spearman"], lang, 2),
                low=number(finest["lower"], lang, 2),
                high=number(finest["upper"], lang, 2),
                n=int(finest["elections"]),
            )
        top = whole[(whole["model"] == model) & (whole["against"] != model)]
        for against, n, skill in zip(top["against"], top["elections"], top["skill"], strict=True):
            text = (
                words.EQUAL
                if abs(skill) < _LEAST_SKILL
                else words.BETTER
                if skill > 0
                else words.WORSE
            )
            text = words.TIMES if skill < -_IN_TIMES else text
            times = number(1 - skill, lang, 0)
            values = {"skill": abs(skill), "times": times, "n": n}
            told += " " + text.say(lang, against=model_word(against, lang), **values)
        return told

    def save(self, folder: str | Path) -> None:
        """Write ``scores.csv``, ``forecasts.csv`` and, if any, ``failures.csv`` into `folder`.

        Where nothing failed, an earlier backtest's ``failures.csv`` goes.
        """
        target = Path(folder)
        make_folder(target)
        write_table(self.scores.drop(columns="is_top"), target / "scores.csv")
        write_table(self.forecasts.drop(columns="is_top"), target / "forecasts.csv")
        (target / "failures.csv").unlink(missing_ok=True)
        if len(self.failures):
            write_table(self.failures, target / "failures.csv")

    def _repr_html_(self) -> str:
        words = html.escape(self.text).replace("\n", "<br>")
        return f"<p>{words}</p>{self.table.round(2).to_html(index=False)}"


def _without_stop(sentence: object) -> str:
    """Return a sentence as part of another one."""
    return str(sentence).removesuffix(".")


def _skill_of(scored: pd.DataFrame, models: Sequence[str]) -> pd.DataFrame:
    """Return `Backtest.skill` of some rows of its scores, with the models in this order."""
    crps = scored.pivot_table(
        index=["scale", "panel", "election"], columns="model", values="crps", sort=False
    )
    rows = []
    for naive in NAIVE_MODELS:
        for model in [name for name in models if name in crps and naive in crps]:
            both = crps[crps[model].notna() & crps[naive].notna()]
            means = both.groupby(level="scale", sort=False)
            skill = 1 - means[model].mean() / means[naive].mean()
            of_model = {"model": model, "against": naive, "elections": means.size(), "skill": skill}
            rows.append(pd.DataFrame(of_model))
    columns = ["scale", "model", "against", "elections", "skill"]
    return pd.concat(rows).reset_index()[columns] if rows else pd.DataFrame(columns=columns)


def join_backtests(backtests: Sequence[Backtest]) -> Backtest:
    """Join the backtests of several panels into one."""
    return Backtest(
        scores=_join([one.scores for one in backtests]),
        forecasts=_join([one.forecasts for one in backtests]),
        failures=_join([one.failures for one in backtests]),
        asked=tuple(dict.fromkeys(name for one in backtests for name in one.asked)),
    )


def _join(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join tables; empty ones, whose columns have no type yet, have no say in the types."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled or tables[:1], ignore_index=True)


def _verdict(level: float, lower: float, upper: float) -> Text:
    if upper < level:
        return words.TOO_NARROW
    if lower > level:
        return words.TOO_WIDE
    return words.COMPATIBLE if lower >= _LEAST_TOLD else words.TELLS_NOTHING


_FEWEST_FOR_INTERVAL = 3
"""Two rank correlations are alike by chance, and then their interval has no width."""

_LEAST_TOLD = 0.5
"""Where a true coverage below this is as possible, that 90% is possible tells nothing."""
_IN_TIMES = 2.0
"""Share of another's error from which on what an error is more is told in times of that."""
