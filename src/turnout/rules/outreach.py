"""Rules on activity logs: what an activity must tell, and how it fits places and polling days."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.outreach_kinds import attendance_of
from turnout.rules.activities import costs_far_off, repeated_activities
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.rules.units import FRACTIONAL
from turnout.schema import PLACE_COLUMNS

WINDOW_DAYS = 180
"""Days before polling day in which an activity is taken to count for an election."""

_CORRECT = Text(en="Correct or delete the row.", id="Perbaiki atau hapus barisnya.")

WITHOUT_DATE = Rule(
    "activity_without_date",
    "error",
    Text(en="an activity without a date.", id="kegiatan tanpa tanggal."),
    Text(
        en="Fill in the day it was held on; without it no election's window is known.",
        id="Isi tanggal pelaksanaannya; tanpa itu tidak jelas untuk pemilihan yang mana.",
    ),
)

WITHOUT_PLACE = Rule(
    "activity_without_place",
    "error",
    Text(en="an activity without a place.", id="kegiatan tanpa wilayah."),
    Text(
        en="Name the area, the district or the code; for the whole city write its name in their "
        "column, such as Kota X or Kabupaten X.",
        id="Isi kelurahan, kecamatan atau kodenya; untuk seluruh kota atau kabupaten, isi namanya "
        "di kolom kecamatan, misalnya Kota X atau Kabupaten X.",
    ),
)

NEGATIVE_REACHED = Rule(
    "negative_reached",
    "error",
    Text(en="people reached below zero.", id="jumlah orang yang dijangkau di bawah nol."),
    Text(
        en="Correct the count; leave the cell blank if it is not known.",
        id="Perbaiki jumlahnya; kosongkan selnya bila tidak diketahui.",
    ),
)

NEGATIVE_COST = Rule(
    "negative_cost", "error", Text(en="a cost below zero.", id="biaya di bawah nol."), _CORRECT
)

ASSUMED_FROM_LOG = Rule(
    "attendance_assumed",
    "warning",
    Text(
        en="{n:count:activity:activities} '{words}' without attendance; {people:count} people each "
        "are assumed, the median of this log's others.",
        id="{n:count} kegiatan '{words}' tidak mencantumkan peserta; diasumsikan masing-masing "
        "{people:count} orang, median kegiatan sejenis dalam catatan ini.",
    ),
    Text(
        en="Fill in the people met where attendance lists tell them.",
        id="Isi jumlah peserta menurut daftar hadirnya.",
    ),
)

ASSUMED = Rule(
    "attendance_assumed",
    "warning",
    Text(
        en="{n:count:activity:activities} '{words}' without attendance; {people:count} people each "
        "are assumed, a round figure set by this software.",
        id="{n:count} kegiatan '{words}' tidak mencantumkan peserta; diasumsikan "
        "masing-masing {people:count} orang, angka bulat yang ditetapkan program ini.",
    ),
    ASSUMED_FROM_LOG.remedy,
)

MEETS_NOBODY = Rule(
    "attendance_assumed",
    "warning",
    Text(
        en="{n:count:activity:activities} '{words}' without people met: media meet nobody, so they "
        "move no forecast.",
        id="{n:count} kegiatan '{words}' tidak mencantumkan jumlah orang: lewat media tidak ada "
        "yang ditemui, jadi tidak memengaruhi prakiraan.",
    ),
    Text(
        en="Leave it so, or fill in how many people were met there.",
        id="Biarkan, atau isi jumlah orang yang ditemui bila ada.",
    ),
)

NOT_PEOPLE = Text(
    en="Write how many people were met, in digits only; clear the cell where that is not known, or "
    "where nobody is met, as by views, listeners or readers.",
    id="Tulis jumlah orang yang ditemui, angka saja; kosongkan selnya bila tidak diketahui, atau "
    "bila tidak ada yang ditemui, misalnya jumlah tayangan, pendengar, atau pembaca.",
)
"""The remedy of an attendance that is no number."""

AUDIENCE = Rule(
    "audience_not_met",
    "warning",
    Text(
        en="{n:count:activity tells:activities tell} people under '{words}' (first: "
        "{people:count}), but media meet nobody: is that the audience?",
        id="{n:count} kegiatan '{words}' mencantumkan jumlah orang (pertama: {people:count}), "
        "padahal lewat media tidak ada yang ditemui: apakah itu jumlah pendengar, penonton, atau "
        "pembaca?",
    ),
    Text(
        en="Clear an audience; a number that stays counts as people met.",
        id="Kosongkan bila ya; jumlah yang dibiarkan dianggap peserta yang ditemui.",
    ),
)

UNMATCHED_PLACE = Rule(
    "unmatched_place",
    "warning",
    Text(
        en="{place} is not in the results, so the activity does not count.",
        id="{place} tidak ada pada tabel hasil, sehingga kegiatan ini tidak dihitung.",
    ),
    Text(
        en="Write code or name as the results do; nothing is matched by guess.",
        id="Tulis kode atau nama seperti pada tabel hasil; program tidak menebaknya.",
    ),
)

AMBIGUOUS_PLACE = Rule(
    "ambiguous_place",
    "warning",
    Text(
        en="{place} is the name of {fits:count} places ({meant}), so the activity does not count.",
        id="{place} adalah nama {fits:count} wilayah ({meant}), sehingga kegiatan ini tidak "
        "dihitung.",
    ),
    Text(en="Name the kecamatan too, or give the code.", id="Sebutkan kecamatannya atau kodenya."),
)

SPELLED = Rule(
    "place_by_spelling",
    "warning",
    Text(
        en="{n:count:place is:places are} written in another way than in the results, and taken "
        "for what fits: {names}.",
        id="{n:count} wilayah ditulis berbeda dari tabel hasil dan dianggap sebagai yang cocok: "
        "{names}.",
    ),
    Text(
        en="If that is wrong, write the names alike or give the area's code.",
        id="Bila keliru, samakan penulisannya atau isi kode wilayahnya.",
    ),
)

ABOVE_ROLL = Rule(
    "reach_above_roll",
    "warning",
    Text(
        en="{reached:count} people reached of {registered:count} registered in {place}.",
        id="{reached:count} orang dijangkau dari {registered:count} pemilih terdaftar di {place}.",
    ),
    Text(
        en="Look for an extra digit, or name the larger place that the people came from.",
        id="Periksa kelebihan angka, atau sebutkan wilayah lebih luas asal pesertanya.",
    ),
)

OUTSIDE_WINDOW = Rule(
    "outside_window",
    "warning",
    Text(
        en="{days:count} days before {contest:contest}, the next election: outside of its "
        "window of "
        f"{WINDOW_DAYS} days.",
        id="{days:count} hari sebelum {contest:contest}, pemilihan berikutnya: di luar rentang "
        f"{WINDOW_DAYS} hari.",
    ),
    Text(
        en="Correct the date if it is wrong; else the activity does not count.",
        id="Perbaiki tanggalnya bila salah; bila tidak, kegiatan ini tidak dihitung.",
    ),
)

AFTER_POLLING_DAY = Rule(
    "after_polling_day",
    "warning",
    Text(
        en="after the last election known here, {contest:contest} on {day:day}.",
        id="setelah pemilihan terakhir yang diketahui, {contest:contest} pada {day:day}.",
    ),
    Text(
        en="Correct the date if it is wrong; else it counts for a later election only.",
        id="Perbaiki tanggalnya bila salah; bila tidak, hanya dihitung untuk pemilihan berikutnya.",
    ),
)


def check_log(draft: Draft) -> list[Finding]:
    """Find what is wrong with activities by themselves; the draft holds a completed log."""
    log = draft.table
    nowhere = log[[*PLACE_COLUMNS, "area_id"]].isna().all(axis=1) & ~meets_nobody(log)
    return [
        *WITHOUT_DATE.at(draft, log.index[log["date"].isna()], "date"),
        *WITHOUT_PLACE.at(draft, log.index[nowhere]),
        *NEGATIVE_REACHED.at(draft, log.index[log["reached"] < 0], "reached"),
        *FRACTIONAL.at(
            draft, log.index[(log["reached"] % 1 > 0) & ~log["reached_assumed"]], "reached"
        ),
        *NEGATIVE_COST.at(draft, log.index[log["cost"] < 0], "cost"),
        *costs_far_off(draft),
        *repeated_activities(draft),
        *_assumptions(draft),
        *_audiences(draft),
    ]


def meets_nobody(log: pd.DataFrame) -> pd.Series[bool]:
    """Return which activities are in media and meet nobody: it does not matter where they are."""
    return _in_media(log) & ~(log["reached"] > 0)


def _in_media(log: pd.DataFrame) -> pd.Series[bool]:
    return (
        log["kind"]
        .map(lambda kind: isinstance(kind, str) and attendance_of(kind) == 0)
        .eq(other=True)
    )


def check_log_places(draft: Draft, placed: pd.DataFrame) -> list[Finding]:
    """Find activities whose place is unknown or doubtful, or too small for their reach.

    Parameters
    ----------
    draft
        The log.
    placed
        What `places.find_places` says of its rows.
    """
    log = draft.table
    places = place_names(log)
    told = log.assign(
        place=places.where(places != "", log["area_id"].fillna("")),
        fits=placed["fits"],
        registered=placed["registered"],
        meant=placed["meant"],
    )
    named = log[[*PLACE_COLUMNS, "area_id"]].notna().any(axis=1)
    scales = [name for name in (*PLACE_COLUMNS[::-1], "area_id") if name in draft.written]
    column = _columns_of_places(draft, scales)
    above = (told["reached"] > told["registered"]) & ~told["reached_assumed"]
    return [
        *_at_places(UNMATCHED_PLACE, draft, told[named & (told["fits"] == 0)], column),
        *_at_places(AMBIGUOUS_PLACE, draft, told[told["fits"] > 1], column),
        *_spelled(draft, told[placed["by_spelling"]], column),
        *ABOVE_ROLL.at(draft, log.index[above], "reached", told),
    ]


def _columns_of_places(draft: Draft, scales: Sequence[str]) -> pd.Series[str]:
    """Return for each row the column in which its place is written: the finest that is filled."""
    columns = pd.Series(scales[0] if scales else "", index=draft.table.index, dtype="object")
    for name in scales[::-1]:
        columns = columns.mask(draft.written[name].astype("str").str.strip() != "", name)
    return columns


def _at_places(
    rule: Rule, draft: Draft, told: pd.DataFrame, column: pd.Series[str]
) -> list[Finding]:
    """Return a finding per row, which points at the cell in which its place is written."""
    return [
        finding
        for row, name in column[told.index].items()
        for finding in rule.at(draft, pd.Index([row]), name or None, told)
    ]


def _spelled(draft: Draft, told: pd.DataFrame, column: pd.Series[str]) -> list[Finding]:
    """Tell once, at the first of them, which places are written in another way."""
    once = told[~told["place"].duplicated()]
    pairs = [f"{one} = {meant}" for one, meant in zip(once["place"], once["meant"], strict=True)]
    names = ", ".join(pairs[:_MOST]) + (", ..." if len(pairs) > _MOST else "")
    first = once.head(1).assign(n=len(once), names=names)
    return _at_places(SPELLED, draft, first, column)


_MOST = 5


def check_log_days(draft: Draft, contests: pd.DataFrame) -> list[Finding]:
    """Find activities outside of every election's window.

    Parameters
    ----------
    draft
        The log.
    contests
        ``day`` and ``contest`` of every election known, one row each.
    """
    log = draft.table[draft.table["date"].notna()]
    days = contests.drop_duplicates("day").sort_values("day", ignore_index=True)
    if days.empty:
        return []
    coming = days["day"].searchsorted(log["date"])
    late = coming == len(days)
    after = log[late].assign(contest=days["contest"].iloc[-1], day=days["day"].iloc[-1])
    rest = log[~late]
    ahead = days.iloc[coming[~late]].set_axis(rest.index)
    rest = rest.assign(contest=ahead["contest"], days=(ahead["day"] - rest["date"]).dt.days)
    far = rest[rest["days"] > WINDOW_DAYS]
    return [
        *OUTSIDE_WINDOW.at(draft, far.index, "date", far),
        *AFTER_POLLING_DAY.at(draft, after.index, "date", after),
    ]


def _audiences(draft: Draft) -> list[Finding]:
    """Ask once per kind of media whether the people that it tells were met."""
    log = draft.table
    told = log[_in_media(log) & (log["reached"] > 0) & ~log["reached_assumed"]]
    first = told[~told["kind"].duplicated()]
    words = draft.written["kind"] if "kind" in draft.written else log["kind"]
    values = first.assign(
        n=first["kind"].map(told["kind"].value_counts()), words=words, people=first["reached"]
    )
    return AUDIENCE.at(draft, first.index, "reached", values)


def _assumptions(draft: Draft) -> list[Finding]:
    """State every assumed attendance once per kind, at its first activity."""
    assumed = draft.table[draft.table["reached_assumed"]]
    kinds = assumed["kind"].fillna("-")
    first = assumed[~kinds.duplicated()]
    told = first.assign(
        n=kinds.map(kinds.value_counts())[first.index],
        words=kinds[first.index],
        people=first["reached"],
    )
    if "kind" in draft.written:
        words = draft.written.loc[first.index, "kind"]
        told["words"] = words.where(words != "", "-")
    own, nobody = told["reached_from_log"], told["reached"] == 0
    return [
        *MEETS_NOBODY.at(draft, told.index[nobody], "reached", told),
        *ASSUMED_FROM_LOG.at(draft, told.index[own & ~nobody], "reached", told),
        *ASSUMED.at(draft, told.index[~own & ~nobody], "reached", told),
    ]
