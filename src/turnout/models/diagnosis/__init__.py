"""What a forecast rests on: variances, their decomposition, misfits, sensitivity."""
