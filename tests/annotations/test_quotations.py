"""Direct speech: which words in marks are quotations, and who says them."""

from __future__ import annotations

import pytest

from knipsel.transforms.annotate.model import Mention
from tests.annotations.quoting import quotations, reported, said

WHERE = "‘Wij varen morgen uit’, zegt Femke Bosma. ‘Ook als het stormt.’"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("‘", "’"),
        ("“", "”"),
        ("„", "”"),
        ("„", "“"),
        ('"', '"'),
        ("'", "'"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("‚", "‘"),
        ("‹", "›"),
        (",,", "''"),
        ("``", "''"),
        ("”", "”"),
        ("’", "’"),
        ("„", '"'),
    ],
)
def test_every_style_of_marks(opening: str, closing: str) -> None:
    """The marks do not belong to the quotation; what ends a sentence inside them does."""
    text = WHERE.replace("‘", "\0").replace("’", closing).replace("\0", opening)
    found = [("Wij varen morgen uit", "Femke Bosma"), ("Ook als het stormt.", "Femke Bosma")]
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The comma inside the marks, as Britain and some Dutch papers have it.
        ("‘Het is laat,’ zegt Rik Boot. ‘Ga maar.’", ["Het is laat,", "Ga maar."]),
        # Broken off by a cue.
        ("‘Het is’, zegt Rik Boot, ‘de mooiste haven van het land.’", 2),
        # Within a quotation, one of its own is part of it.
        ("‘Ik riep nog: “Kijk uit!”, maar hij viel’, zegt Rik Boot.", 1),
        # A question needs no comma.
        ("‘Waar is de boot?’ vraagt Rik Boot.", ["Waar is de boot?"]),
        # A colon announces.
        ("Rik Boot: ‘Dat doen wij al jaren zo.’", ["Dat doen wij al jaren zo."]),
        ("Het antwoord van Rik Boot was kort: ‘Nooit.’", ["Nooit."]),
        # Two turns without anything between them.
        ('"Wij wachten nog", zei Rik Boot. "Tot mei." "En dan?"', 3),
        # A part of a sentence that somebody is said to have said.
        ("Rik Boot noemde het plan ‘volstrekt onhaalbaar’.", ["volstrekt onhaalbaar"]),
        ("Er waren ‘goede gesprekken’ geweest, aldus Rik Boot.", ["goede gesprekken"]),
        ("Volgens Rik Boot is het ‘een kwestie van geduld’.", ["een kwestie van geduld"]),
        ("Rik Boot heeft de haven ‘een puinhoop’ genoemd.", ["een puinhoop"]),
    ],
)
def test_speech_of_one_speaker(text: str, found: list[str] | int) -> None:
    """All of it is said by the one person who is named."""
    pairs = said(text)
    assert {speaker for _, speaker in pairs} == {"Rik Boot"}
    assert len(pairs) == found if isinstance(found, int) else [one for one, _ in pairs] == found


@pytest.mark.parametrize(
    "text",
    [
        "Zo’n ‘ruildeal’ sluit je niet ’s avonds, en in ’90 al helemaal niet.",
        "Zo'n 'ruildeal' sluit je niet 's avonds, en in '90 al helemaal niet.",
        "Hans’ foto’s en Max’ video’s hingen naast Smids’ oude auto’s.",
        "In de roman ‘Wie niet weg is wordt gezien’ verdwijnt een dorp.",
        "Zij speelde in de televisieserie ‘Het water komt’ en schreef een boek.",
        "Het zogeheten ‘plan voor de nieuwe haven’ ligt er.",
        "De pier, die ‘de kromme arm van Urk’ heet, is oud.",
        "Jan ‘de Neus’ Kramer kreeg de bijnaam ‘koning van de lange pier’.",
        "Op de boot ‘De Gouden Leeuw’ is het stil.",
        "De wet ‘Goed wonen voor iedereen’ geldt nog niet.",
        "De eis van ‘demilitarisatie’ ligt nog op tafel.",
        "‘s Morgens is het stil, ‘s avonds niet, en ‘t is koud.",
        'De plank is 5\'10" lang en 12" breed.',
    ],
)
def test_words_in_marks_that_nobody_says(text: str) -> None:
    """Names, titles, words at a distance; and apostrophes are no marks."""
    assert said(text) == []


def test_apostrophes_inside_typewriter_marks() -> None:
    """They close nothing."""
    text = "'Zo'n pand hoort 's nachts leeg te zijn', zegt Hans' zus Greet Smid. 'Da's waar.'"
    assert said(text) == [
        ("Zo'n pand hoort 's nachts leeg te zijn", "Greet Smid"),
        ("Da's waar.", "Greet Smid"),
    ]


