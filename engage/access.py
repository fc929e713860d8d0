"""Who may open what: every endpoint is on this list once, and what is not listed is refused."""

from typing import Any, Literal

from flask import Flask, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from engage.accounts import sessions
from engage.orm import utc_now

Level = Literal[
    "public", "respondent", "staff",
    "officer", "analyst", "approver", "administrator", "facilitator", "session_reader",
    "safeguarding", "safeguarding_deputy",
    "co_owner", "asker",
]  # fmt: skip

ROLE_OF: dict[str, str] = {
    "officer": "engagement_officer",
    "analyst": "analyst",
    "approver": "approver",
    "administrator": "administrator",
    "facilitator": "facilitator",
    "session_reader": "facilitator",
    "safeguarding": "safeguarding_reader",
    "safeguarding_deputy": "safeguarding_deputy",
    "co_owner": "co_owner",
    "asker": "engagement_officer",
}

# Roles that may open the pages of another: an officer does whatever a facilitator does.
# An analyst reads what sessions brought, and looks up numbers for a board as an officer does. A
# safeguarding reader and a deputy do the same work; only they see a case, and nobody stands in
# for them.
STAND_INS: dict[str, frozenset[str]] = {
    "facilitator": frozenset({"engagement_officer"}),
    "session_reader": frozenset({"engagement_officer", "analyst"}),
    "asker": frozenset({"analyst"}),
    "safeguarding": frozenset({"safeguarding_deputy"}),
    "safeguarding_deputy": frozenset({"safeguarding_reader"}),
}

