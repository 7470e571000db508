"""Exports read back by readers that did not write them."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polars as pl
import pyreadstat
from lxml import etree

_MARKUP = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")


def all_text(place: Path) -> str:
    """Return all text in an export, as whoever is sent it would find it."""
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    return "\n".join(part for file in files if file.is_file() for part in _parts(file))


def _parts(file: Path) -> Iterator[str]:  # noqa: C901 - a case for each format
    match file.suffix:
        case ".xlsx":
            with zipfile.ZipFile(file) as book:
                for name in book.namelist():
                    yield _MARKUP.sub("\n", book.read(name).decode())
        case ".sqlite":
            with closing(sqlite3.connect(file)) as connection:
                yield from connection.iterdump()
        case ".parquet":
            yield from pl.read_parquet(file).select(pl.col(pl.String)).write_csv().split("\x00")
        case ".sav":
            yield pyreadstat.read_sav(str(file))[0].to_csv()
        case ".dta":
            yield pyreadstat.read_dta(str(file))[0].to_csv()
        case ".xml":
            yield " ".join(map(str, etree.parse(file).getroot().itertext()))
            yield file.read_text(encoding="utf-8")
        case ".jsonl":
            for line in file.read_text(encoding="utf-8").splitlines():
                yield "\n".join(map(str, json.loads(line).values()))
        case ".csv":
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield from ("\n".join(row) for row in csv.reader(lines))
        case _:
            yield file.read_text(encoding="utf-8")


def runs(text: str, words: int = 6) -> set[str]:
    """Return all runs of so many words in a text."""
    found = WORD.findall(text.casefold())
    return {" ".join(found[at : at + words]) for at in range(len(found) - words + 1)}
