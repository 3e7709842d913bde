# http: not built yet
