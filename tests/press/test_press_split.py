import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.press.message import Entity, Message, units
from bot.press.text import TextBuilder, sendable, split

SPACE = re.compile(r"\s+")
HARD = st.sampled_from(
    [
        "<b>",
        "&amp;",
        "&",
        "<",
        "tg://user?id=1",
        "\u202e",
        "\u2066",
        "\u200f",
        "👩‍👩‍👧‍👦",
        "🇺🇦",
        "𝔘",
        "e\u0301",
        "\n",
        "\n\n",
        "   ",
        "\u00a0",
        "@name",
        "#tag",
        "word",
        "a" * 50,
        "\U0010ffff",
    ]
)
PIECES = HARD | st.text(max_size=40)
BITS = st.lists(st.tuples(PIECES, st.sampled_from(["plain", "plain", "bold", "link", "quote", "blank"])), max_size=16)


def build(bits: list[tuple[str, str]]) -> Message:
    builder = TextBuilder()
    for text, kind in bits:
        if kind == "link":
            builder.link(text, "https://example.org/1", "bold")
        elif kind == "quote":
            builder.quote(text, expandable=True)
        elif kind == "blank":
            builder.blank()
        else:
            getattr(builder, kind)(text)
    return builder.message()


def squeezed(text: str) -> str:
    return SPACE.sub("", text)


def check(message: Message, parts: list[Message], max_units: int, max_entities: int) -> None:
    position = 0
    for part in parts:
        assert part.text
        assert part.text == part.text.strip()
        assert units(part.text) <= max_units
        assert len(part.entities) <= max_entities
        assert not message.text[position:].lstrip() or message.text[position:].lstrip().startswith(part.text)
        position = len(message.text) - len(message.text[position:].lstrip()) + len(part.text)
        for entity in part.entities:
            assert 0 <= entity.offset < entity.end <= units(part.text)
            assert entity.slice(part.text)
    assert not message.text[position:].strip()


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(BITS, st.integers(4, 200), st.integers(1, 6))
def test_text_received_is_text_sent_and_every_entity_slice_is_exact(
    bits: list[tuple[str, str]], max_units: int, max_entities: int
) -> None:
    message = build(bits)
    parts = split(message, max_units=max_units, max_entities=max(max_entities, 2))
    check(message, parts, max_units, max(max_entities, 2))
    sent = squeezed("".join(entity.slice(message.text) for entity in message.entities))
    received = squeezed("".join(entity.slice(part.text) for part in parts for entity in part.entities))
    assert sorted(sent) == sorted(received)
    assert {entity.type for entity in message.entities} >= {entity.type for part in parts for entity in part.entities}


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=400))
def test_whatever_is_written_can_be_encoded_and_nothing_visible_is_lost(text: str) -> None:
    message = TextBuilder().plain(text).message()
    assert message.text.encode("utf-8").decode("utf-8") == sendable(text).strip()


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 80), st.integers(-3, 80)), max_size=12))
def test_entities_that_make_no_sense_are_dropped_or_clipped(text: str, spans: list[tuple[int, int]]) -> None:
    message = Message(text, tuple(Entity("bold", offset, length) for offset, length in spans))
    check(message, split(message, max_units=20, max_entities=3), 20, 3)


def test_short_message_is_one_part_and_keeps_its_entities() -> None:
    message = TextBuilder().bold("Kyiv 🇺🇦").plain(" is calm").message()
    assert split(message) == [message]
    assert message.entities == (Entity("bold", 0, 9),)


def test_cuts_at_a_blank_line_before_it_cuts_elsewhere() -> None:
    message = Message("one two\nthree\n\nfour five\nsix")
    assert [part.text for part in split(message, max_units=20)] == ["one two\nthree", "four five\nsix"]


def test_a_link_across_a_cut_goes_on_in_the_next_part() -> None:
    message = TextBuilder().link("alpha beta", "https://example.org/").message()
    first, second = split(message, max_units=6)
    assert (first.text, second.text) == ("alpha", "beta")
    assert first.entities == (Entity("text_link", 0, 5, url="https://example.org/"),)
    assert second.entities == (Entity("text_link", 0, 4, url="https://example.org/"),)


def test_more_than_a_hundred_entities_make_a_second_part() -> None:
    builder = TextBuilder()
    for number in range(150):
        builder.bold(f"w{number}").plain(" ")
    parts = split(builder.message())
    assert [len(part.entities) for part in parts] == [100, 50]
    assert parts[1].text.startswith("w100")


def test_an_emoji_of_several_code_points_is_not_torn() -> None:
    family = "👩‍👩‍👧‍👦"
    parts = split(Message(family * 5), max_units=25)
    assert all(len(part.text) % len(family) == 0 for part in parts)


def test_only_http_addresses_become_links() -> None:
    for bad in ("tg://user?id=7", "javascript:alert(1)", "http://", "", None, "https://a b.org/"):
        assert TextBuilder().link("here", bad).message().entities == ()


def test_white_space_is_no_message() -> None:
    assert split(Message(" \n \n")) == []
