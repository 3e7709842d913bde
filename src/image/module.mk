# image: not built yet
