"""People, organisations and places that a text names.

`find_mentions` is the annotator; `parse_name_registers` makes what it knows from the registers.
"""

from knipsel.transforms.annotate.names.find import find_mentions
from knipsel.transforms.annotate.names.recogniser import RecognisedName, Recogniser
from knipsel.transforms.annotate.names.registers import NameRegisters, parse_name_registers

__all__ = [
    "NameRegisters",
    "RecognisedName",
    "Recogniser",
    "find_mentions",
    "parse_name_registers",
]
