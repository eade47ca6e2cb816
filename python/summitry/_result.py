"""What was found: documents of the program as objects."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from ._summitry import Answer


class Record:
    """A part of a document: its fields are attributes, and items where a name holds a point: ``metrics["us.total"]``.

    ``in``, ``len`` and ``for`` go over their names; ``to_dict`` gives plain dictionaries.
    """

    _fields: dict[str, Any]

    def __init__(self, fields: dict[str, Any]) -> None:
        object.__setattr__(self, "_fields", {name: _made(value) for name, value in fields.items()})

    def __getattr__(self, name: str) -> Any:
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(f"there is no `{name}` here: {_listed(self._fields)}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("what was found is not changed; `to_dict` gives a copy that may be")

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._fields == other._fields

    __hash__ = None  # type: ignore[assignment]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(name for name in self._fields if name.isidentifier())]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_listed(self._fields)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Record, (self.to_dict(),)

    def to_dict(self) -> dict[str, Any]:
        """A copy in plain dictionaries and lists."""
        return {name: _plain(value) for name, value in self._fields.items()}


class Result(Record):
    """What was found: a document of the program (FORMATS.md says what each kind holds), which shows its charts in a
    notebook."""

    _answer: Answer | None

    def __init__(self, answer: Answer) -> None:
        super().__init__(json.loads(answer.json()))
        object.__setattr__(self, "_answer", answer)

    @property
    def kind(self) -> str:
        """Which kind of document it is, such as ``batch``."""
        return str(self._fields["schema"]).removeprefix("summitry.").partition("/")[0]

    @property
    def stopped(self) -> bool:
        """Stopped before all games were played: it says what was found until then."""
        return bool(self._fields.get("interrupted", False))

    def to_json(self) -> str:
        """The document as the program prints it, without how it was made: indented, with a line break at its end."""
        return self._answer.json() if self._answer else json.dumps(self.to_dict(), indent=2) + "\n"

    def to_html(self) -> str | None:
        """Its charts on one page that needs no network, no script and no other file; none where it has no charts."""
        return self._answer.charts() if self._answer else None

    def __repr__(self) -> str:
        named = (name for name in ("scenario", "games", "seed", "digest") if name in self._fields)
        told = [f"{name}={self._fields[name]!r}" for name in named]
        return f"<summitry {self.kind}: {', '.join(told)}>"

    def _repr_html_(self) -> str | None:
        page = self.to_html()
        if page is None:
            return None
        frame = "width:100%;height:36em;border:1px solid #8884;border-radius:4px"
        title = html.escape(repr(self))
        return f'<iframe title="{title}" style="{frame}" sandbox="" srcdoc="{html.escape(page)}"></iframe>'


class Game(Result):
    """One game, told."""

    _story: str

    def __init__(self, answer: Answer, story: str) -> None:
        super().__init__(answer)
        object.__setattr__(self, "_story", story)

    @property
    def story(self) -> str:
        """The game in English, week by week, on one page."""
        return self._story

    def __str__(self) -> str:
        return self._story


def _made(value: Any) -> Any:
    if isinstance(value, dict):
        return Record(value)
    return [_made(item) for item in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _listed(names: dict[str, Any]) -> str:
    shown = list(names)[:12]
    return ", ".join(shown) + (", ..." if len(names) > len(shown) else "")
