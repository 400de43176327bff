"""How many small faults the tests find: mutants of some modules, each against its own tests.

    python benchmarks/mutation.py src/turnout/scores tests/scores [--sample 60] [--seconds 600]

A mutant is one change of one expression: a comparison, an operator, a number, ``and`` for ``or``,
a condition turned round. The tests are loaded once; each mutant is a process of its own, forked
from there, in which the code of the changed function is put in the place of the original's,
wherever it was imported to. So a mutant costs what its tests cost, and no start. A mutant is killed
where a test fails, or where the tests take ten times as long as without it.

Code that runs on import only, such as constants, is not mutated; neither are functions in
functions by themselves. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import io
import os
import random
import signal
import sys
import time
import types
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: of the module at `path`, in the function `name`, at `line`."""

    path: Path
    name: str
    line: int
    before: str
    after: str
    tree: ast.Module


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name, function in _functions(tree):
        inside = [node for part in function.body for node in ast.walk(part)]
        for node in inside:
            changed = _changed(node)
            if changed is None:
                continue
            twin = copy.deepcopy(tree)
            place = list(ast.walk(tree)).index(node)
            target = list(ast.walk(twin))[place]
            whole = _Swap(target, changed).visit(twin)
            ast.fix_missing_locations(whole)
            yield Mutant(path, name, node.lineno, ast.unparse(node), ast.unparse(changed), whole)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield f"{node.name}.{part.name}", part


def _changed(node: ast.AST) -> ast.expr | None:
    """Return an expression with one change; None where nothing is to be changed."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        ops = [COMPARED[type(node.ops[0])](), *node.ops[1:]]
        return ast.Compare(node.left, ops, node.comparators)
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        return ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return ast.BoolOp(other, node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub, ast.Invert)):
        return node.operand
    if isinstance(node, ast.IfExp):
        return ast.IfExp(node.test, node.orelse, node.body)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return ast.Constant(node.value + 1)
    return None


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, changed: ast.expr) -> None:
        self.target, self.changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.target:
            return ast.copy_location(self.changed, node)
        return self.generic_visit(node)


def code_of(code: types.CodeType, name: str) -> types.CodeType:
    """Return the code of a function in the code of its module."""
    for part in name.split("."):
        inner = (one for one in code.co_consts if isinstance(one, types.CodeType))
        code = next(one for one in inner if one.co_name == part)
    return code


def put_in_place(mutant: Mutant) -> bool:
    """Give every function that has the original's code the mutant's; False where none has it."""
    code = code_of(compile(mutant.tree, str(mutant.path), "exec"), mutant.name)
    where = str(mutant.path.resolve())
    hit = False
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType):
            old = one.__code__
            same = old.co_name == code.co_name and old.co_firstlineno == code.co_firstlineno
            same = same and len(old.co_freevars) == len(code.co_freevars)
            if same and os.path.realpath(old.co_filename) == where:
                one.__code__ = code
                hit = True
    return hit


class _Loaded:
    """Collects once; runs what was collected in every fork."""

    def pytest_sessionstart(self) -> None:
        """Let no failing example be made small."""
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutation", phases=(Phase.explicit, Phase.generate), database=None
        )
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        judge_all(session)
        return True


MUTANTS: list[Mutant] = []
SECONDS = 600.0


def judge_all(session: pytest.Session) -> None:
    """Run the tests without a mutant, then with each; print what became of it."""
    start = time.perf_counter()
    if run_forked(session, None, 600.0) != "survived":
        sys.exit("the tests fail without a mutant")
    usual = time.perf_counter() - start
    counts = {"killed": 0, "survived": 0, "not run": 0}
    for mutant in MUTANTS:
        if time.perf_counter() - start > SECONDS:
            break
        became = run_forked(session, mutant, 10 * usual + 5)
        counts[became] += 1
        if became == "survived":
            place = f"{mutant.path}:{mutant.line} {mutant.name}"
            print(f"survived  {place}: {mutant.before}  ->  {mutant.after}", flush=True)
    judged = counts["killed"] + counts["survived"]
    share = 100 * counts["killed"] / max(judged, 1)
    print(f"{counts['killed']} of {judged} killed ({share:.0f}%); not run: {counts['not run']}")


def run_forked(session: pytest.Session, mutant: Mutant | None, limit: float) -> str:
    """Run the collected tests in a fork until one fails."""
    child = os.fork()
    if child == 0:
        if mutant is not None and not put_in_place(mutant):
            os._exit(3)
        session.config.option.maxfail = 1
        for item in session.items:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                following = session.items[session.items.index(item) + 1 :][:1]
                nextitem = following[0] if following else None
                reports = runtestprotocol(item, nextitem=nextitem, log=False)
            if any(one.failed for one in reports):
                os._exit(1)
        os._exit(0)
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return {0: "survived", 3: "not run"}.get(os.waitstatus_to_exitcode(status), "killed")
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    paths = sorted(given.modules.rglob("*.py")) if given.modules.is_dir() else [given.modules]
    every = [mutant for path in paths for mutant in mutants_of(path)]
    rng = random.Random(given.seed)
    globals()["SECONDS"] = given.seconds
    MUTANTS.extend(rng.sample(every, min(given.sample, len(every))))
    print(f"{len(every)} mutants, a sample of {len(MUTANTS)}", flush=True)
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-s"]
    pytest.main([*options, *given.tests], plugins=[_Loaded()])


if __name__ == "__main__":
    main()
