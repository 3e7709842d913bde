# server: not built yet
