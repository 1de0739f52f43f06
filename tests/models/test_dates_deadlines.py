"""What is a deadline or a coming event, what it is about, and what is neither."""

from __future__ import annotations

from datetime import date

import pytest

from models.api import Bond, Deadline, Precision
from models.dates import find_deadlines, find_timexes
from models.sentences import split_sentences

FRIDAY = date(2026, 11, 20)


def read(text: str) -> list[Deadline]:
    return find_deadlines(text, split_sentences(text), find_timexes(text, FRIDAY), FRIDAY)


DEADLINES = [
    (
        "The last American troops must leave the base at Deir Haven by Jan. 31, the ministry said Tuesday.",
        "2027-01-31",
        "troops leave base Deir",
    ),
    (
        "NATO will withdraw its remaining 2,300 soldiers from the valley no later than May 31, 2027.",
        "2027-05-31",
        "NATO withdraw soldiers valley",
    ),
    (
        "The parliament gave the government until Monday to hand over the files.",
        "2026-11-23",
        "government hand over files",
    ),
    ("Rebels have two weeks to lay down their weapons, the president said.", "2026-12-04", "Rebels lay down weapons"),
    ("The court ordered the company to pay $40 million within 90 days.", "2027-02-18", "company pay million"),
    ("The temporary ceasefire expires at midnight on Sunday.", "2026-11-22", "temporary ceasefire expires"),
    ("The mandate of the peacekeeping mission runs out on Dec. 31.", "2026-12-31", "mandate mission runs out"),
    ("Funding for the agency lapses on Nov. 30 unless Congress acts.", "2026-11-30", "Funding agency lapses"),
    ("The UN envoy warned that the deadline for a deal is Friday, Nov. 27.", "2026-11-27", "deadline deal"),
    (
        "Applications for disaster aid must be filed by Dec. 15, officials said.",
        "2026-12-15",
        "Applications disaster aid filed",
    ),
    ("The curfew will remain in force until the end of the month.", "2026-11-30", "curfew remain force"),
    ("Evacuation orders stay in effect through Sunday.", "2026-11-22", "Evacuation orders effect"),
    (
        "The health ministry aims to vaccinate 70 percent of adults by mid-2027.",
        "2027-06-30",
        "vaccinate 70 percent adults",
    ),
    ("The central bank wants inflation back at 2% before the end of next year.", "2027-12-31", "inflation back 2%"),
    ("The opposition must file its candidates before Dec. 1.", "2026-12-01", "opposition file candidates"),
    ("The contract ends in March, and the union will not renew it.", "2027-03-31", "contract ends"),
    ("The president has until Dec. 10 to sign the bill or veto it.", "2026-12-10", "president sign bill veto"),
    ("Officials said the bridge would reopen by Christmas.", "2026-12-25", "bridge reopen"),
    ("The 30-day truce ends Tuesday.", "2026-11-24", "truce ends"),
    ("Lawmakers face a Dec. 18 deadline to raise the debt ceiling.", "2026-12-18", "Lawmakers raise debt ceiling"),
    ("Washington has promised to end its combat role in the country by year's end.", "2026-12-31", "end combat role"),
    ("The visa waiver is valid until June 30, 2027.", "2027-06-30", "visa waiver valid"),
    ("The transition government's term ends on Feb. 7.", "2027-02-07", "transition term ends"),
    ("Candidates have until 5 p.m. Tuesday to file.", "2026-11-24", "Candidates file"),
    (
        "The emergency decree, which had been due to expire on Saturday, was extended until Jan. 15.",
        "2027-01-15",
        "emergency decree extended",
    ),
    ("The players' union set a deadline of noon Monday for a new offer.", "2026-11-23", "players' union"),
    ("The report is due on Thursday.", "2026-11-26", "report due"),
    ("The tax credit expires at the end of 2026.", "2026-12-31", "tax credit expires"),
    (
        "The agreement, signed on Nov. 2, gives both sides 60 days to exchange prisoners.",
        "2027-01-19",
        "both sides exchange prisoners",
    ),
    ("Schools will stay closed until at least Thursday.", "2026-11-26", "Schools stay closed"),
    ("Regulators gave the airline 48 hours to refund passengers.", "2026-11-22", "refund passengers"),
    (
        "Under the accord signed in March, the junta has until June 30 to organise elections.",
        "2027-06-30",
        "junta organise elections",
    ),
    (
        "The World Health Organization said last week that it would send 200,000 more by mid-December.",
        "2026-12-15",
        "send 200,000 more",
    ),
    ("The two sides agreed to a 10-day truce.", "2026-11-30", "agreed 10-day truce"),
    ("The committee has set Dec. 10 as the deadline for bids.", "2026-12-10", "committee deadline bids"),
    ("A deadline for bids passes on Friday, Dec. 4.", "2026-12-04", "deadline bids passes"),
    ("The ceasefire is due to end at 7 a.m. on Monday.", "2026-11-23", "ceasefire end"),
    ("The 90-day pause on tariffs, announced on Oct. 1, ends on Dec. 30.", "2026-12-30", "pause tariffs ends"),
    ("The committee has three months to investigate.", "2027-02-28", "committee investigate"),
    ("The clinic needs 300 doses by the weekend.", "2026-11-22", "clinic needs doses"),
]

