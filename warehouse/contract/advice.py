"""What a person can do about each reason for which a document is held back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule means, what to do about it, and whether a person may overrule it.

    ``refusal`` says why not, where not: then there is nothing that could be published.
    """

    meaning: str
    advice: str
    refusal: str | None = None

    @property
    def can_be_released(self) -> bool:
        """Whether a person may publish a document in spite of the rule."""
        return self.refusal is None


_NOTHING = "no text could be read from it, so there is nothing to publish"
_NO_ARTICLE = "no article was found in it, so there is nothing to publish"
_UNOPENED = "nothing was unpacked, so there is nothing to publish"
_BOUND = "the bound keeps one file from filling the memory or the disk"
INVARIANT = "readers of the release rely on this, and its tables would contradict each other"

_SAVE_AGAIN = "Open it in its program and save it again, or get it anew; ingest that file."
_NO_PASSWORD = "Open it with its password and save it without one; ingest that file."  # noqa: S105
_SPLIT = "Split it into smaller files and ingest those."
REPORT = (
    "This is a fault of knipsel, not of the file: report it with the message, and the file if you "
    "may pass it on. A later version may read it; `knipsel quarantine replay` tries."
)
TRANSFORM_ERROR = "transform_error"
"""The rule of documents that an error of knipsel's own holds back, which is their `value`."""


def _broken(what: str) -> Advice:
    return Advice(f"{what} is damaged, cut off or malformed", _SAVE_AGAIN, _NOTHING)


OF_READERS = {
    "empty_file": Advice("The file is empty or blank", "Get it anew, or delete it.", _NOTHING),
    "binary_content": Advice(
        "The file is neither text nor a known format",
        "Save what it shows as text, HTML, PDF or DOCX, and ingest that.",
        _NOTHING,
    ),
    "garbled_text": Advice(
        "No encoding, or more than one, makes sense of the bytes; or letters of the text are lost",
        'Where you know the encoding, write it beside the file (`encoding = "cp1250"` in '
        "`NAME.meta.toml`) and ingest it again; the message shows a line in several. Where letters "
        "are lost, get the file anew. Or release the document: it is read in the likeliest.",
    ),
    "unsupported_media_type": Advice(
        "The format is known and not read, such as a picture or an old Word file",
        "Save a text as DOCX, PDF or plain text, and a table as CSV; ingest that.",
        _NOTHING,
    ),
    "no_article": Advice(
        "There are only menus or a few words",
        "See with `knipsel preview FILE --removed` what each line was taken for. Where there is "
        "an article in it, paste the article alone into a text file and ingest that.",
        _NO_ARTICLE,
    ),
    "several_articles": Advice(
        "The file seems to hold several articles, and it is not certain where each begins",
        "Write beside the file (`NAME.meta.toml`), or for all files below a folder "
        "(`_folder.meta.toml`) which lines begin an article, such as "
        '`split_before = "Document # of #"`, or `split_before = false` where it is one article; '
        "ingest it again. Or release the document: it is published as one text, without author, "
        "date and outlet.",
    ),
    "split_before": Advice(
        "The line before which the file should be split stands nowhere in it",
        "Mend `split_before` beside the file or in `_folder.meta.toml`, and ingest the file again; "
        "`split_before = false` beside the file says that it is one article.",
        _NO_ARTICLE,
    ),
    "bad_sidecar": Advice(
        "What the sidecar beside the file, or the file of a folder above it, says cannot be read",
        "Mend the sidecar (`.meta.toml`), or the `_folder.meta.toml` that the message names, and "
        "ingest the file again; an empty one states nothing. "
        "Or release the document: it is read as if it had none.",
    ),
    "too_large": Advice(
        "The file has more bytes than `max_document_bytes`, or a text that the lake cannot take in",
        "Split it, or raise the setting and replay. Or release the document: it is read whatever "
        "its size.",
    ),
    "too_slow": Advice(
        "Reading the file takes more time than `max_document_seconds`, or than is left of "
        "`max_slow_seconds`",
        "Split it, or raise the setting and replay.",
        _BOUND,
    ),
    "too_much_memory": Advice(
        "Reading the file takes more memory than `max_document_memory`, or than the machine has",
        "Split it, or raise the setting and replay.",
        _BOUND,
    ),
    "reader_crashed": Advice(
        "The program that reads the file goes down at it",
        "Save it in another format, such as plain text, and ingest that; report it, for no file "
        "should do so.",
        _NOTHING,
    ),
    TRANSFORM_ERROR: Advice("knipsel failed at reading the document", REPORT, _NOTHING),
    "broken_html": _broken("The page"),
    "broken_json": _broken("The JSON file"),
    "broken_csv": _broken("The table"),
    "broken_rtf": _broken("The RTF file"),
    "broken_docx": _broken("The DOCX file"),
    "broken_pdf": _broken("The PDF file"),
    "broken_mail": _broken("The message"),
    "broken_xml": _broken("The XML"),
    "broken_sheet": _broken("The spreadsheet"),
    "broken_odt": _broken("The ODT file"),
    "broken_epub": _broken("The book"),
    "broken_webarchive": _broken("The web archive"),
    "empty_feed": Advice(
        "The entries of the feed have no texts",
        "Save the articles that it names, as pages or text, and ingest those.",
        _NO_ARTICLE,
    ),
    "several_chapters": Advice(
        "The book has several chapters and does not say that they are articles",
        "Save each article as a file of its own, as HTML or text, and ingest those.",
        _NO_ARTICLE,
    ),
    "wrong_sheet_shape": Advice(
        "No sheet has a column for the text of an article",
        "Name the column of the text `text`, or save the sheet as CSV, and ingest that. Where it "
        "is a list of articles to get, get their texts first.",
        _NO_ARTICLE,
    ),
    "wrong_ris_shape": Advice(
        "No reference has an abstract, or there are too many of them",
        "Get the articles that it names, and ingest those.",
        _NO_ARTICLE,
    ),
    "wrong_json_shape": Advice(
        "No record has a field for a text, or there are too many of them",
        "Name the field of the text `text`, or divide the file; ingest that.",
        _NO_ARTICLE,
    ),
    "wrong_csv_shape": Advice(
        "No column is known to hold a text, rows differ in length, or there are too many",
        "Name the column of the text `text`, quote values with separators, or divide the file; "
        "ingest that.",
        _NO_ARTICLE,
    ),
    "encrypted_docx": Advice("The document has a password", _NO_PASSWORD, _NOTHING),
    "encrypted_odt": Advice("The document has a password", _NO_PASSWORD, _NOTHING),
    "encrypted_sheet": Advice("The spreadsheet has a password", _NO_PASSWORD, _NOTHING),
    "encrypted_epub": Advice(
        "The book is protected", "Get it without protection, or another form of it.", _NOTHING
    ),
    "encrypted_pdf": Advice("The PDF has a password", _NO_PASSWORD, _NOTHING),
    "oversized_docx": Advice("The DOCX file unpacks to too much", _SPLIT, _BOUND),
    "oversized_odt": Advice("The ODT file unpacks to too much", _SPLIT, _BOUND),
    "oversized_epub": Advice("The book unpacks to too much", _SPLIT, _BOUND),
    "oversized_sheet": Advice(
        "The spreadsheet unpacks to too much, or a cell stands far away from all others",
        "Save the sheet with the articles as CSV, in parts where it is large; ingest that.",
        _BOUND,
    ),
    "oversized_pdf": Advice("The PDF has too many pages, letters or drawings", _SPLIT, _BOUND),
    "no_text_layer": Advice(
        "The PDF is a scan", "Run OCR on it, such as ocrmypdf, and ingest the outcome.", _NOTHING
    ),
    "unreadable_text_layer": Advice(
        "The fonts of the PDF do not tell which letters they show",
        "Run OCR on it, such as `ocrmypdf --force-ocr`, and ingest the outcome.",
        _NOTHING,
    ),
}

