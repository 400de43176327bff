"""What the tables given to a model must satisfy, whoever made them: the errors that reading tells.

A table that `turnout.reading` read has passed them; one that a user made has not. What is only odd
is left to reading.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.errors import DataError, Finding
from turnout.language import Text
from turnout.rules import check_figures, check_roll_figures
from turnout.rules.crosswalk import check_crosswalk
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.schema import canonical_crosswalk


def check_results(table: pd.DataFrame, labels: pd.Index) -> None:
    """Refuse results that are no counts, are below zero, or have far more voters than registered.

    Parameters
    ----------
    table
        Results in canonical form.
    labels
        What the user's table calls each of these rows.

    Raises
    ------
    DataError
        With every such row.
    """
    _refuse(check_figures(Draft.of_table(table, labels)))


def check_roll(roll: pd.DataFrame, labels: pd.Index) -> None:
    """Refuse a roll without rows, or with rows that do not tell how many are registered.

    Parameters
    ----------
    roll
        Roll in canonical form.
    labels
        What the user's table calls each of these rows.

    Raises
    ------
    DataError
        If there are no rows; else with every such row.
    """
    if roll.empty:
        raise DataError(_EMPTY_ROLL)
    _refuse(check_roll_figures(Draft.of_table(roll, labels)))


def checked_crosswalk(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return a crosswalk in its canonical form, if its areas and weights can be followed.

    Rows whose weight is 0 say nothing and are left out.

    Raises
    ------
    DataError
        With every row that says nothing, and every new area whose weights do not sum to 1.
    """
    table = canonical_crosswalk(crosswalk)
    labels, table = table.index[table["weight"] != 0], table[table["weight"] != 0]
    table = table.reset_index(drop=True)
    _refuse(check_crosswalk(Draft.of_table(table, labels)))
    return table


def check_repeats(entries: pd.DataFrame) -> None:
    """Refuse places that a contest, or the roll, tells twice.

    Parameters
    ----------
    entries
        Rows of results and roll with the number of each row's `place`.

    Raises
    ------
    DataError
        With the number of such rows and the first of them.
    """
    contest = pd.factorize(entries["election"])[0]
    place = entries["place"].to_numpy()
    again = pd.Series((contest + 1) * (place.max(initial=0) + 1) + place).duplicated()
    if not again.any():
        return
    repeats = entries[again.to_numpy()]
    of_results = repeats[repeats["election"].notna()]
    if of_results.empty:
        first = place_names(repeats.iloc[:1]).iloc[0]
        raise DataError(_ROLL_REPEATS, n=len(repeats), place=first)
    first, contest_name = place_names(of_results.iloc[:1]).iloc[0], of_results["election"].iloc[0]
    raise DataError(_RESULTS_REPEAT, n=len(of_results), place=first, contest=contest_name)


def check_sizes(nodes: pd.DataFrame, targets: NDArray[np.intp]) -> None:
    """Refuse to forecast places of which nobody ever told how many are registered.

    Parameters
    ----------
    nodes
        Places of the tree with their registered.
    targets
        Rows of the places to forecast.

    Raises
    ------
    DataError
        With the number of such places and the first of them.
    """
    places = nodes.iloc[targets]
    unknown = places[~(places["registered"] > 0)]
    if len(unknown):
        first = place_names(unknown.iloc[:1]).iloc[0]
        raise DataError(_NO_SIZE, n=len(unknown), all=len(places), place=first)


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise DataError.of(findings)


_EMPTY_ROLL = Text(
    en="The roll has no rows, so there is no place to forecast. Give a row per place with "
    "its registered voters, or leave the roll out; that of the newest contest is then used.",
    id="Tabel DPT tidak berisi baris, sehingga tidak ada wilayah yang dapat diprakirakan. Isi satu "
    "baris per wilayah dengan jumlah pemilih terdaftarnya, atau jangan sertakan DPT: yang dipakai "
    "kemudian adalah DPT pemilihan terbaru.",
)
_RESULTS_REPEAT = Text(
    en="{n:count:row:rows} of the results for a place that its contest has already (first: "
    "{place} in {contest:contest}). Keep one row per contest and place: delete the copies, or add "
    "up its rows first; registered that are the same in each of them count once.",
    id="{n:count} baris hasil mengulang wilayah dalam pemilihan yang sama (pertama: {place} pada "
    "{contest:contest}). Sisakan satu baris per pemilihan dan wilayah: hapus salinannya, atau "
    "jumlahkan dahulu baris-barisnya; pemilih terdaftar yang sama di setiap baris dihitung satu "
    "kali saja.",
)
_ROLL_REPEATS = Text(
    en="{n:count:row:rows} of the roll for a place that it has already (first: {place}). Keep "
    "one row per place: delete the copies, or sum polling stations per place first; registered "
    "that are the same in each row count once; areas that share a name need their district or "
    "code.",
    id="{n:count} baris DPT mengulang wilayah yang sama (pertama: {place}). Sisakan satu baris per "
    "wilayah: hapus salinannya, atau jumlahkan dahulu TPS per wilayah; pemilih terdaftar yang sama "
    "di setiap baris dihitung satu kali saja; wilayah yang bernama sama perlu kecamatan atau "
    "kodenya.",
)
_NO_SIZE = Text(
    en="The number of registered voters is not known for {n:count} of the {all:count} "
    "places to forecast (first: {place}). Give it in a roll, as an estimate if need be.",
    id="Jumlah pemilih terdaftar {n:count} dari {all:count} wilayah yang akan diprakirakan tidak "
    "diketahui (pertama: {place}). Isikan dalam tabel DPT, bila perlu perkiraan.",
)