# Public pages may be kept by browsers, respondent pages
# hold somebody's answers and may not, staff pages need an account, and the rest one of its roles.
ACCESS: dict[str, Level] = {
    "static": "public",
    "pages.home": "public",
    "pages.accessibility": "public",
    "pages.privacy": "public",
    "pages.cookies": "public",
    "pages.contact": "public",
    "pages.complaints": "public",
    "pages.credits_": "public",
    "pictures.sprite": "public",
    "public.index": "public",
    "public.report": "public",
    "public.easy_read": "public",
    "public.pdf": "public",
    "ledger.listed": "public",
    "ledger.progress": "public",
    "ledger.ambition": "public",
    "public.file": "public",
    "parts.feed": "public",
    "parts.embed": "public",
    "parts.entry": "public",
    "figures.listed": "public",
    "figures.one": "public",
    "receipts.ask": "respondent",
    "receipts.show": "respondent",
    "receipts.take_out": "respondent",
    "receipts.taken_out": "respondent",
    "receipts.words": "respondent",
    "tell_me.ask": "respondent",
    "tell_me.keep": "respondent",
    "tell_me.done": "respondent",
    "no_more.ask": "respondent",
    "no_more.stop": "respondent",
    "respond.tell_me_door": "respondent",
    "respond.privacy": "respondent",
    "respond.about_you": "respondent",
    "respond.about_you_choice": "respondent",
    "respond.about_you_question": "respondent",
    "respond.about_you_answer": "respondent",
    "media.medium": "public",
    "respond.editions": "respondent",
    "respond.editions_while_answering": "respondent",
    "respond.start": "respondent",
    "respond.take_part": "respondent",
    "respond.no_thanks": "respondent",
    "respond.question": "respondent",
    "respond.answer": "respondent",
    "respond.edition": "respondent",
    "respond.help_now": "respondent",
    "respond.check": "respondent",
    "respond.send": "respondent",
    "respond.thanks": "respondent",
    "respond.later": "respondent",
    "respond.ask_for_code": "respondent",
    "respond.come_back": "respondent",
    "respond.come_back_with": "respondent",
    "respond.grown_up": "respondent",
    "respond.grown_up_choice": "respondent",
    "respond.not_alone": "respondent",
    "respond.upload": "respondent",
    "security.login": "public",
    "security.logout": "public",
    "desk.home": "staff",
    "desk.consultation": "staff",
    "desk.job": "staff",
    "survey_desk.surveys": "staff",
    "languages_desk.languages": "officer",
    "languages_desk.sign": "officer",
    "media_desk.media": "officer",
    "media_desk.attach": "officer",
    "media_desk.remove": "officer",
    "survey_desk.preview": "staff",
    "survey_desk.open_survey": "officer",
    "survey_desk.close_survey": "officer",
    "survey_desk.pause_survey": "officer",
    "survey_desk.resume_survey": "officer",
    "survey_desk.answers": "analyst",
    "paper_desk.sheets": "facilitator",
    "paper_desk.print_sheets": "facilitator",
    "paper_desk.printed": "facilitator",
    "paper_desk.file": "facilitator",
    "keying.next_sheet": "facilitator",
    "keying.open_sheet": "facilitator",
    "keying.unnumbered": "facilitator",
    "keying.key_unnumbered": "facilitator",
    "keying.sheet": "facilitator",
    "keying.key": "facilitator",
    "keying.scan": "facilitator",
    "keying.attach": "facilitator",
    "doors.link": "respondent",
    "doors.invitation": "respondent",
    "doors.join": "respondent",
    "doors.join_session": "respondent",
    "doors.shared_screen": "respondent",
    "doors.next_person": "respondent",
    "gathering_desk.links_page": "officer",
    "gathering_desk.make_link": "officer",
    "gathering_desk.qr": "officer",
    "gathering_desk.poster": "officer",
    "gathering_desk.invitations_page": "officer",
    "gathering_desk.invite": "officer",
    "facilitate.listed": "session_reader",
    "facilitate.open_session": "facilitator",
    "facilitate.show": "session_reader",
    "facilitate.record": "facilitator",
    "facilitate.wall": "facilitator",
    "facilitate.shared_screen": "facilitator",
    "facilitate.read_back": "facilitator",
    "facilitate.note_read_back": "facilitator",
    "facilitate.close": "facilitator",
    "session_made.add": "facilitator",
    "session_made.edit": "facilitator",
    "session_made.change": "facilitator",
    "session_made.picture": "session_reader",
    "flags_desk.flags": "analyst",
    "flags_desk.decide": "analyst",
    "uploads_desk.uploads": "analyst",
    "uploads_desk.file": "analyst",
    "uploads_desk.transcribe": "analyst",
    "safeguarding_desk.queue": "safeguarding",
    "safeguarding_desk.late": "safeguarding_deputy",
    "safeguarding_desk.log": "safeguarding",
    "safeguarding_desk.together": "safeguarding",
    "safeguarding_desk.take_together": "safeguarding",
    "safeguarding_desk.item": "safeguarding",
    "safeguarding_desk.file": "safeguarding",
    "safeguarding_desk.decide": "safeguarding",
    "safeguarding_desk.confirm": "safeguarding",
    "who_answered.tables": "analyst",
    "redaction_desk.overview": "analyst",
    "redaction_desk.answer": "analyst",
    "redaction_desk.decide": "analyst",
    "redaction_desk.confirm": "analyst",
    "redaction_desk.flag": "analyst",
    "workbench.overview": "analyst",
    "workbench.number": "analyst",
    "workbench.carry": "analyst",
    "workbench.join_late": "analyst",
    "workbench.carry_frame": "analyst",
    "workbench.turn": "analyst",
    "workbench.analyse": "analyst",
    "workbench.map_": "analyst",
    "workbench.find": "analyst",
    "workbench.define": "analyst",
    "workbench.nest": "analyst",
    "workbench.choose_split": "analyst",
    "workbench.split": "analyst",
    "workbench.quote": "analyst",
    "workbench.ask_hold": "analyst",
    "workbench.hold": "analyst",
    "workbench.keys": "analyst",
    "workbench.of_all": "analyst",
    "workbench.of_theme": "analyst",
    "workbench.undo": "analyst",
    "workbench.versions": "analyst",
    "workbench.theme": "analyst",
    "workbench.rename": "analyst",
    "workbench.approve": "analyst",
    "workbench.merge": "analyst",
    "workbench.retire": "analyst",
    "report_desk.overview": "staff",
    "report_desk.build": "officer",
    "report_desk.front": "officer",
    "report_desk.save_front": "officer",
    "report_desk.entry": "officer",
    "report_desk.save_entry": "officer",
    "report_desk.quote": "officer",
    "draft_desk.build": "officer",
    "telling_desk.show": "officer",
    "telling_desk.tell": "officer",
    "telling_desk.left_over": "officer",
    "telling_desk.told_by_hand": "officer",
    "draft_desk.file": "staff",
    "figure_desk.checked": "staff",
    "draft_desk.preview": "staff",
    "draft_desk.page": "staff",
    "draft_desk.easy_page": "staff",
    "draft_desk.one_file": "staff",
    "compare_desk.compare": "staff",
    "builder_desk.overview": "staff",
    "builder_desk.arrange": "officer",
    "builder_desk.arrange_entry": "officer",
    "builder_desk.text": "officer",
    "builder_desk.save_text": "officer",
    "builder_desk.easy_check": "officer",
    "builder_desk.keep_easy_check": "officer",
    "builder_desk.ask": "officer",
    "report_desk.confirm": "approver",
    "report_desk.publish": "approver",
    "report_life.approve": "approver",
    "report_life.decision": "officer",
    "report_life.decide": "officer",
    "report_life.due": "officer",
    "report_life.follow_up": "officer",
    "report_life.assign": "officer",
    "report_life.link": "officer",
    "report_life.add_measure": "officer",
    "report_life.add_step": "officer",
    "report_life.open_slot": "officer",
    "report_life.redact": "approver",
    "ask_desk.form": "asker",
    "ask_desk.ask": "asker",
    "ask_desk.answer": "asker",
    "report_life.redact_refusal": "approver",
    "old_promises.listed": "officer",
    "old_promises.update": "officer",
    "signing.listed": "co_owner",
    "signing.show": "co_owner",
    "signing.sign": "co_owner",
    "signing.judge": "co_owner",
    "workbench.read_next": "analyst",
    "workbench.read": "analyst",
    "workbench.code": "analyst",
    "campaign_desk.campaigns": "analyst",
    "campaign_desk.group": "analyst",
    "campaign_desk.decide": "analyst",
    "campaign_desk.move": "analyst",
    "translation_desk.listed": "analyst",
    "translation_desk.answer": "analyst",
    "translation_desk.translate": "analyst",
    "translation_desk.take_back": "analyst",
    "suggestions_desk.suggestions": "analyst",
    "suggestions_desk.off_topic": "analyst",
    "suggestions_desk.set_aside": "analyst",
    "suggestions_desk.undo": "analyst",
    "assist.overview": "analyst",
    "assist.draw": "analyst",
    "assist.suggest": "analyst",
    "assist.next_second": "analyst",
    "assist.second": "analyst",
    "assist.keep_second": "analyst",
    "assist.disagreement": "analyst",
    "assist.settle": "analyst",
    "assist.file": "analyst",
}


