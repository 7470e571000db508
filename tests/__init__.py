"""Tests: what users rely on."""

import os

# As in a command: more threads of NumPy take more time on small matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
