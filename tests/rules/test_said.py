"""How findings are put into words."""

from __future__ import annotations

import pandas as pd

from turnout.reading.results import load_results

PLACES = ["Kasang", "Murni", "Legok", "Sipin", "Handil"]
DPT = [2400, 3120, 2230, 2450, 2890]


def contest(day: str, **columns: object) -> pd.DataFrame:
    table = pd.DataFrame({"kelurahan": PLACES, "dpt": DPT, "kecamatan": "Utara"})
    table = table.assign(hadir=[1500, 2000, 1400, 1600, 1900], tanggal=day, jenis="pilpres")
    return table.assign(**columns)


def said(table: pd.DataFrame, rule: str, lang: str = "id") -> list[str]:
    return [one.say(lang) for one in load_results(table).findings if one.rule == rule]


def test_what_follows_a_roll_far_off_is_named() -> None:
    far = contest("2024-02-14", dpt=[24000, *DPT[1:]])
    [told] = said(pd.concat([contest("2019-04-17"), far], ignore_index=True), "roll_far_off")
    assert "Prakiraan untuk kecamatan dan kabupaten/kotanya ikut bergeser" in told
    both = [one.drop(columns="kecamatan") for one in (contest("2019-04-17"), far)]
    [told] = said(pd.concat(both, ignore_index=True), "roll_far_off")
    assert "Prakiraan untuk wilayah yang menaunginya ikut bergeser" in told


def test_a_sentence_goes_on_behind_a_comma() -> None:
    total = {"kelurahan": "JUMLAH", "kecamatan": "Utara", "tanggal": "2024-02-14"}
    rows = [{**total, "jenis": "pilpres", "dpt": 700, "hadir": 500}]
    [told] = said(pd.concat([contest("2024-02-14"), pd.DataFrame(rows)]), "total_below_parts")[:1]
    assert "tulis Desa Total. Bila bukan, cari di dokumen sumbernya" in told
