"""Sentences in the manner of wire copy, with the quantities a careful reader takes from them."""

from __future__ import annotations

import pytest

from models.api import Range, Value
from models.figures import Quantity, find_quantities

# sentence | value unit change ; ...   (a range is low..high, an absent unit is -)
WIRE = """
The defence ministry said 2,500 U.S. troops would leave by December. | 2500 "u.s. troop" =
The alliance plans to send up to 40,000 soldiers to its eastern flank. | 40000 "soldier" <
Nearly 80 climbers were stranded at the base camp. | 80 "climber" ~
At least 157 people were killed and 375 injured when the quake hit. | 157 "people" > ; 375 "injured" =
Shelling killed 12 people and wounded 30, the governor said. | 12 "people" = ; 30 "people" =
One soldier was killed and at least six others were hurt. | 1 "soldier" = ; 6 "soldier" >
Dozens of villages were cut off and thousands of families fled. | 12..120 "village" = ; 1000..10000 "family" =
Hundreds of thousands of people marched on Saturday. | 100000..1000000 "people" =
Between 200,000 and 300,000 people have crossed the border. | 200000..300000 "people" =
Some 2-3 million residents need clean water. | 2000000..3000000 "resident" ~
The convoy of 31 Abrams tanks and six F-16s arrived. | 31 "abrams tank" = ; 6 "f-16" =
The 7.1-magnitude quake struck at a depth of 10 km. | 7.1 "magnitude" = ; 10 "kilometre" =
A magnitude 6.4 aftershock followed three hours later. | 6.4 "magnitude" = ; 3 "hour" =
Winds of 120 km/h and gusts of 95 mph tore off roofs. | 120 "kilometre per hour" = ; 95 "mile per hour" =
The river rose by 2.3 metres in 24 hours. | 2.3 "metre" up ; 24 "hour" =
About 4,500 hectares of forest burned. | 4500 "hectare" ~
Rain of 12 to 18 inches is forecast. | 12..18 "inch" =
Temperatures fell to -12C (10F) overnight. | -12 "celsius" = ; 10 "fahrenheit" =
More than half of the city's hospitals have closed. | 0.5 "% hospital" >
One in five children is out of school. | 0.2 "% child" =
Two-thirds of voters backed the plan. | 0.6667 "% voter" =
The government set aside $1.3 trillion for the programme. | 1300000000000 "dollar" =
The budget is 1.784 trillion yuan (about $249 billion). | 1784000000000 "chinese yuan" = ; 249000000000 "dollar" ~
The bank fined the firm £1.2bn and €500m. | 1200000000 "pound sterling" = ; 500000000 "euro" =
The state pays Rs 5 crore to each family. | 50000000 "indian rupee" =
Philippine agencies sent P31.6-million in aid. | 31600000 "philippine peso" =
Revenue rose 12 per cent to HK$3.7 billion. | 12 "percent" up ; 3700000000 "hong kong dollar" =
The fine is 10.5 million Australian dollars. | 10500000 "australian dollar" =
Inflation slowed to 3.4% in May from 3.8% in April. | 3.4 "percent" = ; 3.8 "percent" =
The central bank raised its rate by 25 basis points. | 25 "basis point" up
Unemployment fell 0.2 percentage points. | 0.2 "percentage point" down
Oil settled at $82.79 a barrel, up 1.4 percent. | 82.79 "dollar per barrel" = ; 1.4 "percent" up
Output will be cut by 1.2 million barrels per day. | 1200000 "barrel per day" down
The blue-chip index lost 162 points to 7,425.81. | 162 "point" down ; 7425.81 "point" =
Shares slid 4.8% after the warning. | 4.8 "percent" down
Growth of between 3% and 4% is expected. | 3..4 "percent" =
The company will cut 1,200 jobs, or 5% of its workforce. | 1200 "job" = ; 5 "percent" =
It sold 2.3m vehicles last year. | 2300000 "vehicle" =
The pipeline is 1,224 kilometres long. | 1224 "kilometre" =
The plant adds 550 megawatts of capacity. | 550 "megawatt" =
A 12-page document was leaked. | 12 "page" =
The ministry reported 12,345 new cases and 103 deaths. | 12345 "new case" = ; 103 "death" =
The vaccine was 94.5 per cent effective in 30,000 volunteers. | 94.5 "percent" = ; 30000 "volunteer" =
Doctors gave her two doses of 5 milligrams. | 2 "dose" = ; 5 "milligram" =
CO2 reached 420 ppm. | 420 "part per million" =
A 34-year-old man and two boys aged 7 and 9 drowned. | 34 "year of age" = ; 2 "boy" = ; 7 "year of age" = ; 9 "year of age" =
Anna Keller, 45, led the mission. | 45 "year of age" =
She will be 35 by then. | 35 "year of age" =
Children under the age of 5 are most at risk. | 5 "year of age" <
Turnout was 61.3%, with 98 percent of ballots counted. | 61.3 "percent" = ; 98 "percent" =
The party won 412 of 650 seats. | 412 "seat" = ; 650 "seat" =
The resolution was adopted with 25 abstentions. | 25 "abstention" =
He scored 30 goals in 36 league games. | 30 "goal" = ; 36 "league game" =
She ran the 100m in 10.72 seconds. | 100 "metre" = ; 10.72 "second" =
The court jailed 14 of the 47 activists for four to 10 years. | 14 "activist" = ; 47 "activist" = ; 4..10 "year" =
The truce will last at least six weeks. | 6 "week" >
Firms with 250 or more employees must report. | 250 "employee" >
Fewer than 100 families remain. | 100 "family" <
No more than a dozen ships passed. | 12 "ship" <
Around a hundred protesters were detained. | 100 "protester" ~
Half a million doses were destroyed. | 500000 "dose" =
Several hundred fighters surrendered. | 200..900 "fighter" =
Twenty-eight thousand six hundred and forty-two students enrolled. | 28642 "student" =
One and a half million people lost power. | 1500000 "people" =
Profit grew tenfold to $3 million. | 10 "time" up ; 3000000 "dollar" =
The price went from $2,415 to $2,315. | 2315..2415 "dollar" =
Four-, five- and six-cylinder engines are offered. | 4 "cylinder" = ; 5 "cylinder" = ; 6 "cylinder" =
The rate was 1.5 per 100,000 people. | 1.5 "per 100000 people" =
The tunnel is 400m long. | 400 "metre" =
AT LEAST 12 SOLDIERS KILLED, 30 WOUNDED IN STRIKE | 12 "soldier" > ; 30 "wounded" =
• 2,300 buildings damaged • $1.2bn in losses | 2300 "building" = ; 1200000000 "dollar" =
Oil +2.3%, gold -0.4%, BTC $67,250 (-1.1%) | 2.3 "percent" up ; -0.4 "percent" down ; 67250 "dollar" = ; -1.1 "percent" down
The toll rises to 41 https://example.org/2024/05/12/story-123 | 41 "None" =
The region hosts 40,000+ troops, 12k of them at sea. | 40000 "troop" > ; 12000 "troop" =
Notes paying 12 3/4% fell 7/8 of a point. | 12.75 "percent" = ; 0.875 "point" down
Twelve hundred mostly foreign students came. | 1200 "foreign student" =
It covers the first two quarters; three quarters of firms reported. | 2 "quarter" = ; 0.75 "% firm" =
One senior official involved said so. | 1 "senior official" =
Five double-digit wins in two very long seasons. | 5 "double-digit win" = ; 2 "long season" =
GAZA (Reporters) - Three Palestinian farmers were hurt. | 3 "palestinian farmer" =
Ukraine's 24 regional governors met. | 24 "regional governor" =
In Kherson 12 elderly residents were moved. | 12 "elderly resident" =
They found 10 "serious" flaws. | 10 "serious flaw" =
After three earlier strikes the talks stopped. | 3 "strike" =
They have one more chance. | 1 "chance" =
Last year 12 people died there. | 12 "people" =
He died at 71. | 71 "year of age" =
Hundreds of al-Shabaab fighters escaped two prisons. | 100..1000 "al-shabaab fighter" = ; 2 "prison" =
Stockpiles fell by 4.5 million barrels to 422.7 million. | 4500000 "barrel" down ; 422700000 "barrel" =
President Lee won 52.1 per cent to 47.9 for his rival. | 52.1 "percent" = ; 47.9 "percent" =
The margin is plus or minus 3 points. | 3 "point" =
Six 227mm rockets hit the depot. | 6 "rocket" = ; 227 "millimetre" =
Three-quarters of a million people are affected. | 750000 "people" =
Seven people, including three children, died and 25 others were hurt. | 7 "people" = ; 3 "child" = ; 25 "people" =
The toll is 41 dead, with 15 still missing. | 41 "dead" = ; 15 "missing" =
They spent thousands of pounds on hundreds of pounds of flour. | 1000..10000 "pound sterling" = ; 100..1000 "pound-mass" =
The trade balance was $-50.8bn. | -50800000000 "dollar" =
The recipe needs 1/2 pound of butter. | 0.5 "pound-mass" =
Spending rose by $19bn to $419bn. | 19000000000 "dollar" up ; 419000000000 "dollar" =
Sales fell to 4.5m units from 5.1m a year ago. | 4500000 "unit" = ; 5100000 "unit" =
"""

