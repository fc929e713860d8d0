"""Tables of staff accounts, roles and failed sign-ins."""

import datetime as dt

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.orm import Base, Code, IdKey, new_id

ROLES = {
    "administrator": "Looks after accounts and settings.",
    "engagement_officer": "Plans, opens and closes consultations.",
    "analyst": "Reads comments and owns themes.",
    "approver": "Signs off what is published.",
    "safeguarding_reader": "Reads what people wrote for signs that somebody is not safe.",
    "safeguarding_deputy": "Stands in for the safeguarding reader, and sees what is late.",
    "co_owner": "Signs and judges answers for a body of families, and for nobody else.",
    "facilitator": "Runs sessions and keys in paper; sees only their own.",
}

user_role = Table(
    "user_role",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A kind of work that staff do here; what it may open is on the access list."""

    __tablename__ = "role"

    id: Mapped[IdKey]  # type: ignore[assignment]  # the mixin assumes a number
    name: Mapped[Code] = mapped_column(unique=True)
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))


class User(Base, UserMixin):
    """A member of staff who signs in; people who answer never have an account."""

    __tablename__ = "user"

    id: Mapped[IdKey]  # type: ignore[assignment]  # the mixin assumes a number
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_id)
    display_name: Mapped[str] = mapped_column(String(120))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # narrower than the mixin
        secondary=user_role, lazy="selectin"
    )


class SignInFailure(Base):
    """A wrong password, kept under keyed hashes of the address that was typed and of the client.

    The hashes keep addresses of people who have no account, and of machines, out of the database.
    """

    __tablename__ = "sign_in_failure"

    id: Mapped[IdKey]
    email_hmac: Mapped[str] = mapped_column(String(64), index=True)
    client_hmac: Mapped[str | None] = mapped_column(String(64), index=True)
    failed_at: Mapped[dt.datetime] = mapped_column(index=True)
