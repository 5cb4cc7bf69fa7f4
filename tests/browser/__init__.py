"""Tests that need a browser, and the page they look at."""
