"""What speaks for a value and against it, in words."""

from __future__ import annotations

from typing import NamedTuple

MEANINGS = {
    "markup": "it comes from a page with markup",
    "marked": "the format calls it the title",
    "in_a_line": "it was found by the look of a line",
    "json_ld": "it was found in JSON-LD",
    "open_graph": "it was found in Open Graph tags",
    "meta_tag": "it was found in a meta tag",
    "page_title": "it is the title of the page",
    "print_title": "a browser printed it as the title",
    "file_property": "a property of the file says so",
    "time_element": "it was found in a time element",
    "guessed": "it was guessed from the markup",
    "address": "the address or the name of the file has it",
    "date_line": "it was found in a line of its own",
    "byline": "a byline has it",
    "signature": "a signature has it",
    "name_line": "it was found in a line that is a name alone",
    "likely_line": "it was found in a line that may be the byline",
    "single_word": "it is a single word where a byline may stand",
    "user_name": "it is the name of a user",
    "posted_line": "a line says when it was posted",
    "opening": "the text opens with it",
    "shown_and_declared": "the page shows it and declares it",
    "printed_and_declared": "the page prints it and declares it",
    "printed_in_two_ways": "the page prints it in two ways",
    "also_in_address": "the address has it, too",
    "others_declared": "the page declares others",
    "another_shown": "the page shows another",
    "another_declared": "the page declares another",
    "another_printed": "the page prints another",
    "another_in_address": "the address has another",
    "another_byline": "a byline names others",
    "another_line": "a line that may be a byline names others",
    "another_names_more": "another place names more people",
    "names_all_of_another": "it names all whom another place names",
    "another_rejected": "another was rejected",
    "others_named": "others are named",
    "others_rejected": "other days were rejected",
    "another_near": "another day lies beside it",
    "another_soon": "another day lies within weeks",
    "another_far": "another day lies months away",
    "days_given": "there are other days to choose from",
    "part_of_another": "it is part of another one",
    "holds_another": "another one is part of it",
    "one_word": "it is one word",
    "two_words": "it has two words",
    "three_words": "it has three words",
    "few_words": "it has few words",
    "many_words": "it has many words",
    "full_stop": "it ends in a full stop",
    "separator": "it has a sign that parts it",
    "is_site": "it is the name of the site",
    "is_person": "it is the name of a person",
    "no_letters": "it has no letters",
    "not_in_address": "the address of the page does not speak of it",
    "spoken_of": "the text speaks of it",
    "not_spoken_of": "the text does not speak of it",
    "stands_twice": "it stands twice on the page",
    "stands_often": "it stands several times on the page",
    "not_in_text": "it stands nowhere in the text",
    "begins_a_line": "a longer line begins with it",
    "far_above": "it stands far above the text",
    "below_begin": "it stands below the beginning of the text",
    "short_text": "the text is short",
    "margin": "it is ahead of the next line that could be it",
    "close": "another line could be it as well",
    "by_place_alone": "only its place speaks for it",
    "month_only": "no day is known",
    "is_change": "the page says that it was changed then",
    "changed_before": "the page says that it was changed before",
    "out_of_bounds": "the text names days that do not go with it",
    "under_headline": "it stands between headline and text",
    "over_headline": "it stands over the headline",
    "under_text": "it stands under the text",
    "within_text": "it stands within the text",
    "far_below": "it stands far below the text",
    "in_long_line": "its line is long",
    "in_list": "it stands in a list of days",
    "in_menu": "it stands among short lines",
    "beside_day": "a day stands beside it",
    "all_below_earlier": "all days below the text are earlier",
    "some_below_later": "a day below the text is later",
    "another_above": "another day stands above",
    "later_above": "a later day stands above",
    "text_names_later_year": "the text names a later year",
    "text_ends_year_before": "the text names no year but earlier ones",
    "text_ends_years_before": "the text names no year but ones long before",
    "headline_names_later_year": "the headline names a later year",
    "before_sites": "it lies before there were sites",
    "in_numbers": "it is written in numbers",
    "either_order": "day and month can be read either way",
    "two_names": "it names two people",
    "many_names": "it names many people",
    "all_people": "first names of people begin it",
    "some_people": "some of it are first names of people",
    "listed_first_names": "first names of lists begin the names",
    "no_listed_first_name": "no first name of lists begins a name",
    "listed_last_names": "last names of lists end the names",
    "no_listed_last_name": "no last name of lists ends a name",
    "four_words": "a name has four words",
    "long_name": "a name is long",
    "small_letter": "a name begins with a small letter",
    "capitals": "a name stands in capitals",
    "signs": "a name has signs or numbers in it",
    "in_address": "it stands in the address of the page",
    "person_in_address": "a person's name stands in the address of the page",
    "text_speaks_of": "the text speaks of it",
    "days_of_one_month": "no day is sure, but the month is",
}
"""The meaning of each thing that is known of a value."""
_SHOWN = 3


class Reasons(NamedTuple):
    """What speaks for a value and what against it, the weightiest first, with their points."""

    speaks_for: list[str]
    speaks_against: list[str]


def reasons(basis: str | None, most: int = _SHOWN) -> Reasons:
    """Return in words what ``confidence_basis`` has, of each side the weightiest."""
    found = Reasons([], [])
    for part in filter(None, (basis or "").split("; ")):
        name, _, points = part.partition(" ")
        side = found.speaks_against if points.startswith("-") else found.speaks_for
        if len(side) < most:
            side.append(f"{MEANINGS.get(name, name)} ({points})" if points else MEANINGS[name])
    return found
