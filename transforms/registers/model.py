"""All registers as one value, composed of what each of them becomes when it is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.registers import AnnotationRegisters
from knipsel.transforms.clean.lines.model import LineModel
from knipsel.transforms.registers.boilerplate_phrases import (
    Phrases,
)
from knipsel.transforms.registers.completeness import CutSigns
from knipsel.transforms.registers.exports import ExportRegister
from knipsel.transforms.registers.facts import Facts
from knipsel.transforms.registers.file_properties import FileProperties
from knipsel.transforms.registers.genres import Genres
from knipsel.transforms.registers.mail import MailWords
from knipsel.transforms.registers.outlets import (
    Outlet,
)
from knipsel.transforms.registers.record_fields import RecordFields
from knipsel.transforms.registers.regions import Regions

if TYPE_CHECKING:
    from knipsel.transforms.registers.regions import Order


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers; words are folded, and of all languages together unless said otherwise."""

    months: dict[str, int]
    """Numbers by names, which `knipsel.transforms.registers.months.month_of` looks up."""
    slash_orders: dict[str, Order]
    """What a date in slashes begins with, by language; `day_order` knows countries, too."""
    weekdays: frozenset[str]
    byline_words: tuple[str, ...]
    byline_nouns: frozenset[str]
    """The byline words that titles begin with too: they need a colon or a person's name."""
    credit_words: tuple[str, ...]
    other_credits: tuple[str, ...]
    """What stands before the names of those who did something else than write: *edited by*."""
    role_words: frozenset[str]
    """Words that tell what somebody does: a name ends before them."""
    given_names: frozenset[str]
    """First names of persons; without them in a language, a name there is any name."""
    name_titles: frozenset[str]
    """What stands before a name and is no part of it: *Dr*, *mevrouw*."""
    picture_labels: tuple[str, ...]
    """What a page says of the picture of an author, before the name or behind it."""
    name_joiners: frozenset[str]
    name_particles: frozenset[str]
    group_words: frozenset[str]
    """The words for roles that a group of people has as its name: *The Harbour Team*."""
    leading_particles: frozenset[str]
    """The particles that are so before another only: *in 't Veld*, but a name *in* a section."""
    biography_verbs: frozenset[str]
    date_labels: frozenset[str]
    dated_beginnings: tuple[str, ...]
    """The labels of dates, longest first."""
    update_labels: frozenset[str]
    date_fillers: frozenset[str]
    kickers: frozenset[str]
    outlet_beginnings: frozenset[str]
    """Words that the names of outlets begin with, and those of persons and places do not."""
    outlet_endings: tuple[str, ...]
    """Ends of words in the names of outlets."""
    suspended_hyphen_followers: frozenset[str]
    hyphen_prefixes: frozenset[str]
    """Words that keep a hyphen before the word that they are put to: ``oud-minister``."""
    hyphen_suffixes: frozenset[str]
    """Words that are put to another with a hyphen: ``dit-il``."""
    hyphen_between: frozenset[str]
    """Letters that a hyphen keeps apart in a compound: ``auto-ongeluk``."""
    hyphenating_languages: frozenset[str]
    """Languages whose compounds have a hyphen; others write them as one word."""
    hyphen_after_names: frozenset[str]
    """Languages that put one only where a compound begins with a name."""
    page_words: frozenset[str]
    """Words that stand beside the number of a page."""
    articles: dict[str, frozenset[str]]
    """By language."""
    sentence_openers: dict[str, frozenset[str]]
    """By language: words that open a sentence, and seldom a name or a title, as articles do."""
    sentence_capitals: frozenset[str]
    """The words that open a sentence and the articles of all languages, each with its capital."""
    title_nouns: tuple[str, ...]
    """Nouns that a title stands behind, and that compounds end in: ``film``."""
    sentence_verbs: dict[str, frozenset[str]]
    """By language: finite verbs. Where one stands is a sentence, or something said."""
    past_words: dict[str, frozenset[str]]
    """By language: words with which a sentence tells of the past, ``was``."""
    future_words: dict[str, frozenset[str]]
    """By language: words with which it looks ahead, or may, ``will``."""
    year_cues: dict[str, frozenset[str]]
    """By language: words before a year that is a time and no number, ``in``."""
    since_words: dict[str, frozenset[str]]
    """By language: words before a day that is past, ``since``."""
    ahead_words: dict[str, frozenset[str]]
    """By language: words before a day that may lie ahead, ``until``."""
    story_labels: frozenset[str]
    """Words in capitals that a text begins with and that are no place: ``UPDATE``."""
    function_words: frozenset[str]
    plain_words: frozenset[str]
    """The words of phrases and of running text that are no first names: of buttons, of titles."""
    genres: Genres
    cut_signs: CutSigns
    phrases: Phrases
    furniture: frozenset[str]
    """Lines that are no article's, by `knipsel.transforms.clean.furniture.furniture_key`."""
    line_model: LineModel
    front_model: LineModel
    outlets: tuple[Outlet, ...]
    outlets_named: dict[str, Outlet]
    """Each outlet by its name."""
    outlets_by_name: dict[str, str]
    """The outlet's name by each folded spelling of it."""
    agencies: frozenset[str]
    """The spellings of the outlets that are news agencies: no authors, but named as such."""
    outlets_by_host: dict[str, str]
    catalog: tuple[Facts, ...]
    """What people state of documents."""
    exports: ExportRegister
    record_fields: RecordFields
    mail: MailWords
    file_properties: FileProperties
    regions: Regions
    annotations: AnnotationRegisters
    date_order: Order | None = None
    """What dates such as 3/4/2023 begin with in the document at hand, where that is known."""
