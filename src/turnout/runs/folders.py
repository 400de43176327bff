"""Folders that a command may write into."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from turnout.errors import TurnoutError
from turnout.language import Text


def check_own(folder: Path, names: Collection[str]) -> None:
    """Refuse a folder that holds anything but files of `names`, which a command wrote before.

    Raises
    ------
    TurnoutError
        If it is no folder, or something else is in it.
    """
    if folder.exists() and not folder.is_dir():
        raise TurnoutError(_NOT_A_FOLDER, folder=str(folder))
    others = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in others if name not in names]
    if others:
        raise TurnoutError(_NOT_OURS, folder=str(folder), names=others)


_NOT_A_FOLDER = Text(
    en="{folder} is a file, not a folder. Name another folder with --out.",
    id="{folder} adalah berkas, bukan folder. Sebutkan folder lain dengan --out.",
)
_NOT_OURS = Text(
    en="The folder {folder} holds other files ({names:list3}), and nothing of yours is "
    "overwritten. Name another folder with --out.",
    id="Folder {folder} berisi berkas lain ({names:list3}), dan berkas Anda tidak akan ditimpa. "
    "Sebutkan folder lain dengan --out.",
)
