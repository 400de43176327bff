"""The orders in which the places of a past election can come in."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.errors import HistoryError, TurnoutError
from turnout.language import Text

Order = Literal["random", "district", "smallest", "largest", "cities_last"]
"""By lot; district by district, these and their places by lot; by registered voters, smallest or
largest first; or with the largest places, which together hold a third of the roll, last, by lot
before and among them."""

ORDERS: tuple[Order, ...] = get_args(Order)

ORDER_WORDS: dict[str, Text] = {
    "random": Text(en="in random order", id="dalam urutan acak"),
    "district": Text(en="district by district", id="kecamatan demi kecamatan"),
    "smallest": Text(en="smallest places first", id="mulai dari wilayah terkecil"),
    "largest": Text(en="largest places first", id="mulai dari wilayah terbesar"),
    "cities_last": Text(
        en="the largest places last, which hold a third of the roll",
        id="wilayah terbesar, dengan sepertiga DPT, masuk terakhir",
    ),
}
"""What people call each order."""

_CITIES = 1 / 3


def check_order(name: str) -> Order:
    """Return the order of a name.

    Raises
    ------
    TurnoutError
        With the names that there are, if it is none of them.
    """
    for order in ORDERS:
        if name.strip().lower().replace("-", "_") == order:
            return order
    raise TurnoutError(_NO_ORDER, order=name, known=", ".join(ORDERS))


def reporting_order(places: pd.DataFrame, order: Order, rng: np.random.Generator) -> Ints:
    """Return row numbers of places in the order in which they come in.

    Parameters
    ----------
    places
        Places with ``registered`` and, for the order by district, ``district``.
    order
        One of `ORDERS`.
    rng
        Source of the lots; ties of size are broken by lot as well.

    Raises
    ------
    HistoryError
        If the places are to come in by district and there are not two districts.

    Examples
    --------
    >>> places = pd.DataFrame({"registered": [30.0, 10.0, 20.0], "district": ["N", "S", "N"]})
    >>> reporting_order(places, "smallest", np.random.default_rng(1)).tolist()
    [1, 2, 0]
    """
    lot = rng.permutation(len(places))
    size = places["registered"].to_numpy(float)[lot]
    if order == "smallest":
        return np.asarray(lot[np.argsort(size, kind="stable")])
    if order == "largest":
        return np.asarray(lot[np.argsort(-size, kind="stable")])
    if order == "cities_last":
        descending = np.argsort(-size, kind="stable")
        before = np.cumsum(size[descending]) - size[descending]
        city = np.zeros(len(places), dtype=bool)
        city[descending[before < _CITIES * size.sum()]] = True
        return np.asarray(lot[np.argsort(city, kind="stable")])
    if order == "district":
        named = places["district"] if "district" in places else pd.Series(dtype=object)
        if named.nunique() < 2:
            raise HistoryError(_NO_DISTRICTS)
        codes = named.astype("object").factorize()[0]
        turn = rng.permutation(codes.max() + 2)
        return np.asarray(lot[np.argsort(turn[codes[lot]], kind="stable")])
    return np.asarray(lot)


def counted_at(registered: Floats, turn: Ints, step: float) -> Ints:
    """Return the places that are in when a share of the registered voters is counted.

    Places come in whole: the fewest, in their order, that hold at least the share; at least one
    comes in and at least one stays out.

    Parameters
    ----------
    registered
        (places,) registered voters.
    turn
        Row numbers in the order of coming in.
    step
        Share of the registered voters, above 0 and below 1.

    Examples
    --------
    >>> counted_at(np.array([50.0, 30.0, 20.0]), np.array([2, 1, 0]), 0.4).tolist()
    [2, 1]
    """
    so_far = np.cumsum(registered[turn]) / registered.sum()
    number = int(np.searchsorted(so_far, step - 1e-9)) + 1
    return turn[: min(number, len(turn) - 1)]


_NO_ORDER = Text(
    en="There is no order '{order}'. Choose one of: {known}.",
    id="Tidak ada urutan '{order}'. Pilih salah satu dari: {known}.",
)
_NO_DISTRICTS = Text(
    en="The places of this election lie in no two districts, so they cannot come in district by "
    "district. Add the column 'district', or choose another order.",
    id="Wilayah pada pemilihan ini tidak terbagi dalam sedikitnya dua kecamatan, sehingga tidak "
    "dapat masuk kecamatan demi kecamatan. Tambahkan kolom 'kecamatan', atau pilih urutan lain.",
)
