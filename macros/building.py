"""Building and serving through the site engine's own command line, so that any engine can take over."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ADDRESS = "127.0.0.1:8000"


def build(root: Path, site: Path, engine: str = "mkdocs") -> int:
    """Build `root` into `site`; on failure the last good site stays as it was. Returns the exit code."""
    with tempfile.TemporaryDirectory(dir=site.parent, prefix=".build-") as scratch:
        fresh = Path(scratch) / "site"
        done = run_python(root, "-m", engine, "build", "--strict", "--site-dir", str(fresh))
        if done == 0:
            _replace(site, fresh)
    return done


def serve(root: Path, address: str = ADDRESS) -> int:
    """Serve `root` on `address` and rebuild on every edit until stopped."""
    print(f"网站地址:http://{address}/ (按 Ctrl+C 停止)", flush=True)
    return run_python(root, "-m", "mkdocs", "serve", "--dev-addr", address)


def run_python(root: Path, *arguments: str) -> int:
    """Run this Python with `arguments` in `root`; returns the exit code."""
    # Material warns of its own end of life on every build; that is not the author's business.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=root, env=environment, check=False).returncode


def _replace(site: Path, fresh: Path) -> None:
    old = fresh.parent / "old"
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
