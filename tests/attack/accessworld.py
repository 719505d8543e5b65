"""The office under attack through its pages: that of `tests/office`, with Django's own client."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

OFFICE = Path(__file__).parents[1] / "office"


def _office() -> ModuleType:
    """Return the fixtures of the office's tests, loaded once a process."""
    path = OFFICE / "conftest.py"
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) == str(path):
            return module
    spec = importlib.util.spec_from_file_location("office_fixtures", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["office_fixtures"] = module
    spec.loader.exec_module(module)
    return module


sys.path.insert(0, str(OFFICE))
OF_OFFICE = _office()
regions, make_user, sign_in, make_people = (
    getattr(OF_OFFICE, name) for name in ("regions", "make_user", "sign_in", "make_people")
)
home_for_uploads, heart_that_waits = OF_OFFICE._a_home_for_uploads, OF_OFFICE._a_heart_that_waits
