"""Mutants of a module: each changes one expression and knows the lines by which tests find it.

One change per place, the smallest that is no other place's: what merely breaks the code (another
type, a missing argument) would be found by any test and say nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.MatMult: ast.Mult,
}  # fmt: skip
_PAIRS = (
    ("min", "max"), ("minimum", "maximum"), ("any", "all"), ("floor", "ceil"),
    ("idxmin", "idxmax"), ("argmin", "argmax"),
)  # fmt: skip
CALLED = {b: a for a, b in _PAIRS} | dict(_PAIRS)


@dataclass(frozen=True)
class Mutant:
    """One change, `before` to `after`, of the `number`-th node of the module at `path`.

    A test may find it that runs one of `lines` or, of what is made on import (a constant, the
    default of a field), a line anywhere that mentions one of `names`.
    """

    path: Path
    number: int
    line: int
    before: str
    after: str
    lines: frozenset[int]
    names: frozenset[str]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.before}  ->  {self.after}"

    def code(self) -> ast.Module:
        """Return the module with the change."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        target = list(ast.walk(tree))[self.number]
        parent = next(one for one in ast.walk(tree) if target in ast.iter_child_nodes(one))
        changed = _changed(target, parent)
        assert changed is not None
        return ast.fix_missing_locations(_Swap(target, changed).visit(tree))


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, changed: ast.AST) -> None:
        self.target, self.changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.target:
            return ast.copy_location(self.changed, node)
        return self.generic_visit(node)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    number = {id(node): place for place, node in enumerate(ast.walk(tree))}
    for around in _mutable([tree]):
        node = around[-1]
        changed = _changed(node, around[-2])
        if changed is not None:
            before, after = (" ".join(ast.unparse(one).split()) for one in (node, changed))
            lines, names = _shown_by(around)
            yield Mutant(path, number[id(node)], node.lineno, before, after, lines, names)


def lines_naming(names: frozenset[str], modules: dict[str, ast.Module]) -> dict[str, set[int]]:
    """Return per module the lines in functions that mention a name or what is made of it."""
    every = set(names)
    tops = [(one, _targets(one), _mentioned(one)) for m in modules.values() for one in m.body]
    while found := {n for _, made, said in tops if said & every for n in made} - every:
        every |= found
    found: dict[str, set[int]] = {path: set() for path in modules}
    for path, module in modules.items():
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef):
                # A default matters wherever the function runs.
                whole = bool(_mentioned(function.args) & every)
                for part in function.body:
                    inside = [node.lineno for node in ast.walk(part) if _name(node) in every]
                    found[path].update(_lines(part) if whole else inside)
    return found


def _mutable(around: list[ast.AST]) -> Iterator[list[ast.AST]]:
    """Yield every node, after those around it, without annotations and decorators."""
    for name, value in ast.iter_fields(around[-1]):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield [*around, child]
                yield from _mutable([*around, child])


def _shown_by(around: list[ast.AST]) -> tuple[frozenset[int], frozenset[str]]:
    """Return the lines whose run may show a change of the last node, and names whose use may."""
    functions = [at for at, one in enumerate(around) if isinstance(one, ast.FunctionDef)]
    if functions:
        function, inside = around[functions[-1]], around[functions[-1] + 1]
        if inside in function.body:
            return frozenset(_lines(_statement(around))), frozenset()
        return frozenset(line for part in function.body for line in _lines(part)), frozenset()
    lambdas = [one for one in around[:-1] if isinstance(one, ast.Lambda)]
    if lambdas:
        return frozenset(_lines(lambdas[0])), frozenset()
    return frozenset(), _targets(around[1])


def _statement(around: list[ast.AST]) -> ast.AST:
    """Return the innermost simple statement; of a compound one only what stands in its head."""
    at = max(place for place, one in enumerate(around) if isinstance(one, ast.stmt))
    whole = around[at]
    return around[at + 1] if hasattr(whole, "body") and at + 1 < len(around) else whole


def _lines(node: ast.AST) -> set[int]:
    return {
        line
        for one in ast.walk(node)
        if hasattr(one, "lineno")
        for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)
    }


def _targets(statement: ast.AST) -> frozenset[str]:
    """Return the names that a statement on top of a module makes."""
    if isinstance(statement, ast.ClassDef):
        return frozenset({statement.name})
    made = getattr(statement, "targets", [getattr(statement, "target", None)])
    return frozenset(one.id for one in made if isinstance(one, ast.Name))


def _mentioned(statement: ast.AST) -> set[str | None]:
    return {_name(one) for one in ast.walk(statement)} - {None}


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def _changed(node: ast.AST, parent: ast.AST) -> ast.AST | None:
    """Return the node with one change; None where nothing is to be changed."""
    changed = _CHANGES[type(node)](node) if type(node) in _CHANGES else None
    conditions = [getattr(parent, "test", None), *getattr(parent, "ifs", [])]
    if changed is None and node in conditions and not isinstance(parent, ast.IfExp):
        return ast.UnaryOp(ast.Not(), node)
    return changed


def _compare(node: ast.Compare) -> ast.AST:
    return ast.Compare(node.left, [COMPARED[type(node.ops[0])](), *node.ops[1:]], node.comparators)


def _binary(node: ast.BinOp) -> ast.AST | None:
    kind = COUNTED.get(type(node.op))
    return ast.BinOp(node.left, kind(), node.right) if kind else None


def _in_place(node: ast.AugAssign) -> ast.AST | None:
    kind = COUNTED.get(type(node.op))
    return ast.AugAssign(node.target, kind(), node.value) if kind else None


def _constant(node: ast.Constant) -> ast.AST | None:
    if isinstance(node.value, bool):
        return ast.Constant(not node.value)
    return ast.Constant(node.value + 1) if isinstance(node.value, (int, float)) else None


def _call(node: ast.Call) -> ast.AST | None:
    name = _name(node.func)
    if name not in CALLED:
        return None
    other = (
        ast.Attribute(node.func.value, CALLED[name], ast.Load())
        if isinstance(node.func, ast.Attribute)
        else ast.Name(CALLED[name], ast.Load())
    )
    return ast.Call(other, node.args, node.keywords)


_CHANGES: dict[type[ast.AST], Callable[[Any], ast.AST | None]] = {
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.AugAssign: _in_place,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.BoolOp: lambda node: ast.BoolOp(
        ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values
    ),
    ast.UnaryOp: lambda node: node.operand,
    ast.IfExp: lambda node: ast.IfExp(node.test, node.orelse, node.body),
    # A call for what it does, such as a check, is left out.
    ast.Expr: lambda node: ast.Pass() if isinstance(node.value, ast.Call) else None,
    ast.Continue: lambda _: ast.Break(),
    ast.Break: lambda _: ast.Continue(),
}
