"""What readers' voices do to the ranking: little, evenly, and never against what another source confirms."""

from datetime import timedelta

from desk_samples import NOW, filed
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.edition import compose
from bot.desk.memory import Memory
from bot.desk.profile import Profile, Window
from bot.desk.voices import VOICES_WEIGHT, Share, leaning

OTHER_WORDS = "The garrison shrinks, a spokeswoman told reporters."
MANY = st.integers(0, 1_000_000)


@given(MANY, MANY)
def test_the_weight_is_bounded_and_even_handed(useful: int, useless: int) -> None:
    found = leaning(Share(useful=useful, useless=useless))
    assert -VOICES_WEIGHT < found < VOICES_WEIGHT
    assert leaning(Share(useful=useless, useless=useful)) == -found


@given(MANY, MANY)
def test_one_more_voice_moves_it_its_own_way_and_hardly(useful: int, useless: int) -> None:
    found = leaning(Share(useful=useful, useless=useless))
    more = leaning(Share(useful=useful + 1, useless=useless))
    assert found < more <= found + 0.025


def test_without_voices_nothing_moves() -> None:
    assert leaning(Share(useful=0, useless=0)) == 0


def told(voices: dict[str, Share], outlets: str = "AB", confirmed: str = "") -> list[int]:
    """The stories of some outlets, one each in their order, as an edition ranks them."""
    articles = [filed(at, outlet=outlet) for at, outlet in enumerate(outlets, 1)]
    articles += [filed(outlets.index(one) + 1, outlet="Z", text=OTHER_WORDS) for one in confirmed]
    window = Window(NOW - timedelta(days=1), NOW)
    found = compose(Profile(), window, articles, now=NOW, next_edition=None, memory=Memory(voices=voices))
    return [item.story for item in sorted(found.stories, key=lambda item: item.rank)]


def test_of_two_like_stories_that_of_the_outlet_readers_find_useful_comes_first() -> None:
    assert told({}) == [1, 2]
    assert told({"B": Share(useful=12, useless=1)}) == [2, 1]
    assert told({"A": Share(useful=1, useless=12)}) == [2, 1]


def test_no_number_of_voices_outweighs_a_second_source() -> None:
    voices = {"A": Share(useful=0, useless=100_000), "B": Share(useful=100_000, useless=0)}
    assert told(voices, confirmed="A") == [1, 2]
