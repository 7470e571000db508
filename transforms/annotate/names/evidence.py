"""What speaks for a name being a person's, an organisation's or a place's.

Weights are logits of a sort, set by hand: 1 is a hint, 3 leaves little doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.names.boundaries import ARTICLES, is_given, is_title
from knipsel.transforms.annotate.names.known import DIRECTIONS, OTHER, Known
from knipsel.transforms.annotate.names.runs import after, before

if TYPE_CHECKING:
    from knipsel.transforms.annotate.names.boundaries import Context
    from knipsel.transforms.annotate.names.pieces import Piece
    from knipsel.transforms.model import Kind
    from knipsel.transforms.registers.annotations.names import NameWords

PERSON, ORGANISATION, PLACE = 0, 1, 2
KINDS: tuple[Kind, ...] = ("person", "organisation", "place")
_APPOSED = 1.5
"""What it says for a person that a name stands between commas behind a title."""
_QUOTED = -2.0
_PARTY = 2.0
"""What it says against a person that brackets stand around one word: *Jan Vos (Groen)*."""
_BEFORE_NOUNS = {"des": 2.5, **dict.fromkeys(("de", "het", "een", "the"), 1.2)}
_BEFORE_GERMAN_NOUNS = dict.fromkeys(("der", "die"), 1.2)
"""What an article says against a person; *des* leaves a noun, as in *des Vaderlands*."""
_BYLINE = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.?){2,4}")
"""Initials of whoever wrote a piece, which stand in brackets at its end."""
_BYLINES = 20
"""Characters of the initials of several people who wrote a piece, at most."""
_IN_BRACKETS = re.compile(r"\((?:[A-Z]{2,4}/)*[A-Z]{2,4}\)[. ]{0,2}(?:\n|$)")
_NOBODY = -3.0
_WORK = -2.5
LISTED = 3.0
"""What being in a list of names is worth: more than any one hint in a sentence."""
_ACRONYM = re.compile(r"[^\W\d_a-zß-ÿ][^\W_a-zß-ÿ]{1,7}|(?:[^\W\d_a-zß-ÿ]\.){2,}")
_MIXED = re.compile(r"[^\W\d_]*[a-zß-ÿ]+[A-Z]\w*|\w*[a-z]\d+|[A-Z]+[a-z]{1,2}[A-Z]+\w*")
_NUMERAL = re.compile(r"[IVX]+|[A-Z]\.")
_PATRONYM = re.compile(r"(?:Mc|Mac|O'|D'|De|Van|Le|La|Fitz)[A-Z]\w+")
_BEHIND_VERBS = frozenset({"de", "het", "een", "je", "we", "wij", "ze", "u", "er", "ik", "hij"})
"""What stands behind a verb that begins a question: *Hoeven de boeren*, no place."""
_QUOTES = frozenset("\"'‘’“”„«»")
_FAMILY_END = re.compile(
    r"(?:ssens?|sson|sen|mans?|c?kx|aerts?|eers|ski|sky|ov|ova|ev|enko|vi[cć]|ez|elli|etti|ini|"
    r"berg|stein|straeten|broeck|huis|ijk|inck|stra|sma|ema|inga|hoven|velde|poel|idze|sjvili)$"
)
_LAST_INITIAL = re.compile(r"[A-Z]\.")
_MOST_OF_PERSON = 4
_OF_PLACE = 2
"""Words of a body's name that ends with its place."""
_AGE = re.compile(r"\s\(\d\d(?!\d)")


def shape(text: str, context: Context) -> list[float]:
    """Return what a name itself tells of its kind."""
    words = text.split()
    scores = [0.0, 0.0, 0.0]
    _of_person(words, scores, context)
    _of_organisation(text, words, scores, context.words)
    _of_place(text, words, scores, context.words)
    if len(words) > 1:
        _of_beginning(words[0], words[1], scores, context)
        _of_end(words, scores, context)
    return scores


