# fulltext: not built yet
