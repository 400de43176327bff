"""What the lines above a table, and the name of its sheet, tell of all its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from turnout.elections import group_of_type
from turnout.identity.kinds import kind_of_place, says_total
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.match import understand
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Told


def read_preamble(
    grid: Grid, lines: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> dict[str, Told]:
    """Return what the lines above a table, and the sheet's name, tell of its rows.

    Lines such as *Kecamatan : Jelutung* or *Tanggal: 27 November 2024* tell a column. A title tells
    its election's type, and a day only beside a type: other days in titles are those of meetings
    and decrees. The name of a sheet, or a line, that is a place's and says so tells the place, as
    *Kab. Bungo* does.
    """
    told: dict[str, Told] = {}
    titles: list[Told] = [Told(grid.sheet, grid.sheet)] if grid.sheet else []
    for number, line in zip(grid.cells.index, lines, strict=False):
        texts = list(dict.fromkeys(text for text in line if text))
        if not texts:
            continue
        pair = _pair(texts, vocabulary)
        if pair is not None:
            told.setdefault(pair[0], Told(pair[2], pair[1], number))
        else:
            titles.append(Told(" ".join(texts), " ".join(texts), number))
    known = set(vocabulary.names)
    for title in titles[::-1]:
        if scale := _place_alone(str(title.value)):
            told.setdefault(scale, title)
    for name, title in _title_contest(titles).items():
        if name in known:
            told.setdefault(name, title)
    return told


def _pair(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """Return column, label and value of a line such as *Kecamatan : Jelutung*."""
    label, colon, value = " ".join(texts).partition(":")
    if not colon and len(texts) == 2:
        label, value = texts
    header = understand(label, vocabulary)
    if header.meaning != "column" or not value.strip():
        return None
    name = header.names[0]
    single = vocabulary.kind(name) in ("name", "date", "code")
    return (name, label.strip(), value.strip(" :")) if single else None


def _place_alone(title: str) -> str | None:
    """Return the scale of a title that is the name of one place and says its kind."""
    kind = kind_of_place(title)
    single = len(title.split()) <= _LONGEST_NAME and not any(sign.isdigit() for sign in title)
    silent = find_contest(title)[0].silent and not says_total(title)
    return kind[0] if kind is not None and single and silent else None


_LONGEST_NAME = 5


def _title_contest(titles: Sequence[Told]) -> dict[str, Told]:
    """Return day and type of the one election that the titles speak of.

    A family and one of its types are the same election: *Pilkada 2018*, *Pemilihan Bupati*.
    """
    days: dict[dt.date, Told] = {}
    kinds: dict[str, Told] = {}
    for title in titles:
        contest, _ = find_contest(str(title.value))
        if not contest.election_type:
            continue
        kinds.setdefault(contest.election_type, title)
        if contest.date is not None:
            days.setdefault(contest.date, title)
    families = {group_of_type(kind) for kind in kinds if group_of_type(kind) != kind}
    kinds = {kind: title for kind, title in kinds.items() if kind not in families}
    found: dict[str, Told] = {}
    for name, values in (("date", days), ("election_type", kinds)):
        if len(values) == 1:
            value, title = next(iter(values.items()))
            found[name] = Told(value, title.label, title.row, in_title=True)
    return found
