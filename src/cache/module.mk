# cache: not built yet
