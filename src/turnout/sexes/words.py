"""What is said of a forecast by sex."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.arrays import Bools
from turnout.forecast import Note
from turnout.language import Language, Text
from turnout.schema import SCALES
from turnout.sexes.observations import SexGrids
from turnout.sexes.suppression import FEWEST


def say_by_sex(intervals: pd.DataFrame, notes: tuple[Note, ...], lang: Language) -> str:
    """Return the rows of one place, women, men and gap, in words; then the notes."""
    women, men, gap = (row for _, row in intervals.iterrows())
    if women["suppressed"]:
        lines = [SUPPRESSED.say(lang, n=FEWEST)]
    else:
        ends = {
            f"{group}_{end}": row[end]
            for group, row in (("women", women), ("men", men), ("gap", gap))
            for end in ("median", "lower", "upper")
        }
        lines = [_WHOLE.say(lang, **ends)]
    return "\n".join([*lines, *(f"- {note.say(lang)}" for note in notes)])


def notes_on(panel: Panel, grids: SexGrids, on_roll: int, estimated: Bools) -> tuple[Note, ...]:
    """Tell which counts by sex were used, and which were not."""
    used_in = np.flatnonzero(~np.isnan(grids.voters[0]).all(axis=0))
    names = panel.contests["election"].tolist()
    used = [names[number] for number in used_in]
    notes = [Note(_USED, {"n": len(used), "names": used})]
    node, contest = np.nonzero(grids.left_out)
    if len(node):
        places = panel.nodes.iloc[node]
        labels = [
            f"{_name(place)} ({names[number]})"
            for (_, place), number in zip(places.iterrows(), contest, strict=True)
        ]
        notes.append(Note(_LEFT_OUT, {"n": len(node), "names": labels}))
    if on_roll:
        notes.append(Note(_ROLL_LEFT_OUT, {"n": on_roll}))
    if estimated.any():
        notes.append(Note(_ESTIMATED, {"n": int(estimated.sum()), "all": len(estimated)}))
    return tuple(notes)


def _name(place: pd.Series) -> str:
    named = [place[scale] for scale in SCALES if isinstance(place[scale], str)]
    return str(named[0]) if named else ""


GROUP_WORDS = {
    "women": Text(en="women", id="perempuan"),
    "men": Text(en="men", id="laki-laki"),
    "gap": Text(en="women less men", id="selisih P dan L"),
}
"""The groups of a table by sex, as people read them."""

SUPPRESSED = Text(
    en="Not told: fewer than {n:count} people are of one sex here, or the sums would tell of such.",
    id="Tidak ditampilkan: salah satu jenis kelamin kurang dari {n:count} orang, atau jumlahnya "
    "dapat dihitung dari angka lain.",
)
_WHOLE = Text(
    en="Women {women_median:percent} ({women_lower:percent} to {women_upper:percent}), men "
    "{men_median:percent} ({men_lower:percent} to {men_upper:percent}); women less men "
    "{gap_median:points} points ({gap_lower:points} to {gap_upper:points}). 90% intervals.",
    id="Perempuan {women_median:percent} ({women_lower:percent} sampai {women_upper:percent}), "
    "laki-laki {men_median:percent} ({men_lower:percent} sampai {men_upper:percent}); selisih "
    "perempuan dan laki-laki {gap_median:points} poin ({gap_lower:points} sampai "
    "{gap_upper:points}). Rentang 90%.",
)
_USED = Text(
    en="The gap between women and men rests on {n:count:past contest:past contests}: "
    "{names:contests}.",
    id="Selisih perempuan dan laki-laki dihitung dari {n:count} pemilihan lalu: {names:contests}.",
)
_LEFT_OUT = Text(
    en="{n:count:row by sex was:rows by sex were} not used: men and women are not the total, or "
    "more voted than are registered ({names:contests3}). Nothing was changed in them.",
    id="{n:count} baris menurut jenis kelamin tidak dipakai: L + P tidak sama dengan jumlahnya, "
    "atau pengguna melebihi pemilih terdaftar ({names:contests3}). Angkanya tidak diubah.",
)
_ROLL_LEFT_OUT = Text(
    en="Men and women are not the total in {n:count:row:rows} of the roll; they were not used.",
    id="L + P tidak sama dengan jumlah pada {n:count} baris daftar pemilih; angka itu tidak "
    "dipakai.",
)
_ESTIMATED = Text(
    en="In {n:count} of {all:count} places the roll by sex is an estimate, from the newest contest "
    "that tells it there or in the place above.",
    id="Di {n:count} dari {all:count} wilayah, jumlah L dan P dalam daftar pemilih adalah "
    "perkiraan dari pemilihan terbaru yang memuatnya di sana atau di wilayah di atasnya.",
)
NO_HISTORY = Text(
    en="No past contest tells voters and registered by sex that add up ({n:count:row does:rows do} "
    "not), so the forecast cannot be split. Give registered_l, registered_p, voters_l and voters_p "
    "of at least one contest.",
    id="Tidak ada pemilihan lalu dengan L + P yang sama dengan jumlahnya ({n:count} baris tidak "
    "sama), sehingga prakiraan tidak dapat dirinci. Berikan registered_l, registered_p, voters_l, "
    "dan voters_p dari sedikitnya satu pemilihan.",
)
OTHER_PLACES = Text(
    en="The forecast is of {own:count:place:places}, these results and this roll are of "
    "{known:count} or of others. Give the forecast at its finest scale, with the results, the "
    "roll and the crosswalk that it was made from.",
    id="Prakiraan ini memuat {own:count} wilayah, sedangkan hasil dan daftar pemilih ini memuat "
    "{known:count} atau wilayah lain. Berikan prakiraan pada tingkat terinci, beserta hasil, "
    "daftar pemilih, dan crosswalk yang dipakai membuatnya.",
)
