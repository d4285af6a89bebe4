"""Which tests go to one worker together when several run them."""

from xdist.scheduler import LoadScopeScheduling

# Half of the time that is spent in the browser.
_EDITOR = ("test_axe", "test_editor", "test_grid", "test_without_javascript")


class ByClassScheduling(LoadScopeScheduling):
    """The tests of a class, so that its data are made once; those in the browser in two
    halves, so that Chromium starts twice at the most."""

    def _split_scope(self, nodeid):
        folder, _, rest = nodeid.partition("tests/browser/")
        if rest and not folder:
            return "browser: editor" if rest.startswith(_EDITOR) else "browser: pages"
        return super()._split_scope(nodeid)
