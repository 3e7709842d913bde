# store: not built yet
