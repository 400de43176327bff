"""write_report by the ending of a file; libraries that are not installed."""

from pathlib import Path

import pytest

from turnout import TurnoutError, write_report
from turnout.report.printed import kinds

from .conftest import forecast_of


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.html", b"<!DOCTYPE html>"), ("r.docx", b"PK"), ("R.PDF", b"%PDF-1.7"), ("r.xlsx", b"PK")],
)
def test_the_ending_tells_what_is_written(
    name: str, begins: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turnout.report.writing.render_pictures", lambda *_, **__: {})
    path = write_report(forecast_of(["Utara", "Selatan"]), "75%", tmp_path / name)
    assert path.read_bytes().lstrip().startswith(begins)


@pytest.mark.parametrize("name", ["report", "report.doc", "report.txt", "report.html.bak"])
def test_an_unknown_ending_is_refused_with_those_that_are_known(name: str, tmp_path: Path) -> None:
    with pytest.raises(TurnoutError, match=r"\.html, \.docx, \.pdf or \.xlsx"):
        write_report(forecast_of(["Utara", "Selatan"]), None, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_library_that_is_not_there_is_named(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "find_spec", lambda _: None)
    with pytest.raises(TurnoutError, match=rf'pip install "turnout\[{ending[1:]}\]"'):
        write_report(forecast_of(["Utara", "Selatan"]), None, tmp_path / f"report{ending}")
    kinds.check_installed([".html"])
