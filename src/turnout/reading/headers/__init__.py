"""Headers as people write them, and the columns and contests that they name."""
