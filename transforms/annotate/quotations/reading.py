"""A text as the finder of quotations reads it: its words, and who is named in it."""

from __future__ import annotations

from functools import cached_property

from knipsel.transforms.annotate.quotations.numbered_words import LONGEST_NAME, NumberedWords
from knipsel.transforms.annotate.quotations.speakers.people import People


class TextReading(NumberedWords):
    """The words of a text, and the people in it."""

    @cached_property
    def people(self) -> People:
        """Who is named in the text."""
        return People(self)

    def is_surname(self, index: int) -> bool:
        """Tell whether a name in full elsewhere in the text ends with a word."""
        return self.folded[index] in self.people.person_surnames

    def is_known_name(self, index: int) -> bool:
        """Tell whether a capital is more than that of the first word of a sentence."""
        if self.is_given(index) or self.is_surname(index):
            return True
        if self.mention_at(self.starts[index], self.ends[index] + LONGEST_NAME) is not None:
            return True
        return self.printed[index] in self.capitals_inside

    def is_known_person(self, start: int, behind: int) -> bool:
        """Tell whether words are a person of the text, or begin or end as one does."""
        return self.is_given(start) or self.is_surname(behind - 1)
