"""Golden files: what was right when someone last looked, under tests/golden/.

After a change that is meant, run `UPDATE_GOLDEN=1 make test ARGS="tests/test_pages.py"` (or any
other module that uses them) and read the difference before committing it.
"""

import os
import shutil
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden"
HOW = "如果这个改动是有意的:UPDATE_GOLDEN=1 重新运行这个测试,看过差异再提交。"


def assert_golden(texts: dict[str, str], folder: str) -> None:
    """Every text equals the file of its name below `golden/folder`, and no file is left over."""
    root = GOLDEN / folder
    if os.environ.get("UPDATE_GOLDEN"):
        _rewrite(texts, root)
    committed = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert committed == set(texts), HOW
    for name, text in texts.items():
        assert text == (root / name).read_bytes().decode("utf-8"), f"{folder}/{name}: {HOW}"


def _rewrite(texts: dict[str, str], root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
