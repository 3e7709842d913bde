# front: not built yet