def _of_beginning(word: str, following: str, scores: list[float], context: Context) -> None:
    """Weigh a first word that is a known place or body, or a people's: *Gent Zeehaven*."""
    if word in context.words.demonyms and not is_given(word, context):
        scores[PERSON] -= 2.0
        scores[ORGANISATION] += 1.5
    entity = context.registers.entities.get(word)
    kind = entity.kind if entity else context.registers.listed.get(word, ("person",))[0]
    if word in context.registers.given_places and following in context.registers.family_names:
        return
    if kind != "person" and not is_given(word, context):
        scores[PERSON] -= 1.0
        scores[KINDS.index(kind)] += 1.0


def _of_end(words: list[str], scores: list[float], context: Context) -> None:
    """Weigh a last word that is a known place behind no first name: *Sport Vlaanderen*."""
    entity = context.registers.entities.get(words[-1])
    if entity is None or entity.kind != KINDS[PLACE] or is_given(words[0], context):
        return
    if len(words) == _OF_PLACE and words[-1] not in context.registers.family_names:
        scores[PERSON] -= 1.5
        scores[ORGANISATION] += 1.5


def _of_person(words: list[str], scores: list[float], context: Context) -> None:
    family = context.registers.family_names
    given = is_given(words[0], context)
    if len(words) == 1:
        scores[PERSON] += 1.0 if words[0] in family else 0.8 if given else 0.5
        scores[PERSON] += 0.4 if _FAMILY_END.search(words[0]) else 0.0
        return
    scores[PERSON] += _of_first_name(words, context, is_given=given)
    if words[0] in ARTICLES or any(letter.isdecimal() for word in words for letter in word):
        scores[PERSON] -= 2.0
    scores[PERSON] += 1.0 if words[-1] in family else 0.0
    if _LAST_INITIAL.fullmatch(words[-1]):
        scores[PERSON] += 2.0
    if len(words) > _MOST_OF_PERSON:
        scores[PERSON] -= 1.5
    if any(word.islower() for word in words) and given:
        scores[PERSON] += 1.0


def _of_first_name(words: list[str], context: Context, *, is_given: bool) -> float:
    """Return what a first name says for a person; less where it is a place's, as in *Georgia*."""
    if words[0] not in context.registers.given_places:
        return 3.0 if is_given else 1.0
    if not context.words.organisation_words.isdisjoint(words[1:]):
        return 0.0
    return 3.0 if words[1] in context.registers.family_names else 1.5


def _of_organisation(text: str, words: list[str], scores: list[float], known: NameWords) -> None:
    if any(word in known.organisation_words for word in words):
        alone = 0.0 if known.capital_nouns else 1.0
        scores[ORGANISATION] += 3.0 if len(words) > 1 else alone
    if words[0] in known.organisation_heads:
        scores[ORGANISATION] += 3.0 if len(words) > 1 and words[0][-1] != "e" else 1.0
    if "&" in text or text.endswith("+"):
        scores[ORGANISATION] += 5.0
    if len(words) > 1:
        if any(_ACRONYM.fullmatch(word) and not _NUMERAL.fullmatch(word) for word in words):
            scores[ORGANISATION] += 2.0
    elif _ACRONYM.fullmatch(text):
        scores[ORGANISATION] += 2.5
    elif _is_mixed(text) or (
        known.organisation_ends and text.lower().endswith(known.organisation_ends)
    ):
        scores[ORGANISATION] += 1.5


def _is_mixed(word: str) -> bool:
    """Tell whether a word has a capital or a figure inside: *EenVandaag*, but not *McCarthy*."""
    return bool(_MIXED.fullmatch(word)) and not _PATRONYM.fullmatch(word)


def _of_place(text: str, words: list[str], scores: list[float], known: NameWords) -> None:
    if words[-1] in known.place_words and len(words) > 1:
        scores[PLACE] += 3.0
    if words[0] in known.place_heads and len(words) > 1:
        scores[PLACE] += 2.0
    if known.sure_place_ends and words[-1].lower().endswith(known.sure_place_ends):
        scores[PLACE] += 4.0 if len(words) > 1 else 2.0
    if text.startswith(DIRECTIONS):
        scores[PLACE] += 2.0
    elif len(words) == 1 and known.place_ends and text.lower().endswith(known.place_ends):
        scores[PLACE] += 1.2


