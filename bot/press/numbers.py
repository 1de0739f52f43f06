"""Numbers, money and measures in words and figures, exactly as large as the source has them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_currency_symbol

from models.api import FigureKind, KeyFigure, Qualifier, Range, Value

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_MAX_DECIMALS = 3
_QUALIFIERS = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UP_TO: "up to ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.LESS_THAN: "less than ",
}
_COUNTED = frozenset({FigureKind.TROOPS, FigureKind.CASUALTIES, FigureKind.COUNT})
_ISO_CODE_LETTERS = 3
_BEFORE_NUMBER = frozenset({"magnitude", "category"})
PARTICIPLES = frozenset(
    {"killed", "injured", "missing", "displaced", "captured", "wounded", "dead", "detained", "kidnapped"}
)
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "half": "halves"}
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_HEADS = (" per ", " of ")


@lru_cache(maxsize=32)
def locale_of(tag: str) -> Locale:
    """The locale whose numbers and month names fit our wording, which is English; a region of English is kept."""
    try:
        found = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")
    return found if found.language == "en" else Locale("en")


def number_text(value: Decimal, locale: str = "en") -> str:
    """As in "2,500", "1.762 billion", "1,234,567": in millions only where that takes at most three decimals."""
    for scale, name in _SCALES:
        scaled = value / scale
        if abs(scaled) >= 1:
            if scaled == round(scaled, _MAX_DECIMALS):
                return f"{_plain(scaled, locale)} {name}"
            break
    return _plain(value, locale)


def _plain(value: Decimal, locale: str) -> str:
    return format_decimal(
        value.normalize() if value % 1 else value.to_integral_value(),
        locale=locale_of(locale),
        decimal_quantization=False,
    )


def plural(unit: str) -> str:
    """The plural of an English unit: "kilometre per hour" → "kilometres per hour"."""
    for joint in _HEADS:
        head, found, rest = unit.partition(joint)
        if found:
            return plural(head) + joint + rest
    start, _, last = unit.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif last in PARTICIPLES or last.endswith(
        ("people", "personnel", "police", "staff", "aircraft", "troops", "celsius", "fahrenheit")
    ):
        pass
    elif last.endswith(_SIBILANTS):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in set("aeiou"):
        last = last[:-1] + "ies"
    else:
        last += "s"
    if last in {"celsius", "fahrenheit"} and start == "degree":
        start = "degrees"
    return f"{start} {last}".strip()


def _joined(value: Value, locale: str) -> str:
    """One number, or both ends of a range."""
    if isinstance(value, Decimal):
        return number_text(value, locale)
    low, high = number_text(value.low, locale), number_text(value.high, locale)
    low_number, _, low_scale = low.partition(" ")
    _, _, high_scale = high.partition(" ")
    if high_scale and not low_scale:
        # "9 to 190 million" would be read as nine million.
        high = _plain(value.high, locale)
    return f"{low_number if low_scale == high_scale else low} to {high}"


def money_text(value: Value, code: str, locale: str = "en") -> str:
    """As in "$15 million", "€2.5 billion", "UAH 300", "$10 million to 12 million"; "4 million crowns" where no code is known."""
    if len(code) != _ISO_CODE_LETTERS or not code.isupper():
        return _with_unit(value, code, locale)
    symbol = get_currency_symbol(code, locale_of(locale))
    gap = " " if symbol[-1:].isalnum() else ""
    return f"{symbol}{gap}{_joined(value, locale)}"


def _with_unit(value: Value, unit: str, locale: str) -> str:
    """A number and its unit, in the order people say them."""
    number = _joined(value, locale)
    one = value == 1
    if unit in {"percent", "percentage"}:
        return f"{number}%"
    if unit in _BEFORE_NUMBER:
        return f"{unit} {number}"
    if unit == "year of age":
        return f"{number} {'year' if one else 'years'} old"
    return f"{number} {unit if one else plural(unit)}"


def is_vague(figure: KeyFigure) -> bool:
    """Whether the source has a word ("dozens") where a number might stand."""
    return isinstance(figure.value, Range) and not any(char.isdigit() for char in figure.surface)


def amount_text(value: Value, kind: FigureKind, unit: str | None, locale: str = "en") -> str:
    """A value with its unit, without a qualifier."""
    if unit is None:
        return _joined(value, locale)
    if kind is FigureKind.MONEY:
        return money_text(value, unit, locale)
    return _with_unit(value, unit, locale)


def qualifier_text(qualifier: Qualifier, kind: FigureKind) -> str:
    """The qualifier in words and a space, or nothing for an exact value."""
    if qualifier is Qualifier.LESS_THAN and kind in _COUNTED:
        return "fewer than "
    return _QUALIFIERS[qualifier]
