"""What a quantity of the news turns into: kind, unit, label, status, time, source, weight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.api import FigureKind, KeyFigure, Precision, Qualifier, Range, Status
from models.facts import read_facts
from models.sentences import split_sentences

DAY = date(2024, 3, 12)


def figures(text: str) -> list[KeyFigure]:
    return list(read_facts(text, split_sentences(text), DAY).figures)


def one(text: str, value: float) -> KeyFigure:
    found = [figure for figure in figures(text) if figure.value == Decimal(str(value))]
    assert len(found) == 1, [figure.surface for figure in figures(text)]
    return found[0]


SEED = (
    "As of January, the U.S. troop presence in Iraq had dropped to about 2,500 troops, a reduction from about 3,000 "
    "troops ordered by the president during his final weeks in office."
)


def test_a_reduction_gives_what_is_and_what_was() -> None:
    now, former = one(SEED, 2500), one(SEED, 3000)
    assert (now.kind, now.unit, now.qualifier, now.status) == (
        FigureKind.TROOPS,
        "troop",
        Qualifier.ABOUT,
        Status.ACTUAL,
    )
    assert (former.kind, former.status, former.qualifier) == (FigureKind.TROOPS, Status.FORMER, Qualifier.ABOUT)
    assert now.change is not None
    assert (now.change.origin, now.change.origin_qualifier) == (former.value, Qualifier.ABOUT)
    assert former.as_of is None
    assert now.label == "US troops in Iraq"
    assert now.as_of is not None
    assert (now.as_of.start, now.as_of.end, now.as_of.precision) == (
        date(2024, 1, 1),
        date(2024, 1, 31),
        Precision.MONTH,
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("At least 95 people were killed when a bus fell into a ravine.", 95, "killed"),
        ("The blast killed 12 soldiers and wounded 30.", 12, "killed"),
        ("The blast killed 12 soldiers and wounded 30.", 30, "injured"),
        ("A ferry sank, leaving 51 people dead and 69 missing.", 51, "killed"),
        ("A ferry sank, leaving 51 people dead and 69 missing.", 69, "missing"),
        ("The death toll from the floods climbed to 217 on Monday.", 217, "killed"),
        ("Rebels kidnapped 31 villagers in the north.", 31, "captured"),
        ("The fighting has displaced 4,000 families.", 4000, "displaced"),
        ("About 50 peasants of various ages have been kidnapped.", 50, "captured"),
        ("He spoke of the murder of six priests.", 6, "killed"),
        ("Two officers were hurt in the clash.", 2, "injured"),
        ("The fire claimed the lives of 14 miners.", 14, "killed"),
        ("A bomb went off, killing at least 69 on board.", 69, "killed"),
        ("Health officials reported 258 deaths.", 258, "killed"),
        ("Three people were killed and five others injured.", 5, "injured"),
    ],
)
def test_harm_done_to_people_has_its_unit(text: str, value: int, unit: str) -> None:
    figure = one(text, value)
    assert (figure.kind, figure.unit) == (FigureKind.CASUALTIES, unit)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("The army sent 4,000 soldiers to the border.", 4000, FigureKind.TROOPS),
        ("Some 20 gunmen killed a guard.", 20, FigureKind.COUNT),
        ("The number of its troops in Syria will fall to fewer than 1,000.", 1000, FigureKind.TROOPS),
        ("The bank lent $15 million to farmers.", 15000000, FigureKind.MONEY),
        ("The economy grew 0.6% in the second quarter.", 0.6, FigureKind.PERCENT),
        ("The company will cut 4,000 jobs.", 4000, FigureKind.COUNT),
        ("A magnitude 6.1 earthquake struck on Wednesday.", 6.1, FigureKind.MEASURE),
        ("The fire has burned 23,600 acres.", 23600, FigureKind.MEASURE),
        ("They captured 13 tanks.", 13, FigureKind.COUNT),
        ("The talks lasted 42 days.", 42, FigureKind.DURATION),
    ],
)
def test_kinds(text: str, value: float, kind: FigureKind) -> None:
    assert one(text, value).kind is kind


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("Germany will station 4,800 soldiers in Lithuania.", 4800, Status.PLANNED),
        ("The ministry plans to spend $3 billion on roads.", 3000000000, Status.PLANNED),
        ("Moscow claimed to have killed 425 troops.", 425, Status.CLAIMED),
        ("The limit of $31.4 trillion was raised.", 31400000000000, Status.CEILING),
        ("Unemployment fell to 4.2% from 4.3%.", 4.3, Status.FORMER),
        ("Turnout was 40%, compared with 52% then.", 52, Status.FORMER),
        ("Poland has 143,500 soldiers.", 143500, Status.ACTUAL),
    ],
)
def test_status(text: str, value: float, status: Status) -> None:
    assert one(text, value).status is status


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        ("A bomb killed nine people in Mogadishu on Sunday, police said.", 9, date(2024, 3, 10), date(2024, 3, 10)),
        ("Employers added 142,000 jobs in August.", 142000, date(2023, 8, 1), date(2023, 8, 31)),
        ("Prices rose 8.7% in 2023.", 8.7, date(2023, 1, 1), date(2023, 12, 31)),
        ("The army will have 8,600 troops there by the end of 2027.", 8600, date(2027, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_time_a_figure_speaks_of(text: str, value: float, start: date, end: date) -> None:
    period = one(text, value).as_of
    assert period is not None
    assert (period.start, period.end) == (start, end)


def test_the_day_of_publication_is_no_as_of() -> None:
    assert one("The country has 800 soldiers abroad.", 800).as_of is None
    assert one("The ministry said on Tuesday it had bought 48 jets.", 48).as_of is None


@pytest.mark.parametrize(
    ("text", "value", "speaker"),
    [
        ("The storm cut power to 4,000 homes, the network operator said.", 4000, "the network operator"),
        ("According to the health ministry, 76 cases were confirmed.", 76, "the health ministry"),
        ("Kyiv said it had destroyed 13 tanks.", 13, "Kyiv"),
        ("He said it had destroyed 13 tanks.", 13, None),
        ("There are 39 shelters.", 39, None),
    ],
)
def test_attribution(text: str, value: float, speaker: str | None) -> None:
    assert one(text, value).attribution == speaker


def test_the_same_figure_said_twice_is_one() -> None:
    text = "One soldier was killed on Sunday. “We lost one soldier,” he said. A nurse saw one dead soldier."
    assert [figure.unit for figure in figures(text) if figure.value == 1] == ["killed"]


def test_vague_words_stay_ranges() -> None:
    figure = figures("The army has sent thousands of soldiers.")[0]
    assert figure.value == Range(low=Decimal(1000), high=Decimal(10000))
    assert figure.kind is FigureKind.TROOPS


def test_the_lead_outweighs_the_breakdown() -> None:
    text = (
        "Floods killed 217 people in eastern Spain, officials said. Aid worth €10.6 billion was promised.\n\n"
        "Of the dead, 213 were in the Valencia region, three in Castilla and one in Andalusia. The rain fell in eight hours."
    )
    weights = {figure.surface: figure.importance for figure in figures(text)}
    assert weights["217 people"] > weights["213"]
    assert weights["€10.6 billion"] > weights["eight hours"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The army recruited 61,000 soldiers, missing its target of 65,000.", 65000, "soldier"),
        ("Israel says 101 hostages remain in Gaza.", 101, "hostage"),
        ("A court sentenced 12 people to death.", 12, "people"),
        ("The stadium in Malang, which holds 38,000, was full.", 38000, "people"),
        ("Lawmakers voted 312 to 107 for it.", 312, "vote"),
        ("One in two families fled; 300 households stayed.", 300, "household"),
    ],
)
def test_words_of_harm_in_another_sense_harm_nobody(text: str, value: int, unit: str) -> None:
    figure = one(text, value)
    assert figure.kind is not FigureKind.CASUALTIES
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Gunmen killed a policeman and two soldiers.", 2, "killed"),
        ("He was killed, along with two of his aides.", 2, "killed"),
        ("Five people, including a guard, died in the raid.", 5, "killed"),
        ("Forty people were hurt. Seventeen were in hospital.", 17, "injured"),
        ("46 people were killed and 120 wounded, taking the death toll since October to 35,456.", 35456, "killed"),
        ("Two reporters were shot in the capital.", 2, "people"),
        ("Fifteen people confirmed dead after the blast.", 15, "killed"),
    ],
)
def test_harm_is_found_from_afar(text: str, value: int, unit: str) -> None:
    figure = one(text, value)
    assert (figure.kind, figure.unit) == (FigureKind.CASUALTIES, unit)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("BUENOS AIRES: The minister promised a bonus of 60,000 pesos to workers in Argentina.", 60000, "ARS"),
        ("Pakistan raised the price of flour to 120 rupees.", 120, "PKR"),
        ("Norway will spend 75 million kroner.", 75000000, "NOK"),
        ("The Swiss bank lost 12 million Swiss francs.", 12000000, "CHF"),
        ("It costs 3 million euros.", 3000000, "EUR"),
    ],
)
def test_bare_money_is_that_of_the_country_named(text: str, value: int, code: str) -> None:
    assert one(text, value).unit == code


def test_other_bounds_than_words_say() -> None:
    assert one("The rate edged up to 5.1 percent in May.", 5.1).qualifier is Qualifier.EXACT
    assert one("He wants up to 400 jets.", 400).qualifier is Qualifier.UP_TO
    assert one("Growth was 0.6%, less than the 0.7% of spring.", 0.7).qualifier is Qualifier.EXACT


def test_a_tally_later_in_the_report_is_of_the_day_of_its_lead() -> None:
    text = "The storm killed 27 people, the agency said in its tally on Sunday.\n\nMeanwhile, 11 were recorded injured."
    period = one(text, 11).as_of
    assert period is not None
    assert period.start == date(2024, 3, 10)


def test_results_are_of_the_day_of_the_vote() -> None:
    text = "The conservatives won Sunday's election with 28.6% of the vote.\n\nTurnout, at 82.5%, was high."
    period = one(text, 82.5).as_of
    assert period is not None
    assert period.start == date(2024, 3, 10)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("Poland has ordered 980 K2 tanks from South Korea.", 980, {"Poland", "ordered", "tanks"}),
        (
            "The death toll from floods in eastern Spain climbed to 217 on Monday.",
            217,
            {"people", "killed", "floods", "Spain"},
        ),
        ("Britain's economy grew by 0.6% in spring.", 0.6, {"growth", "Britain's", "economy"}),
        (
            "Lithuania expects to spend 800 million euros on barracks, ranges and housing.",
            8e8,
            {"Lithuania's", "barracks", "housing"},
        ),
        ("The US has 900 troops in Syria and 2,500 in Iraq.", 2500, {"US", "troops", "Iraq"}),
    ],
)
def test_labels_name_the_counted_the_owner_and_the_place(text: str, value: float, words: set[str]) -> None:
    assert words <= set(one(text, value).label.replace(",", "").split())


def test_labels_leave_the_number_out() -> None:
    for figure in figures(SEED):
        assert not any(char.isdigit() for char in figure.label)


def test_lengths_of_time_that_say_when_are_no_figures() -> None:
    assert figures("The bridge was closed five years ago.") == []
    facts = read_facts(
        "Complaints must be lodged within 72 hours.", split_sentences("Complaints must be lodged within 72 hours."), DAY
    )
    assert len(facts.deadlines) == 1
    assert facts.figures == ()


@pytest.mark.parametrize(
    "text",
    [
        "Of the dead, one was a British man of 71.",
        "The president, Gabriel Vidal, 36, resigned.",
        "Three officials said the base would close.",
        "The base would close, according to two officials.",
        "The two countries' ministers met.",
    ],
)
def test_ages_and_tellers_are_no_figures(text: str) -> None:
    assert [figure.surface for figure in figures(text) if figure.value > 1] == []
