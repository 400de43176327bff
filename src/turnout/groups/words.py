"""What is said of a forecast by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.arrays import Bools
from turnout.forecast import Note
from turnout.groups.observations import GroupGrids
from turnout.groups.partitions import Partition, headed
from turnout.groups.suppression import FEWEST
from turnout.language import Language, Text
from turnout.schema import SCALES


@dataclass(frozen=True)
class Words:
    """What is said of what a split rests on.

    Parameters
    ----------
    used
        How many past contests, and which; fields n and names.
    not_whole, above_registered
        Which counts were not used as they do not add up, and as more voted than are registered;
        fields n and names.
    roll_left_out
        How many rows of the roll do not add up; field n.
    estimated
        How many places' roll by group is an estimate; fields n and all.
    no_history
        That nothing can be split; fields n and columns.
    """

    used: Text
    not_whole: Text
    above_registered: Text
    roll_left_out: Text
    estimated: Text
    no_history: Text


def say_by_group(
    partition: Partition, intervals: pd.DataFrame, notes: tuple[Note, ...], lang: Language
) -> str:
    """Return the rows of one place in words, a line per group; then the notes."""
    shown = partition.groups if len(partition.groups) > 2 else partition.groups[:1]
    names = {group.key: headed(group.name).say(lang) for group in partition.groups}
    if intervals["suppressed"].iloc[0]:
        lines = [SUPPRESSED.say(lang, n=FEWEST)]
    else:
        rows = intervals.set_index(["group", "figure"])
        lines = []
        for group in shown:
            ends = {
                f"{figure}_{end}": rows.at[(group.key, figure), end]
                for figure in ("turnout", "gap")
                for end in ("median", "lower", "upper")
            }
            lines.append(_GROUP.say(lang, group=names[group.key], **ends))
    return "\n".join([*lines, *(f"- {note.say(lang)}" for note in notes)])


def notes_on(
    said: Words, panel: Panel, grids: GroupGrids, on_roll: int, estimated: Bools
) -> tuple[Note, ...]:
    """Tell which counts by group were used, and which were not."""
    used_in = np.flatnonzero(~np.isnan(grids.voters[0]).all(axis=0))
    names = panel.contests["election"].tolist()
    used = [names[number] for number in used_in]
    notes = [Note(said.used, {"n": len(used), "names": used})]
    not_used = (
        (said.not_whole, grids.not_whole),
        (said.above_registered, grids.above_registered),
    )
    for text, rows in not_used:
        if rows.any():
            notes.append(Note(text, {"n": int(rows.sum()), "names": _labels(panel, rows)}))
    if on_roll:
        notes.append(Note(said.roll_left_out, {"n": on_roll}))
    if estimated.any():
        notes.append(Note(said.estimated, {"n": int(estimated.sum()), "all": len(estimated)}))
    return tuple(notes)


def _labels(panel: Panel, rows: Bools) -> list[str]:
    """Return places with contests, of (nodes, contests)."""
    node, contest = np.nonzero(rows)
    names = panel.contests["election"].tolist()
    places = panel.nodes.iloc[node]
    return [
        f"{_name(place)} ({names[number]})"
        for (_, place), number in zip(places.iterrows(), contest, strict=True)
    ]


def _name(place: pd.Series) -> str:
    named = [place[scale] for scale in SCALES if isinstance(place[scale], str)]
    return str(named[0]) if named else ""


SUPPRESSED = Text(
    en="Not told: fewer than {n:count} people are of one group here, or the sums would tell of "
    "such.",
    id="Tidak ditampilkan: salah satu kelompok kurang dari {n:count} orang, atau jumlahnya dapat "
    "dihitung dari angka lain.",
)
_GROUP = Text(
    en="{group}: {turnout_median:percent} ({turnout_lower:percent} to "
    "{turnout_upper:percent}); less all other voters {gap_median:points} points "
    "({gap_lower:points} to {gap_upper:points}). 90% intervals.",
    id="{group}: {turnout_median:percent} ({turnout_lower:percent} s.d. "
    "{turnout_upper:percent}); selisih dengan pemilih lain {gap_median:points} poin "
    "({gap_lower:points} s.d. {gap_upper:points}). Rentang 90%.",
)
WORDS = Words(
    used=Text(
        en="The gaps between the groups rest on {n:count:past contest:past contests}: "
        "{names:contests}.",
        id="Selisih antarkelompok dihitung dari {n:count} pemilihan sebelumnya: {names:contests}.",
    ),
    not_whole=Text(
        en="{n:count:row by group was:rows by group were} not used, as the groups are not the "
        "total: {names:contests3}. Nothing was changed in them.",
        id="{n:count} baris menurut kelompok tidak dipakai karena jumlah kelompoknya tidak sama "
        "dengan totalnya: {names:contests3}. Angkanya tidak diubah.",
    ),
    above_registered=Text(
        en="{n:count:row by group was:rows by group were} not used, as more voted than are "
        "registered: {names:contests3}. Nothing was changed in them.",
        id="{n:count} baris menurut kelompok tidak dipakai karena pengguna hak pilihnya melebihi "
        "pemilih terdaftar: {names:contests3}. Angkanya tidak diubah.",
    ),
    roll_left_out=Text(
        en="The groups are not the total in {n:count:row:rows} of the roll; they were not used.",
        id="Jumlah kelompok tidak sama dengan totalnya pada {n:count} baris daftar pemilih; angka "
        "itu tidak dipakai.",
    ),
    estimated=Text(
        en="In {n:count} of {all:count} places no roll tells groups that fit the total; their "
        "shares there are those of the newest contest that tells them, there or in the place "
        "above.",
        id="Di {n:count} dari {all:count} wilayah, daftar pemilih tidak memuat kelompok yang cocok "
        "dengan totalnya; di situ pembagian kelompok mengikuti pemilihan terbaru yang memuatnya, "
        "di wilayah itu atau di atasnya.",
    ),
    no_history=Text(
        en="No past contest tells voters and registered by group that add up "
        "({n:count:row does:rows do} not), so the forecast cannot be split. Give {columns} of at "
        "least one contest.",
        id="Tidak ada pemilihan sebelumnya dengan jumlah kelompok yang sama dengan totalnya "
        "({n:count} baris tidak sama), sehingga prakiraan tidak dapat dirinci. Berikan {columns} "
        "dari sedikitnya satu pemilihan.",
    ),
)
NO_GROUPS = Text(
    en="No row of the results tells groups of voters. Give registered_disabled and "
    "voters_disabled, or registered_age_17_25, voters_age_17_25 and so on for every age group.",
    id="Tidak ada baris hasil yang memuat kelompok pemilih. Berikan kolom pemilih disabilitas "
    "dan pengguna disabilitas, atau registered_age_17_25, voters_age_17_25, dan seterusnya untuk "
    "setiap kelompok usia.",
)
OTHER_PLACES = Text(
    en="The forecast is of {own:count:place:places}, these results and this roll are of "
    "{known:count} or of others. Give the forecast at its finest scale, with the results, the "
    "roll and the crosswalk that it was made from.",
    id="Prakiraan ini memuat {own:count} wilayah, sedangkan hasil dan daftar pemilih ini memuat "
    "{known:count} atau wilayah lain. Berikan prakiraan pada tingkat terinci, beserta hasil, "
    "daftar pemilih, dan crosswalk yang dipakai membuatnya.",
)
