"""Text in, facts out. The only room that imports torch and transformers, and it does so lazily."""
