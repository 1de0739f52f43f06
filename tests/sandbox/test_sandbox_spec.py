from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.client import SandboxClient
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.server import SAMPLE_TOKEN
from bot.sandbox.spec import Array, Field, Kind, load_spec, parse_field
from bot.sandbox.wire import Upload, read_body, read_multipart

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(os.environ.get("SITREP_BOTAPI_SPEC", ROOT / "../shared/botapi_spec.json"))
READER = 1001


def as_field(described: list[Any]) -> Field:
    required, kinds = described
    return Field(required, tuple(as_kind(kind) for kind in kinds))


def as_kind(kind: Any) -> Kind:
    return kind if isinstance(kind, str) else Array(tuple(as_kind(item) for item in kind[1]))


def are_among(ours: tuple[Kind, ...], theirs: tuple[Kind, ...]) -> bool:
    """Whether Telegram takes each of the types that the sandbox takes."""
    lists = [kind for kind in theirs if isinstance(kind, Array)]
    return all(
        any(are_among(kind.of, one.of) for one in lists) if isinstance(kind, Array) else kind in theirs for kind in ours
    )


@pytest.mark.skipif(not SPEC.exists(), reason=f"no description of the Bot API at {SPEC}")
@pytest.mark.parametrize("part", ["methods", "types"])
def test_the_table_says_what_the_bot_api_says(part: str) -> None:
    described = json.loads(SPEC.read_text(encoding="utf-8"))
    ours = getattr(load_spec(), part)
    assert load_spec().version == described["version"]
    for name, fields in ours.items():
        theirs = {field: as_field(value) for field, value in described[part][name].items()}
        for field, taken in fields.items():
            assert taken.required == theirs[field].required, (name, field)
            assert are_among(taken.kinds, theirs[field].kinds), (name, field)
        assert {field for field, value in theirs.items() if value.required} <= fields.keys(), name


def test_every_method_of_the_table_is_answered_and_every_answer_is_in_the_table() -> None:
    assert METHODS.keys() == load_spec().methods.keys()


def test_every_type_that_is_named_is_described() -> None:
    simple = {"String", "Integer", "Boolean", "InputFile"}

    def names(kinds: tuple[Kind, ...]) -> set[str]:
        return {name for kind in kinds for name in (names(kind.of) if isinstance(kind, Array) else {kind})}

    spec = load_spec()
    every = [field for fields in (*spec.methods.values(), *spec.types.values()) for field in fields.values()]
    named = {name for field in every for name in names(field.kinds) if not name.startswith("=")}
    assert named - simple <= spec.types.keys()


def test_entries_are_read() -> None:
    assert parse_field("Integer|String!") == Field(True, ("Integer", "String"))
    assert parse_field("Array<Array<KeyboardButton>|String>") == Field(
        False, (Array((Array(("KeyboardButton",)), "String")),)
    )


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"reply_markup": {"inline_keyboard": [{"text": "a"}]}}, '"reply_markup.inline_keyboard[0]" must be Array'),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "calback": "b"}]]}}, 'no field "calback"'),
        ({"entities": [{"type": "bold", "offset": "0", "length": 1}]}, '"entities[0].offset" must be Integer'),
        ({"link_preview_options": {"is_disabled": 1}}, '"link_preview_options.is_disabled" must be Boolean'),
        ({"entities": "[{"}, "can't parse entities JSON object"),
    ],
)
def test_a_parameter_of_another_shape_is_named(params: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=re.escape(words)):
        load_spec().check("sendMessage", {"chat_id": 1, "text": "x", **params}, strict=True)


def test_without_strictness_unknown_parameters_are_ignored() -> None:
    assert load_spec().check("getMe", {"x": 1}, strict=False) == {}


CALL = {"chat_id": str(READER), "text": "a & b = 𝔘", "disable_notification": "true", "entities": "[]"}


@pytest.mark.parametrize(
    "form",
    [
        {"json": CALL},
        {"data": CALL},
        {"files": {name: (None, value) for name, value in CALL.items()}},
        {"params": CALL},
    ],
)
async def test_every_kind_of_body_says_the_same(
    http: httpx.AsyncClient, people: SandboxClient, form: dict[str, Any]
) -> None:
    await people.say(READER, "/start")
    answer = await http.post(f"/bot{SAMPLE_TOKEN}/sendMessage", **form)
    assert answer.json()["result"]["text"] == CALL["text"]


async def test_a_body_that_cannot_be_read_is_refused(http: httpx.AsyncClient) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x", "multipart/form-data"):
        answer = await http.post(f"/bot{SAMPLE_TOKEN}/getMe", content=b"{[\xff", headers={"content-type": kind})
        assert answer.status_code == 400


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.text(), max_size=5), st.binary(max_size=300))
def test_multipart_bodies_are_read_as_they_were_written(fields: dict[str, str], data: bytes) -> None:
    fields.pop("file", None)
    request = httpx.Request(
        "POST",
        "http://x",
        files=[
            ("file", ("naïve name.bin", data, "application/pdf")),
            *((name, (None, value.encode())) for name, value in fields.items()),
        ],
    )
    got = read_body(request.headers["content-type"], request.read())
    upload = got.pop("file")
    assert isinstance(upload, Upload)
    assert (upload.data, upload.content_type) == (data, "application/pdf")
    assert got == fields


@given(st.binary(max_size=200))
def test_no_multipart_body_breaks_the_reader(body: bytes) -> None:
    for whole in (
        body,
        b"--x\r\n" + body,
        b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\n" + body + b"\r\n--x--",
    ):
        try:
            read_multipart(whole, "x")
        except ValueError:
            continue
