"""Run the command line: `python -m litreview`."""

from litreview.commands import main

if __name__ == "__main__":
    main()
