"""Owns what people call their time zone: IANA names, cities, offsets, and what they may have meant."""

import difflib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from zoneinfo import available_timezones

from babel.lists import format_list

from bot.catalogue import Words, message
from bot.telegram.usage import UsageError

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_EARLIEST_HOURS, _LATEST_HOURS = -12, 14
"""Offsets in use on earth, in hours (tz database, file etcetera)."""


def fold(name: str) -> str:
    """A name as it is compared: lower case, without accents, words apart by one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[_\-/\s]+", " ", re.sub(r"[.'’ʼ]", "", plain.casefold())).split())


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    exact: dict[str, str]
    cities: dict[str, str]
    offsets: dict[str, str]


@cache
def _gazetteer() -> _Gazetteer:
    table = tomllib.loads(files("bot.telegram").joinpath("cities.toml").read_text(encoding="utf-8"))
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    places = [line.split("\t")[2] for line in lines if line and not line.startswith("#")]
    cities = {fold(place.rpartition("/")[2]): place for place in places}
    exact = {zone.casefold(): zone for zone in available_timezones() if "/" in zone}
    return _Gazetteer(exact, cities | table["names"], table["offsets"])


def find_zone(text: str) -> str:
    """The IANA zone that a person means.

    Args:
        text: "Europe/Kyiv", "new york", "UTC+2", "+05:30".

    Raises:
        UsageError: no such zone, with the nearest names.
    """
    written = " ".join(text.split())
    if offset := _OFFSET.fullmatch(written):
        return _fixed(*offset.groups())
    gazetteer = _gazetteer()
    zone = gazetteer.exact.get(written.replace(" ", "_").casefold()) or gazetteer.cities.get(fold(written))
    if zone is None:
        raise UsageError(message("I don't know the zone '{written}'."), partial(_advice, written), written=written)
    return zone


def _fixed(sign: str, hours: str, minutes: str | None) -> str:
    negative = sign != "+"
    offset = -int(hours) if negative else int(hours)
    if int(minutes or 0) == 0 and _EARLIEST_HOURS <= offset <= _LATEST_HOURS:
        return "UTC" if offset == 0 else f"Etc/GMT{-offset:+}"
    written = f"{'-' if negative else '+'}{int(hours):02}:{minutes or '00'}"
    zone = _gazetteer().offsets.get(written)
    if zone is None:
        raise UsageError(
            message("No place keeps UTC{offset} all year."),
            message("Name a city, such as Kyiv or Europe/Kyiv."),
            offset=written,
        )
    return zone


def _advice(written: str, words: Words) -> str:
    gazetteer = _gazetteer()
    near_zones = difflib.get_close_matches(written.casefold(), gazetteer.exact, n=2, cutoff=0.75)
    names = [city for city in gazetteer.cities if len(city) > 3]
    near_cities = difflib.get_close_matches(fold(written), names, n=3, cutoff=0.6)
    by_city = [gazetteer.cities[city] for city in near_cities]
    by_name = [gazetteer.exact[name] for name in near_zones]
    found = list(dict.fromkeys(by_name + by_city if "/" in written else by_city + by_name))[:2]
    if not found:
        return words("Name a city (Kyiv), a zone (Europe/Kyiv) or an offset (UTC+2).")
    return words("Did you mean {name}?", name=format_list(found, style="or", locale=words.locale))
