"""Rules on a count in progress: its rows are of the coming election, and of which stations."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.elections import Election, group_of_type
from turnout.errors import Finding, Spot
from turnout.language import LANGUAGES, Text, day
from turnout.own_rolls import on_own_rolls, told_apart
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.rule import Rule
from turnout.schema import LISTED, PLACE_COLUMNS
from turnout.surroundings import Setting

OTHER_ELECTION = Rule(
    "other_election",
    "error",
    Text(
        en="a row of {found}, not of the {kind} of {day:day}.",
        id="baris ini dari {found}, bukan dari {kind} {day:day}.",
    ),
    Text(
        en="Give the count of the election that is forecast, or correct the date and the type; "
        "earlier elections belong to the past results.",
        id="Berikan hasil hitung dari pemilihan yang diprakirakan, atau perbaiki tanggal dan "
        "jenisnya; pemilihan sebelumnya termasuk hasil pemilihan yang lalu.",
    ),
)

OF_ONE_OFFICE = Rule(
    "of_one_office",
    "warning",
    Text(
        en="the count has the type {found:list}; it is taken for the {kind} of {day:day}.",
        id="hasil hitung ini berjenis {found:list}; dianggap hasil {kind} {day:day}.",
    ),
    Text(
        en="If another office is forecast, give the count of that; if it is this one, nothing "
        "needs to be done.",
        id="Bila yang diprakirakan pemilihan lain pada hari itu, berikan hasil hitungnya; bila "
        "memang yang ini, tidak perlu tindakan.",
    ),
)

SEVERAL_ELECTIONS = Rule(
    "several_elections",
    "error",
    Text(
        en="the count holds several elections of the day: {found:list}.",
        id="hasil hitung ini memuat beberapa pemilihan pada hari yang sama: {found:list}.",
    ),
    Text(
        en="Leave the rows or columns of the election that is forecast, or give it in a file of "
        "its own. Where the past results name it alike, --type {one} takes its figures alone.",
        id="Sisakan baris atau kolom pemilihan yang diprakirakan, atau berikan dalam berkas "
        "tersendiri. Bila hasil yang lalu memakai nama yang sama, --type {one} memakai angkanya "
        "saja.",
    ),
)

CHOOSE_SHEET = Text(
    en="Choose its sheet among {sheets:list}, such as {setting}.",
    id="Pilih lembarnya di antara {sheets:list}, misalnya {setting}.",
)

FAR_BELOW = 2 / 3
"""A place below this part of its lowest turnout ever may have only some of its stations in."""

_OF_A_DAY = 3
"""Places from which on the others tell how low turnout is on this day everywhere."""

STATIONS_UNTOLD = Rule(
    "stations_untold",
    "error",
    Text(
        en="{place}: {voters:count} of {registered:count} voted ({turnout:percent}), where turnout "
        "was never below {lowest:percent}, without word of stations. Is that all of it, or some "
        "stations beside the roll of all?",
        id="{place}: {voters:count} dari {registered:count} memilih ({turnout:percent}), padahal "
        "partisipasinya tidak pernah di bawah {lowest:percent}, tanpa keterangan TPS. Apakah itu "
        "sudah semuanya, atau baru sebagian TPS dengan DPT penuh?",
    ),
    Text(
        en="Give stations_counted and stations_total: equal where all are in; else with the "
        "registered of the counted stations alone.",
        id="Isi kolom TPS masuk dan jumlah TPS: sama bila semua sudah masuk; bila belum, DPT-nya "
        "hanya dari TPS yang masuk.",
    ),
)


ZERO_UNTOLD = Rule(
    "zero_untold",
    "error",
    Text(
        en="the voters are 0 in {n:count:place:places} ({names:list3}), without word of stations: "
        "not in yet, or nobody voted?",
        id="pengguna hak pilih 0 di {n:count} wilayah ({names:list3}), tanpa keterangan TPS: belum "
        "masuk, atau memang tidak ada yang memilih?",
    ),
    Text(
        en="Where a place is not in yet, leave its voters blank, or say 0 in stations_counted. "
        "Where all of it is in and nobody voted, give stations_counted and stations_total alike.",
        id="Bila wilayahnya belum masuk, kosongkan pengguna hak pilihnya atau isi 0 pada kolom TPS "
        "masuk. Bila sudah masuk semua dan memang tidak ada yang memilih, isi TPS masuk sama "
        "dengan jumlah TPS.",
    ),
)

FAR_BELOW_KIN = 0.8
"""Places together below this part of all their past of the same type may be partly in.

