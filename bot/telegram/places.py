"""Owns which time zone a shared location is in, and which zones to suggest by language: tables, no network.

The zone is that of the nearest city known: near a border it may be the neighbour's, so whoever uses it says which it took.
"""

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

_POSITION = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")
"""ISO 6709, as zone.tab has it: +DDMM+DDDMM or +DDMMSS+DDDMMSS."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city, where it lies in degrees, and its zone."""

    name: str
    latitude: float
    longitude: float
    zone: str


def nearest_place(latitude: float, longitude: float) -> Place:
    """The city nearest to a point, in degrees north and east, along the great circle."""
    return min(_places(), key=lambda place: _distance(place, latitude, longitude))


def suggested_zones(language: str, default: str) -> list[str]:
    """Zones that somebody whose Telegram speaks ``language`` may live in, the likeliest first; the default among them."""
    table = _languages()
    tag = language.casefold()
    found = table.get(tag) or table.get(tag.partition("-")[0]) or ()
    return list(dict.fromkeys([*found, default]))


def _distance(place: Place, latitude: float, longitude: float) -> float:
    """Half the chord of the unit sphere, squared (haversine): grows with the distance."""
    north, south = math.radians(place.latitude), math.radians(latitude)
    across = math.sin(math.radians(place.longitude - longitude) / 2)
    return math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * across**2


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("bot.telegram").joinpath("cities.toml").read_text(encoding="utf-8"))


@cache
def _languages() -> dict[str, list[str]]:
    return _table()["languages"]


@cache
def _places() -> tuple[Place, ...]:
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    known = available_timezones()
    named = [_principal(row[1], row[2]) for row in rows if row[2] in known]
    large = [Place(name, float(north), float(east), zone) for name, (north, east, zone) in _table()["places"].items()]
    return tuple(named + large)


def _principal(position: str, zone: str) -> Place:
    found = _POSITION.fullmatch(position)
    if found is None:
        raise ValueError(f"not a position: {position}")
    north, east = _degrees(*found.group(1, 2, 3, 4)), _degrees(*found.group(5, 6, 7, 8))
    return Place(zone.rpartition("/")[2].replace("_", " "), north, east, zone)


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -value if sign == "-" else value
