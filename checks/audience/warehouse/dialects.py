"""Questions of ours in the words of another engine: the few things that it says differently.

`sqlglot` translates what both have. What it does not know, or knows otherwise than DuckDB means it,
is rewritten here, each thing in one small function; the conformance suite holds every engine that
is run to the same counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp, parse_one

from checks.audience.warehouse.definitions import listed, nothing

Rewrite = Callable[[exp.Expr], exp.Expr]
RUN = ("postgres", "spark")
"""Engines on which the same findings were had."""
COMPILED = ("trino", "bigquery", "snowflake")
"""Engines for which questions are only compiled; nobody has run them there."""
_SMALL = {exp.DType.UTINYINT, exp.DType.USMALLINT, exp.DType.UINT, exp.DType.TINYINT}
FAR = {"-infinity": "0001-01-01 00:00:00", "infinity": "9999-12-31 00:00:00"}
"""Days that stand for the infinite past and future, which not every engine has."""


class NotThere(LookupError):  # noqa: N818 — as `Refused`
    """The engine lacks a function that a question needs; its name is the argument."""


def written(query: exp.Expr, dialect: str) -> str:
    """A question as the text that an engine reads; raises `NotThere`."""
    ours = _first_rows(query.copy())
    for rewrite in (*_EVERYWHERE, *_BY_DIALECT[dialect]):
        ours = ours.transform(rewrite)
    return ours.sql(dialect=dialect, identify=True)


def quoted(name: str, dialect: str) -> str:
    """A name as the engine reads it, whatever is in it."""
    return exp.to_identifier(name, quoted=True).sql(dialect=dialect)


def _first_rows(query: exp.Expr) -> exp.Expr:
    """The first row of each key as a row of its own: not every engine packs rows into a value."""
    packed = {alias for select in query.find_all(exp.Select) for alias in _packed(select)}
    for select in list(query.find_all(exp.Select)):
        for alias in _packed(select):
            flat = _flat(select, alias)
            query = flat if select is query else query
            select.replace(flat)
    for column in list(query.find_all(exp.Column)):
        packing = column.args.get("db")
        if packing is not None and column.table.endswith("said"):
            packed.add(column.table)
            column.replace(exp.column(f"{column.table}__{column.name}", table=packing.name))
    return query


def _packed(select: exp.Select) -> Iterator[str]:
    for one in select.expressions:
        if isinstance(one.unalias(), exp.First) and one.find(exp.Struct):
            yield one.alias


def _flat(select: exp.Select, alias: str) -> exp.Select:
    """``SELECT key, first(struct_pack(a := a, …) ORDER BY …) AS said … GROUP BY key``, flat."""
    [ordered] = [one.find(exp.Order) for one in select.expressions if one.alias == alias]
    assert ordered is not None
    keys = [one.copy() for one in select.args["group"].expressions]
    fields = [one.expression.copy() for one in ordered.this.expressions]
    names = [f"{alias}__{one.name}" for one in fields]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[one.copy() for one in keys],
        order=exp.Order(expressions=[one.copy() for one in ordered.expressions]),
    )
    named = [exp.alias_(one, name) for one, name in zip(fields, names, strict=True)]
    inner = exp.select(*keys, *named, exp.alias_(place, "place_in_order"))
    for part in ("from_", "where"):
        inner.set(part, select.args[part].copy())
    kept = [exp.column(name) for name in (*(one.name for one in keys), *names)]
    first = exp.column("place_in_order").eq(1)
    return exp.select(*kept).from_(inner.subquery("ranked")).where(first)


def _among(node: exp.Expr) -> exp.Expr:
    """``x IN (SELECT unnest([…]))`` is ``x IN (…)``."""
    query = node.args.get("query") if isinstance(node, exp.In) else None
    array = query.find(exp.Array) if query is not None and query.find(exp.Explode) else None
    if array is None:
        return node
    return exp.In(this=node.this, expressions=array.expressions) if array.expressions else _no()


def _listed(node: exp.Expr) -> exp.Expr:
    """``SELECT unnest([…]) AS a, unnest([…]) AS b`` is a table of values."""
    if not isinstance(node, exp.Select) or node.args.get("from_") or not node.expressions:
        return node
    if not all(isinstance(one.unalias(), exp.Explode) for one in node.expressions):
        return node
    arrays = [one.find(exp.Array) for one in node.expressions]
    casts = [one.find(exp.Cast) for one in node.expressions]
    kinds = {
        one.alias: cast.to.expressions[0]
        for one, cast in zip(node.expressions, casts, strict=True)
        if cast is not None
    }
    lists = [list(one.expressions) for one in arrays if one is not None]
    return listed(kinds, lists) if any(lists) else nothing(kinds)


def _filtered(node: exp.Expr) -> exp.Expr:
    """``count(*) FILTER (WHERE c)`` counts where c."""
    if not isinstance(node, exp.Filter):
        return node
    counted, condition = node.this, node.expression.this
    one = exp.Literal.number(1) if isinstance(counted.this, exp.Star) else counted.this
    return type(counted)(this=exp.case().when(condition, one))  # type: ignore[no-any-return]


def _finite(node: exp.Expr) -> exp.Expr:
    if not _called(node, "ISFINITE"):
        return node
    odd = [_double(one) for one in ("NaN", "Infinity", "-Infinity")]
    return exp.not_(exp.In(this=node.expressions[0], expressions=odd))


def _endless(node: exp.Expr) -> exp.Expr:
    """The infinite past and future are days far away."""
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.this.name in FAR:
        return exp.cast(exp.Literal.string(FAR[node.this.name]), "TIMESTAMP")
    return node


def _named(node: exp.Expr) -> exp.Expr:
    """A query that stands for a table needs a name; the greatest of one thing is that thing."""
    inside = isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From | exp.Join)
    if inside and not node.alias:
        return exp.alias_(node, "within", table=True)
    if isinstance(node, exp.Greatest | exp.Least) and not node.expressions:
        return node.this  # type: ignore[no-any-return]
    return node


def _applied(node: exp.Expr) -> exp.Expr:
    """``(list_transform([x], lambda n: …))[1]`` is … with x for n."""
    inner = node.this.unnest() if isinstance(node, exp.Bracket) else None
    if not isinstance(inner, exp.Transform) or not isinstance(inner.this, exp.Array):
        return node
    [value] = inner.this.expressions
    body, [name] = inner.expression.this, inner.expression.expressions

    def filled(part: exp.Expr) -> exp.Expr:
        return value.copy() if part.name == name.name and _is_name(part) else part

    return exp.paren(body.copy().transform(filled))


def _is_name(part: exp.Expr) -> bool:
    inside = isinstance(part.parent, exp.Column)
    return isinstance(part, exp.Column | exp.Identifier) and not inside


def _holds(node: exp.Expr) -> exp.Expr:
    """Whether a text holds another, or has a form."""
    if isinstance(node, exp.Contains):
        found = exp.StrPosition(this=node.this, substr=node.expression)
        return exp.GT(this=found, expression=exp.Literal.number(0))
    if isinstance(node, exp.RegexpFullMatch):
        form = exp.Literal.string(f"^({node.expression.name})$")
        return exp.RegexpLike(this=node.this, expression=form)
    return node


def _days_between(node: exp.Expr) -> exp.Expr:
    """A day less another is a number of days; elsewhere it may be a span of time."""
    if isinstance(node, exp.Sub) and isinstance(node.this, exp.Cast) and node.this.is_type("date"):
        return exp.DateDiff(this=node.this, expression=node.expression, unit=exp.var("DAY"))
    return node


def _half_away(node: exp.Expr) -> exp.Expr:
    """Halves are rounded away from nought; some engines take the even neighbour."""
    if not isinstance(node, exp.Round) or node.args.get("decimals") is not None:
        return node
    below, above = (
        exp.Floor(this=exp.paren(exp.Add(this=one, expression=exp.Literal.number("0.5"))))
        for one in (exp.Neg(this=exp.paren(node.this.copy())), exp.paren(node.this.copy()))
    )
    return exp.case().when(node.this.copy() < 0, exp.Neg(this=below)).else_(above)


def _plain_number(node: exp.Expr) -> exp.Expr:
    """Small numbers without a sign are a way of DuckDB's to save room."""
    if isinstance(node, exp.DataType) and node.this in _SMALL:
        return exp.DataType.build("INT")
    if isinstance(node, exp.DataType) and node.this is exp.DType.UBIGINT:
        return exp.DataType.build("BIGINT")
    return node


