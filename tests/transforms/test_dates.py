"""The dates of a line, no finer than the evidence."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knipsel.transforms.parse.dates import find_dates, order_shown
from knipsel.transforms.registers.lines.months import month_of
from tests.growth import assert_in_proportion, repeated

if TYPE_CHECKING:
    from knipsel.transforms.registers.lines.dates import Order
    from knipsel.transforms.registers.model import Registers

REGISTERS = Path(__file__).parents[2] / "corpus" / "registers"


def every_month() -> list[tuple[int, str]]:
    """Return each name of each month in the registers, without the mark of a word."""
    tables = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in REGISTERS.glob("language_*")
    ]
    others = tomllib.loads((REGISTERS / "months.toml").read_text(encoding="utf-8"))
    return [
        (number, name.rstrip("."))
        for table in [*tables, *others.values()]
        for number, row in enumerate(table["months"], 1)
        for name in row
    ]


MONTHS = every_month()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 maart 2023", ["2023-03-10"]),
        ("March 10, 2023", ["2023-03-10"]),
        ("10. März 2023", ["2023-03-10"]),
        ("1er août 2020", ["2020-08-01"]),
        ("Dec. 2nd, 2025 at 10:30", ["2025-12-02"]),
        ("vr 3 mrt. 2023 en 2023-03-04T10:00", ["2023-03-03", "2023-03-04"]),
        ("december 2022", ["2022-12"]),
        ("2022-12", ["2022-12"]),
        ("2025-30", []),
        ("10.03.2023", ["2023-03-10"]),
        ("10-03-2023", ["2023-03-10"]),
        ("10. 3. 2023", ["2023-03-10"]),
        ("2025•01•08", ["2025-01-08"]),
        ("13/04/2023", ["2023-04-13"]),
        ("04/13/2023", ["2023-04-13"]),
        ("04.13.2023", ["2023-04-13"]),
        ("4/4/2023", ["2023-04-04"]),
        ("3/4/2023", []),
        ("13/13/2023", []),
        ("00.03.2023", []),
        ("31 februari 2023", []),
        ("October 17, 20236:01 PM ET", ["2023-10-17"]),
        ("May 2nd 202511 mins", ["2025-05-02"]),
        ("October 17, 202366", []),
        ("in 2023 kwamen 10 vissen", []),
        ("020-1234 2022-123", []),
        ("2025年12月2日", ["2025-12-02"]),
    ],
)
def test_find_dates(registers: Registers, text: str, found: list[str]) -> None:
    assert [one.edtf for one in find_dates(text, registers.lines.dates.months)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 mrt. 2023", ["2023-03-10"]),
        ("le 3 févr. 2023", ["2023-02-03"]),
        ("FEB 3, 2023", ["2023-02-03"]),
        ("Jul. 11. 2025", ["2025-07-11"]),
        ("04-ago-2021", ["2021-08-04"]),
        ("10 de marzo de 2023", ["2023-03-10"]),
        ("10 d’abril de 2023", ["2023-04-10"]),
        ("10 МАРТА 2023 г.", ["2023-03-10"]),
        ("10 Kasım 2023, Cuma", ["2023-11-10"]),
        ("2023. március 10.", ["2023-03-10"]),
        ("2023 March 10", ["2023-03-10"]),
        ("in 2023 March 10, 2024 came", ["2024-03-10"]),
        ("10MAR2023", ["2023-03-10"]),
        ("10december 2023", ["2023-12-10"]),
        ("(vrijdag 10 maart 2023)", ["2023-03-10"]),
        ("Published10 March 2023", ["2023-03-10"]),
        ("10:4210 maart 2023", ["2023-03-10"]),
        ("By Anna BoerMar 5, 2025 | 6 comments", ["2025-03-05"]),
        ("Health SectionDECEMBER 22, 2022Updated", ["2022-12-22"]),
        ("6:01 PMMarch 5, 2025", ["2025-03-05"]),
        ("May 21, 2025April 24, 2025 by Anna", ["2025-05-21", "2025-04-24"]),
        ("COVID-19 March 2020", ["2020-03"]),
    ],
)
def test_months_by_their_names(registers: Registers, text: str, found: list[str]) -> None:
    assert [one.edtf for one in find_dates(text, registers.lines.dates.months)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what may 2026 bring", []),
        ("they march 2026 miles", []),
        ("May 2026", ["2026-05"]),
        ("MAY 2026", ["2026-05"]),
        ("may 10, 2023", ["2023-05-10"]),
        ("it may 10 2023", []),
        ("check out 2020 trends", []),
        ("out 10 2023", []),
        ("10 out 2023", ["2023-10-10"]),
        ("out. 2023", ["2023-10"]),
        ("Julie 2021", []),
        ("10 julie 2021", ["2021-07-10"]),
    ],
)
def test_months_that_are_words(registers: Registers, text: str, found: list[str]) -> None:
    assert [one.edtf for one in find_dates(text, registers.lines.dates.months)] == found


@pytest.mark.parametrize(
    ("text", "found", "in_date_line"),
    [
        ("10 mrt '23", ["2023-03-10"], ["2023-03-10"]),
        ("10.03.’23", ["2023-03-10"], ["2023-03-10"]),
        ("10-03-'23", ["2023-03-10"], ["2023-03-10"]),
        ("10 mei '40", ["1940-05-10"], ["1940-05-10"]),
        ("in the '90s", [], []),
        ("10.03.23", [], ["2023-03-10"]),
        ("10-03-68", [], ["1968-03-10"]),
        ("25/03/23", [], ["2023-03-25"]),
        ("10/03/23", [], []),
        ("99-03-10", [], []),
        ("10 mrt 23", [], ["2023-03-10"]),
        ("10 mrt 23 om 10.42 uur", [], ["2023-03-10"]),
        ("mrt 23", [], []),
        ("March 10 20 comments", [], []),
        ("10.03.2023 10.03.24", ["2023-03-10"], ["2023-03-10"]),
        ("06.12.34.56.78", [], []),
        ("10.03.23.1", [], []),
        ("10:03:23", [], []),
    ],
)
def test_years_of_two_digits(
    registers: Registers, text: str, found: list[str], in_date_line: list[str]
) -> None:
    assert [one.edtf for one in find_dates(text, registers.lines.dates.months)] == found
    dates = find_dates(text, registers.lines.dates.months, short_years=True)
    assert [one.edtf for one in dates] == in_date_line


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("3/4/2023", "day", "2023-04-03"),
        ("3/4/2023", "month", "2023-03-04"),
        ("10-03-2023", "month", "2023-10-03"),
        ("10.03.2023", "day", "2023-03-10"),
        ("25/03/2023", "month", "2023-03-25"),
        ("03/25/2023", "day", "2023-03-25"),
    ],
)
def test_an_order_that_is_known(registers: Registers, text: str, order: Order, found: str) -> None:
    assert [one.edtf for one in find_dates(text, registers.lines.dates.months, order=order)] == [
        found
    ]


def test_the_order_that_a_page_shows() -> None:
    assert order_shown(["op 3/4/2023", "en 25/03/2023"]) == "day"
    assert order_shown(["06.18.2025", "06.06.2025"]) == "month"
    assert order_shown(["25/03/2023", "03/25/2023"]) is None
    assert order_shown(["3/4/2023", "2023-03-25", "25/13/2023"]) is None


@given(
    day=st.dates(date(1600, 1, 1), date(2099, 12, 31)),
    style=st.sampled_from(
        [
            "{d} {name} {y}",
            "{d:02}. {name} {y}",
            "{name} {d}, {y}",
            "{name}. {d}, {y}, 10:42",
            "({d} {name}. {y})",
            "{d} de {name} de {y}",
            "{d}-{name}-{y}",
            "Published{d} {name} {y}",
            "{y}. {name}. {d}.",
            "{y}-{m:02}-{d:02}T10:42:00Z",
            "{d}.{m}.{y}",
        ]
    ),
    shape=st.sampled_from([str, str.upper, str.title]),
    data=st.data(),
)
def test_a_printed_date_is_found_again(
    registers: Registers, day: date, style: str, shape: type[str], data: st.DataObject
) -> None:
    names = [name for number, name in MONTHS if number == day.month]
    plain = data.draw(st.sampled_from(names))
    name = shape(plain)
    assume(len(name) == len(plain))  # Greek capitals have no accents, but Python gives them some
    text = style.format(y=day.year, m=day.month, d=day.day, name=name)
    (found,) = find_dates(text, registers.lines.dates.months)
    assert found.edtf == day.isoformat()


@given(
    pieces=st.lists(
        st.one_of(
            st.text(alphabet="0123456789 ./-'’,:年月日", max_size=8),
            st.sampled_from(["2023", "'24", "25", " de ", "PM", "th ", "Jansen", "1998-", " uur"]),
            st.sampled_from([name for _, name in MONTHS]),
            st.text(max_size=3),
        ),
        max_size=12,
    ),
    options=st.fixed_dictionaries(
        {},
        optional={"short_years": st.booleans(), "order": st.sampled_from([None, "day", "month"])},
    ),
)
def test_no_date_is_finer_than_its_text(
    registers: Registers, pieces: list[str], options: dict[str, Any]
) -> None:
    text, end = "".join(pieces), 0
    for found in find_dates(text, registers.lines.dates.months, **options):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        printed = text[found.start : found.end]
        assert_stands_in(found.edtf, printed, registers)


def assert_stands_in(edtf: str, printed: str, registers: Registers) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", printed)]
    names = re.findall(r"[^\W\d_]+", printed)
    ends = [name[cut:] for name in names for cut in range(len(name))]
    months = [month_of(name, registers.lines.dates.months, sure=True) for name in ends]
    year, *rest = (int(part) for part in edtf.split("-"))
    assert year in numbers or year % 100 in numbers
    assert rest[0] in [*numbers, *months]
    assert rest[1:] == [] or rest[1] in numbers
    assert date(year, *rest, *[1] * (2 - len(rest))).year == year


@given(text=st.text())
def test_any_text_has_dates_or_none(registers: Registers, text: str) -> None:
    assert all(one.edtf for one in find_dates(text, registers.lines.dates.months, short_years=True))


@pytest.mark.parametrize(
    "piece",
    [
        "2023 ",
        "10.03.2023 ",
        "10 maart 2023 ",
        "2023-",
        "10.",
        "1 ",
        "'23 ",
        "10 de ",
        "maart ",
        "a",
        "2023年3",
        "A" * 30 + "2023",
        " " * 36 + "2023",
        "aB" * 16 + " 2023",
    ],
)
def test_long_lines_take_linear_time(registers: Registers, piece: str) -> None:
    def find(text: str) -> None:
        find_dates(text, registers.lines.dates.months)
        find_dates(text.replace("2023", "'23"), registers.lines.dates.months)
        find_dates(text.replace("2023", "23"), registers.lines.dates.months, short_years=True)
        order_shown([text])

    assert_in_proportion(find, repeated(piece), 12_000)
