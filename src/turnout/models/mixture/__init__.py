"""A mixture of models, every draw of which comes whole from one of them."""
