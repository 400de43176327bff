"""Trials: activities assigned by lot, and what they have shown."""
