"""Quotations in English: where a subject stands, and what is a name and no speech."""

from __future__ import annotations

import pytest

from tests.annotations.quoting import speakers

PEOPLE = "Harbour master Ann Bolder and miller Tom Reed live by the lake.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Asked about the sluice, Reed told the council: “It leaks.”", "Tom Reed"),
        ("Next, Bolder pledged a “long term” plan for it.", "Ann Bolder"),
        ("In March, Reed, a quiet man, said it was “wet as never before”.", "Tom Reed"),
        ("The dam, which Bolder calls “a very old lady”, holds.", "Ann Bolder"),
        ("“It held,” sluice keeper Jim Oake tweeted.", "Jim Oake"),
        ("“It held,” one old official said.", "one old official"),
        ("The dam was called “a very old lady” by Reed.", "Tom Reed"),
        ("Reed was accused of “sleeping through the storm”.", None),
        ("Bolder accused him of “sleeping through the storm”.", "Ann Bolder"),
        ("There was “very little left” of it, said Reed, a miller by trade.", "Tom Reed"),
        ("The University of Wetham shut. “We are full,” it said.", "University of Wetham"),
        ("It was, as Bolder put it, “the night of all nights”.", "Ann Bolder"),
    ],
)
def test_the_subject(text: str, speaker: str | None) -> None:
    """It stands right before its verb, behind it at the end, or behind *by*."""
    assert speakers(PEOPLE + text, "en") == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "They sail a boat called “Never Again”.",
        "It is part of a plan dubbed “dry feet for all”.",
        "Depth: 3 feet\n\nWidth: 9 feet\n\nThe new lake\n\nDepth: 4 feet\n\nWidth: 8 feet",
    ],
)
def test_what_nobody_says(text: str) -> None:
    """The name of a thing, and a list of facts."""
    assert speakers(PEOPLE + text, "en") == []
