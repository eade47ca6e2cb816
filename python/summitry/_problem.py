"""What is wrong with what was given, where, and what to do about it."""

from __future__ import annotations

from typing import Any


class Problem(ValueError):
    """What an author or a caller wrote is wrong. ``str()`` is the text that the program prints, of all problems at once.

    ``problems`` lists them, each with ``text``, ``code``, ``help``, ``file``, ``line`` and ``column``; the attributes of
    the same names are those of the first.
    """

    problems: list[dict[str, Any]]
    text: str
    """What is wrong, one sentence without a full stop."""
    code: str
    """The kind of fault, such as ``unknown-field``; codes are stable, texts may change."""
    help: str | None
    """What to do, where that does not follow from the text."""
    file: str | None
    """The file, or what else was read, as it was named; none where the fault stands in no text."""
    line: int | None
    """Its line, from 1."""
    column: int | None
    """Its column, from 1, in characters."""

    def __init__(self, printed: str, problems: list[dict[str, Any]] | None = None) -> None:
        super().__init__(printed)
        plain = {"text": printed.removeprefix("error: "), "code": "bad-argument"}
        self.problems = problems or [{**dict.fromkeys(("help", "file", "line", "column")), **plain}]
        for name, value in self.problems[0].items():
            setattr(self, name, value)

    @property
    def place(self) -> str | None:
        """Where, as ``FILE:LINE:COLUMN``; none where the fault stands in no text."""
        return None if self.file is None else f"{self.file}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.problems)


def wrong(text: str) -> Problem:
    """A wrong argument."""
    return Problem(f"error: {text}")
