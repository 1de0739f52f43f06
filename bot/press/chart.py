"""Draws a series of figures as a picture for a phone: what was said of which day, how firmly, and by whom.

Importing this loads matplotlib, which takes most of a second: import it where a chart is drawn, not at the start.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from babel.numbers import format_compact_decimal
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator

from bot.catalogue import Words, message
from bot.desk.memory import Entry
from bot.press.chart_days import BY_DAY, tick_text, ticks
from bot.press.chart_labels import Label, Mark, place_labels
from bot.press.chart_points import Bound, Plot, Point, plot_of
from bot.press.numbers import number_text
from bot.press.text import capital, one_line, shortened

WIDTH_PX, HEIGHT_PX = 1080, 810
_DPI = 150
_FONT = "DejaVu Sans"
"""Comes with matplotlib, so the picture is the same on every machine."""
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_PAPER, _INK, _QUIET, _GRID = "#fbfaf7", "#1d2730", "#55616b", "#dedcd5"
_COLOURS = ("#0067a5", "#c34d00", "#00795c", "#8d3c8f", "#8a6a00", "#55616b")
"""Apart from each other for colour-blind eyes, and at least 4.5:1 against the paper."""
_TITLE_PT, _TEXT_PT, _SMALL_PT = 20, 16, 15
_TITLE_CHARS = 38
_SHORT, _MIDDLING = 7, 17
"""Characters in a legend of which four, or three, find room in a row."""
_TITLE_LINES = 2
_FEW, _MANY = 8, 40
"""Up to so many points each is labelled; beyond so many they are drawn small."""
_LOGARITHMIC = 1000
"""The largest number may be so many times the smallest before the axis turns logarithmic."""
_ARROW = 2.2
"""The length of an arrow, in widths of a point."""
# L10n: the title of a chart of which nobody knows what it counts
_NO_TITLE = message("Figure")
_FROM_ZERO = 0.5
"""Where the smallest number is below this share of the largest, the axis begins at zero."""


def render_chart(entries: Sequence[Entry], words: Words, *, label: str, unit: str | None) -> bytes:
    """Draw a series.

    Every figure stands at the middle of the days it speaks of, with a line over all of them; one whose as-of is not
    known at its day of publication, as a square. A range is a bar, "about" hollow, a bound an arrow to the side on
    which the true value may lie. Sources are told apart by colour and by name.

    Args:
        entries: At least one, of one kind and unit, in any order.
        words: The reader's.
        label: What is counted; the title.
        unit: That of the figures.

    Returns:
        A PNG of 1080 by 810 pixels with a background of its own.
    """
    plot = plot_of(entries, unit, words)
    figure = Figure(figsize=(WIDTH_PX / _DPI, HEIGHT_PX / _DPI), dpi=_DPI, facecolor=_PAPER)
    FigureCanvasAgg(figure)
    title = textwrap.wrap(one_line(label), _TITLE_CHARS) or [words(_NO_TITLE)]
    if len(title) > _TITLE_LINES:
        title = [*title[: _TITLE_LINES - 1], shortened(" ".join(title[_TITLE_LINES - 1 :]), _TITLE_CHARS)]
    heading = "\n".join(title)
    figure.text(0.045, 0.965, _drawable(capital(heading)), va="top", color=_INK, font=_type(_TITLE_PT, "bold"))
    top = 0.785 if len(title) > 1 else 0.84
    legend_rows = _legends(figure, plot, words)
    bottom = 0.125 + 0.058 * legend_rows
    axes = figure.add_axes((0.15, bottom, 0.80, top - bottom - 0.02))
    _set_axes(axes, plot, words)
    _draw_line(axes, plot)
    for point in plot.points:
        _draw_point(axes, point, plot)
    figure.text(0.045, top, _drawable(_axis_text(axes, plot, words)), va="bottom", color=_QUIET, font=_type(_SMALL_PT))
    place_labels(figure, axes, [_mark(point, plot) for point in plot.points], _labelled(plot), _type(_SMALL_PT))
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=_PAPER, metadata={"Software": None})
    return out.getvalue()


def _type(size: float, weight: str = "normal") -> FontProperties:
    return FontProperties(family=_FONT, size=size, weight=weight)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=_FONT))).get_charmap())


def _drawable(text: str) -> str:
    """The text with what the font lacks replaced, and dollars that are dollars (two would begin a formula)."""
    known = _characters()
    return "".join(char if ord(char) in known or char == "\n" else _REPLACEMENT for char in text).replace("$", r"\$")


def _set_axes(axes: Axes, plot: Plot, words: Words) -> None:
    axes.set_facecolor(_PAPER)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_QUIET)
    axes.tick_params(length=0, labelsize=_TEXT_PT, labelcolor=_QUIET, pad=6, labelfontfamily=_FONT)
    axes.grid(visible=True, axis="y", color=_GRID, linewidth=1)
    axes.set_axisbelow(True)
    _set_values(axes, plot, words)
    _set_days(axes, plot, words)


def _set_values(axes: Axes, plot: Plot, words: Words) -> None:
    lows, highs = [point.low for point in plot.points], [point.high for point in plot.points]
    low, high = min(lows), max(highs)
    if low > 0 and high / low > _LOGARITHMIC:
        axes.set_yscale("log")
        axes.set_ylim(low / 3, high * 4)
        axes.yaxis.set_major_locator(LogLocator(base=10, numticks=6))
        axes.minorticks_off()
        found = words.locale
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_compact_decimal(value, locale=found)))
    else:
        span = high - low or abs(high) * 0.5 or 1.0
        from_zero = 0 <= low < _FROM_ZERO * high
        axes.set_ylim(0 if from_zero else low - 0.3 * span, high + 0.4 * span)
        whole = all(bound.is_integer() for bound in (*lows, *highs))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], integer=whole))
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: number_text(Decimal(f"{value:.6g}"), words, short=True))
        )


def _set_days(axes: Axes, plot: Plot, words: Words) -> None:
    first, last = min(point.start for point in plot.points), max(point.end for point in plot.points)
    days = max((last - first).days, 1)
    margin = max(days * (0.18 if len(plot.points) <= _FEW else 0.05), 0.6)
    axes.set_xlim(_x(first) - margin, _x(last) + margin)
    named = ticks(first, last)
    axes.set_xticks([_x(day) for day in named], [tick_text(day, first, last, words) for day in named])


def _axis_text(axes: Axes, plot: Plot, words: Words) -> str:
    """What stands over the axis: the unit, the year where the days do not name it, and a scale to be warned of."""
    years = {day.year for point in plot.points for day in (point.start, point.end)}
    days = (max(point.end for point in plot.points) - min(point.start for point in plot.points)).days
    parts = [plot.unit, str(min(years)) if len(years) == 1 and 0 < days <= BY_DAY else ""]
    # L10n: a warning over an axis, behind what it counts
    parts.append(words("logarithmic scale") if axes.get_yscale() == "log" else "")
    return capital(", ".join(filter(None, parts)))


def _x(day: date) -> float:
    """A day on the axis."""
    return float(day.toordinal())


def _colour(point: Point, plot: Plot) -> str:
    return _COLOURS[plot.sources.index(point.source) % len(_COLOURS)]


def _draw_line(axes: Axes, plot: Plot) -> None:
    """A quiet line from day to day; it takes no side where one day has several values."""
    said = Counter(point.day for point in plot.points)
    for one, other in pairwise(plot.points):
        if said[one.day] == said[other.day] == 1:
            axes.plot([_x(one.day), _x(other.day)], [one.middle, other.middle], color="#b9b6ac", linewidth=2, zorder=1)


def _draw_point(axes: Axes, point: Point, plot: Plot) -> None:
    colour, x = _colour(point, plot), _x(point.day)
    size = _size(plot)
    if point.end != point.start and len(plot.points) <= _MANY:
        axes.hlines(point.middle, _x(point.start), _x(point.end), color=colour, linewidth=2.5, alpha=0.45, zorder=2)
    if point.high > point.low:
        axes.vlines(x, point.low, point.high, color=colour, linewidth=size * 0.8, alpha=0.55, zorder=3)
        for edge in (point.low, point.high):
            axes.plot([x], [edge], marker="_", markersize=size * 1.5, markeredgewidth=3, color=colour, zorder=4)
    else:
        axes.plot(
            [x],
            [point.low],
            zorder=5,
            marker="s" if point.by_publication else "o",
            markersize=size,
            markerfacecolor=_PAPER if point.soft else colour,
            markeredgecolor=colour if point.soft else _PAPER,
            markeredgewidth=3 if point.soft else 1.2,
        )
    if point.bound is not Bound.NONE:
        _draw_arrow(axes, x, point, colour, size)


def _draw_arrow(axes: Axes, x: float, point: Point, colour: str, size: float) -> None:
    up = point.bound is Bound.UP
    axes.annotate(
        "",
        xy=(x, point.high if up else point.low),
        xytext=(0, (_ARROW if up else -_ARROW) * size),
        textcoords="offset points",
        arrowprops={"arrowstyle": "<|-", "color": colour, "linewidth": 2.2, "shrinkA": 0, "shrinkB": size / 2 - 1},
        zorder=4,
    )


def _size(plot: Plot) -> float:
    """The width of a point, in points of type."""
    return 13 if len(plot.points) <= _MANY else 6


def _mark(point: Point, plot: Plot) -> Mark:
    half_px = (_size(plot) / 2 + 1) * _DPI / 72
    arrow_px = _ARROW * _size(plot) * _DPI / 72
    up_px = arrow_px if point.bound is Bound.UP else half_px
    down_px = arrow_px if point.bound is Bound.DOWN else half_px
    return Mark(_x(point.day), point.low, point.high, up_px, down_px)


def _labelled(plot: Plot) -> list[Label]:
    """What is labelled, the most telling first: all of a few points, else the last, the extremes and the first."""
    points = plot.points[::-1]
    if len(points) > _FEW:
        high, low = (find(points, key=lambda point: point.middle) for find in (max, min))
        points = tuple(dict.fromkeys((points[0], high, low, points[-1])))
    named = len(plot.sources) > 1 and len(plot.points) <= _FEW
    return [
        Label(_mark(one, plot), _drawable(f"{one.label}\n{one.source}" if named else one.label), _colour(one, plot))
        for one in points
    ]


def _legends(figure: Figure, plot: Plot, words: Words) -> int:
    """Who says so and how it is drawn, at the foot; returns how many rows that took."""
    sources = [
        Line2D(
            [],
            [],
            marker="o",
            markersize=10,
            linestyle="none",
            color=_COLOURS[number % len(_COLOURS)],
            label=_drawable(name),
        )
        for number, name in enumerate(plot.sources)
    ]
    if len(sources) == 1:
        said = words("Source: {names}", names=plot.sources[0])
        figure.text(0.045, 0.035, _drawable(said), color=_QUIET, font=_type(_SMALL_PT))
        rows = 1
    else:
        rows = _legend(figure, sources, 0.012)
    marks = _marks(plot, words)
    return rows + (_legend(figure, marks, 0.012 + 0.058 * rows) if marks else 0)


def _legend(figure: Figure, handles: Sequence[Line2D], bottom: float) -> int:
    widest = max(len(str(handle.get_label())) for handle in handles)
    columns = min(len(handles), 4 if widest <= _SHORT else 3 if widest <= _MIDDLING else 2)
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.02, bottom),
        ncol=columns,
        frameon=False,
        handletextpad=0.3,
        columnspacing=1.2,
        labelspacing=0.35,
        borderpad=0.2,
        prop=_type(_SMALL_PT),
        labelcolor=_QUIET,
    )
    return -(-len(handles) // columns)


def _marks(plot: Plot, words: Words) -> list[Line2D]:
    """The keys to what is drawn in this chart besides plain points."""
    used = {
        # L10n: in the legend of a chart, beside a hollow point: the number is about so high
        (words("about"), "o", True): any(point.soft for point in plot.points),
        # L10n: beside an arrow up: the number is so high or higher
        (words("or more"), "^", False): any(point.bound is Bound.UP for point in plot.points),
        # L10n: beside an arrow down
        (words("or less"), "v", False): any(point.bound is Bound.DOWN for point in plot.points),
        # L10n: beside a bar: the number lies between two numbers
        (words("range"), "_", False): any(point.high > point.low for point in plot.points),
        # L10n: beside a square: the day is that on which the number was published, as nothing better is known
        (words("day of publication"), "s", False): any(point.by_publication for point in plot.points),
    }
    return [
        Line2D(
            [],
            [],
            marker=marker,
            markersize=10,
            markeredgewidth=2.5 if hollow or marker == "_" else 1,
            markerfacecolor=_PAPER if hollow else _QUIET,
            color=_QUIET,
            linestyle="none",
            label=text,
        )
        for (text, marker, hollow), shown in used.items()
        if shown
    ]
