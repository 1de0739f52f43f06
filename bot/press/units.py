"""Units behind a number, in the plural that the number asks for: by CLDR where it knows the unit, else by the catalogue."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal
from babel.units import format_compound_unit, format_unit, get_unit_name

from bot.catalogue import Words, message
from models.api import Range, Value

PARTICIPLES = frozenset(
    {"killed", "injured", "missing", "displaced", "captured", "wounded", "dead", "detained", "kidnapped"}
)
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "half": "halves"}
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_HEADS = (" per ", " of ")
_FEW = 2
"""Stands for a fraction, which takes a noun in the form that two take, in every language of the catalogue."""

# The names that the models give to units, and CLDR's for the same.
_CLDR = {
    **{name: f"length-{name}" for name in ("mile", "nautical-mile", "yard", "foot", "inch", "furlong", "fathom")},
    **{f"{part}metre": f"length-{part}meter" for part in ("", "kilo", "centi", "milli", "micro", "nano")},
    **{f"square {part}metre": f"area-square-{part}meter" for part in ("", "kilo", "centi")},
    **{f"square {name}": f"area-square-{name}" for name in ("mile", "foot", "inch", "yard")},
    **{f"cubic {part}metre": f"volume-cubic-{part}meter" for part in ("", "kilo", "centi")},
    **{f"cubic {name}": f"volume-cubic-{name}" for name in ("foot", "yard")},
    **{name: f"area-{name}" for name in ("hectare", "acre", "dunam")},
    **{name: f"mass-{name}" for name in ("gram", "kilogram", "milligram", "microgram", "ounce", "carat", "stone")},
    **{f"{part}litre": f"volume-{part}liter" for part in ("", "milli", "deci")},
    **{name: f"volume-{name}" for name in ("gallon", "barrel", "bushel", "pint", "quart")},
    **{f"{part}watt": f"power-{part}watt" for part in ("", "kilo", "mega", "giga")},
    **{f"{part}hertz": f"frequency-{part}hertz" for part in ("", "kilo", "mega", "giga")},
    **{f"{part}byte": f"digital-{part}byte" for part in ("", "kilo", "mega", "giga", "tera", "peta")},
    **{name: f"energy-{name}" for name in ("joule", "kilojoule", "calorie", "kilocalorie")},
    **{f"{part}pascal": f"pressure-{part}pascal" for part in ("", "hecto", "kilo", "mega")},
    **{name: f"electric-{name}" for name in ("volt", "ampere", "milliampere", "ohm")},
    **{name: f"temperature-{name}" for name in ("celsius", "fahrenheit", "kelvin")},
    **{
        name: f"duration-{name}"
        for name in (
            *("century", "decade", "year", "month", "week", "day", "hour"),
            *("minute", "second", "millisecond", "microsecond", "nanosecond"),
        )
    },
    "nautical mile": "length-nautical-mile",
    "light-year": "length-light-year",
    "astronomical unit": "length-astronomical-unit",
    "parsec": "length-parsec",
    "metric ton": "mass-tonne",
    "pound-mass": "mass-pound",
    "kilowatt hour": "energy-kilowatt-hour",
    "millibar": "pressure-millibar",
    "pound per square inch": "pressure-pound-force-per-square-inch",
    "horsepower": "power-horsepower",
    "newton metre": "torque-newton-meter",
    "pound-foot": "torque-pound-force-foot",
    "megapixel": "graphics-megapixel",
    "pixel": "graphics-pixel",
    "mile per hour": "speed-mile-per-hour",
    "kilometre per hour": "speed-kilometer-per-hour",
    "metre per second": "speed-meter-per-second",
    "knot": "speed-knot",
    "mile per gallon": "consumption-mile-per-gallon",
    "degree": "angle-degree",
    "lumen": "light-lumen",
    "part per million": "concentr-permillion",
    "per mille": "concentr-permille",
}
_SIGNS = {
    # L10n: the signs of units, which stand behind a number and have no plural: megawatt hours and so on
    "watt hour": message("Wh"),
    "megawatt hour": message("MWh"),
    "gigawatt hour": message("GWh"),
    "terawatt hour": message("TWh"),
    "terawatt": message("TW"),
    "kilovolt": message("kV"),
    # L10n: thousand tons, of an explosion or of cargo
    "kiloton": message("kt"),
    # L10n: million tons
    "megaton": message("Mt"),
    "gigaton": message("Gt"),
    "decibel": message("dB"),
    "sievert": message("Sv"),
    "millisievert": message("mSv"),
    "microsievert": message("µSv"),
    "becquerel": message("Bq"),
    # L10n: revolutions per minute
    "revolutions per minute": message("rpm"),
    # L10n: twenty-foot equivalent units, of container ships and ports
    "twenty-foot equivalent unit": message("TEU"),
    # L10n: tons of deadweight, of a ship
    "deadweight ton": message("dwt"),
    # L10n: gross tonnage of a ship
    "gross ton": message("GT"),
    "kilobit per second": message("kbit/s"),
    "megabit per second": message("Mbit/s"),
    "gigabit per second": message("Gbit/s"),
    "parts-per-billion": message("ppb"),
}
_COUNTED = {
    # L10n: what a chart counts, written along its axis; so are the following, up to "soldiers"
    "killed": message("people killed"),
    "injured": message("people injured"),
    "missing": message("people missing"),
    "displaced": message("people displaced"),
    "captured": message("people captured"),
    "wounded": message("people wounded"),
    "dead": message("people dead"),
    "detained": message("people detained"),
    "kidnapped": message("people kidnapped"),
    "percent": message("percent"),
    "percentage point": message("percentage points"),
    "basis point": message("basis points"),
    "ton": message("tons"),
    "person": message("people"),
    "soldier": message("soldiers"),
}


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


def measured(number: str, value: Value, unit: str, words: Words) -> str:
    """A number and its unit: "120 kilometres per hour", "41 killed", "1 house".

    Args:
        number: As it is printed: digits, both ends of a range, or the word of a source ("dozens").
        value: What it amounts to; of a range the upper end decides about the plural.
        unit: As ``KeyFigure.unit`` has it. One that neither CLDR nor the catalogue knows is the article's own English.
        words: The reader's.
    """
    upper = value.high if isinstance(value, Range) else value
    n = int(abs(upper)) if upper == upper.to_integral_value() else _FEW
    counted = _noun(number, n, unit, words)
    if counted is None and words.language != "en":
        counted = _sign(number, unit, words) or _by_cldr(number, upper, unit, words)
    return counted or f"{number} {unit if value == 1 else plural(unit)}"


def unit_name(unit: str, words: Words) -> str:
    """A unit by itself, as on the axis of a chart: "kilometres per hour", "people killed"."""
    if unit in _COUNTED:
        return words(_COUNTED[unit])
    if words.language == "en":
        return plural(unit)
    if unit in _SIGNS:
        return words(_SIGNS[unit])
    name = get_unit_name(_CLDR[unit], "long", words.locale) if unit in _CLDR else None
    return name or _counted_name(unit, words)


def _counted_name(unit: str, words: Words) -> str:
    """A unit that CLDR gives no name to, in the form that it has behind a number."""
    return measured("5", Decimal(5), unit, words).replace("5", "", 1).strip()


def _sign(number: str, unit: str, words: Words) -> str | None:
    return f"{number} {words(_SIGNS[unit])}" if unit in _SIGNS else None


def _by_cldr(number: str, value: Decimal, unit: str, words: Words) -> str | None:
    """By CLDR's patterns; the number, which Babel would round, is put in as it is."""
    head, _, below = unit.partition(" per ")
    if unit in _CLDR:
        told = format_unit(value, _CLDR[unit], "long", locale=words.locale)
    elif head in _CLDR and below in _CLDR:
        told = format_compound_unit(value, _CLDR[head], 1, _CLDR[below], "long", locale=words.locale) or ""
    else:
        return None
    rounded = format_decimal(value, locale=words.locale)
    return told.replace(rounded, number, 1) if rounded in told else None


