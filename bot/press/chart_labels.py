"""Puts labels beside the points of a chart where they cover neither each other nor another point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn of one point: where, in the data's units, and how far it reaches up and down, in pixels."""

    x: float
    low: float
    high: float
    up_px: float
    down_px: float


@dataclass(frozen=True, slots=True)
class Label:
    """What is written at a mark, and in which colour."""

    mark: Mark
    words: str
    colour: str


_CLEAR_PT, _GAP_PT = 13, 3
_EDGE_PX = 8
_PLACES = (("center", "bottom", 0, 1), ("center", "top", 0, -1), ("left", "center", 1, 0), ("right", "center", -1, 0))
_PLACES_ASIDE = (
    ("right", "bottom", 0.4, 1),
    ("left", "bottom", -0.4, 1),
    ("right", "top", 0.4, -1),
    ("left", "top", -0.4, -1),
)


def place_labels(
    figure: Figure,
    axes: Axes,
    marks: Sequence[Mark],
    labels: Sequence[Label],
    font: FontProperties,
) -> None:
    """Write the labels, the first before the others; one that finds no place is left out."""
    figure.draw_without_rendering()
    room = Bbox.from_extents(
        axes.bbox.x0 - _EDGE_PX, axes.bbox.y0, axes.bbox.x1 + 4 * _EDGE_PX, axes.bbox.y1 + _EDGE_PX
    )
    points_per_px = 72 / figure.dpi
    taken = [_box(axes, mark) for mark in marks]
    for label in labels:
        for across, along, right, up in (*_PLACES, *_PLACES_ASIDE):
            y, shift_px = _foot(label.mark, up)
            text = axes.annotate(
                label.words,
                xy=(label.mark.x, y),
                xytext=(right * _CLEAR_PT, up * _GAP_PT + shift_px * points_per_px),
                textcoords="offset points",
                ha=across,
                va=along,
                color=label.colour,
                linespacing=1.05,
                zorder=6,
                path_effects=[withStroke(linewidth=4, foreground=axes.get_facecolor())],
                font=font,
            )
            box = text.get_window_extent()
            inside = room.x0 < box.x0 and box.x1 < room.x1 and room.y0 < box.y0 and box.y1 < room.y1
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def _foot(mark: Mark, up: float) -> tuple[float, float]:
    """From where a label is set off: above the mark, below it, or at its middle."""
    if up > 0:
        return mark.high, mark.up_px
    return (mark.low, -mark.down_px) if up < 0 else ((mark.low + mark.high) / 2, 0.0)


def _box(axes: Axes, mark: Mark) -> Bbox:
    (left, bottom), (right, top) = axes.transData.transform([(mark.x, mark.low), (mark.x, mark.high)])
    half = min(mark.up_px, mark.down_px)
    return Bbox.from_extents(left - half, bottom - mark.down_px, right + half, top + mark.up_px)
