"""Totals whose gap has a name: a place that is lacking, or twice, in the total or in its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.blamed_totals import Pairs, parts_of_confirmed
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.rules.wholes import BY
from turnout.schema import PLACE_COLUMNS

_FIGURES = ("registered", "voters")

LACKS_A_PART = Rule(
    "total_below_parts",
    "error",
    Text(
        en="the total of {place} in {contest:contest} ({registered:count} registered, "
        "{voters:count} voters) is below the sum of its {n:count} finer rows by exactly the "
        "figures of {which} ({registered_off:count} and {voters_off:count}): it leaves this place "
        "out.",
        id="jumlah {place} pada {contest:contest} ({registered:count} pemilih terdaftar, "
        "{voters:count} pengguna hak pilih) lebih kecil daripada hasil penjumlahan {n:count} baris "
        "rinciannya, persis sebesar angka {which} ({registered_off:count} dan "
        "{voters_off:count}): wilayah itu belum ikut dijumlahkan.",
    ),
    Text(
        en="Add it to the total; if its rows do not belong there, delete them.",
        id="Tambahkan ke jumlah itu; bila barisnya tidak termasuk di sana, hapus barisnya.",
    ),
)

HOLDS_A_PART_TWICE = Rule(
    "total_above_parts",
    "error",
    Text(
        en="the total of {place} in {contest:contest} ({registered:count} registered, "
        "{voters:count} voters) is above the sum of its {n:count} finer rows by exactly the "
        "figures of {which} ({registered_off:count} and {voters_off:count}): it counts this place "
        "twice.",
        id="jumlah {place} pada {contest:contest} ({registered:count} pemilih terdaftar, "
        "{voters:count} pengguna hak pilih) lebih besar daripada hasil penjumlahan {n:count} baris "
        "rinciannya, persis sebesar angka {which} ({registered_off:count} dan "
        "{voters_off:count}): wilayah itu dijumlahkan dua kali.",
    ),
    Text(
        en="Count it once in the total.",
        id="Hitung satu kali saja dalam jumlah itu.",
    ),
)

_ADD_TO_BOTH = Text(
    en="The total around it leaves it out as well: add it to both; if its rows do not belong "
    "there, delete them.",
    id="Jumlah di atasnya juga belum memuatnya: tambahkan ke keduanya; bila barisnya tidak "
    "termasuk di sana, hapus barisnya.",
)
_COUNT_ONCE_IN_BOTH = Text(
    en="The total around it counts it twice as well: count it once in both.",
    id="Jumlah di atasnya juga memuatnya dua kali: hitung satu kali saja dalam keduanya.",
)
_OF_ANOTHER = Text(
    en="the total of {place} in {contest:contest} ({registered:count} registered, {voters:count} "
    "voters) is exactly that of {which:contest}, not the sum of its {n:count} finer rows: it was "
    "copied from there.",
    id="jumlah {place} pada {contest:contest} ({registered:count} pemilih terdaftar, "
    "{voters:count} pengguna hak pilih) persis sama dengan jumlahnya pada {which:contest}, bukan "
    "hasil penjumlahan {n:count} baris rinciannya: angkanya disalin dari sana.",
)
_GIVE_ITS_OWN = Text(
    en="Give the total of this election.",
    id="Isi jumlah pemilihan ini.",
)

MISSING_PART = Rule(
    HOLDS_A_PART_TWICE.name,
    "error",
    Text(
        en="the total of {place} in {contest:contest} is above the sum of its {n:count} finer rows "
        "by {registered_off:count} registered and {voters_off:count} voters, about the size of "
        "{which:list3} in other elections, for which there is no row here.",
        id="jumlah {place} pada {contest:contest} lebih besar daripada hasil penjumlahan {n:count} "
        "baris rinciannya: selisihnya {registered_off:count} pemilih terdaftar dan "
        "{voters_off:count} pengguna hak pilih, kira-kira sebesar {which:list3} pada pemilihan "
        "lain, yang barisnya tidak ada di sini.",
    ),
    Text(
        en="Add what is missing from the source document.",
        id="Tambahkan yang kurang itu dari dokumen sumbernya.",
    ),
)

_OFF = [f"{name}_off" for name in _FIGURES]
_TOLD = ["which", *_OFF, "how"]
_FROM, _TO = 0.75, 1.33
"""A gap is at least, and at most, so many times the registered that places have elsewhere."""
_HALF = 0.5
"""Share of the other contests that have a place which is missing."""


def named_gaps(pairs: pd.DataFrame, both: Pairs) -> pd.DataFrame:
    """Return the totals whose gap is one of their places, and which it is, by label.

    Both figures of exactly one place, or of all rows of a district, are the gap: that is no chance.
    So is a wrong total that has both figures of the same place in another contest.

    Parameters
    ----------
    pairs
        Totals with what their parts add up to (``registered_parts``, ``voters_parts``).
    both
        All totals with their parts, scale by scale.

    Returns
    -------
    pandas.DataFrame
        ``which``, ``registered_off`` and ``voters_off``, the gap, and ``how``: "part" where it is
        the place ``which``, "contest" where the total is copied from that contest, "missing" where
        its rows lack the places that it lists, "twice" where the place has two rows.
    """
    none = pd.DataFrame(columns=_TOLD)
    if not {f"{name}_parts" for name in _FIGURES} <= {*pairs}:
        return none
    gaps = {f"{name}_off": pairs[name] - pairs[f"{name}_parts"] for name in _FIGURES}
    wrong = pairs[[*BY, *_FIGURES, "scale", "finer"]].assign(**gaps).rename_axis("label")
    wrong = wrong[wrong["registered_off"] * wrong["voters_off"] > 0].reset_index()
    found = [one for pair in both for one in _found(wrong, *pair) if len(one)]
    named = pd.concat(found) if found else none
    return named[~named.index.duplicated()]


def tell_of_gaps(
    draft: Draft, rows: pd.DataFrame, named: pd.DataFrame, pairs: Pairs
) -> list[Finding]:
    """Return one error for each total whose gap has a name; two rows of a place tell themselves.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        The totals, as `turnout.rules.blamed_totals.blamed` returns them.
    named
        As of `named_gaps`.
    pairs
        Totals with their parts, any of which may be wrong where a total around confirms theirs.
    """
    told = rows.join(named[_TOLD])
    told = told[told["how"] != "twice"]
    told = told.assign(**{name: told[name].astype(float).abs() for name in _OFF})
    wrong = parts_of_confirmed(draft, rows, "registered", pairs)
    findings: list[Finding] = []
    for (below, how, confirmed), here in told.groupby(
        [told["gap"] < 0, told["how"], told["confirmed"]]
    ):
        rule = LACKS_A_PART if below else HOLDS_A_PART_TWICE
        if how == "missing":
            rule = MISSING_PART
        elif how == "contest":
            rule = replace(rule, message=_OF_ANOTHER, remedy=_GIVE_ITS_OWN)
        elif confirmed:
            rule = replace(rule, remedy=_ADD_TO_BOTH if below else _COUNT_ONCE_IN_BOTH)
        found = rule.at(draft, here.index, "registered", here)
        findings += [replace(one, rows=wrong.get(one.spot, ())) for one in found]
    return findings


def _found(
    wrong: pd.DataFrame, totals: pd.DataFrame, parts: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield what explains the totals of one scale by parts of a finer one, the largest first."""
    if totals.empty or parts.empty:
        return
    scale, finer = totals["scale"].iloc[0], parts["scale"].iloc[0]
    asked = wrong[(wrong["scale"] == scale) & (wrong["finer"] == finer)]
    if asked.empty:
        return
    inside = parts[parts["within"].isin(asked["within"])]
    own = pd.MultiIndex.from_frame(inside[BY]).isin(pd.MultiIndex.from_frame(asked[BY]))
    parts = inside[own]
    others = totals[[*BY, *_FIGURES]].rename(columns={"contest": "which"})
    same = asked.merge(others, on=[*BY[1:], *_FIGURES])
    yield _single(same[same["which"] != same["contest"]].assign(how="contest"))
    sizes = {name: asked[f"{name}_off"].abs() for name in _FIGURES}
    for places in _places(parts, scale, finer):
        yield _single(asked.assign(**sizes).merge(places, on=[*BY, *_FIGURES]))
    yield _missing(asked, inside)


