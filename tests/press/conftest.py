"""Lets the press set the invented news that the desk's tests are written with."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "desk"))
