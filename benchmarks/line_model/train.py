"""Train the line models: ``python -m benchmarks.line_model.train FOLDER… [--out FOLDER]``.

With ``--out`` both models are trained on all pages and written: that of the lines of articles,
which ``--fronts-only`` leaves as it is, and that of their fronts, which ``--lines-only`` does.
Else, in ``--folds N``, each page is judged by models that have not seen its site, and the scores
are printed. Training needs PyTorch, which the project does not install (2.13 for the CPU was used);
running the model does not.
The same pages give the same model on the same machine.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.line_model.alignment import shingle_score
from benchmarks.line_model.front_labels import HEADS, Labels
from benchmarks.line_model.pages import Page, clean_pages, group_by_site, read_pages
from knipsel.transforms.clean.lines.choice import choose_lines
from knipsel.transforms.registers.pages.line_model import LineModel, parse_line_model

WIDTH, DILATIONS = 40, (1, 2, 4, 8, 16)
GAP = max(DILATIONS)
"""Blank rows between pages that are worked through at once: so far apart are lines joined."""
NETWORKS = 2
"""Two narrow networks do as well as three of 64 that take thrice their time; one does worse, most
of all on news, and by how much is chance. Teaching them what larger ones say gained nothing."""
FRONT_NETWORKS = 2
"""On one fold two found the headline of 9 pages of 426 more than one did, three of one more."""
EPOCHS, FRONT_EPOCHS, BATCH, RATE, DECAY = 12, 8, 8, 2e-3, 1e-2
"""The model of fronts sees each page in more renderings, so it goes through them less often."""
DROPOUT, FEATURE_DROPOUT = 0.2, 0.1
GROUP_DROPOUT = 0.3
"""How often a page is shown as if no register knew its language: there are more languages
than registers. Capitals are hidden half as often: some scripts have none."""
CROSS_ENTROPY, OVERLAP = 0.5, 2.0
"""Weights of the two losses: of each line by itself, and one minus the page's precision and
recall in expectation, which is what counts."""
SMALL, POWER = 20.0, 0.7
"""A line weighs as its share in the article; in short ones as if they had so many words."""
REGISTERED = (
    "mark_",
    "is_marked",
    "function_words",
    "related_",
    "comments_",
    "navigation_",
    "share_",
    "legal_",
    "contact_",
    "to_related",
    "to_comments",
    "to_navigation",
    "to_share",
    "to_legal",
    "to_contact",
    "page_marked",
    "page_function_words",
)
CASED = ("capitalised", "upper", "begins_lower", "begins_upper", "page_capitals")


@dataclass(frozen=True, slots=True)
class Scale:
    """How features are scaled: their means and standard deviations over all lines."""

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]

    def rows(self, features: NDArray[np.float32]) -> torch.Tensor:
        """Return features as a network sees them."""
        scaled = np.clip((features - self.mean) / self.deviation, -5, 5)
        return torch.from_numpy(scaled.astype(np.float32))


class Network(nn.Module):  # type: ignore[misc]
    """The network of `knipsel.transforms.registers.pages.line_model`, and what training adds."""

    def __init__(self, features: int, heads: int) -> None:
        """Start from random weights."""
        super().__init__()
        self.inp = nn.Linear(features, WIDTH)
        self.n0 = nn.LayerNorm(WIDTH)
        self.glob = nn.Linear(2 * WIDTH, WIDTH)
        self.conv = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=one, dilation=one) for one in DILATIONS
        )
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS)
        self.out = nn.Linear(WIDTH, 1 + heads)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, pages: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """Return for each line of each page a number, and one for each head.

        The pages are one long page with blank rows between them: many small ones take longer.
        """
        spans = _spans([len(rows) for rows in pages])
        is_line = torch.zeros(spans[-1].stop + GAP, 1)
        joined = torch.zeros(spans[-1].stop + GAP, pages[0].shape[1])
        for span, rows in zip(spans, pages, strict=True):
            is_line[span] = 1.0
            joined[span] = self._shown(rows)
        hidden = self.n0(torch.relu(self.inp(joined)))
        wholes = [torch.cat([hidden[s].mean(0), hidden[s].max(0).values]) for s in spans]
        number = torch.cat([torch.full((len(one) + GAP,), at) for at, one in enumerate(pages)])
        hidden = hidden + torch.relu(self.glob(torch.stack(wholes)))[number]
        for conv, norm in zip(self.conv, self.norm, strict=True):
            beside = torch.relu(conv((self.drop(hidden) * is_line).T[None])[0].T)
            hidden = norm(hidden + beside)
        logits: torch.Tensor = self.out(self.drop(hidden))
        return [logits[span] for span in spans]

    def _shown(self, rows: torch.Tensor) -> torch.Tensor:
        """Return a page without some of its features, while it is learned from."""
        if not self.training:
            return rows
        kept = torch.rand(1, rows.shape[1]) > FEATURE_DROPOUT
        return rows * kept / (1 - FEATURE_DROPOUT)


def _spans(sizes: Sequence[int]) -> list[slice]:
    """Return where pages of these sizes stand in one, with blank rows behind each."""
    starts = [sum(sizes[:number]) + number * GAP for number in range(len(sizes))]
    return [slice(start, start + size) for start, size in zip(starts, sizes, strict=True)]


def _loss(logits: torch.Tensor, page: Page, heads: Sequence[str]) -> torch.Tensor:
    loss = _article_loss(logits[:, 0], page)
    for number, head in enumerate(heads, 1):
        if head in page.front:
            loss = loss + _head_loss(logits[:, number], page.front[head])
    return loss


def _head_loss(logits: torch.Tensor, labels: Labels) -> torch.Tensor:
    """Return the cross-entropy of choosing one of the lines that are it, or none of all."""
    shares = torch.log_softmax(torch.cat([logits, torch.zeros(1)]), 0)
    right = torch.from_numpy(labels > 0)
    return -torch.logsumexp(shares[:-1][right], 0) if right.any() else -shares[-1]


def _article_loss(logits: torch.Tensor, page: Page) -> torch.Tensor:
    labels = torch.from_numpy(page.labels.astype(np.float32))
    sizes = torch.from_numpy(page.sizes.astype(np.float32))
    article = max(float((sizes * labels).sum()), SMALL)
    weights = torch.clamp((sizes + 1) / article, max=1.0) ** POWER
    entropy = nn.functional.binary_cross_entropy_with_logits(
        logits, labels, weight=weights, reduction="sum"
    )
    chosen = torch.sigmoid(logits)
    shared = (chosen * labels * sizes).sum()
    precision = shared / ((chosen * sizes).sum() + 5)
    recall = shared / ((labels * sizes).sum() + 5)
    return CROSS_ENTROPY * entropy + OVERLAP * (2 - precision - recall)


def _hidden_columns(names: Sequence[str], hidden: Sequence[str]) -> list[int]:
    return [i for i, name in enumerate(names) if name.startswith(tuple(hidden))]


def train_network(
    pages: Sequence[Page],
    names: Sequence[str],
    scale: Scale,
    seed: int,
    heads: Sequence[str],
) -> Network:
    """Train one network; the seed decides its start and the order of the pages."""
    torch.manual_seed(seed)
    chance = np.random.RandomState(seed)
    network = Network(len(names), len(heads))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    epochs = FRONT_EPOCHS if heads else EPOCHS
    steps = math.ceil(len(pages) / BATCH) * epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=RATE, total_steps=steps, pct_start=0.15
    )
    nothing = scale.rows(np.zeros((1, len(names)), np.float32))[0]
    groups = [(_hidden_columns(names, REGISTERED), GROUP_DROPOUT)]
    groups.append((_hidden_columns(names, CASED), GROUP_DROPOUT / 2))
    rows = [scale.rows(page.features) for page in pages]
    for _ in range(epochs):
        network.train()
        order = chance.permutation(len(pages))
        for begin in range(0, len(order), BATCH):
            optimiser.zero_grad()
            batch = order[begin : begin + BATCH]
            shown = [rows[number].clone() for number in batch]
            for one in shown:
                for columns, share in groups:
                    if chance.rand() < share:
                        one[:, columns] = nothing[columns]
            found = zip(network(shown), batch, strict=True)
            losses = [_loss(logits, pages[number], heads) for logits, number in found]
            (torch.stack(losses).sum() / BATCH).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return network


def train_model(
    pages: Sequence[Page], names: Sequence[str], heads: Sequence[str] = ()
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a model trained on ``pages``, that of fronts where it has heads."""
    every = np.concatenate([page.features for page in pages])
    scale = Scale(every.mean(0, dtype=np.float64), every.std(0, dtype=np.float64) + 1e-3)
    networks = FRONT_NETWORKS if heads else NETWORKS
    arrays: dict[str, NDArray[np.generic]] = {
        "features": np.array(names),
        "mean": scale.mean.astype(np.float32),
        "deviation": scale.deviation.astype(np.float32),
        "dilations": np.array(DILATIONS),
        "networks": np.array(networks),
        "heads": np.array(heads, dtype=np.str_),
    }
    for number in range(networks):
        network = train_network(pages, names, scale, number, heads)
        for name, tensor in network.state_dict().items():
            arrays[f"net{number}.{name}"] = tensor.numpy().astype(np.float16)
    return arrays


