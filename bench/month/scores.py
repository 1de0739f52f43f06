"""Owns the comparison of the editions that the sample month makes with what is true of it. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from bench.month.truth import Truth
from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item
from bot.desk.filed import FiledArticle
from bot.desk.layout import News, Told
from bot.desk.memory import FactKey, FigureNote, Relation
from models.api import KeyFigure

_LINK = "https://t.me/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a replay left behind.

    ``editions`` are in order, and so are ``texts``, all that was sent and when; ``filed`` is each post as it stood at the end; ``follows`` gives the story that a story
    follows; ``notes`` is what the ledger knows.
    """

    editions: tuple[Edition, ...]
    texts: tuple[tuple[datetime, str], ...]
    filed: Mapping[str, FiledArticle]
    follows: Mapping[int, int]
    notes: Mapping[FactKey, FigureNote]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of those said were right, and how many of those true were said, with those that were not."""

    said: int
    right: int
    true: int
    found: int
    wrong: tuple[str, ...] = field(default=())
    missed: tuple[str, ...] = field(default=())

    @property
    def precision(self) -> float:
        """Of those said, the share that is right; 1 where none was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Of those true, the share that was said."""
        return self.found / self.true if self.true else 1.0


def post_of(link: str | None) -> str:
    """The post that a link leads to."""
    return (link or "").removeprefix(_LINK)


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def clusters(pairs: Iterable[tuple[Hashable, Hashable]]) -> dict[str, float]:
    """Pair F1 and B-cubed F1 of (placed in, belongs to)."""
    rows = list(pairs)
    both, placed, true = Counter(rows), Counter(one for one, _ in rows), Counter(other for _, other in rows)

    def twos(counts: Counter[object]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    hit, said, there = twos(Counter(both)), twos(Counter(placed)), twos(Counter(true))
    precise = sum(count**2 / placed[one] for (one, _), count in both.items()) / len(rows)
    complete = sum(count**2 / true[other] for (_, other), count in both.items()) / len(rows)
    pair = f1(hit / said if said else 1.0, hit / there if there else 1.0)
    return {"pair F1": pair, "B-cubed F1": f1(precise, complete)}


def _root(story: int, follows: Mapping[int, int]) -> int:
    while story in follows:
        story = follows[story]
    return story


def placement(truth: Truth, run: Run) -> dict[str, float]:
    """Stories against events, and threads of stories against threads of events."""
    posts = [post for post in truth.event_of if post in run.filed]
    events = clusters((run.filed[post].story, truth.event_of[post]) for post in posts)
    threads = clusters((_root(run.filed[post].story, run.follows), truth.thread_of(post)) for post in posts)
    return {f"stories, {name}": value for name, value in events.items()} | {
        f"threads, {name}": value for name, value in threads.items()
    }


def follow_ups(truth: Truth, run: Run) -> Score:
    """Links from a story to the one it follows.

    Right where both are of one thread and of different events. A true follow-up is found where the story of its first
    post has an ancestor of its thread.
    """
    members: defaultdict[int, list[str]] = defaultdict(list)
    for post, filed in run.filed.items():
        members[filed.story].append(post)
    wrong = []
    for story, parent in run.follows.items():
        ours, theirs = _main(members[story], truth), _main(members[parent], truth)
        one_thread = ours is not None and theirs is not None and truth.thread_of(ours) == truth.thread_of(theirs)
        if not one_thread or truth.event_of[ours or ""] == truth.event_of[theirs or ""]:
            wrong.append(f"{members[story]} follows {members[parent]}")
    missed = []
    later = [event for event in truth.events.values() if event.follows is not None]
    for event in later:
        filed_first = run.filed.get(event.posts[0])
        above = list(_ancestors(filed_first.story, run.follows)) if filed_first else []
        thread = truth.thread_of(event.posts[0])
        if not any(truth.thread_of(post) == thread for story in above for post in members[story]):
            missed.append(f"{event.name} ({event.posts[0]})")
    said = len(run.follows)
    return Score(said, said - len(wrong), len(later), len(later) - len(missed), tuple(wrong), tuple(missed))


def _main(posts: Sequence[str], truth: Truth) -> str | None:
    """A post of the event that most of these posts tell."""
    told = [post for post in posts if post in truth.event_of]
    counts = Counter(truth.event_of[post] for post in told)
    return max(told, key=lambda post: counts[truth.event_of[post]], default=None)


def _ancestors(story: int, follows: Mapping[int, int]) -> Iterator[int]:
    while story in follows:
        story = follows[story]
        yield story


def _lines(run: Run) -> Iterator[tuple[Edition, FigureLine]]:
    for edition in run.editions:
        for line in edition.figures:
            yield edition, line


def _number(figure: KeyFigure) -> Decimal | None:
    return figure.value if isinstance(figure.value, Decimal) else None


def _true_changes(truth: Truth) -> dict[tuple[str, Decimal], tuple[str, frozenset[Decimal]]]:
    """What a value in a post changes: the series, and the values told before it there."""
    found = {}
    for series in truth.series:
        for at, entry in enumerate(series.entries):
            former = frozenset(other.value for other in series.entries[:at]) - {entry.value}
            if former:
                found[entry.post, entry.value] = (series.name, former)
    return found


def changes(truth: Truth, run: Run) -> Score:
    """Changes and corrections announced in editions ("was ...").

    Right where the post prints the value and the series had the former one before. Of the true ones each counts that
    is the first to print a new value.
    """
    possible = _true_changes(truth)
    wrong, told = [], set()
    said = 0
    for edition, line in _lines(run):
        if line.relation not in {Relation.CHANGE, Relation.CORRECTION} or line.before is None:
            continue
        said += 1
        name, former = possible.get((post_of(line.link), _number(line.figure) or Decimal(-1)), ("", frozenset()))
        if _number(line.before.figure) in former:
            told.add((name, _number(line.figure)))
        else:
            wrong.append(f"{edition.as_of:%d %b}: {_said(line.before)} -> {_said(line)} ({post_of(line.link)})")
    due = {(series.name, entry.value) for series in truth.series for entry in series.entries if entry.how == "change"}
    missed = sorted(f"{name}: {value}" for name, value in due - told)
    return Score(said, said - len(wrong), len(due), len(due & told), tuple(wrong), tuple(missed))


def ledger(truth: Truth, run: Run) -> Score:
    """As ``changes``, of every figure that was read, whether or not an edition had room for it."""
    possible = _true_changes(truth)
    wrong, told = [], set()
    said = 0
    for post, filed in run.filed.items():
        for figure in filed.reading.figures:
            note = run.notes.get((filed.article.key, figure.span))
            if note is None or note.before is None or note.relation not in {Relation.CHANGE, Relation.CORRECTION}:
                continue
            said += 1
            name, former = possible.get((post, _number(figure) or Decimal(-1)), ("", frozenset()))
            if _number(note.before.figure) in former:
                told.add((name, _number(figure)))
            else:
                wrong.append(
                    f"{post}: {note.before.figure.surface} ({note.before.figure.label}) -> {figure.surface} ({figure.label})"
                )
    due = {(series.name, entry.value) for series in truth.series for entry in series.entries if entry.how == "change"}
    missed = sorted(f"{name}: {value}" for name, value in due - told)
    return Score(said, said - len(wrong), len(due), len(due & told), tuple(wrong), tuple(missed))


def _said(line: FigureLine | Told) -> str:
    return f"{line.figure.surface} {line.figure.label!r}"


def conflicts(truth: Truth, run: Run) -> Score:
    """Conflicts shown: both sources with their values, side by side."""
    true = {(conflict.posts, conflict.values) for conflict in truth.conflicts}
    shown, wrong = set(), []
    for edition, line in _lines(run):
        for other in line.conflicts:
            sides: list[FigureLine | Told] = [line, other]
            low, high = sorted(sides, key=lambda one: _number(one.figure) or Decimal(0))
            pair = ((post_of(low.link), post_of(high.link)), (_number(low.figure), _number(high.figure)))
            if pair in true:
                shown.add(pair)
            else:
                wrong.append(f"{edition.as_of:%d %b}: {_said(low)} / {_said(high)}")
    missed = tuple(f"{posts}: {values}" for posts, values in sorted(true - shown))
    return Score(len(shown) + len(wrong), len(shown), len(true), len(shown), tuple(wrong), missed)


def corrections(truth: Truth, run: Run) -> Score:
    """Corrections told: a line that says so, with the value that holds and the one that was told before."""
    said = {line for _, text in run.texts for line in text.splitlines() if line.startswith("Corrected")}
    true = {f"{one.series}: {one.old} -> {one.new}": one for one in truth.corrections}
    right = {
        line: name for line in said for name, one in true.items() if f"{one.old:,}" in line and f"{one.new:,}" in line
    }
    wrong, missed = sorted(said - right.keys()), sorted(true.keys() - set(right.values()))
    return Score(len(said), len(right), len(true), len(true) - len(missed), tuple(wrong), tuple(missed))


def _deadline_lines(run: Run) -> Iterator[tuple[Edition, DeadlineLine]]:
    for edition in run.editions:
        for line in edition.deadlines:
            yield edition, line


def moves(truth: Truth, run: Run) -> Score:
    """Deadlines marked as moved, from the right day to the right day."""
    true: dict[tuple[str, date, date], str] = {}
    for deadline in truth.deadlines:
        last: date | None = None
        for entry in deadline.entries:
            if last is not None and entry.how == "moved":
                true |= {(entry.post, last, entry.due): deadline.name}
            last = entry.due
    name_of = {(entry.post, entry.due): deadline.name for deadline in truth.deadlines for entry in deadline.entries}
    days = {(name, old, new) for (_, old, new), name in true.items()}
    told, wrong = set(), []
    said = 0
    for edition, line in _deadline_lines(run):
        if line.moved_from is None:
            continue
        said += 1
        new = line.deadline.due.end
        move = (name_of.get((post_of(line.link), new), ""), line.moved_from.end, new)
        if move in days:
            told.add(move)
        else:
            wrong.append(
                f"{edition.as_of:%d %b}: {line.deadline.what!r} {line.moved_from.end} -> {new} ({post_of(line.link)})"
            )
    missed = tuple(f"{name}: {old} -> {new}" for name, old, new in sorted(days - told))
    return Score(said, said - len(wrong), len(days), len(days & told), tuple(wrong), missed)


def deadlines_listed(truth: Truth, run: Run) -> Score:
    """Deadlines listed on the day after they were first named, if they were still to come then.

    Said is every line that is listed. Wrong are those of noise, those that had passed, and those that say the contrary of
    what their own post says: that a day holds which it moves or withdraws, that it is withdrawn where it is not.
    """
    names: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    taken_back: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for deadline in truth.deadlines:
        for before, entry in zip((None, *deadline.entries), deadline.entries, strict=False):
            names[entry.post, entry.due].add(deadline.name)
            if entry.how == "withdrawn":
                taken_back[entry.post, entry.due].add(deadline.name)
            elif entry.how == "moved" and before is not None:
                taken_back[entry.post, before.due].add(deadline.name)
    listed, wrong = set(), []
    said = 0
    for edition, line in _deadline_lines(run):
        said += 1
        post, day = post_of(line.link), line.deadline.due.end
        listed |= {(name, day) for name in names[post, day]}
        contrary = bool(taken_back[post, day]) != line.withdrawn and bool(taken_back[post, day] or names[post, day])
        if post in truth.noise or day < edition.as_of.date() or contrary:
            wrong.append(f"{edition.as_of:%d %b}: {line.deadline.what!r} {day} ({post}){' withdrawn' * line.withdrawn}")
    true = set()
    for deadline in truth.deadlines:
        for entry in deadline.entries:
            filed = run.filed.get(entry.post)
            to_come = filed is not None and entry.due > (filed.article.published + timedelta(days=1)).date()
            if to_come and entry.how in {"new", "moved"}:
                true.add((deadline.name, entry.due))
    missed = tuple(f"{name}: {day}" for name, day in sorted(true - listed))
    return Score(said, said - len(wrong), len(true), len(true & listed), tuple(wrong), missed)


def _held(edition: Edition, run: Run) -> dict[int, list[str]]:
    """The posts of each story that came in during an edition's window."""
    held: defaultdict[int, list[str]] = defaultdict(list)
    for post, filed in run.filed.items():
        if filed.filed_at is not None and edition.window.start < filed.filed_at <= edition.window.end:
            held[filed.story].append(post)
    return held


