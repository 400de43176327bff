"""The same results, written as offices write workbooks, read back to the same figures."""

import random

import openpyxl
import pandas as pd
import pytest

from turnout.reading import load_results

PLACES = {
    "Telanaipura": ["Simpang IV Sipin", "Buluran Kenali", "Penyengat Rendah"],
    "Danau Teluk": ["Pasir Panjang", "Tanjung Pasir", "Ulu Gedong"],
    "Kota Baru": ["Kenali Asam Atas", "Paal V", "Suka Karya"],
}
CONTESTS = {
    "Pilwako 2018": ("2018-06-27", "PEMILIHAN WALI KOTA JAMBI TAHUN 2018", "27 Juni 2018"),
    "Pemilu 2019": ("2019-04-17", "PEMILIHAN UMUM TAHUN 2019", "17 April 2019"),
    "Pilgub 2020": ("2020-12-09", "PEMILIHAN GUBERNUR JAMBI TAHUN 2020", "9 Desember 2020"),
}
NUMBERS = {
    "whole": lambda count: count,
    "float": float,
    "text": str,
    "point": lambda count: f"{count:,}".replace(",", "."),
    "comma": lambda count: f"{count:,}",
    "space": lambda count: f"{count:,}".replace(",", " "),
    "decimals": lambda count: f"{count:,}".replace(",", ".") + ",00",
}
SHARES = {
    "points": lambda share: round(100 * share, 2),
    "percent": lambda share: f"{100 * share:.2f}%".replace(".", ","),
    "share": lambda share: share,
}
ROLLS = ["DPT", "Jumlah DPT", "Pemilih Terdaftar", "JUMLAH PEMILIH DALAM DPT"]
CAME = ["Pengguna Hak Pilih", "Pemilih yang Menggunakan Hak Pilih", "Hadir"]
TOTALS = ["JUMLAH", "Jumlah", "TOTAL"]


def truth(rng):
    """Return registered and voters by sex, and invalid votes, by contest and place."""
    figures = {}
    for contest in CONTESTS:
        for district, areas in PLACES.items():
            for area in areas:
                roll = [rng.randint(400, 3000), rng.randint(400, 3000)]
                came = [int(part * rng.uniform(0.45, 0.85)) for part in roll]
                figures[contest, district, area] = (*roll, *came, int(sum(came) * 0.02))
    return figures


