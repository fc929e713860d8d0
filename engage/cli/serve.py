"""engage serve."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from typing import Any

import click


@click.command(short_help="Start the web server.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Server processes, one a core.")
@click.option("--threads", default=4, show_default=True, help="Threads of each process.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Start the web server. Long work also needs a worker: engage worker.

    \b
    Examples:
      engage serve
      engage serve --host 0.0.0.0 --port 8080 --workers 4

    In production put a web server with TLS in front of it, and set ENGAGE_PROXIES to 1.
    """
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # has no types

    from engage import settings
    from engage.cli.context import working_app
    from engage.refusals import refuse_known_key

    refuse_known_key(settings.load(), host)
    with working_app():
        click.echo(f"Engage is at http://{host}:{port}/ (Ctrl-C stops it)")

    class Server(BaseApplication):  # type: ignore[misc]  # has no types
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": threads,
                "worker_class": "gthread",
                "proc_name": "engage",
                "control_socket_disable": True,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from engage.app import create_app

            return create_app()

    Server().run()
