"""Evidence from outside: estimates of turnout with their errors, and what they said before."""

from __future__ import annotations

import pandas as pd

from turnout.errors import DataError
from turnout.evidence import BIAS, Evidence, EvidenceKind
from turnout.language import Text
from turnout.part_day import CLOSES, OPENS, PartDay, Report, read_clock
from turnout.reading.draft_file import draft_table
from turnout.reading.evidence_rules import as_shares, check_evidence
from turnout.reading.files.sheets import Sources
from turnout.reading.headers.vocabulary import KnownColumn, Vocabulary
from turnout.reading.reading import Reading, conclude
from turnout.schema import scale_of

EVIDENCE = Vocabulary(
    role="evidence",
    columns=(
        KnownColumn("scale", "name", "tingkat | level"),
        KnownColumn("place", "name", "tempat | wilayah | lokasi | area | district | city"),
        KnownColumn("said", "share", "turnout | partisipasi | tingkat partisipasi | estimate"),
        KnownColumn("error", "share", "galat | standard error | se | kesalahan | margin"),
        KnownColumn("source", "name", "sumber | lembaga | pollster"),
        KnownColumn("kind", "name", "jenis | jenis bukti"),
        KnownColumn(
            "actual", "share", "hasil | kenyataan | result | outcome | partisipasi sebenarnya"
        ),
        KnownColumn("time", "name", "jam | pukul | waktu | hour"),
        KnownColumn("election", "name", "pemilihan | tanggal | date | hari"),
        KnownColumn("opens", "name", "buka | jam buka"),
        KnownColumn("closes", "name", "tutup | jam tutup"),
        KnownColumn("note", "name", "catatan | keterangan | ket | notes"),
    ),
    needed=(("said",), ("error", "time")),
    questions={},
)

_KINDS = {
    "survey": "intention",
    "survei": "intention",
    "poll": "intention",
    "niat": "intention",
    "ahli": "expert",
    "pakar": "expert",
    "prakiraan": "forecast",
    "lain": "other",
    "lainnya": "other",
    "": "other",
}
_WHOLE = ("total", "whole", "keseluruhan")


def load_evidence(source: Sources) -> Reading:
    """Read estimates of turnout from outside.

    Parameters
    ----------
    source
        Path of a file or a DataFrame, a row per estimate: ``turnout`` and ``error`` (its standard
        error; both as shares or percent), ``place`` and ``scale`` (the whole where blank),
        ``source`` and ``kind`` (intention, expert, forecast, other, or stated to be taken at its
        word). Rows with ``actual``, what came, are the record of their source. Rows with a ``time``
        (10:00) are turnout by that hour of polling day and need no error; those with ``actual``
        are of past days, told apart by ``election``; ``opens`` and ``closes`` are polling hours.

    Returns
    -------
    Reading
        Its table has all columns of `EVIDENCE`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = draft_table(source, EVIDENCE)
    return conclude(draft, check_evidence(draft), _canonical)


def _canonical(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every column; percentages become shares."""
    full = table.reindex(columns=list(EVIDENCE.names)).reset_index(drop=True)
    for name, most in (("said", 1.0), ("actual", 1.0), ("error", 0.5)):
        full[name] = as_shares(full[name], most)
    return full


def evidence_of(table: pd.DataFrame) -> list[Evidence | PartDay]:
    """Return the evidence of a table of `load_evidence`, each with the record of its source.

    Examples
    --------
    >>> table = pd.DataFrame({"turnout": ["85%", "88%"], "error": [0.02, 0.02],
    ...                       "source": "Survei", "kind": "survei", "actual": [None, "72%"]})
    >>> [one] = evidence_of(load_evidence(table).table)
    >>> one.kind, one.record, [round(x, 2) for x in one.weighed()]
    ('intention', ((0.88, 0.72),), [0.69, 0.05])
    """
    by_hour = table["time"].notna()
    found: list[Evidence | PartDay] = [*_part_days(table[by_hour])]
    table = table[~by_hour]
    texts = table[["scale", "place", "source", "kind"]].astype("object")
    texts = texts.where(texts.notna(), "")
    past = table["actual"].notna()
    for row in table.index[~past]:
        scale, place, source, kind = (str(value).strip() for value in texts.loc[row])
        same = past & (texts["source"] == source) & (source != "")
        record = table.loc[same, ["said", "actual"]].to_numpy(float)
        found.append(
            Evidence(
                float(table.loc[row, "said"]),
                float(table.loc[row, "error"]),
                _scale(scale),
                "" if place.casefold() in _WHOLE else place,
                _kind(kind),
                source,
                tuple((float(said), float(came)) for said, came in record),
            )
        )
    if not found:
        raise DataError(_ALL_PAST)
    return found


def _part_days(table: pd.DataFrame) -> list[PartDay]:
    """Return turnout by every hour, with what past days had by it."""
    clocks = table["time"].map(read_clock)
    texts = table[["scale", "place", "election", "opens", "closes"]].astype("object")
    texts = texts.where(texts.notna(), "").map(lambda text: str(text).strip())
    past = table["actual"].notna()
    found = []
    for time in sorted(clocks[~past].unique()):
        rows, earlier = table[~past & (clocks == time)], table[past & (clocks == time)]
        reports = tuple(
            Report(float(said), "" if place.casefold() in _WHOLE else place, _scale(scale))
            for said, place, scale in zip(
                rows["said"],
                texts.loc[rows.index, "place"],
                texts.loc[rows.index, "scale"],
                strict=True,
            )
        )
        # Rows that do not say which day they are of are taken for those of a single one.
        days = texts.loc[earlier.index, "election"]
        record = zip(days, earlier["said"].astype(float), earlier["actual"], strict=True)
        hours = [
            next((read_clock(text) for text in texts.loc[rows.index, name] if text), usual)
            for name, usual in (("opens", OPENS), ("closes", CLOSES))
        ]
        told = tuple((str(day), float(said), float(came)) for day, said, came in record)
        found.append(PartDay(time, reports, told, *hours))
    return found


def _kind(written: str) -> EvidenceKind:
    word = written.casefold()
    word = _KINDS.get(word, word)
    known: dict[str, EvidenceKind] = {
        "stated": "stated",
        "intention": "intention",
        "expert": "expert",
        "forecast": "forecast",
        "other": "other",
    }
    if word not in known:
        raise DataError(_NO_KIND, kind=written, known=", ".join(["stated", *BIAS]))
    return known[word]


def _scale(written: str) -> str:
    scale = scale_of(written)
    return "" if scale == "total" or not written else scale


_NO_KIND = Text(
    en="'{kind}' is no kind of evidence. Write one of: {known}.",
    id="'{kind}' bukan jenis bukti luar. Tulis salah satu dari: {known}.",
)
_ALL_PAST = Text(
    en="Every row of the evidence has an actual turnout: nothing is said of the coming election. "
    "Leave 'actual' blank where it is still to come.",
    id="Semua baris bukti luar sudah memuat hasil sebenarnya: tidak ada yang tentang pemilihan "
    "mendatang. Kosongkan 'actual' untuk yang belum terjadi.",
)