class Office:
    """One way of writing a table, chosen at random."""

    def __init__(self, rng):
        self.rng, choose = rng, rng.choice
        self.district = choose(["each", "first", "heading", "own row", "roman"])
        self.word = choose(["", "KECAMATAN ", "Kec. "])
        self.capitals = choose([True, False])
        self.number = NUMBERS[choose(sorted(NUMBERS))]
        self.share = choose([None, *SHARES])
        self.sexes, self.votes, self.stations = (choose([False, True]) for _ in range(3))
        self.counter = self.district == "roman" or choose([False, True])
        self.merged, self.foot, self.whole = (choose([False, True]) for _ in range(3))
        self.below_header = choose(["", "{}", "({})"])
        self.subtotal = choose(["", "", "above", "below"])
        self.city = choose([False, True])
        self.columns = self._columns()
        self.total_in = choose([key for *_, key in self.columns if key in ("area", "district")])

    def _columns(self):
        choose = self.rng.choice
        columns = [("NO", "", "no")] if self.counter else []
        if self.district in ("each", "first", "own row"):
            columns.append((choose(["KECAMATAN", "Nama Kecamatan"]), "", "district"))
        columns.append((choose(["KELURAHAN", "Desa/Kelurahan", "Kel/Desa"]), "", "area"))
        if self.stations:
            columns.append((choose(["TPS", "Nomor TPS"]), "", "station"))
        roll, came = choose(ROLLS), choose(CAME)
        if self.sexes:
            parts = [("L", 0), ("P", 1), (choose(["JML", "Jumlah", "L+P"]), 2)]
            columns += [(roll, sex, ("roll", number)) for sex, number in parts]
            columns += [(came, sex, ("came", number)) for sex, number in parts]
        else:
            columns += [(roll, "", ("roll", 2)), (came, "", ("came", 2))]
        if self.votes:
            columns += [("SUARA SAH", "", "valid"), ("SUARA TIDAK SAH", "", "invalid")]
        return [*columns, ("Tingkat Partisipasi", "", "share")] if self.share else columns

    def write(self, sheet, contest, figures):
        """Write the rows of a contest."""
        self.sheet, self.row = sheet, 1
        _, title, day = CONTESTS[contest]
        self._line(["REKAPITULASI HASIL PENGHITUNGAN SUARA"])
        self._line([title])
        if self.city:
            self._line(["Kota", ": Jambi"])
        self._line([f"Tanggal Pemungutan Suara: {day}"])
        self._line([])
        self._header()
        numbered, of_all = 0, []
        for order, (district, areas) in enumerate(PLACES.items()):
            rows = [figures[contest, district, area] for area in areas]
            of_all += rows
            self._heading(order, district)
            if self.subtotal == "above":
                self._place({**self._first(district), "area": "JUMLAH"}, added(rows))
            for nth, (area, row) in enumerate(zip(areas, rows, strict=True)):
                numbered += 1
                name = self._first(district) if nth == 0 else self._again(district)
                self._area({"no": numbered, "area": self._cased(area), **name}, row)
            if self.subtotal == "below":
                self._place({self.total_in: self.rng.choice(TOTALS)}, added(rows))
        if self.whole:
            self._place({"area": self.rng.choice(TOTALS)}, added(of_all))
        if self.foot:
            self._line([])
            self._line([None, "Sumber: KPU Kota Jambi"])
            self._line([None, None, None, "Jambi, 5 Januari 2021"])

    def _line(self, cells):
        for number, cell in enumerate(cells, 1):
            if cell is not None and cell != "":
                self.sheet.cell(self.row, number, cell)
        self.row += 1

    def _header(self):
        tops = [top for top, _, _ in self.columns]
        repeated = [
            top if top != before else None
            for top, before in zip(tops, ["", *tops[:-1]], strict=True)
        ]
        self._line(repeated if self.merged else tops)
        if self.sexes:
            self._line([below for _, below, _ in self.columns])
            if self.merged:
                for number, (top, below, _) in enumerate(self.columns, 1):
                    if not below:
                        self.sheet.merge_cells(None, self.row - 2, number, self.row - 1, number)
                    elif tops.index(top) == number - 1:
                        self.sheet.merge_cells(None, self.row - 2, number, self.row - 2, number + 2)
        if self.below_header:
            self._line([self.below_header.format(n) for n in range(1, len(self.columns) + 1)])

    def _cased(self, name):
        return name.upper() if self.capitals else name

    def _heading(self, order, district):
        name = self.word + self._cased(district)
        if self.district == "heading":
            self._line([name])
        elif self.district == "own row":
            self._line([None] * self.counter + [name])
        elif self.district == "roman":
            self._line([["I", "II", "III"][order], name])

    def _first(self, district):
        own = self.district in ("each", "first")
        return {"district": self.word + self._cased(district)} if own else {}

    def _again(self, district):
        return self._first(district) if self.district == "each" else {}

    def _area(self, names, row):
        if not self.stations:
            self._place(names, row)
            return
        one = tuple(count // 3 for count in row)
        self._place({**names, "station": 1}, one)
        if self.district != "each":
            names = {name: cell for name, cell in names.items() if name != "district"}
        rest = tuple(count - first for count, first in zip(row, one, strict=True))
        self._place({**names, "station": 2}, rest)

    def _place(self, names, row):
        men, women, came_men, came_women, invalid = row
        rolls, came = (men, women, men + women), (came_men, came_women, came_men + came_women)
        counts = {
            **{("roll", number): count for number, count in enumerate(rolls)},
            **{("came", number): count for number, count in enumerate(came)},
            "valid": came[2] - invalid,
            "invalid": invalid,
        }
        cells = {**names, **{key: self.number(count) for key, count in counts.items()}}
        if self.share:
            cells["share"] = SHARES[self.share](came[2] / rolls[2])
        self._line([cells.get(key) for _, _, key in self.columns])


def added(rows):
    return tuple(sum(column) for column in zip(*rows, strict=True))


def of_row(row):
    return row[0] + row[1], row[2] + row[3]


def bare(name):
    return name.casefold().removeprefix("kecamatan ").removeprefix("kec. ")


FEW = range(2)
MANY = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 30)]


@pytest.mark.parametrize("seed", [*FEW, *MANY])
def test_a_workbook_of_an_office_reads_back(tmp_path, seed):
    rng = random.Random(seed)
    figures, office = truth(rng), Office(rng)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for contest in CONTESTS:
        office.write(book.create_sheet(contest), contest, figures)
    book.save(tmp_path / "rekap.xlsx")
    reading = load_results(tmp_path / "rekap.xlsx")
    assert reading.errors == ()
    table = reading.table
    areas = table[table["area"].notna()]
    days = {contest: pd.Timestamp(day) for contest, (day, *_) in CONTESTS.items()}
    assert {
        (row.date, bare(row.district), row.area.casefold()): (row.registered, row.voters)
        for row in areas.itertuples()
    } == {
        (days[contest], district.casefold(), area.casefold()): of_row(row)
        for (contest, district, area), row in figures.items()
    }
    for total in table[table["area"].isna()].itertuples():
        inside = [
            row
            for (contest, district, _), row in figures.items()
            if days[contest] == total.date
            and (pd.isna(total.district) or bare(total.district) == district.casefold())
        ]
        assert (total.registered, total.voters) == of_row(added(inside))
