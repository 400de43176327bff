"""What is said of a forecast by sex."""

from __future__ import annotations

import pandas as pd

from turnout.forecast import Note
from turnout.groups.suppression import FEWEST
from turnout.groups.words import Words
from turnout.language import Language, Text


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


SEXES = Text(en="Women and men", id="Perempuan dan laki-laki")
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
    id="Perempuan {women_median:percent} ({women_lower:percent} s.d. {women_upper:percent}), "
    "laki-laki {men_median:percent} ({men_lower:percent} s.d. {men_upper:percent}); selisih "
    "perempuan dan laki-laki {gap_median:points} poin ({gap_lower:points} s.d. "
    "{gap_upper:points}). Rentang 90%.",
)
WORDS = Words(
    used=Text(
        en="The gap between women and men rests on {n:count:past contest:past contests}: "
        "{names:contests}.",
        id="Selisih perempuan dan laki-laki dihitung dari {n:count} pemilihan sebelumnya: "
        "{names:contests}.",
    ),
    not_whole=Text(
        en="{n:count:row by sex was:rows by sex were} not used, as men and women are not the "
        "total: {names:contests3}. Nothing was changed in them.",
        id="{n:count} baris menurut jenis kelamin tidak dipakai karena L + P tidak sama dengan "
        "jumlahnya: {names:contests3}. Angkanya tidak diubah.",
    ),
    above_registered=Text(
        en="{n:count:row by sex was:rows by sex were} not used, as more men or women voted than "
        "are registered: {names:contests3}. Nothing was changed in them.",
        id="{n:count} baris menurut jenis kelamin tidak dipakai karena pengguna hak pilih L atau P "
        "melebihi pemilih terdaftarnya: {names:contests3}. Angkanya tidak diubah.",
    ),
    roll_left_out=Text(
        en="Men and women are not the total in {n:count:row:rows} of the roll; they were not used.",
        id="L + P tidak sama dengan jumlah pada {n:count} baris daftar pemilih; angka itu tidak "
        "dipakai.",
    ),
    estimated=Text(
        en="In {n:count} of {all:count} places no roll tells men and women that add up to the "
        "total; their shares there are those of the newest contest that tells them, there or in "
        "the place above.",
        id="Di {n:count} dari {all:count} wilayah, daftar pemilih tidak memuat L dan P yang "
        "berjumlah sama dengan totalnya; di situ pembagian L dan P mengikuti pemilihan terbaru "
        "yang memuatnya, di wilayah itu atau di atasnya.",
    ),
    no_history=Text(
        en="No past contest tells voters and registered by sex that add up "
        "({n:count:row does:rows do} not), so the forecast cannot be split. Give registered_l, "
        "registered_p, voters_l and voters_p of at least one contest.",
        id="Tidak ada pemilihan sebelumnya dengan L + P yang sama dengan jumlahnya ({n:count} "
        "baris tidak sama), sehingga prakiraan tidak dapat dirinci. Berikan pemilih terdaftar "
        "serta pengguna hak pilih L dan P (registered_l, registered_p, voters_l, voters_p) dari "
        "sedikitnya satu pemilihan.",
    ),
)
