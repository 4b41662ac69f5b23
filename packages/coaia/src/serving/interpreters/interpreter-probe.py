"""Says who this Python is and which of the named modules it has, without importing any of them."""
import json
import re
import sys
from importlib import util
from importlib.metadata import PackageNotFoundError, version

DISTRIBUTIONS = {"sklearn": "scikit-learn", "cv2": "opencv-python", "PIL": "Pillow", "yaml": "PyYAML"}


def find_version(name):
    try:
        spec = util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    try:
        return version(DISTRIBUTIONS.get(name, name))
    except PackageNotFoundError:
        return read_version(spec.origin)


def read_version(path):
    """Packages without metadata say it in their source."""
    try:
        with open(path, encoding="utf-8") as file:
            found = re.search(r"^__version__\s*=\s*['\"]([^'\"]+)", file.read(), re.MULTILINE)
    except (OSError, TypeError, UnicodeDecodeError):
        found = None
    return found.group(1) if found else "unknown"


# Modules of Python itself have no version of their own.
standard = sorted(set(sys.argv[1:]) & set(getattr(sys, "stdlib_module_names", sys.builtin_module_names)))
found = {name: find_version(name) for name in sys.argv[1:] if name not in standard}
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "packages": found, "standard": standard}))