No whole contest of 143 on real panels lay so low (docs/accuracy.md, counts without stations).
"""

FEWEST_KIN = 2
"""Past contests of the type from which on their lowest turnout tells what is usual."""

TOGETHER_UNTOLD = Rule(
    "stations_untold_together",
    "error",
    Text(
        en="{n:count:place:places} without word of stations: together {turnout:percent} voted, "
        "where the lowest of {m:count} past contests of this type there was {lowest:percent}. Is "
        "that all of it, or some stations beside the roll of all?",
        id="{n:count} wilayah tanpa keterangan TPS: seluruhnya {turnout:percent} memilih, padahal "
        "yang terendah dari {m:count} pemilihan sejenis yang lalu di sana {lowest:percent}. Apakah "
        "itu sudah semuanya, atau baru sebagian TPS dengan DPT penuh?",
    ),
    STATIONS_UNTOLD.remedy,
)


TOGETHER_UNTOLD_EVER = Rule(
    TOGETHER_UNTOLD.name,
    "error",
    Text(
        en="{n:count:place:places} without word of stations: together {turnout:percent} voted, "
        "where the lowest of {m:count:past contest:past contests} there was {lowest:percent}. Is "
        "that all of it, or some stations beside the roll of all?",
        id="{n:count} wilayah tanpa keterangan TPS: seluruhnya {turnout:percent} memilih, padahal "
        "yang terendah dari {m:count} pemilihan yang lalu di sana {lowest:percent}. Apakah itu "
        "sudah semuanya, atau baru sebagian TPS dengan DPT penuh?",
    ),
    STATIONS_UNTOLD.remedy,
)


def far_below(turnout: pd.Series, lowest: pd.Series) -> pd.Series[bool]:
    """Mark the places of one day that may be in with some of their stations only.

    Parameters
    ----------
    turnout, lowest
        Of the places without word of stations, that day and at its lowest before; shares.

    Examples
    --------
    >>> far_below(pd.Series([0.3, 0.5, 0.6, 0.6]), pd.Series([0.6] * 4)).tolist()
    [True, False, False, False]
    """
    usual = float((turnout / lowest).quantile(0.75)) if len(turnout) >= _OF_A_DAY else 1.0
    return turnout < FAR_BELOW * min(1.0, usual) * lowest


def check_stations(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find places of a count that may be in with some of their stations only, without a word.

    A place is doubted by itself below two thirds of its lowest turnout, less what the day is below
    the lowest of most others; all of them together are doubted below four fifths of their lowest in
    contests of the same type, as from one to the next turnout changes little for many places at
    once; where fewer than two of the type are known, below two thirds of their lowest ever. Those
    with 0 voters are asked about together, and by themselves.

    Parameters
    ----------
    draft
        The count's rows.
    rows
        Those rows and the past results', described; the past's have labels below zero.
    """
    whole = rows[(rows["registered"] > 0) & rows["voters"].notna()]
    past, coming = whole[whole.index < 0], whole[whole.index >= 0]
    if coming[["stations_counted", "stations_total"]].notna().all(axis=None):
        return []  # every row has its word
    # A count that lacks its votes by post is no lower than a past with them.
    past, coming = (
        one.assign(turnout=one["voters"] / one["registered"])
        for one in (on_own_rolls(past.assign(election=past["contest"])), told_apart(coming, past))
    )
    if past.empty:
        return []
    contests = past.groupby("contest")[["voters", "registered"]].sum()
    of_all = float((contests["voters"] / contests["registered"]).min())
    lowest = coming["key"].map(past.groupby("key")["turnout"].min()).fillna(of_all)
    untold = coming[["stations_counted", "stations_total"]].isna().any(axis=1)
    if LISTED in draft.table:  # a sum of stations has the registered of these stations
        untold &= draft.table.loc[untold.index, LISTED].isna()
    silent = coming.assign(lowest=lowest)[untold]
    # Places that are not in say nothing of the others.
    zero = silent[(silent["voters"] == 0) & (silent["lowest"] > 0)]
    silent = silent.drop(zero.index)
    low = silent[far_below(silent["turnout"], silent["lowest"])]
    told = STATIONS_UNTOLD.at(draft, low.index, "voters", low)
    return [*_zero(draft, zero), *told, *_together(draft, past, coming.loc[silent.index])]


