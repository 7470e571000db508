"""People, organisations and places that a text names.

`find_mentions` is the annotator; `parse_name_registers` makes what it knows from the registers.
"""

from knipsel.transforms.annotate.names.find import find_mentions
from knipsel.transforms.registers.annotations.names import NameRegisters, parse_name_registers
from knipsel.transforms.registers.annotations.registers import RecognisedName, Recogniser

__all__ = [
    "NameRegisters",
    "RecognisedName",
    "Recogniser",
    "find_mentions",
    "parse_name_registers",
]
