"""Collect what an office installs without a network: wheels for Windows, and install.bat.

python windows/collect.py dist/turnout-1.0-py3-none-any.whl [--python 3.13 ...] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = ("serve", "docx", "pdf")
"""What install.bat installs beside turnout itself."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="wheel of turnout, from make package")
    parser.add_argument("--python", action="append", help="versions of Python (3.11, 3.12, 3.13)")
    parser.add_argument("--out", type=Path, default=Path("dist/windows"))
    given = parser.parse_args(arguments)
    wheels = given.out / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    for old in wheels.glob("turnout-*.whl"):
        old.unlink()
    shutil.copy(given.wheel, wheels)
    shutil.copy(HERE / "install.bat", given.out)
    for python in given.python or PYTHONS:
        collect(wheels, [f"{given.wheel}[{','.join(EXTRAS)}]"], python)
    size = sum(one.stat().st_size for one in wheels.iterdir()) / 1e6
    print(f"{given.out}: {len(list(wheels.iterdir()))} wheels, {size:.0f} MB")


def collect(wheels: Path, wanted: Sequence[str], python: str) -> None:
    """Download what is wanted for one Python, and what only Windows needs beside it.

    pip reads the conditions of requirements (``sys_platform == "win32"``) for the machine that it
    runs on, so what they ask for on Windows is looked up in the wheels and downloaded as well.
    """
    while wanted:
        download(wheels, wanted, python)
        wanted = sorted(missing(wheels, python))


def download(wheels: Path, wanted: Sequence[str], python: str) -> None:
    """Let pip download wheels for 64-bit Windows."""
    target = ["--platform", "win_amd64", "--python-version", python, "--implementation", "cp"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"]
    places = ["-d", str(wheels), "-f", str(wheels)]
    subprocess.run([*command, *target, *places, *wanted], check=True)


def missing(wheels: Path, python: str) -> set[str]:
    """Return the requirements on Windows that no wheel of the folder answers.

    Parameters
    ----------
    wheels
        The folder.
    python
        Version of Python, such as ``"3.13"``.
    """
    fit = [one for one in sorted(wheels.glob("*.whl")) if fits(one, python)]
    there = {parse_wheel_filename(one.name)[0] for one in fit}
    needed = (one for wheel in fit for one in needs(wheel, python))
    return {str(one) for one in needed if canonicalize_name(one.name) not in there}


def fits(wheel: Path, python: str) -> bool:
    """Return whether a wheel is for this Python: for any, for its version, or for 3 and later."""
    tags = parse_wheel_filename(wheel.name)[3]
    own = "cp" + python.replace(".", "")
    return any(one.interpreter in ("py3", own) or one.abi == "abi3" for one in tags)


def needs(wheel: Path, python: str) -> Iterator[Requirement]:
    """Yield what a wheel requires on Windows, without its conditions."""
    windows = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    with ZipFile(wheel) as packed:
        [name] = [one for one in packed.namelist() if one.endswith(".dist-info/METADATA")]
        told = HeaderParser().parsestr(packed.read(name).decode("utf-8"))
    for line in told.get_all("Requires-Dist", []):
        one = Requirement(line)
        asked = ("", *EXTRAS) if told["Name"] == "turnout" else ("",)
        if one.marker is None or any(one.marker.evaluate({**windows, "extra": e}) for e in asked):
            one.marker = None
            yield one


if __name__ == "__main__":
    main()
