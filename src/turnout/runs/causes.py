"""Why two runs differ, as far as their run.json show it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from turnout.forecast import Note
from turnout.language import LANGUAGES, Language, Text, count, day, percent

Kind = Literal[
    "election", "what_if", "data", "roll", "count", "outreach", "evidence", "model", "version",
    "seed", "goal",
]  # fmt: skip
Record = Mapping[str, Any]
File = Mapping[str, str]

KINDS: dict[Kind, Text] = {
    "election": Text(en="election", id="pemilihan"),
    "what_if": Text(en="what-if", id="pengandaian"),
    "data": Text(en="data", id="data"),
    "roll": Text(en="roll", id="daftar pemilih"),
    "count": Text(en="count", id="hasil hitung"),
    "outreach": Text(en="outreach", id="sosialisasi"),
    "evidence": Text(en="outside evidence", id="bukti luar"),
    "model": Text(en="model", id="model"),
    "version": Text(en="version", id="versi"),
    "seed": Text(en="simulation", id="simulasi"),
    "goal": Text(en="goal", id="target"),
}
"""Causes as people read them, in the order in which they are told."""

# What a file of each role is a cause of; results, the crosswalk and others are data.
_OF_ROLE: dict[str, Kind] = {
    "roll": "roll",
    "counted": "count",
    "sample": "count",
    "outreach": "outreach",
    "evidence": "evidence",
}


def causes_of(old: Record, new: Record) -> list[tuple[Kind, Note]]:
    """Return what differs between the run.json of two runs, cause by cause.

    Parameters
    ----------
    old, new
        Their records. What one of them does not tell is no difference.

    Returns
    -------
    list
        Kind of the cause and what is said of it, in the order of `KINDS`.

    Examples
    --------
    >>> base = {"model": "HierarchicalModel", "seed": 1, "draws": 4000, "inputs": []}
    >>> [(kind, note.say()) for kind, note in causes_of(base, {**base, "seed": 2})]
    [('seed', 'random seed 1; now 2')]
    """
    found = [*_of_what_ifs(old, new), *_of_settings(old, new), *_of_inputs(old, new)]
    order = list(KINDS)
    return sorted(found, key=lambda cause: order.index(cause[0]))


def say_cause(cause: tuple[Kind, Note], lang: Language) -> str:
    """Return a cause in words."""
    kind, note = cause
    said, told = KINDS[kind].say(lang), note.say(lang)
    told = told.removeprefix(f"{said} ")
    return f"{said[:1].upper()}{said[1:]}: {told}"


_SETTINGS: tuple[tuple[Kind, tuple[str, ...], Text], ...] = (
    ("election", ("election", "date"), Text(en="polling day", id="hari pemungutan suara")),
    ("election", ("election", "election_type"), Text(en="type", id="jenis")),
    ("election", ("election", "kind"), Text(en="kind of office", id="jenis jabatan")),
    ("model", ("model",), Text(en="model", id="model")),
    ("model", ("prior",), Text(en="prior", id="prior")),
    ("model", ("covariates",), Text(en="covariates", id="kovariat")),
    ("seed", ("seed",), Text(en="random seed", id="bilangan acak awal (seed)")),
    ("seed", ("draws",), Text(en="number of draws", id="jumlah simulasi")),
    ("version", ("turnout",), Text(en="library turnout", id="pustaka turnout")),
    ("version", ("python",), Text(en="language Python", id="bahasa Python")),
    ("version", ("libraries",), Text(en="libraries", id="pustaka")),
    ("goal", ("goals",), Text(en="goals", id="target")),
    ("goal", ("levels",), Text(en="levels of the intervals", id="tingkat kepercayaan rentang")),
)

_UNSAID = {
    ("election", "kind"): Text(
        en="the kind of office that the type tells", id="jenis jabatan menurut jenis pemilihannya"
    ),
    ("prior",): Text(en="the default prior", id="prior bawaan"),
}
"""What holds where a setting was not given."""

_MISSING = object()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_WHAT_IF = Text(
    en="{old}, now {new}; a what-if is no forecast",
    id="{old}, kini {new}; pengandaian bukan prakiraan",
)
_NOTHING = {"en": "nothing supposed", "id": "tanpa pengandaian"}


def _of_what_ifs(old: Record, new: Record) -> Iterator[tuple[Kind, Note]]:
    both = [record.get("what_if") or [_NOTHING] for record in (old, new)]
    if both[0] == both[1]:
        return

    def said(lang: Language) -> str:
        words = ["; ".join(one[lang] for one in supposed) for supposed in both]
        return _literal(_WHAT_IF.say(lang, old=words[0], new=words[1]))

    yield "what_if", Note(Text(en=said("en"), id=said("id")))


def _of_settings(old: Record, new: Record) -> Iterator[tuple[Kind, Note]]:
    for kind, path, name in _SETTINGS:
        before, after = _at(old, path), _at(new, path)
        if before is _MISSING or after is _MISSING or before == after:
            continue
        unsaid = _UNSAID.get(path)
        if path == ("draws",):
            before, after = (Text(*(count(n, lang) for lang in LANGUAGES)) for n in (before, after))
        en, own = (_stated(name, unsaid, (before, after), lang) for lang in ("en", "id"))
        told = f"{en[0]}; now {en[1]}", f"{own[0]}; kini {own[1]}"
        yield kind, Note(Text(*(_literal(one) for one in told)))
    rows = [len(record.get("left_out", {}).get("with_errors", ())) for record in (old, new)]
    if rows[0] != rows[1]:
        yield "data", Note(_LEFT_OUT, {"old": rows[0], "new": rows[1]})


def _stated(
    name: Text, unsaid: Text | None, values: Sequence[Any], lang: Language
) -> tuple[str, ...]:
    """Return the values of a setting in words, the first behind its name."""
    words = [
        unsaid.say(lang) if unsaid and value is None else _written(value, lang) for value in values
    ]
    if unsaid is None or values[0] is not None:
        words[0] = f"{name.say(lang)} {words[0]}"
    return tuple(words)


def _at(record: Record, path: tuple[str, ...]) -> Any:
    value: Any = record
    for name in path:
        value = value.get(name, _MISSING) if isinstance(value, Mapping) else _MISSING
    return value


def _literal(told: str) -> str:
    """Return words as a text that has no fields."""
    return told.replace("{", "{{").replace("}", "}}")


def _written(value: Any, lang: Language) -> str:
    """Return a setting in words; lists of numbers are goals and levels, which are shares."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return day(dt.date.fromisoformat(value), lang)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    if isinstance(value, list):
        words = [percent(one, lang) if isinstance(one, float) else f"{one}" for one in value]
        return ", ".join(words) or "-"
    if isinstance(value, Text):
        return value.say(lang)
    return "-" if value is None else str(value)


