"""Columns of a log that count something without saying what, such as *Jumlah*."""

from __future__ import annotations

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.headers.plain import without_noise, words
from turnout.reading.values.numerals import holds_number
from turnout.rules.draft import Draft
from turnout.surroundings import Setting


def tell_of_bare_counts(draft: Draft) -> list[Finding]:
    """Return a warning for a column such as *Jumlah* in a log that has none of the people met.

    It may count people, activities or rupiah: which of them is the user's to say.

    Parameters
    ----------
    draft
        The log's rows as they were read.
    """
    if "reached" in draft.written or draft.table.empty:
        return []
    first = draft.origin.iloc[0]
    return [
        Finding(
            "bare_count",
            "warning",
            _OF_WHAT,
            _SAY,
            Spot(str(first["file"]), str(first["sheet"]), column=str(name)),
            {"setting": Setting("columns", str(name), "reached", OUTREACH.role)},
        )
        for name in draft.written
        if not without_noise(words(str(name))) and holds_number(draft.written[name])
    ]


_OF_WHAT = Text(
    en="the header does not say what is counted, and no other column holds the people met; it is "
    "not used.",
    id="judul kolom ini tidak menyebut jumlah apa, dan tidak ada kolom lain yang memuat peserta; "
    "kolom ini tidak dipakai.",
)
_SAY = Text(
    en="If it is the people met, say so: {setting}.",
    id="Bila isinya jumlah peserta, sebutkan: {setting}.",
)
