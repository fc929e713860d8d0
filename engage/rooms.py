"""The rooms under this roof: their views, their tables and the jobs they know."""

import importlib

from flask import Blueprint

from analysis import workbench
from analysis.workbench import (
    assist_desk,
    campaign_desk,
    redaction_desk,
    suggestions_desk,
    translation_desk,
    who_answered,
)
from engage import desk_home, measures_desk, pages
from engage.safeguarding import desk as safeguarding_desk
from reports import public
from reports.builder import compare_desk, findings_desk
from reports.builder import desk as builder_desk
from reports.desks import (
    ask_desk,
    desk_life,
    desk_promises,
    draft_desk,
    figure_desk,
    reminding_desk,
    signing,
    telling_desk,
)
from reports.desks import desk as report_desk
from reports.public import figure_pages, ledger_pages, parts, receipts
from surveys import leaving, pictures_view, respond, tell_me
from surveys.desk import facilitate, facilitate_made, keying
from surveys.desk import flags as flags_desk
from surveys.desk import gathering as gathering_desk
from surveys.desk import languages as languages_desk
from surveys.desk import media as media_desk
from surveys.desk import paper as paper_desk
from surveys.desk import surveys as survey_desk
from surveys.desk import uploads as uploads_desk
from surveys.editions import media_view
from surveys.gathering import doors

BLUEPRINTS: tuple[Blueprint, ...] = (
    pages.blueprint,
    respond.blueprint,
    tell_me.blueprint,
    leaving.blueprint,
    doors.blueprint,
    pictures_view.blueprint,
    media_view.blueprint,
    public.blueprint,
    ledger_pages.blueprint,
    figure_pages.blueprint,
    parts.blueprint,
    receipts.blueprint,
    desk_home.blueprint,
    measures_desk.blueprint,
    survey_desk.blueprint,
    paper_desk.blueprint,
    keying.blueprint,
    gathering_desk.blueprint,
    facilitate.blueprint,
    facilitate_made.blueprint,
    flags_desk.blueprint,
    uploads_desk.blueprint,
    languages_desk.blueprint,
    media_desk.blueprint,
    safeguarding_desk.blueprint,
    who_answered.blueprint,
    workbench.blueprint,
    campaign_desk.blueprint,
    translation_desk.blueprint,
    suggestions_desk.blueprint,
    assist_desk.blueprint,
    redaction_desk.blueprint,
    report_desk.blueprint,
    desk_life.blueprint,
    reminding_desk.blueprint,
    desk_promises.blueprint,
    signing.blueprint,
    draft_desk.blueprint,
    figure_desk.blueprint,
    telling_desk.blueprint,
    ask_desk.blueprint,
    builder_desk.blueprint,
    compare_desk.blueprint,
    findings_desk.blueprint,
)
#: Blueprints whose forms carry a token of their own kind instead of the session's: a session
#: cookie would be one more thing to lose half-way through a survey, and a mail program that sends
#: the click of its user has no session at all.
OWN_TOKENS: tuple[Blueprint, ...] = (respond.blueprint, leaving.blueprint)
JOB_MODULES = (
    "analysis.decided.assisting",
    "analysis.runs.late",
    "analysis.runs.regroupings",
    "analysis.runs.services",
    "reports.publishing.drafts",
    "reports.loop.reminding",
    "reports.publishing.services",
    "reports.publishing.takeouts",
    "reports.loop.telling",
    "surveys.paperwork.printing",
)
TABLE_MODULES = (
    "engage.accounts",
    "engage.audit",
    "engage.consultations",
    "engage.jobs",
    "engage.safeguarding.models",
    "surveys.models",
    "analysis.models.records",
    "analysis.models.store",
    "analysis.models.tree_store",
    "analysis.models.copies_store",
    "analysis.models.prepared_store",
    "analysis.models.redacted_store",
    "analysis.models.assist_records",
    "reports.findings.models",
    "reports.models.asked",
    "reports.representation.baselines",
    "reports.models.arrangements",
    "reports.models.life",
    "reports.models",
    "reports.models.owners",
    "reports.models.taken",
    "reports.publishing.drafts",
)


def learn_jobs() -> None:
    """Import the modules that register job handlers, which a worker needs before it starts."""
    for name in JOB_MODULES:
        importlib.import_module(name)


def know_tables() -> None:
    """Import the modules that declare tables, so that the metadata is complete."""
    for name in TABLE_MODULES:
        importlib.import_module(name)