def _of_inputs(old: Record, new: Record) -> Iterator[tuple[Kind, Note]]:
    if "inputs" not in old or "inputs" not in new:
        yield "data", Note(_NOT_TOLD)
        return
    before, after = _files(old), _files(new)
    roles = sorted({*before, *after})
    counts = _of_counts(old, new)
    if counts is not None:
        if any(_digests(before, role) != _digests(after, role) for role in _COUNTS):
            yield "count", counts
        roles = [role for role in roles if role not in _COUNTS]
    past = any(_past_activities(record) for record in (old, new))
    for role in roles:
        kind = _OF_ROLE.get(role, "data")
        for was, now in _differing(before.get(role, ()), after.get(role, ())):
            yield kind, _of_file(kind, was, now, past=past)


def _differing(
    before: Iterable[File], after: Iterable[File]
) -> Iterator[tuple[File | None, File | None]]:
    """Return the files of one role that differ, each beside the one of its name in the other run.

    A file is known by its content first, then by its name: the order in which files are given, and
    a new name, change nothing.
    """
    left, rest = list(before), []
    for now in after:
        same = next((was for was in left if was["sha256"] == now["sha256"]), None)
        if same is None:
            rest.append(now)
        else:
            left.remove(same)
    for now in rest:
        was = next((one for one in left if one["file"] == now["file"]), None)
        if was is not None:
            left.remove(was)
        yield was, now
    yield from ((was, None) for was in left)


_COUNTS = ("counted", "sample")
"""Roles of files of a count, which are told together by what has come in."""


def _digests(files: Mapping[str, Sequence[File]], role: str) -> list[str]:
    return sorted(one["sha256"] for one in files.get(role, ()))


