"""All parts together: the forecast that a single run of the whole makes, draw by draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from turnout.arrays import as_slice
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.room import put, room_for
from turnout.language import Text
from turnout.nation.rows import same_name
from turnout.nation.shared_draws import SharedDraws
from turnout.schema import PLACE_COLUMNS


def add_up(shared: SharedDraws, forecasts: Iterable[Forecast]) -> Forecast:
    """Return the forecast of the whole from those of all its parts.

    Parameters
    ----------
    shared
        The shared draws that each part was drawn with.
    forecasts
        One forecast per part, in any order; each is looked at once.

    Returns
    -------
    Forecast
        With the draws of a single run of the whole.

    Raises
    ------
    TurnoutError
        If a part is missing, there twice or unknown, or is of another election, of other places or
        of another number of draws.
    """
    draws = room_for(len(shared.frame.places), shared.shared.count, np.float32)
    draws[shared.rows_in_no_part] = shared.direct
    missing = dict(enumerate(part.name for part in shared.parts))
    for forecast in forecasts:
        number = _part_of(shared, forecast)
        if missing.pop(number, None) is None:
            raise TurnoutError(_TWICE, name=shared.parts[number].name)
        _check_places(shared, number, forecast)
        put(draws, as_slice(shared.blocks[number].rows), forecast.draws.T)
    if missing:
        raise TurnoutError(_MISSING, n=len(missing), names=list(missing.values()))
    return replace(shared.frame, draws=draws.T)


def _part_of(shared: SharedDraws, forecast: Forecast) -> int:
    """Return the number of the part that a forecast is of."""
    scale = shared.parts[0].scale
    names = list(forecast.places[scale].dropna().unique()) if scale in forecast.places else []
    known = {same_name(part.name): number for number, part in enumerate(shared.parts)}
    number = known.get(same_name(names[0])) if len(names) == 1 else None
    if number is None:
        raise TurnoutError(_UNKNOWN, names=[str(name) for name in names])
    return number


def _check_places(shared: SharedDraws, number: int, forecast: Forecast) -> None:
    """Refuse a part of another election, of other places or of another number of draws."""
    name, election = shared.parts[number].name, shared.election
    if (forecast.election.date, forecast.election.name) != (election.date, election.name):
        raise TurnoutError(_OTHER_ELECTION, name=name, election=election.name)
    if len(forecast.draws) != shared.shared.count:
        raise TurnoutError(
            _OTHER_DRAWS, name=name, n=len(forecast.draws), wanted=shared.shared.count
        )
    known = shared.frame.places.iloc[shared.blocks[number].rows]
    columns = [one for one in (*PLACE_COLUMNS, "area_id") if one in known]
    told = [table.reindex(columns=columns).astype("object") for table in (known, forecast.places)]
    one, other = (table.where(table.notna(), None).to_numpy().tolist() for table in told)
    if one != other:
        raise TurnoutError(_OTHER_PLACES, name=name)


_UNKNOWN = Text(
    en="A run covers {names:list20}, which is not exactly one part of the shared draws. Give the "
    "folders of runs that were made with --shared-draws and this file.",
    id="Suatu hasil run memuat {names:list20}, yang bukan tepat satu wilayah dari simulasi "
    "bersama. Berikan folder hasil run yang dibuat dengan --shared-draws dan berkas ini.",
)
_TWICE = Text(
    en="{name} is there twice. Give one folder per part.",
    id="{name} ada dua kali. Berikan satu folder untuk setiap wilayah.",
)
_MISSING = Text(
    en="{n:count:part is:parts are} missing: {names:list20}. Run each with --shared-draws and give "
    "its folder too.",
    id="{n:count} wilayah belum ada: {names:list20}. Jalankan masing-masing dengan --shared-draws, "
    "lalu berikan juga foldernya.",
)
_OTHER_ELECTION = Text(
    en="The run of {name} forecasts another election than {election}. Run it with this file.",
    id="Hasil run {name} untuk pemilihan selain {election}. Jalankan dengan berkas ini.",
)
_OTHER_DRAWS = Text(
    en="The run of {name} has {n:count} draws, the shared file {wanted:count}. Run it with this "
    "file.",
    id="Hasil run {name} memuat {n:count} simulasi, berkas bersama {wanted:count}. Jalankan dengan "
    "berkas ini.",
)
_OTHER_PLACES = Text(
    en="The run of {name} has other places than the shared file. Run it with this file.",
    id="Wilayah dalam hasil run {name} berbeda dari berkas bersama. Jalankan dengan berkas ini.",
)
