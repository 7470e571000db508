"""The line model: training it, and measuring it on pages that it was not trained on."""
