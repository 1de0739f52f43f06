"""The editions of the sample month, line by line, against what is true of its posts (bench/month/truth.toml)."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bench.month.scores import SCORES, Run, placement, post_of
from bench.month.truth import Truth, load_truth
from bench.replay import replay_month
from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item
from bot.replay import sample_month

FLOORS = {
    "stories told": (0.87, 0.98),
    "follow-ups linked": (0.94, 0.91),
    "changes in editions": (0.97, 0.54),
    "changes in the ledger": (0.97, 0.64),
    "conflicts": (1.0, 1.0),
    "corrections": (1.0, 1.0),
    "deadlines listed": (0.94, 0.96),
    "deadlines moved": (0.95, 0.65),
    "copies not counted": (1.0, 1.0),
}
"""Precision and recall, a little under what is reached (``python -m bench.replay``)."""
PLACED = {
    "stories, pair F1": 0.92,
    "stories, B-cubed F1": 0.96,
    "threads, pair F1": 0.86,
    "threads, B-cubed F1": 0.92,
}

TOLD_NOISE = frozenset({"upland_post/11", "brief_hour/27"})
"""What still gets through: a line of weather, a good night in Ukrainian."""
NO_DATES = frozenset({"coast_wire/14"})
"""Where words were taken for a date: "drive trains through the night"."""


@dataclass(frozen=True)
class Month:
    truth: Truth
    run: Run
    text_of: dict[str, str]

    def after(self, post: str) -> Edition:
        """The edition that first could tell a post."""
        posted = next(one for one in sample_month() if f"{one.channel}/{one.number}" == post and not one.edited)
        return next(edition for edition in self.run.editions if edition.as_of >= posted.at)

    def message(self, edition: Edition) -> str:
        return next(text for at, text in self.run.texts if at == edition.as_of)


@pytest.fixture(scope="module")
def month() -> Month:
    truth = load_truth()
    run = asyncio.run(replay_month(truth))
    texts: dict[str, str] = {}
    for post in sample_month():
        name = f"{post.channel}/{post.number}"
        texts[name] = f"{texts.get(name, '')} {plain(post.text)}"
    return Month(truth, run, texts)


def plain(text: str) -> str:
    return " ".join(text.split())


def lines_of(edition: Edition) -> Iterator[Item | FigureLine | DeadlineLine]:
    yield from edition.stories
    yield from edition.figures
    yield from edition.deadlines


def test_there_is_an_edition_for_every_morning(month: Month) -> None:
    days = [edition.as_of.date() for edition in month.run.editions]
    assert len(days) == len(set(days)) == 32
    assert {edition.as_of.hour for edition in month.run.editions} == {8}
    for earlier, later in zip(month.run.editions, month.run.editions[1:], strict=False):
        assert later.window.start == earlier.window.end


def test_every_line_is_from_a_post_that_says_so(month: Month) -> None:
    for edition in month.run.editions:
        for line in lines_of(edition):
            post = post_of(line.link)
            text = month.text_of[post]
            said = line.sentences if isinstance(line, Item) else (line.sentence,)
            for sentence in said:
                missing = [word for word in re.findall(r"\w[\w,.]*\w", sentence) if word not in text]
                assert missing == [], f"{edition.as_of:%d %b}: {sentence!r} is not in {post}: {missing}"
            if isinstance(line, FigureLine):
                assert plain(line.figure.surface) in text


def test_no_edition_tells_a_story_twice(month: Month) -> None:
    for edition in month.run.editions:
        stories = Counter(item.story for item in edition.stories)
        headlines = Counter(item.headline for item in edition.stories)
        assert max(stories.values(), default=1) == 1, stories
        assert max(headlines.values(), default=1) == 1, headlines


def test_no_line_comes_from_noise(month: Month) -> None:
    for edition in month.run.editions:
        links = {post_of(source.link) for item in edition.stories for source in item.sources}
        links |= {post_of(line.link) for line in lines_of(edition)}
        assert links & month.truth.noise <= TOLD_NOISE, f"{edition.as_of:%d %b}"


def test_no_deadline_is_listed_that_has_passed(month: Month) -> None:
    for edition in month.run.editions:
        for line in edition.deadlines:
            passed = line.deadline.due.end < edition.as_of.date()
            assert not passed or post_of(line.link) in NO_DATES, f"{edition.as_of:%d %b}: {line.deadline}"


@pytest.mark.parametrize("number", range(3))
def test_a_conflict_is_shown_with_both_sources_the_lower_value_first(month: Month, number: int) -> None:
    conflict = month.truth.conflicts[number]
    text = month.message(month.after(conflict.posts[1]))
    low, high = (month.run.filed[post].article.outlet for post in conflict.posts)
    less, more = (f" {value:,}" for value in conflict.values)
    row = next((row for row in text.splitlines() if all(part in row for part in (low, high, less, more))), "")
    assert row, text
    assert row.index(less) < row.index(more), row


def test_a_change_says_what_was_told_before(month: Month) -> None:
    """Of the toll that rises over days, each edition names the toll of the one before."""
    text = {edition.as_of.day: month.message(edition) for edition in month.run.editions if edition.as_of.month == 3}
    assert re.search(r" 103 \(was 94\)", text[7]), text[7]
    assert re.search(r" 6 \(was 14\)", text[7]), text[7]


def test_a_follow_up_stands_under_its_story_or_says_what_it_follows(month: Month) -> None:
    for edition in month.run.editions:
        for section in edition.sections:
            for item in section.items:
                if item.story in month.run.follows and not item.follow_ups:
                    assert item.follows is not None, item.headline
                for later in item.follow_ups:
                    line, above = [], later.story
                    while above in month.run.follows:
                        above = month.run.follows[above]
                        line.append(above)
                    assert item.story in line, later.headline


def test_a_moved_deadline_says_from_when(month: Month) -> None:
    moved = [(edition, line) for edition in month.run.editions for line in edition.deadlines if line.moved_from]
    assert moved
    for edition, line in moved:
        assert line.moved_from is not None
        assert f"moved from {line.moved_from.end:%-d %B %Y}" in month.message(edition)


def test_a_correction_is_told_at_once_with_what_was_wrong(month: Month) -> None:
    for correction in month.truth.corrections:
        edited = next(one for one in sample_month() if one.edited)
        text = next(text for at, text in month.run.texts if at >= edited.at)
        row = next((row for row in text.splitlines() if f"{correction.old:,}" in row), "")
        assert f"{correction.new:,}" in row, text
        assert row.startswith("Corrected"), row


@pytest.mark.parametrize("name", FLOORS)
def test_scores_do_not_fall(month: Month, name: str) -> None:
    score = SCORES[name](month.truth, month.run)
    precision, recall = FLOORS[name]
    assert score.precision >= precision, (score.precision, score.wrong)
    assert score.recall >= recall, (score.recall, score.missed)


def test_placement_does_not_fall(month: Month) -> None:
    reached = placement(month.truth, month.run)
    assert [name for name, floor in PLACED.items() if reached[name] < floor] == [], reached
