"""How long tests wait for another process: a limit holds for a machine at rest, and one that is busy gets three times that."""

PATIENCE = 3
