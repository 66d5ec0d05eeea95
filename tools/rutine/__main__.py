"""`python -m rutine` is the same as `rutine`."""

from rutine.cli import main

if __name__ == "__main__":
    main()
