"""What a text says: who said what, whom and what it names, when, and on which topics.

Each annotator is a pure function on an `ArticleText`; what it returns is places in that text,
so that a quotation, a name or a time is the text itself, to the character.
"""