def _grouped(node: exp.Expr) -> exp.Expr:
    """``GROUP BY ALL`` is by whatever is no sum."""
    group = node.args.get("group") if isinstance(node, exp.Select) else None
    if group is None or not group.args.get("all"):
        return node
    plain = [at for at, one in enumerate(node.expressions, start=1) if not one.find(exp.AggFunc)]
    node.set("group", exp.Group(expressions=[exp.Literal.number(at) for at in plain]))
    return node


def _unordered(node: exp.Expr) -> exp.Expr:
    """Answers are put in order where they arrive: engines disagree about the order of text."""
    if isinstance(node, exp.Select) and node.args.get("order"):
        node.set("order", None)
    return node


def _first_of_array(node: exp.Expr) -> exp.Expr:
    if not (isinstance(node, exp.First) and isinstance(node.this, exp.Order)):
        return node
    every = exp.Paren(this=exp.ArrayAgg(this=node.this))
    return exp.Bracket(this=every, expressions=[exp.Literal.number(0)])


def _first_by_struct(node: exp.Expr) -> exp.Expr:
    """The value with the greatest order; what is to be least is turned round."""
    if not (isinstance(node, exp.First) and isinstance(node.this, exp.Order)):
        return node
    order = [
        one.this if one.args.get("desc") else exp.not_(exp.paren(one.this))
        for one in node.this.expressions
    ]
    packed = exp.Anonymous(this="STRUCT", expressions=order)
    return exp.Anonymous(this="MAX_BY", expressions=[node.this.this, packed])


