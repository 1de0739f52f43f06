"""Which figures are one, and what the later one is to the earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from desk_samples import day, figure, month
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.bounds import near, possible, same_value
from bot.desk.ledger import Series, conflicts, enter, enter_all
from bot.desk.memory import Entry, Relation
from bot.desk.subjects import says_correction
from bot.desk.ties import Tie, relate
from models.api import Change, FigureKind, KeyFigure, Qualifier, Range, Span, Status

DAWN = datetime(2026, 3, 3, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def killed(number: int, **fields: Any) -> KeyFigure:
    return figure(
        **{
            "kind": FigureKind.CASUALTIES,
            "unit": "killed",
            "value": Decimal(number),
            "label": "people killed in the earthquake in Halmera",
            "surface": f"{number} people",
            "attribution": "the Interior Ministry",
            **fields,
        }
    )


def entry(
    counted: KeyFigure, sentence: str = "", *, hours: float = 0, outlet: str = "Harbour Wire", **fields: Any
) -> Entry:
    at = DAWN + hours * HOUR
    base: dict[str, Any] = {
        "article_key": f"{outlet}:{hours}:{counted.surface}",
        "story": 1,
        "figure": counted,
        "sentence": sentence or f"The earthquake in Halmera killed {counted.surface}.",
        "outlet": outlet,
        "link": None,
        "published": at,
        "filed_at": at,
    }
    return Entry(**{**base, **fields})


def troops(number: int, where: str = "Norland", **fields: Any) -> KeyFigure:
    return figure(
        **{
            "value": Decimal(number),
            "unit": "troop",
            "label": f"US troops in {where}",
            "surface": f"{number:,} troops",
            **fields,
        }
    )


def in_sentence(counted: KeyFigure, where: str = "Norland", **fields: Any) -> Entry:
    return entry(counted, f"The United States has {counted.surface} in {where}.", **fields)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("100", Qualifier.MORE_THAN), ("112", Qualifier.EXACT), True),
        (("112", Qualifier.AT_LEAST), ("148", Qualifier.EXACT), False),
        (("2500", Qualifier.ABOUT), ("2468", Qualifier.EXACT), True),
        (("2500", Qualifier.ABOUT), ("3000", Qualifier.ABOUT), False),
        (("5000", Qualifier.UP_TO), ("4800", Qualifier.EXACT), True),
        (("18000", Qualifier.EXACT), ("17800", Qualifier.EXACT), True),
        (("27", Qualifier.EXACT), ("28", Qualifier.EXACT), False),
        (("597000", Qualifier.EXACT), ("600000", Qualifier.ABOUT), True),
    ],
)
def test_qualifiers_and_rounding_say_what_is_the_same(
    one: tuple[str, Qualifier],
    other: tuple[str, Qualifier],
    same: bool,  # noqa: FBT001  a row of a table
) -> None:
    left, right = (figure(value=Decimal(value), qualifier=qualifier) for value, qualifier in (one, other))
    assert same_value(left, right) is same
    assert same_value(right, left) is same


def test_a_percentage_is_meant_to_its_last_digit_and_a_range_to_its_ends() -> None:
    rate = figure(kind=FigureKind.PERCENT, value=Decimal("3.1"))
    assert not same_value(rate, replace(rate, value=Decimal("3.2")))
    assert same_value(rate, replace(rate, value=Decimal(3)))
    sent = figure(value=Range(low=Decimal(800), high=Decimal(1000)))
    assert same_value(sent, replace(sent, value=Decimal(900)))
    assert not same_value(sent, replace(sent, value=Decimal(1100)))


def test_a_toll_that_rises_is_a_change_whoever_tells_it() -> None:
    dawn = entry(killed(112))
    noon = entry(killed(148), "The death toll in Halmera has risen to 148 people.", hours=6, outlet="Northgate Post")
    assert relate(dawn, noon) is Tie.CHANGE


@pytest.mark.parametrize(
    ("before", "after", "tie"),
    [
        (killed(200), "The toll from the earthquake in Halmera rose to 210 people.", Tie.CHANGE),
        (
            killed(200, qualifier=Qualifier.AT_LEAST),
            "The toll of the earthquake in Halmera rose to 210 people.",
            Tie.CHANGE,
        ),
        (killed(200), "The earthquake in Halmera killed 210 people.", Tie.REPEAT),
        (killed(210), "The toll from the earthquake in Halmera rose to 210 people.", Tie.REPEAT),
    ],
)
def test_a_toll_that_is_said_to_have_moved_a_little_has_moved(before: KeyFigure, after: str, tie: Tie) -> None:
    assert relate(entry(killed(210), after, hours=6), entry(before)) is tie


def test_two_sources_that_rule_each_other_out_are_a_conflict() -> None:
    ministry = entry(killed(112))
    governor = entry(killed(64, attribution="the governor"), hours=0.5, outlet="Northgate Post")
    assert relate(ministry, governor) is Tie.CONFLICT
    assert relate(ministry, replace(governor, outlet="Harbour Wire")) is not Tie.CONFLICT
    assert relate(ministry, entry(killed(64), hours=0.5, outlet="Northgate Post")) is not Tie.CONFLICT
    assert relate(ministry, replace(governor, published=DAWN + 20 * HOUR)) is not Tie.CONFLICT


def test_places_of_one_earthquake_do_not_part_its_victims_within_a_thread() -> None:
    ministry = entry(killed(67, label="people killed in the earthquake in eastern Norland"))
    valley = killed(78, label="people killed in the earthquake in the Halmera valley", attribution="the hospitals")
    hospitals = entry(
        valley, "The earthquake in the Halmera valley killed 78 people.", hours=2, outlet="Northgate Post"
    )
    assert relate(ministry, hospitals) is Tie.CONFLICT
    assert relate(ministry, replace(hospitals, story=2)) is Tie.OTHER


@pytest.mark.parametrize(
    "sentence", ["In Dara 61 people were killed by the earthquake.", "The earthquake killed 17 people in Dara."]
)
def test_the_victims_of_a_town_dispute_no_toll_of_the_whole(sentence: str) -> None:
    ministry = entry(killed(67, label="people killed in the earthquake in eastern Norland"))
    told = killed(
        17 if "17" in sentence else 61, label="people killed in the earthquake in Dara", attribution="the mayor"
    )
    assert relate(ministry, entry(told, sentence, hours=2, outlet="Northgate Post")) is Tie.OTHER


def test_a_toll_goes_on_from_the_newest_of_its_own_source() -> None:
    ministry = entry(killed(67))
    governor = entry(killed(78, attribution="the governor"), hours=1, outlet="Northgate Post")
    newer = entry(killed(94), hours=26)
    assert enter(newer, [series(7, ministry, governor)]).before == ministry


def test_strikes_of_two_days_are_two() -> None:
    struck = killed(6, label="people killed in the strike on Dara", as_of=day(2026, 3, 3))
    again = replace(struck, value=Decimal(9), surface="9 people", as_of=day(2026, 3, 4))
    sentences = [f"The strike on Dara killed {one.surface} on that day." for one in (struck, again)]
    assert relate(entry(struck, sentences[0]), entry(again, sentences[1], hours=24)) is Tie.OTHER


def test_a_total_of_one_desk_rises_without_a_word_that_says_so() -> None:
    cases = figure(
        kind=FigureKind.COUNT,
        value=Decimal(455),
        unit="case",
        label="cumulative cases in the Dara camps",
        surface="455",
    )
    later = replace(cases, value=Decimal(640), surface="640", label="cumulative cases")
    one = entry(cases, "Cumulative cases in the Dara camps: 455.")
    assert relate(one, entry(later, "Cumulative cases: 640.", hours=168)) is Tie.CHANGE
    daily = entry(replace(later, label="new cases"), "New cases in the past 24 hours: 640.", hours=168)
    assert relate(one, daily) is not Tie.CHANGE


def test_what_a_figure_names_as_its_former_value_needs_no_other_word_in_common() -> None:
    planned = figure(
        value=Decimal(1400), unit="job", label="jobs to be cut by the yard", status=Status.PLANNED, surface="1,400"
    )
    fewer = replace(planned, value=Decimal(900), label="jobs to go", surface="900 jobs")
    one = entry(planned, "The yard will cut 1,400 jobs.")
    agreed = "They agreed that 900 jobs will go instead of the 1,400 that were planned."
    assert relate(one, entry(fewer, agreed, hours=300)) is Tie.CHANGE


def test_some_of_a_number_do_not_change_it() -> None:
    shut = figure(
        kind=FigureKind.COUNT, value=Decimal(14), unit="hospital", label="hospitals shut", surface="14 hospitals"
    )
    back = replace(shut, value=Decimal(11), label="hospitals", surface="11 of the 14 hospitals")
    sentence = "Only 11 of the 14 hospitals are open again."
    assert relate(entry(shut, "14 hospitals are shut."), entry(back, sentence, hours=100)) is Tie.OTHER_SCOPE


def test_at_least_disputes_nothing_above_it() -> None:
    floor = entry(killed(30, qualifier=Qualifier.AT_LEAST))
    above = entry(killed(64, attribution="the governor"), hours=0.5, outlet="Northgate Post")
    assert relate(floor, above) is not Tie.CONFLICT


@pytest.mark.parametrize(
    "other",
    [
        killed(300, unit="injured", label="people injured in the earthquake in Halmera"),
        killed(9, label="people killed (children) in the earthquake in Halmera", surface="9 children"),
        killed(400, status=Status.PLANNED),
        figure(kind=FigureKind.MONEY, unit="USD", value=Decimal(10**6), label="damage of the earthquake in Halmera"),
    ],
)
def test_another_scope_is_another_series(other: KeyFigure) -> None:
    assert relate(entry(killed(112)), entry(other, hours=5)) is Tie.OTHER_SCOPE


def test_two_places_two_units_of_money_and_two_spans_are_kept_apart() -> None:
    assert relate(in_sentence(troops(2500)), in_sentence(troops(900, "Ostmark"), "Ostmark", hours=1)) is Tie.OTHER
    debt = figure(kind=FigureKind.MONEY, unit="USD", value=Decimal(41), label="Sumaria's public debt", surface="$41")
    assert (
        relate(entry(debt, "Sumaria's debt."), entry(replace(debt, unit="EUR"), "Sumaria's debt.")) is Tie.OTHER_SCOPE
    )
    cases = figure(kind=FigureKind.COUNT, unit="case", value=Decimal(5430), label="cholera cases in Sumaria")
    daily = replace(cases, value=Decimal(214), label="new cholera cases in Sumaria", surface="214 cases")
    total = entry(cases, "Sumaria has recorded 2,500 cholera cases since June.")
    assert relate(total, entry(daily, "There were 214 cases in the past 24 hours.", hours=3)) is Tie.OTHER_SCOPE


def test_quarters_and_halves_are_kept_apart() -> None:
    profit = figure(
        kind=FigureKind.MONEY, unit="EUR", value=Decimal(410), label="Volta's net profit", as_of=month(2025, 6)
    )
    half = replace(profit, value=Decimal(950), as_of=replace(month(2025, 6), start=date(2025, 1, 1)))
    assert relate(entry(profit, "Volta made 2,500."), entry(half, "Volta made 2,500.", hours=1)) is Tie.OTHER_SCOPE


def test_bare_labels_join_within_a_story_only() -> None:
    bare = killed(31, label="people killed", surface="31 people")
    later = killed(44, label="people killed", surface="44 people")
    one = entry(bare, "Hospital officials counted 31 people dead.")
    other = entry(later, "The toll has risen to 44 people.", hours=6)
    assert relate(one, other) is Tie.CHANGE
    assert relate(one, replace(other, story=2)) is Tie.OTHER
    assert relate(one, replace(other, story=2, thread=1)) is Tie.CHANGE


def test_a_bare_count_joins_nothing() -> None:
    queued = figure(kind=FigureKind.COUNT, unit="people", value=Decimal(2300), label="people", surface="2,300 people")
    fled = replace(queued, value=Decimal(31000), label="people who crossed into Belmark", surface="31,000 people")
    one = entry(queued, "At the camp 2,300 people queued for water.")
    assert relate(one, entry(fled, "Some 31,000 people have now crossed into Belmark.", hours=9)) is Tie.OTHER


def test_a_statistic_is_followed_across_stories() -> None:
    march = figure(
        kind=FigureKind.PERCENT,
        unit="percent",
        value=Decimal("3.4"),
        label="inflation in Veldania",
        as_of=month(2026, 1),
    )
    april = replace(march, value=Decimal("3.1"), as_of=month(2026, 2))
    one = entry(march, "Inflation in Veldania was 2,500.")
    assert relate(one, entry(april, "Inflation in Veldania was 2,500.", hours=700, story=9)) is Tie.CHANGE


def test_words_of_correction_and_edits_correct() -> None:
    one = entry(killed(112))
    other = entry(killed(102), hours=2)
    assert relate(one, other) is Tie.CHANGE
    assert relate(one, replace(other, corrects=True)) is Tie.CORRECTION
    edited = replace(other, article_key=one.article_key, published=one.published)
    assert relate(replace(one, retracted=True), edited) is Tie.CORRECTION
    assert relate(one, edited) is Tie.OTHER


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("CORRECTION: the toll is 102, not 112.", True),
        ("The bank raised it to 6.75%, not 7.75% as previously stated.", True),
        ("We earlier reported a wrong figure.", True),
        ("The statistics office revised growth to 0.2%.", True),
        ("The toll rose to 148 from 112 reported on Tuesday.", False),
        ("He was taken to the Pavla correctional facility.", False),
    ],
)
def test_a_text_says_that_it_corrects(text: str, corrects: bool) -> None:  # noqa: FBT001  a row of a table
    assert says_correction(text) is corrects


def test_what_it_changed_from_ties_a_figure_to_its_former_value() -> None:
    former = in_sentence(troops(3000, qualifier=Qualifier.ABOUT))
    cut = troops(
        2500,
        qualifier=Qualifier.ABOUT,
        change=Change(origin=Decimal(3000), origin_qualifier=Qualifier.ABOUT),
        as_of=day(2026, 3, 3),
    )
    assert relate(former, in_sentence(cut, hours=1, outlet="Northgate Post")) is Tie.CHANGE


def series(number: int, *entries: Entry) -> Series:
    first = entries[0].figure
    return Series(id=number, kind=first.kind, unit=first.unit, label=first.label, entries=entries)


def test_an_entry_finds_its_series_and_what_it_changes() -> None:
    toll = series(7, entry(killed(112)))
    others = [series(8, entry(killed(300, unit="injured"))), series(9, in_sentence(troops(2500)))]
    verdict = enter(entry(killed(148), "The toll has risen to 148 people.", hours=8), [*others, toll])
    assert (verdict.series, verdict.relation) == (7, Relation.CHANGE)
    assert verdict.before is not None
    assert verdict.before.figure.value == Decimal(112)
    assert enter(in_sentence(troops(90, "Ostmark"), "Ostmark"), [*others, toll]).series is None


def test_a_late_repeat_of_an_old_toll_is_no_change_back() -> None:
    toll = series(7, entry(killed(112)), entry(killed(148), "The toll has risen to 148 people.", hours=8))
    late = entry(killed(112), "The quake killed 112 people and is still felt.", hours=9, outlet="Northgate Post")
    assert enter(late, [toll]).relation is Relation.REPEAT


def test_a_disputed_value_is_new_in_its_series_and_names_whom_it_disputes() -> None:
    ministry = entry(killed(112))
    governor = entry(killed(64, attribution="the governor"), hours=0.5, outlet="Northgate Post")
    verdict = enter(governor, [series(7, ministry)])
    assert (verdict.series, verdict.relation, verdict.before) == (7, Relation.NEW, None)
    assert verdict.conflicts == (ministry,)
    assert conflicts([ministry, governor]) == ((governor, ministry),)


def test_a_series_of_many_weeks_is_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[Entry, Entry]] = []

    def watched(one: Entry, other: Entry, **rest: Any) -> Tie:
        compared.append((one, other))
        return relate(one, other, **rest)

    monkeypatch.setattr("bot.desk.ledger.relate", watched)
    outlets = ("Harbour Wire", "Northgate Post")
    told = [entry(killed(100 + day), hours=6.5 * day, outlet=outlets[day % 2]) for day in range(300)]
    conflicts(told)
    assert len(compared) == 299


def test_the_figures_of_one_article_open_series_that_the_others_join() -> None:
    first = entry(killed(112), article_key="a")
    again = entry(killed(112, span=Span(30, 40)), article_key="a")
    hurt = entry(
        killed(300, unit="injured", label="people injured in the earthquake", span=Span(50, 60)), article_key="a"
    )
    verdicts = enter_all([hurt, again, first], [])
    assert verdicts[1].series == verdicts[2].series
    assert verdicts[0].series not in {verdicts[1].series, None}


VALUES = st.one_of(
    st.integers(1, 10**7).map(Decimal),
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)).map(
        lambda ends: Range(low=Decimal(min(ends)), high=Decimal(max(ends)))
    ),
)
FIGURES = st.builds(
    killed,
    st.integers(1, 1000),
    value=VALUES,
    unit=st.sampled_from(["killed", "injured"]),
    qualifier=st.sampled_from(Qualifier),
    status=st.sampled_from(Status),
    label=st.sampled_from(["people killed", "people killed in Halmera", "children killed in Dara", ""]),
    attribution=st.sampled_from([None, "the governor", "the army", "police"]),
    as_of=st.sampled_from([None, day(2026, 3, 2), day(2026, 3, 3), month(2026, 2)]),
)
ENTRIES = st.builds(
    entry,
    FIGURES,
    st.sampled_from(["", "The toll has risen.", "Police in Halmera said so.", "It was corrected."]),
    hours=st.integers(0, 100),
    outlet=st.sampled_from(["Harbour Wire", "Northgate Post"]),
    story=st.integers(1, 2),
    corrects=st.booleans(),
)


@given(ENTRIES, ENTRIES)
@settings(max_examples=300)
def test_the_order_of_two_figures_does_not_matter(one: Entry, other: Entry) -> None:
    assert relate(one, other) is relate(other, one)


@given(ENTRIES)
def test_a_figure_repeats_itself_and_never_disputes_itself(one: Entry) -> None:
    assert same_value(one.figure, one.figure)
    again = replace(one, outlet="Meridian Daily", figure=replace(one.figure, attribution="a witness"))
    assert relate(one, again) is not Tie.CONFLICT
    assert near(one.figure).meets(possible(one.figure))


@given(ENTRIES, ENTRIES)
@settings(max_examples=300)
def test_what_is_told_as_a_conflict_is_of_two_outlets_and_two_sources(one: Entry, other: Entry) -> None:
    if relate(one, other) is Tie.CONFLICT:
        assert one.outlet != other.outlet
        assert one.figure.attribution != other.figure.attribution
        assert not same_value(one.figure, other.figure)


@given(ENTRIES, st.lists(ENTRIES, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_candidates_does_not_matter(one: Entry, others: list[Entry], random: Any) -> None:
    candidates = [series(number, other) for number, other in enumerate(others, 1)]
    shuffled = candidates[:]
    random.shuffle(shuffled)
    assert enter(one, candidates) == enter(one, shuffled)
