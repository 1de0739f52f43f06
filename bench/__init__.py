"""Measures the models on labelled rows, through the code that the bot runs."""
