# blog: not built yet
