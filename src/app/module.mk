# app: not built yet
