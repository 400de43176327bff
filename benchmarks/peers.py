"""Our models beside other tools on the real panels, under the protocol of docs/accuracy.md.

    python benchmarks/peers.py                        makes an environment, installs, runs, prints
    python benchmarks/peers.py --set own              the panels of benchmarks/panels
    python benchmarks/peers.py --panel us_state       one panel, whichever set it is of
    python benchmarks/peers.py --panel us_state --tool Mixture --tool "statsmodels MixedLM" --add

The environment lies in benchmarks/out/peers-env, the scores in benchmarks/out/peers.csv; `--add`
keeps the scores there of other tools and panels. A tool that does not install, or fails on a
contest, is listed with its reason; whatever is compared is compared on the contests that both
forecast. How each tool is asked is said where it is called (peer_models.py, peer_elex.py).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

# Only the environment that this script makes is sure to have more than the standard library.
if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from peer_task import Said

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / "out" / "peers-env"
SCORES = HERE / "out" / "peers.csv"
TOOLS = (
    "gpboost",
    "statsforecast",
    "hierarchicalforecast",
    "mapie",
    "scikit-learn",
    "statsmodels",
    "elex-model",
)
OURS = ("Mixture", "HierarchicalModel")


def make_environment() -> Path:
    """Make the environment, or complete it; return its Python."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet"]
    # Editable: it must be the present code that is compared, not that of the first run.
    subprocess.run([*install, "--editable", str(HERE.parent)], check=True)
    for tool in TOOLS:
        if subprocess.run([*install, tool], check=False).returncode:
            print(f"{tool} could not be installed")
    return python


def run_inside(chosen: argparse.Namespace) -> None:
    import pandas as pd
    from joblib import Parallel, delayed

    from panels import load_panel, names_of
    from peer_models import PEERS

    tools = chosen.tool or [*PEERS, *OURS]
    unknown = set(tools).difference(PEERS, OURS)
    if unknown:
        raise SystemExit(f"No such tool: {', '.join(unknown)}. Tools: {', '.join([*PEERS, *OURS])}")
    data = chosen.data
    panels = chosen.panel or names_of(chosen.set, data)
    panels = sorted(panels, key=lambda name: -len(load_panel(name, data)))
    parts = Parallel(n_jobs=chosen.jobs)(
        delayed(panel_scores)(name, tools, data) for name in panels
    )
    scores = joined([part[0] for part in parts])
    failures = joined([part[1] for part in parts])
    SCORES.parent.mkdir(exist_ok=True)
    if chosen.add and SCORES.exists():
        earlier = pd.read_csv(SCORES)
        again = earlier["panel"].isin(panels) & earlier["tool"].isin({*scores["tool"], *tools})
        scores = joined([earlier[~again], scores])
    scores.to_csv(SCORES, index=False)
    print(table(scores).to_string())
    for ours in OURS:
        if ours in set(scores["tool"]):
            print(f"\n{ours} has the lower mean WIS\n{won(scores, ours).to_string()}")
    if len(failures):
        print(f"\nFailures\n{failures.groupby(['tool', 'panel', 'error']).size().to_string()}")


def joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Join tables that have rows; the columns of empty ones have no types that could be kept."""
    import pandas as pd

    return pd.concat([one for one in tables if len(one)] or tables[:1], ignore_index=True)


def panel_scores(name: str, tools: list[str], data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score the tools, our models among them, on one panel."""
    import pandas as pd

    from panels import load_panel
    from peer_models import PEERS, ask
    from peer_task import Task
    from turnout.rolling_origin import folds

    results = load_panel(name, data)
    rows, failures = [], []
    for fold in folds(results):
        task = Task.of(fold)
        share = (
            fold.actual["voters"].clip(upper=fold.actual["registered"]) / fold.actual["registered"]
        ).to_numpy()
        for tool in PEERS:
            if tool not in tools:
                continue
            try:
                rows += score(tool, ask(tool, task), share, task.weights, fold.election.name)
            except Exception as error:
                told = f"{type(error).__name__}: {str(error)[:70]}"
                failures.append({"tool": tool, "panel": name, "error": told})
    columns = ["tool", "election", "scale", "wis", "coverage", "width"]
    parts = [pd.DataFrame(rows, columns=columns)]
    ours = [tool for tool in OURS if tool in tools]
    if ours:
        parts.append(our_scores(results, ours)[columns])
    both = joined(parts)
    return both.assign(panel=name), pd.DataFrame(failures, columns=["tool", "panel", "error"])