def surroundings(text: str, piece: Piece, floor: int, ceiling: int, context: Context) -> None:
    """Add to the evidence of a piece what the words around it tell."""
    words, codes = context.words, context.registers.country_codes
    near = text[max(0, piece.start - 2) : piece.start]
    if _is_byline(text, piece):
        _take_away(piece)
    scores = piece.evidence
    if piece.text in codes and near.rstrip().endswith("("):
        piece.known = Known("place", codes[piece.text])
    previous, gap = before(text, piece.start, floor)
    if not gap.strip():
        _of_word_before(previous, scores, words)
    elif gap == ", " and text[piece.end : piece.end + 1] == "," and is_title(previous, words):
        scores[PERSON] += _APPOSED
    gap, following = after(text, piece.end, ceiling)
    if piece.is_first and gap == " " and following in _BEHIND_VERBS:
        scores[PLACE] -= 2.0
    if not gap.strip():
        scores[PERSON] += 1.0 if following.lower() in words.speech else 0.0
    elif gap.startswith(",") and is_title(following, words):
        scores[PERSON] += 1.5
    scores[PERSON] -= _PARTY if _is_party(piece, near, gap) else 0.0
    if not piece.known and _is_quoted(text, piece):
        piece.evidence = [score + _QUOTED for score in scores]
    if gap.startswith(" (") and (following in codes or _AGE.match(text, piece.end)):
        scores[PERSON] += 2.0


def _is_party(piece: Piece, near: str, gap: str) -> bool:
    """Tell whether brackets stand around one word, as around a party behind its member's name."""
    return near.endswith("(") and gap.startswith(")") and " " not in piece.text


def _take_away(piece: Piece) -> None:
    """Let initials below a piece be nobody's name, but for an agency's."""
    if piece.known and piece.known.kind == KINDS[PLACE]:
        piece.known = Known(OTHER, piece.text)
    elif not piece.known:
        piece.evidence = [score + _NOBODY for score in piece.evidence]


def _is_byline(text: str, piece: Piece) -> bool:
    """Tell whether initials stand in brackets, with dots, or at the end of a paragraph."""
    if not _BYLINE.fullmatch(piece.text):
        return False
    opens, closes = (
        text[piece.start - 1 : piece.start] == "(",
        text[piece.end : piece.end + 1] == ")",
    )
    if "." in piece.text:
        return opens or closes
    whole = _IN_BRACKETS.match(text, text.rfind("(", 0, piece.start), piece.end + _BYLINES)
    return whole is not None and whole.end() >= piece.end


def _is_quoted(text: str, piece: Piece) -> bool:
    """Tell whether quotation marks stand around a name: then it is a work's, or no name."""
    return (
        text[piece.start - 1 : piece.start] in _QUOTES
        and text[piece.end : piece.end + 1] in _QUOTES
    )


def _of_word_before(previous: str, scores: list[float], words: NameWords) -> None:
    folded = previous.lower()
    if not folded:
        return
    if folded in words.work_nouns:
        scores[:] = [score + _WORK for score in scores]
    elif folded in words.place_cues:
        scores[PLACE] += 1.5
        scores[PERSON] -= 0.7
    elif folded in words.place_nouns:
        scores[PLACE] += 2.0
    elif folded in words.organisation_nouns or (
        words.organisation_noun_ends and folded.endswith(words.organisation_noun_ends)
    ):
        scores[ORGANISATION] += 2.0
    elif folded in words.speech_before:
        scores[PERSON] += 1.2
    elif against := _BEFORE_NOUNS.get(folded) or (
        words.capital_nouns and _BEFORE_GERMAN_NOUNS.get(folded)
    ):
        scores[PERSON] -= against
        scores[ORGANISATION] += 0.8
        scores[PLACE] -= 0.2
    elif folded in {"bij", "by", "bei"}:
        scores[ORGANISATION] += 0.7
    elif is_title(previous, words) or (words.title_ends and folded.endswith(words.title_ends)):
        scores[PERSON] += 2.5
