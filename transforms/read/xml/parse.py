"""XML as a tree: strict, but for what feeds get wrong; no entities, no network, bounded depth."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from knipsel.transforms.identify.xml_types import root_start
from knipsel.transforms.model import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = etree._Element  # noqa: SLF001 - the library has no public name for it
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, not even as references."""
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TOO_DEEP, _LONGEST_PROBLEM = "depth", 200


def parse_xml(text: str) -> etree._Element | Rejection:
    """Return the first element of a text with all that is in it.

    Ampersands that stand alone, the names of signs that only HTML has, and characters that no
    XML may hold are mended, since feeds have them; what is broken otherwise is rejected
    (``broken_xml``) with the line.
    """
    at = root_start(text)
    if at is None:
        return _broken(1, "no element")
    body = text[at:]
    try:
        return _parsed(body)
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return _parsed(_mended(body))
    except etree.XMLSyntaxError as error:
        return _broken(text.count("\n", 0, at) + (error.lineno or 1), str(error))
    except ValueError as error:
        return _broken(text.count("\n", 0, at) + 1, str(error))


def _parsed(body: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(body.encode("utf-8", "replace"), parser)


def _mended(body: str) -> str:
    clean = _NO_XML.sub(" ", body)
    return "".join(
        part if part.startswith("<![CDATA[") else _REFERENCE.sub(_reference, part)
        for part in _CDATA.split(clean)
    )


def _reference(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        allowed = code <= 0x10FFFF and not _NO_XML.match(chr(code))  # noqa: PLR2004 - the last one
        return found[0] if allowed else " "
    if name in _XML_NAMES:
        return found[0]
    return html5.get(f"{name};", f"&amp;{found[0][1:]}")


def _broken(line: int, problem: str) -> Rejection:
    problem = " ".join(problem.split())[:_LONGEST_PROBLEM]
    if _TOO_DEEP in problem:
        message = f"On line {line} the XML nests its elements too deeply; no sound file does."
    else:
        message = f"The XML is malformed or broken off on line {line}; get the file again."
    return Rejection("broken_xml", message, f"line {line}: {problem}")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children of those names, in order."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element on a path of names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def descendants(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of those names within an element, in order."""
    if element is not None:
        yield from (one for one in element.iterdescendants() if local(one) in names)


def text_of(element: etree._Element | None) -> str:
    """Return the text within an element on one line."""
    if element is None:
        return ""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def attribute(element: etree._Element | None, *names: str) -> str:
    """Return the first attribute of those names that has a value, whatever its namespace."""
    if element is None:
        return ""
    found = {str(key).rpartition("}")[2]: str(value).strip() for key, value in element.items()}
    return next((found[name] for name in names if found.get(name)), "")
