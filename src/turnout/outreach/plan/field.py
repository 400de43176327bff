"""A forecast, the means and an effect as the arrays that an allocation works on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from turnout.areas import build_panel
from turnout.arrays import Floats, Ints
from turnout.doses import dose_columns
from turnout.errors import DataError, TurnoutError
from turnout.forecast import Forecast
from turnout.identity.match import PlaceNames, tell_spellings
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.outreach import EffectPosterior
from turnout.outreach.plan.allocation import Need, Rules
from turnout.outreach.plan.means import Budget, Floor, Means
from turnout.outreach.plan.steps import Field
from turnout.schema import SCALE_WORDS, SCALES, canonical_results, scale_of


def field_of(forecast: Forecast, budget: Budget, means: Means, effect: EffectPosterior) -> Field:
    """Return what activities change where.

    Parameters
    ----------
    forecast
        Joint draws of the areas.
    budget
        What may be spent.
    means
        What staff can do.
    effect
        Effect of every option, in their order.
    """
    registered = forecast.places["registered"].to_numpy(float)
    turnout = forecast.draws
    slope = turnout.mean(axis=0, dtype=np.float64) - (turnout**2).mean(axis=0, dtype=np.float64)
    limits = _limits(forecast.places, means)
    return Field(
        registered=registered,
        worth=registered * slope,
        reached=_reached(forecast, means),
        reach=np.array([option.reach for option in means.options]),
        price=np.array([option.price(budget.unit) for option in means.options]),
        effect=effect.mean,
        reachable=limits["reachable"].to_numpy(bool),
    )


def rules_of(forecast: Forecast, budget: Budget, means: Means) -> Rules:
    """Return what an allocation must obey."""
    limits = _limits(forecast.places, means)
    least = limits["minimum"].to_numpy(float)
    ones = np.ones(len(means.options))
    needs = [Need(np.arange(len(least)), least, ones, of_places=True)] if least.any() else []
    needs += _floors(forecast.places, means)
    return Rules(budget.amount, limits["maximum"].to_numpy(float), tuple(needs))


def rows_of(places: pd.DataFrame, named: pd.DataFrame) -> Ints:
    """Return the row of `places` that each row of `named` means: by area_id, else by names.

    Raises
    ------
    DataError
        If a row names no place, or several.
    """
    names = PlaceNames(places)
    records = [{str(key): cell for key, cell in row.items()} for row in named.to_dict("records")]
    found = [names.find_row(row, row.get("area_id")) for row in records]
    said = [_said(row) for row in records]
    wrong = [
        told if not match.rows else f"{told}: {names.listed(match.rows)}"
        for told, match in zip(said, found, strict=True)
        if len(match.rows) != 1
    ]
    if wrong:
        raise DataError(_UNKNOWN, n=len(wrong), places=wrong)
    rows = [match.rows[0] for match in found]
    tell_spellings(
        {
            told: names.name(row)
            for told, row, match in zip(said, rows, found, strict=True)
            if match.by_spelling
        }
    )
    return np.array(rows, dtype=np.intp)


def _said(row: Mapping[Any, Any]) -> str:
    """Return what a row calls its place."""
    told = [row[name] for name in (*SCALES, "area_id") if isinstance(row.get(name), str)]
    return str(told[0]) if told else "-"


def _limits(places: pd.DataFrame, means: Means) -> pd.DataFrame:
    """Return minimum and maximum activities per place, and whether staff can go there."""
    limits = pd.DataFrame(
        {"minimum": 0.0, "maximum": np.inf, "reachable": True}, index=range(len(places))
    )
    if means.areas is None:
        return limits
    rows = rows_of(places, means.areas)
    for name, blank in (("minimum", 0.0), ("maximum", np.inf)):
        if name in means.areas:
            limits.loc[rows, name] = means.areas[name].astype("float64").fillna(blank).to_numpy()
    if "reachable" in means.areas:
        told = means.areas["reachable"].astype("boolean").fillna(value=True)
        limits.loc[rows, "reachable"] = told.to_numpy(bool)
    return limits


def _floors(places: pd.DataFrame, means: Means) -> Iterator[Need]:
    for floor in means.floors:
        scale = scale_of(floor.by)
        if floor.by == "segment":
            names = [option.segment for option in means.options]
        elif scale in SCALES and scale in places:
            names = [str(name) for name in places[scale]]
        else:
            known = [SCALE_WORDS[one] for one in SCALES if one in places]
            raise TurnoutError(_FLOOR_BY, by=floor.by, known=known)
        yield _need(floor, names, means)


def _need(floor: Floor, names: list[str], means: Means) -> Need:
    plain = [bare_name(name) for name in names]
    if isinstance(floor.least, (int, float)):
        groups = sorted(set(plain) - {""})
        least = [float(floor.least)] * len(groups)
    else:
        groups = [bare_name(name) for name in floor.least]
        least = [float(value) for value in floor.least.values()]
        unknown = [name for name in floor.least if bare_name(name) not in plain]
        if unknown:
            raise DataError(_UNKNOWN, n=len(unknown), places=unknown)
    number = {group: index for index, group in enumerate(groups)}
    people = [option.reach for option in means.options]
    return Need(
        group=np.array([number.get(name, -1) for name in plain], dtype=np.intp),
        least=np.array(least),
        measure=np.array(people if floor.unit == "people" else np.ones(len(people))),
        of_places=floor.by != "segment",
    )


def _reached(forecast: Forecast, means: Means) -> Floats:
    """Return the people met already for the coming election, places x options."""
    reached = np.zeros((len(forecast.places), len(means.options)))
    if means.done is None or means.done.empty:
        return reached
    election = forecast.election
    rows = forecast.places.assign(
        election=election.name,
        date=pd.Timestamp(election.date),
        election_type=election.election_type,
        type_group=election.type_group,
        voters=0.0,
    )
    known = ["contests", "contests_same_type", "share_counted", "roll_estimated"]
    rows = rows.drop(columns=[*known, "last_same_type", "last_same_type_election"], errors="ignore")
    panel = build_panel(canonical_results(rows))
    nodes = panel.cells["node"].to_numpy(np.intp)
    for dose in dose_columns(panel, means.done):
        for column, option in enumerate(means.options):
            if option.kind == dose.kind:
                reached[:, column] = dose.reached[nodes, 0]
    return reached


_FLOOR_BY = Text(
    en="A floor by '{by}' cannot be held: floors are by segment, or by places of the forecast "
    "({known:list}).",
    id="Batas merata menurut '{by}' tidak dapat dipakai: batas merata berlaku untuk segmen "
    "(segment), atau untuk wilayah prakiraan ({known:list}).",
)
_UNKNOWN = Text(
    en="{n:count} places of the limits are not among the places of the forecast, or fit several "
    "({places:list}). Give their area_id, or area and district as in the results.",
    id="{n:count} wilayah pada tabel batas tidak ada dalam prakiraan, atau cocok dengan lebih dari "
    "satu ({places:list}). Isi kode wilayahnya (kolom area_id), atau kelurahan dan kecamatan "
    "seperti pada tabel hasil.",
)
