"""People, organisations and places that a text names.

`find_mentions` is the annotator; `parse_name_registers` makes what it knows from the registers.
"""

from transforms.annotations.names.find import find_mentions
from transforms.annotations.names.recogniser import RecognisedName, Recogniser
from transforms.annotations.names.registers import NameRegisters, parse_name_registers

__all__ = [
    "NameRegisters",
    "RecognisedName",
    "Recogniser",
    "find_mentions",
    "parse_name_registers",
]
