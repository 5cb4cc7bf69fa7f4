"""Benchmarks: run one with ``python -m tests.benchmarks.positions``; not part of the tests."""
