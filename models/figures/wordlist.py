"""Reads word lists that are written as running text, so that tables stay readable."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, whatever white space divides them."""
    return frozenset(text.split())