NOTHING = """
The Security Council adopted Resolution 1701 in August 2006.
The S&P 500 and the Nasdaq 100 closed little changed.
F-16 jets and a Boeing 737 landed; KC-135 tankers followed.
Covid-19 and the H5N1 strain were named in the report.
Channel 4 and Radio 1 carried the speech live.
The iPhone 11 and the Galaxy S23 are on sale.
Route 66 and Interstate 95 were closed.
Apollo 11 landed on July 20, 1969.
Article 5 of the treaty was invoked by the G20 host.
The ceremony is on 14 May 2021 at 11:30 a.m.
It opened on Aug. 14 and closes on March 9, 2018.
He was born in 1975 and left in the 1990s.
The 22nd amendment and the 67th minute came up.
The home side won 2-1 after a 0-0 first half.
Senators passed the bill 51-49.
Call 555-0134 or +1 202 555 0134.
The prime minister lives at 10 Downing Street.
Formula One returns to the city.
No one was hurt and no one has claimed the attack.
They helped one another, and that was the right one.
The season of 2019-20 was cut short.
The 9/11 attacks changed that, and staff work 24/7.
She is the No. 1 seed and a top 10 player.
Phase 3 trials and type 2 diabetes were discussed.
World War 2 veterans and Radio 4 listeners wrote in.
The Boeing 737 MAX and the 12 Pro Max were shown.
The M21 9AB postcode and the A303 road are closed.
The raid began at 2100 on 15 January, or at approximately 1845 (local time).
The pair EUR/USD and the year two thousand were discussed.
An M-16 rifle and the 486 is old.
The second half begins at half past nine p.m. sharp.
"""


