"""Numbers of English news: every quantity of a text with unit, bound and movement."""

from models.figures.quantities import find_quantities
from models.figures.quantity import Quantity, QuantityKind, Role

__all__ = ["Quantity", "QuantityKind", "Role", "find_quantities"]
