"""What the project says of itself agrees: versions, days, the targets of make that others call."""

import re
from pathlib import Path

import turnout

ROOT = Path(__file__).resolve().parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_version_is_everywhere_the_same() -> None:
    headings = re.findall(r"^## (.+)$", text("CHANGELOG.md"), flags=re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = [re.fullmatch(r"(\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)", one) for one in headings[1:]]
    assert released
    assert all(released), headings
    days = [one[2] for one in released if one]
    assert days == sorted(days, reverse=True)
    citation = text("CITATION.cff")
    assert released[0] is not None
    assert released[0][1] == turnout.__version__
    assert f"\nversion: {turnout.__version__}\n" in citation
    assert f"\ndate-released: {released[0][2]}\n" in citation


def test_every_target_of_make_that_is_called_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))
    callers = (".ci/run", ".github/workflows/ci.yml", ".pre-commit-config.yaml", "CONTRIBUTING.md")
    for name in callers:
        lines = re.findall(
            r"(?:^|run: |entry: |`| {4})make ((?:[a-z-]+ ?)+)", text(name), re.MULTILINE
        )
        called = {word for line in lines for word in line.split()}
        assert called, name
        assert called <= targets, f"{name}: {sorted(called - targets)}"


def test_the_tests_of_make_quick_are_there() -> None:
    makefile = text("Makefile").replace("\\\n", " ")
    quick = re.search(r"^LAYERS := (.*)$", makefile, flags=re.MULTILINE)
    assert quick is not None
    assert [path for path in quick[1].split() if not (ROOT / path).exists()] == []


def test_every_python_that_is_promised_is_tested() -> None:
    promised = set(re.findall(r"Python :: (3\.\d+)", text("pyproject.toml")))
    matrix = re.search(r"python: \[(.*)\]", text(".github/workflows/ci.yml"))
    assert matrix is not None
    assert set(re.findall(r"3\.\d+", matrix[1])) == promised
    minors = re.search(r"for minor in ([\d ]+);", text(".ci/run"))
    assert minors is not None
    assert {f"3.{minor}" for minor in minors[1].split()} == promised