def _first_by_place(node: exp.Expr) -> exp.Expr:
    """Rows are numbered in each order that is asked for; the first value is that of number one."""
    if not isinstance(node, exp.Select) or node.args.get("group") is None:
        return node
    firsts = [one for part in node.expressions for one in part.find_all(exp.First)]
    if not firsts:
        return node
    keys = [one.copy() for one in node.args["group"].expressions]
    places: dict[str, exp.Identifier] = {}
    for one in firsts:
        order = exp.Order(expressions=[part.copy() for part in one.this.expressions])
        place = places.setdefault(order.sql(), exp.to_identifier(f"place_{len(places)}"))
        is_first = exp.column(place.copy()).eq(1)
        one.replace(exp.Max(this=exp.case().when(is_first, one.this.this.copy())))
    numbered = [
        exp.alias_(
            exp.Window(
                this=exp.RowNumber(),
                partition_by=[key.copy() for key in keys],
                order=parse_one(f"SELECT 1 {order}").args["order"],
            ),
            place.copy(),
        )
        for order, place in places.items()
    ]
    source = node.args["from_"].this
    inner = exp.select("*", *numbered).from_(source.copy())
    node.set("from_", exp.From(this=inner.subquery(source.alias_or_name)))
    return node


def _agreeing(node: exp.Expr) -> exp.Expr:
    """PostgreSQL has no least and greatest of yes and no; they differ where there are two."""
    if isinstance(node, exp.EQ | exp.NEQ) and _both_ends(node):
        counted = exp.Count(this=exp.Distinct(expressions=[node.this.this]))
        sign = exp.EQ if isinstance(node, exp.EQ) else exp.GT
        return sign(this=counted, expression=exp.Literal.number(1))
    if isinstance(node, exp.Min) and isinstance(node.parent, exp.If):
        ordered = exp.Order(this=node.this, expressions=[exp.Ordered(this=node.this.copy())])
        return _first_of_array(exp.First(this=ordered))
    return node


def _both_ends(node: exp.EQ | exp.NEQ) -> bool:
    one, other = node.this, node.expression
    return isinstance(one, exp.Min) and isinstance(other, exp.Max) and bool(one.this == other.this)


def _postgres(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RegexpExtract):
        found = exp.Anonymous(this="SUBSTRING", expressions=[node.this, node.expression])
        return exp.Coalesce(this=found, expressions=[exp.Literal.string("")])
    if isinstance(node, exp.SHA2):
        read = exp.Anonymous(this="CONVERT_TO", expressions=[node.this, exp.Literal.string("UTF8")])
        hashed = exp.Anonymous(this="SHA256", expressions=[read])
        return exp.Anonymous(this="ENCODE", expressions=[hashed, exp.Literal.string("hex")])
    if isinstance(node, exp.Log) and node.args.get("expression") is not None:
        return exp.Anonymous(this="LOG", expressions=[node.expression])
    if isinstance(node, exp.SHA):
        raise NotThere("sha1")
    return node


def _called(node: exp.Expr, name: str) -> bool:
    return isinstance(node, exp.Anonymous) and str(node.this).upper() == name


def _double(text: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), "DOUBLE")


def _no() -> exp.Expr:
    return exp.Boolean(this=False)


_EVERYWHERE: tuple[Rewrite, ...] = (
    _applied, _among, _listed, _filtered, _finite, _endless,
    _named, _holds, _half_away, _plain_number, _grouped, _unordered,
)  # fmt: skip
_BY_DIALECT: dict[str, tuple[Rewrite, ...]] = {
    "postgres": (_first_of_array, _agreeing, _postgres),
    "spark": (_first_by_struct, _days_between),
    "trino": (_first_of_array, _days_between),
    "bigquery": (_first_by_place, _days_between),
    "snowflake": (_first_by_place, _days_between),
}
