"""What in a count cannot be: totals against their parts, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.errors import DataError, Finding
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.rules.measures import place_names
from turnout.schema import OF_ALL_STATIONS

# Counts are whole people; less than half a voter is rounding.
_HALF = 0.5

# A count that makes a place so many times larger or smaller than the roll is wrong, or the roll is;
# such a total is of other places.
_FAR = 1.5

# A count is told of a place's roll if it is as large, but for so much.
_ALIKE = 1.05
_PAIR = 2

# A place is as large as itself and another, of this part of it at least, if it is but for so much
# of both; one that is less than `_PART` of it has to be met but for so much of itself.
_SMALLEST, _PART, _SAME = 0.05, 0.2, 0.02


# From so many places on that have half of their roll, but for so much of it, one sex is meant.
_SEVERAL, _NEAR = 3, 0.06

_CLEARLY_PART = 0.8
"""Share of a place's stations up to which its part of the roll is not taken for all of it."""


def totals_below(parent: Ints, targets: Ints, chosen: Bools) -> Iterator[tuple[int, Ints]]:
    """Yield the chosen places above places to forecast, finest first, with the latter.

    Parameters
    ----------
    parent
        (nodes,) parent of every place, -1 for the root; parents come before children.
    targets
        Places to forecast.
    chosen
        (nodes,) which places are asked for.
    """
    is_target = np.zeros(len(parent), dtype=bool)
    is_target[targets] = True
    below: dict[int, list[int]] = {int(node): [] for node in np.flatnonzero(chosen & ~is_target)}
    for target in targets if below else ():
        node = int(parent[target])
        while node >= 0:
            if node in below:
                below[node].append(int(target))
            node = int(parent[node])
    for node in sorted(below, reverse=True):
        if below[node]:
            yield node, np.array(below[node], dtype=np.intp)


def check_totals(
    nodes: pd.DataFrame, figures: pd.DataFrame, complete: Bools, targets: Ints
) -> None:
    """Refuse complete totals that cannot be the sum of their parts.

    Where all parts are complete a total must be their sum; where some are, it must leave room
    for the others: as many registered and voters as are counted of them, and no more voters than
    registered.

    Parameters
    ----------
    nodes
        Places.
    figures
        (nodes) registered and voters of the count; NaN where a place has none.
    complete
        (nodes,) whether a place's own row is all of it.
    targets
        Places to forecast.

    Raises
    ------
    DataError
        With every such total, its parts and both their figures.
    """
    parent = nodes["parent"].to_numpy(np.intp)
    registered, voters = (figures[name].to_numpy() for name in ("registered", "voters"))
    names = place_names(nodes)
    findings = []
    for node, members in totals_below(parent, targets, complete):
        owners = np.array([_part_of(parent, complete, int(one), node) for one in members])
        parts = np.unique(owners[owners >= 0])
        open_ones = members[owners < 0]
        begun = np.nan_to_num(np.column_stack([registered, voters])[open_ones]).sum(axis=0)
        known = np.column_stack([registered, voters])[parts].sum(axis=0)
        rest = np.array([registered[node], voters[node]]) - known
        if len(open_ones):
            # A total that is over-full by itself is all of it; what parts leave over is not.
            too_many = len(parts) > 0 and rest[1] > rest[0] + _HALF
            wrong = (rest < begun - _HALF).any() or too_many or rest[0] < _HALF
        else:
            wrong = bool((np.abs(rest) > _HALF).any())
        if not wrong:
            continue
        told = parts if len(parts) else open_ones
        values = {
            "place": names.iloc[node],
            "registered": registered[node],
            "voters": voters[node],
            "n": len(told),
            "all": len(parts) + len(open_ones),
            "first": names.iloc[told[0]],
            "part_registered": known[0] if len(parts) else begun[0],
            "part_voters": known[1] if len(parts) else begun[1],
        }
        findings.append(
            Finding("total_against_parts", "error", *TOTAL_AGAINST_PARTS, values=values)
        )
    if findings:
        raise DataError.of(findings)