EVENTS = [
    (
        "Presidential elections will be held on Feb. 14, the commission announced Thursday.",
        "2027-02-14",
        "Presidential elections",
    ),
    ("Talks resume Monday in Geneva.", "2026-11-23", "Talks resume Geneva"),
    ("The summit opens on Dec. 3 in Nairobi.", "2026-12-03", "summit opens Nairobi"),
    ("The Federal Reserve meets on Dec. 15-16 and is expected to hold rates.", "2026-12-16", "Federal Reserve meets"),
    ("The trial of the former minister is scheduled to begin in January.", "2027-01-31", "trial former minister"),
    ("A hearing is set for next Wednesday.", "2026-11-25", "hearing set"),
    ("The team plays its first match of the tournament on Saturday against Ghana.", "2026-11-21", "team plays match"),
    ("The national census will start next spring.", "2027-05-31", "national census"),
    ("The storm is expected to make landfall late Saturday.", "2026-11-21", "storm landfall"),
    ("The budget vote, originally planned for last week, was moved to Dec. 2.", "2026-12-02", "budget vote moved"),
    (
        "Iran says it will stop inspections on Nov. 29 if sanctions are not lifted.",
        "2026-11-29",
        "Iran stop inspections",
    ),
    ("The strike begins at midnight Tuesday and is to last five days.", "2026-11-24", "strike begins"),
    ("Nurses will walk out on Dec. 1 over pay, the union said.", "2026-12-01", "Nurses walk out"),
    ("The president leaves office on Jan. 20.", "2027-01-20", "president leaves office"),
    ("World Cup qualifying continues Tuesday.", "2026-11-24", "World Cup qualifying"),
    ("The rate decision comes on Dec. 9.", "2026-12-09", "rate decision"),
    ("The minister is to visit Beijing next week.", "2026-11-29", "minister visit Beijing"),
    ("Ahead of the Nov. 30 vote, both parties held rallies.", "2026-11-30", "vote"),
    ("Kestria's voters choose a new parliament on Jan. 12.", "2027-01-12", "voters choose parliament"),
    ("The 2028 Games open on July 14, 2028.", "2028-07-14", "Games open"),
    ("The emergency session starts this evening.", "2026-11-20", "emergency session starts"),
    ("Judges are expected to rule in the case next month.", "2026-12-31", "Judges rule case"),
    ("House leaders plan a vote on Monday.", "2026-11-23", "House leaders plan vote"),
    ("Voters in Kestria go to the polls on Sunday in a runoff.", "2026-11-22", "Voters Kestria polls"),
    ("The club, which was founded in 1904, hosts Arden on Saturday.", "2026-11-21", "club hosts Arden"),
    ("Ministers will meet again in two weeks.", "2026-12-04", "Ministers meet"),
    (
        "Tomorrow the board of Loudon county, Virginia, will vote on whether to close a school.",
        "2026-11-21",
        "board will vote",
    ),
    ("The school will be closed from Monday through Wednesday.", "2026-11-25", "school closed"),
]

