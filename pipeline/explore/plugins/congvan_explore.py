"""What Datasette loads: the hooks of `pipeline/explore/plugin.py`."""

from pipeline.explore.plugin import (
    filters_from_request,
    menu_links,
    permission_allowed,
    prepare_connection,
    register_routes,
)

__all__ = ["filters_from_request", "menu_links", "permission_allowed", "prepare_connection", "register_routes"]
