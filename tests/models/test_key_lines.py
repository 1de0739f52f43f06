"""Labels and sources as a careful editor would have them: nothing bare, nothing false, no verb stuck into a noun."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.api import FigureKind, KeyFigure, Qualifier, Status
from models.facts import read_facts
from models.sentences import split_sentences

DAY = date(2026, 3, 12)


def figures(text: str) -> list[KeyFigure]:
    return list(read_facts(text, split_sentences(text), DAY).figures)


def one(text: str, value: str) -> KeyFigure:
    return next(figure for figure in figures(text) if figure.value == Decimal(value))


LABELS = [
    # What stands before a colon names its number.
    (
        "Aid workers gave an update.\n\nCumulative cases in the Kesh camps: 455.",
        "455",
        "cumulative cases in the Kesh camps",
    ),
    (
        "The force has 2,600 soldiers.\n\nObservation posts handed over to the army so far: 5 of 14.",
        "5",
        "observation posts handed over to the army",
    ),
    ("The force has 2,600 soldiers.\n\nObservation posts handed over so far: 5 of 14.", "14", "observation posts"),
    # What was done to the counted stands behind them, and the place behind that.
    ("16 miners trapped in a coal mine near Brannock", "16", "miners trapped in a coal mine near Brannock"),
    (
        "All 38,000 hens of a farm near Otter had to be killed on Tuesday.",
        "38000",
        "hens killed at a farm near Otter",
    ),
    (
        "Ships carried 412,000 tonnes of grain through the Sabel corridor in February.",
        "412000",
        "grain carried through the Sabel corridor by ships",
    ),
    # A measure or a sum with its verb.
    ("The new reactor vessel weighs 740 tonnes.", "740", "weight of the new reactor vessel"),
    ("The strike costs the company about 6 million euros a week.", "6000000", "cost of the strike"),
    (
        "The court fined the bank 3 million euros on Tuesday.",
        "3000000",
        "fine for the bank",
    ),
    ("He was convicted of taking bribes of 2.3 million euros.", "2300000", "bribes taken"),
    (
        "Belmark shipped 640,000 tonnes of steel to Corvany last year, worth 410 million euros.",
        "410000000",
        "value of steel shipped to Corvany by Belmark",
    ),
    # Whose, and on what.
    (
        "Corvany will put a duty of 25 percent on steel from Belmark from April 1.",
        "25",
        "Corvany's duty on steel from Belmark",
    ),
    # Votes for and against.
    ("Parliament passed the budget by 74 votes to 66 on Thursday.", "74", "votes for the budget"),
    ("Parliament passed the budget by 74 votes to 66 on Thursday.", "66", "votes against the budget"),
    ("Parliament rejected the budget by 71 votes to 68.", "71", "votes against the budget"),
    # A condition is somebody's demand.
    (
        "Rail unions called a strike for March 19 unless the railway raises wages by 8 percent.",
        "8",
        "rise in wages demanded by rail unions",
    ),
    # A difference is not the thing itself.
    (
        "The yard will cut 900 jobs this year, 500 fewer than planned.",
        "500",
        "jobs to be cut by the yard, fewer than planned",
    ),
    (
        "Verdi, which speaks for railway workers, wants more pay. The union demands 10.5% more.",
        "10.5",
        "rise in pay demanded by the union",
    ),
    # What a deficit is measured by is not what it is.
    (
        "The government planned a deficit of 3.8 percent of gross domestic product.",
        "3.8",
        "deficit of the government, share of gross domestic product",
    ),
    # Averages, prices, polls, and who did what.
    ("Rents in Dublin stood at an average of 2,102 euros a month.", "2102", "average rents in Dublin"),
    (
        "Flood drives 1,200 from homes in the uplands",
        "1200",
        "people driven from homes in the uplands by Flood",
    ),
    (
        "A poll put Lena Hart first. Hart leads with 41 percent, ahead of Oskar Dahl with 36 percent.",
        "36",
        "Oskar Dahl, poll",
    ),
    # Shares of what was done.
    ("The fire on the cape is 60 percent contained.", "60", "share of fire on the cape contained"),
]


@pytest.mark.parametrize(("text", "value", "label"), LABELS, ids=[f"{row[1]} {row[2]}" for row in LABELS])
def test_a_label_reads_like_an_editors(text: str, value: str, label: str) -> None:
    assert one(text, value).label == label


SPEAKERS = [
    (
        "Inflation eased to 6.4% in February, according to a first estimate of the statistics office.",
        "6.4",
        "the statistics office",
    ),
    ("More than 6,000 people have been killed in the war, by United Nations estimates.", "6000", "United Nations"),
    (
        "The civil protection service and the hospitals compared lists.\n\nThe quake killed 94 people, the service said.",
        "94",
        "the civil protection service",
    ),
    ("Of the 2,000 family tents asked for, 1,150 have arrived.", "1150", None),
]


@pytest.mark.parametrize(("text", "value", "who"), SPEAKERS)
def test_a_source_is_named_as_the_text_names_it(text: str, value: str, who: str | None) -> None:
    assert one(text, value).attribution == who


def test_crowns_are_money_of_no_code_unless_the_text_names_their_country() -> None:
    figure = one("The repair cost 2.4 million crowns.", "2400000")
    assert (figure.kind, figure.unit) == (FigureKind.MONEY, "crown")
    assert one("In Prague the repair cost 2.4 million crowns.", "2400000").unit == "CZK"
    assert one("The king has two crowns.", "2").kind is FigureKind.COUNT


def test_a_fine_in_the_same_sentence_is_of_the_same_money() -> None:
    figure = one("He took 2.3 million crowns in bribes, and the court fined him another 4 million.", "4000000")
    assert (figure.kind, figure.unit) == (FigureKind.MONEY, "crown")


def test_a_scale_said_once_counts_for_a_move_downwards() -> None:
    figure = one("The price falls from 1.9 to 1.5 billion euros.", "1500000000")
    assert figure.change is not None
    assert figure.change.origin == Decimal(1900000000)


def test_the_evacuated_are_not_killed() -> None:
    figure = one("Two killed in the Lenn flood, 3,400 evacuated", "3400")
    assert figure.kind is FigureKind.COUNT
    assert "killed" not in figure.label


def test_incidents_without_dead_count_no_dead() -> None:
    assert one("Incidents in the week: 11, all with small arms, no dead, two injured.", "11").kind is FigureKind.COUNT


def test_deaths_before_a_colon_are_deaths() -> None:
    figure = one("Cases in the camps: 455. Deaths since the outbreak began: 11.", "11")
    assert (figure.kind, figure.unit) == (FigureKind.CASUALTIES, "killed")


def test_a_toll_in_the_present_tense_of_a_headline_is_the_toll() -> None:
    text = "Toll in earthquake reaches 67\n\nThe earthquake has killed 67 people, the service said."
    assert [figure.kind for figure in figures(text) if figure.value == 67] == [FigureKind.CASUALTIES]


def test_what_holds_instead_of_a_number_makes_it_former() -> None:
    assert one("The deficit is put at 3.5 percent instead of 3.8 percent.", "3.8").status is Status.FORMER


def test_a_thing_launched_from_a_place_does_not_cost_there() -> None:
    text = (
        "The weather satellite will be launched from Kourou in French Guiana, the space office said.\n\n"
        "The satellite weighs 740 kilograms and cost 96 million euros."
    )
    for value in ("740", "96000000"):
        assert "Guiana" not in one(text, value).label


def test_a_dateline_below_a_headline_is_no_part_of_its_sentence() -> None:
    text = "Strike called\n\nPORT LINDOW, Corvany, March 5 (Coast Wire) — Rail unions want 8 percent more wages."
    assert "March" not in one(text, "8").label
    assert one(text, "8").as_of is None


def test_a_factory_counts_what_it_makes_and_not_its_makers() -> None:
    assert one("So far 310 houses stand. The makers deliver 20 a day.", "20").unit == "house"


def test_deaths_from_a_disease_are_said_once() -> None:
    assert one("Doctors count 19 cholera deaths in Kesh", "19").label.lower().count("cholera") == 1


def test_a_bombing_is_the_event_that_a_bomber_makes() -> None:
    text = "Six people were injured on Sunday when a suicide bomber blew himself up outside a base in Mogadishu."
    assert one(text, "6").label == "people injured in the suicide bombing in Mogadishu"


def test_revised_up_to_is_no_bound() -> None:
    assert one("February inflation revised up to 6.5 percent", "6.5").qualifier is Qualifier.EXACT


def test_a_headline_takes_the_status_of_the_sentence_that_dates_it() -> None:
    text = "Yard agrees to cut 900 jobs\n\nThe yard said 900 jobs will go by the end of the year."
    assert one(text, "900").status is Status.PLANNED


def test_a_heading_in_capitals_says_where() -> None:
    text = (
        "ILMAR: drawdown of the force\n\nPresent strength: about 3,000 soldiers.\n\nThe posts go to the army of Ilmar."
    )
    assert one(text, "3000").label == "soldiers in Ilmar"


def test_a_heading_that_is_no_place_says_nothing() -> None:
    text = "GRAIN: shipments rise\n\nIn the week 14 ships left with grain for Egypt."
    assert "Grain" not in one(text, "14").label


def test_the_dead_are_not_planned() -> None:
    text = "Ferry accident: toll at 20, inquiry to report by 20 April"
    assert one(text, "20").status is Status.ACTUAL


def test_a_share_less_than_anothers_says_than_whose() -> None:
    assert one("Women earn 19% less than men, the office said.", "19").label == "women, less than men"


def test_a_number_that_nothing_names_in_a_report_of_an_election_is_no_figure() -> None:
    assert figures("The election was held.\n\nIt is 510, not 1,510.") == []
