# unicode: not built yet
