"""The sample channels and the scripted conversation that show a newcomer what Sitrep does."""
