"""``corpus.toml``: what people say of their corpus, its title, makers, licence and rights.

It lies in the warehouse; each release has a copy, of which everything that describes the release
to other programs is made. What it does not say is not made up.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Self

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

CORPUS_FILE = "corpus.toml"
LARGEST = 1 << 20
"""Bytes of a ``corpus.toml``: a description of a corpus fits into a page or two."""

VERSION_POLICY = (
    "Each release has a number and does not change any more. Where texts are taken out of it for "
    "good it becomes a revision (`000001.1`), which says what went; the checksums of before are "
    "kept."
)
"""What is true of releases as they are made, where the file says nothing else."""


class CorpusFileError(ValueError):
    """A ``corpus.toml`` that cannot be used; the message names the key and what is wrong."""

    def __init__(self, key: str, problem: str) -> None:
        """Say that ``key`` has ``problem``."""
        where = f"{CORPUS_FILE}: {key}" if key else CORPUS_FILE
        super().__init__(f"{where}: {problem.rstrip('.')}.")


def _checked_orcid(value: str) -> str:
    """Return the digits of an ORCID iD; its last is a check, ISO 7064 mod 11-2."""
    digits = value.removeprefix("https://orcid.org/")
    if not re.fullmatch(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", digits):
        message = "an ORCID iD has four times four digits, as 0000-0002-1825-0097"
        raise ValueError(message)
    plain, total = digits.replace("-", ""), 0
    for digit in plain[:-1]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != plain[-1]:
        message = "this ORCID iD has a wrong digit: its last does not check the others"
        raise ValueError(message)
    return digits


def _checked_doi(value: str) -> str:
    found = re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", value)
    if not found:
        message = "a DOI begins with `10.`, a number and a slash, as 10.5281/zenodo.1234"
        raise ValueError(message)
    return found[1]


def _checked_licence(value: str) -> str:
    try:
        return canonicalize_license_expression(value)
    except InvalidLicenseExpression as error:
        message = "is no licence by its SPDX name, as CC-BY-4.0, CC0-1.0 or ODC-By-1.0"
        raise ValueError(message) from error


def _checked_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        message = "an address begins with https://"
        raise ValueError(message)
    return value


def _checked_contact(value: str) -> str:
    if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value):
        return value
    try:
        return _checked_url(value)
    except ValueError as error:
        message = "must be a mail address, or an address that begins with https://"
        raise ValueError(message) from error


def _slug(title: str) -> str:
    """Return a title as the names of data packages are written: ``[a-z0-9._-]``."""
    parts = unicodedata.normalize("NFKD", title).lower()
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._") or "corpus"


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n\r]+$")]
"""Text of one line."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text of one paragraph or several, in Markdown."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Creator(_Strict):
    """Who made the corpus: a person with ``family_name``, or an organisation with ``name``."""

    family_name: Line | None = None
    given_name: Line | None = None
    name: Line | None = None
    orcid: Annotated[str, AfterValidator(_checked_orcid)] | None = None
    affiliation: Line | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.family_name is None) == (self.name is None):
            message = (
                "a person has `family_name` and `given_name`, an organisation has `name`, "
                "and nobody both"
            )
            raise ValueError(message)
        if self.name is not None and (self.given_name or self.orcid):
            message = "an organisation has a `name` alone: no `given_name`, no `orcid`"
            raise ValueError(message)
        return self

    @property
    def is_person(self) -> bool:
        """Whether it is a person, not an organisation."""
        return self.name is None

    @property
    def full_name(self) -> str:
        """The name as one writes it."""
        return self.name or " ".join(filter(None, (self.given_name, self.family_name)))

    @property
    def name_in_lists(self) -> str:
        """The name with the family's first, as in a list of references."""
        return self.name or ", ".join(filter(None, (self.family_name, self.given_name)))

    @property
    def orcid_url(self) -> str | None:
        """The address of the person's ORCID iD."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else None


class DataCard(_Strict):
    """What users of a corpus should know before they draw conclusions, in Markdown."""

    collection: Prose | None = Field(
        default=None, description="How the articles were found and chosen."
    )
    cleaning: Prose | None = Field(
        default=None, description="What was done beside what knipsel does."
    )
    biases: Prose | None = Field(
        default=None, description="What is in it too often, too seldom, not."
    )
    limitations: Prose | None = Field(default=None, description="What it cannot be used for.")
    personal_data: Prose | None = Field(
        default=None, description="What it tells of people; on what ground."
    )
    uses: Prose | None = Field(default=None, description="What it was made for, and was used for.")


class Corpus(_Strict):
    """A corpus as its makers describe it."""

    title: Line
    creators: Annotated[tuple[Creator, ...], Field(min_length=1)]
    description: Prose | None = None
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")] = ""
    subjects: tuple[Line, ...] = ()
    metadata_licence: Annotated[str, AfterValidator(_checked_licence)] | None = None
    rights: Prose | None = None
    contact: Annotated[str, AfterValidator(_checked_contact)] | None = None
    publisher: Line | None = None
    url: Annotated[str, AfterValidator(_checked_url)] | None = None
    doi: Annotated[str, AfterValidator(_checked_doi)] | None = None
    version_policy: Prose = VERSION_POLICY
    data_card: DataCard = DataCard()

    @property
    def short_name(self) -> str:
        """The name for programs: the given one, or the title in small letters and dashes."""
        return self.name or _slug(self.title)

    @property
    def address(self) -> str | None:
        """Where it is found: by its DOI, or its page."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


_ADVICE: dict[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "must be text in quotation marks",
    "string_too_short": "is empty",
    "too_short": "must name at least one",
    "tuple_type": "must be a list",
    "model_type": "must be a table of names and values in braces",
}
"""What is wrong, in words that say what to do, by the kind of error."""


def parse_corpus(text: str) -> Corpus:
    """Return what a ``corpus.toml`` says; raise `CorpusFileError` where it cannot be used."""
    try:
        return Corpus.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CorpusFileError("", f"is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        problem = first["msg"].removeprefix("Value error, ")
        if first["type"] == "string_pattern_mismatch":
            problem = "has characters that cannot stand there"
        raise CorpusFileError(key, _ADVICE.get(first["type"], problem)) from error


def read_corpus(folder: Path) -> Corpus | None:
    """Return what the ``corpus.toml`` in a warehouse or a release says; None where there is none.

    Raises `CorpusFileError` where it cannot be used.
    """
    text = corpus_bytes(folder)
    try:
        return None if text is None else parse_corpus(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CorpusFileError("", "is not UTF-8: save it so") from error


def corpus_bytes(folder: Path) -> bytes | None:
    """Return the ``corpus.toml`` in a folder as it is, None where there is none.

    Raises `CorpusFileError` where it is larger than `LARGEST`.
    """
    file = folder / CORPUS_FILE
    try:
        with file.open("rb") as opened:
            found = opened.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    if len(found) > LARGEST:
        raise CorpusFileError("", f"is larger than {LARGEST:,} bytes")
    return found


def share_corpus(old: Path, new: Path) -> None:
    """Give a release what its warehouse, or the release that it is made from, says of the corpus.

    Raises `CorpusFileError` where it cannot be used.
    """
    found = corpus_bytes(old)
    if found is not None:
        (new / CORPUS_FILE).write_bytes(found)
