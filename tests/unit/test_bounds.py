"""The file of bounds: what it may say, and what is said of what it may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knipsel.expectations.bounds.file import (
    MEASURES,
    OWN_FILE,
    Bound,
    BoundsError,
    LanguageBound,
    bound_sentence,
    number_text,
    parse_bounds,
    read_bounds,
)
from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.runs.errors import WRONG_USAGE, explain
from knipsel.warehouse.layout import Warehouse

FILE = Path("bounds.toml")


def test_a_file_says_what_is_asked() -> None:
    """A minimum stops, a maximum warns; both may stand on one measure."""
    bounds = parse_bounds(
        FILE,
        """
        [articles]
        min = 100
        [share_quarantined]
        max = 0.25
        from = 20
        [share_of_language.nl]
        min = 0.5
        [languages]
        required = ["nl"]
        allowed = ["nl", "pt-BR"]
        """,
    )
    assert bounds.numbers == (
        Bound("articles", "min", 100),
        Bound("share_quarantined", "max", 0.25, 20),
        Bound("share_of_language.nl", "min", 0.5),
    )
    assert [bound.severity for bound in bounds.numbers] == ["critical", "warning", "critical"]
    assert bounds.languages == (
        LanguageBound("required", ("nl",)),
        LanguageBound("allowed", ("nl", "pt-BR")),
    )
    assert [bound.severity for bound in bounds.languages] == ["critical", "warning"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[articles", "it is no TOML"),
        ("[articels]\nmin = 1", "there is no bound on 'articels'; there are articles, documents"),
        ("articles = 100", r"articles must be a table \[articles\] with min or max"),
        ("[articles]\nminimum = 1", r"articles.minimum is not known; \[articles\] takes min, max"),
        ("[articles]\nfrom = 1", r"\[articles\] asks for nothing; give it min or max"),
        ("[articles]", r"\[articles\] asks for nothing"),
        ("[articles]\nmin = 'many'", "articles.min is 'many', but must be a number from 0 on"),
        ("[articles]\nmin = true", "articles.min is True, but must be a number"),
        ("[articles]\nmin = -1", "articles.min is -1, but must be a number from 0 on"),
        ("[articles]\nmin = nan", "articles.min is nan, but must be a number"),
        ("[articles]\nmax = inf", "articles.max is inf, but must be a number"),
        ("[articles]\nmin = 5\nmax = 4", "articles.min is larger than articles.max"),
        (
            "[share_with_date]\nmin = 90",
            "min is 90, but must be a number from 0 to 1",
        ),
        ("[share_kept]\nmin = 0.5\nfrom = 'all'", "share_kept.from is 'all'"),
        ("[languages]\nallowed = 'nl'", "languages.allowed must be a list"),
        ("[languages]\nrequired = []", "languages.required must be a list"),
        ("[languages]\nrequired = ['Dutch']", "languages.required names 'Dutch'"),
        ("[languages]\nfrom = 3", r"\[languages\] asks for nothing; give it required or allowed"),
        ("[share_of_language]\nmin = 1", r"share_of_language.min must be a table"),
        ("share_of_language = 1", r"needs a language, as in \[share_of_language.nl\]"),
    ],
)
def test_what_is_malformed_is_named(text: str, said: str) -> None:
    """One sentence names the file, the key and what is allowed; it is a matter of usage."""
    with pytest.raises(BoundsError, match=said) as raised:
        parse_bounds(FILE, text)
    code, sentence = explain(raised.value)
    assert code == WRONG_USAGE
    assert sentence.startswith("The bounds in bounds.toml cannot be used: ")
    assert "\n" not in sentence


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(BoundsError, match="there is no such file"):
        read_bounds(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# café".encode("latin-1"))
    with pytest.raises(BoundsError, match="not in UTF-8"):
        read_bounds(tmp_path / "latin.toml")


def test_a_warehouse_has_its_own_bounds(tmp_path: Path) -> None:
    """What lies in the warehouse wins over what is configured, and that over the project's."""
    place = Warehouse.at(tmp_path / "warehouse")
    configured = tmp_path / "ours.toml"
    configured.write_text("[articles]\nmin = 2\n")
    assert bounds_of(place).file == OWN_FILE
    assert bounds_of(place, configured).numbers[0].asked == 2
    place.root.mkdir()
    place.bounds_file.write_text("[articles]\nmin = 3\n")
    assert bounds_of(place, configured).numbers[0].asked == 3


def test_the_projects_own_file_names_every_measure() -> None:
    """Each measure stands in it, to be taken up; what is asked stops no young corpus."""
    text = OWN_FILE.read_text(encoding="utf-8")
    assert [name for name in MEASURES if f"[{name}]" not in text] == []
    marks = re.compile(
        r"^# (?=\[\w|(?:min|max|from|required|allowed|repeats|run_years|length_ratio) = )",
        re.MULTILINE,
    )
    without_marks = marks.sub("", text)
    assert len(parse_bounds(OWN_FILE, without_marks).numbers) > len(MEASURES)
    assert all(b.counts_from >= 20 for b in read_bounds().numbers)


@pytest.mark.parametrize(
    ("rule", "seen", "sentence"),
    [
        (
            "share_with_date at least 0.5",
            "0.31",
            "The share of articles with a date is 0.31, and at least 0.5 is asked for",
        ),
        (
            "share_of_language.nl at least 0.5",
            "0.1",
            "The share of articles in nl is 0.1, and at least 0.5 is asked for",
        ),
        (
            "languages include nl, fr",
            "de 3, nl 1",
            "The languages found are de 3, nl 1; they are to include nl, fr",
        ),
    ],
)
def test_a_broken_bound_is_a_sentence(rule: str, seen: str, sentence: str) -> None:
    assert bound_sentence(rule, seen) == f"{sentence} ({rule.split(' ', maxsplit=1)[0]})."


def test_numbers_are_written_as_people_do() -> None:
    assert [number_text(n) for n in (1_234_567.0, 0.5, 1 / 3, 0)] == [
        "1234567",
        "0.5",
        "0.333333",
        "0",
    ]
