"""The one way in which commands write a folder: prepared beside it, then put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import turnout
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.files import not_written, refuse_seal, write_json
from turnout.runs.lock import locked
from turnout.runs.owned import RECORD, check_closed, check_ours, digests, files_in
from turnout.runs.place import Place
from turnout.runs.swap import discard, put_in_place, recover


@dataclass
class Stage:
    """A result in the making.

    Parameters
    ----------
    path
        Folder to write into.
    record
        What run.json is to tell beside the list of files.
    """

    path: Path
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What stands in the folder."""
        return sorted(path.name for path in self.path.iterdir())


@contextmanager
def replaced(folder: Path, command: str, inputs: Iterable[Path] = ()) -> Iterator[Stage]:
    """Give an empty stage, which takes the place of `folder` with a run.json when all went well.

    Parameters
    ----------
    folder
        Folder as the user names it; made where it is not there.
    command
        Name of the command, whose earlier results alone are replaced.
    inputs
        Files that the command reads; none may lie in the folder.

    Raises
    ------
    TurnoutError
        As of `put`.
    """
    with put(folder, command, inputs) as path:
        stage = Stage(path)
        yield stage
        _finish(stage.path, command, stage.record)


@contextmanager
def put(folder: Path, command: str, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give an empty stage, which takes the place of `folder` in one step when all went well.

    Enter it before anything is computed: all that can be known against the folder is said then,
    and no other command writes into it meanwhile. When something fails, the folder stays as it
    was and nothing is left beside it; what a killed command has left is put right first.

    Parameters
    ----------
    folder, command, inputs
        As of `replaced`.

    Raises
    ------
    TurnoutError
        If the folder cannot be written, lies in a seal, holds files of others or one of the
        inputs, or another command is writing it.
    """
    place = Place.of(folder)
    refuse_seal(place.folder.parent)
    place.refuse_inputs(inputs)
    check_ours(place.folder, command)
    with _made_above(place.folder), locked(place.lock, folder):
        _recovered(place)
        check_ours(place.folder, command)
        with _staged(place) as path:
            yield path
            _swapped(place)


@contextmanager
def extended(folder: Path, known: Mapping[str, Any], adds: Iterable[str]) -> Iterator[Path]:
    """Give a stage that holds what a run's folder holds, to add to; the user's files stay.

    Parameters
    ----------
    folder
        Folder of a run.
    known
        Its run.json.
    adds
        Names of what is added, in place of what is there by these names.

    Raises
    ------
    TurnoutError
        If the folder cannot be written, lies in a seal, or another command is writing it.
    """
    place = Place.of(folder)
    refuse_seal(place.folder)
    with locked(place.lock, folder):
        _recovered(place)
        with _staged(place) as path:
            before = set(known.get("files", ()))
            _copied(place.folder, path, leave=set(adds) & before)
            standing = set(files_in(path))
            for name in sorted(standing & set(adds)):
                raise TurnoutError(_NOT_OURS, path=str(place.folder / name))
            yield path
            added = set(files_in(path)) - standing
            record = dict(known)
            record["files"] = sorted((before & standing) | added)
            write_json(record, path / RECORD)
            _swapped(place)


def restored(folder: Path) -> None:
    """Bring back a folder that a command, killed between two steps, has left beside its place."""
    with contextlib.suppress(TurnoutError):
        place = Place.of(folder)
        if place.aside.is_dir() and not place.folder.exists():
            with locked(place.lock, folder):
                _recovered(place)


def _finish(path: Path, command: str, record: Mapping[str, Any]) -> None:
    files = [name for name in files_in(path) if name != RECORD]
    told = {"command": command, "turnout": turnout.__version__}
    listed = {"files": files, "sha256": digests(path, files)}
    write_json({**told, **record, **listed}, path / RECORD)


@contextmanager
def _made_above(folder: Path) -> Iterator[None]:
    """Make the folders above; those that were made go again when what follows fails."""
    missing = [above for above in folder.parents if not above.exists()]
    try:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_written(folder, error) from None
        yield
    except BaseException:
        for above in missing:
            with contextlib.suppress(OSError):
                above.rmdir()
        raise


@contextmanager
def _staged(place: Place) -> Iterator[Path]:
    try:
        place.prepare()
        yield place.stage
    except (OSError, TurnoutError) as error:
        raise _told_of(place, error) from None
    finally:
        discard(place.stage)


def _told_of(place: Place, error: OSError | TurnoutError) -> OSError | TurnoutError:
    """Return an error of writing as one of the folder that the user knows, not of the stage."""
    if isinstance(error, OSError):
        of_stage = str(error.filename).startswith(str(place.stage))
        return not_written(place.folder, error) if of_stage else error
    path = str(error.values.get("path", ""))
    if path.startswith(str(place.stage)):
        error.values = {**error.values, "path": path.replace(str(place.stage), str(place.folder))}
        error.args = (error.say("en"),)
    return error


def _recovered(place: Place) -> None:
    try:
        recover(place.stage, place.folder, place.aside)
    except OSError as error:
        raise not_written(place.folder, error) from None


def _swapped(place: Place) -> None:
    try:
        put_in_place(place.stage, place.folder, place.aside)
    except OSError as error:
        check_closed(place.folder)  # names the file that a spreadsheet program has open
        raise not_written(place.folder, error) from None


def _copied(source: Path, target: Path, leave: set[str]) -> None:
    """Bring a folder's files into another: by a second name where the system can, else a copy."""

    def bring(one: str, other: str) -> None:
        if Path(one).relative_to(source).as_posix() in leave:
            return
        try:
            os.link(one, other, follow_symlinks=False)
        except OSError:
            shutil.copy2(one, other, follow_symlinks=False)

    try:
        shutil.copytree(source, target, symlinks=True, copy_function=bring, dirs_exist_ok=True)
        (target / RECORD).unlink(missing_ok=True)
    except (OSError, shutil.Error) as error:
        reason = error if isinstance(error, OSError) else OSError(5, str(error))
        raise not_written(source, reason) from None


_NOT_OURS = Text(
    en="{path} was not written by a command of this program, and your files are not "
    "overwritten. Move or rename the file, then try again.",
    id="{path} bukan hasil perintah program ini, dan berkas Anda tidak akan ditimpa. Pindahkan "
    "atau ganti nama berkas itu, lalu coba lagi.",
)