def test_marks_of_one_style_within_those_of_another() -> None:
    """An apostrophe does not close a double mark, nor does a mark that stands alone inside."""
    text = "\"Ik ken Max' plan, en 'de pier' ook\", zegt Greet Smid. 'Dat \"plan is er nog niet.'"
    assert said(text) == [
        ("Ik ken Max' plan, en 'de pier' ook", "Greet Smid"),
        ('Dat "plan is er nog niet.', "Greet Smid"),
    ]


def test_an_aside_before_an_answer() -> None:
    """It opens its paragraph all the same."""
    text = "Greet Smid is er.\n\n(lacht) ‘Dat klopt helemaal.’"
    assert [words for words, _ in said(text)] == ["Dat klopt helemaal."]


def test_the_answers_of_an_interview_in_marks() -> None:
    """They are of the person whom the text around them is about."""
    text = (
        "Femke Smid bouwt boten, niet alleen voor Karel Boot. Het is stil bij de werf van Smid.\n\n"
        "Een rondgang.\n\nEen kop koffie.\n\nNog een kop.\n\nHoe begon het?\n\n"
        "‘Met een vlot van planken en tonnen.’\n\nEn daarna?\n\n‘Daarna kwam de roeiboot.’\n\n"
        "Wat volgt?\n\n‘Dat laat ik aan mijn kinderen.’"
    )
    assert [speaker for _, speaker in said(text)] == ["Femke Smid"] * 3


def test_a_genitive_does_not_close() -> None:
    """A better mark follows."""
    assert said("‘Max’ plan was het beste’, zegt Greet Smid.") == [
        ("Max’ plan was het beste", "Greet Smid")
    ]


def test_speech_over_paragraphs() -> None:
    """With a mark at each paragraph or without one, there is a quotation in each."""
    marked = (
        "‘Het begon verkeerd’, vertelt Ruud Timmer. ‘Niemand wilde aan tafel.\n\n"
        "‘Na drie dagen kwam er een telefoontje.\n\n‘Toen lag het akkoord er.’ Hij zucht."
    )
    found = [
        ("Het begon verkeerd", "Ruud Timmer"),
        ("Niemand wilde aan tafel.", "Ruud Timmer"),
        ("Na drie dagen kwam er een telefoontje.", "Ruud Timmer"),
        ("Toen lag het akkoord er.", "Ruud Timmer"),
    ]
    assert said(marked) == found
    assert said(marked.replace("\n\n‘", "\n\n").replace("‘Na", "Na")) == found


def test_a_mark_that_nothing_closes_reaches_no_further_than_its_paragraph() -> None:
    """The rest of the text is not taken for speech."""
    text = "Zij zei: „Wij gaan nu echt naar huis.\n\nDe boot vertrok. „Dag”, riep Rik Boot."
    assert [words for words, _ in said(text)][-1] == "Dag"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # A surname after the name in full, before or behind it.
        ("‘Wij gaan weg’, zegt Femke Bosma. Het regent. ‘Nu meteen’, roept Bosma.", 2),
        # The next sentence goes on without a cue.
        ("Het kan niet, zegt Femke Bosma. ‘Dat is al jaren zo.’", 1),
        ("Femke Bosma haalt haar schouders op. ‘Dat is al jaren zo.’", 1),
        # The speaker follows as the subject of the next sentence.
        ("‘Dat is al jaren zo.’ Femke Bosma zucht.", 1),
        # What she does, in and out of commas.
        ("‘Dat is al jaren zo’, zegt de voorzitter van de bond, Femke Bosma.", 1),
        ("‘Dat is al jaren zo’, zegt havenmeester Femke Bosma van Urk.", 1),
        ("‘Dat is al jaren zo’, zegt minister van Defensie Femke Bosma (VVD).", 1),
        ("Femke Bosma, die er al jaren woont, zei maandag: ‘Dat is zo.’", 1),
        # A pronoun.
        ("Femke Bosma sprak met de bond. ‘Dat is zo’, zei ze na afloop.", 1),
        ("Femke Bosma sprak met de bond. ‘Dat is zo’, heeft zij later laten weten.", 1),
        # Inverted, and with the verb in two parts.
        ("‘Dat is zo’, liet Femke Bosma gisteren weten.", 1),
        ("‘Dat is zo’, rekent Femke Bosma voor.", 1),
        ("‘Dat is zo’, voegde Femke Bosma eraan toe.", 1),
        ("‘Dat is zo’, heeft Femke Bosma tegen de rechter gezegd.", 1),
        ("In een reactie zegt Femke Bosma: ‘Dat is al jaren zo.’", 1),
        ("Toen de raad iets vroeg, antwoordde Femke Bosma: ‘Dat is zo.’", 1),
        # What somebody has become known by.
        ("Voorzitter Femke Bosma waarschuwt. ‘Dat is zo’, aldus de voorzitter.", 1),
    ],
)
def test_the_speaker_in_full(text: str, speakers: int) -> None:
    """Whoever the text names, with the whole name."""
    assert [speaker for _, speaker in said(text)] == ["Femke Bosma"] * speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("‘Wij weten van niets’, zegt een woordvoerder van het ministerie.", None),
        ("‘Wij weten van niets’, zeggen onderzoekers.", None),
        ("‘Wij weten van niets’, aldus de politie.", None),
    ],
)
def test_a_description_as_printed(text: str, speaker: str | None) -> None:
    """Without a name, the words for who says it."""
    printed = text.rstrip(".").rpartition(", ")[2].partition(" ")[2]
    assert said(text) == [("Wij weten van niets", speaker or printed)]


