"""The news desk, pure: stories, ranking, editions. Time comes in as an argument; nothing goes out."""
