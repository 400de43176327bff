"""Elections of one type in the United States, held with that of a president and without it."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election
from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.polling_days import elects_president
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

WITH_AND_WITHOUT = Rule(
    "with_and_without_president",
    "warning",
    Text(
        en="the type {kind:type} stands for elections held with that of a president of the United "
        "States ({held:list}) and for midterms ({others:list}), in which far fewer vote.",
        id="jenis {kind:type} dipakai untuk pemilihan yang bersamaan dengan pemilihan presiden "
        "Amerika Serikat ({held:list}) dan juga untuk pemilihan paruh waktu ({others:list}), yang "
        "pemilihnya jauh lebih sedikit.",
    ),
    Text(
        en="Give them types of their own, such as presidential and midterm, in a column "
        "election_type, and forecast the one that is coming.",
        id="Beri masing-masing jenis tersendiri, misalnya presidential dan midterm, pada kolom "
        "jenis, lalu buat prakiraan untuk jenis yang akan datang.",
    ),
)

NONE_LIKE_IT = Rule(
    "with_or_without_president",
    "warning",
    Text(
        en="a president of the United States is elected on {day:day}, but was not in any past "
        "election of the type {kind:type} ({years:list}): this forecast is one of a midterm.",
        id="pada {day:day} presiden Amerika Serikat dipilih, sedangkan pada semua pemilihan "
        "berjenis {kind:type} yang lalu tidak ({years:list}): prakiraan ini berlaku untuk "
        "pemilihan paruh waktu.",
    ),
    Text(
        en="Far more vote for a president: add elections of such years, with types of their own "
        "(presidential, midterm).",
        id="Pemilih pada pemilihan presiden jauh lebih banyak: tambahkan hasil dari tahun seperti "
        "itu dengan jenis tersendiri (presidential, midterm).",
    ),
)
ALL_WITH_ONE = Rule(
    NONE_LIKE_IT.name,
    "warning",
    Text(
        en="no president of the United States is elected on {day:day}, but one was in every past "
        "election of the type {kind:type} ({years:list}): this forecast is one of such a year.",
        id="pada {day:day} tidak ada pemilihan presiden Amerika Serikat, sedangkan pada semua "
        "pemilihan berjenis {kind:type} yang lalu ada ({years:list}): prakiraan ini berlaku untuk "
        "tahun seperti itu.",
    ),
    Text(
        en="Far fewer vote in midterms: add some, with types of their own (presidential, midterm).",
        id="Pemilih pada pemilihan paruh waktu jauh lebih sedikit: tambahkan hasilnya dengan jenis "
        "tersendiri (presidential, midterm).",
    ),
)


def check_presidents(draft: Draft) -> list[Finding]:
    """Find types that hold both: one finding each, at the first midterm's first row."""
    first = draft.table[["contest", "date", "election_type"]].drop_duplicates("contest")
    first = first[first["date"].notna() & first["election_type"].notna()]
    held = [elects_president(day) for day in first["date"].dt.date]
    first = first.assign(held=pd.Series(held, first.index, dtype="object"))
    first = first[first["held"].notna()]
    told = []
    for kind, rows in first.groupby("election_type", sort=False, observed=True):
        with_president = rows["held"].astype(bool)
        if with_president.nunique() < _BOTH:
            continue
        years = rows["date"].dt.year.sort_values()
        told.append(
            {
                "row": rows.index[~with_president][0],
                "kind": kind,
                "held": years[with_president].unique().tolist(),
                "others": years[~with_president].unique().tolist(),
            }
        )
    values = pd.DataFrame(told, columns=["row", "kind", "held", "others"]).set_index("row")
    return WITH_AND_WITHOUT.at(draft, values.index, "election_type", values)


def check_coming_president(results: pd.DataFrame, election: Election | None) -> list[Finding]:
    """Find that a coming election is held with that of a president, and none of its type was.

    Or the other way round.

    Parameters
    ----------
    results
        Canonical results.
    election
        The coming election, if there is one.
    """
    if election is None:
        return []
    own = elects_president(election.date)
    past = results[results["date"] < pd.Timestamp(election.date)]
    of_type = past["election_type"] == election.election_type
    days = past.loc[of_type, "date"].drop_duplicates().dt.date
    held = {day: elects_president(day) for day in days}
    years = sorted({day.year for day, president in held.items() if president is not None})
    if own is None or not years or own in held.values():
        return []
    rule = NONE_LIKE_IT if own else ALL_WITH_ONE
    values = {"day": election.date, "kind": election.election_type, "years": years}
    return [rule.once(Spot(), values)]


_BOTH = 2