def init_app(app: Flask) -> None:
    """Ask the list before every request, and let pages ask it before they show a link."""
    app.before_request(_ask)
    app.jinja_env.globals["may_reach"] = may_reach


def level_of(endpoint: str | None) -> Level | None:
    """Return the list an endpoint is on, or None if it is on none."""
    return ACCESS.get(endpoint or "")


def may_reach(endpoint: str) -> bool:
    """Tell whether the person at hand may open a page, so that no link leads to a refusal."""
    level = level_of(endpoint)
    if level is None or level in {"public", "respondent"}:
        return level is not None
    if not current_user.is_authenticated:
        return False
    return level == "staff" or any(current_user.has_role(role) for role in roles_of(level))


def _ask() -> ResponseReturnValue | None:
    """Let the request through, send the person to sign in, or refuse."""
    if request.endpoint is None:
        return None
    level = level_of(request.endpoint)
    if level in {"public", "respondent"}:
        return None
    if level is None:
        abort(403)
    return _ask_staff(level)


def _ask_staff(level: Level) -> ResponseReturnValue | None:
    now = utc_now()
    if not current_user.is_authenticated:
        return _to_sign_in()
    if sessions.has_ended(session, now):
        logout_user()
        sessions.end(session)
        return _to_sign_in(ended="1")
    sessions.keep_alive(session, now)
    if level != "staff" and not any(current_user.has_role(role) for role in roles_of(level)):
        abort(403)
    return None


def roles_of(level: str) -> frozenset[str]:
    """Return the roles that open the pages of a level."""
    return frozenset({ROLE_OF[level]}) | STAND_INS.get(level, frozenset())


def _to_sign_in(**reason: str) -> ResponseReturnValue:
    """Send the person to sign in, and back to the page they wanted if it can be shown again."""
    values: dict[str, Any] = dict(reason)
    if request.method == "GET":
        values["next"] = request.full_path.rstrip("?")
    return redirect(url_for("security.login", **values), 303)
