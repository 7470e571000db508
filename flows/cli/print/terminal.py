"""Text that is shown on a terminal: what would steer the terminal is written out instead.

Names of files and texts come from strangers. A terminal takes some characters of them for
commands (clear the screen, change the title, move up and overwrite), or turns the order of
what follows, so that a name looks like another one.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from io import TextIOWrapper
from pathlib import Path

from rich.markup import escape as escape_markup

_STEERS = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # control characters, but for tabs and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which turn the order of reading
    "\u2028\u2029\ud800-\udfff"  # line ends of another kind, and halves of characters
)
_STEERING = re.compile(f"[{_STEERS}]")
_STEERING_IN_A_LINE = re.compile(f"[{_STEERS}\t\n]")

_UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Categories of characters that have no shape of their own."""


def write_whatever_comes() -> None:
    """Let no character be an error that the locale cannot write: it is written out instead.

    Where there is no standard output at all, nothing is an error, and nothing is written.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def harmless(text: str) -> str:
    r"""Return a text in which what would steer a terminal is written out, as ``\x1b``.

    Line ends and tabs stay; a return before a line end goes.
    """
    return _STEERING.sub(_written_out, text.replace("\r\n", "\n"))


def in_a_line(text: str) -> str:
    """Return a text that takes one line: its line ends and tabs are written out too."""
    return _STEERING_IN_A_LINE.sub(_written_out, text)


def escape(text: str) -> str:
    """Return a text that is neither markup to `rich` nor a command to the terminal."""
    return escape_markup(harmless(text))


def harmless_json(text: str) -> str:
    """Return JSON in which what would steer a terminal is written as JSON writes it.

    It says the same: outside of its strings JSON has no such characters.
    """
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def printable_text(text: str) -> str:
    """Return a text on one line that no terminal takes for commands: such signs are escaped."""
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if character != "\t" and unicodedata.category(character) in _UNPRINTABLE
        else character
        for character in text
    )