def our_scores(results: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Backtest our models; the naive ones run along."""
    import turnout
    from turnout.backtesting import Settings, backtest

    models = {name: getattr(turnout, name)() for name in names}
    ours = backtest(models, results, settings=Settings(jobs=1)).scores
    ours = ours[ours["is_top"] | (ours["scale"] == "area")]
    scale = ours["scale"].where(~ours["is_top"], "total")
    renamed = {"model": "tool", "coverage_90": "coverage", "width_90": "width"}
    return ours.assign(scale=scale).rename(columns=renamed)


def score(
    tool: str, said: Said, share: np.ndarray, weights: np.ndarray, election: str
) -> list[dict]:
    """Score quantiles of the areas and of the whole, in points."""
    import numpy as np

    from peer_task import LEVELS
    from turnout import scores

    rows = []
    for scale, ends, actual, heavy in (
        ("area", said.areas, share, weights),
        ("total", said.whole[:, None], np.array([share @ weights]), np.ones(1)),
    ):
        lower, upper = ends[:3], ends[:3:-1]
        wis = scores.weighted_interval_score(actual, ends[3], lower, upper, levels=LEVELS)
        rows.append(
            {
                "tool": tool,
                "election": election,
                "scale": scale,
                "wis": 100 * float(np.average(wis, weights=heavy)),
                "coverage": scores.coverage(actual, lower[0], upper[0]),
                "width": 100 * scores.width(lower[0], upper[0]),
            }
        )
    return rows


def table(scores: pd.DataFrame) -> pd.DataFrame:
    """Means over a tool's targets, best whole first, and the mixture's WIS on the same targets."""
    means = scores.groupby(["tool", "scale"])[["wis", "coverage", "width"]].mean().unstack()
    wis = _wis(scores)
    if "Mixture" in wis:
        same = {tool: wis.loc[wis[tool].notna(), "Mixture"] for tool in means.index}
        for scale in ("area", "total"):
            there = {tool: ours.xs(scale, level="scale").mean() for tool, ours in same.items()}
            means[("mixture's wis there", scale)] = means.index.map(there)
    means[("targets", "")] = scores[scores["scale"] == "total"].groupby("tool").size()
    return means.sort_values(("wis", "total")).round(2)


def won(scores: pd.DataFrame, ours: str) -> pd.DataFrame:
    """On how many panels a model of ours has the lower mean WIS, of how many, on same targets."""
    import pandas as pd

    wis = _wis(scores)
    rows = []
    for tool in wis.columns.drop(ours):
        both = wis[[ours, tool]].dropna()
        targets = len(both.xs("total", level="scale"))
        means = both.groupby(level=["panel", "scale"]).mean()
        better = (means[ours] < means[tool]).groupby(level="scale").agg(["sum", "size"])
        told = {scale: f"{k} of {n}" for scale, (k, n) in better.iterrows()}
        rows.append({"tool": tool, "targets": targets, **told})
    return pd.DataFrame(rows).set_index("tool")


def _wis(scores: pd.DataFrame) -> pd.DataFrame:
    """WIS by target (rows) and tool; missing where a tool could not forecast."""
    return scores.pivot(index=["panel", "scale", "election"], columns="tool", values="wis")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=("development", "own", "all"), default="development")
    parser.add_argument("--data", type=Path, default=HERE / "panels", metavar="DIR")
    parser.add_argument("--panel", action="append", default=[], help="instead of a set")
    parser.add_argument("--tool", action="append", default=[], help="default: all of them")
    parser.add_argument("--add", action="store_true", help="keep other tools' and panels' scores")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--inside", action="store_true", help="this is the tools' environment")
    chosen = parser.parse_args()
    if chosen.inside:
        run_inside(chosen)
        return
    again = [str(make_environment()), __file__, "--inside", *sys.argv[1:]]
    raise SystemExit(subprocess.run(again, check=False).returncode)


if __name__ == "__main__":
    main()
