"""The same page as extracted by tools of different taste, from two renderings of it."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.line_model.pages import gold_rows
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process

LEAST_CHARACTERS = 40
"""Shorter texts say nothing about a page."""
SEED = 3
_MENU_LINES = 40
_MISSING = 0.2
_LONG_PARAGRAPH = 100
_LONG, _LONGEST, _MANY = 80, 200, 10
"""Characters of long lines and of the longest, words of lines with many."""
_SIGNS = re.compile(r"[^\w\s]")


def extractions(folders: list[Path], pages: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield some pages that all folders have, each with its different texts by their makers."""
    golds = [{row["id"]: row for row in gold_rows(folder)} for folder in folders]
    shared = sorted(set.intersection(*map(set, golds)))
    for page in random.Random(SEED).sample(shared, min(pages, len(shared))):
        rows = [gold[page] for gold in golds]
        files = [folder / "files" / row["file"] for folder, row in zip(folders, rows, strict=True)]
        contents = [file.read_bytes() for file in files]
        texts = _from_gold(str(rows[0]["text"]), str(rows[0].get("title") or ""), page)
        texts |= _from_lines(contents[0].decode("utf-8", "replace").split("\n"), texts["gold"])
        for folder, content in zip(folders, contents, strict=True):
            texts[f"cleaned {folder.name}"] = _cleaned(content)
            texts[f"whole {folder.name}"] = content.decode("utf-8", "replace")
        yield page, _distinct(texts)


def _from_gold(text: str, title: str, page: str) -> dict[str, str]:
    """Return an article with parts missing."""
    chance = random.Random(page)
    paragraphs = [part for part in text.split("\n") if part.strip()]
    beginning = paragraphs[: max(1, len(paragraphs) * 2 // 5)]
    return {
        "gold": text,
        "with title": f"{title}\n{text}",
        "without signs": _SIGNS.sub("", text),
        "a fifth missing": "\n".join(part for part in paragraphs if chance.random() > _MISSING),
        "beginning": "\n".join(beginning),
        "without the first": "\n".join(paragraphs[1:]),
        "long paragraphs": "\n".join(part for part in paragraphs if len(part) >= _LONG_PARAGRAPH),
    }


def _from_lines(lines: list[str], text: str) -> dict[str, str]:
    """Return a page's lines chosen by their length, and an article with its menus."""
    return {
        "long lines": "\n".join(line for line in lines if len(line) >= _LONG),
        "longest lines": "\n".join(line for line in lines if len(line) >= _LONGEST),
        "lines of many words": "\n".join(line for line in lines if len(line.split()) >= _MANY),
        "with what follows": "\n".join([text, *lines[-_MENU_LINES:]]),
        "with what precedes": "\n".join([*lines[:_MENU_LINES], text]),
    }


def _cleaned(content: bytes) -> str:
    """Return the text of the first article that a page becomes, or none."""
    document = RawDocument(hashlib.sha256(content).hexdigest(), "page.txt", content)
    articles = process(document, load_registers()).articles
    return articles[0].text if articles else ""


def _distinct(texts: dict[str, str]) -> dict[str, str]:
    """Return texts of some length, each once."""
    found: dict[str, str] = {}
    for name, text in texts.items():
        if len(text.strip()) >= LEAST_CHARACTERS and text not in found.values():
            found[name] = text
    return found
