"""Everything that can be checked without running the product: what `make check` does."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MOST_LINES = 300
CHECKS: list[tuple[str, list[str]]] = [
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--quiet", "--check", "."]),
    ("types", [str(BIN / "mypy"), "--no-error-summary"]),
    ("import contracts", [str(BIN / "lint-imports"), "--no-logo"]),
    ("templates", [str(BIN / "djlint"), "plumbline", "--lint", "--quiet"]),
    ("start-up checks", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("definitions", [sys.executable, "manage.py", "check_definitions"]),
    ("explanations", [sys.executable, "-m", "scripts.explain", "--check"]),
]


def tracked(*patterns: str) -> list[Path]:
    """The project's own files that match."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in names if (ROOT / name).exists()]


def long_modules() -> list[str]:
    """Modules over the limit."""
    # Tests may run to tables of published cases; code may not.
    counted = (
        (path, path.read_text(encoding="utf-8").count("\n"))
        for path in tracked("*.py")
        if "migrations" not in path.parts and "tests" not in path.parts
    )
    return [
        f"{path.relative_to(ROOT)} has {lines} lines; {MOST_LINES} are the most."
        for path, lines in counted
        if lines > MOST_LINES
    ]


def addresses_in_locks() -> list[str]:
    """Lock files that name a registry."""
    named = []
    for path in tracked("requirements/*.txt", "package-lock.json"):
        text = path.read_text(encoding="utf-8")
        if "://" in text or '"resolved"' in text:
            named.append(f"{path.relative_to(ROOT)} names an address; make it anew with make lock.")
    return named


def main() -> None:
    environment = os.environ | {
        "PLUMBLINE_DEMO": "1",
        "PLUMBLINE_SECRET_KEY": "only-for-checks-" + "abcdefghijklmnopqrstuvwxyz0123456789",
        "DATABASE_URL": "",
    }
    failed = []
    for name, command in CHECKS:
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        print(
            f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)",
            flush=True,
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    for name, found in (("module length", long_modules()), ("lock files", addresses_in_locks())):
        print(f"{'FAIL' if found else 'ok  '} {name}")
        if found:
            failed.append(name)
            print("\n".join(found))
    if failed:
        raise SystemExit(f"These checks failed: {', '.join(failed)}.")
    print("All checks passed.")


if __name__ == "__main__":
    main()
