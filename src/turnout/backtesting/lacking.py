"""Places of a forecast that have no result, or one of some of their parts, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from turnout.escaping import label
from turnout.language import Language, Text
from turnout.schema import SCALE_WORDS, SCALES

if TYPE_CHECKING:
    import pandas as pd

    from turnout.backtesting.evaluation import Evaluation


def say_missing(evaluation: Evaluation, scale: str, lang: Language) -> list[str]:
    """Tell the places of a scale that have no result, and those that have one of some parts."""
    rows = evaluation.without[evaluation.without["scale"] == scale].to_dict("records")
    parts = _parts(evaluation, scale, rows)
    finest = list(evaluation.missing)[-1]
    words = {"scale": SCALE_WORDS[scale].say(lang), "parts": SCALE_WORDS[finest].say(lang)}
    none = [path_of(row) or scale for row, (known, _) in zip(rows, parts, strict=True) if not known]
    some = [
        _SOME_PARTS.say(lang, place=path_of(row) or scale, known=known, of=of, parts=words["parts"])
        for row, (known, of) in zip(rows, parts, strict=True)
        if known
    ]
    told = [_MISSING.say(lang, n=len(none), who=none, **words)] if none else []
    return [*told, *([_INCOMPLETE.say(lang, n=len(some), who=some, **words)] if some else [])]


def _parts(
    evaluation: Evaluation, scale: str, rows: Sequence[Mapping[Hashable, Any]]
) -> list[tuple[int, int]]:
    """Return of each row's place how many of its finest places have a result, and how many it has.

    None where the places of the scale are the finest themselves.
    """
    finest = list(evaluation.missing)[-1]
    if scale == finest:
        return [(0, 0)] * len(rows)
    names = list(SCALES[SCALES.index(scale) :]) if scale in SCALES else []
    first = evaluation.places["level"] == evaluation.places["level"].iloc[0]
    known, lacking = (
        Counter(
            _texts(table.loc[table["scale"] == finest, names]).itertuples(index=False, name=None)
        )
        for table in (evaluation.places[first], evaluation.without)
    )
    keys = [tuple(str(row[n]) if isinstance(row[n], str) else "" for n in names) for row in rows]
    return [(known[key], known[key] + lacking[key]) for key in keys]


def path_of(row: Mapping[Hashable, Any]) -> str:
    """Return the name of a row's place, and of the one above it."""
    names = [str(row[one]) for one in SCALES if isinstance(row.get(one), str)]
    return label(f"{names[0]} ({names[1]})" if len(names) > 1 else "".join(names))


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return names as texts, blank where there is none."""
    return table.astype("object").where(table.notna(), "")


_MISSING = Text(
    en="No result was given for {n:count:place:places} ({scale}): {who:list}.",
    id="Tidak ada hasil untuk {n:count} wilayah ({scale}): {who:list}.",
)
_INCOMPLETE = Text(
    en="The result is not complete for {n:count:place:places} ({scale}): {who:list}.",
    id="Hasil belum lengkap untuk {n:count} wilayah ({scale}): {who:list}.",
)
_SOME_PARTS = Text(
    en="{place} {known:count} of {of:count} ({parts})",
    id="{place} {known:count} dari {of:count} {parts}",
)
