"""Places of which some stations are in: how large their figures make them."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_OF_ALL = 0.1
"""Change of the registered since the contest before up to which they may be those of all."""


def check_part_sizes(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Return what is wrong with places that are far from what they were by their stations.

    Parameters
    ----------
    draft
        The rows of a file.
    rows
        Places whose stations tell another size than they had: registered, partial, size, before,
        earlier, place. Labels below zero are of other tables.
    """
    rows = rows[rows.index >= 0]
    of_all = rows["partial"] & (rows["registered"] / rows["before"] - 1).abs().le(_OF_ALL)
    whole, part = rows[of_all], rows[~of_all]
    return [
        *FAR_OFF_PART.at(draft, part.index, "registered", part),
        *REGISTERED_OF_ALL.at(draft, whole.index, "registered", whole),
    ]


FAR_OFF_PART = Rule(
    "size_far_off",
    "warning",
    Text(
        en="by this, {place} has about {size:count} registered voters in all, and it had about "
        "{before:count} in {earlier:contest}.",
        id="menurut angka ini seluruh pemilih terdaftar di {place} kira-kira {size:count}, padahal "
        "pada {earlier:contest} kira-kira {before:count}.",
    ),
    Text(
        en="Look for a digit too many or too few in the registered or in the numbers of stations.",
        id="Periksa digit yang kurang atau berlebih pada pemilih terdaftar atau pada jumlah TPS.",
    ),
)

REGISTERED_OF_ALL = Rule(
    "registered_of_all",
    "warning",
    Text(
        en="{registered:count} are about all registered voters of {place} ({before:count} in "
        "{earlier:contest}), yet some of its stations are out.",
        id="{registered:count} kira-kira seluruh pemilih terdaftar di {place} ({before:count} pada "
        "{earlier:contest}), padahal baru sebagian TPS-nya masuk.",
    ),
    Text(
        en="Give as registered only those of the stations that are in; if all are in, write as "
        "many stations in as there are.",
        id="Isi pemilih terdaftar hanya dari TPS yang sudah masuk; bila semua TPS sudah masuk, "
        "samakan jumlah TPS masuk dengan jumlah TPS.",
    ),
)