def measure(
    model: LineModel, pages: Sequence[Page], names: Sequence[str]
) -> list[tuple[float, float]]:
    """Return precision and recall of the lines that a model chooses, for each page."""
    scores = []
    for page in pages:
        keep = choose_lines(model.probabilities(page.columns(names)), page.sizes)
        words = [word for line, kept in zip(page.lines, keep, strict=True) if kept for word in line]
        scores.append(shingle_score(words, page.gold))
    return scores


def cross_validate(
    pages: Sequence[Page], names: Sequence[str], folds: int, only: int | None
) -> None:
    """Print the scores of each collection, each page judged by a model that never saw its site."""
    groups = group_by_site(pages)
    sites = sorted(set(groups))
    fold_of = dict(
        zip(sites, np.random.RandomState(0).permutation(len(sites)) % folds, strict=True)
    )
    scores: dict[str, list[tuple[float, float]]] = {}
    for fold in range(folds) if only is None else [only]:
        inside = [fold_of[group] == fold for group in groups]
        train = [page for page, test in zip(pages, inside, strict=True) if not test]
        test = [page for page, test in zip(pages, inside, strict=True) if test]
        found = measure(parse_line_model(train_model(train, names)), test, names)
        for page, score in zip(test, found, strict=True):
            scores.setdefault(page.collection, []).append(score)
        _print_scores(scores)
        _print_heads(parse_line_model(train_model(train, names, HEADS)), test, names)


