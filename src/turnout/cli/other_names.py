"""Types of the past that may be the coming one by another name of its family."""

from __future__ import annotations

import pandas as pd

from turnout.elections import TYPE_GROUPS, Election
from turnout.errors import Finding, Spot
from turnout.kinds import kind_of
from turnout.language import Text
from turnout.rules.grave import OTHER_NAME


def other_names(results: pd.DataFrame, election: Election | None) -> list[Finding]:
    """Return a warning where the past may hold the coming type by another name of its family.

    It may where both are of one family and fill an office in common: a pilwako is called a pilkada
    too, but is no pilgub. Who adds a word to a type (*pilkada psu*) sets it apart on purpose.
    """
    if election is None or election.election_type not in TYPE_GROUPS:
        return []
    kind = election.election_type
    past = results[results["date"] < pd.Timestamp(election.date)].sort_values("date")
    groups = past.groupby("election_type", sort=False)["type_group"].last()
    offices = kind_of(kind).offices
    usual = [
        name
        for name, group in groups[::-1].items()
        if name != kind and group == election.type_group and offices & kind_of(str(name)).offices
    ]
    if kind in groups:  # who writes both pilkada and pilgub tells them apart
        usual = [name for name in usual if _GOVERNOR not in (offices, kind_of(str(name)).offices)]
    if not usual:
        return []
    if kind in groups:
        beside = {"kind": kind, "usual": usual}
        return [Finding("types_beside", "warning", _BESIDE, _NAME_ALIKE, Spot(), beside)]
    values: dict[str, object] = {"kind": kind, "usual": usual}
    if len({kind_of(str(name)).offices for name in usual}) > 1 and {*usual} <= {*_CHOICES}:
        values["choices"] = [_CHOICES[str(name)] for name in usual]
        return [Finding(OTHER_NAME, "warning", _OF_OFFICES, _CHOOSE, Spot(), values)]
    values["typed"] = " / ".join(f"--type {typed(str(name))}" for name in usual)
    return [Finding(OTHER_NAME, "warning", _OTHER_NAME, _SAY_OTHER, Spot(), values)]


_GOVERNOR = frozenset({"governor"})


def typed(name: str) -> str:
    """Return a type as a shell takes it."""
    return f'"{name}"' if " " in name else name


_OTHER_NAME = Text(
    en="the results hold no '{kind}', the type of the coming election, but {usual:list}, which may "
    "be the same kind of election by another name: it is forecast as a type that was never seen, "
    "with another median and a wider interval.",
    id="hasil tidak memuat '{kind}', jenis pemilihan mendatang, tetapi memuat {usual:list}, yang "
    "mungkin pemilihan yang sama dengan nama lain: diprakirakan sebagai jenis yang belum pernah "
    "ada, sehingga mediannya berbeda dan rentangnya lebih lebar.",
)
_BESIDE = Text(
    en="the results hold {usual:list} beside '{kind}', the type of the coming election: they are "
    "taken as elections of its family, not as of its type.",
    id="hasil memuat {usual:list} di samping '{kind}', jenis pemilihan mendatang: dipakai sebagai "
    "pemilihan serumpun, bukan sejenis.",
)
_NAME_ALIKE = Text(
    en="If it is the same kind of election, name the type alike in the results.",
    id="Bila jenis pemilihannya sama, samakan tulisan jenisnya dalam berkas hasil.",
)
_SAY_OTHER = Text(
    en="If it is the same kind of election, say {typed}.",
    id="Bila jenis pemilihannya sama, tulis {typed}.",
)
_OF_OFFICES = Text(
    en="the results hold no '{kind}', the type of the coming election, but {usual:list}, each of "
    "another office and with a turnout of its own: it is forecast as a type that was never seen, "
    "with another median and a wider interval.",
    id="hasil tidak memuat '{kind}', jenis pemilihan mendatang, tetapi memuat {usual:list}, yang "
    "memilih jabatan berbeda dengan partisipasinya sendiri: diprakirakan sebagai jenis yang belum "
    "pernah ada, sehingga mediannya berbeda dan rentangnya lebih lebar.",
)
_CHOOSE = Text(
    en="Say who is to be elected, as the forecasts differ: {choices:list}.",
    id="Sebutkan siapa yang akan dipilih, karena prakiraannya berbeda: {choices:list}.",
)
_CHOICES = {
    "pilgub": Text(en="--type pilgub for the governor", id="--type pilgub untuk gubernur"),
    "pilbup": Text(en="--type pilbup for the regent", id="--type pilbup untuk bupati"),
    "pilwako": Text(en="--type pilwako for the mayor", id="--type pilwako untuk wali kota"),
    "pilwali": Text(en="--type pilwali for the mayor", id="--type pilwali untuk wali kota"),
}
