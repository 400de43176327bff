"""What is said of files on the command line, and the file that keeps it: ``--config``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.reading.hints import Hints

ROLES = ("results", "roll", "crosswalk", "outreach", "counted", "sample", "evidence")
"""What a file can be to a run."""

Columns = Annotated[
    list[str] | None,
    typer.Option("--column"),
    Text(
        en="What a header means: 'Elettori=registered'; of another file than the "
        "results: 'roll:PEMILIH=registered'. May be repeated.",
        id="Arti judul kolom: 'Pemilih tetap=registered'; untuk berkas selain hasil: "
        "'roll:PEMILIH=registered'. Boleh diulang.",
    ),
]
DatesOf = Annotated[
    list[str] | None,
    typer.Option("--date-of"),
    Text(
        en="Polling day that the file does not say, of a year, sheet, file or label: "
        "2018=2018-06-27; of all: 2018-06-27. May be repeated.",
        id="Hari pemungutan suara yang tidak tertulis di berkas, untuk satu tahun, "
        "lembar, berkas, atau label: 2018=2018-06-27; untuk semuanya: 2018-06-27. "
        "Boleh diulang.",
    ),
]
TypesOf = Annotated[
    list[str] | None,
    typer.Option("--type-of"),
    Text(
        en="Type of election that the file does not say, likewise: 2018=pilkada. May be repeated.",
        id="Jenis pemilihan yang tidak tertulis di berkas, dengan cara yang sama: "
        "2018=pilkada. Boleh diulang.",
    ),
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--sheet"),
    Text(en="Sheet to read. May be repeated.", id="Lembar yang dibaca. Boleh diulang."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config"),
    Text(
        en="File that `forecast check --write-config` wrote; options go before it.",
        id="Berkas yang ditulis `forecast check --write-config`; opsi pada baris "
        "perintah didahulukan.",
    ),
]


@dataclass(frozen=True)
class Inputs:
    """The files of a run and what is said of each.

    Parameters
    ----------
    files
        The files, or folders, of each role.
    hints
        What is said of the files of each role.
    election
        Words on the coming election: ``date``, ``type``, ``name``, ``kind`` and ``goal``.
    """

    files: Mapping[str, tuple[Path, ...]]
    hints: Mapping[str, Hints] = field(default_factory=dict)
    election: Mapping[str, Any] = field(default_factory=dict)

    @property
    def paths(self) -> dict[str, Path]:
        """Each file under its role, those of a folder too; further ones of a role are numbered."""
        from turnout.reading.files.sheets import files_of

        return {
            role if number == 1 else f"{role} {number}": path
            for role, given in self.files.items()
            for number, path in enumerate((one for path in given for one in files_of(path)), 1)
        }

    def with_whole_rolls(self, *, told: bool) -> Inputs:
        """Return inputs whose count has the registered of all stations, if that is told.

        Of a file alone, what is said of results is said of it.
        """
        from turnout.reading.hints import NO_HINTS

        role = "counted" if "counted" in self.files else "results"
        hints = self.hints.get(role, NO_HINTS)
        whole = told or hints.whole_rolls
        return replace(self, hints={**self.hints, role: replace(hints, whole_rolls=whole)})

    def require(self, role: str) -> tuple[Path, ...]:
        """Return the files of a role.

        Raises
        ------
        TurnoutError
            If there is none.
        """
        if not self.files.get(role):
            raise TurnoutError(_NO_FILES, role=role)
        return self.files[role]

    def told(self, name: str, given: str | None) -> Any:
        """Return what is given of the coming election, else what the config file says, if any."""
        return given or self.election.get(name)

    def goals(self, given: Sequence[str] | None) -> tuple[str, ...]:
        """Return the goals that are given, else those that the config file says.

        Raises
        ------
        TurnoutError
            If one is no goal, see `turnout.forecast.goal.parse_goal`.
        """
        from turnout.forecast.goal import parse_goal

        told = given or self.election.get("goal") or ()
        goals = tuple(map(str, told if isinstance(told, (list, tuple)) else (told,)))
        for goal in goals:
            parse_goal(goal)
        return goals

    def word(self, name: str, given: str | None) -> str:
        """Return what is given of the coming election, else what the config file says.

        Raises
        ------
        TurnoutError
            If neither says it.
        """
        told = self.told(name, given)
        if not told:
            raise TurnoutError(_NO_WORD, option=f"--{name}")
        return str(told)


def inputs(
    given: Mapping[str, Path | Sequence[Path] | None],
    columns: Sequence[str] | None = None,
    dates: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    sheets: Sequence[str] | None = None,
    config: Path | None = None,
) -> Inputs:
    """Return the files of a run with what the options say; they go before the config file.

    Parameters
    ----------
    given
        The files of each role, as arguments and options name them.
    columns, dates, types, sheets
        The options ``--column``, ``--date-of``, ``--type-of`` and ``--sheet``.
    config
        Path of the config file.

    Raises
    ------
    TurnoutError
        If an option or the config file cannot be understood.
    """
    from turnout.reading.hints import NO_HINTS

    kept = Inputs({}) if config is None else read_config(config)
    files = dict(kept.files)
    for role, paths in given.items():
        if paths:
            files[role] = (paths,) if isinstance(paths, Path) else tuple(paths)
    said = {role: _hints_of(role, columns, dates, types, sheets) for role in ROLES}
    hints = {role: _over(said[role], kept.hints.get(role, NO_HINTS)) for role in ROLES}
    return Inputs(files, {r: one for r, one in hints.items() if one != NO_HINTS}, kept.election)


def _hints_of(
    role: str,
    columns: Sequence[str] | None,
    dates: Sequence[str] | None,
    types: Sequence[str] | None,
    sheets: Sequence[str] | None,
) -> Hints:
    from turnout.reading.hints import Hints

    own_columns = dict(_pairs(columns, role, "--column", "Elettori=registered"))
    return Hints.of(
        own_columns,
        dict(_pairs(dates, role, "--date-of")),
        dict(_pairs(types, role, "--type-of")),
        [value for _, value in _pairs(sheets, role, "--sheet")],
    )


def _pairs(
    told: Sequence[str] | None, role: str, option: str, example: str = ""
) -> Iterable[tuple[str, str]]:
    """Return label and value of each option that speaks of the files of `role`."""
    said: dict[str, str] = {}
    for one in told or ():
        prefix, colon, rest = one.partition(":")
        named = bool(colon) and prefix.strip() in ROLES
        if (prefix.strip() if named else "results") != role:
            continue
        text = rest if named else one
        label, equals, value = ("", "", text) if option == "--sheet" else text.rpartition("=")
        if example and not equals:
            raise TurnoutError(_NO_PAIR, option=option, told=one, example=example)
        label, value = label.strip(), value.strip()
        if option != "--sheet" and said.setdefault(label, value) != value:
            values = {"option": option, "label": label, "one": said[label], "other": value}
            raise TurnoutError(_SAID_TWICE, **values)
        yield label, value


def _over(said: Hints, kept: Hints) -> Hints:
    return replace(
        said,
        columns={**kept.columns, **said.columns},
        dates={**kept.dates, **said.dates},
        types={**kept.types, **said.types},
        written={**kept.written, **said.written},
        whole_rolls=kept.whole_rolls,
        sheets=said.sheets or kept.sheets,
    )


def read_config(path: Path) -> Inputs:
    """Return what a config file keeps; its paths are relative to it.

    Raises
    ------
    TurnoutError
        If it cannot be read, or says something that is not known.
    """
    from turnout.reading.hints import Hints

    try:
        if path.exists() and not path.is_file():
            raise OSError(21, "it is no file")  # a pipe would be waited for without end
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise TurnoutError(_BAD_CONFIG, file=path.name, why=str(error)) from error
    files: dict[str, tuple[Path, ...]] = {}
    hints: dict[str, Hints] = {}
    for role, section in told.items():
        known = _ELECTION if role == "election" else _SECTION
        unknown = sorted(set(section) - set(known)) if isinstance(section, dict) else [role]
        if unknown or role not in (*ROLES, "election"):
            word = unknown[0] if role in (*ROLES, "election") else role
            raise TurnoutError(
                _UNKNOWN_WORD, file=path.name, word=word, known=", ".join((*ROLES, *known))
            )
        if role == "election":
            continue
        files[role] = tuple(path.parent / name for name in section.get("files", ()))
        said = [section.get(name) for name in ("columns", "dates", "types", "sheets")]
        hints[role] = replace(Hints.of(*said), whole_rolls=section.get(_WHOLE_ROLLS) is True)
    return Inputs(
        {r: paths for r, paths in files.items() if paths}, hints, told.get("election", {})
    )


_WHOLE_ROLLS = "registered_of_all_stations"
_SECTION = ("files", "sheets", "columns", "dates", "types", _WHOLE_ROLLS)
_ELECTION = ("date", "type", "name", "kind", "goal")


def config_text(kept: Inputs, folder: Path, lang: Language = "en") -> str:
    """Return the text of a config file that keeps the inputs, with paths relative to `folder`."""
    from turnout.reading.hints import NO_HINTS

    lines = [f"# {_WRITTEN_BY.say(lang)}"]
    election = {name: value for name, value in kept.election.items() if value}
    if election:
        lines += ["", "[election]", *(f"{n} = {_toml(v)}" for n, v in election.items())]
    for role, paths in kept.files.items():
        hints = kept.hints.get(role, NO_HINTS)
        lines += ["", f"[{role}]", f"files = {_toml([_relative(path, folder) for path in paths])}"]
        lines += [f"sheets = {_toml(list(hints.sheets))}"] if hints.sheets else []
        lines += [f"{_WHOLE_ROLLS} = true"] if hints.whole_rolls else []
        days = {label: day.isoformat() for label, day in hints.dates.items()}
        for name, pairs in (("columns", hints.columns), ("dates", days), ("types", hints.types)):
            if pairs:
                lines += ["", f"[{role}.{name}]"]
                lines += [f"{_toml(label)} = {_toml(value)}" for label, value in pairs.items()]
    return "\n".join(lines) + "\n"


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _toml(value: object) -> str:
    """Return a text or a list of texts as TOML writes it."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(s if s.isprintable() else f"\\u{ord(s):04x}" for s in text) + '"'


