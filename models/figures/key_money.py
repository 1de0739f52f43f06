"""Tells whose pesos, rupees, francs a bare name of money means, by the countries a text names."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Place
from models.figures.quantity import Quantity

# noun | code and the words of its country, the country most often meant first
_ROWS: Final = """
peso|MXN mexico mexican|ARS argentina argentine argentinian buenos|CLP chile chilean chileans|COP colombia colombian bogota|PHP philippines philippine filipino manila|UYU uruguay uruguayan|DOP dominican|CUP cuba cuban
rupee|INR india indian mumbai delhi|PKR pakistan pakistani islamabad|LKR lanka lankan colombo|NPR nepal nepalese nepali kathmandu|MUR mauritius mauritian
franc|CHF swiss switzerland zurich|XAF cameroon chad gabon congo|XOF senegal mali niger burkina benin togo ivory|RWF rwanda rwandan|CDF congolese kinshasa|GNF guinea
pound|GBP britain british uk england london scotland|EGP egypt egyptian cairo|LBP lebanon lebanese beirut|SYP syria syrian damascus|SDG sudan sudanese khartoum|SSP juba
krone|NOK norway norwegian oslo|DKK denmark danish copenhagen
krona|SEK sweden swedish stockholm|ISK iceland icelandic
crown|SEK sweden swedish stockholm|CZK czech prague|NOK norway norwegian oslo|DKK denmark danish copenhagen|ISK iceland icelandic
dinar|IQD iraq iraqi baghdad|KWD kuwait kuwaiti|JOD jordan jordanian|RSD serbia serbian belgrade|DZD algeria algerian|LYD libya libyan|TND tunisia tunisian|BHD bahrain
rial|IRR iran iranian tehran|YER yemen yemeni|OMR oman omani
riyal|SAR saudi riyadh|QAR qatar qatari doha|YER yemen yemeni
shilling|KES kenya kenyan nairobi|UGX uganda ugandan kampala|TZS tanzania tanzanian|SOS somalia somali
won|KRW korea korean seoul|KPW pyongyang
lira|TRY turkey turkish ankara istanbul|LBP lebanon lebanese beirut
leu|RON romania romanian bucharest|MDL moldova moldovan
"""
_PLURALS: Final = {"kroner": "krone", "kronor": "krona", "lei": "leu"}


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in _ROWS.strip().splitlines():
        noun, *countries = row.split("|")
        codes = (entry.split() for entry in countries)
        table[noun] = {word: code for code, *words in codes for word in words}
    return table


_COUNTRIES: Final = _table()


def currency_of(place: Place) -> str | None:
    """The ISO 4217 code of an amount; where its noun stands bare, the code of a country that the text names."""
    quantity = place.quantity
    countries = _COUNTRIES.get(_bare_noun(quantity) or "")
    if countries is None:
        return quantity.currency or quantity.unit
    known = {countries[word] for word in place.scene.vocabulary if word in countries}
    if quantity.currency in known or not known:
        return quantity.currency or quantity.unit
    first = next(word for word in place.scene.vocabulary if word in countries)
    return countries[first]


def _bare_noun(quantity: Quantity) -> str | None:
    """The noun of an amount that is written as number and noun alone: "60,000 pesos"."""
    words = [word for word in quantity.surface.lower().split() if word.isalpha()]
    if not words or any(word not in _SCALES for word in words[:-1]):
        return None
    noun = _PLURALS.get(words[-1], words[-1])
    return noun if noun in _COUNTRIES else noun.removesuffix("s")


_SCALES: Final = frozenset({"million", "billion", "trillion", "bn", "m", "thousand", "hundred", "lakh", "crore", "a"})
