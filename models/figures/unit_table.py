"""Units of measure as tables: canonical name, what is measured, the words and the symbols it is written with."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.figures.wordlist import words


class Unit(NamedTuple):
    """A canonical English singular (British spelling), and whether it is a length of time, an age, a percentage ..."""

    name: str
    sort: str


# name | words (plural and singular; a space inside is written as _) | symbols, case as they must be written
_MEASURES: Final = """
metre|metre metres meter meters|m
kilometre|kilometre kilometres kilometer kilometers kms klicks|km KM
centimetre|centimetre centimetres centimeter centimeters cms|cm
millimetre|millimetre millimetres millimeter millimeters|mm
micrometre|micrometre micrometres micrometer micrometers micron microns|μm µm
nanometre|nanometre nanometres nanometer nanometers|nm
mile|mile miles|mi
nautical mile|nautical_mile nautical_miles|nmi
yard|yard yards|yd yds
foot|foot feet|ft ft.
inch|inch inches|in. in ″
furlong|furlong furlongs|
fathom|fathom fathoms|
light-year|light-year light-years light_year light_years|ly
hectare|hectare hectares|ha
acre|acre acres|
dunam|dunam dunams|
gram|gram grams gramme grammes|g
kilogram|kilogram kilograms kilogramme kilogrammes kilo kilos kgs|kg KG Kg
milligram|milligram milligrams|mg
microgram|microgram micrograms|μg µg mcg
metric ton|tonne tonnes metric_ton metric_tons metric_tonne metric_tonnes|t
ton|ton tons short_ton short_tons long_ton long_tons|
kiloton|kiloton kilotons kilotonne kilotonnes|kt
megaton|megaton megatons megatonne megatonnes|Mt
gigaton|gigaton gigatons gigatonne gigatonnes|Gt
pound-mass|pound pounds|lb lbs lb. lbs.
ounce|ounce ounces|oz oz.
carat|carat carats|ct
stone||st
litre|litre litres liter liters|L l
millilitre|millilitre millilitres milliliter milliliters|ml mL
decilitre|decilitre decilitres deciliter deciliters|dl dL
gallon|gallon gallons|gal
barrel|barrel barrels|bbl bbls
bushel|bushel bushels|
pint|pint pints|
quart|quart quarts|
dram|dram drams|
cubic metre|cubic_metre cubic_metres cubic_meter cubic_meters|m³ cbm
cubic foot|cubic_foot cubic_feet|
cubic centimetre|cubic_centimetre cubic_centimetres cubic_centimeter cubic_centimeters|cc cm³
cubic kilometre|cubic_kilometre cubic_kilometres cubic_kilometer cubic_kilometers|km³
cubic yard|cubic_yard cubic_yards|
square metre|square_metre square_metres square_meter square_meters sq_m sq_metres sq_meters sqm|m²
square kilometre|square_kilometre square_kilometres square_kilometer square_kilometers sq_km sqkm|km²
square centimetre|square_centimetre square_centimetres square_centimeter square_centimeters|cm²
square mile|square_mile square_miles sq_mile sq_miles sq_mi|
square foot|square_foot square_feet sq_ft sqft|
square inch|square_inch square_inches sq_in|
square yard|square_yard square_yards|
watt|watt watts|W
kilowatt|kilowatt kilowatts|kW KW kw
megawatt|megawatt megawatts|MW
gigawatt|gigawatt gigawatts|GW
terawatt|terawatt terawatts|TW
watt hour|watt_hour watt_hours watt-hour watt-hours|Wh
kilowatt hour|kilowatt_hour kilowatt_hours kilowatt-hour kilowatt-hours|kWh KWh kwh
megawatt hour|megawatt_hour megawatt_hours megawatt-hour megawatt-hours|MWh
gigawatt hour|gigawatt_hour gigawatt_hours gigawatt-hour gigawatt-hours|GWh
terawatt hour|terawatt_hour terawatt_hours terawatt-hour terawatt-hours|TWh
volt|volt volts|V
kilovolt|kilovolt kilovolts|kV
millivolt|millivolt millivolts|mV
ampere|ampere amperes amp amps|A
milliampere|milliampere milliamperes milliamp milliamps|mA
milliampere-hour|milliampere-hour milliampere-hours milliamp-hour milliamp-hours|mAh MAh
ampere-hour|ampere-hour ampere-hours amp-hour amp-hours|Ah
ohm|ohm ohms|Ω Ω
farad|farad farads|F
hertz|hertz|Hz HZ
kilohertz|kilohertz|kHz KHz
megahertz|megahertz|MHz Mhz
gigahertz|gigahertz|GHz Ghz
terahertz|terahertz|THz
joule|joule joules|J
kilojoule|kilojoule kilojoules|kJ
megajoule|megajoule megajoules|MJ
calorie|calorie calories|cal
kilocalorie|kilocalorie kilocalories|kcal
newton|newton newtons|N
kilonewton|kilonewton kilonewtons|kN
newton metre|newton_metre newton_metres newton_meter newton_meters newton-metres newton-meters|Nm N-m
pound-foot|pound-foot pound-feet pound_foot pound_feet|lb-ft lb.-ft. lb.ft
foot pound-force|foot_pound foot_pounds foot-pound foot-pounds|ft-lb ft-lbs
pascal|pascal pascals|Pa
hectopascal|hectopascal hectopascals|hPa
kilopascal|kilopascal kilopascals|kPa
megapascal|megapascal megapascals|MPa
gigapascal|gigapascal gigapascals|GPa
millibar|millibar millibars|mb mbar
pound per square inch||psi PSI
kilopound per square inch||ksi
brake horsepower||bhp
horsepower|horsepower|hp HP PS
revolutions per minute||rpm RPM
byte|byte bytes|
kilobyte|kilobyte kilobytes|KB kB
megabyte|megabyte megabytes|MB
gigabyte|gigabyte gigabytes gig gigs|GB Gb
terabyte|terabyte terabytes|TB
petabyte|petabyte petabytes|PB
megabit per second||Mbps mbps Mbit/s Mb/s
kilobit per second||kbps Kbps
gigabit per second||Gbps gbps Gb/s
megapixel|megapixel megapixels|MP
pixel|pixel pixels|px
decibel|decibel decibels|dB
frame per second||fps
mile per hour||mph MPH
kilometre per hour||kph kmh kmph KPH km/h
metre per second||m/s
knot|knot knots|kt
mile per gallon||mpg
celsius|degree_celsius degrees_celsius celsius degrees_c degree_c degrees_centigrade degree_centigrade centigrade|°C ℃ ºC C degC deg_C
fahrenheit|degree_fahrenheit degrees_fahrenheit fahrenheit degrees_f degree_f|°F ℉ ºF degF deg_F
kelvin|kelvin kelvins|K
degree|degree degrees|° º deg
magnitude|magnitude|
part per million|part_per_million parts_per_million|ppm
parts-per-billion|part_per_billion parts_per_billion|ppb
curie|curie curies|
sievert|sievert sieverts|Sv
millisievert|millisievert millisieverts|mSv
microsievert|microsievert microsieverts|μSv µSv
becquerel|becquerel becquerels|Bq
roentgen|roentgen roentgens|
gauss|gauss|
tesla|teslas|
lumen|lumen lumens|lm
nit|nits|
mole||mol
astronomical unit|astronomical_unit astronomical_units|AU
parsec|parsec parsecs|
twenty-foot equivalent unit||TEU TEUs teu teus
gross ton|gross_ton gross_tons gross_tonne gross_tonnes|
deadweight ton|deadweight_ton deadweight_tons deadweight_tonne deadweight_tonnes|dwt DWT
"""
_DURATIONS: Final = """
year|year years|yr yrs yr.
month|month months mths mth|mo mos
week|week weeks|wk wks
fortnight|fortnight fortnights|
day|day days|
hour|hour hours|hr hrs h hrs.
minute|minute minutes|min mins min.
second|second seconds|sec secs s
millisecond|millisecond milliseconds|ms
microsecond|microsecond microseconds|μs
nanosecond|nanosecond nanoseconds|ns
decade|decade decades|
century|century centuries|
millennium|millennium millennia millenniums|
"""
_PERCENTS: Final = """
percentage point|percentage_point percentage_points percent_point percent_points per_cent_points %-point %-points %_point %_points|pp ppt ppts pps
percent|percent per_cent percentage pct pct.|% ％ pc
basis point|basis_point basis_points|bps bp
per mille|per_mille per_mil|‰
"""
_AGES: Final = """
year of age|year_old years_old year-old year-olds years-old yr-old y.o. yo year_olds year_of_age years_of_age|
month of age|month_old months_old month-old month-olds months-old month_of_age months_of_age|
week of age|week_old weeks_old week-old weeks-old weeks_of_age|
day of age|day_old days_old day-old days-old days_of_age|
"""
_SORTS: Final = (("measure", _MEASURES), ("duration", _DURATIONS), ("percent", _PERCENTS), ("age", _AGES))

PER: Final = words("""
barrel day hour minute second week month year night annum share ton tonne kilogram kilo kg gram ounce litre
liter gallon pound bushel mile kilometre kilometer km head person capita unit acre hectare square piece megawatt
kilowatt kwh mwh game match gallon quarter season troy metric million thousand sqm metre meter foot cubic therm
dose vote household family child student worker employee customer passenger vehicle car inch set ticket pop
session line bird pack bottle box bag plate seat room round innings decade mmbtu
""")
"""Nouns that "a", "an" or "each" makes the lower half of a rate: "$52 a barrel"."""


def _split(text: str) -> tuple[str, ...]:
    """A phrase as the tokeniser cuts it."""
    parts: list[str] = []
    for word in text.split("_"):
        piece = ""
        for char in word:
            if char in "-/%°º":
                parts.extend(part for part in (piece, char) if part)
                piece = ""
            else:
                piece += char
        if piece:
            parts.append(piece)
    return tuple(parts)


def _tables() -> tuple[dict[str, list[tuple[tuple[str, ...], Unit]]], dict[str, list[tuple[tuple[str, ...], Unit]]]]:
    words: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    symbols: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for sort, rows in _SORTS:
        for row in rows.strip().splitlines():
            name, spelled, signs = row.split("|")
            unit = Unit(name, sort)
            for table, phrases in ((words, spelled), (symbols, signs)):
                for phrase in phrases.split():
                    first, *rest = _split(phrase)
                    table.setdefault(first, []).append((tuple(rest), unit))
    for table in (words, symbols):
        for rows_of in table.values():
            rows_of.sort(key=lambda entry: -len(entry[0]))
    return words, symbols


WORDS, SYMBOLS = _tables()
"""First token → (the tokens that follow, the unit), longest first. Words are lower case, symbols are as written."""
