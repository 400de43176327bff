"""The gate for what goes out: texts of an input become no code anywhere."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.escaping import CELL, LABEL, clean, cut, guarded, label, unguarded
from turnout.output.files import write_bytes, write_json
from turnout.output.tables import read_table, write_table
from turnout.output.terminal import output

SIGNS = st.text(st.sampled_from("=+-@;,'\t\n\r\"|ab1 ＝"), max_size=12)


@given(SIGNS)
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(SIGNS)
def test_no_field_of_a_guarded_text_starts_a_formula(text: str) -> None:
    safe = guarded(text)
    if safe == text and set(text) <= set("+-1, "):
        return  # a figure, which stays one
    for parts in (safe.split(";"), safe.split("\t"), safe.splitlines()):
        assert not any(part.startswith(("=", "+", "-", "@", "＝")) for part in parts)


@pytest.mark.parametrize("figure", ["-5", "+12", "-1.234,5", "-3%", "12"])
def test_figures_stay_figures(figure: str) -> None:
    assert guarded(figure) == figure


def test_letters_of_every_script_stay_and_what_steers_goes() -> None:
    for name in ("مرني", "e\u0301", "नि", "한국", "a\u200db"):
        assert clean(name) == name
    assert clean("a\x1b[31mb\x07\u202ec\ud800\ufffe") == "a[31mbc"


def test_long_names_are_cut() -> None:
    assert len(label("x" * 5_000)) == LABEL
    assert label("x" * 5_000).endswith("…")
    assert label("Kel.\nMurni\t1") == "Kel. Murni 1"
    assert cut("x" * 40_000, CELL)[-1] == "…"


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"area": ["=1+1", "@x", "A;=cmd|' /C calc'!A0", None], "=header": ["-5", "a", "'=b", "+c"],
         "n": [1.5, 2.0, None, -4.0]}
    )  # fmt: skip
    text = write_table(table, tmp_path / "a.csv").read_text(encoding="utf-8")
    assert not any(
        field.startswith(("=", "@", "+"))
        for line in text.splitlines()
        for piece in line.split(",")
        for field in piece.strip('"').split(";")
    )
    pd.testing.assert_frame_equal(
        read_table(tmp_path / "a.csv", texts=["'=header"]), table, check_dtype=False
    )


def test_markup_and_control_characters_are_text_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from rich.table import Table

    table = Table()
    table.add_column("[/]")
    table.add_row("[bold]Murni[/bold] :smile: \x1b[31m")
    console = output()
    console.print("[/] [red]x[/red] \x1b]0;title\x07")
    console.print(table)
    told = capsys.readouterr().out
    for text in ("[/] [red]x[/red]", "[bold]Murni[/bold] :smile:"):
        assert text in told
    assert "\x1b" not in told
    assert "\x07" not in told


def test_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    write_bytes(b"old", tmp_path / "a")
    (tmp_path / "no").mkdir()
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json({"x": float("nan")}, tmp_path / "a")
    with pytest.raises(ValueError, match="cannot be written"):
        write_bytes(b"new", tmp_path / "no")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "no"]
