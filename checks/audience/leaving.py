"""The one door through which keys leave the audience: to the lists of intake, and to nobody else.

Which module may open it is an import contract. The person view of every other audience has no keys.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa

from checks.audience import digests, matching
from checks.audience.answers import Audience
from checks.audience.questions import Question
from checks.conditions import Condition, FirstOf


class Keyed(Audience):
    """An audience that also knows the key of each person."""

    _keyed = True

    @property
    def linked(self) -> tuple[str, ...]:
        """The side files that meet people by another column than their key."""
        return tuple(role for role in matching.ROLES if matching.of(self._campaign, role))

    def each(self, bins: FirstOf, where: Condition) -> Iterator[tuple[str | None, str]]:
        """The key of each person whom the condition meets, and that person's bin; keys in order.

        The key is spelt as in the people file; None comes last, for people whose row has none.
        """
        question = Question(self._facts)
        bin_, show = question.key(bins)
        rows = self._engine.each(
            f"SELECT key, {bin_} FROM person WHERE {question.clause(where)} "
            "ORDER BY key NULLS LAST",
            question.values,
        )
        for key, code in rows:
            yield key, show(code)

    def drawn(self, where: Condition, seed: str, many: int) -> tuple[str, ...]:
        """The keys of so many people whom the condition meets; a seed always draws the same."""
        question = Question(self._facts)
        found = self._engine.run(
            f"SELECT key FROM person WHERE key IS NOT NULL AND {question.clause(where)} "
            "ORDER BY sha256($seed || key), key LIMIT $many",
            {**question.values, "seed": seed, "many": many},
        )
        return tuple(key for (key,) in found)

    def digested(
        self,
        bins: FirstOf,
        where: Condition,
        secret: bytes,
        *,
        alike: Callable[[str], str] = digests.normal,
    ) -> tuple[tuple[str, ...], Iterator[pa.RecordBatch]]:
        """The keyed digest of each person whom the condition meets, and that person's bin.

        Returns the names of the bins and rows of (digest, place of the bin, and for each side file
        that meets people otherwise the digests of what it meets them by), in the order of the
        digests: it tells nothing about the people. Who has no key comes first, without a digest.
        `alike` is the form in which keys are compared.
        """
        question = Question(self._facts)
        bin_, _ = question.key(bins)
        names = tuple(dict.fromkeys([*(name for name, _ in bins.bins), bins.otherwise]))
        key = digests.digest(alike("key"))
        links = "".join(
            f", list_transform(links_{role}, lambda link: {digests.digest('link')}) AS {role}"
            for role in self.linked
        )
        rows = self._engine.batches(
            f"SELECT {key} AS digest, CAST({bin_} AS UTINYINT) AS bin{links} FROM person "
            f"WHERE {question.clause(where)} ORDER BY digest NULLS FIRST",
            {**question.values, **digests.pads(secret)},
        )
        return names, rows
