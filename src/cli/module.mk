# cli: not built yet
