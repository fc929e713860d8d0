"""How people get here beside the open page: links, invitations, sessions, shared screens."""
