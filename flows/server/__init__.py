"""The Prefect server that a command starts for itself, and the settings that it runs under."""
