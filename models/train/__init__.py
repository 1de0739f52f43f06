"""Trains what the project ships: ``python -m models.train summary|topics|imprint|figures``."""
