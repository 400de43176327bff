"""The forecast: joint draws of turnout for every place, and the views of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel, past_turnout
from turnout.areas.history import counted_share
from turnout.elections import Election
from turnout.language import Language, Text
from turnout.schema import PLACE_COLUMNS, SCALES, place_columns

if TYPE_CHECKING:
    from os import PathLike

Draws = NDArray[np.float32] | NDArray[np.float64]

BASIS_COLUMNS = (
    "contests",
    "contests_same_type",
    "share_counted",
    "roll_estimated",
    "last_same_type",
    "last_same_type_election",
)
"""Columns of `Forecast.places` that tell what a place's forecast rests on."""

# Quantiles of 80,000 areas are taken block by block, to keep memory within bounds.
_BLOCK = 2_000


@dataclass(frozen=True)
class Note:
    """Something the reader of a forecast has to know, in both languages."""

    text: Text
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Language = "en") -> str:
        """Return the note in language `lang`."""
        return self.text.say(lang, **self.values)


@dataclass(frozen=True)
class About:
    """How a forecast was made.

    Parameters
    ----------
    model
        Name of the model.
    seed
        Seed of the draws; None when it was not set.
    notes
        What the reader has to know.
    diagnostics
        Figures of the fit, such as ``effective_sample_size``.
    """

    model: str
    seed: int | None = None
    notes: tuple[Note, ...] = ()
    diagnostics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Forecast:
    """Joint draws of turnout for every place of one scale.

    Parameters
    ----------
    election
        The coming election.
    places
        One row per place: the place columns, area_id, registered (count), and what the forecast
        rests on (`BASIS_COLUMNS`).
    draws
        Turnout as a share, draws x places; a row is one possible election.
    scale
        Scale of the places.
    history
        Past turnout at every scale, see `turnout.areas.past_turnout`.
    about
        How it was made.

    Examples
    --------
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 300.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
    ...                     np.array([[0.5, 0.7], [0.6, 0.8]]), "area")
    >>> forecast.at("total").draws.ravel().round(3).tolist()
    [0.65, 0.75]
    """

    election: Election
    places: pd.DataFrame
    draws: Draws
    scale: str
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    about: About = field(default_factory=lambda: About("own draws"))

    @cached_property
    def scales(self) -> tuple[str, ...]:
        """The scales that can be asked for, finest first; ``total`` where the top has no name."""
        named = [scale for scale in SCALES if scale in place_columns(self.places)]
        own = SCALES.index(self.scale) if self.scale in SCALES else len(SCALES)
        coarser = [scale for scale in named if SCALES.index(scale) >= own]
        if not coarser or self.places[coarser[-1]].nunique(dropna=False) > 1:
            coarser.append("total")
        return tuple(coarser)

    @cached_property
    def top(self) -> str:
        """The scale of the whole: the finest one that has a single place."""
        for scale in self.scales:
            if scale == "total" or self.places[scale].nunique(dropna=False) == 1:
                return scale
        return "total"

    def at(self, scale: str) -> Forecast:
        """Return the forecast of the places of a coarser scale.

        Registered x turnout is summed draw by draw, so every scale agrees with every other.

        Parameters
        ----------
        scale
            One of `scales`.

        Raises
        ------
        ValueError
            If the forecast has no such scale.
        """
        if scale not in self.scales:
            known = ", ".join(self.scales)
            raise ValueError(f"this forecast has no scale {scale!r}; it has: {known}")
        return self if scale == self.scale else self._rolled_up[scale]

    @cached_property
    def _rolled_up(self) -> _RolledUp:
        return _RolledUp(self)

    def intervals(
        self, by: str | None = None, level: float | Sequence[float] = 0.9
    ) -> pd.DataFrame:
        """Return the central prediction intervals of every place.

        Parameters
        ----------
        by
            Scale; the forecast's own when not given.
        level
            Nominal coverage, such as 0.9; several give several rows per place.

        Returns
        -------
        pandas.DataFrame
            scale, place columns, area_id, registered (count), mean, median, level, lower, upper
            (shares); one row per place and level.

        Raises
        ------
        ValueError
            If a level does not lie between 0 and 1, or the scale is unknown.
        """
        levels = [float(one) for one in np.atleast_1d(level)]
        for one in levels:
            if not 0 < one < 1:
                raise ValueError(
                    f"level must lie between 0 and 1, got {one:g}; for a 90% interval "
                    "pass level=0.9"
                )
        view = self if by is None else self.at(by)
        ends = [tail for one in levels for tail in ((1 - one) / 2, (1 + one) / 2)]
        quantiles = view.quantiles([0.5, *ends])
        tables = []
        for index, one in enumerate(levels):
            table = view._named_places()
            table["mean"] = view.draws.mean(axis=0, dtype=np.float64)
            table["median"] = quantiles[0]
            table["level"] = one
            table["lower"] = quantiles[1 + 2 * index]
            table["upper"] = quantiles[2 + 2 * index]
            tables.append(table)
        return pd.concat(tables, ignore_index=True)

    def quantiles(self, probabilities: Sequence[float]) -> NDArray[np.float64]:
        """Return quantiles of turnout, probabilities x places."""
        blocks = [
            np.quantile(self.draws[:, start : start + _BLOCK], probabilities, axis=0)
            for start in range(0, self.draws.shape[1], _BLOCK)
        ]
        return np.concatenate(blocks, axis=1).astype(np.float64)

    def prob(self, goal: float | NDArray[np.float64], by: str | None = None) -> NDArray[np.float64]:
        """Return the probability of every place that turnout reaches `goal` (a share).

        Parameters
        ----------
        goal
            One goal for all places, or one per place.
        by
            Scale; the forecast's own when not given.
        """
        view = self if by is None else self.at(by)
        # A goal of .86 is met by a turnout of .86 also where the draws are single precision.
        return np.asarray((view.draws >= np.asarray(goal, view.draws.dtype)).mean(axis=0))

    def summary(self, lang: Language = "en") -> str:
        """Return the forecast in a few sentences."""
        top = self.at(self.top)
        low, median, high = top.quantiles([0.05, 0.5, 0.95])[:, 0]
        lines = [
            _SUMMARY.say(
                lang,
                place=top.names(lang)[0],
                kind=self.election.election_type,
                date=self.election.date,
                median=median,
                low=low,
                high=high,
                registered=float(top.places["registered"].iloc[0]),
                places=self.draws.shape[1],
                draws=self.draws.shape[0],
                model=self.about.model,
            )
        ]
        lines += [f"- {note.say(lang)}" for note in self.about.notes]
        return "\n".join(lines)

    def names(self, lang: Language = "en") -> list[str]:
        """Return the name of every place."""
        if self.scale == "total":
            return [_TOTAL.say(lang)] * len(self.places)
        blank = _UNNAMED.say(lang)
        return [name if isinstance(name, str) else blank for name in self.places[self.scale]]

    def save(self, path: str | PathLike[str]) -> None:
        """Write the draws to ``path.npz`` and all else to ``path.json``."""
        base = Path(path).with_suffix("")
        np.savez_compressed(base.with_suffix(".npz"), draws=self.draws)
        record = {
            "format": 1,
            "scale": self.scale,
            "election": {
                "date": self.election.date.isoformat(),
                "election_type": self.election.election_type,
                "type_group": self.election.type_group,
                "name": self.election.name,
            },
            "about": {
                "model": self.about.model,
                "seed": self.about.seed,
                "notes": [
                    {"en": note.text.en, "id": note.text.id, "values": dict(note.values)}
                    for note in self.about.notes
                ],
                "diagnostics": dict(self.about.diagnostics),
            },
            "places": _to_record(self.places),
            "history": _to_record(self.history),
        }
        text = json.dumps(record, ensure_ascii=False, default=_plain)
        base.with_suffix(".json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Forecast:
        """Read a forecast that `save` wrote.

        Raises
        ------
        FileNotFoundError
            If one of the two files is not there.
        """
        base = Path(path).with_suffix("")
        record = json.loads(base.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(base.with_suffix(".npz")) as arrays:
            draws = arrays["draws"]
        about = record["about"]
        notes = tuple(
            Note(Text(en=note["en"], id=note["id"]), note["values"]) for note in about["notes"]
        )
        return cls(
            election=Election(**record["election"]),
            places=_from_record(record["places"]),
            draws=draws,
            scale=record["scale"],
            history=_from_record(record["history"]),
            about=About(about["model"], about["seed"], notes, about["diagnostics"]),
        )

    def _named_places(self) -> pd.DataFrame:
        columns = [*PLACE_COLUMNS, "area_id"]
        table = self.places.reindex(columns=[*columns, "registered"]).reset_index(drop=True)
        table.insert(0, "scale", self.scale)
        return table

    def _repr_html_(self) -> str:
        top = self.at(self.top)
        coarse = [scale for scale in self.scales if len(self.at(scale).places) <= 30]
        shown = self.intervals(by=coarse[0] if coarse else self.top)
        name = shown["scale"].iloc[0]
        table = pd.DataFrame(
            {
                name: self.at(name).names(),
                "registered": shown["registered"].map("{:,.0f}".format),
                "median": shown["median"].map("{:.1%}".format),
                "90% interval": [
                    f"{low:.1%} to {high:.1%}"
                    for low, high in zip(shown["lower"], shown["upper"], strict=True)
                ],
            }
        )
        headline, *notes = self.summary().split("\n")
        listed = "".join(f"<li>{note.removeprefix('- ')}</li>" for note in notes)
        rows = table.to_html(index=False, border=0)
        return f"<p><b>{headline}</b></p>{rows if len(top.places) else ''}<ul>{listed}</ul>"


class _RolledUp(dict[str, Forecast]):
    """Coarser views of a forecast, each made when first asked for."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__()
        self._forecast = forecast

    def __missing__(self, scale: str) -> Forecast:
        self[scale] = _roll_up(self._forecast, scale)
        return self[scale]


def forecast_places(panel: Panel, election: Election) -> pd.DataFrame:
    """Return the `places` of a forecast: the panel's targets and what is known of them.

    Parameters
    ----------
    panel
        Places by contests, with the coming election among the contests.
    election
        The coming election.
    """
    nodes = panel.nodes.iloc[panel.targets].reset_index(drop=True)
    voters, registered = panel.grid("voters"), panel.grid("registered")
    with np.errstate(invalid="ignore", divide="ignore"):
        turnout = (voters / registered)[panel.targets]
    coming = panel.contest_of(election)
    counted = counted_share(panel)[panel.targets]
    return _with_basis(
        nodes[[*PLACE_COLUMNS, "area_id", "registered"]],
        nodes["estimated"],
        np.delete(turnout, coming, axis=1),
        np.delete(counted, coming, axis=1),
        panel.contests.drop(index=coming),
        election,
    )


def make_forecast(panel: Panel, election: Election, draws: Draws, about: About) -> Forecast:
    """Return the forecast of a panel's targets from a model's draws (draws x targets)."""
    places = forecast_places(panel, election)
    finest = panel.nodes["scale"].iloc[panel.targets].unique().tolist()
    scale = min(finest, key=lambda name: SCALES.index(name) if name in SCALES else len(SCALES))
    past = past_turnout(panel)
    return Forecast(
        election=election,
        places=places,
        draws=draws,
        scale=scale,
        history=past[past["election"] != election.name].reset_index(drop=True),
        about=about,
    )


def _with_basis(
    places: pd.DataFrame,
    estimated: pd.Series,
    turnout: NDArray[np.float64],
    counted: NDArray[np.float64],
    contests: pd.DataFrame,
    election: Election,
) -> pd.DataFrame:
    """Tell of every place which past contests its forecast rests on."""
    known = ~np.isnan(turnout)
    same = (contests["election_type"] == election.election_type).to_numpy()
    order = np.arange(turnout.shape[1])
    last = np.where(known & same, order, -1).max(axis=1, initial=-1)
    has_last = last >= 0
    names = contests["election"].to_numpy(dtype=object)
    with np.errstate(invalid="ignore"):
        share = np.where(known, counted, 0.0).sum(axis=1) / known.sum(axis=1)
    return places.assign(
        contests=known.sum(axis=1),
        contests_same_type=(known & same).sum(axis=1),
        share_counted=share,
        roll_estimated=estimated.to_numpy(bool),
        last_same_type=np.where(has_last, turnout[np.arange(len(places)), last], np.nan),
        last_same_type_election=np.where(has_last, names[last], None) if len(names) else None,
    )


def _roll_up(forecast: Forecast, scale: str) -> Forecast:
    columns = [name for name in PLACE_COLUMNS if name in forecast.places]
    kept = [] if scale == "total" else columns[: columns.index(scale) + 1]
    if kept:
        group = forecast.places.groupby(kept, dropna=False, sort=False).ngroup().to_numpy()
    else:
        group = np.zeros(len(forecast.places), dtype=np.intp)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    registered = forecast.places["registered"].to_numpy(float)
    weights = registered[order]
    summed = np.add.reduceat(weights, starts)
    draws = np.empty((len(forecast.draws), len(starts)))
    step = max(1, 8_000_000 // max(1, len(order)))
    for start in range(0, len(draws), step):
        voters = forecast.draws[start : start + step][:, order] * weights
        draws[start : start + step] = np.add.reduceat(voters, starts, axis=1) / summed
    places = forecast.places.iloc[order[starts]][kept].reindex(columns=list(PLACE_COLUMNS))
    places = places.reset_index(drop=True).assign(area_id=None, registered=summed)
    estimated = np.zeros(len(order), dtype=bool)
    if "roll_estimated" in forecast.places:
        estimated = forecast.places["roll_estimated"].to_numpy(bool)[order]
    any_estimated = pd.Series(np.logical_or.reduceat(estimated, starts))
    return replace(
        forecast,
        places=_with_history(places, any_estimated, forecast, scale),
        draws=draws,
        scale=scale,
    )


def _with_history(
    places: pd.DataFrame, estimated: pd.Series, forecast: Forecast, scale: str
) -> pd.DataFrame:
    """Tell what the forecast of summed places rests on, from the history at their scale."""
    past = forecast.history
    if past.empty:
        return places.assign(roll_estimated=estimated)
    past = past[(past["scale"] == scale) & (past["coverage"] >= 0.5)]
    contests = (
        forecast.history[["election", "date", "election_type", "type_group"]]
        .drop_duplicates("election")
        .sort_values("date", kind="stable")
    )
    keys = [] if scale == "total" else [name for name in PLACE_COLUMNS if name in past]
    turnout = np.full((len(places), len(contests)), np.nan)
    counted = np.ones_like(turnout)
    upto = keys[: keys.index(scale) + 1] if scale in keys else []
    row_of = {key: row for row, key in enumerate(_keys(places, upto))}
    column_of = {name: column for column, name in enumerate(contests["election"])}
    for key, election, value, coverage in zip(
        _keys(past, upto), past["election"], past["turnout"], past["coverage"], strict=True
    ):
        if key in row_of:
            turnout[row_of[key], column_of[election]] = value
            counted[row_of[key], column_of[election]] = coverage
    return _with_basis(places, estimated, turnout, counted, contests, forecast.election)


def _keys(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    if not columns:
        return [()] * len(table)
    texts = table[list(columns)].astype("object")
    return list(texts.where(texts.notna(), None).itertuples(index=False, name=None))


def _to_record(table: pd.DataFrame) -> dict[str, object]:
    plain = table.copy()
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    plain = plain.astype("object")
    return plain.where(plain.notna(), None).to_dict("list")


def _from_record(record: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(record)
    if "date" in table:
        table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    for name in table.columns:
        if name in PLACE_COLUMNS or name in ("area_id", "last_same_type_election"):
            texts = table[name].astype("object")
            table[name] = texts.where(texts.notna(), None)
        elif name == "last_same_type":
            table[name] = table[name].astype("float64")
    return table


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    return str(value)


_SUMMARY = Text(
    en="{place}, {kind} of {date:day}: turnout {median:percent}, with 90% probability between "
    "{low:percent} and {high:percent} of {registered:count} registered voters "
    "({model}, {places:count} places, {draws:count} draws).",
    id="{place}, {kind} {date:day}: tingkat partisipasi {median:percent}, dengan peluang 90% "
    "antara {low:percent} dan {high:percent} dari {registered:count} pemilih terdaftar "
    "({model}, {places:count} wilayah, {draws:count} simulasi).",
)
_TOTAL = Text(en="Total", id="Keseluruhan")
_UNNAMED = Text(en="(no name)", id="(tanpa nama)")

__all__ = ["About", "Forecast", "Note", "forecast_places", "make_forecast"]