def with_election(kept: Inputs, **words: object) -> Inputs:
    """Return inputs that also keep words on the coming election."""
    told = {name: value for name, value in words.items() if value}
    return replace(kept, election={**kept.election, **told})


_WRITTEN_BY = Text(
    en="Written by forecast check; paths are relative to this file.",
    id="Ditulis oleh forecast check; letak berkas dihitung dari folder berkas ini.",
)
_NO_FILES = Text(
    en="No file of {role} is named. Name it, or a --config file that does.",
    id="Berkas {role} belum disebutkan. Sebutkan berkasnya, atau berkas --config yang memuatnya.",
)
_NO_WORD = Text(
    en="{option} is missing. Give it, or a --config file with an [election] that says it.",
    id="{option} belum diisi. Isi, atau berikan berkas --config yang memuatnya di [election].",
)
_SAID_TWICE = Text(
    en="{option} tells two things of '{label}': {one} and {other}. Say one of them. Two elections "
    "of one year are told apart by their types, such as '2024 presidential'.",
    id="{option} menyebut dua hal untuk '{label}': {one} dan {other}. Sebutkan satu saja. Dua "
    "pemilihan pada tahun yang sama dibedakan dengan jenisnya, misalnya '2024 pilpres'.",
)
_NO_PAIR = Text(
    en="{option} '{told}' has no '='. Write it as {option} \"{example}\".",
    id="{option} '{told}' tidak memuat '='. Tulis sebagai {option} \"{example}\".",
)
_BAD_CONFIG = Text(
    en="The config file {file} cannot be read ({why}). Write it with forecast check FILE "
    "--write-config {file}.",
    id="Berkas config {file} tidak dapat dibaca ({why}). Tulis dengan forecast check BERKAS "
    "--write-config {file}.",
)
_UNKNOWN_WORD = Text(
    en="The config file {file} says '{word}', which is not known. Known are: {known}.",
    id="Berkas config {file} memuat '{word}' yang tidak dikenal. Yang dikenal: {known}.",
)
