"""The rooms under this roof: their views, their tables and the jobs they know."""

import importlib

from flask import Blueprint

from analysis import workbench
from engage import desk_home, pages
from reports import desk as report_desk
from reports import public, receipts
from surveys import desk as survey_desk
from surveys import pictures_view, respond

BLUEPRINTS: tuple[Blueprint, ...] = (
    pages.blueprint,
    respond.blueprint,
    pictures_view.blueprint,
    public.blueprint,
    receipts.blueprint,
    desk_home.blueprint,
    survey_desk.blueprint,
    workbench.blueprint,
    report_desk.blueprint,
)
JOB_MODULES = ("analysis.services", "reports.services")
TABLE_MODULES = (
    "engage.accounts",
    "engage.audit",
    "engage.consultations",
    "engage.jobs",
    "engage.safeguarding",
    "surveys.models",
    "analysis.store",
    "reports.models",
)


def learn_jobs() -> None:
    """Import the modules that register job handlers, which a worker needs before it starts."""
    for name in JOB_MODULES:
        importlib.import_module(name)


def know_tables() -> None:
    """Import the modules that declare tables, so that the metadata is complete."""
    for name in TABLE_MODULES:
        importlib.import_module(name)
