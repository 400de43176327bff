"""Votes of a total that none of its places holds, such as postal ones."""

from __future__ import annotations

import numpy as np

from turnout.areas import Panel
from turnout.areas.history import votes_apart
from turnout.forecast import Note
from turnout.language import Text

_LEAST = 0.005
"""Difference of turnout from which it is told."""


def unplaced_notes(panel: Panel, contest: int) -> tuple[Note, ...]:
    """Return a note where past totals held more voters than all their places together.

    Such votes are in no place, and so in no forecast (`turnout.own_rolls`).

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row number of the coming election.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        beyond = np.nan_to_num(votes_apart(panel) / panel.grid("registered"), posinf=0.0)
    beyond[:, contest] = 0.0
    found = beyond >= _LEAST
    if not found.any():
        return ()
    node, when = np.unravel_index(np.argmax(beyond), beyond.shape)
    values = {
        "n": int(found.sum()),
        "election": str(panel.contests["election"].iloc[when]),
        "most": float(beyond[node, when]),
    }
    place = panel.nodes.iloc[node].get(panel.scales[panel.level[node]])
    if isinstance(place, str):
        return (Note(_UNPLACED, {**values, "place": place}),)
    return (Note(_UNPLACED_IN_ALL, values),)


_UNPLACED = Text(
    en="{n:count:past total holds:past totals hold} more voters than all the places in it "
    "together, at most by {most:points} points of turnout ({place}, {election:contest}): votes "
    "without a place, such as postal ones. The forecast adds up places and lacks them; expect "
    "such a total to end that much higher, or share these votes out among the places.",
    id="Pada {n:count} angka total terdahulu, jumlah pemilih melebihi jumlah seluruh wilayah di "
    "dalamnya, paling banyak {most:points} poin partisipasi ({place}, {election:contest}): suara "
    "tanpa wilayah, misalnya suara lewat pos. Prakiraan menjumlahkan wilayah sehingga tidak "
    "memuatnya; perkirakan angka total seperti itu akan lebih tinggi sebesar itu, atau bagikan "
    "suara tersebut ke wilayahnya.",
)
_UNPLACED_IN_ALL = Text(
    en="{n:count:past total holds:past totals hold} more voters than all the places in it "
    "together, at most by {most:points} points of turnout (the whole, {election:contest}): votes "
    "without a place, such as postal ones. The forecast adds up places and lacks them; expect "
    "such a total to end that much higher, or share these votes out among the places.",
    id="Pada {n:count} angka total terdahulu, jumlah pemilih melebihi jumlah seluruh wilayah di "
    "dalamnya, paling banyak {most:points} poin partisipasi (keseluruhan, {election:contest}): "
    "suara tanpa wilayah, misalnya suara lewat pos. Prakiraan menjumlahkan wilayah sehingga tidak "
    "memuatnya; perkirakan angka total seperti itu akan lebih tinggi sebesar itu, atau bagikan "
    "suara tersebut ke wilayahnya.",
)
