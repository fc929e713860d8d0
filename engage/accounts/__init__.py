"""Staff accounts: who may sign in, what they may do, and when a session ends."""

from engage.accounts.models import ROLES, Role, SignInFailure, User
from engage.accounts.services import AccountError, create_user, demo_users, find_user

__all__ = [
    "ROLES",
    "AccountError",
    "Role",
    "SignInFailure",
    "User",
    "create_user",
    "demo_users",
    "find_user",
]
