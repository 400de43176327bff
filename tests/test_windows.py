"""Installing on Windows without a network: what is collected, and what the script does."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "windows" / "install.bat"


@pytest.fixture(scope="module")
def collect() -> ModuleType:
    spec = importlib.util.spec_from_file_location("collect", ROOT / "windows" / "collect.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_wheel(folder: Path, name: str, *needed: str, tags: str = "py3-none-any") -> Path:
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0"]
    lines += [f"Requires-Dist: {one}" for one in needed]
    path = folder / f"{name}-1.0-{tags}.whl"
    with ZipFile(path, "w") as packed:
        packed.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines))
    return path


def test_what_only_windows_needs_is_missed(collect: ModuleType, tmp_path: Path) -> None:
    a_wheel(
        tmp_path,
        "alpha",
        'colour>=1; sys_platform == "win32"',
        'unix-only; sys_platform != "win32"',
        'old; python_version < "3.11"',
        'tests; extra == "tests"',
        "beta",
    )
    a_wheel(tmp_path, "beta", 'zones; platform_system == "Windows"')
    assert collect.missing(tmp_path, "3.12") == {"colour>=1", "zones"}


def test_what_turnout_is_installed_with_is_collected(collect: ModuleType, tmp_path: Path) -> None:
    a_wheel(tmp_path, "turnout", 'waitress; extra == "serve"', 'mkdocs; extra == "docs"')
    assert collect.missing(tmp_path, "3.12") == {"waitress"}


def test_a_wheel_of_another_python_is_no_answer(collect: ModuleType, tmp_path: Path) -> None:
    a_wheel(tmp_path, "alpha", "beta", "gamma")
    a_wheel(tmp_path, "beta", tags="cp311-cp311-win_amd64")
    a_wheel(tmp_path, "gamma", tags="cp310-abi3-win_amd64")
    assert collect.missing(tmp_path, "3.11") == set()
    assert collect.missing(tmp_path, "3.13") == {"beta"}


def test_the_script_is_as_windows_reads_it() -> None:
    raw = SCRIPT.read_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) < 160 for line in raw.splitlines())


def test_every_place_the_script_goes_to_is_there() -> None:
    text = SCRIPT.read_text("ascii")
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)|call :(\w+)", text)) >= {("no_python", "")}
    assert {one or other for one, other in re.findall(r"goto (\w+)|call :(\w+)", text)} == labels


def test_it_installs_from_the_folder_alone_what_was_collected(collect: ModuleType) -> None:
    text = SCRIPT.read_text("ascii")
    [line] = re.findall(r"^.*pip install.*$", text, re.MULTILINE)
    assert " -f wheels " in line
    assert text.index("set PIP_NO_INDEX=1") < text.index(line)
    assert f'"turnout[{",".join(collect.EXTRAS)}]"' in line


def test_its_pythons_are_those_that_are_supported(collect: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    text = SCRIPT.read_text("ascii")
    assert sorted(collect.PYTHONS) == sorted(told)
    for version in told:
        assert f"({version.replace('.', ', ')})" in text
        assert version in re.findall(r"for %%V in \((.*?)\) do call :try_launcher", text)[0]


def test_what_goes_wrong_is_told_in_both_languages() -> None:
    text = SCRIPT.read_text("ascii")
    for label in ("no_python", "no_wheels", "long_path", "failed"):
        told = re.search(rf"^:{label}\n(.*?)^exit /b 1", text, re.MULTILINE | re.DOTALL)
        assert told, label
        indonesian, english = re.split(r"^echo\.\n", told[1].removeprefix("echo.\n"), flags=re.M)[
            :2
        ]
        assert re.search(r"\b(?:tidak|terlalu|gagal)\b", indonesian), label
        assert re.search(r"\b(?:not|too|failed)\b", english), label
        assert "pause" in told[1]
