"""Tests: what users rely on."""
