"""The intake: a post or a page becomes an Article, cleaned of what is not news."""
