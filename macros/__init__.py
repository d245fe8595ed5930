"""应急学堂: structured plan data in, a site out. See ARCHITECTURE.md.

mkdocs-macros finds `define_env` here: the macros that hand-written pages in docs/ may call.
"""


def define_env(env) -> None:
    """Register the macros on the data that `macros.hooks.on_config` has checked."""
    # Imported here, so that importing one module does not import the whole package.
    from macros.live_figures import macros_for

    for name, macro in macros_for(env.conf.extra["dataset"]).items():
        env.macro(macro, name)
