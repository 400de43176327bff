"""The visual language that all figures share."""