OF_CONTAINERS = {
    "archive_bomb": Advice(
        "The archive unpacks to more, or deeper, than is allowed",
        "If it is sound, raise the setting that the message names and replay; or unpack it and "
        "ingest what it holds.",
        _BOUND,
    ),
    "broken_record": Advice(
        "A record of a web archive is cut off or damaged; the others are read",
        "Get the archive, or that page, anew, and ingest it.",
        _UNOPENED,
    ),
    "broken_archive": Advice("The archive is damaged or cut off", _SAVE_AGAIN, _UNOPENED),
    "empty_archive": Advice(
        "The archive holds no file that is taken",
        "Look into it; there is nothing to read.",
        _UNOPENED,
    ),
    "encrypted_archive": Advice(
        "The archive has a password", "Unpack it and ingest what it holds.", _UNOPENED
    ),
    "unsafe_path": Advice(
        "The archive names a file outside of itself",
        "Be wary of where it came from; unpack it in a safe place and pack it with plain names.",
        _UNOPENED,
    ),
    "unsupported_compression": Advice(
        "The archive is packed by a method that is not read",
        "Pack it again by the usual method (deflate), or unpack it and ingest what it holds.",
        _UNOPENED,
    ),
}

OF_RETRACTIONS = {
    "text_was_retracted": Advice(
        "The very text of an article in it was retracted before",
        "Retract the document too (`knipsel retract ID --reason …`): its bytes are in the archive "
        "until then.",
        "what was retracted stays away",
    ),
    "like_retracted": Advice(
        "The text of an article in it is like one that was retracted: nearly all of the one is in "
        "the other",
        "Look at both reason and text. Where it is the same report, retract this one too "
        "(`knipsel retract ID --reason …`); where it is another one, release it "
        "(`knipsel quarantine release ID --reason …`).",
    ),
}
