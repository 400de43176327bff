"""Figures no count can be, and ways of writing those that can."""

import numpy as np
import pandas as pd
import pytest

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]


def csv_of(registered: str, voters: str = "603", first: str = "4512") -> str:
    quoted = [f'"{figure}"' for figure in (first, registered, voters)]
    return (
        ",".join(HEADER)
        + f"\n27/11/2024,Pilkada,Jelutung,Payo Lebar,{quoted[0]},2900"
        + f"\n27/11/2024,Pilkada,Jelutung,Talang Jauh,{quoted[1]},{quoted[2]}\n"
    )


WRITTEN: dict[str, tuple[str, str]] = {
    "plain": (csv_of("985"), "same"),
    "thousands with points": (csv_of("985", first="4.512"), "same"),
    "thousands with commas": (csv_of("985", first="4,512"), "same"),
    "thousands with spaces": (csv_of("985", first="4 512"), "same"),
    "thousands with narrow spaces": (csv_of("985", first="4\u202f512"), "same"),
    "thousands with hard spaces": (csv_of("985", first="4\u00a0512"), "same"),
    "thousands with apostrophes": (csv_of("985", first="4'512"), "same"),
    "spaces around": (csv_of("  985 "), "same"),
    "a plus": (csv_of("+985"), "same"),
    "a point and zeros": (csv_of("985.0", first="4512.0"), "same"),
    "a thousand times a thousand million": (csv_of("1000000000000000"), "column DPT"),
    "three hundred digits": (csv_of("9" * 300), "column DPT"),
    "five thousand digits": (csv_of("9" * 5_000), "column DPT"),
    "infinite": (csv_of("inf"), "not a number"),
    "infinity": (csv_of("Infinity"), "not a number"),
    "1e400": (csv_of("1e400"), "column DPT"),
    "rounded by a spreadsheet": (csv_of("3E+03"), "column DPT"),
    "a half": (csv_of("0.5"), "column DPT"),
    "a half with a comma": (csv_of("0,5"), "column DPT"),
    "nothing registered": (csv_of("0"), "column DPT"),
    "less than nothing": (csv_of("-985"), "column DPT"),
    "less than no voters": (csv_of("985", "-603"), "column Pengguna Hak Pilih"),
    "minus as typographers write it": (csv_of("\u2212985"), "column DPT"),
    "in brackets, as accountants write": (csv_of("(985)"), "column DPT"),
    "more voters than twice the roll": (csv_of("985", "2603"), "column Pengguna Hak Pilih"),
    "a percentage": (csv_of("985", "61,2%"), "column Pengguna Hak Pilih"),
    "words": (csv_of("sembilan ratus"), "not a number"),
    "another base": (csv_of("0x3D9"), "not a number"),
    "underscores": (csv_of("9_85"), "not a number"),
    "roman": (csv_of("CMLXXXV"), "not a number"),
    "a fraction": (csv_of("985/1"), "not a number"),
    "two figures": (csv_of("985 603"), "|"),
    "a formula": (csv_of("=900+85"), "not a number"),
    "a command": (csv_of("=cmd|'/c calc'!A0"), "not a number"),
    "true": (csv_of("TRUE"), "not a number"),
    "many minus signs": (csv_of("--985"), "not a number"),
    "a thousand points": (csv_of("9" + ".985" * 1_000), "column DPT"),
    "ten thousand commas": (csv_of("," * 10_000), "not a number"),
}


@pytest.mark.always(
    "thousands with points",
    "thousands with hard spaces",
    "a plus",
    "a thousand times a thousand million",
    "infinite",
    "rounded by a spreadsheet",
    "a half with a comma",
    "nothing registered",
    "less than no voters",
    "a percentage",
    "a command",
    "ten thousand commas",
)
@pytest.mark.parametrize("name", WRITTEN)
def test_figures_as_written(name, tmp_path, judge, ends):
    text, expected = WRITTEN[name]
    path = tmp_path / "hasil.csv"
    path.write_text(text, encoding="utf-8")
    if expected == "|":
        ends(path)
    else:
        judge(path, expected)


NATIVE: dict[str, tuple[object, str]] = {
    "whole": (985, "same"),
    "a float": (985.0, "same"),
    "numpy's": (np.int32(985), "same"),
    "arithmetic's dust": (985.0000000001, "same"),
    "infinite": (np.inf, "column DPT"),
    "infinite below": (-np.inf, "column DPT"),
    "a quadrillion": (10**15, "column DPT"),
    "a googol": (10**100, "column DPT"),
    "half": (0.5, "column DPT"),
    "true": (True, "|"),
    "a day": (pd.Timestamp("2024-11-27"), "column DPT"),
    "missing": (None, "|"),
}


@pytest.mark.always("arithmetic's dust", "infinite", "a googol", "true")
@pytest.mark.parametrize("name", NATIVE)
def test_figures_of_a_frame(name, judge, ends):
    figure, expected = NATIVE[name]
    rows = [
        ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
        ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", figure, 603],
    ]
    table = pd.DataFrame(rows, columns=HEADER, dtype="object")
    if expected == "|":
        ends(table)
    else:
        judge(table, expected)