def _zero(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Return one error for all places of a count with 0 voters and no word of stations."""
    if rows.empty:
        return []
    spots = tuple(draft.spots(rows.index, "voters"))
    names = list(dict.fromkeys(rows["place"].astype("str")))
    return [ZERO_UNTOLD.once(spots[0], {"n": len(names), "names": names}, spots)]


def _together(draft: Draft, past: pd.DataFrame, coming: pd.DataFrame) -> list[Finding]:
    """Find that the places of a count are far below all their past of the type together.

    It concerns the whole file: no row is at fault more than another.
    """
    if coming.empty:
        return []
    finest = next(one for one in (*PLACE_COLUMNS[::-1], "total") if _has(coming, one))
    counted = coming[coming["scale"] == finest].drop_duplicates("key")
    first, counted = int(counted.index[0]), counted.set_index("key")
    group = group_of_type(str(counted["election_type"].iloc[0]))
    kin = _usual(past[past["election_type"].astype(str).map(group_of_type) == group], counted)
    rule, part = (TOGETHER_UNTOLD, FAR_BELOW_KIN)
    if len(kin) < FEWEST_KIN:
        rule, part, kin = TOGETHER_UNTOLD_EVER, FAR_BELOW, _usual(past, counted)
    if not kin or any(now >= part * then for then, now in kin):
        return []
    values = {
        "n": len(counted),
        "m": len(kin),
        "turnout": _turnout(counted),
        "lowest": min(then for then, _ in kin),
    }
    spot = draft.spot(first, "voters")
    whole = replace(spot, row=None, value="")
    return [rule.once(whole, values)]


def _usual(past: pd.DataFrame, counted: pd.DataFrame) -> list[tuple[float, float]]:
    """Return turnout in each past contest of the places counted that it has, and theirs now."""
    found = []
    kin = past[past["key"].isin(counted.index) & ~is_partial(past)]
    for _, contest in kin.groupby("contest"):
        places = contest.drop_duplicates("key").set_index("key")
        if 2 * len(places) >= len(counted):
            found.append((_turnout(places), _turnout(counted.loc[places.index])))
    return found


def _has(rows: pd.DataFrame, scale: str) -> bool:
    return bool((rows["scale"] == scale).any())


def _turnout(rows: pd.DataFrame) -> float:
    return float(rows["voters"].sum() / rows["registered"].sum())


def check_election(draft: Draft, election: Election) -> list[Finding]:
    """Find rows whose day or type is another than the coming election's; blanks are not."""
    table = draft.table
    other_day, other_type = election.differs(table)
    told = table[other_day | other_type]
    pairs = list(zip(told["date"], told["election_type"].fillna(""), strict=True))
    named = {pair: _in_words(*pair) for pair in dict.fromkeys(pairs)}
    found = pd.Series([named[pair] for pair in pairs], index=told.index, dtype="object")
    told = told.assign(found=found, kind=election.election_type, day=election.date)
    return [
        *OTHER_ELECTION.at(draft, table.index[other_day], "date", told),
        *OTHER_ELECTION.at(draft, table.index[other_type & ~other_day], "election_type", told),
    ]


def check_single(draft: Draft, election: Election) -> list[Finding]:
    """Find that a count is of several elections of the day, such as a pilkada and a pilgub."""
    told = _offices(draft, election)
    of_place = told.groupby(draft.table.loc[told.index, "key"]).nunique()
    if not (of_place > 1).any():
        return []
    sheets = draft.origin.loc[told.index, "sheet"].astype("str")
    pairs = pd.DataFrame({"type": told, "sheet": sheets}).drop_duplicates()
    parted = pairs["type"].is_unique and pairs["sheet"].is_unique
    wanted = told[told == election.election_type]
    one = sheets.loc[(told if wanted.empty else wanted).index[0]]
    spot = Spot(draft.spot(int(told.index[0])).file)
    values = {
        "found": sorted(told.unique()),
        "sheets": sorted(sheets.unique()),
        "setting": Setting("sheet", "", one, "counted"),
        "one": min(told.unique(), key=lambda kind: (kind == election.election_type, kind)),
    }
    remedy = CHOOSE_SHEET if parted else SEVERAL_ELECTIONS.remedy
    rule = SEVERAL_ELECTIONS
    return [Finding(rule.name, rule.severity, rule.message, remedy, spot, values)]


def _offices(draft: Draft, election: Election) -> pd.Series[str]:
    """Return the type of each row that may be of the coming election."""
    told = draft.table["election_type"].dropna().astype("str").str.strip().str.casefold()
    return told[told.isin([one for one in told.unique() if election.is_kind(one)])]


def check_type(draft: Draft, election: Election, results: pd.DataFrame) -> list[Finding]:
    """Find that a count tells one office, where the forecast and all the past are of a family.

    On a day of several offices, whoever forecasts the *pilkada* may be given the count of another.
    """
    told, past = _offices(draft, election), set(results["election_type"])
    found = told[told != election.election_type]
    if not past & {election.election_type}:  # it is named by its family, the others by theirs
        found = found[~found.isin(past)]
    if found.empty or told.nunique() > 1:
        return []
    values = {
        "found": sorted(found.unique()),
        "kind": election.election_type,
        "day": election.date,
    }
    first = draft.spot(int(found.index[0]), "election_type")
    rule, spot = OF_ONE_OFFICE, Spot(first.file, first.sheet)
    return [rule.once(spot, values)]


def _in_words(date: pd.Timestamp, kind: str) -> Text:
    """Return an election by its type and its day, as far as they are known."""
    words = {lang: "" if pd.isna(date) else day(date, lang) for lang in LANGUAGES}
    return Text(en=f"{kind} {words['en']}".strip(), id=f"{kind} {words['id']}".strip())
