"""The multilevel model: a tree of Gaussian processes, by exact message passing."""
