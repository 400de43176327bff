"""What can be wrong: findings in files, and the errors that carry them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from turnout.language import Language, Text, listing
from turnout.privacy.numbers import masked
from turnout.surroundings import Setting, Settings
from turnout.understood import UNDERSTOOD


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the user's files a finding was made.

    Parameters
    ----------
    file, sheet
        Name of the file (never its folder) and of the sheet; blank for a DataFrame.
    row
        Row as the user's spreadsheet numbers it (the first line of the file is 1); for a
        DataFrame, its index label.
    column
        The column's header as written in the file.
    value
        The value as written in the file; numbers of persons in it are hidden. A sum of stations
        begins with `SUM_OF_STATIONS`: ``Σ 12: 3282``.
    headed
        Whether `column` is a header of the file; else it is what a title or a name tells.
    """

    file: str = ""
    sheet: str = ""
    row: int | str | None = None
    column: str = ""
    value: str = ""
    headed: bool = field(default=True, compare=False)

    def __post_init__(self) -> None:
        """Hide numbers of persons: a spot is told, and written to rejected.csv."""
        for name in ("sheet", "row", "column", "value"):
            written = getattr(self, name)
            if isinstance(written, str) and (told := masked(written)) is not written:
                object.__setattr__(self, name, told)

    def say(self, lang: Language = "en") -> str:
        """Return the place in words, such as ``results.csv, row 12, column DPT ('x')``."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(_SHEET.say(lang, sheet=self.sheet))
        if self.row is not None:
            parts.append(_ROW.say(lang, row=str(self.row)))
        if self.column:
            told = self.column if self.headed else _UNHEADED.get(self.column, self.column)
            parts.append(_COLUMN.say(lang, column=told))
        told = ", ".join(parts)
        if summed := _SUMMED.fullmatch(self.value):
            n, value = map(int, summed.groups())
            return f"{told} ({_SUM.say(lang, n=n, value=value)})"
        return f"{told} ('{self.value}')" if self.value else told


SUM_OF_STATIONS = "Σ "
"""What a value begins with that is no cell of the file, but the sum of some stations."""

_UNHEADED = {
    "district": Text(en="district", id="kecamatan"),
    "city": Text(en="city", id="kabupaten/kota"),
    "stations_total": Text(en="stations in all", id="jumlah TPS"),
    "stations_counted": Text(en="stations counted", id="TPS masuk"),
}
_SUMMED = re.compile(rf"{SUM_OF_STATIONS}(\d+): (\d+)")
_SUM = Text(
    en="sum of {n:count:station:stations}: {value:count}", id="jumlah {n:count} TPS: {value:count}"
)
_SHEET = Text(en="sheet {sheet}", id="lembar {sheet}")
_ROW = Text(en="row {row}", id="baris {row}")
_COLUMN = Text(en="column {column}", id="kolom {column}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data: what, where, how bad, and what to do about it.

    Parameters
    ----------
    rule
        Short stable name of the rule, such as ``voters_above_registered``.
    severity
        ``error`` stops the run; ``warning`` is kept and reported.
    message, remedy
        What is wrong and what the user can do; templates filled from `values`.
    spot
        Where it was found.
    values
        The figures and names that the texts mention.
    rows
        Where the rows stand that are wrong, if it is told once of several; else that is `spot`.
    """

    rule: str
    severity: Literal["error", "warning"]
    message: Text
    remedy: Text
    spot: Spot = field(default_factory=Spot)
    values: Mapping[str, object] = field(default_factory=dict)
    rows: tuple[Spot, ...] = ()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where all rows stand that are wrong."""
        return self.rows or (self.spot,)

    def say(self, lang: Language = "en") -> str:
        """Return the finding in one line: place, problem, remedy."""
        return f"{self.say_problem(lang)} {self.say_remedy(lang)}"

    def say_problem(self, lang: Language = "en") -> str:
        """Return place and problem, without the remedy."""
        place = self.spot.say(lang)
        told = self.message.say(lang, **_hidden(self.values))
        if place or told[:1] != getattr(self.message, lang)[:1]:  # a name is left as it is written
            return f"{place}: {told}" if place else told
        return told[:1].upper() + told[1:]

    def say_remedy(self, lang: Language = "en") -> str:
        """Return what the user can do."""
        return self.remedy.say(lang, **_hidden(self.values))


def _hidden(values: Mapping[str, object]) -> dict[str, object]:
    """Return what a text mentions with numbers of persons hidden in it."""
    return {name: _masked(value) for name, value in values.items()}


def _masked(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    return [_masked(one) for one in value] if isinstance(value, (list, tuple)) else value


class TurnoutError(ValueError):
    """Something that the user can put right; the command line prints it and exits with 2.

    Parameters
    ----------
    text
        What is wrong and what to do.
    **values
        What the text mentions.
    """

    def __init__(self, text: Text, **values: object) -> None:
        self.text = text
        self.values = _hidden(values)
        super().__init__(text.say("en", **self.values))

    def say(self, lang: Language = "en") -> str:
        """Return the message in language `lang`."""
        return self.text.say(lang, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the error anew: a process that works for another sends it back."""
        return _remade, (type(self), self.args, self.__dict__)


