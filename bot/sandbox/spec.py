"""What each Bot API method takes: reads ``botapi.toml`` and checks the parameters of a call against it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.wire import Upload


@dataclass(frozen=True, slots=True)
class Array:
    """A list whose members are one of ``of``."""

    of: tuple[Kind, ...]


Kind = str | Array
"""A type's name ("Integer", "MessageEntity"), a word that must stand there ("=chat"), or an array."""


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: whether it must be given, and the types it may have."""

    required: bool
    kinds: tuple[Kind, ...]


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Spec:
    """The methods the sandbox answers and the types their parameters are made of."""

    version: str
    methods: Mapping[str, Fields]
    types: Mapping[str, Fields]

    def check(self, method: str, given: Mapping[str, object], *, strict: bool) -> JsonObject:
        """Check a call's parameters and bring those that came as form text into their JSON types.

        Args:
            method: A name in ``methods``.
            given: What was sent: JSON values, form strings, or ``Upload``s.
            strict: Refuse parameters the table does not have; Telegram would ignore them.

        Raises:
            Refusal: 400, naming the parameter.
        """
        fields = self.methods[method]
        params: JsonObject = {}
        for name, value in given.items():
            field = fields.get(name)
            if field is not None:
                if value is not None:
                    params[name] = self._top(value, field, name)
            elif strict and not isinstance(value, Upload):
                raise bad_request(f'sandbox: {method} has no parameter "{name}"')
        for name, field in fields.items():
            if field.required and name not in params:
                raise bad_request(_missing(name))
        return params

    def _top(self, value: object, field: Field, name: str) -> object:
        if isinstance(value, str) and "String" not in field.kinds:
            value = _from_form(value, field.kinds, name)
        elif isinstance(value, str) and "Integer" in field.kinds:
            value = int(value) if _is_integer(value) else value
        return self._value(value, field.kinds, name)

    def _value(self, value: object, kinds: tuple[Kind, ...], path: str) -> object:
        if isinstance(value, dict):
            return self._object(value, kinds, path)
        for kind in kinds:
            if isinstance(kind, Array) and isinstance(value, list):
                return [self._value(item, kind.of, f"{path}[{at}]") for at, item in enumerate(value)]
            if isinstance(kind, str) and _is_simple(value, kind):
                return value
        raise bad_request(f'sandbox: "{path}" must be {_wanted(kinds)}')

    def _object(self, value: JsonObject, kinds: tuple[Kind, ...], path: str) -> JsonObject:
        """Check an object against the first of the types whose required members it has."""
        for kind in kinds:
            fields = self.types.get(kind) if isinstance(kind, str) else None
            if fields is None or not self._fits(value, fields):
                continue
            unknown = value.keys() - fields.keys()
            if unknown:
                raise bad_request(f'sandbox: {kind} has no field "{min(unknown)}" (in "{path}")')
            return {
                name: self._value(item, fields[name].kinds, f"{path}.{name}")
                for name, item in value.items()
                if item is not None
            }
        raise bad_request(f'sandbox: "{path}" must be {_wanted(kinds)}, with all that is required')

    @staticmethod
    def _fits(value: JsonObject, fields: Fields) -> bool:
        for name, field in fields.items():
            words = [kind for kind in field.kinds if isinstance(kind, str) and kind.startswith("=")]
            if field.required and value.get(name) is None:
                return False
            if words and name in value and not any(_is_simple(value[name], word) for word in words):
                return False
        return True


def _is_integer(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


def _from_form(text: str, kinds: tuple[Kind, ...], name: str) -> object:
    """A form value is text; Telegram reads numbers, booleans and JSON out of it."""
    if "Integer" in kinds and _is_integer(text):
        return int(text)
    if "Boolean" in kinds and text.lower() in {"true", "false", "1", "0", "yes", "no", ""}:
        return text.lower() in {"true", "1", "yes"}
    if text == "" and all(isinstance(kind, Array) or kind not in {"Integer", "InputFile"} for kind in kinds):
        return [] if isinstance(kinds[0], Array) else {}
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _is_simple(value: object, kind: str) -> bool:
    if kind == "String":
        return isinstance(value, str)
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "InputFile":
        return isinstance(value, Upload)
    if kind.startswith("="):
        word = kind[1:]
        return value is True if word == "true" else value == word
    return False


def _wanted(kinds: tuple[Kind, ...]) -> str:
    return " or ".join(kind if isinstance(kind, str) else f"Array of {_wanted(kind.of)}" for kind in kinds)


def _missing(name: str) -> str:
    return {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "photo": "there is no photo in the request",
        "document": "there is no document in the request",
    }.get(name, f'parameter "{name}" is required')


def parse_field(text: str) -> Field:
    """Read one entry of the table, such as ``Array<Array<InlineKeyboardButton>>!``."""
    return Field(required=text.endswith("!"), kinds=_parse_kinds(text.removesuffix("!")))


def _parse_kinds(text: str) -> tuple[Kind, ...]:
    kinds: list[Kind] = []
    depth, start = 0, 0
    for at, char in enumerate(text + "|"):
        depth += (char == "<") - (char == ">")
        if char == "|" and depth == 0:
            word = text[start:at]
            kinds.append(Array(_parse_kinds(word[6:-1])) if word.startswith("Array<") else word)
            start = at + 1
    return tuple(kinds)


@cache
def load_spec() -> Spec:
    """The table that comes with the package."""
    table = tomllib.loads(files("bot.sandbox").joinpath("botapi.toml").read_text(encoding="utf-8"))
    return Spec(
        version=table["version"],
        methods={method: _fields(fields) for method, fields in table["methods"].items()},
        types={name: _fields(fields) for name, fields in table["types"].items()},
    )


def _fields(table: Mapping[str, str]) -> Fields:
    return {name: parse_field(text) for name, text in table.items()}
