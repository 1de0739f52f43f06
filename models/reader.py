"""Reads articles with the embedded models: the whole way from text to Reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import structlog

from models.api import VECTOR_SIZE, Article, Reading, Span, Summary, Topic
from models.cache import ReadingCache
from models.encoder import Encoder, Vectors
from models.facts import Facts, read_facts
from models.headlines import name_by_headline
from models.imprint import load_imprinter
from models.language import UNKNOWN, LanguageFinder
from models.meter import Meter
from models.sentences import split_sentences
from models.settings import EXTRACTIVE, ReaderSettings
from models.summary.document import Document
from models.summary.extractive import ExtractiveSummariser
from models.summary.gate import gate, gate_of, support_of
from models.summary.headline import headline_of
from models.summary.hub import HubSummariser
from models.topics.filing import Filing, whole_text
from models.topics.nli import EntailedTopics

_READ_SENTENCES = 24
"""Sentences of an article that are embedded: no summary draws on what comes later."""

_SENTENCE_TOKENS = 48
_ENGLISH = frozenset({"en", UNKNOWN})
_REVISION = "sitrep-1"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Draft:
    """An article on its way: what the parts that need no weights found."""

    article: Article
    language: str
    sentences: tuple[Span, ...]
    facts: Facts | None

    @property
    def is_english(self) -> bool:
        return self.language in _ENGLISH


def _facts(article: Article, sentences: Sequence[Span]) -> Facts:
    facts = read_facts(article.text, sentences, article.reference)
    if article.title is None or not facts.deadlines:
        return facts
    named = name_by_headline(facts.deadlines, article.text, article.title, article.reference)
    return replace(facts, deadlines=tuple(named))


class EmbeddedReader:
    """The reader of articles that needs no network.

    Weights are loaded on first use, or by :meth:`warm`; one reader may be shared by threads. An article in another
    language than English gets its language, its first sentences and a vector; no topic and no figure, because nothing
    here was made for them.
    """

    def __init__(self, settings: ReaderSettings | None = None) -> None:
        self._settings = settings or ReaderSettings()
        self._encoder = Encoder(threads=self._settings.threads, device=self._settings.device)
        self._languages = LanguageFinder()
        self._cache = ReadingCache()
        self.meter = Meter()
        self._extractive = ExtractiveSummariser()
        self._hub = _hub(self._settings)
        self.filing = Filing(self._encoder, self._settings.own_topics, entailed=_entailed(self._settings))

    @property
    def encoder(self) -> Encoder:
        """The encoder the reader uses, for whoever compares texts."""
        return self._encoder

    @property
    def revision(self) -> str:
        """Names the models that make the readings."""
        return f"{_REVISION}/{self._hub.revision if self._hub else EXTRACTIVE}/{self._encoder.revision}"

    def warm(self) -> None:
        """Load all weights now.

        Raises:
            ModelUnavailable: weights are missing or damaged.
        """
        self._encoder.warm()
        load_imprinter()
        self._languages.find("The reader is warm.")
        self.filing.warm()
        if self._hub:
            self._hub.warm()

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read N articles; see :class:`models.api.Reader`. A text read lately is not read again."""
        known = [self._cache.get(article) for article in articles]
        fresh = [article for article, reading in zip(articles, known, strict=True) if reading is None]
        read = iter(self._read(fresh) if fresh else ())
        readings = [reading or next(read) for reading in known]
        for article, reading in zip(articles, readings, strict=True):
            self._cache.put(article, reading)
        return readings

    def _read(self, articles: Sequence[Article]) -> list[Reading]:
        step = self.meter.step
        with step("facts"):
            drafts = [self._draft(article) for article in articles]
        with step("vectors"):
            documents = self._documents(drafts)
            whole = self.filing.vectors(articles)
        with step("summaries"):
            summaries = self._summaries(drafts, documents)
        with step("topics"):
            topics = self._file(drafts, whole)
        with step("imprints"):
            return [
                self._reading(draft, document, summary, filed, vector)
                for draft, document, summary, filed, vector in zip(
                    drafts, documents, summaries, topics, whole, strict=True
                )
            ]

    def _draft(self, article: Article) -> _Draft:
        sentences = tuple(split_sentences(article.text))
        language = self._languages.find(article.text or article.title or "")
        facts = _facts(article, sentences) if language in _ENGLISH else None
        return _Draft(article=article, language=language, sentences=sentences, facts=facts)

    def _documents(self, drafts: Sequence[_Draft]) -> list[Document]:
        texts: list[str] = []
        for draft in drafts:
            texts.append(draft.article.title or "")
            texts.extend(draft.article.text[slice(*span)] for span in _read_part(draft))
        vectors = self._encoder.encode(texts, max_tokens=_SENTENCE_TOKENS)
        documents = []
        at = 0
        for draft in drafts:
            count = len(_read_part(draft))
            documents.append(
                Document(
                    text=draft.article.text,
                    title=draft.article.title,
                    sentences=draft.sentences,
                    title_vector=vectors[at],
                    vectors=vectors[at + 1 : at + 1 + count],
                    figures=[(figure.span, figure.importance) for figure in draft.facts.figures] if draft.facts else (),
                )
            )
            at += 1 + count
        return documents

    def _summaries(self, drafts: Sequence[_Draft], documents: Sequence[Document]) -> list[Summary]:
        max_words = self._settings.max_words
        summaries = [self._extractive.summarise(document, max_words=max_words) for document in documents]
        if self._hub is None:
            return summaries
        places = [place for place, draft in enumerate(drafts) if draft.facts and draft.sentences]
        written = self._hub.write([documents[place] for place in places], max_words=max_words)
        for place, sentences in zip(places, written, strict=True):
            gated = gate(
                sentences,
                gate_of(drafts[place].article, drafts[place].sentences),
                summaries[place],
                max_words=max_words,
                support=support_of(drafts[place].article, drafts[place].sentences, self._encoder),
            )
            summaries[place] = gated.summary
            if gated.refused:
                self.meter.refuse(gated.faults)
                _log.info("sentences_refused", article=drafts[place].article.key, refused=gated.refused)
        return summaries

    def _file(self, drafts: Sequence[_Draft], vectors: Vectors) -> list[tuple[Topic, ...]]:
        threshold = self._settings.topic_threshold
        media = self.filing.media(vectors, threshold=threshold)
        own = self.filing.own([draft.article for draft in drafts], vectors, threshold=threshold)
        return [
            (*of_media, *of_own) if draft.language == "en" and np.any(vector) else ()
            for draft, vector, of_media, of_own in zip(drafts, vectors, media, own, strict=True)
        ]

    def _reading(
        self, draft: _Draft, document: Document, summary: Summary, topics: tuple[Topic, ...], vector: Vectors
    ) -> Reading:
        return Reading(
            key=draft.article.key,
            language=draft.language,
            headline=headline_of(document),
            sentences=draft.sentences,
            summary=summary,
            topics=topics,
            figures=tuple(draft.facts.figures) if draft.facts else (),
            deadlines=tuple(draft.facts.deadlines) if draft.facts else (),
            vector=pack_vector(vector),
            model=self.revision,
            imprint=load_imprinter().imprint(whole_text(draft.article)),
        )


def pack_vector(vector: Vectors) -> bytes:
    """Pack a vector as little-endian float32; empty where it is all 0."""
    return vector.astype("<f4").tobytes() if vector.shape == (VECTOR_SIZE,) and np.any(vector) else b""


def _entailed(settings: ReaderSettings) -> EntailedTopics | None:
    model = settings.hub_topics
    return None if model is None else EntailedTopics(model, batch_size=settings.batch_size)


def _hub(settings: ReaderSettings) -> HubSummariser | None:
    model = settings.hub_summariser
    return None if model is None else HubSummariser(model, batch_size=settings.batch_size)


def _read_part(draft: _Draft) -> Sequence[Span]:
    return draft.sentences[: _READ_SENTENCES if draft.is_english else 0]