class DataError(TurnoutError):
    """The data cannot be used as they are.

    Parameters
    ----------
    text
        What is wrong and what to do.
    findings
        Every error that was found, not only the first.
    **values
        What the text mentions.
    """

    def __init__(self, text: Text, findings: Sequence[Finding] = (), **values: object) -> None:
        self.findings = tuple(findings)
        super().__init__(text, **values)

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> DataError:
        """Return one error that tells all `findings`, those of one rule together."""
        error = cls(_FINDINGS, findings, n=len(findings))
        error.args = (error.say("en"),)
        return error

    def say(self, lang: Language = "en") -> str:
        """Return the message in language `lang`, followed by what `tell` says of the findings."""
        return "\n".join([super().say(lang), *tell(self.findings, lang)])


_FINDINGS = Text(
    en="{n:count:problem:problems} in the data must be put right first:",
    id="{n:count} masalah pada data harus diperbaiki dahulu:",
)


def tell(findings: Sequence[Finding], lang: Language = "en", most: int = 3) -> list[str]:
    """Say findings rule by rule: the first offenders in full, the others by row, one remedy.

    Parameters
    ----------
    findings
        What was found, in any order; rules are told by `kinds_of_findings`, and those of a kind in
        the order of their first finding.
    lang
        Language.
    most
        How many findings of a rule are told in full.

    Returns
    -------
    list of str
        One paragraph per rule and remedy; those of several findings have several lines.

    Examples
    --------
    >>> late = Text(en="Voted {n:count} days late.", id="Memilih {n:count} hari terlambat.")
    >>> fix = Text(en="Mend the date.", id="Perbaiki tanggalnya.")
    >>> found = [Finding("late", "error", late, fix, Spot("a.csv", row=row), {"n": row})
    ...          for row in (4, 5, 9)]
    >>> print(tell(found, most=1)[0])
    a.csv, row 4: Voted 4 days late.
      and 2 more: rows 5, 9
      Mend the date.
    """
    groups: dict[tuple[str, str, Text], list[Finding]] = {}
    for finding in (one for _, kind in kinds_of_findings(findings) for one in kind):
        told_alike = (finding.rule, finding.spot.file, finding.remedy)
        groups.setdefault(told_alike, []).append(finding)
    return [_tell_rule(group, lang, most) for group in groups.values()]


def kinds_of_findings(findings: Sequence[Finding]) -> list[tuple[Text, list[Finding]]]:
    """Return findings by what they ask for, each kind with its heading: errors first.

    Parameters
    ----------
    findings
        What was found.

    Returns
    -------
    list
        Errors, warnings that ask for something, and those that only tell how a table was
        understood (`UNDERSTOOD`); kinds of which there are none are left out. In each, what is told
        once of a table or of many rows stands before single rows, of which it may be the cause.

    Examples
    --------
    >>> said = Text(en="x", id="x")
    >>> found = [Finding(name, "warning", said, said) for name in ("total_found", "low_turnout")]
    >>> [(head.en, [one.rule for one in kind]) for head, kind in kinds_of_findings(found)][0]
    ('To be looked at:', ['low_turnout'])
    """
    kinds: tuple[list[Finding], list[Finding], list[Finding]] = [], [], []
    for one in findings:
        kinds[0 if one.severity == "error" else 2 if one.rule in UNDERSTOOD else 1].append(one)
    each = zip(_KINDS, kinds, strict=True)
    return [(head, sorted(kind, key=_is_of_a_row)) for head, kind in each if kind]