NEITHER = [
    "The ministry said on Wednesday that 14 people had died since Sunday night.",
    "By Monday, the death toll had risen to 40.",
    "The army was in control of the town by Thursday.",
    "The airport reopened on Tuesday after being closed until Monday night.",
    "He was president from 2011 until 2019.",
    "The bridge, built in 1931, collapsed on Friday.",
    "Inflation slowed to 3.1% in the year to September.",
    "Police said on Friday that they had arrested three men.",
    "The government expects the economy to grow by 2.1% next year.",
    "The agency spent $3 billion by the end of last year.",
    "He has lived in the capital for two weeks.",
    "The company's shares fell 4% by noon on Thursday.",
    "She was sentenced to 12 years in prison on Wednesday.",
    "Residents within 10 miles of the plant were told to leave.",
    "Beijing will increase its defense budget by 7.2% this year, state media reported.",
    "The team won its third title in five years on Sunday.",
    "The drawdown started within days of the signing.",
    "Scientists forecast that sea levels will rise 30 centimeters by 2100.",
    "The minister announced the plan Monday.",
    "The toll is the highest since 2015.",
    "Net income for the year ending June 30, 2027, will fall.",
    "The bank sold $100 million of senior notes due Nov. 1, 2031.",
    "The garrison surrendered at year's end\n\nOn Friday, the general said the war was over.",
    "The two sides reached agreement early this morning.",
    "He died within a week of his capture.",
    "The minister has kept an 8-month-old truce.",
    "By mid-afternoon, the operation was over.",
    "Inflation is forecast to fall to 2 percent by 2028.",
]


def check(text: str, due: str, words: str, bond: Bond) -> None:
    found = read(text)
    assert [(deadline.bond, deadline.due.end.isoformat()) for deadline in found] == [(bond, due)]
    assert set(words.lower().split()) <= set(found[0].what.lower().split())
    assert text[found[0].span.start : found[0].span.end] == found[0].surface


@pytest.mark.parametrize(("text", "due", "words"), DEADLINES)
def test_deadlines(text: str, due: str, words: str) -> None:
    check(text, due, words, Bond.DEADLINE)


@pytest.mark.parametrize(("text", "due", "words"), EVENTS)
def test_events(text: str, due: str, words: str) -> None:
    check(text, due, words, Bond.EVENT)


@pytest.mark.parametrize("text", NEITHER)
def test_neither_past_days_nor_lengths_nor_forecasts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("NATO will withdraw its soldiers no later than May 31, 2027.", "NATO"),
        ("The court ordered the company to pay $40 million within 90 days.", "the company"),
        ("The parliament gave the government until Monday to hand over the files.", "the government"),
        ("Officials said the bridge would reopen by Christmas.", "the bridge"),
        ("They must leave by Monday.", None),
    ],
)
def test_who_is_bound(text: str, who: str | None) -> None:
    assert read(text)[0].who == who


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("They must leave by Monday.", "by"),
        ("The ban stands until March 1.", "until"),
        ("They must reply before Monday.", "before"),
        ("They must reply no later than Monday.", "by"),
        ("The vote is on Monday.", "on"),
    ],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    assert read(text)[0].qualifier == qualifier


def test_precision_is_kept() -> None:
    text = "An election in March will follow. Work must be done by 2028. The summit is next week."
    precisions = [deadline.due.precision for deadline in read(text)]
    assert precisions == [Precision.MONTH, Precision.YEAR, Precision.WEEK]


def test_a_matter_told_twice_is_one_deadline_in_its_better_telling() -> None:
    text = (
        "Kestria to end patrols by year's end\n\n"
        "Kestria will end its naval patrols in the strait by Dec. 31, its defense minister said on Thursday.\n\n"
        "Asked how many sailors would stay by the end of the year, she declined to say."
    )
    found = read(text)
    assert len(found) == 1
    assert found[0].what == "Kestria will end its naval patrols in the strait"


def test_two_matters_on_one_day_are_two() -> None:
    text = "Schools must register pupils by Dec. 1. Fishing boats have to leave the harbour by Dec. 1."
    assert len(read(text)) == 2


def test_what_stands_early_and_is_near_weighs_more() -> None:
    near, far = read("Troops must leave by Jan. 31. The bases have to be handed over by 2034.")
    assert near.importance > far.importance


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The pullout of the brigade has been put off to 31 March because of snow, the ministry said.", "2027-03-31"),
        ("Norland has postponed its election to September 6 because of the floods.", "2027-09-06"),
        ("The date was pushed back from December 1 to December 15.", "2026-12-15"),
        ("The tax office extended the deadline from January 31 to February 28.", "2027-02-28"),
    ],
)
def test_the_new_day_of_what_was_moved_lies_ahead_and_is_no_range(text: str, due: str) -> None:
    (found,) = read(text)
    assert found.due.start == found.due.end == date.fromisoformat(due)


def test_a_place_somebody_moved_to_is_no_new_day() -> None:
    assert read("He moved to Paris on May 1.") == []