def refuse_other_rolls(
    nodes: pd.DataFrame, registered: Floats, roll: Floats, looked_at: Bools, out: Bools
) -> None:
    """Refuse places, or totals, of far more or fewer registered than the roll has.

    Parameters
    ----------
    nodes
        Places.
    registered, roll
        (nodes,) how many are registered in all, by the count and by the roll.
    looked_at
        (nodes,) which places are held against the roll.
    out
        (nodes,) of which places nothing is in.

    Raises
    ------
    DataError
        With every such place and both its figures; two of one name that have each other's are told
        together, and so is one that is as large as itself and another of which nothing is in.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.abs(np.log(registered / roll))
    looked_at = looked_at & (roll > 0)
    of_two = _as_large_as_two(nodes, registered, roll, looked_at, out)
    far = np.setdiff1d(np.flatnonzero(looked_at & (away > np.log(_FAR))), list(of_two))
    names, is_total = place_names(nodes), np.isin(far, nodes["parent"])
    pairs = _swapped_namesakes(nodes, far, registered, roll)
    findings = []
    for node, other in of_two.items():
        values = {
            "place": names.iloc[node],
            "missing": names.iloc[other],
            "registered": registered[node],
            "roll": roll[node],
            "lacking": roll[other],
        }
        findings.append(Finding("under_another", "error", *AS_LARGE_AS_TWO, values=values))
    for one, other in pairs:
        values = {
            "place": names.iloc[one],
            "other": names.iloc[other],
            "registered": registered[one],
            "others": registered[other],
            "roll": roll[one],
            "roll_of_other": roll[other],
        }
        findings.append(Finding("place_roll", "error", *NAMESAKES_SWAPPED, values=values))
    told = {node for pair in pairs for node in pair}
    of_half = len(far) >= _SEVERAL and np.median(np.abs(registered[far] / roll[far] - 0.5)) < _NEAR
    of_place = (PLACE_AGAINST_ROLL[0], _OF_ONE_SEX) if of_half else PLACE_AGAINST_ROLL
    for node, total in zip(far, is_total, strict=True):
        if node in told:
            continue
        values = {"place": names.iloc[node], "registered": registered[node], "roll": roll[node]}
        rule, said = ("total_roll", TOTAL_AGAINST_ROLL) if total else ("place_roll", of_place)
        findings.append(Finding(rule, "error", *said, values=values))
    if findings:
        raise DataError.of(findings)


def refuse_few_of_all(
    nodes: pd.DataFrame, figures: pd.DataFrame, roll: Floats, share: Floats
) -> None:
    """Refuse registered that are said to be those of all stations and are rather of those in.

    They lie nearer to the part of the roll that is in than to all of it.

    Parameters
    ----------
    nodes
        Places; of an estimated roll nobody knows how far it is off.
    figures
        What the count tells of each.
    roll, share
        Registered voters by the roll, and the share of each place that is in.

    Raises
    ------
    DataError
        With each such place.
    """
    said = figures[OF_ALL_STATIONS].to_numpy(float)
    few = (said < roll * (1 + share) / 2) & (share < _CLEARLY_PART)
    few &= ~nodes["estimated"].to_numpy(bool)
    names, findings = place_names(nodes), []
    for node in np.flatnonzero(few):
        values = {
            "place": names.iloc[node],
            "registered": said[node],
            "roll": roll[node],
            "counted": figures["stations_counted"].iloc[node],
            "total": figures["stations_total"].iloc[node],
        }
        findings.append(Finding("few_of_all", "error", *_FEW_OF_ALL, values=values))
    if findings:
        raise DataError.of(findings)


def _as_large_as_two(
    nodes: pd.DataFrame, registered: Floats, roll: Floats, looked_at: Bools, out: Bools
) -> dict[int, int]:
    """Return places with the registered of themselves and a place beside them that is not in."""
    parent = nodes["parent"].to_numpy(np.intp)
    leaf = ~np.isin(nodes.index, parent)
    more = np.flatnonzero(leaf & looked_at & (registered > roll * (1 + _SMALLEST)))
    beside = leaf & out & (roll > 0) & ~nodes["estimated"].to_numpy(bool)
    found = {}
    for node in more:
        near = beside & (parent == parent[node]) & (roll > _SMALLEST * roll[node])
        others = np.flatnonzero(near)
        small = roll[others] <= _PART * roll[node]
        of = np.where(small, roll[others], registered[node])
        off = np.abs(registered[node] - roll[node] - roll[others]) / of
        if len(others) and off.min() < _SAME:
            found[int(node)] = int(others[off.argmin()])
    return found


def _swapped_namesakes(
    nodes: pd.DataFrame, far: Ints, registered: Floats, roll: Floats
) -> list[tuple[int, int]]:
    """Return pairs of areas of one name that have each as many registered as the other's roll."""
    of_areas = far[(nodes["scale"].iloc[far] == "area").to_numpy()]
    names = nodes["area"].iloc[of_areas].map(lambda name: bare_name(str(name)))
    pairs = []
    for rows in names.groupby(names).indices.values():
        if len(rows) == _PAIR:
            pair = of_areas[rows]
            away = np.abs(np.log(registered[pair] / roll[pair[::-1]]))
            pairs += [(int(pair[0]), int(pair[1]))] if (away < np.log(_ALIKE)).all() else []
    return pairs