def _is_of_a_row(finding: Finding) -> bool:
    """Whether a finding is of one row: it may follow from what is told of a table or many rows."""
    return finding.spot.row is not None and len(finding.spots) == 1


_KINDS = (
    Text(en="To be put right:", id="Harus diperbaiki:"),
    Text(en="To be looked at:", id="Perlu diperiksa:"),
    Text(
        en="How the files were understood (nothing to do if that is right):",
        id="Cara berkas dipahami (bila benar, tidak ada yang perlu dilakukan):",
    ),
)


def _tell_rule(group: Sequence[Finding], lang: Language, most: int) -> str:
    first = group[0]
    if len(group) == 1:
        return first.say(lang)
    lines = [finding.say_problem(lang) for finding in group[:most]]
    rest = [finding.spot for finding in group[most:]]
    if rest:
        rows = sorted({spot.row for spot in rest if spot.row is not None}, key=_in_order)
        more = _MORE if not rows else _MORE_ROWS if len(rows) == len(rest) else _MORE_IN_ROWS
        listed = listing(rows, lang, most=20)
        told = more.say(lang, n=len(rest), in_all=len(rows), rows=listed)
        lines.append(f"  {told}")
    lines.append(f"  {_in_one(group).say_remedy(lang)}")
    return "\n".join(lines)


def _in_order(row: int | str) -> tuple[int, str]:
    """Return what rows are sorted by: numbers by their size, before labels."""
    return (row, "") if isinstance(row, int) else (sys.maxsize, row)


def _in_one(group: Sequence[Finding]) -> Finding:
    """Return the first finding of a rule, with what is to be typed for all that need the same."""
    first = group[0]
    each: dict[Setting, None] = {}
    for finding in group if "settings" in first.values else ():
        settings = finding.values.get("settings")
        if isinstance(settings, Settings) and finding.remedy == first.remedy:
            each |= dict.fromkeys(settings.each)
    if len(each) < 2:
        return first
    return replace(first, values={**first.values, "settings": Settings(tuple(each))})


_MORE = Text(en="and {n:count} more", id="dan {n:count} lagi")
_MORE_ROWS = Text(en="and {n:count} more: rows {rows}", id="dan {n:count} lagi: baris {rows}")
_MORE_IN_ROWS = Text(
    en="and {n:count} more, in {in_all:count:row:rows}: {rows}",
    id="dan {n:count} lagi, pada {in_all:count} baris: {rows}",
)


class HistoryError(TurnoutError):
    """There is too little history for what was asked."""


class DataWarning(UserWarning):
    """The data can be used, but something in them deserves a look."""


class FoundWarning(DataWarning):
    """What was found in a table that can be used, in one warning.

    Parameters
    ----------
    text
        How many things deserve a look.
    findings
        What was found.

    Examples
    --------
    >>> text = Text(en="{n:count:thing:things} to look at:", id="{n:count} hal perlu dilihat:")
    >>> FoundWarning(text, ()).say("id")
    '0 hal perlu dilihat:'
    """

    def __init__(self, text: Text, findings: Sequence[Finding]) -> None:
        self.text = text
        self.findings = tuple(findings)
        super().__init__(self.say("en"))

    def say(self, lang: Language = "en") -> str:
        """Return the warning in language `lang`."""
        head = self.text.say(lang, n=len(self.findings))
        return "\n".join([head, *tell(self.findings, lang)])

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the warning anew in another process."""
        return _remade, (type(self), self.args, self.__dict__)


class ToldWarning(DataWarning):
    """A warning that the command line says in the reader's language, once.

    Parameters
    ----------
    text
        What it says.
    **values
        What the text mentions.
    """

    def __init__(self, text: Text, **values: object) -> None:
        super().__init__(text.say("en", **values))
        self.text = text
        self.values = values

    def say(self, lang: Language = "en") -> str:
        """Return the warning in language `lang`."""
        return self.text.say(lang, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the warning anew in another process."""
        return _remade, (type(self), self.args, self.__dict__)


def _remade(
    kind: type[Exception], args: tuple[object, ...], state: Mapping[str, object]
) -> Exception:
    """Make an error without its `__init__`, which takes a text where `args` hold what it says."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
