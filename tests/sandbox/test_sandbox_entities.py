from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import check_entities, find_entities, trim, utf16_len, utf16_starts
from bot.sandbox.refusal import Refusal

TEXTS = st.text(alphabet=st.sampled_from("ab 𝔘é\n🚢/@#.:"), min_size=1, max_size=40)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@given(st.text())
def test_lengths_are_those_of_the_utf16_encoding(text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert utf16_len(text) == utf16_starts(text)[-1] == units


@given(TEXTS, st.integers(-3, 60), st.integers(-3, 60))
def test_an_entity_is_taken_just_when_it_cuts_out_whole_characters(text: str, offset: int, length: int) -> None:
    units = text.encode("utf-16-le")
    cut = units[2 * offset : 2 * (offset + length)] if offset >= 0 else b""
    try:
        before = units[: 2 * max(offset, 0)].decode("utf-16-le")
        whole = length > 0 and len(cut) == 2 * length and cut.decode("utf-16-le") in text and before in text
    except UnicodeDecodeError:
        whole = False
    try:
        check_entities(text, [entity("bold", offset, length)])
        taken = True
    except Refusal:
        taken = False
    assert taken == whole


@given(TEXTS)
def test_found_entities_pass_the_check_and_finding_again_changes_nothing(text: str) -> None:
    found = find_entities(text)
    check_entities(text, found)
    assert find_entities(text, found) == found


@given(st.text(alphabet=" \nab𝔘"), st.data())
def test_trimming_keeps_what_the_entities_mark(text: str, data: st.DataObject) -> None:
    starts = utf16_starts(text)
    begin, end = sorted((data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(starts))))
    given_entities = [entity("bold", begin, end - begin)] if end > begin else []
    kept, moved = trim(text, given_entities)
    assert kept == kept.rstrip()
    check_entities(kept, moved)
    for found in moved:
        units = kept.encode("utf-16-le")[2 * found["offset"] :][: 2 * found["length"]]
        assert units == text.rstrip().encode("utf-16-le")[2 * begin : 2 * end]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start now", ["bot_command"]),
        ("see https://example.org/a?b=1, and @sample_wire #storm", ["url", "mention", "hashtag"]),
        ("follow t.me/sample_wire or example.org/a, not e.g. this", ["url", "url"]),
        ("either/or, 7/8, a.b@mail.example", []),
        ("</b> and <i>", []),
        ("mail @me", []),
    ],
)
def test_links_commands_mentions_and_hashtags_are_found(text: str, kinds: list[str]) -> None:
    assert [found["type"] for found in find_entities(text)] == kinds


@pytest.mark.parametrize(
    "entities",
    [
        [entity("bold", 0, 4), entity("italic", 2, 4)],
        [entity("code", 0, 4), entity("bold", 1, 2)],
        [entity("bold", 0, 4), entity("pre", 0, 4)],
        [entity("blockquote", 0, 6), entity("expandable_blockquote", 1, 2)],
        [entity("text_link", 0, 2)],
        [entity("text_link", 0, 2, url="javascript:alert(1)")],
        [entity("blink", 0, 2)],
    ],
)
def test_combinations_telegram_would_change_are_refused(entities: list[dict[str, Any]]) -> None:
    with pytest.raises(Refusal):
        check_entities("abcdef", entities)


@pytest.mark.parametrize(
    "entities",
    [
        [entity("bold", 0, 6), entity("italic", 2, 2), entity("text_link", 2, 2, url="https://example.org")],
        [entity("blockquote", 0, 6), entity("code", 0, 2), entity("bold", 3, 2)],
        [entity("bold", 0, 2), entity("bold", 2, 2)],
        [entity("text_link", 0, 2, url="example.org/a"), entity("text_link", 2, 2, url="tg://user?id=1")],
    ],
)
def test_proper_nesting_is_taken(entities: list[dict[str, Any]]) -> None:
    check_entities("abcdef", entities)