def stories_told(truth: Truth, run: Run) -> Score:
    """Stories of editions. Wrong are noise, what an earlier edition told already, and an event told twice in one edition.

    An event is found where a story of the edition after its first post holds that post.
    """
    first = {event.name: event.posts[0] for event in truth.events.values()}
    wrong, found = [], set()
    said = 0
    for edition in run.editions:
        held = _held(edition, run)
        here: set[str] = set()
        for item in edition.stories:
            said += 1
            told = {truth.event_of[post] for post in held[item.story] if post in truth.event_of}
            fresh = {name for name in told if first[name] in held[item.story]}
            found |= fresh
            repeated = told and (not fresh or told <= here) and item.why.news is not News.CONFIRMED
            if repeated or (not told and not truth.other_language.intersection(held[item.story])):
                wrong.append(f"{edition.as_of:%d %b}: {item.headline} ({_brief(item)})")
            here |= told
    missed = sorted(f"{name} ({first[name]})" for name in truth.events.keys() - found)
    return Score(said, said - len(wrong), len(truth.events), len(found), tuple(wrong), tuple(missed))


def _brief(item: Item) -> str:
    return ", ".join(post_of(source.link) for source in item.sources)


def independence(truth: Truth, run: Run) -> Score:
    """Stories with a word for word copy: right where it does not count as a source of its own."""
    wrong = []
    said = 0
    for edition in run.editions:
        held = _held(edition, run)
        for item in edition.stories:
            posts = held[item.story]
            if not truth.copies.keys() & set(posts):
                continue
            said += 1
            if item.why.sources > len({post.partition("/")[0] for post in posts if post not in truth.copies}):
                wrong.append(f"{edition.as_of:%d %b}: {item.headline} counts {item.why.sources} of {posts}")
    return Score(said, said - len(wrong), said, said - len(wrong), tuple(wrong), ())


SCORES = {
    "stories told": stories_told,
    "follow-ups linked": follow_ups,
    "changes in editions": changes,
    "changes in the ledger": ledger,
    "conflicts": conflicts,
    "corrections": corrections,
    "deadlines listed": deadlines_listed,
    "deadlines moved": moves,
    "copies not counted": independence,
}
"""What is measured, by the name it is printed under."""
