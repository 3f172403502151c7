"""What Datasette loads: the functions of `pipeline/explore/plugin.py` as its hooks."""

from datasette import hookimpl

from pipeline.explore import plugin

extra_template_vars = hookimpl(plugin.extra_template_vars)
filters_from_request = hookimpl(plugin.filters_from_request)
menu_links = hookimpl(plugin.menu_links)
permission_allowed = hookimpl(plugin.permission_allowed)
prepare_connection = hookimpl(plugin.prepare_connection)
register_routes = hookimpl(plugin.register_routes)
render_cell = hookimpl(plugin.render_cell)
