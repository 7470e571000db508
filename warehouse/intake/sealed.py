"""What people state is kept in the archive with its own checksum: its name does not tell it.

The checksum is a comment in the last line, which a reader of TOML passes over.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

_SEAL = re.compile(r"\n# sha256 ([0-9a-f]{64})\n\Z")


def sealed(text: str) -> str:
    """Return a text with its checksum below it."""
    return f"{text}\n# sha256 {_sum(text)}\n"


def unsealed(text: str) -> str:
    """Return a text without its checksum, where it has one."""
    return _SEAL.sub("", text)


def is_broken(file: Path) -> bool:
    """Tell whether a text has another checksum than its own; one that has none is not broken."""
    text = file.read_bytes().decode("utf-8", "replace")
    found = _SEAL.search(text)
    return found is not None and found[1] != _sum(text[: found.start()])


def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
