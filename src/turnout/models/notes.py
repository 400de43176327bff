"""What the reader of a forecast has to know of the history and the fit that it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.forecast import Note
from turnout.language import Text
from turnout.models.tree.integration import GOOD_SAMPLE
from turnout.models.unplaced import unplaced_notes


def history_notes(panel: Panel, contest: int) -> tuple[Note, ...]:
    """Return what is missing in the past for a forecast of a contest.

    Whether its type or its family was ever seen, whether it was seen at the places to forecast or
    only at places above them, how many places are new, whether the roll is an estimate, which
    places it lacks, and whether past totals hold votes that no place holds.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row number of the coming election.
    """
    past = panel.cells[panel.cells["contest"] != contest]
    coming = panel.contests.iloc[contest]
    names = {"type": coming["election_type"], "group": coming["type_group"]}
    seen = panel.contests.iloc[np.unique(past["contest"])]
    to_come = np.zeros(len(panel.nodes), dtype=bool)
    to_come[panel.targets] = True
    here = past[to_come[past["node"]]]
    seen_here = panel.contests.iloc[np.unique(here["contest"])]
    same = (seen["election_type"] == names["type"]).any()
    same_here = (seen_here["election_type"] == names["type"]).any()
    kin = seen[seen["type_group"] == names["group"]]
    notes = []
    if not same and len(kin):
        notes.append(Note(TYPE_UNSEEN, {**names, "others": _types(kin)}))
    elif not same:
        notes.append(Note(GROUP_UNSEEN, {**names, "others": _types(seen)}))
    elif not same_here:
        text = ONLY_ABOVE if len(here) else NOTHING_HERE
        notes.append(Note(text, {**names, "others": _types(seen_here)}))
    new = len(panel.targets) - here["node"].nunique()
    if len(here) and new:
        notes.append(Note(NEW_PLACES, {"n": new, "all": len(panel.targets)}))
    estimated = int(panel.nodes["estimated"].iloc[panel.targets].sum())
    if estimated:
        notes.append(Note(ROLL_ESTIMATED, {"n": estimated, "all": len(panel.targets)}))
    return (*notes, *_left_behind(panel), *unplaced_notes(panel, contest))


def ballots_notes(every: Panel, used: Panel) -> tuple[Note, ...]:
    """Tell that of the ballots of one day one is used, where that leaves contests out.

    Parameters
    ----------
    every, used
        The panel before and after `turnout.areas.one_ballot_a_day`.
    """
    known, left = (panel.cells["contest"].nunique() for panel in (every, used))
    return () if left == known else (Note(ONE_A_DAY, {"known": known, "used": left}),)


def _left_behind(panel: Panel) -> tuple[Note, ...]:
    """Tell areas of the past that the newest contest lacks, where it stands in for a roll."""
    standing_in = panel.nodes["estimated"].to_numpy(bool)[panel.targets]
    if not standing_in.all():
        return ()
    left = np.setdiff1d(np.flatnonzero(panel.is_leaf), panel.targets)
    if not len(left):
        return ()
    registered = round(float(np.nansum(panel.nodes["registered"].to_numpy(float)[left])))
    told = {"n": len(left), "registered": registered, "all": len(panel.targets)}
    return (Note(LEFT_BEHIND, told),)


def sample_notes(effective: float) -> tuple[Note, ...]:
    """Return a warning where the variances between elections are integrated roughly.

    >>> sample_notes(431.0)
    ()
    """
    if effective >= GOOD_SAMPLE:
        return ()
    return (Note(SMALL_SAMPLE, {"n": round(effective), "good": round(GOOD_SAMPLE)}),)


def _types(contests: pd.DataFrame) -> str:
    return ", ".join(dict.fromkeys(contests["election_type"]))


TYPE_UNSEEN = Text(
    en="The past contests in your data hold no {type}, only elections of its family ({others}); "
    "the interval is wider for that.",
    id="Belum ada hasil {type} yang lalu di data Anda, hanya hasil pemilihan serumpun ({others}); "
    "karena itu rentangnya lebih lebar.",
)
GROUP_UNSEEN = Text(
    en="No {type} and nothing of its family is among the past contests, only {others}: "
    "how many vote in a {type} is a guess from other kinds of election. Add past results of this "
    "kind before relying on the forecast.",
    id="Belum ada {type} maupun pemilihan serumpun di antara pemilihan yang lalu, hanya {others}: "
    "tingkat partisipasi {type} hanya diduga dari jenis pemilihan lain. Tambahkan hasil "
    "pemilihan serumpun sebelum mengandalkan prakiraan ini.",
)
ONLY_ABOVE = Text(
    en="No {type} is known for any of the places to forecast, only for the places above "
    "them: their ranking rests on other types ({others}).",
    id="Tidak ada {type} yang diketahui di wilayah yang diprakirakan, hanya di tingkat di atasnya: "
    "urutan antarwilayah bertumpu pada jenis pemilihan lain ({others}).",
)
NOTHING_HERE = Text(
    en="No past contest is known for any of the places to forecast, only for the places above "
    "them: each is forecast from the place above it.",
    id="Tidak ada pemilihan yang diketahui di wilayah yang diprakirakan, hanya di tingkat di "
    "atasnya: prakiraan tiap wilayah mengikuti wilayah di atasnya.",
)
NEW_PLACES = Text(
    en="Of {all:count} places {n:count} are new: no past contest is known for them, and each is "
    "forecast from the place above it. If they came from older areas, a crosswalk (--crosswalk) "
    "passes their past on; if a crosswalk has them as old areas, give the roll of the new ones.",
    id="Dari {all:count} wilayah, {n:count} baru: belum ada pemilihan yang diketahui di sana, dan "
    "prakiraannya mengikuti wilayah di atasnya. Bila berasal dari wilayah lama, tabel "
    "pemekaran (--crosswalk) meneruskan riwayatnya; bila di tabel itu termasuk wilayah lama, "
    "berikan daftar pemilih wilayah barunya.",
)
ROLL_ESTIMATED = Text(
    en="The registered voters of {n:count} of {all:count} places are estimates, not the official "
    "list; totals and missing voters are counted on them.",
    id="Jumlah pemilih terdaftar di {n:count} dari {all:count} wilayah adalah perkiraan, bukan DPT "
    "resmi; angka keseluruhan dan jumlah pemilih yang kurang dihitung dari perkiraan itu.",
)
LEFT_BEHIND = Text(
    en="Not in the newest contest, and so not forecast: {n:count:area:areas} of past contests "
    "with {registered:count} registered voters. The total covers the other {all:count}. If all "
    "vote this time, give a roll of all.",
    id="{n:count} wilayah dari pemilihan yang lalu ({registered:count} pemilih terdaftar) tidak "
    "ada pada pemilihan terbaru dan tidak diprakirakan: totalnya hanya dari {all:count} wilayah "
    "lainnya. Bila kali ini semuanya memilih, berikan daftar pemilih semua wilayah.",
)
ONE_A_DAY = Text(
    en="Of {known:count} contests the hierarchical model uses {used:count}: one of each day, since "
    "the same people cast all ballots of a day.",
    id="Dari {known:count} pemilihan, model hierarkis memakai {used:count}: satu dari setiap hari, "
    "karena orang yang sama memberikan semua surat suara pada hari itu.",
)
READS = Text(
    en="Besides past turnout the model reads: {names}.",
    id="Selain tingkat partisipasi yang lalu, model juga membaca: {names}.",
)
SMALL_SAMPLE = Text(
    en="The variances between elections are integrated roughly (effective sample size {n:count}, "
    "{good:count} wanted): the ends of the intervals are less exact than usual.",
    id="Ragam antarpemilihan dihitung secara kasar (ukuran sampel efektif {n:count}, sebaiknya "
    "{good:count}): batas rentang prakiraan kurang tepat dibanding biasanya.",
)
ON_TYPE = (TYPE_UNSEEN, GROUP_UNSEEN, ONLY_ABOVE, NOTHING_HERE)
"""The notes that tell where the coming election's type was not seen."""
