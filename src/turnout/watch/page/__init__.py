"""The page of the night: what people look at while the count goes on."""
