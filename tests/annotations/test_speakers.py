"""Who speaks where no cue stands beside, and whom a pronoun or a description means."""

from __future__ import annotations

import pytest

from tests.annotations.quoting import said, speakers

PEOPLE = "Dijkgraaf Oda Zeilmaker (61) en molenaar Wietse Haverkamp (34) wonen aan het meer.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Haverkamp kijkt uit over het water. ‘Het wordt een natte winter.’", "Wietse Haverkamp"),
        ("Als Zeilmaker klaar is, zucht Haverkamp. ‘Dat wordt duur.’", "Wietse Haverkamp"),
        ("Nog even en dan is Haverkamp klaar. ‘Morgen ga ik naar huis.’", "Wietse Haverkamp"),
        ("De woorden van Haverkamp logen er niet om. ‘Dit is wanbeleid.’", "Wietse Haverkamp"),
        (
            "Zeilmaker is er al vroeg. Ze opent de sluis en meet het peil. ‘Dat doe ik elke dag.’",
            "Oda Zeilmaker",
        ),
        ("Is Haverkamp er nog wel blij mee? ‘Ik heb wel eens beter geslapen.’", "Wietse Haverkamp"),
        (
            "In het boek beschrijft Haverkamp het huis: ‘Het lekt en het kraakt.’",
            "Wietse Haverkamp",
        ),
    ],
)
def test_who_a_sentence_before_is_about(text: str, speaker: str) -> None:
    """What nobody is said to say is said by whom the sentence before has as its subject."""
    assert speakers(PEOPLE + text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Een jonge vader met een kinderwagen blijft staan. ‘Mooi is het’, zegt hij.",
            "Een jonge vader",
        ),
        ("Haar dochter legt een hand op haar arm. ‘Kom, we gaan naar huis.’", "Haar dochter"),
        ("Dorpsbewoners houden hun hart vast. ‘Straks staat het in de kelder.’", "Dorpsbewoners"),
        ("‘Ik blijf’, zegt een visverkoper. Later zegt hij: ‘Of toch niet.’", "een visverkoper"),
    ],
)
def test_somebody_who_is_only_described(text: str, speaker: str) -> None:
    """Whoever has no name is called what the text calls them, and is meant by a pronoun."""
    assert set(speakers(PEOPLE + text)) == {speaker}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Haverkamp steekt zijn handen in zijn zakken. ‘Klaar’, zegt de 34-jarige molenaar.",
            "Wietse Haverkamp",
        ),
        ("Haverkamp komt uit Zeeland. ‘Dat hoor je’, lacht de man.", "Wietse Haverkamp"),
        ("Zeilmaker spreekt als laatste. ‘Wij bouwen niets’, zei de dijkgraaf.", "Oda Zeilmaker"),
        (
            "Advocate Bahar Yüksel stond op. ‘Mijn cliënt zwijgt’, zei de raadsvrouw.",
            "Bahar Yüksel",
        ),
        ("Haverkamp lacht. ‘Ik wacht wel’, zegt een veerman.", "een veerman"),
    ],
)
def test_a_description_of_somebody_named(text: str, speaker: str) -> None:
    """What a paragraph has just said of somebody, or tells nothing new, means that person."""
    assert speakers(PEOPLE + text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Het overleg met Oda Zeilmaker duurde lang. Die is tevreden. ‘We zijn er.’",
            "Oda Zeilmaker",
        ),
        ("Aan het loket staat een jongen met een fiets. ‘Pas op’, zegt de jongen.", "een jongen"),
        (
            "Waterschap Delfrand waarschuwde al. ‘Het peil is laag’, schreef de organisatie.",
            "Waterschap Delfrand",
        ),
    ],
)
def test_who_was_told_of_before(text: str, speaker: str) -> None:
    """*Die*, *de jongen*, *de organisatie* mean whom or what the text has told of."""
    assert speakers(text) == [speaker]


def test_a_pronoun_means_somebody_of_its_gender() -> None:
    """First names tell: *hij* is not Hedwig, though she was named last."""
    text = (
        "Premier Diederik Alberda kwam als eerste. Minister Hedwig Roozenburg volgde.\n\n"
        "Toen Roozenburg een vraag kreeg, boog hij zich voorover. ‘Genoeg’, zei hij."
    )
    assert speakers(text) == ["Diederik Alberda"]


def test_whoever_asks_does_not_answer() -> None:
    """Not whoever asks, but who was asked goes on."""
    told = "‘Het is klaar’, zegt Haverkamp."
    asked = "Of het veilig is, wilde een bezoeker weten. ‘Als een huis.’"
    assert speakers(f"{PEOPLE}{told} {asked}") == ["Wietse Haverkamp", "Wietse Haverkamp"]