def _noun(number: str, n: int, unit: str, words: Words) -> str | None:  # noqa: C901, PLR0911, PLR0912  a table, unrolled for the catalogue
    """By the catalogue, which has what is most often counted in the news, and what CLDR lacks."""
    match unit:
        case "killed":
            # L10n: {number} is a number, a range, or a word such as “dozens”: "at least 41 killed"; so in the following
            return words.plural("{number} killed", "{number} killed", n, number=number)
        case "injured":
            return words.plural("{number} injured", "{number} injured", n, number=number)
        case "missing":
            return words.plural("{number} missing", "{number} missing", n, number=number)
        case "displaced":
            # L10n: people who had to leave their homes
            return words.plural("{number} displaced", "{number} displaced", n, number=number)
        case "captured":
            return words.plural("{number} captured", "{number} captured", n, number=number)
        case "wounded":
            return words.plural("{number} wounded", "{number} wounded", n, number=number)
        case "dead":
            return words.plural("{number} dead", "{number} dead", n, number=number)
        case "detained":
            return words.plural("{number} detained", "{number} detained", n, number=number)
        case "kidnapped":
            return words.plural("{number} kidnapped", "{number} kidnapped", n, number=number)
        case "person":
            return words.plural("{number} person", "{number} people", n, number=number)
        case "soldier":
            return words.plural("{number} soldier", "{number} soldiers", n, number=number)
        case "percentage point":
            return words.plural("{number} percentage point", "{number} percentage points", n, number=number)
        case "basis point":
            return words.plural("{number} basis point", "{number} basis points", n, number=number)
        case "ton":
            return words.plural("{number} ton", "{number} tons", n, number=number)
        case "year of age":
            return words.plural("{number} year old", "{number} years old", n, number=number)
        case "month of age":
            return words.plural("{number} month of age", "{number} months of age", n, number=number)
        case "fortnight":
            # L10n: two weeks; say it in weeks or days only if the number stays as it is
            return words.plural("{number} fortnight", "{number} fortnights", n, number=number)
    return None
