"""The service in a container."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_service_alone_needs_no_password_of_a_profile():
    """Compose reads the variables of every profile first: one that must be there would stop the service too."""
    assert not re.findall(r"\$\{\w+:?\?", (ROOT / "docker-compose.yml").read_text("utf-8"))


def test_the_sparql_server_does_not_start_without_a_password():
    """An empty password starts no server that is open to all."""
    env = {"SEGUR_SPARQL_PASSWORD": "", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["/bin/sh", ROOT / "scripts/servers/fuseki.sh"], env=env, capture_output=True, check=False)
    assert done.returncode
    assert b"SEGUR_SPARQL_PASSWORD" in done.stderr
