"""The model that says which lines of a page are its article: small networks on the features.

Each network is a stack of dilated convolutions over the lines (as in temporal convolutional
networks, Bai, Kolter and Koltun 2018), so that a line is judged by what stands around it; the
probabilities of several networks, trained from different starts, are averaged. It is trained
by ``benchmarks/line_model`` and runs on NumPy alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from transforms.line_features import Columns

    Floats = NDArray[np.float64]

_CLIP = 5.0
"""Standard deviations beyond which a feature says nothing more; training clips there too."""
_NORM_EPSILON = 1e-5
_DIGITS = 6
"""Probabilities are rounded, since the last bits of a sum depend on the machine."""

_LEAST_CERTAIN = 0.2
"""The surest line of an article has .9 and more; of a menu without one, less than .1."""
_LEAST_LIKELY = 0.05
"""Many lines that are next to impossible add up to a little, but are never worth taking."""


class LineModelError(ValueError):
    """A file that holds no such model, or one of other features."""


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """The weights of one network, and how far apart the lines are that a convolution joins."""

    weights: dict[str, Floats]
    dilations: tuple[int, ...]

    def logits(self, rows: Floats) -> Floats:
        """Return a number for each line; the higher, the more likely it is of the article."""
        w = self.weights
        hidden = self._norm(_rectified(rows @ w["inp.weight"].T + w["inp.bias"]), "n0")
        whole = np.concatenate((hidden.mean(axis=0), hidden.max(axis=0)))
        hidden = hidden + _rectified(whole @ w["glob.weight"].T + w["glob.bias"])
        for layer, dilation in enumerate(self.dilations):
            joined = _convolve(hidden, w[f"conv.{layer}.weight"], dilation)
            joined = _rectified(joined + w[f"conv.{layer}.bias"])
            hidden = self._norm(hidden + joined, f"norm.{layer}")
        logits: Floats = (hidden @ w["out.weight"].T + w["out.bias"])[:, 0]
        return logits

    def _norm(self, rows: Floats, name: str) -> Floats:
        centred = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + _NORM_EPSILON)
        normed: Floats = centred / spread
        return normed * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _rectified(rows: Floats) -> Floats:
    return np.maximum(rows, 0.0)


def _convolve(rows: Floats, weights: Floats, dilation: int) -> Floats:
    """Join each line with the ones ``dilation`` above and below; beyond the page is nothing."""
    before, here, after = weights[:, :, 0].T, weights[:, :, 1].T, weights[:, :, 2].T
    joined: Floats = rows @ here
    if dilation < len(rows):
        joined[dilation:] += rows[:-dilation] @ before
        joined[:-dilation] += rows[dilation:] @ after
    return joined


@dataclass(frozen=True, slots=True, eq=False)
class LineModel:
    """What `parse_line_model` reads: the features in order, how they are scaled, the networks."""

    features: tuple[str, ...]
    mean: Floats
    deviation: Floats
    networks: tuple[_Network, ...]

    def probabilities(self, columns: Columns) -> Floats:
        """Return for each line of a page, given its features, how likely it is of the article."""
        if not len(next(iter(columns.values()))):
            return np.zeros(0)
        rows = np.stack([columns[name] for name in self.features], axis=1).astype(np.float64)
        rows = np.clip((rows - self.mean) / self.deviation, -_CLIP, _CLIP)
        each = [1.0 / (1.0 + np.exp(-network.logits(rows))) for network in self.networks]
        mean: Floats = np.mean(each, axis=0)
        return mean.round(_DIGITS)


def parse_line_model(arrays: Mapping[str, NDArray[np.generic]]) -> LineModel:
    """Return the model that the arrays of a file hold; raise `LineModelError` where they don't."""
    try:
        count = int(arrays["networks"])
        dilations = tuple(int(one) for one in arrays["dilations"])
        return LineModel(
            features=tuple(str(name) for name in arrays["features"]),
            mean=arrays["mean"].astype(np.float64),
            deviation=arrays["deviation"].astype(np.float64),
            networks=tuple(_network(arrays, number, dilations) for number in range(count)),
        )
    except (KeyError, ValueError, TypeError) as error:
        message = f"The file holds no line model: {error}"
        raise LineModelError(message) from error


def _network(
    arrays: Mapping[str, NDArray[np.generic]], number: int, dilations: tuple[int, ...]
) -> _Network:
    prefix = re.compile(rf"net{number}\.")
    weights = {
        prefix.sub("", name, 1): array.astype(np.float64)
        for name, array in arrays.items()
        if prefix.match(name)
    }
    return _Network(weights, dilations)


def choose_lines(probabilities: Floats, sizes: Floats) -> NDArray[np.bool_]:
    """Return the lines that make the best article: those above the page's own threshold.

    ``sizes`` are the lines' words. The threshold is the one with the highest expected sum of
    precision and recall in words, as the probabilities have it; a page of which little is
    certain is read more generously so than with a fixed one. Where no line is likely there is
    no article.
    """
    if not len(probabilities) or probabilities.max() < _LEAST_CERTAIN:
        return np.zeros(len(probabilities), np.bool_)
    order = np.argsort(-probabilities, kind="stable")
    likely = np.cumsum((probabilities * sizes)[order])
    chosen = np.cumsum(sizes[order])
    total = max(float((probabilities * sizes).sum()), 1e-9)
    worth = np.round(likely / np.maximum(chosen, 1.0) + likely / total, _DIGITS)
    keep = np.zeros(len(order), np.bool_)
    keep[order[: int(np.argmax(worth)) + 1]] = True
    return keep & (probabilities >= _LEAST_LIKELY)