def _part_of(parent: Ints, complete: Bools, place: int, total: int) -> int:
    """Return the coarsest complete row that tells of a place, below a total; -1 for none."""
    found, node = -1, place
    while node != total:
        found = node if complete[node] else found
        node = int(parent[node])
    return found


SEVERAL_PLACES = (
    Text(
        en="the count names {place}, and {n:count} places to forecast bear that name: {several}.",
        id="hasil hitung memuat {place}, dan nama itu ada di {n:count} tempat: {several}.",
    ),
    Text(
        en="Say which is meant: write its district as the roll does, or give its area_id.",
        id="Tulis kecamatannya seperti dalam daftar pemilih, atau isi kode "
        "wilayahnya (kolom kode_wilayah).",
    ),
)
_FEW_OF_ALL = (
    Text(
        en="{place} has {counted:count} of {total:count} stations in; its {registered:count} "
        "registered are said to be those of all stations, yet the roll has {roll:count}. They are "
        "rather those of the counted stations.",
        id="{place}: baru {counted:count} dari {total:count} TPS masuk; {registered:count} pemilih "
        "terdaftarnya disebut milik seluruh TPS, padahal DPT-nya {roll:count}. Tampaknya itu "
        "pemilih terdaftar di TPS yang sudah masuk.",
    ),
    Text(
        en="If the file has the registered of the counted stations, leave out "
        "--registered-of-all-stations; else correct the registered, or the roll.",
        id="Bila berkas memuat pemilih terdaftar di TPS yang sudah masuk, jangan pakai "
        "--registered-of-all-stations; bila tidak, perbaiki pemilih terdaftarnya atau DPT-nya.",
    ),
)
WHOLE_ROLL = (
    Text(
        en="{place} has {counted:count} of {total:count} stations in, yet its {registered:count} "
        "registered are about the whole roll of {roll:count} or more. Read as those of the counted "
        "stations, turnout is {as_counted:percent}; read as those of all stations, it is "
        "{as_whole:percent}.",
        id="{place}: baru {counted:count} dari {total:count} TPS masuk, tetapi {registered:count} "
        "pemilih terdaftarnya sudah sebanyak seluruh DPT ({roll:count}) atau lebih. Bila itu dari "
        "TPS yang sudah masuk, tingkat partisipasinya {as_counted:percent}; bila dari seluruh TPS, "
        "{as_whole:percent}.",
    ),
    Text(
        en="Give as registered only those of the counted stations; if the file has those of all "
        "stations, say so with --registered-of-all-stations; if all stations are in, set "
        "stations_counted to stations_total. If a digit is too many, correct it.",
        id="Isi pemilih terdaftar hanya dari TPS yang sudah masuk; bila berkas memuat pemilih "
        "terdaftar seluruh TPS, sebutkan dengan --registered-of-all-stations; bila semua TPS sudah "
        "masuk, samakan jumlah TPS masuk dengan jumlah TPS. Bila digitnya berlebih, perbaiki.",
    ),
)
TOTAL_AGAINST_PARTS = (
    Text(
        en="the total of {place} says {voters:count} voters of {registered:count} registered; "
        "{n:count} of its {all:count} parts (first: {first}) already say {part_voters:count} of "
        "{part_registered:count}.",
        id="jumlah {place} menyebut {voters:count} pengguna hak pilih dari {registered:count} "
        "pemilih terdaftar; {n:count} dari {all:count} bagiannya (pertama: {first}) sudah menyebut "
        "{part_voters:count} dari {part_registered:count}.",
    ),
    Text(
        en="Correct the figure that is wrong, or leave the total or the parts out of the count.",
        id="Perbaiki angka yang salah, atau keluarkan jumlah atau bagiannya dari hasil hitung.",
    ),
)
PLACE_AGAINST_ROLL = (
    Text(
        en="by the count {place} has {registered:count} registered in all, by the roll "
        "{roll:count}.",
        id="menurut hasil hitung, {place} memiliki {registered:count} pemilih terdaftar "
        "seluruhnya; menurut daftar pemilih {roll:count}.",
    ),
    Text(
        en="Correct what is wrong in the count: the stations that are in, the stations in all, or "
        "the registered, which are those of the stations that are in; if the count is right, "
        "correct the roll.",
        id="Perbaiki yang keliru pada hasil hitung: TPS masuk, jumlah TPS, atau pemilih "
        "terdaftarnya, yaitu pemilih di TPS yang sudah masuk; bila hasil hitungnya benar, perbaiki "
        "daftar pemilihnya.",
    ),
)
AS_LARGE_AS_TWO = (
    Text(
        en="by the count {place} has {registered:count} registered in all, by the roll "
        "{roll:count}: as many as with the {lacking:count} of {missing}, of which nothing is in. "
        "Rows of {missing} may stand under {place}.",
        id="menurut hasil hitung, {place} memiliki {registered:count} pemilih terdaftar "
        "seluruhnya; menurut daftar pemilih {roll:count}. Itu sebanyak keduanya bila ditambah "
        "{missing} ({lacking:count}), yang belum masuk sama sekali. Baris {missing} mungkin "
        "tercantum di bawah nama {place}.",
    ),
    Text(
        en="Put the rows of {missing} under its own name; if the count is right, correct the roll.",
        id="Pindahkan baris {missing} ke namanya sendiri; bila hasil hitungnya benar, perbaiki "
        "daftar pemilihnya.",
    ),
)
NAMESAKES_SWAPPED = (
    Text(
        en="by the count {place} has {registered:count} registered and {other} {others:count}, by "
        "the roll it is the other way round: {roll:count} and {roll_of_other:count}.",
        id="menurut hasil hitung, {place} memiliki {registered:count} pemilih terdaftar dan "
        "{other} {others:count}; menurut daftar pemilih sebaliknya: {roll:count} dan "
        "{roll_of_other:count}.",
    ),
    Text(
        en="The two bear one name: look whether their districts are swapped in the count.",
        id="Namanya sama: periksa apakah kecamatan keduanya tertukar dalam hasil hitung.",
    ),
)
TOTAL_AGAINST_ROLL = (
    Text(
        en="the total of {place} counts {registered:count} registered, but its places have "
        "{roll:count} on the roll.",
        id="jumlah {place} menghitung {registered:count} pemilih terdaftar, tetapi DPT "
        "wilayah-wilayahnya {roll:count}.",
    ),
    Text(
        en="Check which place the row is the total of, and whether the roll has all its areas.",
        id="Periksa baris itu jumlah dari wilayah mana, dan apakah DPT memuat semua wilayahnya.",
    ),
)
_OF_ONE_SEX = Text(
    en="They have about half of the roll: were only men (L), or only women (P), entered? Enter "
    "both together; else correct the stations that are in, or the stations in all.",
    id="Jumlahnya sekitar separuh daftar pemilih: apakah hanya L atau hanya P yang terisi? Isikan "
    "jumlah L dan P; bila bukan itu, perbaiki TPS masuk atau jumlah TPS-nya.",
)