def _of_counts(old: Record, new: Record) -> Note | None:
    """Return what had come in of a count, then and now; None where neither run tells it."""
    before, after = old.get("counted"), new.get("counted")
    if before is None and after is None:
        return None
    if before == after:
        return Note(_CORRECTED)
    en, own = (
        _NOW.say(lang, **{"old": _came_in(before, lang), "new": _came_in(after, lang)})
        for lang in ("en", "id")
    )
    return Note(Text(en=_literal(en), id=_literal(own)))


def _came_in(counted: Mapping[str, float] | None, lang: Language) -> str:
    if counted is None:
        return _NO_COUNT.say(lang)
    text = _CAME_IN if counted["all_stations"] is None else _CAME_IN_STATIONS
    return text.say(lang, **counted)


def changed_files(old: Record, new: Record) -> list[tuple[str, str, str]]:
    """Return the input files that differ, each with its digest in either run; "" where not in it.

    Parameters
    ----------
    old, new
        Their records.

    Examples
    --------
    >>> file = {"role": "roll", "file": "roll.csv", "sha256": "a1"}
    >>> changed_files({"inputs": [file]}, {"inputs": [{**file, "sha256": "b2"}]})
    [('roll.csv', 'a1', 'b2')]
    """
    if "inputs" not in old or "inputs" not in new:
        return []
    before, after = _files(old), _files(new)
    pairs = [
        pair
        for role in sorted({*before, *after})
        for pair in _differing(before.get(role, ()), after.get(role, ()))
    ]
    return [
        (
            str((now or was or {})["file"]),
            was["sha256"] if was else "",
            now["sha256"] if now else "",
        )
        for was, now in pairs
    ]


def _past_activities(record: Record) -> bool:
    """Whether a run's log has activities before past contests; of older runs it is not known."""
    inputs = {one["role"] for one in record["inputs"]}
    unknown = {"past": 1} if "outreach" in inputs else {}
    return bool(record.get("activities", unknown).get("past", 0))


def _of_file(kind: Kind, was: File | None, now: File | None, *, past: bool) -> Note:
    """Return what is said of a file; of a log with past activities also why these count."""
    text = _CHANGED if was and now else _ADDED if now else _REMOVED
    values = {"file": (now or was or {})["file"]}
    if kind == "outreach" and past:
        why = _OF_THE_PAST
        text = Text(en=f"{text.en}; {why.en}", id=f"{text.id}; {why.id}")
    return Note(text, values)


def _files(record: Record) -> dict[str, list[File]]:
    """Return the input files by role, several of which are numbered in records."""
    files: dict[str, list[File]] = {}
    for one in record["inputs"]:
        files.setdefault(one["role"].split(" ")[0], []).append(one)
    return files


_CHANGED = Text(en="another content: {file}", id="isi berkas berubah: {file}")
_ADDED = Text(en="{file} is new", id="{file} kini ikut dipakai")
_REMOVED = Text(en="{file} is no longer used", id="{file} tidak dipakai lagi")
_OF_THE_PAST = Text(
    en="activities before past contests move a place's forecast too: what they are thought to have "
    "done then is taken out of its past",
    id="kegiatan lama juga berpengaruh: perkiraan dampaknya dikurangkan dari hasil pemilihan saat "
    "itu",
)
_NOW = Text(en="{old}; now {new}", id="{old}; kini {new}")
_CORRECTED = Text(
    en="as many places and stations have come in, with other figures",
    id="wilayah dan TPS yang masuk sama banyak, tetapi angkanya berubah",
)
_NO_COUNT = Text(en="nothing had come in", id="belum ada yang masuk")
_CAME_IN = Text(
    en="{places:count} of {all_places:count:place:places} in ({share:percent})",
    id="{places:count} dari {all_places:count} wilayah masuk ({share:percent})",
)
_CAME_IN_STATIONS = Text(
    en="{places:count} of {all_places:count:place:places} and {stations:count} of "
    "{all_stations:count:station:stations} in ({share:percent})",
    id="{places:count} dari {all_places:count} wilayah dan {stations:count} dari "
    "{all_stations:count} TPS masuk ({share:percent})",
)
_LEFT_OUT = Text(
    en="rows with errors that were left out: {old:count}, now {new:count}",
    id="baris bermasalah yang tidak dipakai: {old:count}, kini {new:count}",
)
_NOT_TOLD = Text(
    en="one of the runs does not tell its inputs, so whether they differ cannot be seen",
    id="salah satu prakiraan tidak mencatat masukannya, jadi tidak dapat dilihat apakah berbeda",
)
