# web: not built yet
