"""Benchmarks of the platform: a generated city, and every figure as a ratio measured side by side in one run."""