def test_what_is_inserted_has_its_own_subject() -> None:
    """The subject of *zo stelt hij vast* is not that of the sentence around it."""
    text = "De kracht van water, zo stelt Haverkamp vast, wint altijd. ‘Dat leer je hier.’"
    assert speakers(PEOPLE + text) == ["Wietse Haverkamp"]


def test_whose_words_somebody_uses() -> None:
    """*Om het met … te zeggen* names whose words follow."""
    text = "Of, om het met de moeder van Haverkamp te zeggen: ‘Water vindt zijn weg.’"
    assert speakers(PEOPLE + text) == ["de moeder van Haverkamp"]


INTERVIEW = """Al dertig jaar meet Oda Zeilmaker het water. Zeilmaker blijft.

Wanneer begon het?

‘In het jaar van de storm. Toen stond het hier tot de drempel.

‘Daarna heb ik nooit meer een winter vrij genomen.’

Wietse Haverkamp noemde u de koningin van het meer. Hoe was dat?

‘Ach, Wietse. Die overdrijft graag.’

Dat was in de krant.

‘Ja, en daar heb ik om gelachen.’

En nu?

‘Nu ga ik door tot het niet meer gaat.’
"""


def test_an_interview_is_with_one() -> None:
    """Who is named in a question does not answer it, and an answer may follow no question."""
    assert set(speakers(INTERVIEW)) == {"Oda Zeilmaker"}
    assert len(speakers(INTERVIEW)) == 5


def test_what_runs_over_a_paragraph_stays_with_its_speaker() -> None:
    """Also where the next paragraph opens no mark."""
    text = '"Het begon in maart", zegt Haverkamp. "Eerst was er niets.\n\nToen kwam het water."'
    assert speakers(PEOPLE + text) == ["Wietse Haverkamp"] * 3


def test_a_heading_that_is_said_later() -> None:
    """A quotation above a text has the speaker of the one that it stands in."""
    text = (
        "‘We zijn te laat wakker geworden’\n\n"
        + PEOPLE
        + ("‘We zijn te laat wakker geworden, en dat spijt me’, zegt Haverkamp.")
    )
    assert speakers(text) == ["Wietse Haverkamp", "Wietse Haverkamp"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Zeilmaker kent Haverkamp.\n\n‘Dat klopt’, zegt de man.", "Wietse Haverkamp"),
        ("Zeilmaker kent hem.\n\n‘Dat klopt’, zegt de man.", "de man"),
        ("De sloot bevriest: Haverkamp gaat weg. ‘Dat is zo’, zucht hij.", "Wietse Haverkamp"),
        (
            "Haverkamp, baas van De Molenbond, zweeg.\n\n‘Nee’, zei de baas van De Molenbond.",
            "Wietse Haverkamp",
        ),
        (
            "Haverkamp, baas van De Molenbond, zweeg.\n\n‘Nee’, zei de baas van De Meerbode.",
            "de baas van De Meerbode",
        ),
        ("‘Nat’, zei de lange, magere bakker van Urk.", "de lange, magere bakker van Urk"),
        ("Haverkamp maakt ook verzen. ‘Nat is het lied’, zegt de dichter.", "Wietse Haverkamp"),
    ],
)
def test_whom_a_description_means(text: str, speaker: str) -> None:
    """Somebody named fits it in this paragraph or the last, or the words stay as printed."""
    assert speakers(PEOPLE + text)[-1] == speaker


def test_paragraphs_that_one_mark_opens() -> None:
    """An apostrophe that begins a paragraph opens speech, though only the last is closed."""
    text = (
        "Haverkamp zegt: 'Het begon in maart.\n\n'Toen kwam het water's kracht.\n\n"
        "'Nu ben ik klaar', zucht hij."
    )
    assert speakers(PEOPLE + text) == ["Wietse Haverkamp"] * 3


def test_no_word_that_begins_a_heading_speaks() -> None:
    """A common noun before a colon is nobody."""
    assert said("Buurt in rep en roer: ‘Ik kom mijn oprit niet meer op’") == [
        ("Ik kom mijn oprit niet meer op", None)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In de brief staat dat het peil ‘nooit meer zo hoog’ wordt.", "de brief"),
        ("‘Het peil stijgt’, staat in het verslag.", "het verslag"),
        ("In de brief schrijft Haverkamp dat hij ‘nooit meer terug’ komt.", "Wietse Haverkamp"),
    ],
)
def test_a_writing_says_what_stands_in_it(text: str, speaker: str) -> None:
    """Where nobody is said to have written it."""
    assert speakers(PEOPLE + text) == [speaker]


def test_a_title_between_commas_is_not_said() -> None:
    """It is of what stands before the comma."""
    text = "Haar vorige roman, ‘Alles wat wij vergaten te zeggen’, zegt Haverkamp weinig."
    assert speakers(PEOPLE + text) == []
