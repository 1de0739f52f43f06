"""What `sitrep replay` takes and gives: files in either form, clear words about a bad one, editions at the reader's hour."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.doubles import PlainReader
from bot.newsroom.readers import Defaults
from bot.replay import Delivered, delivered_json, replaying, sample_month, wish_of
from bot.replay_file import load_posts
from bot.telegram.usage import UsageError
from models.api import SitrepError

TOML = '''
[[channel]]
name = "harbor_wire"
title = "Harbor Wire"

[[post]]
channel = "harbor_wire"
at = 2026-03-02T09:00:00Z
text = """
The second post says [[post]]
[[post]]
and is no table.
"""

[[post]]
channel = "harbor_wire"
at = 2026-03-01T09:00:00+02:00
text = "The first troops left, 12 of them, the ministry said on Sunday."

[[post.edit]]
at = 2026-03-03T06:00:00Z
text = "The first troops left, 13 of them, the ministry said on Sunday."
'''
LINES = [
    {"name": "harbor_wire", "title": "Harbor Wire"},
    {"channel": "harbor_wire", "at": "2026-03-02T09:00:00Z", "text": "The second post says [[post]]\n[[post]]\nand is no table."},
    {
        "channel": "harbor_wire",
        "at": "2026-03-01T07:00:00Z",
        "text": "The first troops left, 12 of them, the ministry said on Sunday.",
        "edit": [{"at": "2026-03-03T06:00:00Z", "text": "The first troops left, 13 of them, the ministry said on Sunday."}],
    },
]  # fmt: skip


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


async def delivered(file: Path, wish: Defaults) -> list[Delivered]:
    async with replaying(load_posts(file), PlainReader(), wish) as (replay, _):
        return [one async for one in replay.run()]


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    toml = load_posts(written(tmp_path, "posts.toml", TOML))
    lines = load_posts(written(tmp_path, "posts.jsonl", "\n\n".join(map(json.dumps, LINES))))
    assert toml == lines
    assert [(post.number, post.edited, post.at.day) for post in toml] == [(1, False, 1), (2, False, 2), (1, True, 3)]
    assert toml[0].message()["chat"]["title"] == "Harbor Wire"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", '[[post]]\nchannel = "abcd"\n\n[[post', "not TOML: Expected"),
        ("a.toml", TOML + '\n[[post]]\nchannel = "abcd"\ntext = "x"', "line 24: 'at' is missing"),
        ("a.toml", '[[pots]]\nchannel = "abcd"', "'pots' is not known"),
        ("a.toml", "", "has no posts in it"),
        ("a.jsonl", "\n", "has no posts in it"),
        ("a.jsonl", '\n{"channel": "abcd"', "line 2 is not JSON"),
        ("a.jsonl", "[]", "line 1 is not a JSON object"),
        ("a.jsonl", '{"channel": "abcd", "at": "2026-03-01T08:00", "text": "x"}', "line 1: 'at' has no time zone"),
        (
            "a.jsonl",
            '{"channel": "a b", "at": "2026-03-01T08:00Z", "text": "x"}',
            "line 1: 'channel' is not a channel's",
        ),
        ("a.jsonl", '{"channel": "abcd", "at": "2026-03-01T08:00Z", "text": " "}', "line 1: 'text' is empty"),
        (
            "a.jsonl",
            '{"channel": "abcd", "at": "2026-03-01T08:00Z", "text": "x", "id": 1}',
            "line 1: 'id' is not known",
        ),
        (
            "a.jsonl",
            '{"channel": "abcd", "at": "2026-03-02T08:00Z", "text": "x", "edit": [{"at": "2026-03-01T08:00Z", "text": "y"}]}',
            "line 1: an edit is older",
        ),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(SitrepError) as error:
        load_posts(written(tmp_path, name, text))
    assert said in error.value.message
    assert name in error.value.message


@given(st.text())
def test_a_file_of_anything_is_posts_or_one_clear_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("any.toml", "any.jsonl"):
        file = folder / name
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        with pytest.raises(SitrepError):
            load_posts(file)


async def test_a_reader_is_told_each_day_at_their_hour_what_came_in(tmp_path: Path) -> None:
    file = written(tmp_path, "posts.toml", TOML)
    told = await delivered(file, Defaults(times=(time(8),), zone="UTC"))
    first, second, third = (one for one in told if one.edition is not None)
    assert [one.at for one in (first, second, third)] == [datetime(2026, 3, day, 8, tzinfo=UTC) for day in (1, 2, 3)]
    assert "12 of them" in first.text
    assert "nothing new" in second.text
    assert "and is no table" in third.text
    assert third.edition is not None
    assert third.edition.window.start == second.at, "each edition begins where the one before it ended"


async def test_a_correction_of_what_was_told_comes_at_once(tmp_path: Path) -> None:
    told = await delivered(written(tmp_path, "posts.toml", TOML), Defaults(times=(time(8),), zone="UTC"))
    [correction] = [one for one in told if one.edition is None]
    assert correction.at == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert "Corrected" in correction.text


async def test_hour_zone_and_topics_are_the_readers(tmp_path: Path) -> None:
    file = written(tmp_path, "posts.toml", TOML)
    told = await delivered(file, wish_of(topics="politics", zone="Kyiv", hour="18:30"))
    assert {(one.at.hour, one.at.minute) for one in told} == {(16, 30)}
    assert not any("12 of them" in one.text for one in told), "troops are no politics"
    with pytest.raises(UsageError):
        wish_of(topics="weaver", zone="UTC", hour="08:00")


async def test_an_edition_is_a_line_of_json(tmp_path: Path) -> None:
    told = await delivered(written(tmp_path, "posts.toml", TOML), wish_of(topics="all", zone="UTC", hour="08:00"))
    lines = [json.loads(delivered_json(one)) for one in told if one.edition is not None]
    assert [line["at"] for line in lines] == ["2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"]
    assert "12 of them" in lines[0]["messages"][0]["text"]
    assert lines[0]["edition"]["sections"]


async def test_a_database_is_kept_where_one_is_named_and_none_is_overwritten(tmp_path: Path) -> None:
    posts = load_posts(written(tmp_path, "posts.toml", TOML))
    kept = tmp_path / "kept.db"
    wish = Defaults()
    async with replaying(posts, PlainReader(), wish, kept) as (replay, _):
        assert [one async for one in replay.run()]
    assert kept.exists()
    with pytest.raises(SitrepError, match="exists"):
        async with replaying(posts, PlainReader(), wish, kept):
            pass


def test_the_sample_month_is_a_month_of_posts_of_four_channels() -> None:
    posts = [post for post in sample_month() if not post.edited]
    assert len(posts) >= 120
    assert len({post.channel for post in posts}) == 4
    assert posts[-1].at - posts[0].at > timedelta(days=28)
    assert any(post.forwarded_from for post in posts)
