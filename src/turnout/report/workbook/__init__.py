"""forecast.xlsx: the forecast as sheets."""
