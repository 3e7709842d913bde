# mustache: not built yet
