"""The project's own gold set of key figures and deadlines, and its scorer."""