def _print_scores(scores: dict[str, list[tuple[float, float]]]) -> None:
    for collection, rows in scores.items():
        precision, recall = (float(np.mean(part)) for part in zip(*rows, strict=True))
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{collection}: {len(rows)} pages, {precision:.4f} {recall:.4f} F1 {f1:.4f}", flush=True
        )


def _print_heads(model: LineModel, pages: Sequence[Page], names: Sequence[str]) -> None:
    """Print for each head, of the pages that show it, on how many the line that is chosen is it."""
    chosen = [model.likeliest(page.columns(names)) for page in pages]
    for head in HEADS:
        shown = [
            (page.front[head], found.get(head))
            for page, found in zip(pages, chosen, strict=True)
            if page.front.get(head, np.zeros(1)).any()
        ]
        right = sum(found is not None and gold[found[0]] > 0 for gold, found in shown)
        print(f"{head}: {right} of {len(shown)} pages that show it", flush=True)


def main() -> None:
    """Train a model and write it, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--lines-only", action="store_true", help="Leave the model of fronts.")
    parser.add_argument("--fronts-only", action="store_true", help="Leave the model of lines.")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, help="Only this fold.")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # so that sums are made in one order
    pages, names = read_pages(arguments.folders)
    pages += clean_pages(arguments.folders)
    print(f"{len(pages)} pages, {len(names)} features", flush=True)
    if arguments.out:
        models: list[tuple[str, Sequence[str]]] = []
        models += [] if arguments.fronts_only else [("article_lines.npz", ())]
        models += [] if arguments.lines_only else [("front_lines.npz", HEADS)]
        for name, heads in models:
            arrays = train_model(pages, names, heads)
            np.savez_compressed(arguments.out / name, **arrays)  # type: ignore[arg-type]
    else:
        cross_validate(pages, names, arguments.folds, arguments.only)


if __name__ == "__main__":
    main()
