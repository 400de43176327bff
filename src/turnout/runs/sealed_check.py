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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program in its folder."""
    return run(Path(__file__).resolve().parent, asked(arguments))


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what is asked on the command line."""
    parser = argparse.ArgumentParser(prog="check.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--digest", help="digest that was published / sidik yang diumumkan")
    parser.add_argument("--inputs", nargs="*", default=[], help="input files / berkas masukan")
    parser.add_argument("--lang", choices=("en", "id"), default="en")
    return parser.parse_args(arguments)


def run(folder: Path, said: argparse.Namespace) -> int:
    """Check a folder and print what is not as it was sealed; returns the exit code."""
    say = speaker(folder, said.lang)
    changes = list(differences(folder, said.digest, said.inputs))
    print(say("digest", digest=sha256(folder / "seal.json")))
    for key, values in changes:
        print(say(key, **values))
    print(say("broken" if changes else "whole"))
    return int(bool(changes))


def differences(
    folder: Path, published: str | None, inputs: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tell what is not as it was sealed, and which given inputs were not those of the run."""
    own = sha256(folder / "seal.json")
    if published and published.strip().lower() != own:
        yield "other_digest", {"published": published, "digest": own}
    seal = record(folder / "seal.json")
    for name, sealed in seal["files"].items():
        now = sha256(folder / name)
        if now != sealed:
            key = "file_changed" if now else "file_missing"
            yield key, {"name": name, "sealed": sealed, "now": now}
    there = (path for path in sorted((folder / "run").rglob("*")) if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in there]
    yield from (("file_added", {"name": name}) for name in names if name not in seal["files"])
    known = {one["sha256"] for one in seal["inputs"]}
    for given in inputs:
        if sha256(Path(given)) not in known:
            yield "other_input", {"name": given}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, as ``sha256sum`` tells it; blank where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def record(path: Path) -> dict[str, Any]:
    """Read a JSON file."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def speaker(folder: Path, lang: str) -> Say:
    """Return what says a text of words.json in a language."""
    words = record(folder / "words.json")
    return lambda key, **values: str(words[key][lang].format(**values))


if __name__ == "__main__":
    sys.exit(main())
