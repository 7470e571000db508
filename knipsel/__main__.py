"""The command, as ``python -m knipsel``."""

from knipsel.flows.cli.entry import main

if __name__ == "__main__":
    main()
