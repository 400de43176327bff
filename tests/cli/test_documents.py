"""``forecast run --docx --pdf --made-at``: documents beside report.html, listed and digested."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from turnout.report.printed import kinds
from turnout.runs.owned import digest

from .test_counted import PAST

Run = Callable[..., int]
RUN = ("run", "past.csv", "--date", "2024-11-27", "--type", "pilkada", "--draws", "300")
DOCUMENTS = ("report.docx", "report.pdf")


@pytest.fixture
def run(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("turnout.cli.writing.render_figures", lambda *_, **__: {})
    monkeypatch.setattr("turnout.cli.writing.render_pictures", lambda *_, **__: {})
    PAST.to_csv("past.csv", index=False)
    return command


def test_documents_are_part_of_the_run_and_repeat_byte_by_byte(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (*RUN, "--docx", "--pdf", "--made-at", "26/11/2024 14.00", "--model", "last-of-type")
    asked = (*asked, "--source", "KPU Kota Uji")
    assert run(*asked, "--out", "one") == 0
    said = capsys.readouterr().err
    assert "Written to one: report.html, report.docx, report.pdf, forecast.xlsx" in said
    assert "Open the report in a browser: file://" in said
    assert run(*asked, "--out", "other") == 0
    record = json.loads(Path("one/run.json").read_text(encoding="utf-8"))
    assert record["made_at"] == "2024-11-26T14:00:00"
    assert record["source"] == "KPU Kota Uji"
    for name in DOCUMENTS:
        assert Path("one", name).read_bytes() == Path("other", name).read_bytes()
        assert name in record["files"]
        assert record["sha256"][name] == digest(Path("one", name))
    page = Path("one/report.html").read_text(encoding="utf-8")
    assert "as of 26 November 2024, 14:00" in page
    assert "<p>Source: KPU Kota Uji · results up to" in page
    assert run(*RUN, "--model", "last-of-type", "--out", "one") == 0
    assert not any(Path("one", name).exists() for name in DOCUMENTS)
    assert "Source:" not in Path("one/report.html").read_text(encoding="utf-8")


def test_what_is_missing_or_wrong_is_said_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("turnout.cli.files.read_files", lambda *_: pytest.fail("read"))
    assert run(*RUN, "--made-at", "2024-11-26 25:00") == 2
    assert "'2024-11-26 25:00' is no time" in capsys.readouterr().err
    assert run(*RUN, "--made-at", "yesterday") == 2
    assert "yesterday" in capsys.readouterr().err
    monkeypatch.setattr(kinds, "find_spec", lambda _: None)
    assert run(*RUN, "--docx", "--lang", "id") == 2
    assert 'pip install "turnout[docx]"' in capsys.readouterr().err
    assert not Path("forecast-out").exists()
