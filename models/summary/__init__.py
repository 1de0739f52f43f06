"""Says what happened in an article, in at most a given number of words."""
