"""read for safety.

Who reads, what was decided, a log that can only grow, and the mark without which words stay on the
desk. From here on a response or artefact that waits for a reader cannot be deleted. Triggers
belong to their table: a later migration that makes the log anew must make its triggers anew too.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DECISIONS = (
    "decision IN ('no_concern', 'wellbeing_signpost', 'child_referral', 'adult_referral',"
    " 'staff_allegation', 'complaint_redirect', 'immediate_danger', 'raised_on_day')"
)
REFERRALS = (
    "decision IN ('child_referral', 'adult_referral', 'staff_allegation', 'immediate_danger',"
    " 'raised_on_day')"
)
ITEM_CHECKS = {
    "order_in_range": "order_score BETWEEN 0 AND 1000",
    "decision_known": f"decision IS NULL OR {DECISIONS}",
    "decision_is_whole": "(decided_at IS NULL) = (decision IS NULL)"
    " AND (decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (returns IS NULL)",
    "confirmed_by_another": "(confirmed_at IS NULL) = (confirmed_by IS NULL)"
    " AND (confirmed_by IS NULL OR (decided_by IS NOT NULL AND confirmed_by <> decided_by))",
    "settled_is_decided": "settled_at IS NULL OR decision IS NOT NULL",
    "four_eyes": "settled_at IS NULL OR decision <> 'no_concern' OR order_score < 500"
    " OR confirmed_by IS NOT NULL",
}
REFUSAL = "The log of safeguarding decisions can only grow until its time has come."
OLD_CHECK = (
    "(decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)"
)
PARENTS = {"response_id": "response", "artefact_id": "artefact"}


def upgrade() -> None:
    """Make the change."""
    _make_tables()
    with op.batch_alter_table("safeguarding_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_weighed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("returns", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index("ix_safeguarding_item_waiting")
        batch_op.drop_constraint(
            batch_op.f("ck_safeguarding_item_decision_is_whole"), type_="check"
        )
        for column, parent in PARENTS.items():
            name = f"fk_safeguarding_item_{column}_{parent}"
            batch_op.drop_constraint(batch_op.f(name), type_="foreignkey")
            batch_op.create_foreign_key(batch_op.f(name), parent, [column], ["id"])
    op.execute("UPDATE safeguarding_item SET order_score = 250 * order_score")
    op.execute(
        "UPDATE safeguarding_item SET decided_at = NULL, decided_by = NULL, decision = NULL"
    )
    with op.batch_alter_table("safeguarding_item", schema=None) as batch_op:
        batch_op.alter_column("is_weighed", server_default=None)
        batch_op.create_index(
            "ix_safeguarding_item_waiting", ["settled_at", "order_score"], unique=False
        )
        for name, rule in ITEM_CHECKS.items():
            batch_op.create_check_constraint(name, rule)
    _lock_log()


def downgrade() -> None:
    """Take the change back; what only the new tables can hold goes with them."""
    with op.batch_alter_table("safeguarding_item", schema=None) as batch_op:
        for name in ITEM_CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_safeguarding_item_{name}"), type_="check")
        batch_op.drop_index("ix_safeguarding_item_waiting")
        for column, parent in PARENTS.items():
            name = f"fk_safeguarding_item_{column}_{parent}"
            batch_op.drop_constraint(batch_op.f(name), type_="foreignkey")
            batch_op.create_foreign_key(
                batch_op.f(name), parent, [column], ["id"], ondelete="CASCADE"
            )
        for column in ("settled_at", "confirmed_by", "confirmed_at", "returns", "is_weighed"):
            batch_op.drop_column(column)
    op.execute("UPDATE safeguarding_item SET order_score = order_score / 250")
    with op.batch_alter_table("safeguarding_item", schema=None) as batch_op:
        batch_op.create_check_constraint("decision_is_whole", OLD_CHECK)
        batch_op.create_index(
            "ix_safeguarding_item_waiting", ["decided_at", "order_score"], unique=False
        )
    op.drop_table("safeguarding_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION safeguarding_refuse()")
    op.drop_table("safeguarding_duty")
    op.drop_table("read_for_safety")


def _make_tables() -> None:
    op.create_table(
        "read_for_safety",
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], ondelete="CASCADE",
            name=op.f("fk_read_for_safety_response_id_response"),
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_read_for_safety")),
    )  # fmt: skip
    op.create_table(
        "safeguarding_duty",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=True),
        sa.Column("reader_id", sa.String(length=32), nullable=False),
        sa.Column("deputy_id", sa.String(length=32), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "deputy_id IS NULL OR deputy_id <> reader_id",
            name=op.f("ck_safeguarding_duty_deputy_is_another"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"],
            name=op.f("fk_safeguarding_duty_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_safeguarding_duty_survey_id_survey")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user.id"], name=op.f("fk_safeguarding_duty_reader_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["user.id"], name=op.f("fk_safeguarding_duty_deputy_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_duty")),
        sa.UniqueConstraint("survey_id", name=op.f("uq_safeguarding_duty_survey_id")),
    )  # fmt: skip
    op.create_index(
        "uq_safeguarding_duty_consultation", "safeguarding_duty", ["consultation_id"], unique=True,
        sqlite_where=sa.text("survey_id IS NULL"), postgresql_where=sa.text("survey_id IS NULL"),
    )  # fmt: skip
    op.create_table(
        "safeguarding_log",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referred_by", sa.String(length=120), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "verb IN ('decided', 'confirmed', 'read_together')",
            name=op.f("ck_safeguarding_log_verb_known"),
        ),
        sa.CheckConstraint(DECISIONS, name=op.f("ck_safeguarding_log_decision_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_safeguarding_log_reason_given")),
        sa.CheckConstraint(
            f"verb <> 'decided' OR NOT {REFERRALS}"
            " OR (reference <> '' AND referred_by <> '' AND referred_at IS NOT NULL)",
            name=op.f("ck_safeguarding_log_referral_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["safeguarding_item.id"],
            name=op.f("fk_safeguarding_log_item_id_safeguarding_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_log")),
    )  # fmt: skip
    op.create_index(
        "ix_safeguarding_log_item_id", "safeguarding_log", ["item_id", "at"], unique=False
    )


def _lock_log() -> None:
    """Let the database itself refuse to change an act, or to remove one before its time."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE FUNCTION safeguarding_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND OLD.keep_until < CURRENT_DATE THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION '{REFUSAL}';
            END
            $$
        """)
        op.execute(
            "CREATE TRIGGER safeguarding_log_stays BEFORE UPDATE OR DELETE ON safeguarding_log"
            " FOR EACH ROW EXECUTE FUNCTION safeguarding_refuse()"
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(
        f"CREATE TRIGGER safeguarding_log_keeps BEFORE UPDATE ON safeguarding_log {refuse}"
    )
    op.execute(
        "CREATE TRIGGER safeguarding_log_stays BEFORE DELETE ON safeguarding_log"
        f" WHEN (OLD.keep_until >= date('now')) {refuse}"
    )
