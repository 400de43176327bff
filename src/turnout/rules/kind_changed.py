"""An area that is a *desa* in one contest and a *kelurahan* of the same name in the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_names
from turnout.identity.kinds import kind_of_village
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

KIND_CHANGED = Rule(
    "kind_changed",
    "warning",
    Text(
        en="{place} was {before} in {earlier:contest}, and both are read as one place: no list has "
        "the two.",
        id="{place} disebut {before} pada {earlier:contest}, dan keduanya dibaca sebagai satu "
        "wilayah karena tidak pernah ada bersama dalam satu daftar.",
    ),
    Text(
        en="If they are two places, give each its code (area_id).",
        id="Bila sebenarnya dua wilayah, isi kode masing-masing (kolom kode_wilayah).",
    ),
)


def check_kinds(draft: Draft, areas: pd.DataFrame) -> list[Finding]:
    """Find areas whose name says another kind of village than before.

    Parameters
    ----------
    draft
        The rows that findings point at.
    areas
        Rows of areas by date, with ``contest``, ``key``, ``place`` and ``area``.
    """
    codes, labels = pd.factorize(areas["area"])
    kinds = [kind_of_village(name) for name in plain_names([*map(str, labels)])]
    if len({*kinds} - {""}) < 2:
        return []
    kind = np.array([*kinds, ""], dtype=object)[codes]
    told = areas[["contest", "key", "place", "area"]][kind != ""].assign(kind=kind[kind != ""])
    of_key = told.groupby("key", sort=False)
    told = told.assign(
        before=of_key["area"].shift(), earlier=of_key["contest"].shift(), was=of_key["kind"].shift()
    )
    changed = told[told["was"].notna() & (told["was"] != told["kind"])]
    return KIND_CHANGED.at(draft, changed.index[changed.index >= 0], "area", changed)
