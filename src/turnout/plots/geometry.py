"""Which shape belongs to which place."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from turnout.errors import ToldWarning, TurnoutError
from turnout.forecast import Forecast
from turnout.identity.codes import code_in_parts, each_code, plain_code
from turnout.identity.keys import plain_name
from turnout.identity.match import tell_spellings
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def read_geometry(geometry: str | PathLike[str] | Mapping[str, Any] | GeoDataFrame) -> GeoDataFrame:
    """Return shapes as a GeoDataFrame.

    Parameters
    ----------
    geometry
        File of GeoJSON or of another format that geopandas reads, GeoJSON as a mapping, or a
        GeoDataFrame.

    Raises
    ------
    TurnoutError
        If geopandas is not installed, the file is not there, or it holds no shapes.
    """
    try:
        import geopandas
    except ImportError:
        raise TurnoutError(_NOT_INSTALLED) from None
    if isinstance(geometry, geopandas.GeoDataFrame):
        return geometry
    if isinstance(geometry, Mapping):
        if not geometry.get("features"):
            raise TurnoutError(_NO_SHAPES, file="GeoJSON")
        # Longitude and latitude, unless it is said otherwise (RFC 7946, section 4).
        named = geometry.get("crs", {}).get("properties", {}).get("name", "EPSG:4326")
        return geopandas.GeoDataFrame.from_features(geometry, crs=named)
    path = Path(geometry)
    if not path.is_file():
        raise TurnoutError(_NO_FILE, file=str(geometry))
    try:
        shapes = geopandas.read_file(path)
    except RuntimeError:  # of the driver that reads it, which may be pyogrio or fiona
        raise TurnoutError(_NO_SHAPES, file=path.name) from None
    if not isinstance(shapes, geopandas.GeoDataFrame) or shapes.empty:
        raise TurnoutError(_NO_SHAPES, file=path.name)
    return shapes


def shape_places(shapes: pd.DataFrame, view: Forecast) -> pd.Series:
    """Find the place of every shape by the words and codes among its properties.

    A shape belongs to the place whose area_id it bears (dots and dashes do not count), or else
    whose name it bears (case, spaces, marks and *Kel.* do not count); a name that several places
    or shapes bear counts only beside the name of the place above. No names are matched by
    resemblance. Names that fit in another spelling only, and shapes that fit several places, are
    told in a `ToldWarning`.

    Parameters
    ----------
    shapes
        One row per shape, properties as columns.
    view
        The forecast at the scale of the shapes.

    Returns
    -------
    pandas.Series
        Row number of the place per shape, -1 where none; the index is that of `shapes`.
    """
    properties = pd.DataFrame(shapes.drop(columns="geometry", errors="ignore"))
    words = [{_word(value) for value in row} for row in properties.itertuples(index=False)]
    codes = [_codes(row) for row in properties.itertuples(index=False)]
    names, above = _identities(view)
    [own_codes] = each_code(view.places.reindex(columns=["area_id"])["area_id"])
    of_code = {code: place for place, code in enumerate(own_codes) if code}
    places_of: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places_of.setdefault(name, []).append(place)
    bearers = pd.Series([word for told in words for word in told & places_of.keys()])
    repeated = set(bearers[bearers.duplicated()])
    found: list[int] = []
    unclear: list[str] = []
    by_spelling: dict[str, str] = {}
    for told, numbers in zip(words, codes, strict=True):
        by_code = [of_code[code] for code in numbers & of_code.keys()]
        by_name = [
            place
            for word in told & places_of.keys()
            for place in places_of[word]
            if above[place] in told or not (len(places_of[word]) > 1 or word in repeated)
        ]
        match = by_code or by_name
        found.append(match[0] if len(set(match)) == 1 else -1)
        unclear += [] if len(set(match)) < 2 else [sorted(told & places_of.keys())[0]]
        if by_name and not by_code and found[-1] >= 0:
            by_spelling |= _spelled(list(properties.iloc[len(found) - 1]), view, found[-1])
    tell_spellings(by_spelling, stacklevel=4)
    if unclear:
        names_told = ", ".join(dict.fromkeys(unclear))
        warnings.warn(ToldWarning(_UNCLEAR, n=len(unclear), names=names_told), stacklevel=3)
    return pd.Series(found, index=shapes.index, dtype=int)


def _spelled(properties: list[object], view: Forecast, place: int) -> dict[str, str]:
    """Return the property that names a place, if none writes the name as the forecast does."""
    name = str(view.places[view.scale].iloc[place])
    texts = [text for text in properties if isinstance(text, str)]
    if any(plain_name(text) == plain_name(name) for text in texts):
        return {}
    return {text: name for text in texts if bare_name(text) == bare_name(name)}


def no_match(shapes: pd.DataFrame, view: Forecast) -> TurnoutError:
    """Return the error of shapes that belong to no place, with what both sides bear."""
    properties = [str(name) for name in shapes.columns if name != "geometry"]
    sample = ", ".join(str(shapes[name].iloc[0]) for name in properties[:4]) if len(shapes) else ""
    return TurnoutError(
        _NO_MATCH, properties=", ".join(properties) or "-", sample=sample, place=view.names()[0]
    )


def _codes(properties: Iterable[object]) -> set[str]:
    """Return the forms in which the properties of a shape may be the code of a place."""
    plain = {value: plain_code(value) for value in properties if plain_code(value)}
    return {*plain.values(), *(code_in_parts(value) for value in plain if isinstance(value, str))}


def _identities(view: Forecast) -> tuple[list[str], list[str]]:
    """Return name, and name of the place above, of every place, as they are compared."""
    columns = [name for name in PLACE_COLUMNS if name in view.places]
    level = columns.index(view.scale) if view.scale in columns else 0
    names = [_word(name) for name in view.places.get(view.scale, view.names())]
    upper = view.places[columns[level - 1]] if level > 0 else [None] * len(names)
    return names, [_word(name) for name in upper]


def _word(value: object) -> str:
    return bare_name(value) if isinstance(value, str) else ""


_NOT_INSTALLED = Text(
    en="Maps of shapes need geopandas, which is not installed. Install it with: "
    "pip install 'turnout[maps]'. Without shapes, plot_map draws a map of tiles.",
    id="Peta dengan batas wilayah memerlukan geopandas yang belum terpasang. Pasang dengan: "
    "pip install 'turnout[maps]'. Tanpa batas wilayah, plot_map menggambar peta petak.",
)
_UNCLEAR = Text(
    en="{n:count:shape fits:shapes fit} several places of the forecast and stay blank ({names}). "
    "Give them the area_id, or the name of the place above.",
    id="{n:count} batas wilayah cocok dengan beberapa wilayah prakiraan sehingga dibiarkan kosong "
    "({names}). Tambahkan kode wilayahnya (area_id), atau nama wilayah di atasnya.",
)
_NO_FILE = Text(
    en="There is no file {file} with shapes.", id="Tidak ada berkas batas wilayah {file}."
)
_NO_SHAPES = Text(
    en="{file} holds no shapes. A GeoJSON FeatureCollection with 'features' is needed.",
    id="{file} tidak memuat batas wilayah. Diperlukan FeatureCollection GeoJSON dengan 'features'.",
)
_NO_MATCH = Text(
    en="No shape belongs to a place of the forecast. The shapes have the properties {properties} "
    "(first: {sample}); the forecast has places such as '{place}'. Add a property with the "
    "area_id, or with the names as the results table writes them.",
    id="Tidak ada batas wilayah yang cocok dengan wilayah prakiraan. Atribut yang ada: "
    "{properties} (pertama: {sample}); nama wilayah prakiraan misalnya '{place}'. Tambahkan "
    "atribut area_id berisi kode wilayah, atau nama seperti yang tertulis dalam tabel hasil.",
)
