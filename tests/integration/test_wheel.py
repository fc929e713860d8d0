"""The wheel works by itself: in a new environment, far from the checkout, with all its files."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engage", "surveys", "analysis", "reports")

RENDER = """
import pathlib, sys
import engage
from engage.app import create_app
from engage.settings import Settings

assert pathlib.Path(engage.__file__).is_relative_to(sys.prefix), engage.__file__
client = create_app(Settings(mode="test", data_dir=pathlib.Path("data"))).test_client()
page = client.get("/")
assert page.status_code == 200, page.status
assert "<h1" in page.text and "/static/css/engage.css" in page.text
style = client.get("/static/css/engage.css")
assert style.status_code == 200 and style.mimetype == "text/css"
print("rendered")
"""


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    done = subprocess.run(  # noqa: S603  # our own words
        [str(word) for word in command],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", dist, folder=ROOT)
    (built,) = dist.glob("*.whl")
    return built


def files_of(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder.parent))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.full
@pytest.mark.one_database
def test_the_wheel_holds_every_file_of_the_packages_and_every_template(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    code = {name for package in PACKAGES for name in files_of(ROOT / package)}
    templates = {f"engage/{name}" for name in files_of(ROOT / "templates")}
    assert (code | templates) - packed == set()


@pytest.mark.full
@pytest.mark.one_database
@pytest.mark.timeout(900)
def test_a_new_environment_upgrades_a_database_and_renders_a_page(
    wheel: Path, tmp_path: Path
) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", folder=tmp_path)
    bin_ = tmp_path / "venv" / "bin"
    install = (bin_ / "python", "-m", "pip", "install", "-qq", "--no-input", "--no-deps")
    run(*install, "-r", ROOT / "requirements.lock", folder=tmp_path)
    run(*install, wheel, folder=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(bin_ / "engage", "db", "upgrade", folder=elsewhere, ENGAGE_DATA_DIR="data")
    assert "rendered" in run(bin_ / "python", "-c", RENDER, folder=elsewhere)
