"""What outreach has done: estimators side by side, placebo, and experiments."""
