"""Which deadlines are one, and what becomes of an entry, by texts made up in the manner of wire copy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.book import BookEntry, Candidate, DeadlineTie, Mention, enter_deadlines, relate_deadlines, stand, state_of
from bot.desk.deadline_words import is_former
from bot.desk.memory import DeadlineEntry, DeadlineState
from models.api import Bond, Period, Precision
from models.facts import read_facts
from models.sentences import split_sentences

JUNE = datetime(2026, 6, 1, 9, tzinfo=UTC)


def entries(text: str, published: datetime = JUNE) -> list[DeadlineEntry]:
    return [
        DeadlineEntry(
            article_key=text[:20] + published.isoformat(),
            story=1,
            deadline=deadline,
            sentence=text[slice(*deadline.sentence)],
            outlet="Harbour Wire",
            link=None,
            published=published,
            filed_at=published,
        )
        for deadline in read_facts(text, split_sentences(text), published.date()).deadlines
    ]


def one(text: str, published: datetime = JUNE) -> DeadlineEntry:
    (found,) = entries(text, published)
    return found


PERMIT = "Port Amber must renew the permit of its oil terminal by 30 September, the ministry said."


@pytest.mark.parametrize(
    ("later", "tie"),
    [
        ("The permit of Port Amber's oil terminal has to be renewed by the end of September.", "same"),
        (
            "Port Amber was given until 30 November to renew the permit of its oil terminal, two months later than planned.",
            "moved",
        ),
        (
            "The ministry extended to November 30 the time Port Amber has to renew the permit of its oil terminal.",
            "moved",
        ),
        ("Port Amber must renew the permit of its oil terminal by 31 October, the ministry said.", "moved"),
        (
            "The ministry scrapped the rule that Port Amber must renew the permit of its oil terminal by 30 September.",
            "withdrawn",
        ),
        ("Port Amber may be given until 30 November to renew the permit of its oil terminal.", "other"),
        (
            "The ministry refused to extend to November 30 the time Port Amber has to renew its oil terminal's permit.",
            "other",
        ),
        ("Cape Orrin must renew the permit of its oil terminal by 31 October, the ministry said.", "other"),
        ("Port Amber must rebuild the pier of its ferry harbour by 31 October, the ministry said.", "other"),
    ],
)
def test_what_a_later_sentence_does(later: str, tie: str) -> None:
    (found,) = (entry for entry in entries(later, JUNE + timedelta(days=30)) if entry.deadline.due.end.month >= 9)
    assert relate_deadlines(one(PERMIT), found).value == tie


def test_what_happens_every_month_is_not_moved() -> None:
    first = one("The central bank of Dunmore will announce its decision on rates on 4 June.")
    second = one("The central bank of Dunmore will announce its decision on rates on 2 July.", JUNE + timedelta(days=2))
    assert relate_deadlines(first, second) is DeadlineTie.OTHER


def test_nothing_is_moved_by_what_was_published_before() -> None:
    late = one(
        "Port Amber must renew the permit of its oil terminal by 31 October, the ministry said.",
        JUNE + timedelta(days=9),
    )
    assert relate_deadlines(one(PERMIT), late) is DeadlineTie.MOVED
    assert relate_deadlines(late, one(PERMIT)) is DeadlineTie.ASIDE


def test_an_article_moves_an_entry_once_by_its_clearest_sentence() -> None:
    text = (
        "Port Amber must renew the permit of its oil terminal by 30 October, a spokesman said. "
        "The ministry had extended to October 31 the time in which the permit of the oil terminal in Port Amber is renewed."
    )
    verdicts = enter_deadlines(entries(text, JUNE + timedelta(days=9)), [Candidate(id=4, telling=one(PERMIT))])
    assert [verdict.tie for verdict in verdicts] == [DeadlineTie.ASIDE, DeadlineTie.MOVED]
    assert {verdict.id for verdict in verdicts} == {4}


def period(start: date, end: date, precision: Precision = Precision.DAY) -> Period:
    return Period(start=start, end=end, precision=precision)


def mention(day: int, due: Period, tie: DeadlineTie) -> Mention:
    told = one(PERMIT)
    dated = replace(told.deadline, due=due)
    return Mention(entry=replace(told, deadline=dated, published=JUNE + timedelta(days=day)), tie=tie)


AUTUMN = period(date(2026, 9, 30), date(2026, 9, 30))
WINTER = period(date(2026, 12, 31), date(2026, 12, 31))


def test_an_entry_stands_as_its_mentions_say() -> None:
    moved = stand(
        [
            mention(0, AUTUMN, DeadlineTie.OTHER),
            mention(1, WINTER, DeadlineTie.MOVED),
            mention(2, AUTUMN, DeadlineTie.ASIDE),
        ]
    )
    assert (moved.due, [move.due for move in moved.history], moved.withdrawn) == (WINTER, [AUTUMN], False)
    dropped = stand([mention(0, AUTUMN, DeadlineTie.OTHER), mention(1, AUTUMN, DeadlineTie.WITHDRAWN)])
    assert (dropped.due, dropped.withdrawn) == (AUTUMN, True)


def test_an_older_telling_that_comes_in_late_is_the_day_before() -> None:
    moved = stand([mention(0, AUTUMN, DeadlineTie.ASIDE), mention(1, WINTER, DeadlineTie.OTHER)])
    assert (moved.due, [move.due for move in moved.history]) == (WINTER, [AUTUMN])


def test_a_day_that_fills_in_a_month_is_no_move() -> None:
    month = period(date(2026, 9, 1), date(2026, 9, 30), Precision.MONTH)
    day = period(date(2026, 9, 14), date(2026, 9, 14))
    standing = stand([mention(0, month, DeadlineTie.OTHER), mention(1, day, DeadlineTie.SAME)])
    assert (standing.due, standing.history) == (day, ())


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(list(DeadlineTie))), min_size=1, max_size=12))
def test_every_day_of_the_history_is_one_that_was_told(told: list[tuple[int, DeadlineTie]]) -> None:
    days = [date(2026, 7, 1) + timedelta(days=offset) for offset, _ in told]
    standing = stand(
        [mention(n, period(day, day), tie) for n, (day, (_, tie)) in enumerate(zip(days, told, strict=True))]
    )
    assert {move.due.end for move in standing.history} | {standing.due.end} <= set(days)
    assert all(move.published >= JUNE for move in standing.history)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 31), DeadlineState.UPCOMING),
        (date(2026, 9, 1), DeadlineState.DUE),
        (date(2026, 9, 30), DeadlineState.DUE),
        (date(2026, 10, 1), DeadlineState.PASSED),
    ],
)
def test_where_an_entry_stands(today: date, state: DeadlineState) -> None:
    entry = BookEntry(
        id=1,
        who=None,
        what="Renew the permit",
        bond=Bond.DEADLINE,
        qualifier="by",
        due=period(date(2026, 9, 1), date(2026, 9, 30), Precision.MONTH),
        importance=0.5,
        sentence=PERMIT,
        outlet="Harbour Wire",
        link=None,
        published=JUNE,
        first_told=JUNE,
        changed_at=JUNE,
    )
    assert state_of(entry, today) is state
    assert state_of(replace(entry, withdrawn=True), today) is DeadlineState.WITHDRAWN


@pytest.mark.parametrize(
    ("sentence", "former", "holds"),
    [
        ("The campaign will begin on March 20 instead of March 15.", "March 15", "March 20"),
        ("The bridge will not reopen on 20 March but on 10 April.", "20 March", "10 April"),
        ("The force will be down to 2,400 by 15 April and not by 31 March as planned.", "31 March", "15 April"),
        ("The deadline was moved from June 30 to August 31.", "June 30", "August 31"),
        ("The agreement, which would have ended on March 31, now runs until July 29.", "March 31", "July 29"),
        (
            "They got eight more days, until March 20, before the first deadline ran out on Thursday.",
            "Thursday",
            "March 20",
        ),
        ("The pact, which was to expire on Wednesday, has been extended to March 31.", "Wednesday", "March 31"),
    ],
)
def test_a_day_that_held_until_now_is_told_from_the_one_that_holds(sentence: str, former: str, holds: str) -> None:
    assert is_former(sentence, former)
    assert not is_former(sentence, holds)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The verdict is planned for 24 March.", "24 March"),
        ("Trains will stand still for 48 hours from March 19.", "March 19"),
        ("Farmers may sell hens again from 29 March, a week earlier than planned.", "29 March"),
        ("The contract was to be signed by April 30.", "April 30"),
    ],
)
def test_a_day_to_come_is_no_former_one(sentence: str, day: str) -> None:
    assert not is_former(sentence, day)


def test_a_thread_moves_its_deadline_by_naming_the_day_before_in_whatever_words() -> None:
    opened = one("The old bridge in Tarn is closed, and the town wants to reopen it by 20 June.")
    later = entries("The stone bridge of Tarn will not reopen on 20 June but on 10 July.", JUNE + timedelta(days=9))
    former = [entry for entry in later if is_former(entry.sentence, entry.deadline.surface)]
    found = [entry for entry in later if entry not in former]
    candidates = [Candidate(id=4, telling=opened)]
    [verdict] = enter_deadlines(found, candidates, former=former, akin={opened.story})
    assert (verdict.id, verdict.tie) == (4, DeadlineTie.MOVED)
    [elsewhere] = enter_deadlines(found, candidates, former=former, akin={opened.story + 1})
    assert elsewhere.tie is not DeadlineTie.MOVED
