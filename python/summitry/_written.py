"""What a caller hands over, as the engine reads it."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any, Union

from ._problem import wrong

MOST = 10_000_000_000_000

Over = Union[Mapping[str, Any], Iterable[str], str, None]
"""Paths and what they run over: ``{"parties.us.optimism": (0, 1), "levers.us_tariff.now": [30, 40, 50]}``, a pair for a
range and a list for values; or texts as the program takes them, ``PATH=0..1`` and ``PATH=30,40,50``."""


def count(what: str, given: Any, least: int = 1) -> int:
    """A whole number of games or points, also where it is written as ``1e5``."""
    n = whole(what, given)
    if not least <= n <= MOST:
        raise wrong(f"{what} is {n}: at least {least} and at most 1e13 are played")
    return n


def some(what: str, n: Any, least: int = 1) -> int | None:
    """The same, or None."""
    return None if n is None else count(what, n, least)


def number(what: str, given: Any) -> int:
    """A seed or the number of a game."""
    n = whole(what, given)
    if not 0 <= n < 2**64:
        raise wrong(f"{what} is a whole number from 0 to {2**64 - 1}, found {n}")
    return n


def threads(given: Any) -> int | None:
    """Threads; more than the machine runs side by side are as many as it does."""
    if given is None:
        return None
    n = whole("threads", given)
    if n < 1:
        raise wrong(f"threads is {n}: at least 1 is needed, or None for all")
    return min(n, 1_024)


def whole(what: str, n: Any) -> int:
    if isinstance(n, float) and n.is_integer():
        return int(n)
    try:
        found: int = operator.index(n)
        return found
    except TypeError:
        raise wrong(f"{what} is a whole number, found {n!r}") from None


def value(x: Any) -> str:
    """A value as a scenario file has it. A text stands as it is, as it is typed after ``--set PATH=``."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, str):
        return x
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(quoted(item) for item in x) + "]"
    if isinstance(x, Mapping):
        return "{" + ", ".join(f"{quoted(str(key))}: {quoted(item)}" for key, item in x.items()) + "}"
    if hasattr(x, "tolist"):  # of numpy
        return value(x.tolist())
    if isinstance(x, (int, float)):
        return repr(x)
    raise wrong(f"{x!r} cannot be written in a scenario: give a number, a text, a list or a mapping")


def quoted(x: Any) -> str:
    """The same within a list, where a text has quotes."""
    if not isinstance(x, str):
        return value(x)
    escaped = x.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def sets(changes: Mapping[str, Any] | None) -> list[str]:
    """Changes as ``PATH=VALUE``."""
    return [f"{path}={value(x)}" for path, x in (changes or {}).items()]


def over(paths: Mapping[str, Any] | Iterable[str] | str | None) -> list[str]:
    """Paths and what they run over, as ``PATH=VALUES``: a list is values, a pair ``(low, high)`` a range."""
    if paths is None:
        return []
    if isinstance(paths, str):
        return [paths]
    if not isinstance(paths, Mapping):
        return list(paths)
    return [f"{path}={values(path, x)}" for path, x in paths.items()]


def values(path: str, x: Any) -> str:
    if isinstance(x, str):
        return x
    if isinstance(x, tuple):
        if len(x) != 2:
            raise wrong(f"a range of `{path}` is a pair, (low, high); values are a list")
        return f"{value(x[0])}..{value(x[1])}"
    return ",".join(value(item) for item in x)


def words(of: Iterable[str] | str | None) -> list[str]:
    """One text or several."""
    return [] if of is None else [of] if isinstance(of, str) else list(of)
