"""Numbers, money and measures in words and figures, exactly as large as the source has them."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol

from bot.catalogue import Words, message
from bot.press.units import measured
from models.api import FigureKind, KeyFigure, Qualifier, Range, Value

_SCALES = (Decimal(10) ** 12, Decimal(10) ** 9, Decimal(10) ** 6)
_MAX_DECIMALS = 3
_ALL_DIGITS = 12
"""More decimals than are left of a number that is told in millions, so that none is rounded."""
_COUNTED = frozenset({FigureKind.TROOPS, FigureKind.CASUALTIES, FigureKind.COUNT})
_ISO_CODE_LETTERS = 3
_QUALIFIERS = {
    # L10n: in this and the following {value} is a number, often with a unit in the form that it has by itself ("2 kilometres"):
    # choose words that leave it in that form, as "примерно", "как минимум", "более чем" do in Russian
    Qualifier.ABOUT: message("about {value}"),
    Qualifier.AT_LEAST: message("at least {value}"),
    # L10n: at most so many, as in "up to 300 killed"
    Qualifier.UP_TO: message("up to {value}"),
    Qualifier.MORE_THAN: message("more than {value}"),
    # L10n: of what is measured: money, length, per cent
    Qualifier.LESS_THAN: message("less than {value}"),
}
# L10n: of people and things that are counted
_FEWER = message("fewer than {value}")


def number_text(value: Decimal, words: Words, *, short: bool = False) -> str:
    """As in "2,500", "1.762 billion", "1,234,567": in millions only where that takes at most three decimals.

    ``short``: the scale is abbreviated, where the language has an abbreviation that people write.
    """
    if not _scaled(value):
        return plain_text(value, words)
    abbreviated = short and words.language != "en"
    return format_compact_decimal(
        value,
        format_type="short" if abbreviated else "long",
        locale=words.locale,
        fraction_digits=_ALL_DIGITS,
    )


def _scaled(value: Decimal) -> bool:
    """Whether a number is told in millions or more."""
    scale = next((scale for scale in _SCALES if abs(value) >= scale), None)
    return scale is not None and value / scale == round(value / scale, _MAX_DECIMALS)


def plain_text(value: Decimal, words: Words) -> str:
    """A number in digits: "1,234,567"."""
    return format_decimal(
        value.normalize() if value % 1 else value.to_integral_value(), locale=words.locale, decimal_quantization=False
    )


def range_text(low: str, high: str, words: Words) -> str:
    """Both ends of a range."""
    # L10n: two numbers, as in "2,000 to 3,000"; best so that it can stand after "about" and "at least" too
    return words("{low} to {high}", low=low, high=high)


def joined_text(value: Value, words: Words, *, short: bool = False) -> str:
    """One number, or both ends of a range."""
    if isinstance(value, Decimal):
        return number_text(value, words, short=short)
    if _scaled(value.low) != _scaled(value.high):
        # "9 to 190 million" would be read as nine million.
        return range_text(plain_text(value.low, words), plain_text(value.high, words), words)
    low, high = (number_text(end, words, short=short) for end in (value.low, value.high))
    number, _, scale = low.partition(" ")
    if words.language == "en" and scale and scale == high.partition(" ")[2]:
        low = number
    return range_text(low, high, words)


def _digits(value: Value, words: Words) -> str:
    """As ``joined_text``, in digits alone: what a word may stand behind in any language."""
    if isinstance(value, Decimal):
        return plain_text(value, words)
    return range_text(plain_text(value.low, words), plain_text(value.high, words), words)


def money_text(value: Value, code: str, words: Words) -> str:
    """As in "$15 million", "€2.5 billion", "UAH 300", "$10 million to 12 million"; "4 million crowns" where no code is known."""
    if len(code) != _ISO_CODE_LETTERS or not code.isupper():
        return _with_unit(value, code, words)
    symbol = get_currency_symbol(code, words.locale)
    pattern = words.locale.currency_formats["standard"]
    before, behind = pattern.prefix[0].replace("¤", symbol), pattern.suffix[0].replace("¤", symbol)
    gap = " " if before[-1:].isalnum() else ""
    return f"{before}{gap}{joined_text(value, words, short=True)}{behind}"


def _with_unit(value: Value, unit: str, words: Words) -> str:
    """A number and its unit, in the order people say them."""
    if unit in {"percent", "percentage"}:
        return f"{joined_text(value, words)}{words.locale.percent_formats[None].suffix[0]}"
    number = joined_text(value, words) if words.language == "en" else _digits(value, words)
    if unit == "magnitude":
        # L10n: of an earthquake, as in "magnitude 6.1"
        return words("magnitude {number}", number=number)
    if unit == "category":
        # L10n: of a storm, as in "category 5"
        return words("category {number}", number=number)
    return measured(number, value, unit, words)


def is_vague(figure: KeyFigure) -> bool:
    """Whether the source has a word ("dozens") where a number might stand."""
    return isinstance(figure.value, Range) and not any(char.isdigit() for char in figure.surface)


def amount_text(value: Value, kind: FigureKind, unit: str | None, words: Words) -> str:
    """A value with its unit, without a qualifier."""
    if unit is None:
        return joined_text(value, words)
    if kind is FigureKind.MONEY:
        return money_text(value, unit, words)
    return _with_unit(value, unit, words)


def qualified(amount: str, qualifier: Qualifier, kind: FigureKind, words: Words) -> str:
    """An amount as far as it is known: "about 2,500"; an exact one as it is."""
    fewer = qualifier is Qualifier.LESS_THAN and kind in _COUNTED
    phrase = _FEWER if fewer else _QUALIFIERS.get(qualifier)
    return words(phrase, value=amount) if phrase is not None else amount
