"""What could be wrong with a module: one operator, number, word or condition of it at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change."""

    line: int
    what: str
    tree: ast.Module
    function: range | None
    """The lines of the function whose body holds it; None where it is done as the module loads."""


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module; each tree is fresh."""
    for number in range(len(list(_changes(ast.parse(source))))):
        tree = ast.parse(source)
        node, change = list(_changes(tree))[number]
        setattr(node, change.part, change.value)
        whole = ast.fix_missing_locations(tree)
        yield Mutant(node.lineno, change.what, whole, _function_of(node, whole))


def _function_of(node: ast.expr, tree: ast.Module) -> range | None:
    """The outermost function in whose body a node stands; defaults and decorators are outside."""
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef) and _holds(one.body, node):
            return range(one.lineno, (one.end_lineno or one.lineno) + 1)
    return None


def _holds(body: list[ast.stmt], node: ast.expr) -> bool:
    return any(node is inner for line in body for inner in ast.walk(line))


class Change(NamedTuple):
    """What becomes of one part of a node, and how that is said."""

    what: str
    part: str
    value: object


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr, Change]]:
    """Everything that could be changed; docstrings and words of sentences are left alone."""
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            spoken |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in spoken:
            yield from ((node, change) for change in (*_operators(node), *_values(node)))


def _operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                yield Change(_told(op), "ops", [*ops[:at], SWAPS[type(op)](), *ops[at + 1 :]])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
            yield Change(_told(op), "op", SWAPS[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not() as op):
            yield Change(f"drop {type(op).__name__}", "op", ast.UAdd())
        case ast.IfExp(test=test):
            yield Change("if ↔ else", "test", ast.UnaryOp(ast.Not(), test))
        case ast.If(test=test):
            yield Change("if → if not", "test", ast.UnaryOp(ast.Not(), test))


def _values(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Constant(value=bool(value)):
            yield Change(f"{value} → {not value}", "value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield Change(f"{value} → {value + 1}", "value", value + 1)
        case ast.Constant(value=str(value)) if " " not in value:
            yield Change(f"“{value}” → “X”", "value", "X")
        case ast.Name(id=name) if name in NAMES:
            yield Change(f"{name} → {NAMES[name]}", "id", NAMES[name])


def _told(op: ast.AST) -> str:
    return f"{type(op).__name__} → {SWAPS[type(op)].__name__}"
