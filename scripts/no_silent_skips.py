"""A pytest plugin: the run fails where a test marked `server` or `browser` was skipped."""

import re
from pathlib import Path

import pytest

MARKS = ("server", "browser")


class NoSilentSkips:
    """Collects the skipped tests that had to run."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that was skipped when it ran; an expected failure is no skip."""
        if report.skipped and not hasattr(report, "wasxfail") and any(mark in report.keywords for mark in MARKS):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that was skipped as a whole: its tests have no marks yet, its text has."""
        if report.skipped and re.search(rf"mark\.({'|'.join(MARKS)})\b", Path(report.fspath).read_text("utf-8")):
            self.skipped.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turns a green run red."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Names them."""
        for nodeid in self.skipped:
            terminalreporter.write_line(f"skipped but must run: {nodeid}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Registers the collector, in the process that reports only."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NoSilentSkips())
