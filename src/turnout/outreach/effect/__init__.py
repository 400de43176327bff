"""What outreach has done: estimators side by side, and what they say together."""
