"""What the terminal prints."""

import pytest
from rich import box
from rich.table import Table

from turnout.output.terminal import Terminal, uncut


def ranked() -> Table:
    table = Table("Model", box=box.SIMPLE_HEAD)
    for heading in ("MAE", "Rentang 90% seluruhnya"):
        table.add_column(heading, justify="right")
    table.add_row("Partisipasi terakhir sejenis", "12,63", "70,4% s.d. 72,9%")
    return table


@pytest.mark.parametrize("width", [100, 40, 20])
def test_no_figure_of_a_table_is_cut(width: int) -> None:
    console = Terminal(width=width)
    with console.capture() as shown:
        console.print(uncut(ranked()), crop=False)
    told = shown.get()
    assert "12,63" in told
    assert "70,4% s.d. 72,9%" in told
    assert "…" not in told
    assert {"Partisipasi", "terakhir", "sejenis", "seluruhnya"} <= set(told.split())


def test_a_table_with_room_stays_on_one_line_a_row() -> None:
    console = Terminal(width=100)
    with console.capture() as shown:
        console.print(uncut(ranked()), crop=False)
    assert "Partisipasi terakhir sejenis" in shown.get()
