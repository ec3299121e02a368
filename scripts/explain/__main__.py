"""Every page of docs/explanation made anew; with --check only compared.

Run from the root of the project: python -m scripts.explain [--check]
"""

import importlib
import pkgutil
import sys

from scripts import explain


def main() -> None:
    """Nothing; writes the pages that differ, or with --check fails and names them."""
    only_check = sys.argv[1:] == ["--check"]
    stale, count = [], 0
    for found in pkgutil.iter_modules(explain.__path__, "scripts.explain."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        if not hasattr(module, "pages"):
            continue
        for name, words in module.pages().items():
            count += 1
            path = module.FOLDER / name
            if not path.exists() or path.read_bytes() != words.encode():
                stale.append(name)
                if not only_check:
                    path.write_bytes(words.encode())
    if stale and only_check:
        raise SystemExit(
            f"Run python -m scripts.explain: {', '.join(stale)} no longer say what the code gives."
        )
    print(f"{count} files of docs/explanation, {len(stale)} made anew.")


if __name__ == "__main__":
    main()
