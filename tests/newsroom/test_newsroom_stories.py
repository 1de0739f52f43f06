"""Promise 6: one story, one mention. Reworded and repeated posts of an event end in one story, whatever comes between."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import Store
from models.api import Article
from models.reader import EmbeddedReader

if TYPE_CHECKING:
    from conftest import WoundClock

STORIES, REPEATS = 100, 3
FIRST = "Ar Bel Cor Dun El Fos Gar Hul Ish Jor".split()  # noqa: SIM905  a table of syllables
LAST = "vania monde sted lin grad moor wick holm dar ness".split()  # noqa: SIM905  a table of syllables
EVENTS = (
    ("fire", "a fire in a warehouse", "firefighters", "burned down"),
    ("flood", "a flood of the river", "rescuers", "was under water"),
    ("storm", "a storm from the sea", "engineers", "lost its roofs"),
    ("blast", "a blast in a factory", "investigators", "was destroyed"),
)


def rewordings(number: int) -> list[str]:
    """Five posts about one event, each in other words."""
    town = FIRST[number % 10] + LAST[number // 10]
    mayor = LAST[number % 10].title() + FIRST[(number // 10 + 3) % 10].lower()
    word, event, people, end = EVENTS[number % len(EVENTS)]
    hurt, homes = 11 + number, 200 + 7 * number
    return [
        (
            f"{word.title()} in {town} hurts {hurt}\n\nA quarter of {town} {end} after {event}; {hurt} people were hurt and {homes} "
            f"homes damaged, Mayor {mayor} said."
        ),
        (
            f"{town}: {hurt} injured in {word}\n\nMayor {mayor} of {town} said that {event} had injured {hurt} people and damaged "
            f"{homes} homes. A quarter of the town {end}."
        ),
        (
            f"{hurt} hurt as {word} hits {town}\n\n{homes} homes in {town} are damaged and {hurt} people hurt by {event}, according "
            f"to {mayor}, the mayor. {people.title()} are in the town, a quarter of which {end}."
        ),
        (
            f"{people.title()} at work in {town} after {word}\n\nIn {town} {people} are at work after {event}. Mayor {mayor} counts "
            f"{hurt} injured people and {homes} damaged homes."
        ),
        (
            f"{mayor}, mayor of {town}, speaks of {hurt} injured in {word}\n\n{event.capitalize()} damaged {homes} homes in {town} "
            f"and injured {hurt} people. A quarter of it {end}, said Mayor {mayor}."
        ),
    ]


def article(key: str, post: str, clock: "WoundClock", outlet: str) -> Article:
    title, text = post.split("\n\n")
    return Article(key=key, title=title, text=text, published=clock(), outlet=outlet)


async def test_a_hundred_stories_in_five_wordings_thrice_are_a_hundred_stories(
    store: Store, clock: "WoundClock"
) -> None:
    threaded = ThreadedReader(EmbeddedReader())
    loop = ReadingLoop(store, threaded, clock)
    events = [rewordings(number) for number in range(STORIES)]
    for wording in range(5):
        for repeat in range(REPEATS):
            async with store.begin() as tx:
                for number, posts in enumerate(events):
                    key = f"{number}:{wording}:{repeat}"
                    await tx.articles.queue(article(key, posts[wording], clock, f"Outlet {wording}"), clock(), clock())
            while await loop.run_once():
                pass
            clock.wind(minutes=10)
    threaded.close()
    async with store.read() as tx:
        filed = await tx.articles.filed_between(clock() - timedelta(days=1), clock())
        threads = await tx.stories.threads({found.story for found in filed})
    event_of = {
        story: {found.article.key.split(":")[0] for found in filed if found.story == story} for story in threads
    }
    assert len(filed) == STORIES * 5 * REPEATS
    assert all(len(events) == 1 for events in event_of.values())
    assert len(threads) == STORIES
    assert all(thread.follows is None for thread in threads.values())
