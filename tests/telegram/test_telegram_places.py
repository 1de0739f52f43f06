"""Which zone a place on the map is in, as far as a table of cities can tell, and which zones a language suggests."""

import math
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.places import nearest_place, suggested_zones


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (50.45, 30.52, "Europe/Kyiv"),
        (48.02, 37.80, "Europe/Kyiv"),
        (50.11, 8.68, "Europe/Berlin"),
        (30.57, 104.07, "Asia/Shanghai"),
        (19.08, 72.88, "Asia/Kolkata"),
        (38.90, -77.04, "America/New_York"),
        (37.77, -122.42, "America/Los_Angeles"),
        (-33.87, 151.21, "Australia/Sydney"),
        (-17.7, 178.1, "Pacific/Fiji"),
        (64.1, -21.9, "Atlantic/Reykjavik"),
    ],
)
def test_a_city_is_in_its_zone(latitude: float, longitude: float, zone: str) -> None:
    assert nearest_place(latitude, longitude).zone == zone


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_every_place_on_earth_has_a_zone(latitude: float, longitude: float) -> None:
    place = nearest_place(latitude, longitude)
    assert place.zone in available_timezones()
    assert math.isfinite(place.latitude)


def test_the_date_line_does_not_part_neighbours() -> None:
    assert nearest_place(-17.0, 179.9).name == nearest_place(-17.0, -179.9).name


@pytest.mark.parametrize(
    ("language", "first"),
    [("uk", "Europe/Kyiv"), ("de-AT", "Europe/Berlin"), ("pt-br", "America/Sao_Paulo"), ("xx", "UTC"), ("", "UTC")],
)
def test_a_language_suggests_a_zone_and_the_default_is_among_them(language: str, first: str) -> None:
    zones = suggested_zones(language, "UTC")
    assert zones[0] == first
    assert "UTC" in zones
    assert set(zones) <= available_timezones()
