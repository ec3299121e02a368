"""What loading the package costs: nothing heavy until a figure needs it."""

import subprocess
import sys

EVERY_MODULE = """
import importlib, pkgutil, sys, stats
names = [module.name for module in pkgutil.walk_packages(stats.__path__, "stats.")]
for name in names:
    importlib.import_module(name)
print(len(names), *sorted({"numpy", "scipy", "sklearn", "pandas", "django"} & set(sys.modules)))
"""


def test_importing_every_module_of_stats_loads_neither_numpy_nor_scipy_nor_django() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, check=True)
    number, *loaded = done.stdout.split()

    assert int(number) > 40
    assert loaded == []
