"""What the press says is in the catalogue, and stands in every language as exactly as in English."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from babel.numbers import parse_decimal
from bracketed import BRACKETED, left_outside
from desk_samples import NOW, day, deadline, figure, filed, month
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from matplotlib.text import Text

from bot.catalogue import LANGUAGES, Words, words_in
from bot.desk.book import BookEntry, Move
from bot.desk.corrections import Correction
from bot.desk.edition import (
    DeadlineLine,
    Edition,
    FigureLine,
    Followed,
    Highlight,
    Item,
    News,
    Section,
    Source,
    Told,
    Why,
)
from bot.desk.ledger import Series
from bot.desk.memory import Entry, Relation
from bot.desk.profile import Length, Window
from bot.desk.search import FoundStory
from bot.press.alert import Changed, render_alert
from bot.press.calendar import render_calendar
from bot.press.chart import render_chart
from bot.press.correction import render_corrections
from bot.press.deadlines import deadline_text, due_text, moved_text
from bot.press.edition import lay_out, render_edition, render_more
from bot.press.figures import figure_text
from bot.press.found import render_found
from bot.press.message import MAX_UNITS, Message, units
from bot.press.numbers import money_text, number_text, plain_text
from bot.press.reading import render_reading
from bot.press.reminder import render_change, render_reminder
from bot.press.series import render_series
from bot.press.times import period_text
from bot.press.units import PARTICIPLES, measured, unit_name
from bot.press.upcoming import render_upcoming
from bot.press.why import render_why
from bot.press.withdrawal import render_withdrawal
from models.api import Bond, Change, FigureKind, KeyFigure, Period, Precision, Qualifier, Range, Status, Trend
from models.figures.unit_table import WORDS

OTHERS = [words_in(language) for language in LANGUAGES if language != "en"]
HEADLINE, SENTENCE, OUTLET = "Ο στρατός φεύγει", "Οι στρατιώτες φεύγουν από το βορρά.", "Λιμάνι"
"""What articles say, in letters that neither English nor Russian is written in."""
PERIODS = [
    day(2021, 12, 31),
    month(2021, 10),
    *(
        Period(start=date(2021, first, 1), end=date(2021, first + 2, 28), precision=Precision.QUARTER)
        for first in (1, 4, 7, 10)
    ),
    Period(start=date(2021, 1, 1), end=date(2021, 12, 31), precision=Precision.YEAR),
    Period(start=date(2020, 1, 1), end=date(2029, 12, 31), precision=Precision.YEAR),
    *(
        Period(start=date(2021, first, 1), end=date(2021, first + 2, 28), precision=Precision.SEASON)
        for first in (3, 6, 9)
    ),
    Period(start=date(2021, 12, 1), end=date(2022, 2, 28), precision=Precision.SEASON),
    Period(start=date(2021, 7, 26), end=date(2021, 8, 1), precision=Precision.WEEK),
    Period(start=date(2021, 7, 26), end=date(2021, 7, 30), precision=Precision.INTERVAL),
    Period(start=date(2021, 7, 26), end=date(2021, 8, 3), precision=Precision.INTERVAL),
    Period(start=date(2020, 12, 26), end=date(2021, 1, 3), precision=Precision.INTERVAL),
]
UNITS = sorted({unit.name for rows in WORDS.values() for _, unit in rows})


def numbered(**fields: object) -> KeyFigure:
    return figure(label="στρατιώτες", unit=None, attribution="ο υπουργός", **fields)


def figures() -> list[KeyFigure]:
    """One of every sort that is worded."""
    money = {"kind": FigureKind.MONEY, "unit": "USD", "value": Decimal(2500000000)}
    changes = [
        Change(trend=trend, origin=origin, by=by, by_percent=by is not None)
        for trend, origin, by in product((None, *Trend), (None, Decimal(2000)), (None, Decimal(25)))
    ]
    return [
        *(numbered(qualifier=one) for one in Qualifier),
        *(numbered(status=one) for one in Status),
        *(numbered(status=one, as_of=month(2021, 1)) for one in Status),
        *(numbered(change=one) for one in changes),
        *(numbered(value=Decimal(25), change=replace(changes[1], trend=one)) for one in Trend),
        *(numbered(as_of=one) for one in PERIODS),
        *(figure(label="", kind=FigureKind.CASUALTIES, unit=one) for one in sorted(PARTICIPLES)),
        figure(label="", value=Range(low=Decimal(12), high=Decimal(120)), unit="killed", surface="δεκάδες"),
        figure(label="", value=Range(low=Decimal(10), high=Decimal(20)), unit="person", surface="10-20"),
        figure(label="", **money),
        figure(label="", **{**money, "value": Range(low=Decimal(2000000), high=Decimal(3000000))}, surface="2-3"),
        figure(
            label="", kind=FigureKind.PERCENT, unit="percent", value=Decimal("7.2"), change=Change(by=Decimal("0.5"))
        ),
        figure(label="", kind=FigureKind.MEASURE, unit="kilometre per hour", value=Decimal(120)),
        figure(label="", kind=FigureKind.MEASURE, unit="magnitude", value=Decimal("6.1")),
        figure(label="", kind=FigureKind.MEASURE, unit="category", value=Decimal(5)),
        figure(label="", kind=FigureKind.MEASURE, unit="millisievert", value=Decimal(5), qualifier=Qualifier.LESS_THAN),
        figure(label="", kind=FigureKind.DURATION, unit="year", value=Decimal(21)),
        figure(label="", kind=FigureKind.DURATION, unit="year of age", value=Decimal(21)),
    ]


def told(one: KeyFigure, **fields: object) -> FigureLine:
    base = {"sentence": SENTENCE, "outlet": OUTLET, "link": None, "published": NOW, "story": 1}
    return FigureLine(figure=one, **{**base, **fields})


def lines() -> list[FigureLine]:
    before = Told(figure=numbered(as_of=month(2021, 2)), sentence=SENTENCE, outlet="", link=None, published=NOW)
    return [
        *map(told, figures()),
        told(numbered(), relation=Relation.CHANGE, before=before),
        told(numbered(), relation=Relation.CORRECTION, before=before),
        told(numbered(), conflicts=(before, before)),
    ]


def deadlines() -> list[DeadlineLine]:
    base = {"sentence": SENTENCE, "outlet": OUTLET, "link": None, "published": NOW, "story": 1}
    what = "το τέλος"
    bound = [
        deadline(due=due, what=what, qualifier=qualifier) for due in PERIODS for qualifier in ("by", "until", "before")
    ]
    event = deadline(due=month(2021, 9), what=what, bond=Bond.EVENT, qualifier="in")
    plain = [DeadlineLine(deadline=one, **base) for one in (*bound, event)]
    return [
        *plain,
        *(DeadlineLine(deadline=bound[0], moved_from=one, **base) for one in PERIODS),
        DeadlineLine(deadline=bound[0], withdrawn=True, **base),
    ]


def item(number: int, **fields: object) -> Item:
    source = Source(outlet=OUTLET, link="https://t.me/limani/1", published=NOW - timedelta(days=20))
    base = {
        "story": number,
        "headline": HEADLINE,
        "sentences": (SENTENCE, SENTENCE),
        "sources": (source,),
        "rank": number,
        "why": Why(sources=1, news=News.STORY, figures=1),
    }
    return Item(**{**base, **fields})


def stories() -> tuple[Item, ...]:
    sources = [Source(outlet=f"{OUTLET} {at}", link=None, published=NOW) for at in range(12)]
    passed = Source(outlet="", link=None, published=NOW, repeats=OUTLET)
    why = Why(
        sources=12, news=News.UPDATE, figures=3, topics=("politics", "health"), words=("σιτάρι", "κι"), leaning=0.2
    )
    return (
        item(1, also=("politics", "health"), follow_ups=(item(2, why=replace(why, news=News.FOLLOW_UP)),)),
        item(3, sources=(*sources, passed), why=why, language="uk"),
        item(
            4, follows=Followed(headline=HEADLINE, opened=NOW), why=replace(why, leaning=-0.2), sources=(passed, passed)
        ),
        item(5, why=replace(why, news=News.CONFIRMED), sources=(*sources, passed)),
        item(6, why=replace(why, news=News.CONFIRMED), sources=()),
    )


def edition(**fields: object) -> Edition:
    base = {
        "as_of": NOW,
        "window": Window(NOW - timedelta(days=1), NOW),
        "zone": "Etc/GMT-2",
        "next_edition": NOW + timedelta(days=1),
        "highlights": (Highlight(story=1, text=HEADLINE), Highlight(story=3, text=HEADLINE)),
        "sections": (
            Section(topic_code="medtop:11000000", topic_name="politics", items=stories()[:2]),
            Section(topic_code="sitrep:other", topic_name="other news", items=stories()[2:]),
        ),
        "figures": tuple(lines()),
        "deadlines": tuple(deadlines()),
        "omitted": 5,
        "uncertain": True,
        "length": Length.FULL,
    }
    return Edition(**{**base, **fields})


def entries() -> list[BookEntry]:
    move = Move(due=month(2021, 9), published=NOW, outlet="", link=None)
    base = BookEntry(
        id=7,
        who=None,
        what="το τέλος",
        bond=Bond.DEADLINE,
        qualifier="by",
        due=day(2021, 12, 31),
        importance=0.8,
        sentence=SENTENCE,
        outlet="",
        link=None,
        published=NOW,
        first_told=NOW,
        changed_at=NOW,
    )
    due = [replace(base, due=one, qualifier=how) for one in PERIODS for how in ("by", "until", "before")]
    return [*due, replace(base, history=(move,)), replace(base, history=(move,), withdrawn=True)]


def series() -> list[Series]:
    def entry(at: int, one: KeyFigure) -> Entry:
        where = "" if at == 0 else f"{OUTLET} {at % 9}"
        when = NOW + timedelta(days=at)
        return Entry(
            article_key=str(at),
            story=1,
            figure=one,
            sentence=SENTENCE,
            outlet=where,
            link=None,
            published=when,
            filed_at=when,
        )

    kinds = [numbered(qualifier=one, value=Decimal(at + 7)) for at, one in enumerate([*Qualifier] * 3)]
    values = [2500000000, 25, 3000000000]
    money = [figure(label="", kind=FigureKind.MONEY, unit="USD", value=Decimal(one)) for one in values]
    dated = [
        replace(one, as_of=day(2021, 7, at + 1), status=status)
        for at, (one, status) in enumerate(zip(kinds, [*Status] * 4, strict=False))
    ]
    apart = replace(dated[0], value=Range(low=Decimal(3), high=Decimal(90)))
    rows = [
        ("στρατιώτες", FigureKind.COUNT, None, [*kinds, *dated, apart, replace(dated[0], value=Decimal(900))]),
        ("", FigureKind.MONEY, "USD", money),
        ("", FigureKind.MONEY, "USD", money[::2]),
        *(("", kind, None, [numbered(kind=kind)]) for kind in FigureKind),
    ]
    return [
        Series(id=1, kind=kind, unit=unit, label=label, entries=tuple(entry(at, one) for at, one in enumerate(ones)))
        for label, kind, unit, ones in rows
    ]


def messages(words: Words) -> list[Message]:
    """Everything the press prints, of every sort."""
    full, short = edition(), lay_out(edition(length=Length.SHORT), words)
    year, hours = datetime(2020, 12, 31, 9, tzinfo=UTC), timedelta(hours=3)
    windows = [Window(year, year + timedelta(days=2)), Window(NOW, NOW + hours)]
    bare = {"sections": (), "figures": (), "deadlines": (), "highlights": ()}
    asked = lay_out(full, words)
    article = filed(1, HEADLINE, SENTENCE, outlet=OUTLET, figures=(numbered(),), deadlines=(deadline(what="το τέλος"),))
    foreign = replace(article.reading, language="uk", headline="")
    gone = [
        Correction(old=one, new=None) for one in (numbered(), figure(label="", unit=None), deadline(what="το τέλος"))
    ]
    wrong = [
        *gone,
        Correction(old=numbered(), new=numbered()),
        *(Correction(old=deadline(what="το τέλος"), new=deadline(what="το τέλος")) for _ in range(9)),
    ]
    changed = [
        Changed(numbered(), numbered(value=Decimal(3))),
        Changed(deadline(what="το τέλος"), month(2021, 9)),
    ]
    looked = [
        FoundStory(story=1, headline=one, link=None, outlet=OUTLET, published=NOW, complete=False, sentence=SENTENCE)
        for one in (HEADLINE, "")
    ]
    today = date(2021, 12, 1)
    return [
        *render_edition(full, words),
        *render_edition(short, words),
        *render_more(short, words),
        *(message for window in windows for message in render_edition(edition(window=window, **bare), words)),
        *(message for window in windows for message in render_edition(edition(window=window), words)),
        *(render_why(asked, number, words) for number in range(len(asked.lines) + 1)),
        render_why(edition(**bare), 1, words),
        *render_reading(article.article, article.reading, words, today=date(2023, 1, 1)),
        *render_reading(article.article, foreign, words),
        render_alert(article, [], words, now=NOW, zone="Europe/Kyiv"),
        render_alert(article, changed, words, now=NOW, zone="Europe/Kyiv"),
        render_corrections(wrong, words, outlet="", link=None, today=today),
        render_corrections(wrong[:6], words, outlet="", link=None, today=today),
        render_corrections(gone, words, outlet="", link=None, today=today),
        render_withdrawal(HEADLINE, words),
        *(
            render_reminder(one, words, today=one.due.end - timedelta(days=left))
            for one in entries()
            for left in (0, 1, 7)
        ),
        *(render_change(one, words) for one in entries()),
        *render_upcoming(entries(), words, today=today, omitted=1),
        *render_upcoming(entries(), words, today=today, omitted=7),
        render_found(looked, "σιτάρι", words, zone="Europe/Kyiv"),
        *(render_series(one, words) for one in series()),
    ]


NAMES = {"Europe", "Kyiv", "UTC"}


def test_no_text_of_the_press_is_left_outside_the_catalogue() -> None:
    printed = messages(BRACKETED)
    assert {
        message.text: left
        for message in printed
        if (left := [one for one in left_outside(message.text) if one not in NAMES])
    } == {}
    assert sum("⟦" in message.text for message in printed) > 0.95 * len(printed)


def test_no_text_of_a_chart_is_left_outside_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    write = Text.set_text
    monkeypatch.setattr(Text, "set_text", lambda self, said: (drawn.append(str(said)), write(self, said))[1])
    for one in series()[:3]:
        render_chart(one.entries, BRACKETED, label=one.label, unit=one.unit)
    assert [said for said in drawn if said != "None" and left_outside(said)] == []
    assert any("⟦day of publication⟧" in said for said in drawn)
    assert any(said.startswith("⟦") for said in drawn)


def test_no_text_of_a_calendar_file_is_left_outside_the_catalogue() -> None:
    calendar = Calendar.from_ical(render_calendar(entries(), BRACKETED, stamp=NOW))
    told = [str(event[name]) for event in calendar.walk("VEVENT") for name in ("SUMMARY", "DESCRIPTION")]
    assert [text for text in (str(calendar["X-WR-CALNAME"]), *told) if left_outside(text)] == []
    assert calendar["PRODID"] == "-//Sitrep//Deadlines//RU"


def test_what_no_catalogue_holds_is_noticed() -> None:
    assert left_outside(f"⟦as of {BRACKETED('as of {date}', date='x')}⟧ Monday, {BRACKETED('Never said')}") == [
        "Monday",
        "Never",
        "said",
    ]


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
def test_every_message_is_within_the_limits_in_every_language(words: Words) -> None:
    for message in messages(words):
        assert 0 < units(message.text) <= MAX_UNITS
        assert "{" not in message.text
        assert all(entity.end <= units(message.text) for entity in message.entities)


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
def test_every_unit_is_put_behind_its_number_unrounded(words: Words) -> None:
    for unit, value in product(UNITS, map(Decimal, ("1", "2", "5", "21", "0.5", "1234.56789", "2000000"))):
        number = plain_text(value, words)
        assert number in measured(number, value, unit, words)
        assert unit_name(unit, words)


def digits(text: str) -> str:
    """Those of a number that make its value: without the zeros before and behind them, which a scale stands for."""
    return re.sub(r"\D", "", text).strip("0")


@settings(deadline=None)  # a language is loaded at its first use
@given(st.decimals(min_value=0, max_value=10**14, places=3, allow_nan=False), st.sampled_from(OTHERS))
def test_no_language_rounds_a_number(value: Decimal, words: Words) -> None:
    assert parse_decimal(plain_text(value, words), locale=words.locale) == value
    for said in (number_text(value, words), number_text(value, words, short=True), money_text(value, "EUR", words)):
        assert digits(said) == digits(f"{value:f}".rstrip("0") if value % 1 else f"{value:f}".partition(".")[0])


RUSSIAN, GERMAN, UKRAINIAN, SPANISH = (words_in(language) for language in ("ru", "de", "uk", "es"))


@pytest.mark.parametrize(
    ("words", "alone", "governed"),
    [
        (RUSSIAN, "октябрь 2021 г.", "октября 2021 г."),
        (UKRAINIAN, "жовтень 2021 р.", "жовтня 2021 р."),
        (GERMAN, "Oktober 2021", "Oktober 2021"),
        (SPANISH, "octubre de 2021", "octubre de 2021"),
    ],
)
def test_a_month_stands_in_the_case_that_its_place_asks_for(words: Words, alone: str, governed: str) -> None:
    forms = [period_text(month(2021, 10), words, governed=behind) for behind in (False, True)]
    assert [" ".join(form.split()) for form in forms] == [alone, governed]


@pytest.mark.parametrize(
    ("due", "before", "moved"),
    [
        (
            Period(start=date(2026, 1, 1), end=date(2026, 3, 31), precision=Precision.QUARTER),
            "vor dem 1. Quartal 2026",
            "verschoben von dem 1. Quartal 2026",
        ),
        (
            Period(start=date(2026, 6, 1), end=date(2026, 8, 31), precision=Precision.SEASON),
            "vor dem Sommer 2026",
            "verschoben von dem Sommer 2026",
        ),
        (
            Period(start=date(2026, 5, 4), end=date(2026, 5, 10), precision=Precision.WEEK),
            "vor der Woche vom 4. Mai 2026",
            "verschoben von der Woche vom 4. Mai 2026",
        ),
        (month(2026, 5), "vor Mai 2026", "verschoben von Mai 2026"),
        (day(2026, 5, 5), "vor dem 5. Mai 2026", "verschoben vom 5. Mai 2026"),
    ],
)
def test_german_says_dates_behind_a_preposition_with_their_article(due: Period, before: str, moved: str) -> None:
    assert due_text(due, Bond.DEADLINE, "before", words_in("de")) == before
    assert moved_text(due, words_in("de")) == moved


@pytest.mark.parametrize(
    ("words", "money", "share", "speed", "large"),
    [
        (RUSSIAN, "2,5 млрд $", "7,2 %", "21 километр в час", "1,762 миллиарда"),
        (UKRAINIAN, "2,5 млрд USD", "7,2%", "21 кілометр за годину", "1,762 мільярда"),
        (GERMAN, "2,5 Mrd. $", "7,2 %", "21 Kilometer pro Stunde", "1,762 Milliarden"),
        (SPANISH, "2500 M US$", "7,2 %", "21 kilómetros por hora", "1,762 mil millones"),
    ],
)
def test_numbers_money_and_measures_are_written_as_each_language_writes_them(
    words: Words, money: str, share: str, speed: str, large: str
) -> None:
    rows = [
        (FigureKind.MONEY, "USD", "2500000000"),
        (FigureKind.PERCENT, "percent", "7.2"),
        (FigureKind.MEASURE, "kilometre per hour", "21"),
        (FigureKind.COUNT, None, "1762000000"),
    ]
    said = [
        figure_text(figure(label="", kind=kind, unit=unit, value=Decimal(value)), words) for kind, unit, value in rows
    ]
    assert [one.replace("\xa0", " ") for one in said] == [money, share, speed, large]


def test_a_word_of_the_source_is_marked_as_its_word_in_another_language() -> None:
    vague = figure(label="", unit=None, value=Range(low=Decimal(12), high=Decimal(120)), surface="Dozens")
    said = [figure_text(vague, words).partition(" (")[0] for words in (GERMAN, SPANISH, UKRAINIAN, RUSSIAN)]
    assert said == ["„dozens“", "«dozens»", "«dozens»", "«dozens»"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (GERMAN, ["Hektar", "Jahre alt", "Doppelwochen"]),
        (SPANISH, ["hectáreas", "años de edad", "quincenas"]),
        (UKRAINIAN, ["гектари", "років (вік)", "двотижневих строків"]),
        (RUSSIAN, ["гектары", "лет (возраст)", "двухнедельных сроков"]),
    ],
)
def test_a_unit_without_a_name_of_its_own_is_called_as_behind_a_number(words: Words, names: list[str]) -> None:
    assert [unit_name(unit, words) for unit in ("hectare", "year of age", "fortnight")] == names


@pytest.mark.parametrize("words", [GERMAN, SPANISH, UKRAINIAN, RUSSIAN], ids=lambda words: words.language)
def test_what_is_due_is_not_to_be_mistaken_by_a_day(words: Words) -> None:
    said = [
        deadline_text(deadline(due=day(2021, 12, 31), qualifier=how), words).partition(":")[0]
        for how in ("by", "until", "before")
    ]
    assert len(set(said)) == len(said)
    assert all("31" in one and "2021" in one for one in said)


def test_a_foreign_story_is_said_to_be_foreign() -> None:
    (message,) = render_edition(edition(length=Length.SHORT, figures=(), deadlines=()), words_in("en"))
    assert message.text.count("In Ukrainian: its first sentences are shown") == 1
    assert deadline_text(deadline(), words_in("fr")) == deadline_text(deadline(), words_in("en"))
