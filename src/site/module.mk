# site: not built yet
