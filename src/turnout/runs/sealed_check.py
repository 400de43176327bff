"""Check this sealed forecast: python3 check.py [--digest PUBLISHED] [--inputs FILE ...].

It needs Python 3.10 alone, and says what is not as it was sealed. Exit code 0: all is; 1: not.
"""
# ruff: noqa: T201 - it prints for itself: where it runs there is no turnout

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Say = Callable[..., str]

SEAL = "seal.json"
# Left by file browsers wherever they look; no one's work.
JUNK = (".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini")


class Broken(Exception):
    """A file without which nothing can be said; in both languages, for words.json may lack."""

    def __init__(self, name: str, *, missing: bool) -> None:
        en, of_id = ("is missing", "hilang") if missing else ("cannot be read", "tidak terbaca")
        super().__init__(f"SEAL BROKEN: {name} {en}. / SEGEL RUSAK: {name} {of_id}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program in its folder."""
    return run(Path(__file__).resolve().parent, asked(arguments))


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what is asked on the command line."""
    parser = argparse.ArgumentParser(prog="check.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--digest", help="code of the seal that was published / sidik digital segel yang diumumkan"
    )
    parser.add_argument("--inputs", nargs="*", default=[], help="input files / berkas masukan")
    parser.add_argument("--lang", choices=("en", "id"), help="[as sealed / seperti saat disegel]")
    return parser.parse_args(arguments)


def run(folder: Path, said: argparse.Namespace) -> int:
    """Check a folder and print what is not as it was sealed; returns the exit code."""
    try:
        say = speaker(folder, said.lang)
        changes = list(differences(folder, said.digest, said.inputs))
        lines = [say("digest", digest=sha256(folder / SEAL))]
        lines += [say(key, **values) for key, values in changes]
        lines.append(say("broken" if changes else "whole"))
    except Broken as error:
        print(error)
        return 1
    print("\n".join(lines))
    return int(bool(changes))


def differences(
    folder: Path, published: str | None, inputs: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tell what is not as it was sealed, and which given inputs were not those of the run."""
    own = sha256(folder / SEAL)
    if published and published.strip().lower() != own:
        yield "other_digest", {"published": published, "digest": own}
    seal = manifest(folder)
    for name, sealed in seal["files"].items():
        now = sha256(folder / name)
        if now != sealed:
            key = "file_changed" if now else "file_missing"
            yield key, {"name": name, "sealed": sealed, "now": now}
    there = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    names = [path.relative_to(folder).as_posix() for path in there if path.name not in JUNK]
    sealed_names = {SEAL, *seal["files"]}
    yield from (("file_added", {"name": name}) for name in names if name not in sealed_names)
    known = {one["sha256"] for one in seal["inputs"]}
    for path in (one for given in inputs for one in _files_of(Path(given))):
        if sha256(path) not in known:
            yield "other_input", {"name": str(path)}


def _files_of(path: Path) -> list[Path]:
    """Return the files of a folder that is given as an input, without hidden ones; else itself."""
    if not path.is_dir():
        return [path]
    names = sorted(one for one in path.iterdir() if one.is_file())
    return [one for one in names if not one.name.startswith((".", "~$")) and one.name not in JUNK]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, as ``sha256sum`` tells it; blank where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def manifest(folder: Path) -> dict[str, Any]:
    """Read seal.json: the digests of the files and of the inputs, and the language."""
    seal = record(folder, SEAL)
    files, inputs = seal.get("files"), seal.get("inputs")
    fits = isinstance(files, dict) and all(isinstance(one, str) for one in files.values())
    fits = fits and isinstance(inputs, list) and seal.get("lang") in ("en", "id")
    if not fits or not all(isinstance(one, dict) and "sha256" in one for one in inputs or ()):
        raise Broken(SEAL, missing=False)
    return seal


def record(folder: Path, name: str) -> dict[str, Any]:
    """Read a JSON file of the folder."""
    try:
        read = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Broken(name, missing=True) from None
    except (OSError, ValueError, RecursionError):
        raise Broken(name, missing=False) from None
    if not isinstance(read, dict):
        raise Broken(name, missing=False)
    return read


def language(folder: Path, lang: str | None) -> str:
    """Return the language that is asked for, else that of the seal."""
    return lang or str(manifest(folder)["lang"])


def speaker(folder: Path, lang: str | None) -> Say:
    """Return what says a text of words.json in a language."""
    chosen, words = language(folder, lang), record(folder, "words.json")

    def say(key: str, **values: Any) -> str:
        try:
            return str(words[key][chosen].format(**values))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise Broken("words.json", missing=False) from None

    return say


if __name__ == "__main__":
    sys.exit(main())
