"""Why stretches of a source are in no article."""

from __future__ import annotations

PAGE_NUMBER, RUNNING_HEAD = "page_number", "running_head"
REASONS = {
    "navigation": "menus, breadcrumbs, buttons and lists of links",
    "share_buttons": "buttons that share, print or save, and links to social media",
    "cookie_banner": "cookie and consent notices",
    "related_links": "links to other articles, tags, and what follows an article: comments",
    "inline_link": "a link to another article in the midst of the text",
    "newsletter": "invitations to subscribe to a newsletter",
    "address": "addresses, telephone numbers and how to get in touch",
    "source_address": "the address of a page, on a line of its own",
    "legal": "copyright, terms, privacy statements",
    "paywall": "invitations to pay or log in in order to read on",
    "advertisement": "advertisements and their labels",
    "metadata_header": "fields that whoever made the file put before the text",
    "export_field": "fields, labels and classification that a press database puts at an article",
    "headline_repeat": "the headline once more, as it stood in print",
    "export_index": "the cover page and the index of an export out of a press database",
    "site_label": "a label of the site at the article: its section, its name",
    "kicker": "the label before a headline, such as the genre",
    PAGE_NUMBER: "the number of a page",
    RUNNING_HEAD: "the line at the top or the foot of each page: a title, a name, a date",
    "footnote": "a note at the foot of a page or at the end of the text",
    "annotation": "a comment that someone put beside the text",
    "furniture": "a line that stands on many pages of this corpus, by its register",
    "boilerplate": "other lines that are not of the article",
    "other_prose": "running text that was not taken for the article's, though no line says what "
    "else it is: a teaser, a notice, another article, or a piece of this one",
    "record_field": "fields of a record, a message or a file that stand beside its text",
    "alternative_text": "the article's text once more, in another field of the same record",
    "attachment": "a file that came with a message, which is not read",
    "markup": "signs of the format itself: rules, fences, addresses of links and pictures",
    "no_article": "a part of an export or a page in which there is no article",
    "invisible": "lines of characters that show nothing",
}
"""Every reason for which a span is removed, with its meaning."""