def _places(parts: pd.DataFrame, scale: str, finer: str) -> Iterator[pd.DataFrame]:
    """Yield the places inside totals with their figures: sums of the parts, and these."""
    first = 0 if scale == "total" else PLACE_COLUMNS.index(scale) + 1
    for number in range(first, PLACE_COLUMNS.index(finer)):
        inside = list(PLACE_COLUMNS[: number + 1])
        known = parts[parts[inside[-1]].notna()]
        sums = known.groupby([*BY, *inside], dropna=False)[list(_FIGURES)].sum().reset_index()
        named = sums.assign(which=place_names(sums.reindex(columns=list(PLACE_COLUMNS))))
        yield named[[*BY, *_FIGURES, "which"]].assign(how="part")
    twice = parts.duplicated([*BY, "key"], keep=False).map({True: "twice", False: "part"})
    yield parts[[*BY, *_FIGURES]].assign(which=parts["place"], how=twice)


def _single(found: pd.DataFrame) -> pd.DataFrame:
    """Return what explains a total alone."""
    return found[~found["label"].duplicated(keep=False)].set_index("label")[_TOLD]


def _missing(asked: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """Return the totals whose rows lack places of the other contests that are as large as the gap.

    Parameters
    ----------
    asked
        Totals.
    inside
        The places inside them, of all contests.
    """
    found = []
    of_total = inside.groupby("within")
    for label, contest, within, off in zip(
        *(asked[name] for name in ("label", "contest", "within", "registered_off")), strict=True
    ):
        rows = of_total.get_group(within)
        here = rows["contest"] == contest
        others = rows[~here & ~rows["key"].isin(rows["key"][here])]
        by = others.groupby("key")
        usual = by["contest"].nunique() >= _HALF * rows["contest"][~here].nunique()
        size = by["registered"].median()[usual].sum()
        if _FROM * size <= off <= _TO * size:
            names = by["place"].last()[usual].tolist()
            found.append(asked[asked["label"] == label].assign(which=[names], how="missing"))
    return pd.concat(found).set_index("label")[_TOLD] if found else pd.DataFrame(columns=_TOLD)
