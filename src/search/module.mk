# search: not built yet
