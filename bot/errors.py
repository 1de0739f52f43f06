"""What the pipelines do about an error: skip the item, try again later, or stop."""

from models.api import SitrepError


class Skip(SitrepError):
    """This item is not for us or cannot be used; go on with the next."""


class Retryable(SitrepError):
    """Nothing was done; the same item may succeed later."""


class Fatal(SitrepError):
    """Going on would do harm; the process stops and says why."""
