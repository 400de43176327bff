"""Draw what Windows shows while turnout is installed, from the words of windows/install.bat.

python docs/terminal.py
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text as Styled

HERE = Path(__file__).resolve().parent
SCRIPT = HERE.parent / "windows" / "install.bat"
FOLDER = (
    "install.bat                      <- klik dua kali / double-click",
    "python-3.13.9-amd64.exe          Python, bila belum ada / if it is missing",
    "wheels\\                          turnout dan pustakanya / and its libraries",
)


def main() -> None:
    """Write the pictures beside this file."""
    text = SCRIPT.read_text("ascii")
    start, done = (text.index(word) for word in ("echo Memasang", "echo Selesai"))
    installing = [*_told(text[start:done]), "", "turnout 0.1.0", ""]
    pictures = {
        "windows-folder": ("turnout", FOLDER),
        "windows-no-python": ("install.bat", _told(text[text.index("\n:no_python") :])),
        "windows-done": ("install.bat", [*installing, *_told(text[done:])]),
    }
    for name, (title, lines) in pictures.items():
        (HERE / f"{name}.svg").write_text(draw(title, lines), encoding="utf-8")


def _told(text: str) -> list[str]:
    """Return what a part of the script says, up to where it waits."""
    part = re.split(r"^(?:pause|%PYTHON%|>)", text, maxsplit=1, flags=re.MULTILINE)[0]
    return [said.strip() for said in re.findall(r"^echo[. ](.*)$", part, flags=re.MULTILINE)]


def draw(title: str, lines: Iterable[str]) -> str:
    """Return a picture of a window with these lines, without a font from elsewhere."""
    console = Console(record=True, width=104, file=io.StringIO())
    console.print(Styled("\n".join(lines)), highlight=False)
    drawn = console.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id=Path(title).stem)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"<!--.*?-->\s*", "", drawn)
    return drawn.replace("Fira Code, monospace", "monospace") + "\n"


if __name__ == "__main__":
    main()
