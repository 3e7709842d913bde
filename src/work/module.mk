# work: not built yet
