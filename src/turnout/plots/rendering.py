"""A figure laid out once, which takes longest, and drawn in every format that is wanted."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.files import write_bytes
from turnout.plots.style.fonts import boxes_told
from turnout.plots.style.style import settings

FORMATS = ("png", "svg")


@dataclass(frozen=True)
class Rendered:
    """A figure as files hold it.

    Parameters
    ----------
    content
        Bytes by format.
    headline
        What the figure says above all.
    width, height
        Size in inches.
    """

    content: Mapping[str, bytes]
    headline: str
    width: float
    height: float

    def write(self, folder: Path, name: str) -> list[Path]:
        """Write a file per format into a folder."""
        return [
            write_bytes(content, folder / f"{name}.{ending}")
            for ending, content in self.content.items()
        ]


def rendered(ax: Axes, formats: Sequence[str] = FORMATS, dpi: int = 200) -> Rendered:
    """Lay out the figure of `ax` and draw it in each of some formats.

    The same figure gives the same bytes: no date or random name goes into them.

    Parameters
    ----------
    ax
        What a plot function returned.
    formats
        Of ``png``, ``svg`` and ``pdf``.
    dpi
        Dots per inch of a PNG.

    Raises
    ------
    TurnoutError
        If the figure is too small for what stands in it.
    ValueError
        If the Axes belongs to no figure.
    """
    figure = ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise ValueError("the Axes belongs to no figure")
    engine, usual = figure.get_layout_engine(), figure.dpi
    with mpl.rc_context({**settings(), "svg.hashsalt": "turnout"}), boxes_told():
        try:
            figure.dpi = dpi
            FigureCanvasAgg(figure)
            _lay_out(figure)
            figure.set_layout_engine("none")
            content = {ending: _drawn(figure, ending) for ending in formats}
        finally:
            figure.dpi = usual
            figure.set_layout_engine(engine)
    width, height = (float(inches) for inches in figure.get_size_inches())
    return Rendered(content, ax.get_title("left"), width, height)


def _lay_out(figure: Figure) -> None:
    engine = figure.get_layout_engine()
    if engine is None:
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "constrained_layout not applied", UserWarning)
        try:
            engine.execute(figure)
        except UserWarning as error:
            width, height = (25.4 * inches for inches in figure.get_size_inches())
            raise TurnoutError(_TOO_SMALL, width=width, height=height) from error


def save_figure(ax: Axes, path: str | Path, dpi: int = 200) -> Path:
    """Write the figure of `ax` to `path`; its ending tells the format (png, svg, pdf).

    The same figure gives the same bytes: no date or random name goes into the file.

    Parameters
    ----------
    ax
        What a plot function returned.
    path
        File to write.
    dpi
        Dots per inch of a PNG.

    Raises
    ------
    TurnoutError
        If the file cannot be written, or the figure is too small for what stands in it.
    """
    ending = Path(path).suffix.lstrip(".").lower()
    return write_bytes(rendered(ax, [ending], dpi).content[ending], path)


_GLYPH = re.compile(rb'(<use xlink:href="[^"]*") transform="translate\((\S+) 0\)"/>')


def _short(svg: bytes) -> bytes:
    r"""Return a drawing whose letters, most of a figure with many names, are told in few bytes.

    >>> _short(b'<path id="TurnoutSans-Bold-2d"/>'
    ...        b'<use xlink:href="#TurnoutSans-Bold-2d" transform="translate(55.5 0)"/>')
    b'<path id="b2d"/><use xlink:href="#b2d" x="55.5"/>'
    """
    for long, short in ((b"TurnoutSans-Regular-", b"r"), (b"TurnoutSans-Bold-", b"b")):
        svg = svg.replace(b'id="' + long, b'id="' + short).replace(b'"#' + long, b'"#' + short)
    return _GLYPH.sub(rb'\1 x="\2"/>', svg)


def _without_blanks(svg: bytes) -> bytes:
    r"""Return a drawing without the blanks that say nothing, an eighth of it.

    >>> _without_blanks(b'<g>\n <path d="M 1 2 \nL 3 4 z\n"/></g>')
    b'<g><path d="M1 2L3 4z"/></g>'
    """
    paths = re.sub(rb' d="[^"]*"', _close, svg)
    return re.sub(rb">\s+<", b"><", paths)


def _close(found: re.Match[bytes]) -> bytes:
    written = found[0][4:-1]
    return b' d="' + re.sub(rb"\s*([A-Za-z])\s*", rb"\1", written) + b'"'


def _drawn(figure: Figure, ending: str) -> bytes:
    target = io.BytesIO()
    if ending == "png":
        FigureCanvasAgg(figure).print_png(target)
    elif ending == "svg":
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None})
        return _short(_without_blanks(target.getvalue()))
    elif ending == "pdf":
        from matplotlib.backends.backend_pdf import FigureCanvasPdf

        FigureCanvasPdf(figure).print_pdf(target, metadata={"CreationDate": None})
    else:
        raise ValueError(f"the format must be png, svg or pdf, got {ending!r}")
    return target.getvalue()


_TOO_SMALL = Text(
    en="The figure is too small for what stands in it: {width:count} x {height:count} mm. Make it "
    "higher or wider.",
    id="Ukuran gambar terlalu kecil untuk isinya: {width:count} x {height:count} mm. Perbesar "
    "tinggi atau lebarnya.",
)