def test_a_pronoun_means_the_last_person_that_it_fits() -> None:
    """A woman is not meant by *hij*."""
    text = (
        "Sophie Hermes en Piet Kramer zijn het oneens. ‘Het bod is goed’, zei ze. "
        "‘Het bod is slecht’, zei hij."
    )
    assert said(text) == [
        ("Het bod is goed", "Sophie Hermes"),
        ("Het bod is slecht", "Piet Kramer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "‘Niemand heeft ons iets verteld.’ Buiten regent het.",
        "‘Niemand heeft ons iets verteld’, zeggen ze.",
        "‘Niemand heeft ons iets verteld’, zei ik.",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    """Where the text names nobody, there is no speaker, and less confidence."""
    (found,) = quotations(text)
    assert found.speaker is None
    assert found.is_direct
    (named,) = quotations("‘Niemand heeft ons iets verteld’, zegt Rik Boot.")
    assert found.confidence < named.confidence or found.cue


def test_the_cue_and_the_mention() -> None:
    """The mention is that of the speaker, by its number."""
    text = "Urk is leeg. ‘Wij gaan weg’, aldus Bosma."
    place = text.index("Bosma")
    mentions = (
        Mention(0, 3, "place", "Urk", None, "rule", 0.9),
        Mention(place, place + 5, "person", "Femke Bosma", None, "vote", 0.9),
    )
    (found,) = quotations(text, mentions=mentions)
    assert (found.speaker, found.speaker_mention, found.cue) == ("Femke Bosma", 1, "aldus")


def test_a_body_speaks() -> None:
    """With its name, and without the article before it."""
    text = "‘Wij gaan weg’, meldt het Waterschap."
    start = text.index("Waterschap")
    mention = Mention(start, start + 10, "organisation", "Waterschap", None, "rule", 0.9)
    (found,) = quotations(text, mentions=(mention,))
    assert (found.speaker, found.speaker_mention) == ("Waterschap", 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‘Wij gaan hier niet weg’: vissers blijven", "Wij gaan hier niet weg"),
        ("Dijk houdt – ‘Het blijft nog even spannend’", "Het blijft nog even spannend"),
    ],
)
def test_headings(text: str, words: str) -> None:
    """What stands before the colon of a heading, or behind its dash, somebody said."""
    assert said(text) == [(words, None)]


def test_a_lead_is_said_by_whoever_says_it_later() -> None:
    """A quotation that repeats another has its speaker."""
    text = (
        "Waarom gaat het mis? ‘Vanuit de haven bezien heeft vertrekken geen enkele zin.’\n\n"
        "‘Vertrekken heeft vanuit de haven bezien geen enkele zin’, zegt Rik Boot."
    )
    assert [speaker for _, speaker in said(text)] == ["Rik Boot", "Rik Boot"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "Anneke Visser in gesprek.\n\nRedactie: Hoe gaat het?\n\nVisser: Het gaat goed.\n\n"
                "Redactie: En thuis?\n\nVisser: Thuis ook, dank u."
            ),
            [("Het gaat goed.", "Anneke Visser"), ("Thuis ook, dank u.", "Anneke Visser")],
        ),
        (
            (
                "Bode: Hoe gaat het?\n\nBakker: Het gaat goed.\n\nBode: En thuis?\n\n"
                "Bakker: Thuis ook."
            ),
            [("Het gaat goed.", "Bakker"), ("Thuis ook.", "Bakker")],
        ),
        (
            "– Hoe gaat het?\n\n– Het gaat goed.",
            [("Hoe gaat het?", None), ("Het gaat goed.", None)],
        ),
        ("- brood halen\n\n- melk halen\n\n- kaas halen", []),
        ("Locatie: Urk\n\nPrijs: tien euro\n\nInlichtingen: bij de deur", []),
        (
            "Bar\n\nPrijs: tien euro\n\nSfeer: goed\n\nEetzaal\n\nPrijs: elf euro\n\nSfeer: matig",
            [],
        ),
    ],
)
def test_interviews_without_marks(text: str, found: list[tuple[str, str | None]]) -> None:
    """An answer stands behind a name that comes back, or a dash; lists are no interviews."""
    assert said(text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Volgens Rik Boot is de haven leeg.", "is de haven leeg"),
        ("nl", "Rik Boot zegt dat de haven leeg is.", "dat de haven leeg is"),
        ("nl", "De haven is al jaren leeg, zei Rik Boot.", "De haven is al jaren leeg"),
        ("nl", "De haven is al jaren leeg, aldus Rik Boot.", "De haven is al jaren leeg"),
        ("nl", "Rik Boot liet weten dat de haven leeg is.", "dat de haven leeg is"),
        ("nl", "Rik Boot zegt niet te weten wie er komt.", "niet te weten wie er komt"),
        ("nl", "Zolang Rik Boot zegt dat het niet kan, blijft het zo.", "dat het niet kan"),
        ("nl", "Volgens Rik Boot die hier woont, is de haven leeg.", "is de haven leeg"),
        ("nl", "De haven is leeg, volgens Rik Boot die er woont.", "De haven is leeg"),
        ("en", "Rik Boot said the harbour was empty.", "the harbour was empty"),
        ("en", "Rik Boot said that the harbour was empty.", "that the harbour was empty"),
        ("en", "According to Rik Boot the harbour is empty.", "the harbour is empty"),
        ("de", "Rik Boot sagte, der Hafen sei leer.", "der Hafen sei leer"),
        ("de", "Rik Boot sagte, dass der Hafen leer ist.", "dass der Hafen leer ist"),
        ("de", "Laut Rik Boot ist der Hafen leer.", "ist der Hafen leer"),
    ],
)
def test_indirect_speech(language: str, text: str, found: str) -> None:
    """The words that are reported, without the full stop of the sentence."""
    ((words, speaker, cue),) = reported(text, language)
    assert (words, speaker) == (found, "Rik Boot")
    assert cue
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            (
                "“We will not stop here,” said Jane Porter, the mayor. “There is more.” The "
                "so-called “bridge to nowhere” cost millions. “It’s a disgrace,” "
                "John Miller, a farmer, said."
            ),
            [
                ("We will not stop here,", "Jane Porter"),
                ("There is more.", "Jane Porter"),
                ("It’s a disgrace,", "John Miller"),
            ],
        ),
        (
            "en",
            "'I don't think it'll happen,' Mary Porter told reporters. 'Not in the '90s sense.'",
            [
                ("I don't think it'll happen,", "Mary Porter"),
                ("Not in the '90s sense.", "Mary Porter"),
            ],
        ),
        (
            "de",
            (
                "„Wir müssen handeln“, sagte Ministerin Petra Kühn. Der Sprecher des Verbands, "
                "Jens Holm, widersprach: „Das ist Symbolpolitik.“ Der Film „Das alte Haus“ lief."
            ),
            [("Wir müssen handeln", "Petra Kühn"), ("Das ist Symbolpolitik.", "Jens Holm")],
        ),
        (
            "de",
            "Jens Holm bezeichnete die Kritik als „völlig haltlos“. Die Lage sei „sehr ernst“.",
            [("völlig haltlos", "Jens Holm"), ("sehr ernst", "Jens Holm")],
        ),
    ],
)
def test_other_languages(language: str, text: str, found: list[tuple[str, str]]) -> None:
    """English and German have their own cues, titles and word order."""
    assert said(text, language) == found


@pytest.mark.parametrize("language", [None, "vi"])
def test_a_language_without_a_register(language: str | None) -> None:
    """What is unmistakable is found, without a speaker; a title is not."""
    text = "“Tôi không biết chuyện gì.” Phim “Mùa hè” rất hay."
    assert said(text, language) == [("Tôi không biết chuyện gì.", None)]


def test_a_language_that_is_not_told() -> None:
    """Its small words show it, where there are enough of them."""
    text = "De boot van de familie ligt in de haven van Urk. ‘Zij vaart niet’, zegt Femke Bosma."
    assert said(text, None) == [("Zij vaart niet", "Femke Bosma")]
    assert said(text, "vi") == []
