"""News written for tests of duplicates: reports that differ, versions of one, daily templates."""

from __future__ import annotations

REPORT = (
    "De gemeenteraad van Zoutmonde heeft woensdagavond ingestemd met de verbouwing van het oude "
    "pakhuis aan de Lijnbaan. Wethouder Terpstra sprak van een doorbraak na jaren van "
    "onderhandelingen met de projectontwikkelaar. Omwonenden maken zich zorgen over de "
    "verkeersdrukte in de smalle straatjes rond het gebouw. De bouwvakkers beginnen volgens "
    "planning in september met het verwijderen van de asbesthoudende dakplaten. Daarna volgt de "
    "restauratie van de monumentale gevel, die op kosten van de provincie wordt uitgevoerd. "
    "Architect Brouwer noemde het ontwerp een eerbetoon aan de havenarbeiders van vroeger. "
    "In het pakhuis komen veertig appartementen, een bibliotheek en een buurtrestaurant. "
    "De eerste bewoners kunnen er naar verwachting over twee jaar hun intrek nemen."
)
"""A report of some 120 words."""

ADDITION = (
    " Oppositieleider Wiersma stemde tegen, omdat de begroting volgens hem ondoorzichtig is. "
    "Hij kondigde aan bezwaar te maken bij de bestuursrechter."
)
"""What an evening edition adds."""

OTHER_REPORT = (
    "Vissers uit Oostkapel hebben dinsdag een zeldzame maanvis aan land gebracht, die in de "
    "netten verstrikt was geraakt. Onderzoekers van het zeebiologisch laboratorium bestuderen "
    "het dier de komende weken. Volgens visserijkundige Haverkamp duikt de soort vaker op nu het "
    "zeewater opwarmt. De bemanning van de kotter schrok van het gewicht, dat de lier nauwelijks "
    "aankon. Schipper Roelofs liet foto's zien van de vangst, die ruim tweehonderd kilo woog. "
    "Het skelet gaat straks naar het natuurhistorisch museum, waar bezoekers het kunnen "
    "bewonderen naast de potvis die vorig jaar aanspoelde."
)

_COUNTS = (
    "Het instituut heeft het afgelopen etmaal {new} nieuwe besmettingen gemeld, {fewer} minder "
    "dan gisteren. In de ziekenhuizen liggen nu {beds} patiënten, van wie {care} op de intensive "
    "care. Er zijn {dead} sterfgevallen doorgegeven. Het gemiddelde over de laatste zeven dagen "
    "komt daarmee op {mean} meldingen per etmaal. Niet alle gevallen zijn gemeld op de dag dat de "
    "test werd afgenomen, en het werkelijke aantal ligt vermoedelijk hoger, omdat niet iedereen "
    "zich laat testen. Het percentage positieve uitslagen bedroeg {share} procent."
)


def counts(day: int) -> str:
    """Return the report of one day: the same words with other numbers."""
    return _COUNTS.format(
        new=4000 + 137 * day,
        fewer=100 + 31 * day,
        beds=2000 - 17 * day,
        care=500 - 7 * day,
        dead=60 + 3 * day,
        mean=4800 + 59 * day,
        share=10 + day,
    )


BLURB = (
    "Je luistert via alle bekende apps of door de aflevering hieronder af te spelen. Elke werkdag "
    "om vijf uur staat er een nieuwe aflevering klaar, waarin onze presentatoren samen met een "
    "verslaggever dieper ingaan op een onderwerp uit het nieuws. Heb je een vraag, een compliment "
    "of een verbetervoorstel, stuur dan een bericht aan de redactie. Abonneer je kosteloos en mis "
    "geen enkele aflevering. De montage is in handen van de technische dienst."
)
"""What stands under each episode of a podcast."""

_EPISODES = (
    (
        "Hoe verliep de ontruiming van het kraakpand aan de Prinsengracht, en waarom greep de "
        "burgemeester zo laat in? Stadsverslaggever Meijerink sprak buurtbewoners en agenten."
    ),
    (
        "De walvisjacht wordt hervat, tot ontzetting van natuurbeschermers. Correspondent "
        "Halvorsen legt uit welke economische belangen er meespelen in noordelijke vissersdorpen."
    ),
    (
        "Steeds meer tandartsen weigeren nieuwe patiënten. Gezondheidseconoom Vreeburg rekent voor "
        "wat dat betekent voor gezinnen zonder aanvullende verzekering."
    ),
    (
        "Een vergeten componiste krijgt eindelijk erkenning. Musicoloog Castelein vond haar "
        "strijkkwartetten terug in een verhuisdoos op de zolder van het conservatorium."
    ),
)


def episode(number: int) -> str:
    """Return the text of an episode: something of its own above what they all have."""
    return f"{_EPISODES[number]} {BLURB}"
