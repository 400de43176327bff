"""Files to grids: the cells of every sheet as they stand."""
