"""``corpus.toml``: what people may say of their corpus, and what they are told of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.warehouse.release.files.corpus_file import (
    CORPUS_FILE,
    LARGEST,
    CorpusFileError,
    parse_corpus,
    read_corpus,
)

HEAD = 'title = "A corpus"\n'
MINE = HEAD + 'creators = [{ family_name = "Maker", given_name = "Ann" }]\n'


def test_title_and_makers_are_enough() -> None:
    """Nothing else is asked for, and nothing is made up."""
    corpus = parse_corpus(MINE)
    assert corpus.creators[0].full_name == "Ann Maker"
    assert corpus.creators[0].name_in_lists == "Maker, Ann"
    assert (corpus.description, corpus.metadata_licence, corpus.address) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Onderhandelingen over Oekraïne", "onderhandelingen-over-oekraine"),
        ("  Press, 2022–2025 ", "press-2022-2025"),
        ("Війна", "corpus"),
    ],
)
def test_a_title_becomes_a_name_for_programs(title: str, name: str) -> None:
    """In the letters that data packages allow."""
    assert parse_corpus(MINE.replace("A corpus", title)).short_name == name


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.5072/abc.1", "10.5072/abc.1"),
        ("https://doi.org/10.5072/abc.1", "10.5072/abc.1"),
        ("doi:10.5072/abc.1", "10.5072/abc.1"),
    ],
)
def test_a_doi_is_taken_in_each_of_its_forms(written: str, doi: str) -> None:
    """And is where the corpus is found, before its page."""
    corpus = parse_corpus(f'{MINE}doi = "{written}"\nurl = "https://example.org/corpus"')
    assert corpus.doi == doi
    assert corpus.address == f"https://doi.org/{doi}"


def _maker(fields: str) -> str:
    return f"{HEAD}creators = [{{ {fields} }}]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "corpus.toml: title: is missing."),
        ("title", "corpus.toml: is no TOML: "),
        (HEAD, "corpus.toml: creators: is missing."),
        (HEAD + "creators = []", "corpus.toml: creators: must name at least one."),
        (HEAD + 'creators = ["Ann"]', "corpus.toml: creators.0: must be a table"),
        (_maker(""), "corpus.toml: creators.0: a person has `family_name`"),
        (_maker('name = "A", family_name = "B"'), "corpus.toml: creators.0: a person has"),
        (_maker('name = "A", given_name = "B"'), "corpus.toml: creators.0: an organisation has"),
        (_maker('family_name = ""'), "corpus.toml: creators.0.family_name: is empty."),
        (
            _maker('family_name = "A", orcid = "0000-0001-2345-678X"'),
            "corpus.toml: creators.0.orcid: this ORCID iD has a wrong digit",
        ),
        (
            _maker('family_name = "A", orcid = "12"'),
            "corpus.toml: creators.0.orcid: an ORCID iD has four times four digits",
        ),
        (MINE + 'licence = "MIT"', "corpus.toml: licence: is not known here."),
        (MINE + 'metadata_licence = "free"', "corpus.toml: metadata_licence: is no licence"),
        (MINE + 'doi = "12/3"', "corpus.toml: doi: a DOI begins with"),
        (MINE + 'url = "example.org"', "corpus.toml: url: an address begins with https://"),
        (MINE + 'contact = "Ann"', "corpus.toml: contact: must be a mail address"),
        (MINE + 'name = "A b"', "corpus.toml: name: has characters"),
        (MINE + 'subjects = "x"', "corpus.toml: subjects: must be a list."),
        (MINE + "subjects = [1]", "corpus.toml: subjects.0: must be text"),
        (MINE + '[data_card]\nbias = "x"', "corpus.toml: data_card.bias: is not known here."),
    ],
)
def test_what_is_wrong_is_said_by_its_key(text: str, message: str) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(CorpusFileError) as raised:
        parse_corpus(text)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_a_file_is_read_within_bounds(tmp_path: Path) -> None:
    """One that is not there says nothing; one that is too large, or no text, is refused."""
    assert read_corpus(tmp_path) is None
    file = tmp_path / CORPUS_FILE
    file.write_text(MINE, encoding="utf-8-sig")
    assert read_corpus(tmp_path) == parse_corpus(MINE)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CorpusFileError, match="UTF-8"):
        read_corpus(tmp_path)
    file.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(CorpusFileError, match="larger than"):
        read_corpus(tmp_path)
