"""Our models beside other tools on the real panels, under the protocol of MODEL.md section 3.

    python benchmarks/peers.py                     makes an environment, installs, runs, prints
    python benchmarks/peers.py --panel us_state    one panel

The environment lies in benchmarks/out/peers-env. A tool that does not install, or fails on a
panel, is listed with its reason. elex-model is not run: it needs at least ten areas that have
already reported, which answers another question (what is still out tonight).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / "out" / "peers-env"
TOOLS = ("gpboost", "statsforecast", "mapie", "scikit-learn", "statsmodels")


def make_environment() -> Path:
    """Make the environment where it is not there yet; return its Python."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, str(HERE.parent)], check=True)
        for tool in TOOLS:
            if subprocess.run([*install, tool], check=False).returncode:
                print(f"{tool} could not be installed")
    return python


def run_inside(panels: list[str], jobs: int) -> None:
    import pandas as pd
    from joblib import Parallel, delayed

    from panels import load_panel, panel_names

    chosen = sorted(panels or panel_names(), key=lambda name: -len(load_panel(name)))
    parts = Parallel(n_jobs=jobs)(delayed(panel_scores)(name) for name in chosen)
    scores = pd.concat([part[0] for part in parts], ignore_index=True)
    failures = pd.concat([part[1] for part in parts], ignore_index=True)
    (HERE / "out").mkdir(exist_ok=True)
    scores.to_csv(HERE / "out" / "peers.csv", index=False)
    print(table(scores).to_string())
    print(f"\nPanels on which Mixture has the lower mean WIS\n{won(scores).to_string()}")
    if len(failures):
        print(f"\nFailures\n{failures.groupby(['tool', 'error']).size().to_string()}")


def panel_scores(name: str) -> tuple[object, object]:
    """Score all tools, and our models, on one panel."""
    import pandas as pd

    from panels import load_panel
    from peer_models import PEERS, Task, ask
    from turnout import HierarchicalModel, Mixture
    from turnout.backtesting import Settings, backtest
    from turnout.origins import folds

    results = load_panel(name)
    rows, failures = [], []
    for fold in folds(results):
        task = Task.of(fold)
        share = (
            fold.actual["voters"].clip(upper=fold.actual["registered"]) / fold.actual["registered"]
        ).to_numpy()
        for tool in PEERS:
            try:
                rows += score(tool, ask(tool, task), share, task.weights, fold.election.name)
            except Exception as error:
                told = f"{type(error).__name__}: {str(error)[:70]}"
                failures.append({"tool": tool, "error": told, "election": fold.election.name})
    models = [Mixture(), HierarchicalModel()]
    ours = backtest(models, results, settings=Settings(jobs=1)).scores
    ours = ours[ours["is_top"] | (ours["scale"] == "area")]
    scale = ours["scale"].where(~ours["is_top"], "total")
    ours = ours.assign(
        scale=scale, tool=ours["model"], coverage=ours["coverage_90"], width=ours["width_90"]
    )
    columns = ["tool", "election", "scale", "wis", "coverage", "width"]
    everything = pd.concat([pd.DataFrame(rows, columns=columns), ours[columns]])
    return everything.assign(panel=name), pd.DataFrame(failures, columns=["tool", "error"])


def score(tool: str, said: object, share: object, weights: object, election: str) -> list[dict]:
    """Score quantiles of the areas and of the whole, in points."""
    import numpy as np

    from peer_models import LEVELS
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


def table(scores: object) -> object:
    """Means over the targets, one row per tool, best whole first."""
    means = scores.groupby(["tool", "scale"])[["wis", "coverage", "width"]].mean().unstack()
    means[("targets", "")] = scores[scores["scale"] == "total"].groupby("tool").size()
    return means.sort_values(("wis", "total")).round(2)


def won(scores: object) -> object:
    """On how many panels our mixture has the lower mean WIS, of how many."""
    import pandas as pd

    wis = scores.pivot_table(index=["panel", "scale", "election"], columns="tool", values="wis")
    rows = []
    for tool in wis.columns.drop("Mixture"):
        both = wis[["Mixture", tool]].dropna().groupby(level=["panel", "scale"]).mean()
        better = (both["Mixture"] < both[tool]).groupby(level="scale").agg(["sum", "size"])
        told = {scale: f"{k} of {n}" for scale, (k, n) in better.iterrows()}
        rows.append({"tool": tool, **told})
    return pd.DataFrame(rows).set_index("tool")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panel", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--inside", action="store_true", help="this is the tools' environment")
    chosen = parser.parse_args()
    if chosen.inside:
        run_inside(chosen.panel, chosen.jobs)
        return
    again = [str(make_environment()), __file__, "--inside", "--jobs", str(chosen.jobs)]
    again += [part for name in chosen.panel for part in ("--panel", name)]
    raise SystemExit(subprocess.run(again, check=False).returncode)


if __name__ == "__main__":
    main()
