"""The model that says which lines of a page are its article: small networks on the features.

Each network is a stack of dilated convolutions over the lines (as in temporal convolutional
networks, Bai, Kolter and Koltun 2018), so that a line is judged by what stands around it; the
probabilities of several networks, trained from different starts, are averaged. It is trained
by ``benchmarks/line_model`` and runs on NumPy alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Columns = Mapping[str, NDArray[np.floating[Any]]]

_CLIP = 5.0
"""Standard deviations beyond which a feature says nothing more; training clips there too."""
_EPSILON = 1e-5
"""Keeps a norm from dividing by nothing; as in training."""
_CONVOLUTION = 4
"""Axes of the weights of convolutions: networks, out, in, and the three lines joined."""
_DIGITS = 6
"""Probabilities are rounded, since the last bits of a sum depend on the machine."""


class LineModelError(ValueError):
    """A file that holds no such model, or one of other features."""


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """A layer of all networks: a matrix and a row for each, and the scale and shift of its norm.

    ``matrix`` has a row for each number that comes in. Shapes: networks x in x out, and
    networks x 1 x out.
    """

    matrix: Floats
    row: Floats
    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return what comes out, nothing of it below zero."""
        joined: Floats = rows @ self.matrix + self.row
        return np.maximum(joined, 0.0, out=joined)

    def first(self) -> _Layer:
        """Return the layer of the first network alone; a norm that is none has one number."""
        scale, shift = (one[:1] if one.ndim > 1 else one for one in (self.scale, self.shift))
        return _Layer(self.matrix[:1], self.row[:1], scale, shift)

    def norm(self, rows: Floats) -> Floats:
        """Return each line with mean 0 and deviation 1, scaled and shifted."""
        rows -= rows.mean(axis=2, keepdims=True)
        spread = np.sqrt(
            np.einsum("knh,knh->kn", rows, rows)[:, :, None] / rows.shape[2] + _EPSILON
        )
        rows *= self.scale / spread
        rows += self.shift
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class LineModel:
    """What `parse_line_model` reads: the features in order, how they are scaled, the networks.

    All networks are worked through at once: an array has a plane for each of them.
    """

    features: tuple[str, ...]
    mean: Floats
    deviation: Floats
    first: _Layer
    whole: _Layer
    convolutions: tuple[tuple[int, _Layer], ...]
    """How far apart the lines are that each joins, and the layer."""
    last: _Layer
    heads: tuple[str, ...] = ()
    """What else the model says of lines, besides whether they are of the article."""

    def probabilities(self, columns: Columns) -> Floats:
        """Return for each line of a page, given its features, how likely it is of the article."""
        logits = self._logits(columns)[:, :, 0]
        mean: Floats = (1.0 / (1.0 + np.exp(-logits))).mean(axis=0)
        return mean.round(_DIGITS)

    def first_network(self) -> LineModel:
        """Return the model with its first network alone: nearly as sure, in half the time."""
        inner = tuple((distance, layer.first()) for distance, layer in self.convolutions)
        first, whole, last = self.first.first(), self.whole.first(), self.last.first()
        return replace(self, first=first, whole=whole, convolutions=inner, last=last)

    def likeliest(self, columns: Columns) -> dict[str, tuple[int, float]]:
        """Return for each head the line that it most likely is, and how likely that is.

        A head for which it is likelier that no line of the page is it is left out.
        """
        return best_lines(self.shares(columns))

    def shares(self, columns: Columns) -> dict[str, Floats]:
        """Return for each head how likely it is each line of a page, and last, how likely none."""
        logits = self._logits(columns)
        none = np.zeros((len(logits), 1))
        return {
            head: _softmax(np.concatenate((logits[:, :, number], none), axis=1))
            .mean(axis=0)
            .round(_DIGITS)
            for number, head in enumerate(self.heads, 1)
        }

    def _logits(self, columns: Columns) -> Floats:
        """Return what the networks say of each line: networks x lines x (1 + heads)."""
        rows = np.stack([columns[name] for name in self.features], axis=1).astype(np.float64)
        if not len(rows):
            return np.zeros((1, 0, 1 + len(self.heads)))
        rows = np.clip((rows - self.mean) / self.deviation, -_CLIP, _CLIP)
        hidden = self.first.norm(self.first(rows[None]))
        page = np.concatenate((hidden.mean(axis=1), hidden.max(axis=1)), axis=1)
        hidden += self.whole(page[:, None, :])
        for distance, layer in self.convolutions:
            hidden = layer.norm(hidden + layer(_with_neighbours(hidden, distance)))
        logits: Floats = hidden @ self.last.matrix + self.last.row
        return logits


def best_lines(shares: Mapping[str, Floats]) -> dict[str, tuple[int, float]]:
    """Return for each head the likeliest line, and how likely; none where that is likelier."""
    best = {head: int(np.argmax(one)) for head, one in shares.items()}
    return {
        head: (row, float(shares[head][row]))
        for head, row in best.items()
        if row < len(shares[head]) - 1
    }


def _softmax(logits: Floats) -> Floats:
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


class LineModels(NamedTuple):
    """The model of the lines of articles, and that of the lines of their fronts."""

    lines: LineModel
    front: LineModel


def _with_neighbours(rows: Floats, distance: int) -> Floats:
    """Return each line beside those ``distance`` above and below; beyond the page is nothing."""
    networks, lines, width = rows.shape
    wide = np.zeros((networks, lines, 3 * width))
    wide[:, :, width : 2 * width] = rows
    if distance < lines:
        wide[:, distance:, :width] = rows[:, :-distance]
        wide[:, :-distance, 2 * width :] = rows[:, distance:]
    return wide


def parse_line_model(arrays: Mapping[str, NDArray[np.generic]]) -> LineModel:
    """Return the model that the arrays of a file hold; raise `LineModelError` where they don't."""
    try:
        dilations = [int(one) for one in arrays["dilations"]]
        return LineModel(
            features=tuple(str(name) for name in arrays["features"]),
            mean=arrays["mean"].astype(np.float64),
            deviation=arrays["deviation"].astype(np.float64),
            first=_layer(arrays, "inp", "n0"),
            whole=_layer(arrays, "glob"),
            convolutions=tuple(
                (distance, _layer(arrays, f"conv.{number}", f"norm.{number}"))
                for number, distance in enumerate(dilations)
            ),
            last=_layer(arrays, "out"),
            heads=tuple(str(name) for name in arrays.get("heads", ())),
        )
    except (KeyError, ValueError, TypeError) as error:
        message = f"The file holds no line model: {error}"
        raise LineModelError(message) from error


def _layer(arrays: Mapping[str, NDArray[np.generic]], name: str, norm: str | None = None) -> _Layer:
    weight = _stacked(arrays, f"{name}.weight")
    row = _stacked(arrays, f"{name}.bias")[:, None, :]
    if weight.ndim == _CONVOLUTION:
        networks, out, width, taps = weight.shape
        weight = weight.transpose(0, 1, 3, 2).reshape(networks, out, taps * width)
    return _Layer(
        matrix=np.ascontiguousarray(weight.transpose(0, 2, 1)),
        row=row,
        scale=_stacked(arrays, f"{norm}.weight")[:, None, :] if norm else np.ones(1),
        shift=_stacked(arrays, f"{norm}.bias")[:, None, :] if norm else np.zeros(1),
    )


def _stacked(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Floats:
    networks = range(int(arrays["networks"]))
    return np.stack([arrays[f"net{number}.{name}"].astype(np.float64) for number in networks])