def _cases() -> list[tuple[str, str]]:
    return [(line.split(" | ")[0], line.split(" | ")[1]) for line in WIRE.strip().splitlines()]


def _show(value: Value) -> str:
    if isinstance(value, Range):
        return f"{_plain(float(value.low))}..{_plain(float(value.high))}"
    return _plain(float(value))


def _plain(number: float) -> str:
    return f"{round(number, 4):.12g}" if number < 1e12 else str(int(number))


def _told(one: Quantity) -> str:
    return f'{_show(one.value)} "{one.unit}" {one.change}'


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_wire_copy_gives_value_unit_and_bound(sentence: str, expected: str) -> None:
    assert " ; ".join(map(_told, find_quantities(sentence))) == expected


@pytest.mark.parametrize("sentence", NOTHING.strip().splitlines())
def test_names_dates_times_and_scores_are_no_quantities(sentence: str) -> None:
    assert [one.surface for one in find_quantities(sentence)] == []


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in _cases()])
def test_spans_slice_to_what_they_cover(sentence: str) -> None:
    for one in find_quantities(sentence):
        assert sentence[one.surface_span.start : one.surface_span.end] == one.surface
        assert one.surface_span.start <= one.span.start < one.span.end <= one.surface_span.end
        if one.head_span is not None and one.noun is not None:
            assert sentence[one.head_span.start : one.head_span.end].lower()[:2] == one.noun[:2]
