"""Quotations in German: where the words for somebody end, and who is meant by them."""

from __future__ import annotations

import pytest

from tests.annotations.quoting import speakers

PEOPLE = "Deichgräfin Anna Moor (61) und Müller Tom Ried, 34, wohnen am See.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Der alte Wirt nahm es gelassen. „Das trocknet wieder“, sagte er.", "Der alte Wirt"),
        ("„Das trocknet“, sagte der Chef der Opposition, Jan Huber.", "Jan Huber"),
        ("„Das trocknet“, sagte der Chef der Opposition.", "der Chef der Opposition"),
        ("„Das trocknet“, sagte der Wirt am Montag in Moorhausen.", "der Wirt"),
        ("„Das trocknet“, rief die 61-Jährige.", "Anna Moor"),
        ("„Das trocknet“, rief der 34-jährige Müller.", "Tom Ried"),
        ("Ihr Kollege Jan Huber sagte, man lasse sich „nicht erpressen“.", "Jan Huber"),
        ("Ihr widersprach der Wirt Jan Huber: „Das bleibt nass.“", "Jan Huber"),
        ("Der Wirt hält sie für „völlig überfordert mit dem See“.", "Der Wirt"),
        ("Ein früherer Wirt spricht von einer „Kultur des Wegsehens“.", "Ein früherer Wirt"),
        ("Auf einem Transparent stand: „Lasst uns das Wasser.“", "einem Transparent"),
        ("In der Klageschrift heißt es, er sei „nie nass geworden“.", "der Klageschrift"),
        ("„Das trocknet“, wehrt sich ein Sprecher der Stadt.", "ein Sprecher der Stadt"),
        ("Offen redet ein Diplomat. „Alle wissen es“, sagt er.", "ein Diplomat"),
    ],
)
def test_who_is_meant(text: str, speaker: str) -> None:
    """The words for somebody end with their noun and what depends on it."""
    assert speakers(PEOPLE + text, "de") == [speaker]
